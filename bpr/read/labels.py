"""The labels above a table as a grid: how deep it is, and groups spread over their columns."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from bpr.read.cells import Cell, Sheet
from bpr.read.qualifiers import is_remark, is_sub_label
from bpr.read.units import unit_of
from bpr.settings.survey import SurveySettings
from bpr.text import header_key, plain_label, squeeze

_MOST_BELOW: Final = 3
_LONGEST_GROUP: Final = 30
_LONGEST_SUB: Final = 25
_LABEL_AND_VALUE = re.compile(r"[:：].")
_ALL: Final = 0.8
_HALF_A_YEAR: Final = 6
_MONTHS: Final = frozenset(float(month) for month in range(1, 13))
_SHORT: Final = 10
_TITLE = re.compile(r"調査|様式|[票表]$|一覧|別紙|年度")


def label_rows(sheet: Sheet, rows: range, survey: SurveySettings) -> list[list[str]]:
    """Texts of the rows, with merged labels repeated over the cells they cover.

    A unit that stands alone below its label is bracketed, as if it stood within it.
    """
    labels = [
        [plain_label(cell) if cell and isinstance(cell, str) else "" for cell in _labels_of(row)]
        for row in sheet.rows[rows.start : rows.stop]
    ]
    for top, left, bottom, right in sheet.merged:
        if top in rows or bottom in rows:
            value = sheet.rows[top][left]
            text = plain_label(value) if isinstance(value, str) else ""
            for row in range(max(top, rows.start), min(bottom + 1, rows.stop)):
                cells = labels[row - rows.start]
                cells[left : right + 1] = [text] * len(cells[left : right + 1])
    for texts in labels[1:]:
        texts[:] = [f"({text})" if _is_unit(text, survey) else text for text in texts]
    return labels


def _labels_of(row: Sequence[Cell]) -> Sequence[Cell]:
    """Cells of a row, with months that Excel keeps as numbers or dates written out (4 -> 4月)."""
    dates = [cell for cell in row if isinstance(cell, date)]
    numbers = [cell for cell in row if isinstance(cell, float) and cell in _MONTHS]
    if len(dates) >= _HALF_A_YEAR:
        return [f"{cell.month}月" if isinstance(cell, date) else cell for cell in row]
    if len(set(numbers)) >= _HALF_A_YEAR and len(set(numbers)) == len(numbers):
        return [f"{cell:g}月" if cell in numbers else cell for cell in row]
    return row


def _is_unit(text: str, survey: SurveySettings) -> bool:
    """Tell a bare unit (件, 分) that is no label in its own right (時間, 人役)."""
    if not text or text[0] in "([" or header_key(text) in survey.header_index:
        return False
    return unit_of(text, survey) is not None


def spread_groups(rows: Sequence[Sequence[str]]) -> list[list[str]]:
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


def last_label_row(sheet: Sheet, row: int, survey: SurveySettings, names: Sequence[str]) -> int:
    """Last row of the header that `row` belongs to: merged labels and sub-labels reach below it.

    `names` are the fields that name a task: a row that fills their columns is no label row.
    """
    limit = min(row + _MOST_BELOW, len(sheet.rows) - 1)
    last = row
    for top, _, bottom, _ in sheet.merged:
        if row - _MOST_BELOW <= top <= row < bottom <= limit and sheet.rows[top][_]:
            last = max(last, bottom)
    index = survey.header_index
    filled = sheet.rows[row]
    naming = {
        i
        for i, cell in enumerate(filled)
        if isinstance(cell, str) and index.get(header_key(cell), ("",))[0] in names
    }
    while last < limit and _is_sub_row(sheet, row, last + 1, naming, survey):
        last += 1
    return last


def _is_sub_row(
    sheet: Sheet, header: int, row: int, naming: set[int], survey: SurveySettings
) -> bool:
    """Tell a row of sub-labels: texts only, none of them a task's name, each below a group."""
    told = {i: cell for i, cell in enumerate(_labels_of(sheet.rows[row])) if cell != ""}
    texts = {i: cell for i, cell in told.items() if isinstance(cell, str)}
    if not told or len(texts) < len(told):
        return False
    labels = sheet.rows[header]
    merged = {
        i
        for top, left, bottom, right in sheet.merged
        if top <= header <= bottom and right > left
        for i in range(left, right + 1)
    }
    for i, text in texts.items():
        if len(text) > _LONGEST_SUB or squeeze(text).startswith("※"):
            return False
        apart = is_remark(text) or unit_of(text, survey) is not None
        if i in naming and not apart:
            return False
        grouped = i in merged or labels[i] == "" or _starts_group(labels, texts, i)
        if not (apart or grouped or is_sub_label(text)):
            return False
    return bool(naming)


def _starts_group(labels: Sequence[Cell], texts: dict[int, str], i: int) -> bool:
    """Tell a label whose right neighbor is blank while the row below fills both."""
    return i + 1 < len(labels) and labels[i + 1] == "" and i + 1 in texts


def _has_label_cells(sheet: Sheet, row: int, survey: SurveySettings) -> bool:
    """Tell a row like 課名 | 税務課 | 係名 | 収納係: labels of the sheet, each with its value."""
    told = [(i, cell) for i, cell in enumerate(sheet.rows[row]) if cell != ""]
    deep = {left for top, left, bottom, _ in sheet.merged if top == row < bottom}
    for (i, cell), (_, following) in pairwise(told):
        label = isinstance(cell, str) and squeeze(cell) in survey.label_cell_index
        known = header_key(str(following)) in survey.header_index
        if (
            label
            and i not in deep
            and not known
            and squeeze(str(following)) not in survey.staff_index
        ):
            return True
    return False


def is_group_row(sheet: Sheet, row: int, below: Sequence[str], survey: SurveySettings) -> bool:
    """Tell whether a row above the labels holds group labels, not a title or a label cell.

    `below`: the labels right below it. One text over all of them is a title, unless it names a
    kind of staff.
    """
    texts = [cell for cell in sheet.rows[row] if cell != ""]
    if not texts or not all(isinstance(cell, str) for cell in texts):
        return False
    if _has_label_cells(sheet, row, survey) or any(
        len(str(t)) > _LONGEST_GROUP or _LABEL_AND_VALUE.search(str(t)) for t in texts
    ):
        return False
    spans = [r - left + 1 for top, left, _, r in sheet.merged if top == row and r > left]
    labelled = sum(label != "" for label in below)
    if len(texts) == 1:
        if spans:
            return max(spans) < _ALL * labelled
        text = str(texts[0])
        start = sheet.rows[row].index(text)
        beside = [*sheet.rows[max(0, row - _MOST_BELOW) : row], below]
        over_all = below[start] != "" and not any(any(cells[:start]) for cells in beside)
        if over_all and squeeze(text) not in survey.staff_index:
            return False
        return len(text) <= _SHORT and not _TITLE.search(text)
    return not any(str(text).endswith(("：", ":")) for text in texts)
