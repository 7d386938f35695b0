"""Rows that may be headers of task tables, and where the labels of one row part two tables."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final

from bpr.frames import NAME_FIELDS
from bpr.read.cells import Sheet
from bpr.read.header import knows_label
from bpr.read.labels import is_group_row, label_rows
from bpr.read.request import Request
from bpr.settings.survey import SurveySettings
from bpr.text import header_key

_MIN_FIELDS: Final = 2
_MORE_FIELDS: Final = 3
_CERTAIN_FIELDS: Final = 4
_MARGIN: Final = 4
_LONGEST_LABEL: Final = 40


def first_rows(sheet: Sheet, row: int, survey: SurveySettings) -> Iterator[int]:
    """Rows from which a header may reach down to `row`: itself, and rows of groups above it."""
    tops = [top for top, _, bottom, _ in sheet.merged if top < bottom]
    bottoms = [bottom for top, _, bottom, _ in sheet.merged if top < bottom]
    for first in range(row, max(-1, row - survey.header_max_depth), -1):
        if first < row:
            (below,) = label_rows(sheet, range(first + 1, first + 2), survey)
            if not is_group_row(sheet, first, below, survey):
                return
        crossed = (t < first <= b for t, b in zip(tops, bottoms, strict=True))
        if first == 0 or not any(crossed):
            yield first


def split_tables(
    grid: Sequence[Sequence[str]], survey: SurveySettings
) -> Iterator[tuple[int, int]]:
    """Column ranges of the tables under one header row: split where the labels begin anew."""
    bottom = [next((row[i] for row in reversed(grid) if row[i]), "") for i in range(len(grid[-1]))]
    keys = [header_key(label) for label in bottom]
    index = survey.header_index
    names = [i for i, key in enumerate(keys) if index.get(key, ("",))[0] in NAME_FIELDS]
    starts = [0]
    for i in names:
        before = [j for j in names if starts[-1] <= j < i and keys[j] == keys[i]]
        if not before or i - before[0] < _MIN_FIELDS:
            continue
        step = i - before[0]
        start = i
        while (
            start - 1 >= before[0] + 1
            and keys[start - 1]
            and (start - 1 - step >= starts[-1] and keys[start - 1] == keys[start - 1 - step])
        ):
            start -= 1
        shared = keys[start : start + step]
        same = sum(key != "" and key == keys[start - step + n] for n, key in enumerate(shared))
        if same >= _MIN_FIELDS:
            starts.append(start)
    yield from zip(starts, [*starts[1:], len(keys)], strict=True)


def find_header_rows(sheet: Sheet, survey: SurveySettings, request: Request) -> list[int]:
    """Rows that may be the last of a header: the given one, else those with two known labels.

    The lower rows of labels that are merged downwards are among them. The search ends a little
    below a row that is a header without doubt, so that long tables are not searched through.
    """
    if request.header_row is not None:
        return [request.header_row - 1] if 0 < request.header_row <= len(sheet.rows) else []
    known: AbstractSet[str] = survey.header_index.keys()
    if request.forms:
        known = known | {key for form in request.forms for key in form.keys}
    found: dict[int, int] = {}
    for index, row in enumerate(sheet.rows[: survey.header_scan_rows]):
        count = len({header_key(text) for text in _short_texts(row)} & known)
        if count >= _MIN_FIELDS:
            found[index] = count
        elif any(n >= _CERTAIN_FIELDS for n in found.values()) and index > max(found) + _MARGIN:
            break
    return _with_lower_rows(found, sheet)


def _with_lower_rows(found: dict[int, int], sheet: Sheet) -> list[int]:
    """Add the lower rows of labels merged downwards, and rows of sub-labels below a header."""
    lower = {bottom for top, _, bottom, _ in sheet.merged if top in found and bottom > top}
    return sorted(found.keys() | {row for row in lower if row <= max(found) + _MARGIN})


def find_more_header_rows(sheet: Sheet, survey: SurveySettings) -> list[int]:
    """Rows that hold two known labels, that of the names plainly written: headers of more tables."""
    plain = _plain_name_labels(survey)
    hits: set[int] = set()
    for cells in sheet.columns:
        if not plain.isdisjoint(cells):
            hits.update(i for i, cell in enumerate(cells) if cell in plain)
    return sorted(row for row in hits if _names_fields(sheet.rows[row], survey))


@lru_cache(maxsize=8)
def _plain_name_labels(survey: SurveySettings) -> frozenset[str]:
    return frozenset().union(*(survey.plain_labels_of[name] for name in NAME_FIELDS))


def find_wordy_rows(sheet: Sheet, survey: SurveySettings) -> list[int]:
    """Rows with two labels that can be understood at least by their words."""
    found: dict[int, int] = {}
    for index, row in enumerate(sheet.rows[: survey.header_scan_rows]):
        texts = _short_texts(row)
        count = sum(knows_label(text, survey) for text in texts)
        named = any(header_key(text) in survey.task_labels for text in texts)
        if count >= _MIN_FIELDS or (named and len(texts) >= _MORE_FIELDS):
            found[index] = count
    return _with_lower_rows(found, sheet)


def _short_texts(row: Sequence[object]) -> set[str]:
    return {cell for cell in row if type(cell) is str and 0 < len(cell) <= _LONGEST_LABEL}


def _names_fields(row: Sequence[object], survey: SurveySettings) -> bool:
    """Tell a row that holds two labels, one of them of a column that names tasks."""
    index = survey.header_index
    fields = {index.get(header_key(text), ("",))[0] for text in _short_texts(row)} - {""}
    return len(fields) >= _MIN_FIELDS and bool(fields.intersection(NAME_FIELDS))
