"""Sheets that describe one task, or one a column: labels on the left, values on the right.

業務説明表 (one task a sheet) and transposed tables. Each value has an address of its own, so a card
is given as columns with a fixed row.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from bpr.frames import NAME_FIELDS
from bpr.read.cells import Cell, Sheet, to_text
from bpr.read.header import Column, find_field, knows_label
from bpr.read.qualifiers import TOTAL
from bpr.read.units import read_measure, unit_of
from bpr.settings.survey import SurveySettings
from bpr.text import plain_label, squeeze

_ROWS: Final = 80
_COLUMNS: Final = 40
_REACH: Final = 8
_LONGEST: Final = 30
_MIN_FIELDS: Final = 4
_MANY_FIELDS: Final = 6
_FILLED: Final = 0.6
_STACKED: Final = 2
_STACKED_FIELDS: Final = 3
_TELLING: Final = frozenset({"annual_count", "minutes_per_case", "annual_hours", "fte", "medium"})


@dataclass(frozen=True)
class Value:
    """One answer of a card, where it stands (0-based) and under which label."""

    field: str
    text: str
    row: int
    column: int
    label: str
    measure: str | None
    reason: str
    confidence: float


@dataclass(frozen=True)
class Card:
    """The answers about one task; `row` is where its name stands (0-based)."""

    row: int
    values: tuple[Value, ...]

    @property
    def columns(self) -> list[Column]:
        """The answers as columns of a table would be."""
        return [
            Column(v.column, v.field, None, v.label, v.measure, None, v.reason, v.confidence)
            for v in self.values
        ]


@dataclass(frozen=True)
class _Label:
    row: int
    column: int
    right: int
    text: str
    field: str
    measure: str | None
    reason: str
    confidence: float


def find_cards(
    sheet: Sheet, survey: SurveySettings, rows: range = range(_ROWS), least: int = _MIN_FIELDS
) -> list[Card]:
    """Return the tasks that a sheet without a table describes; none where it is no card.

    `rows` and `least` (fields that make a card) are set for one of several cards below each other.
    """
    labels = _with_totals(sheet, list(_labels(sheet, survey, rows)))
    places = {(label.row, label.column) for label in labels}
    name = next((x for f in NAME_FIELDS for x in labels if x.field == f), None)
    if name is None or len({label.field for label in labels}) < least:
        return []
    across = [] if least < _MIN_FIELDS else _filled_right(sheet, name, places)
    stacked = [label for label in labels if label.column == name.column]
    if len(across) > 1:
        shared = [
            column
            for column in across
            if sum(_at(sheet, x.row, column) is not None for x in stacked) >= _FILLED * len(stacked)
        ]
        if len(shared) > 1:
            cards = [
                [_value(sheet, x, x.row, column, survey) for x in stacked] for column in shared
            ]
            return [card for found in cards if (card := _card(found, name.row, _STACKED_FIELDS))]
    values = [_single_value(sheet, label, places, survey) for label in labels]
    card = _card(values, name.row, least)
    return [card] if card else []


def _with_totals(sheet: Sheet, labels: list[_Label]) -> list[_Label]:
    """業務規模 merged over 年間総計, 通常期 …: its value stands beside 年間総計."""
    kept = list(labels)
    for top, left, bottom, right in sheet.merged:
        label = next((x for x in labels if (x.row, x.column) == (top, left)), None)
        if label is None or bottom == top:
            continue
        subs = {row: _at(sheet, row, right + 1) for row in range(top, bottom + 1)}
        total = next((r for r, text in subs.items() if text and TOTAL.search(squeeze(text))), None)
        if total is not None:
            kept = [x for x in kept if not (top <= x.row <= bottom and x.column > right)]
            kept.remove(label)
            kept.append(replace(label, row=total, right=right + 1))
    return kept


def find_stacked_cards(sheet: Sheet, survey: SurveySettings) -> list[Card]:
    """Tasks of a sheet that holds one card below the other."""
    starts = _card_rows(sheet, survey)
    if len(starts) < _STACKED:
        return []
    ends = [*starts[1:], len(sheet.rows)]
    cards = []
    for start, end in zip(starts, ends, strict=True):
        blank: list[list[Cell]] = [[""] * len(row) for row in sheet.rows[:start]]
        part = replace(sheet, rows=[*blank, *sheet.rows[start:end]])
        cards.extend(find_cards(part, survey, range(start, end), _STACKED_FIELDS))
    return cards


def _card_rows(sheet: Sheet, survey: SurveySettings) -> list[int]:
    """Rows where a task's name is asked and given, in the column where that happens most."""
    best: list[int] = []
    for column, cells in enumerate(sheet.columns[:_COLUMNS]):
        if survey.plain_task_labels.isdisjoint(cells):
            continue
        rows = [row for row, cell in enumerate(cells) if cell in survey.plain_task_labels]
        rows = [row for row in rows if _gives_value(sheet, row, column, survey)]
        best = max(best, rows, key=len)
    return best


def _gives_value(sheet: Sheet, row: int, column: int, survey: SurveySettings) -> bool:
    beside = next((to_text(c) for c in sheet.rows[row][column + 1 :] if c != ""), None)
    return beside is not None and not knows_label(plain_label(beside), survey)


def _card(values: list[Value | None], row: int, least: int) -> Card | None:
    known: dict[str, Value] = {}
    for value in values:
        if value is not None:
            known.setdefault(value.field, value)
    fields = known.keys()
    enough = len(fields) >= _MANY_FIELDS or (len(fields) >= least and fields & _TELLING)
    if not enough or not fields & set(NAME_FIELDS):
        return None
    return Card(row, tuple(known.values()))


def _labels(sheet: Sheet, survey: SurveySettings, rows: range) -> Iterator[_Label]:
    reach = {(top, left): right for top, left, _, right in sheet.merged}
    for row in rows[: max(0, len(sheet.rows) - rows.start)]:
        cells = sheet.rows[row]
        for column, cell in enumerate(cells[:_COLUMNS]):
            if type(cell) is not str or not 0 < len(cell.strip()) <= _LONGEST:
                continue
            text = plain_label(cell)
            found = None if squeeze(text) in survey.medium_index else find_field((text,), survey)
            if found is None:
                continue
            name, fixed, reason, confidence = found
            measure, _ = read_measure(text, survey.fields[name].kind, survey, fixed)
            unit = measure or survey.fields[name].default_unit
            right = reach.get((row, column), column)
            yield _Label(row, column, right, text, name, unit, reason, confidence)


def _filled_right(sheet: Sheet, label: _Label, places: set[tuple[int, int]]) -> list[int]:
    """Columns to the right of a label that hold values, up to the next label."""
    found = []
    for column in range(label.right + 1, len(sheet.rows[label.row])):
        if (label.row, column) in places:
            break
        if _at(sheet, label.row, column) is not None:
            found.append(column)
    return found


def _single_value(
    sheet: Sheet, label: _Label, places: set[tuple[int, int]], survey: SurveySettings
) -> Value | None:
    """Value of a label: the first filled cell on its right, else the cell below it."""
    width = len(sheet.rows[label.row])
    for column in range(label.right + 1, min(label.right + 1 + _REACH, width)):
        if (label.row, column) in places:
            break
        if _at(sheet, label.row, column) is not None:
            return _value(sheet, label, label.row, column, survey)
    below = label.row + 1
    if below < len(sheet.rows) and (below, label.column) not in places:
        return _value(sheet, label, below, label.column, survey)
    return None


def _value(
    sheet: Sheet, label: _Label, row: int, column: int, survey: SurveySettings
) -> Value | None:
    """Text of a cell, with the unit that stands in the next cell (180 | 分)."""
    text = _at(sheet, row, column)
    if text is None:
        return None
    following = _at(sheet, row, column + 1)
    if following and text[-1].isdigit() and unit_of(following, survey):
        text += following
    return Value(
        label.field, text, row, column, label.text, label.measure, label.reason, label.confidence
    )


def _at(sheet: Sheet, row: int, column: int) -> str | None:
    cells = sheet.rows[row]
    return to_text(cells[column]) if column < len(cells) else None
