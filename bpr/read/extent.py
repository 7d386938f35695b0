"""Where a table begins and ends when several share a sheet, and which lines above are its title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bpr.read.cells import Cell, Sheet
from bpr.settings.survey import SurveySettings
from bpr.text import squeeze

_TITLE_ROWS: Final = 6
_TITLE_DEPTH: Final = 40
_FEW: Final = 2
"""A label and its value."""
_TITLE = re.compile(
    r"(?:係|課|班|担当|表|調査票?|分)$|^(?:第?[0-9ivx]+[.、)節表]|[(][0-9]+[)])|単位|所属"
)
_CIRCLED = re.compile(r"\s*[①-⑳]")


@dataclass(frozen=True)
class Region:
    """A table's place: rows and columns, 0-based; `end_row` and `right` are one beyond."""

    first_row: int
    header_row: int
    left: int
    right: int
    width: int
    """Columns of the sheet."""
    end_row: int = 0
    title_row: int = 0
    """First of the lines above the header that belong to this table."""


def end_tables(sheet: Sheet, regions: Sequence[Region], survey: SurveySettings) -> list[Region]:
    """Let each table reach down to the lines that introduce the next one below it."""
    ended = []
    for region in regions:
        below = [r for r in regions if r.first_row > region.header_row and _overlap(r, region)]
        above = [r for r in regions if r.header_row < region.first_row and _overlap(r, region)]
        end = min(
            (_first_title(sheet, r, region.header_row + 1, survey) for r in below),
            default=len(sheet.rows),
        )
        floor = max((r.header_row + 1 for r in above), default=0)
        title = _first_title(sheet, region, floor, survey) if above else 0
        title = max(title, region.first_row - _TITLE_DEPTH)
        ended.append(replace(region, end_row=end, title_row=title))
    return ended


def _overlap(one: Region, other: Region) -> bool:
    return one.left < other.right and other.left < one.right


def _first_title(sheet: Sheet, region: Region, floor: int, survey: SurveySettings) -> int:
    """First row of the lines right above a header that are no rows of the table before it.

    Lines of one or two texts are titles from the first that looks like one (■, １．, …係) on,
    else from the first blank row on.
    """
    lines: list[tuple[int, list[Cell]]] = []
    for row in range(region.first_row - 1, max(floor, region.first_row - _TITLE_ROWS) - 1, -1):
        filled = [cell for cell in sheet.rows[row][region.left : region.right] if cell != ""]
        if len(filled) > _FEW or not all(isinstance(cell, str) for cell in filled):
            break
        lines.insert(0, (row, filled))
    titles = [row for row, filled in lines if filled and _is_title(filled[0], survey)]
    blanks = [row for row, filled in lines if not filled]
    start = min(titles or blanks, default=region.first_row)
    while start - 1 in blanks:
        start -= 1
    return start


def _is_title(cell: Cell, survey: SurveySettings) -> bool:
    text = squeeze(str(cell))
    marks = tuple(squeeze(mark) for mark in survey.title_marks)
    return text.startswith(marks) or bool(_TITLE.search(text) or _CIRCLED.match(str(cell)))
