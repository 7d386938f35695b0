"""Workbooks -> answers as written, with what was noticed on the way.

Per workbook: the tables of each sheet are found, what holds for all of them is read from titles,
cover sheets and names, and the rows are gathered; `rows` then parts answers from the rest.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeAlias

import polars as pl

from bpr import terms
from bpr.frames import (
    Answers,
    Columns,
    DataFrame,
    Forms,
    Marks,
    Sheets,
    StaffCounts,
    Workbooks,
)
from bpr.read.cells import Refusal, Sheet, column_letter, to_text
from bpr.read.context import Context, read_context, read_cover
from bpr.read.gathering import Gathering, frame
from bpr.read.layout import Layout, text_above
from bpr.read.marks import is_own_form, look_behind, suspect_cells
from bpr.read.opening import Opened, Workbook, open_ahead
from bpr.read.request import Request
from bpr.read.rows import sort_rows
from bpr.read.sheets import Found, find_tasks, leave_out_lists, skip_reason
from bpr.settings.survey import SurveySettings

_Key: TypeAlias = tuple[str, str, str]
"""Name and SHA-256 of a workbook, and what the caller fixed about its layout."""
Earlier: TypeAlias = dict[_Key, Gathering]
"""What was read of workbooks before."""

_EXPECTED: Final = frozenset({"sheet-example", "sheet-without-table"})
"""Why sheets of our own form are not read: 記入要領, 記入例, 提出票."""


@dataclass(frozen=True)
class Survey:
    """Everything read from the workbooks."""

    workbooks: DataFrame[Workbooks]
    sheets: DataFrame[Sheets]
    forms: DataFrame[Forms]
    columns: DataFrame[Columns]
    answers: DataFrame[Answers]
    staff: DataFrame[StaffCounts]
    marks: DataFrame[Marks]


def read_answers(
    workbooks: Iterable[Workbook],
    survey: SurveySettings,
    request: Request | None = None,
    progress: Callable[[str], None] = lambda _: None,
    earlier: Earlier | None = None,
) -> Survey:
    """Read every sheet with a task table; what cannot be read is named, the rest goes on.

    `earlier` remembers workbooks by their name, their bytes and the request; only what is new or
    has changed is read again. It must be used with the same settings only.
    """
    gathering = Gathering()
    asked = request or Request()
    known_as = repr(asked)
    memory = {} if earlier is None else earlier
    used: Earlier = {}

    def files() -> Iterator[tuple[_Key, bytes | None]]:
        for workbook in _distinct(workbooks):
            key = (workbook.name, sha256(workbook.data).hexdigest(), known_as)
            yield key, None if key in memory else workbook.data

    def skip(sheet: str, visible: bool) -> bool:  # noqa: FBT001 - called by position
        return skip_reason(sheet, visible=visible, survey=survey, request=asked) is not None

    for key, opened in open_ahead(files(), skip, survey.limits):
        used[key] = _read_workbook(key, opened, survey, asked) if opened else memory[key]
        gathering.add(used[key])
        progress(key[0])
    memory.clear()
    memory.update(used)
    answers, row_marks = sort_rows(gathering.rows(), survey)
    columns = frame(Columns, gathering.columns)
    gappy = answers.filter(pl.col("workbook").is_in(gathering.gappy))
    _mark_hidden_values(suspect_cells(gappy, columns), gathering)
    _mark_hidden_parts(answers, columns, gathering)
    read = set(answers["workbook"].unique().to_list())
    _refuse_empty(gathering, read)
    return Survey(
        workbooks=frame(Workbooks, gathering.workbooks),
        sheets=frame(Sheets, gathering.sheets),
        forms=frame(Forms, gathering.forms),
        columns=columns,
        answers=Answers.cast(answers),
        staff=frame(StaffCounts, gathering.staff),
        marks=Marks.cast(pl.concat([frame(Marks, gathering.marks), row_marks])),
    )


def _refuse_empty(gathering: Gathering, read: set[str]) -> None:
    """Tell workbooks whose tables hold no row at all: a form sent back blank."""
    for position, (name, digest, status, _) in enumerate(gathering.workbooks):
        if status == "read" and name not in read:
            code = "workbook-without-rows"
            gathering.workbooks[position] = (name, digest, "refused", code)
            gathering.mark(str(name), None, code, None)


def _mark_hidden_values(suspects: pl.DataFrame, into: Gathering) -> None:
    """Mark blanks that are error values or uncalculated formulas in truth."""
    wanted = set(suspects.select("workbook", "sheet", "column", "row").iter_rows())
    for workbook, mark in into.veiled:
        if (workbook, mark.sheet, mark.column, mark.row) in wanted:
            cell = f"{mark.column}{mark.row}"
            into.mark(workbook, mark.sheet, mark.code, mark.value or None, cell, mark.row)


def _mark_hidden_parts(answers: pl.DataFrame, columns: pl.DataFrame, into: Gathering) -> None:
    """Mark rows and columns that were read although nobody sees them."""
    letters = columns.select("workbook", "sheet", "column", "header").unique(maintain_order=True)
    for (workbook, sheet), hidden in into.hidden.items():
        here = (pl.col("workbook") == workbook) & (pl.col("sheet") == sheet)
        rows = set(answers.filter(here)["row"].to_list())
        for start, end in _runs(sorted(hidden.rows & rows)):
            told = str(start) if start == end else f"{start}～{end}"
            into.mark(workbook, sheet, "hidden-row", told, None, start)
        for column, header in letters.filter(here).select("column", "header").iter_rows():
            if rows and column in hidden.columns:
                into.mark(workbook, sheet, "hidden-column", header, f"{column}1")


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of following numbers."""
    start = 0
    for i, number in enumerate(numbers):
        if i + 1 == len(numbers) or numbers[i + 1] != number + 1:
            yield numbers[start], number
            start = i + 1


def _distinct(workbooks: Iterable[Workbook]) -> Iterator[Workbook]:
    """Tell files of one name apart: 調査票.xlsx, 調査票.xlsx (2)."""
    given: set[str] = set()
    for workbook in workbooks:
        name, again = workbook.name, 1
        while name in given:
            again += 1
            name = f"{workbook.name} ({again})"
        given.add(name)
        yield Workbook(name, workbook.data)


@dataclass(frozen=True)
class _Source:
    """A workbook being read, and where its rows go."""

    name: str
    survey: SurveySettings
    cover: Context
    into: Gathering
    ours: bool
    """It is our own form: its other sheets need no word."""
    asked: Mapping[str, int]
    """Columns that the caller named."""

    def mark(self, sheet: str, code: str, value: str | None, cell: str | None = None) -> None:
        """Note something to tell about a place."""
        self.into.mark(self.name, sheet, code, value, cell)


def _read_workbook(
    key: _Key, opened: Opened, survey: SurveySettings, request: Request
) -> Gathering:
    (name, digest, _), into = key, Gathering()
    sheets, parts = opened.sheets, opened.parts
    code = reason = sheets.code if isinstance(sheets, Refusal) else None
    if not isinstance(sheets, Refusal):
        found = [find_tasks(sheet, survey, request) for sheet in sheets]
        if not request.is_explicit:
            found = leave_out_lists(found)
        covers = [f.sheet for f in found if f.reason == "sheet-without-table"]
        cover = read_cover(covers, survey)
        source = _Source(name, survey, cover, into, is_own_form(parts), request.columns)
        for each in found:
            _add_sheet(source, each)
        names = [each.sheet.name for each in found if each.tables or each.cards]
        hidden, marks = look_behind(parts, names, values=bool(into.gappy))
        into.hidden = {(name, sheet): seen for sheet, seen in hidden.items()}
        into.veiled = [(name, mark) for mark in marks]
        if not any(each.tables or each.cards for each in found):
            code = "workbook-without-table"
            foreign = {table.reason for table in survey.foreign_tables.values()}
            reason = next((f.reason for f in found if f.reason in foreign), code)
    if code:
        into.mark(name, None, code, None)
    into.workbooks.append((name, digest, "refused" if code else "read", reason))
    return into


def _add_sheet(source: _Source, found: Found) -> None:
    """Add the rows of a sheet, or tell why there are none."""
    sheet, into = found.sheet, source.into
    if found.reason:
        place = (source.name, sheet.name, 0, "skipped", found.reason, None, 0, None, None)
        into.sheets.append(place)
        if not (source.ours and found.reason in _EXPECTED):
            source.mark(sheet.name, found.reason, sheet.name)
    if found.cards:
        columns = found.cards[0].columns
        above = sheet.rows[: found.cards[0].row]
        lines = [[text for text in map(to_text, row) if text] for row in above]
        context = read_context(source.name, sheet, lines, columns, source.survey, source.cover)
        into.add_cards(source.name, sheet, found.cards, context)
        size, row = len(found.cards), found.cards[0].row + 1
        into.sheets.append((source.name, sheet.name, 0, "read", None, row, size, None, None))
    block = 0
    for number, table in enumerate(found.tables):
        _add_table(source, sheet, table, number, block)
        block += table.blocks
    if len(found.tables) > 1:
        source.mark(sheet.name, "several-tables", str(len(found.tables)))
    if found.note:
        source.mark(sheet.name, found.note, sheet.name)


def _add_table(source: _Source, sheet: Sheet, table: Layout, number: int, block: int) -> None:
    name, into = source.name, source.into
    lines = text_above(sheet, table)
    context = read_context(name, sheet, lines, table.columns, source.survey, source.cover)
    for code, value, cell in context.notes:
        source.mark(sheet.name, code, value, cell)
    if context.staff is not None:
        division = context.values.get("division")
        into.staff.append((name, sheet.name, division, context.staff))
    header = table.header_row + 1
    for index, label, code in table.ignored:
        source.mark(sheet.name, code, label, f"{column_letter(index)}{header}")
    for column in table.columns:
        if column.confidence < 1:
            told = f"{column.header}→{terms.label(column.field)}"
            cell = f"{column_letter(column.index)}{header}"
            source.mark(sheet.name, "column-guessed", told, cell)
    for field, index in source.asked.items():
        if index >= table.region.width:
            told = f"{terms.label(field)}={column_letter(index)}"
            source.mark(sheet.name, "column-beyond", told)
    if table.known == "similar":
        source.mark(sheet.name, "form-changed", "、".join(table.changes))
    into.add_columns(name, sheet.name, table, block)
    into.add_form(name, sheet.name, number, table)
    into.add_rows(name, sheet, table, block, context, source.survey)
    size = table.region.end_row - header
    into.sheets.append(
        (name, sheet.name, number, "read", None, header, size, table.fingerprint, table.known)
    )
