"""Find the table on a sheet: where its header is and which column is which field.

A header may be one to three rows deep. A column's labels from top to bottom are its path; a level
that names a kind of staff (正規職員 | 会計年度任用職員) makes a block: one task per row and block.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bpr.read.cells import Sheet, to_text
from bpr.read.header import (
    Column,
    asked_column,
    give_unit,
    label_path,
    match_column,
    settle_minutes,
    unit_of,
)
from bpr.settings.survey import SurveySettings
from bpr.text import header_key, normalize, plain_label, squeeze

NAME_FIELDS: Final = ("task_name", "process", "process_group", "activity_name", "process_category")
"""Fields that can name a task; the first that is filled is its name."""

_MIN_FIELDS = 2
_CERTAIN_FIELDS = 4
_MARGIN = 4
_LONGEST_LABEL = 40
_DEPTH_COST = 0.5
_MAX_NUMBER_SHARE = 0.3
_UNIT_LINE = re.compile(r"単位\s*[:;は]\s*([^\s)\]、,]+)")


@dataclass(frozen=True)
class Request:
    """What the caller fixes about the layout instead of leaving it to the reader."""

    columns: Mapping[str, int] = field(default_factory=dict)
    """Field -> 0-based column."""
    sheet: str | None = None
    header_row: int | None = None
    """1-based Excel row of the last header row."""


@dataclass(frozen=True)
class Layout:
    """The last header row (0-based) and the columns; `ignored` holds (column, label, code)."""

    header_row: int
    columns: tuple[Column, ...]
    ignored: tuple[tuple[int, str, str], ...]

    @property
    def blocks(self) -> int:
        """How many tasks a row can hold."""
        return max((c.block + 1 for c in self.columns if c.block is not None), default=1)


def find_layout(sheet: Sheet, survey: SurveySettings, request: Request) -> Layout | None:
    """Return the layout with the most recognised fields, or None where there is no task table."""
    best: tuple[float, Layout] | None = None
    for last in _header_rows(sheet, survey, request):
        first = max(0, last + 1 - survey.header_max_depth)
        labels = _labels(sheet, range(first, last + 1))
        for depth in range(1, len(labels) + 1):
            if not any(labels[-depth]):
                break
            layout = _read_header(_spread_groups(labels[-depth:]), last, survey, request)
            score = _score(layout, sheet, depth, request)
            if score > 0 and (best is None or score > best[0]):
                best = (score, layout)
    return _with_units(best[1], sheet, survey) if best else None


def _with_units(layout: Layout, sheet: Sheet, survey: SurveySettings) -> Layout:
    """Take units from a row of units right below the labels, else from 「（単位：分）」 above."""
    below = layout.header_row + 1
    units: dict[int, str] = {}
    if below < len(sheet.rows):
        told = {i: cell for i, cell in enumerate(sheet.rows[below]) if cell != ""}
        read = {i: unit_of(cell, survey) for i, cell in told.items() if isinstance(cell, str)}
        if told and len(read) == len(told) and all(read.values()):
            units = {i: unit for i, unit in read.items() if unit}
            layout = replace(layout, header_row=below)
    common = _common_unit(sheet, layout, survey)
    columns = [give_unit(c, units.get(c.index) or common, survey) for c in layout.columns]
    return replace(layout, columns=tuple(settle_minutes(columns)))


def _common_unit(sheet: Sheet, layout: Layout, survey: SurveySettings) -> str | None:
    for line in text_above(sheet, layout)[:-1]:
        for text in line:
            if match := _UNIT_LINE.search(normalize(text)):
                return survey.unit_index.get(squeeze(match[1]))
    return None


def _header_rows(sheet: Sheet, survey: SurveySettings, request: Request) -> list[int]:
    """Rows that may be the last of a header: the given one, else those with two known labels.

    The lower rows of labels that are merged downwards are among them. The search ends a little
    below a row that is a header without doubt, so that long tables are not searched through.
    """
    if request.header_row is not None:
        return [request.header_row - 1] if 0 < request.header_row <= len(sheet.rows) else []
    known = survey.header_index.keys()
    found: dict[int, int] = {}
    for index, row in enumerate(sheet.rows[: survey.header_scan_rows]):
        texts = {cell for cell in row if type(cell) is str and 0 < len(cell) <= _LONGEST_LABEL}
        count = len({header_key(text) for text in texts} & known)
        if count >= _MIN_FIELDS:
            found[index] = count
        elif any(n >= _CERTAIN_FIELDS for n in found.values()) and index > max(found) + _MARGIN:
            break
    lower = {bottom for top, _, bottom, _ in sheet.merged if top in found and bottom > top}
    return sorted(found.keys() | {row for row in lower if row <= max(found) + _MARGIN})


def _labels(sheet: Sheet, rows: range) -> list[list[str]]:
    """Texts of the rows, with merged labels repeated over the cells they cover."""
    labels = [
        [plain_label(cell) if cell and isinstance(cell, str) else "" for cell in sheet.rows[row]]
        for row in rows
    ]
    for top, left, bottom, right in sheet.merged:
        if top in rows or bottom in rows:
            value = sheet.rows[top][left]
            text = plain_label(value) if isinstance(value, str) else ""
            for row in range(max(top, rows.start), min(bottom + 1, rows.stop)):
                cells = labels[row - rows.start]
                cells[left : right + 1] = [text] * len(cells[left : right + 1])
    return labels


def _spread_groups(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Carry a group's label to the right over its columns where the cells were not merged.

    A blank belongs to the group on its left when both columns have labels of their own below.
    """
    spread = [list(row) for row in rows]
    for level, row in enumerate(spread[:-1]):
        below = [any(lower[i] for lower in spread[level + 1 :]) for i in range(len(row))]
        for i in range(1, len(row)):
            if not row[i] and row[i - 1] and below[i] and below[i - 1]:
                row[i] = row[i - 1]
    return spread


def _read_header(
    rows: Sequence[Sequence[str]], last: int, survey: SurveySettings, request: Request
) -> Layout:
    columns: list[Column] = []
    ignored: list[tuple[int, str, str]] = []
    staff: dict[str, int] = {}
    seen: set[tuple[str, int | None]] = set()
    wanted = {index: name for name, index in request.columns.items()}
    for index in range(len(rows[-1])):
        path = label_path([row[index] if index < len(row) else "" for row in rows])
        header = " / ".join(path)
        if index in wanted:
            column: Column | None = asked_column(index, wanted[index], header, survey)
        else:
            column = match_column(index, path, staff, survey)
        if column is None:
            if header:
                ignored.append((index, header, "column-ignored"))
        elif (column.field, column.block) in seen or (
            column.field in request.columns and index not in wanted
        ):
            ignored.append((index, header, "column-duplicate"))
        else:
            seen.add((column.field, column.block))
            columns.append(column)
    return Layout(last, tuple(settle_minutes(columns)), tuple(ignored))


def _score(layout: Layout, sheet: Sheet, depth: int, request: Request) -> float:
    """Tell how much like a header of a task table the rows look; 0 means not at all."""
    fields = {(column.field, column.block) for column in layout.columns}
    names = {name for name, _ in fields}
    if not names.intersection(NAME_FIELDS):
        return 0
    if len(fields) < _MIN_FIELDS and not request.columns:
        return 0
    row = sheet.rows[layout.header_row]
    numbers = sum(isinstance(row[c.index], int | float) for c in layout.columns)
    if numbers > _MAX_NUMBER_SHARE * len(layout.columns) and request.header_row is None:
        return 0
    return sum(c.confidence for c in layout.columns) - _DEPTH_COST * (depth - 1)


def text_above(sheet: Sheet, layout: Layout, depth: int = 12) -> list[list[str]]:
    """Texts of the rows above the table: titles, notes and label cells."""
    start = max(0, layout.header_row - depth)
    return [
        [text for text in map(to_text, row) if text]
        for row in sheet.rows[start : layout.header_row + 1]
    ]
