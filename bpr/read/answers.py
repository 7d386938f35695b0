"""Workbooks -> answers as written, with what was noticed on the way.

Here the cells of every sheet are gathered; `rows` then parts answers from totals, notes and blanks.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

import polars as pl

from bpr import terms
from bpr.frames import (
    ANSWER_FIELDS,
    NUMBER_FIELDS,
    ROW_KEY,
    Answers,
    Columns,
    DataFrame,
    Marks,
    S,
    Sheets,
    Workbooks,
    empty,
)
from bpr.read.cells import Refusal, Sheet, column_letter, read_sheets, to_text
from bpr.read.context import Context, read_context
from bpr.read.header import Column
from bpr.read.layout import Layout, Request, find_layout
from bpr.read.limits import find_excess
from bpr.read.marks import find_hidden_values, suspect_cells
from bpr.read.rows import MERGED_MARK, PLACES, sort_rows
from bpr.settings.survey import SurveySettings
from bpr.text import squeeze


@dataclass(frozen=True)
class Workbook:
    """A file as it was given: its name (no path) and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Survey:
    """Everything read from the workbooks."""

    workbooks: DataFrame[Workbooks]
    sheets: DataFrame[Sheets]
    columns: DataFrame[Columns]
    answers: DataFrame[Answers]
    marks: DataFrame[Marks]


@dataclass
class _Gathering:
    """Columns that grow while workbooks are read, one list per column of a frame."""

    tables: int = 0
    gappy: list[str] = field(default_factory=list)
    """Workbooks with a blank in a number column."""
    workbooks: list[tuple[object, ...]] = field(default_factory=list)
    sheets: list[tuple[object, ...]] = field(default_factory=list)
    columns: list[tuple[object, ...]] = field(default_factory=list)
    marks: list[tuple[object, ...]] = field(default_factory=list)
    keys: dict[str, list[object]] = field(
        default_factory=lambda: {
            name: [] for name in (*ROW_KEY, "table", "own", "placed", "beside")
        }
    )
    answers: dict[str, list[str | None]] = field(
        default_factory=lambda: {name: [] for name in ANSWER_FIELDS}
    )

    def rows(self) -> pl.DataFrame:
        """Return all rows of all sheets, as written."""
        types = {
            "row": pl.Int64,
            "block": pl.Int64,
            "table": pl.Int64,
            "own": pl.Boolean,
            "placed": pl.Boolean,
        }
        names = (*self.keys, *ANSWER_FIELDS)
        schema = {name: types.get(name, pl.String) for name in names}
        return pl.DataFrame({**self.keys, **self.answers}, schema=schema)

    def mark(
        self,
        workbook: str,
        sheet: str | None,
        code: str,
        value: str | None,
        cell: str | None = None,
    ) -> None:
        self.marks.append((workbook, sheet, cell, None, code, value))


def read_answers(
    workbooks: Iterable[Workbook],
    survey: SurveySettings,
    request: Request | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Survey:
    """Read every sheet with a task table; what cannot be read is named, the rest goes on."""
    gathering = _Gathering()
    data: dict[str, bytes] = {}
    for workbook in _distinct(workbooks):
        data[workbook.name] = workbook.data
        _read_workbook(workbook, survey, request or Request(), gathering)
        progress(workbook.name)
    answers, row_marks = sort_rows(gathering.rows(), survey)
    columns = _frame(Columns, gathering.columns)
    gappy = answers.filter(pl.col("workbook").is_in(gathering.gappy))
    _add_hidden_values(data, suspect_cells(gappy, columns), gathering)
    return Survey(
        workbooks=_frame(Workbooks, gathering.workbooks),
        sheets=_frame(Sheets, gathering.sheets),
        columns=columns,
        answers=Answers.cast(answers),
        marks=Marks.cast(pl.concat([_frame(Marks, gathering.marks), row_marks])),
    )


def _add_hidden_values(data: dict[str, bytes], suspects: pl.DataFrame, into: _Gathering) -> None:
    """Mark blanks that are error values or uncalculated formulas in truth."""
    for (name,), cells in suspects.group_by("workbook", maintain_order=True):
        workbook = str(name)
        wanted = set(cells.select("sheet", "column", "row").iter_rows())
        sheets = cells["sheet"].unique(maintain_order=True).to_list()
        for mark in find_hidden_values(data[workbook], sheets):
            if (mark.sheet, mark.column, mark.row) in wanted:
                cell = f"{mark.column}{mark.row}"
                place = (workbook, mark.sheet, cell, mark.row)
                into.marks.append((*place, mark.code, mark.value or None))


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


def _frame(schema: type[S], rows: list[tuple[object, ...]]) -> DataFrame[S]:
    """Frame of rows that were made here one by one; only the types are set, rules are not run."""
    return schema.cast(pl.DataFrame(rows, schema=empty(schema).schema, orient="row"))


def _read_workbook(
    workbook: Workbook, survey: SurveySettings, request: Request, into: _Gathering
) -> None:
    digest = sha256(workbook.data).hexdigest()

    def skip(name: str, visible: bool) -> bool:  # noqa: FBT001 - called by position
        return _skip_reason(name, visible=visible, survey=survey, request=request) is not None

    excess = find_excess(workbook.data, survey.limits)
    sheets = Refusal(excess) if excess else read_sheets(workbook.data, skip)
    code = sheets.code if isinstance(sheets, Refusal) else None
    tables = 0
    if not isinstance(sheets, Refusal):
        tables = sum(_read_sheet(workbook.name, sheet, survey, request, into) for sheet in sheets)
        code = None if tables else "workbook-without-table"
    if code:
        into.mark(workbook.name, None, code, None)
    into.workbooks.append((workbook.name, digest, "refused" if code else "read", code))


def _read_sheet(
    name: str, sheet: Sheet, survey: SurveySettings, request: Request, into: _Gathering
) -> bool:
    """Add the sheet's rows; tell whether there was a task table."""
    reason = _skip_reason(sheet.name, visible=sheet.visible, survey=survey, request=request)
    if reason is None and not sheet.rows:
        reason = "sheet-empty"
    layout = None if reason else find_layout(sheet, survey, request)
    if layout is None:
        into.sheets.append((name, sheet.name, "skipped", reason or "sheet-without-table", None, 0))
        into.mark(name, sheet.name, reason or "sheet-without-table", sheet.name)
        return False
    context = read_context(name, sheet, layout, survey)
    for code, value, cell in context.notes:
        into.mark(name, sheet.name, code, value, cell)
    for index, label, code in layout.ignored:
        cell = f"{column_letter(index)}{layout.header_row + 1}"
        into.mark(name, sheet.name, code, label, cell)
    for column in layout.columns:
        if column.confidence < 1:
            cell = f"{column_letter(column.index)}{layout.header_row + 1}"
            told = f"{column.header}→{terms.label(column.field)}"
            into.mark(name, sheet.name, "column-guessed", told, cell)
    _add_columns(name, sheet, layout, into)
    _add_rows(name, sheet, layout, context, survey, into)
    count = len(sheet.rows) - layout.header_row - 1
    into.sheets.append((name, sheet.name, "read", None, layout.header_row + 1, count))
    return True


def _skip_reason(
    name: str, *, visible: bool, survey: SurveySettings, request: Request
) -> str | None:
    """Say why a sheet is not looked at, by its name and whether it is shown."""
    if request.sheet is not None:
        return None if squeeze(request.sheet) == squeeze(name) else "sheet-not-asked"
    if not visible:
        return "sheet-hidden"
    if any(squeeze(word) in squeeze(name) for word in survey.skipped_sheet_words):
        return "sheet-example"
    return None


def _add_columns(name: str, sheet: Sheet, layout: Layout, into: _Gathering) -> None:
    for column in layout.columns:
        blocks = range(layout.blocks) if column.block is None else [column.block]
        into.columns.extend(
            (
                name,
                sheet.name,
                block,
                column.field,
                column_letter(column.index),
                column.header,
                column.measure,
                column.staff_category,
                column.reason,
                column.confidence,
            )
            for block in blocks
        )


def _add_rows(
    name: str,
    sheet: Sheet,
    layout: Layout,
    context: Context,
    survey: SurveySettings,
    into: _Gathering,
) -> None:
    first = layout.header_row + 1
    rows = sheet.rows[first:]
    size = len(rows)
    cells = list(zip(*rows, strict=True)) or [()] * len(sheet.rows[layout.header_row])
    texts = {c.index: list(map(to_text, cells[c.index])) for c in layout.columns}
    for column in layout.columns:
        _mark_merged(sheet, column, texts[column.index], first, survey)
    numbers = (texts[c.index] for c in layout.columns if c.field in NUMBER_FIELDS)
    if any(None in cells for cells in numbers):
        into.gappy.append(name)
    mapped = set(texts)
    others = [i for i in range(len(rows[0]) if rows else 0) if i not in mapped]
    beside: list[str | None] = [None] * size
    for i in reversed(others):
        beside = [to_text(row[i]) or text for row, text in zip(rows, beside, strict=True)]
    own = _own_blocks(layout, texts, size)
    places = [texts[c.index] for c in layout.columns if c.field in PLACES]
    placed = list(map(any, zip(*places, strict=True))) or [False] * size
    for block in range(layout.blocks):
        columns = [c for c in layout.columns if c.block in (None, block)]
        by_field = {c.field: texts[c.index] for c in columns}
        staff = next((c.staff_category for c in columns if c.staff_category), None)
        into.keys["workbook"].extend([name] * size)
        into.keys["sheet"].extend([sheet.name] * size)
        into.keys["row"].extend(range(first + 1, first + size + 1))
        into.keys["block"].extend([block] * size)
        into.keys["table"].extend([into.tables] * size)
        into.tables += 1
        into.keys["own"].extend(own[block])
        into.keys["placed"].extend(placed)
        into.keys["beside"].extend(beside)
        for field_name in ANSWER_FIELDS:
            fixed = staff if field_name == "staff_category" else context.values.get(field_name)
            into.answers[field_name].extend(by_field.get(field_name, [fixed] * size))


def _own_blocks(layout: Layout, texts: dict[int, list[str | None]], size: int) -> list[list[bool]]:
    """Tell per block and row whether the row holds a task of that block.

    A row that fills no block at all is a task of the first.
    """
    if layout.blocks == 1:
        return [[True] * size]
    filled = []
    for block in range(layout.blocks):
        columns = [texts[c.index] for c in layout.columns if c.block == block]
        filled.append(list(map(any, zip(*columns, strict=True))) or [True] * size)
    none = [not any(cells) for cells in zip(*filled, strict=True)]
    return [[a or b for a, b in zip(filled[0], none, strict=True)], *filled[1:]]


def _mark_merged(
    sheet: Sheet, column: Column, texts: list[str | None], first: int, survey: SurveySettings
) -> None:
    """Mark the covered cells of vertical merges in text columns, to be filled from above."""
    if survey.fields[column.field].kind != "text":
        return
    for top, left, bottom, right in sheet.merged:
        if left <= column.index <= right and bottom > top >= first:
            if left < column.index and texts[top - first] is None:
                continue
            covered = texts[top - first + 1 : bottom - first + 1]
            texts[top - first + 1 : bottom - first + 1] = [MERGED_MARK] * len(covered)
