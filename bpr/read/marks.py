"""What the decoder cannot see: error values, formulas never calculated, hidden rows and columns.

calamine gives a blank for the first two and keeps silent of the last. They are looked up in the
sheet's XML, with their own addresses; values only where a number is blank.
"""

import io
import re
import struct
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

import polars as pl
import xlrd

from bpr.frames import NUMBER_FIELDS
from bpr.read.cells import OLE, column_letter
from bpr.read.parts import Parts

_CELL: Final = rb'<c r="([A-Z]{1,3})(\d+)"'
_ERROR_CELL = re.compile(_CELL + rb'[^>]*\bt="e"[^>]*>(.*?)</c>', re.DOTALL)
_FORMULA_CELL = re.compile(_CELL + rb"([^>]*)>\s*(<f[\s>/].*?)</c>", re.DOTALL)
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")
_OWN_FORM: Final = b'name="bpr-template"'
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_MIN, _MAX = re.compile(rb'\bmin="(\d+)"'), re.compile(rb'\bmax="(\d+)"')
_MOST_COLUMNS: Final = 16_384
_ERROR: Final = b't="e"'
_FORMULA: Final = b"<f"


@dataclass(frozen=True)
class CellMark:
    """A cell that looks blank and is not."""

    sheet: str
    column: str
    row: int
    code: str
    value: str


def suspect_cells(answers: pl.DataFrame, columns: pl.DataFrame) -> pl.DataFrame:
    """Blank number cells of task rows, where a value may hide: workbook, sheet, column, row."""
    sheet = ["workbook", "sheet", "block"]
    blank = pl.concat(
        answers.filter(pl.col(name).is_null()).select(*sheet, "row", field=pl.lit(name))
        for name in NUMBER_FIELDS
    )
    places = columns.select(*sheet, "field", "column")
    found = blank.join(places, on=[*sheet, "field"], maintain_order="left")
    return found.select("workbook", "sheet", "column", "row").unique(maintain_order=True)


def is_own_form(parts: Parts) -> bool:
    """Tell a workbook that was made from our own blank form, by a property it carries."""
    return _OWN_FORM in parts.read("docProps/custom.xml")


@dataclass(frozen=True)
class Hidden:
    """Rows (1-based) and columns (letters) of a sheet that nobody sees."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[str] = frozenset()


def look_behind(
    parts: Parts, sheets: Collection[str], *, values: bool
) -> tuple[dict[str, Hidden], list[CellMark]]:
    """Hidden rows and columns by sheet, and with `values` the cells that only look blank.

    Of the named sheets of an .xlsx; of an old .xls the error values only; else nothing. Sheets
    without anything hidden are left out.
    """
    hidden: dict[str, Hidden] = {}
    marks: list[CellMark] = []
    if parts.data.startswith(OLE):
        return hidden, _errors_of_xls(parts.data, sheets) if values else marks
    for name in sheets:
        xml = parts.sheet(name)
        if (found := _hidden_parts(xml)) != Hidden():
            hidden[name] = found
        if values:
            marks.extend(_marks(name, xml))
    return hidden, marks


def _hidden_parts(xml: bytes) -> Hidden:
    if b"hidden=" not in xml:
        return Hidden()
    rows = {
        int(number[1])
        for row in re.findall(rb"<row ([^>]*)>", xml)
        if _HIDDEN.search(row) and (number := _ROW_NUMBER.search(row))
    }
    columns: set[str] = set()
    for column in re.findall(rb"<col ([^>]*)>", xml):
        first, last = _MIN.search(column), _MAX.search(column)
        if _HIDDEN.search(column) and first and last:
            until = min(int(last[1]), _MOST_COLUMNS)
            columns.update(column_letter(i - 1) for i in range(int(first[1]), until + 1))
    return Hidden(frozenset(rows), frozenset(columns))


def _errors_of_xls(data: bytes, sheets: Collection[str]) -> list[CellMark]:
    """Error values of an old .xls."""
    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), on_demand=True)
        return [
            CellMark(name, column_letter(column), row + 1, "error-value", _xls_error(cell.value))
            for name in sheets
            if name in book.sheet_names()
            for row, cells in enumerate(book.sheet_by_name(name).get_rows())
            for column, cell in enumerate(cells)
            if cell.ctype == xlrd.XL_CELL_ERROR
        ]
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, ValueError, IndexError, struct.error):
        return []  # the decoder has read it; only the reasons of blanks stay unknown


def _xls_error(code: object) -> str:
    return str(xlrd.error_text_from_code.get(code, "#?"))


def _marks(sheet: str, xml: bytes) -> Iterator[CellMark]:
    """Errors first, then formulas."""
    for column, row, inner in _ERROR_CELL.findall(xml) if _ERROR in xml else ():
        if value := _VALUE.search(inner):
            error = unescape(value[1].decode())
            yield CellMark(sheet, column.decode(), int(row), "error-value", error)
    for column, row, attributes, inner in _FORMULA_CELL.findall(xml) if _FORMULA in xml else ():
        value = _VALUE.search(inner)
        if not (value and value[1]) and b't="str"' not in attributes:
            yield CellMark(sheet, column.decode(), int(row), "formula-not-calculated", "")
