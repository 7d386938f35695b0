"""The values of a file that cannot be written to, at their own addresses in a new workbook."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bpr.export.cells import safe_text, safe_value
from bpr.export.sheets import new_book, save
from bpr.export.styles import lines_of
from bpr.read.cells import Cell, Sheet, to_text

_ROWS: Final = 1_048_576
_COLUMNS: Final = 16_384
_LONGEST_TITLE: Final = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_FIRST_YEAR: Final = 1901
"""Excel's calendar is wrong before."""
_WIDTHS: Final = (8.0, 16.0, 30.0)
_SAMPLED: Final = 200


def copy_values(sheets: Sequence[Sheet]) -> tuple[bytes, dict[str, str]]:
    """Return a workbook of these sheets, and what each is called there."""
    book = new_book()
    titles: dict[str, str] = {}
    for sheet in sheets:
        title = _free_title(sheet.name, titles.values())
        titles.setdefault(sheet.name, title)
        _write(book, title, sheet)
    if not any(sheet.visible for sheet in sheets) and book.worksheets:
        book.worksheets[0].sheet_state = "visible"
    return save(book), titles


def book_of(title: str, text: str) -> bytes:
    """Return a workbook of one sheet with one text."""
    book = new_book()
    sheet = book.create_sheet(title)
    sheet.append([safe_value(sheet, text)])
    return save(book)


def _write(book: Workbook, title: str, sheet: Sheet) -> None:
    made = book.create_sheet(title)
    made.sheet_state = "visible" if sheet.visible else "hidden"
    rows = sheet.rows[:_ROWS]
    for number, width in enumerate(_column_widths(rows[:_SAMPLED]), start=1):
        made.column_dimensions[get_column_letter(number)].width = width
    for top, left, bottom, right in sheet.merged:
        if bottom < _ROWS and right < _COLUMNS:
            made.merged_cells.add(
                f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right + 1)}{bottom + 1}"
            )
    for row in rows:
        made.append([_value(made, cell) for cell in row[:_COLUMNS]])


def _value(sheet: Worksheet, cell: Cell) -> object:
    """Value as a cell takes it; what Excel cannot hold becomes text."""
    if isinstance(cell, str):
        return safe_value(sheet, cell) if cell else None
    if isinstance(cell, bool | int | time | timedelta):
        return cell
    if isinstance(cell, float):
        return cell if isfinite(cell) else str(cell)
    if isinstance(cell, datetime | date) and cell.year >= _FIRST_YEAR:
        return cell
    return to_text(cell)


def _column_widths(rows: Sequence[Sequence[Cell]]) -> Iterator[float]:
    """Widths in which the texts of the first rows take few lines."""
    for column in zip(*(row[:_COLUMNS] for row in rows), strict=False):
        texts = [to_text(cell) or "" for cell in column]
        fits = (w for w in _WIDTHS if all(lines_of(text, w) == 1 for text in texts))
        yield next(fits, _WIDTHS[-1])


def _free_title(name: str, taken: Collection[str]) -> str:
    """Name of a sheet that Excel takes and that no other sheet has."""
    plain = _NOT_IN_TITLES.sub("_", safe_text(name)).strip("'")[:_LONGEST_TITLE] or "シート"
    lower = {title.lower() for title in taken}
    number, title = 1, plain
    while title.lower() in lower:
        number += 1
        tail = f" ({number})"
        title = plain[: _LONGEST_TITLE - len(tail)] + tail
    return title
