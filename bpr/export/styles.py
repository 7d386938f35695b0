"""How our sheets look: one font, a quiet header, widths that fit, A4 landscape with repeated rows."""

import unicodedata
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Final

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
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
INDENT: Final = 1.5
"""Units of width that the indent of text takes."""


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


def print_on_two_pages(sheet: Worksheet, same: int) -> None:
    """Print over two pages across, large enough to read.

    The first `same` columns, which tell what a row is, stand on both.
    """
    sheet.page_setup.fitToWidth, sheet.page_setup.pageOrder = 2, "overThenDown"
    sheet.print_title_cols = f"A:{get_column_letter(same)}"


def fit_rows(sheet: Worksheet, first: int) -> None:
    """Make rows from `first` on as high as their wrapped text needs (for small sheets)."""
    for row in sheet.iter_rows(min_row=first):
        texts = ((c, str(c.value or "")) for c in row if c.data_type != "f")
        lines = (lines_of(text, _width(sheet, c.column) - INDENT) for c, text in texts)
        sheet.row_dimensions[row[0].row or 1].height = height_of(max(lines, default=1))


def height_of(lines: int) -> float:
    """Points of a row of so many lines; Excel takes rows of at most 409."""
    return min(400.0, 4.0 + 14 * lines)


def _width(sheet: Worksheet, column: int | None) -> float:
    return float(sheet.column_dimensions[get_column_letter(column or 1)].width)


def lines_of(text: str, width: float) -> int:
    """Return the lines that a text takes in a column; a full-width letter is two units wide."""
    room = max(1.0, width - 1)
    sizes = (sum(map(_UNITS.__getitem__, part)) for part in text.split("\n"))
    return sum(max(1, ceil(size / room)) for size in sizes)


class _Units(dict[str, int]):
    """Letter -> the units of width that it takes, told once for each letter."""

    def __missing__(self, letter: str) -> int:
        self[letter] = 1 if unicodedata.east_asian_width(letter) in {"N", "Na", "H"} else 2
        return self[letter]


_UNITS: Final = _Units()


def offer_choices(sheet: Worksheet, area: str, choices: Sequence[str]) -> None:
    """Offer words to choose from in an area; other words may be typed too."""
    rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    rule.showErrorMessage = False
    rule.add(area)
    sheet.add_data_validation(rule)


def title_row(sheet: Worksheet, text: str) -> list[Cell]:
    """Return the title of a sheet."""
    cell = _cell(sheet, text)
    cell.font = Font(name=FONT, bold=True, size=14)
    return [cell]


def note_row(sheet: Worksheet, text: str) -> list[Cell]:
    """Return a line of small grey text."""
    cell = _cell(sheet, text)
    cell.font = Font(name=FONT, size=9, color="4D4D4D")
    return [cell]


def header_row(sheet: Worksheet, labels: Sequence[str], number: int = 0) -> list[Cell]:
    """Return the row of column labels; the row of this number is made as high as they need."""
    if number:
        lines = (lines_of(one, _width(sheet, n) - 1) for n, one in enumerate(labels, start=1))
        sheet.row_dimensions[number].height = height_of(max(lines, default=1))
    cells = []
    for label in labels:
        cell = _cell(sheet, label)
        cell.font = Font(name=FONT, bold=True, size=10)
        cell.fill = _HEADER
        cell.border = _BOX
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cells.append(cell)
    return cells


def _cell(sheet: Worksheet, value: Value) -> Cell:
    """Return a cell for a value that came through the door."""
    safe = safe_value(sheet, value)
    return safe if isinstance(safe, Cell) else WriteOnlyCell(sheet, value=safe)


_BODY_FONT = Font(name=FONT, size=10)
_WRAP = Alignment(wrap_text=True, vertical="center")
_TEXT = Alignment(wrap_text=True, vertical="center", horizontal="left", indent=1)


def body_row(
    sheet: Worksheet, values: Sequence[Value], formats: Sequence[str | None]
) -> list[Cell]:
    """Return a bordered row; `formats` holds Excel number formats."""
    cells = []
    for value, number_format in zip(values, formats, strict=True):
        cell = _cell(sheet, value)
        cell.font, cell.border = _BODY_FONT, _BOX
        cell.alignment = _TEXT if isinstance(value, str) else _WRAP
        if number_format:
            cell.number_format = number_format
        cells.append(cell)
    return cells


class ListCell(Cell):
    """A cell of a long list that knows its look's number: looking it up for each is slow."""

    __slots__ = ("known",)
    known: int
    has_style = True

    @property
    def style_id(self) -> int:
        """Number of the look within the workbook."""
        return self.known

    def __repr__(self) -> str:
        """Tell the class alone: openpyxl asks this of each cell that it is given."""
        return "<ListCell>"


def list_cell(sheet: Worksheet, number_format: str) -> ListCell:
    """Return an empty cell of a long list: wrapped, without a border. Its look stays as it is."""
    cell, model = ListCell(sheet, row=1, column=1), WriteOnlyCell(sheet)
    model.font, model.alignment = _BODY_FONT, _TEXT if number_format == "General" else _WRAP
    model.number_format = number_format
    cell.known = model.style_id
    return cell


def live_row(
    sheet: Worksheet,
    values: Sequence[Value],
    formats: Sequence[str | None],
    formulas: Mapping[int, str],
) -> list[Cell]:
    """Return a row of values, and of our own formulas (column from 0 -> formula)."""
    cells = body_row(sheet, values, formats)
    for column, formula in formulas.items():
        cells[column].value = formula
    return cells
