"""How our sheets look: one font, a quiet header, widths that fit, A4 landscape with repeated rows."""

import unicodedata
from collections.abc import Sequence
from math import ceil
from typing import Final

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bpr.export.cells import Value, safe_value

FONT: Final = "BIZ UDPゴシック"
HOURS: Final = "#,##0.0"
COUNT: Final = "#,##0"
PERCENT: Final = "0.0%"
SCORE: Final = "0.0"

_LINE = Side(style="thin", color="D9D9E3")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEADER = PatternFill("solid", fgColor="E8F1FE")


def set_page(
    sheet: Worksheet, widths: Sequence[float], header_row: int, freeze: str | None = None
) -> None:
    """Set column widths, the frozen header and the print set-up; call before any row."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = freeze or f"A{header_row + 1}"
    sheet.page_margins = PageMargins(
        left=0.3, right=0.3, top=0.4, bottom=0.5, header=0.2, footer=0.2
    )
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = int(Worksheet.PAPERSIZE_A4)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{header_row}:{header_row}"
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "&P / &N"


def fit_rows(sheet: Worksheet, first: int) -> None:
    """Make rows from `first` on as high as their wrapped text needs (for small sheets)."""
    for row in sheet.iter_rows(min_row=first):
        lines = max(lines_of(str(c.value or ""), _width(sheet, c.column)) for c in row)
        sheet.row_dimensions[row[0].row or 1].height = 4 + 14 * lines


def _width(sheet: Worksheet, column: int | None) -> float:
    return float(sheet.column_dimensions[get_column_letter(column or 1)].width)


def lines_of(text: str, width: float) -> int:
    """Return the lines that a text takes in a column; a full-width letter is two units wide."""
    room = max(1.0, width - 1)
    sizes = (
        sum(1 if unicodedata.east_asian_width(ch) in "NaH" else 2 for ch in part)
        for part in text.split("\n")
    )
    return sum(max(1, ceil(size / room)) for size in sizes)


def title_row(sheet: Worksheet, text: str) -> list[Cell]:
    """Return the title of a sheet."""
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(name=FONT, bold=True, size=14)
    return [cell]


def note_row(sheet: Worksheet, text: str) -> list[Cell]:
    """Return a line of small grey text."""
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(name=FONT, size=9, color="4D4D4D")
    return [cell]


def header_row(sheet: Worksheet, labels: Sequence[str]) -> list[Cell]:
    """Return the row of column labels."""
    cells = []
    for label in labels:
        cell = WriteOnlyCell(sheet, value=label)
        cell.font = Font(name=FONT, bold=True, size=10)
        cell.fill = _HEADER
        cell.border = _BOX
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cells.append(cell)
    return cells


_BODY_FONT = Font(name=FONT, size=10)
_WRAP = Alignment(wrap_text=True, vertical="center")


def body_row(
    sheet: Worksheet, values: Sequence[Value], formats: Sequence[str | None]
) -> list[Cell]:
    """Return a bordered row; `formats` holds Excel number formats."""
    cells = []
    for value, number_format in zip(values, formats, strict=True):
        safe = safe_value(sheet, value)
        cell = safe if isinstance(safe, Cell) else WriteOnlyCell(sheet, value=safe)
        cell.font, cell.border, cell.alignment = _BODY_FONT, _BOX, _WRAP
        if number_format:
            cell.number_format = number_format
        cells.append(cell)
    return cells
