"""The sheet to fill in: one header row, one row per task, nothing merged, nothing hidden."""

from collections.abc import Mapping, Sequence
from typing import Final

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bpr.export import styles
from bpr.export.cells import Value, safe_value
from bpr.export.template.columns import COLUMNS, FIGURES, GROUPS, Column

READY_ROWS: Final = 300
"""Rows that stand ready on a form with few tasks."""
SPARE_ROWS: Final = 100
"""Rows that stand ready below the last task of a long form."""
LETTERS: Final = {c.field: get_column_letter(n) for n, c in enumerate(COLUMNS, start=1)}

_LONGEST_TITLE: Final = 100
"""Excel takes 255 letters at the head of a page, marks and doubled signs included."""
_FREEZE: Final = LETTERS["staff_category"]
_FORMATS: Final = {"annual_count": "#,##0", "task_number": "General", "fiscal_year": "0"}
_FONT: Final = Font(name=styles.FONT, size=10)
_WRAP: Final = Alignment(wrap_text=True, vertical="center")
_MIDDLE: Final = Alignment(wrap_text=True, vertical="center", horizontal="center")
_SIDE: Final = Side(style="thin", color="A6A6B2")
_LINE: Final = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_OPEN, _LOCKED = Protection(locked=False), Protection(locked=True)


def write_table(sheet: Worksheet, rows: Sequence[Mapping[str, Value]], title: str) -> int:
    """Write header, rows and ready rows; return the number of the last ready row.

    In a row with a number of last year, the number and the office are locked.
    """
    _set_up(sheet, title)
    for letter, column in zip(LETTERS.values(), COLUMNS, strict=True):
        whole = sheet.column_dimensions[letter]
        whole.font, whole.alignment, whole.protection = _FONT, _align(column), _OPEN
        whole.number_format = _format(column)
    sheet.append([_label(sheet, column) for column in COLUMNS])
    last = 1 + max(READY_ROWS, len(rows) + SPARE_ROWS)
    blank: Mapping[str, Value] = {}
    for row in [*rows, *[blank] * (last - 1 - len(rows))]:
        numbered = row.get("task_number") is not None
        sheet.append([_cell(sheet, column, row, numbered=numbered) for column in COLUMNS])
    _fit_wrapped(sheet, rows)
    protect(sheet)
    return last


def write_example(sheet: Worksheet, rows: Sequence[Mapping[str, Value]], title: str) -> None:
    """Write the same columns with rows that show how; nothing can be changed."""
    _set_up(sheet, title)
    sheet.append([_label(sheet, column) for column in COLUMNS])
    for row in rows:
        cells = [_cell(sheet, column, row, numbered=True) for column in COLUMNS]
        for cell in cells:
            cell.protection, cell.border = _LOCKED, _LINE
        sheet.append(cells)
    styles.fit_rows(sheet, 2)
    protect(sheet)


def protect(sheet: Worksheet) -> None:
    """Protect without a password; rows may be added and removed, widths and heights changed."""
    protection = sheet.protection
    protection.sheet = True
    protection.insertRows = protection.deleteRows = False  # False: not forbidden
    protection.formatRows = protection.formatColumns = protection.formatCells = False


def set_print(sheet: Worksheet, title: str) -> None:
    """Name the sheet at the head and the page at the foot."""
    if sheet.oddHeader is not None and sheet.oddFooter is not None:
        sheet.oddHeader.left.text = title[:_LONGEST_TITLE].replace("&", "&&")
        sheet.oddHeader.right.text = "&A"
        sheet.oddFooter.center.text = "&P / &N"


def _set_up(sheet: Worksheet, title: str) -> None:
    """Set widths, frozen panes and print: two pages wide, the names on both.

    The widths are such that the second page begins with what is only for reference.
    """
    styles.set_page(sheet, [c.width for c in COLUMNS], header_row=1, freeze=f"{_FREEZE}2")
    sheet.page_setup.fitToWidth = 2
    sheet.print_title_cols = f"A:{LETTERS['activity_name']}"
    sheet.print_options.gridLines = True
    sheet.page_margins.top, sheet.page_margins.header = 0.6, 0.3
    sheet.row_dimensions[1].height = 44
    set_print(sheet, title)


def _fit_wrapped(sheet: Worksheet, rows: Sequence[Mapping[str, Value]]) -> None:
    """Give height to rows whose text wraps; the others are left to grow as a person types."""
    for number, row in enumerate(rows, start=2):
        lines = max(styles.lines_of(str(row.get(c.field) or ""), c.width) for c in COLUMNS)
        if lines > 1:
            sheet.row_dimensions[number].height = 4 + 14 * lines


def _label(sheet: Worksheet, column: Column) -> Cell:
    cell = WriteOnlyCell(sheet, value=column.label)
    cell.font = Font(name=styles.FONT, bold=True, size=10)
    cell.fill = PatternFill("solid", fgColor=GROUPS[column.group][1])
    cell.alignment, cell.border = _MIDDLE, _LINE
    return cell


def _cell(sheet: Worksheet, column: Column, row: Mapping[str, Value], *, numbered: bool) -> Cell:
    safe = safe_value(sheet, row.get(column.field))
    cell = safe if isinstance(safe, Cell) else WriteOnlyCell(sheet, value=safe)
    cell.font, cell.alignment, cell.number_format = _FONT, _align(column), _format(column)
    fixed = column.field == "task_number" or column.group == "office"
    cell.protection = _LOCKED if numbered and fixed else _OPEN
    return cell


def _align(column: Column) -> Alignment:
    short = column.choices or column.field in {"task_number", "fiscal_year"}
    return _MIDDLE if short and column.field != "medium" else _WRAP


def _format(column: Column) -> str:
    """Text columns take what is typed as it is: 「4-6」 becomes no date."""
    return _FORMATS.get(column.field, "General" if column.field in FIGURES else "@")
