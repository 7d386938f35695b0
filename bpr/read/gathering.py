"""Grow the columns of the reader's frames while workbooks are read, one list per column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import cast

import polars as pl

from bpr.frames import ANSWER_FIELDS, NUMBER_FIELDS, ROW_KEY, DataFrame, S, types_of
from bpr.read.card import Card
from bpr.read.cells import Cell, Sheet, column_letter, to_text
from bpr.read.context import Context
from bpr.read.extent import Region
from bpr.read.header import Column, Part
from bpr.read.layout import Layout
from bpr.read.marks import CellMark, Hidden
from bpr.read.rows import PLACES
from bpr.read.table_texts import (
    any_filled,
    column_texts,
    fill_blanks,
    find_leads,
    find_levels,
    find_repeated_labels,
    find_wide_rows,
    first_texts,
    mark_merged,
    own_blocks,
)
from bpr.settings.survey import SurveySettings

Rows = list[tuple[object, ...]]

_OF_SHEET = ("municipality", "fiscal_year", *PLACES)
"""Fields that a cover sheet or a title may answer for rows that leave them blank."""

_FLAGS = ("own", "numbered", "staffed", "wide", "repeated", "leads")
_LISTS = ("gappy", "workbooks", "sheets", "forms", "columns", "marks", "veiled", "staff")
_TEXTS = ("place", "beside")
_NUMBER_KINDS = frozenset({"count", "duration", "fte"})
_FEW_MEMOS = 5
_MEMO_SHARE = 0.3


@dataclass(frozen=True)
class Place:
    """A block of a table; `first`: of its table."""

    workbook: str
    sheet: str
    block: int
    first: bool


@dataclass
class Gathering:
    """What has been read so far."""

    tables: int = 0
    gappy: list[str] = field(default_factory=list)
    """Workbooks with a blank in a number column."""
    workbooks: Rows = field(default_factory=list)
    sheets: Rows = field(default_factory=list)
    forms: Rows = field(default_factory=list)
    columns: Rows = field(default_factory=list)
    marks: Rows = field(default_factory=list)
    hidden: dict[tuple[str, str], Hidden] = field(default_factory=dict)
    """Rows and columns that nobody sees, by workbook and sheet."""
    veiled: list[tuple[str, CellMark]] = field(default_factory=list)
    """Cells that look blank and are not, with their workbook."""
    staff: Rows = field(default_factory=list)
    keys: dict[str, list[object]] = field(
        default_factory=lambda: {
            name: [] for name in (*ROW_KEY, "table", "first", *_FLAGS, *_TEXTS, "level")
        }
    )
    answers: dict[str, list[str | None]] = field(
        default_factory=lambda: {name: [] for name in ANSWER_FIELDS}
    )

    def rows(self) -> pl.DataFrame:
        """Return all rows of all tables, as written."""
        types: dict[str, type[pl.DataType]] = {
            **dict.fromkeys(("row", "block", "table", "level"), pl.Int64),
            **dict.fromkeys(("first", *_FLAGS), pl.Boolean),
        }
        names = (*self.keys, *ANSWER_FIELDS)
        schema = {name: types.get(name, pl.String) for name in names}
        return pl.DataFrame({**self.keys, **self.answers}, schema=schema)

    def add(self, other: "Gathering") -> None:
        """Add what was gathered of another workbook; `other` stays as it is."""
        for name in _LISTS:
            getattr(self, name).extend(getattr(other, name))
        self.hidden |= other.hidden
        for name, column in other.keys.items():
            numbered = name == "table"
            self.keys[name].extend([n + self.tables for n in column] if numbered else column)  # type: ignore[operator]
        for name, texts in other.answers.items():
            self.answers[name].extend(texts)
        self.tables += other.tables

    def mark(
        self,
        workbook: str,
        sheet: str | None,
        code: str,
        value: str | None,
        cell: str | None = None,
        row: int | None = None,
    ) -> None:
        """Note something to tell about a place."""
        self.marks.append((workbook, sheet, cell, row, code, value))

    def add_columns(self, workbook: str, sheet: str, layout: Layout, block: int) -> None:
        """Add which column is which field; `block` is the table's first."""
        for column in layout.columns:
            own = range(layout.blocks) if column.block is None else [column.block]
            self.columns.extend(
                (
                    workbook,
                    sheet,
                    block + each,
                    column.field,
                    column_letter(column.index),
                    None,
                    column.header,
                    column.measure,
                    column.staff_category,
                    column.reason,
                    column.confidence,
                )
                for each in own
            )

    def add_form(self, workbook: str, sheet: str, table: int, layout: Layout) -> None:
        """Add every labelled column, for people to confirm."""
        self.forms.extend(
            (workbook, sheet, table, column_letter(c.index), c.key, c.label, c.field)
            for c in layout.form
        )

    def add_rows(
        self,
        workbook: str,
        sheet: Sheet,
        layout: Layout,
        block: int,
        context: Context,
        survey: SurveySettings,
    ) -> None:
        """Add the rows of a table as written, once for each of its blocks."""
        region = layout.region
        first = region.header_row + 1
        cells = [column[first : region.end_row] for column in sheet.columns]
        size = max(0, region.end_row - first)
        texts = {c.index: column_texts(c, cells, survey) for c in layout.columns}
        for column in layout.columns:
            if survey.fields[column.field].kind in _NUMBER_KINDS:
                self._mark_merged_numbers(workbook, sheet, column, region)
            elif not column.parts:
                mark_merged(sheet, column, texts[column.index], first)
        numbers = [texts[c.index] for c in layout.columns if c.field in NUMBER_FIELDS]
        if any(None in column for column in numbers):
            self.gappy.append(workbook)
        read = {part.index for c in layout.columns for part in (c.parts or (Part(c.index, ""),))}
        beside: list[str | None] = [None] * size
        for i in range(region.left, min(region.right, len(cells))):
            if i not in read and None in beside:
                beside = [t or to_text(cell) for cell, t in zip(cells[i], beside, strict=True)]
        self._mark_memos(workbook, sheet, layout, cells, texts)
        own = own_blocks(layout, texts, size)
        places = [texts[c.index] for c in layout.columns if c.field in PLACES]
        wide = find_wide_rows(sheet, first, size)
        repeated = find_repeated_labels(sheet, layout, texts, size)
        levels = find_levels(layout, cells, size)
        for each in range(layout.blocks):
            mine = [c for c in layout.columns if c.block in (None, each)]
            by_field = {c.field: texts[c.index] for c in mine}
            for name in _OF_SHEET:
                if name in by_field and name in context.values:
                    by_field[name] = fill_blanks(by_field[name], context.values[name], name)
            staff = next((c.staff_category for c in mine if c.staff_category), None)
            fixed = {**context.values, **({"staff_category": staff} if staff else {})}
            place = Place(workbook, sheet.name, block + each, first=each == 0)
            self._extend(
                place,
                range(first + 1, first + size + 1),
                {
                    "own": own[each],
                    "place": first_texts(places, size),
                    "numbered": any_filled(numbers, size),
                    "staffed": any_filled([by_field["staff_category"]], size)
                    if "staff_category" in by_field
                    else [],
                    "wide": wide,
                    "repeated": repeated,
                    "level": levels,
                    "leads": find_leads(levels, texts, size),
                    "beside": beside,
                },
                by_field,
                fixed,
            )

    def add_cards(
        self, workbook: str, sheet: Sheet, cards: Sequence[Card], context: Context
    ) -> None:
        """Add the tasks of a sheet of cards, each as a table of one row."""
        for block, card in enumerate(cards):
            for value in card.values:
                self.columns.append(
                    (
                        workbook,
                        sheet.name,
                        block,
                        value.field,
                        column_letter(value.column),
                        value.row + 1,
                        value.label,
                        value.measure,
                        None,
                        value.reason,
                        value.confidence,
                    )
                )
            self._extend(
                Place(workbook, sheet.name, block, first=True),
                [card.row + 1],
                {name: [name == "own"] for name in _FLAGS},
                {value.field: [value.text] for value in card.values},
                context.values,
            )

    def _mark_merged_numbers(
        self, workbook: str, sheet: Sheet, column: Column, region: Region
    ) -> None:
        """Mark numbers that are merged over several rows: nobody can tell their shares."""
        letter = column_letter(column.index)
        for top, left, bottom, right in sheet.merged:
            inside = region.header_row < top < bottom < region.end_row
            if left <= column.index <= right and inside and sheet.rows[top][left] != "":
                told = f"{letter}{top + 1}:{letter}{bottom + 1}"
                place = f"{letter}{top + 1}"
                self.mark(workbook, sheet.name, "merged-number", told, place, top + 1)

    def _mark_memos(
        self,
        workbook: str,
        sheet: Sheet,
        layout: Layout,
        cells: Sequence[Sequence[Cell]],
        read: Mapping[int, list[str | None]],
    ) -> None:
        """Mark what stands in columns without a label: memos beside rows, or a whole column."""
        region = layout.region
        labelled = {column.index for column in layout.form}
        labelled |= {column.index for column in layout.columns}
        bare = [i for i in range(region.left, min(region.right, len(cells))) if i not in labelled]
        told = any_filled(list(read.values()), len(cells[0])) if bare else []
        for index in bare:
            texts = [
                (row, text)
                for row, cell in enumerate(cells[index])
                if told[row] and (text := to_text(cell))
            ]
            letter = column_letter(index)
            if len(texts) > max(_FEW_MEMOS, _MEMO_SHARE * len(cells[index])):
                place = f"{letter}{region.header_row + 1}"
                self.mark(workbook, sheet.name, "column-without-label", letter, place)
                continue
            for offset, text in texts:
                row = region.header_row + 2 + offset
                self.mark(workbook, sheet.name, "memo-beside", text, f"{letter}{row}", row)

    def _extend(
        self,
        place: Place,
        rows: Sequence[int],
        seen: Mapping[str, Sequence[object]],
        by_field: Mapping[str, Sequence[str | None]],
        fixed: Mapping[str, str],
    ) -> None:
        """Add rows: what was seen of them, their texts by field, and what is fixed for all."""
        size = len(rows)
        self.keys["workbook"].extend(repeat(place.workbook, size))
        self.keys["sheet"].extend(repeat(place.sheet, size))
        self.keys["row"].extend(rows)
        self.keys["block"].extend(repeat(place.block, size))
        self.keys["table"].extend(repeat(self.tables, size))
        self.keys["first"].extend(repeat(place.first, size))
        self.tables += 1
        for name in (*_FLAGS, *_TEXTS, "level"):
            nothing = repeat({"beside": None, "place": None, "level": 0}.get(name, False), size)
            self.keys[name].extend(seen.get(name) or nothing)
        for name in ANSWER_FIELDS:
            self.answers[name].extend(by_field.get(name) or repeat(fixed.get(name), size))


def frame(schema: type[S], rows: Rows) -> DataFrame[S]:
    """Frame of rows that were made here one by one; only the types are set, rules are not run."""
    return cast("DataFrame[S]", pl.DataFrame(rows, schema=types_of(schema), orient="row"))
