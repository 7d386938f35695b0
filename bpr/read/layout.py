"""Find the task tables of a sheet: where each has its header and which column is which field.

A header may be one to four rows deep. A column's labels from top to bottom are its path; a level
that names a kind of staff (正規職員 | 会計年度任用職員) makes a block: one task per row and block.
Tables may stand side by side or one below the other; `extent` tells where each of them ends.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final

from bpr.frames import NAME_FIELDS
from bpr.read.candidates import (
    find_header_rows,
    find_more_header_rows,
    find_wordy_rows,
    first_rows,
    split_tables,
)
from bpr.read.cells import Sheet, to_text
from bpr.read.columns import Ignored, settle_columns, settle_times
from bpr.read.evidence import Sample
from bpr.read.extent import Region, end_tables
from bpr.read.forms import FormColumn, apply_form, fingerprint, list_columns
from bpr.read.header import NEAR, Column, asked_column, label_path, match_column
from bpr.read.labels import label_rows, last_label_row, spread_groups
from bpr.read.numbers import plain_number
from bpr.read.request import Request
from bpr.read.units import UNITS_OF, unit_of
from bpr.settings.survey import SurveySettings
from bpr.text import normalize, squeeze

_SHARED: Final = ("municipality", "fiscal_year", "department", "division", "unit")
_OF_PEOPLE: Final = ("人役", "人日")
_MIN_FIELDS = 2
_MORE_FIELDS = 3
_LEAST_CERTAIN = 1.5
_DEPTH_COST = 0.05
_DUPLICATE_COST = 0.2
_PART_GAIN = 0.1
_MAX_NUMBER_SHARE = 0.3
_UNIT_LINE = re.compile(r"単位\s*[:;は]\s*([^\s)\]、,]+)")


@dataclass(frozen=True)
class Layout:
    """One table: its region, its columns, and what of its header was not used."""

    region: Region
    columns: tuple[Column, ...]
    ignored: tuple[Ignored, ...]
    form: tuple[FormColumn, ...] = ()
    """Every labelled column with the field it was given; what a person confirms."""
    known: str | None = None
    """`confirmed` or `similar` where a known form was applied."""
    changes: tuple[str, ...] = ()
    """Labels in which the form differs from the known one."""

    @property
    def header_row(self) -> int:
        """0-based last row of the header."""
        return self.region.header_row

    @property
    def blocks(self) -> int:
        """How many tasks a row can hold."""
        return max((c.block + 1 for c in self.columns if c.block is not None), default=1)

    @property
    def fingerprint(self) -> str:
        """Key of the form: what its labels are, in their order."""
        return fingerprint(self.form)


def find_tables(sheet: Sheet, survey: SurveySettings, request: Request) -> list[Layout]:
    """Return the task tables of a sheet from top to bottom and left to right; none is possible."""
    first = _best(sheet, find_header_rows(sheet, survey, request), survey, request)
    if not first and request.header_row is None:
        wordy = find_wordy_rows(sheet, survey)
        first = _best(sheet, wordy, survey, request) or _best(sheet, wordy, survey, request, 1)
    if not first:
        return []
    found = list(first)
    if request.header_row is None and not request.columns:
        above = min(t.region.first_row for t in found)
        below = max(t.header_row for t in found) + 2
        for row in find_more_header_rows(sheet, survey):
            if above <= row < below:
                continue
            more = _best(sheet, [row], survey, request, least=_MORE_FIELDS)
            found.extend(t for t in more if _is_new(t, found, sheet))
    regions = end_tables(sheet, [table.region for table in found], survey)
    tables = [
        _with_units(replace(table, region=region), sheet, survey)
        for table, region in zip(found, regions, strict=True)
    ]
    return sorted(tables, key=lambda table: (table.header_row, table.region.left))


def text_above(sheet: Sheet, layout: Layout) -> list[list[str]]:
    """Texts of the rows above the table's header, those right above its own columns first."""
    region = layout.region
    rows = sheet.rows[region.title_row : region.first_row]
    own, beside = slice(region.left, region.right), slice(region.left)
    ordered = ([*row[own], *row[beside], *row[region.right :]] for row in rows)
    return [[text for text in map(to_text, row) if text] for row in ordered]


def _best(
    sheet: Sheet,
    candidates: Sequence[int],
    survey: SurveySettings,
    request: Request,
    least: int = _MIN_FIELDS,
) -> list[Layout]:
    """Return the table with the most recognised fields, with those beside it."""
    best: tuple[float, list[Layout]] = (0.0, [])
    for row in candidates:
        last = row
        if request.header_row is None:
            last = last_label_row(sheet, row, survey, NAME_FIELDS)
        for first in first_rows(sheet, row, survey):
            grid = spread_groups(label_rows(sheet, range(first, last + 1), survey))
            tables = [
                table
                for left, right in split_tables(grid, survey)
                if (table := _read_header(grid, last, (left, right), sheet, survey, request))
                and _is_table(table, sheet, request, least)
            ]
            score = sum(_score(table, row - first) for table in tables)
            if score > best[0]:
                best = (score, tables)
    return _share_places(best[1])


def _share_places(tables: list[Layout]) -> list[Layout]:
    """Let tables side by side use the columns of 課 and 係 that stand once, on their left."""
    if len(tables) < _MIN_FIELDS:
        return tables
    first, *others = tables
    shared = [c for c in first.columns if c.field in _SHARED]
    return [first] + [
        replace(
            table,
            columns=(
                *(c for c in shared if c.field not in {own.field for own in table.columns}),
                *table.columns,
            ),
        )
        for table in others
    ]


def _score(table: Layout, above: int) -> float:
    read = sum(column.confidence + _PART_GAIN * len(column.parts) for column in table.columns)
    again = sum(code == "column-duplicate" for _, _, code in table.ignored)
    return max(0.01, read - _DEPTH_COST * above - _DUPLICATE_COST * again)


def _is_table(layout: Layout, sheet: Sheet, request: Request, least: int) -> bool:
    """Tell whether the columns make a table of tasks, and the row below them no data row."""
    fields = {(column.field, column.block) for column in layout.columns}
    if not {name for name, _ in fields}.intersection(NAME_FIELDS):
        return False
    certain = sum(column.confidence for column in layout.columns)
    if certain < _LEAST_CERTAIN and not (request.is_explicit or layout.known or least == 1):
        return False
    alone = "task_name" in {name for name, _ in fields} and len(layout.form) >= _MORE_FIELDS
    if len(fields) < least and not (request.columns or layout.known or (alone and least == 1)):
        return False
    row = sheet.rows[layout.header_row]
    numbers = sum(isinstance(row[c.index], int | float) for c in layout.columns)
    return numbers <= _MAX_NUMBER_SHARE * len(layout.columns) or request.header_row is not None


def _read_header(
    grid: Sequence[Sequence[str]],
    last: int,
    span: tuple[int, int],
    sheet: Sheet,
    survey: SurveySettings,
    request: Request,
) -> Layout | None:
    """Understand the labels of the columns from `span[0]` up to `span[1]`."""
    left, right = span
    paths = tuple(map(label_path, zip_longest(*(row[left:right] for row in grid), fillvalue="")))
    form = list_columns(left, paths)
    known = apply_form(form, request.forms)
    staff: dict[str, int] = {}
    wanted = {index: name for name, index in request.columns.items()}
    matched: list[Column] = []
    unknown: list[tuple[int, str]] = []
    fixed: list[Column] = []
    ignored: list[Ignored] = []
    for index, path in zip(range(left, right), paths, strict=True):
        header = " / ".join(path)
        if index in wanted:
            fixed.append(asked_column(index, wanted[index], header, survey))
        elif index in known.fields:
            name = known.fields[index]
            column = match_column(index, path, staff, survey)
            if name is None:
                ignored.append((index, header, "column-ignored"))
            elif column is not None and column.field == name:
                matched.append(replace(column, reason="確認済みの様式", confidence=1.0))
            else:
                told = asked_column(index, name, header, survey)
                matched.append(replace(told, reason="確認済みの様式"))
        elif (column := match_column(index, path, staff, survey)) is not None:
            if column.field in request.columns:
                ignored.append((index, header, "column-duplicate"))
            else:
                matched.append(column)
        elif header:
            unknown.append((index, header))
    sample = Sample(sheet, last + 1)
    columns, others = settle_columns(matched, unknown, sample, survey)
    columns = settle_times(sorted([*fixed, *columns], key=lambda c: c.index), sample)
    if not columns:
        return None
    region = Region(
        first_row=last + 1 - len(grid),
        header_row=last,
        left=left,
        right=right,
        width=len(sheet.rows[last]),
    )
    fields = {i: c.field for c in reversed(columns) for i in c.places}
    return Layout(
        region,
        tuple(columns),
        tuple(sorted([*ignored, *others])),
        tuple(FormColumn(c.index, c.key, c.label, fields.get(c.index)) for c in form),
        known.status,
        known.changes,
    )


def _is_new(table: Layout, found: Sequence[Layout], sheet: Sheet) -> bool:
    """Tell whether a table further down is another one, not a header repeated or a row of tasks."""
    sure = {c.field for c in table.columns if c.confidence >= NEAR}
    cells = [cell for cell in sheet.rows[table.header_row] if cell != ""]
    numbers = sum(not isinstance(cell, str) for cell in cells)
    if len(sure) < _MIN_FIELDS or numbers > _MAX_NUMBER_SHARE * len(cells):
        return False
    fields = {(c.index, c.field, c.block) for c in table.columns}
    for other in found:
        if abs(other.header_row - table.header_row) <= 1:
            return False
        if fields == {(c.index, c.field, c.block) for c in other.columns}:
            return False
    return True


def _with_units(layout: Layout, sheet: Sheet, survey: SurveySettings) -> Layout:
    """Take units from a row of units right below the labels, else from 「（単位：分）」 above."""
    region = layout.region
    below = region.header_row + 1
    units: dict[int, str] = {}
    if below < region.end_row:
        cells = enumerate(sheet.rows[below][region.left : region.right], start=region.left)
        told = {i: cell for i, cell in cells if cell != ""}
        read = {i: unit_of(cell, survey) for i, cell in told.items() if isinstance(cell, str)}
        if told and len(read) == len(told) and all(read.values()):
            units = {i: unit for i, unit in read.items() if unit}
            region = replace(region, header_row=below)
    common = _common_unit(sheet, layout, survey)
    sample = Sample(sheet, region.header_row + 1)
    columns = [_give_unit(c, units.get(c.index) or common, survey) for c in layout.columns]
    columns = settle_times([_as_share(c, sample) for c in columns], sample)
    return replace(layout, region=region, columns=tuple(columns))


def _as_share(column: Column, sample: Sample) -> Column:
    """Read shares up to 1 as parts of 1: Excel keeps 30 % as 0.3."""
    if column.measure != "%":
        return column
    numbers = [n for text in sample.column(column.index) if (n := plain_number(text)) is not None]
    parts = any(0 < number < 1 for number in numbers) and max(numbers) <= 1
    return replace(column, measure="割合") if parts else column


def _give_unit(column: Column, unit: str | None, survey: SurveySettings) -> Column:
    """Take a unit from outside the label, where the label has none and the unit can be meant."""
    kind = survey.fields[column.field].kind
    known = (*UNITS_OF.get(kind, ()), *(_OF_PEOPLE if column.field == "annual_hours" else ()))
    fits = unit is not None and unit in known
    return replace(column, measure=unit, written=True) if fits and not column.written else column


def _common_unit(sheet: Sheet, layout: Layout, survey: SurveySettings) -> str | None:
    for line in text_above(sheet, layout):
        for text in line:
            if match := _UNIT_LINE.search(normalize(text)):
                return survey.unit_index.get(squeeze(match[1]))
    return None
