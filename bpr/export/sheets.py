"""Write frames as plain sheets of a workbook: labels in Japanese, numbers as numbers."""

from collections.abc import Mapping, Sequence
from copy import copy
from io import BytesIO
from typing import Final

import polars as pl
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bpr.export import styles
from bpr.export.cells import Value, is_plain, safe_value
from bpr.export.values import in_words

_FORMATS: Final = {
    "hours": styles.HOURS,
    "minutes": styles.HOURS,
    "minutes_per_case": styles.HOURS,
    "count": styles.COUNT,
    "score": styles.SCORE,
    "probability": styles.PERCENT,
}
"""End of a field's name -> number format."""
_WRAPPED: Final = 10.0
"""Columns for which this width or more was asked hold texts that go on to a second line."""


def write_sheet(
    book: Workbook,
    title: str,
    frame: pl.DataFrame,
    labels: Mapping[str, str],
    widths: Mapping[str, float] | None = None,
) -> None:
    """Add a sheet with one header row and the columns of `labels`; made for many rows."""
    sheet = book.create_sheet(title)
    columns = list(labels)
    styles.set_page(sheet, [(widths or {}).get(name, 14.0) for name in columns], header_row=1)
    sheet.append(styles.header_row(sheet, list(labels.values()), 1))
    own = [(widths or {}).get(name, 0.0) for name in columns]
    looks = [
        (at, look)
        for at, one in enumerate(zip(columns, own, strict=True))
        if (look := _look(sheet, *one))
    ]
    texts = [name for name in columns if frame.schema[name] in (pl.String, pl.Enum, pl.Boolean)]
    wide = [at for at, size in enumerate(own) if size >= _WRAPPED and columns[at] in texts]
    shown = in_words(frame.select(columns))
    plain = shown.select(pl.all_horizontal(True, *(is_plain(pl.col(name)) for name in texts)))  # noqa: FBT003 - a row without text
    rows = zip(shown.iter_rows(), plain.to_series(), strict=True)
    for number, (row, as_it_is) in enumerate(rows, start=2):
        long = ((row[at], own[at] - styles.INDENT) for at in wide)
        lines = max((styles.lines_of(*one) for one in long if _is_long(*one)), default=1)
        if lines > 1:
            sheet.row_dimensions[number].height = styles.height_of(lines)
        cells = list(row) if as_it_is else [safe_value(sheet, value) for value in row]
        for at, look in looks:
            cells[at] = _fill(cells[at], look, once=book.write_only)
        sheet.append(cells)
    if frame.height:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{frame.height + 1}"


def _look(sheet: Worksheet, name: str, width: float) -> Cell | None:
    """Return a cell that looks as the column should; None: as a bare cell, which is fast."""
    form = next((form for end, form in _FORMATS.items() if name.endswith(end)), None)
    return styles.list_cell(sheet, form or "General") if form or width >= _WRAPPED else None


def _is_long(text: str | None, width: float) -> bool:
    """Whether a text may need a second line, told without looking at its letters."""
    return text is not None and (2 * len(text) > width - 1 or "\n" in text)


def _fill(value: Value | Cell, look: Cell, *, once: bool) -> Value | Cell:
    """Return a value in its column's look; `once`: a cell is written at once and can be used anew."""
    if value is None or isinstance(value, Cell):
        return value
    cell = look if once else copy(look)
    cell.value = value
    return cell


def save(book: Workbook) -> bytes:
    """Bytes of the workbook."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def new_book() -> Workbook:
    """Return an empty workbook for writing row after row."""
    return Workbook(write_only=True)


def write_table(
    book: Workbook,
    title: str,
    notes: Sequence[str],
    labels: Sequence[str],
    rows: Sequence[Sequence[str | float | int | None]],
    formats: Sequence[str | None],
) -> None:
    """Add a sheet made for print: a title, notes, a bordered table."""
    sheet = begin_table(book, title, notes, labels)
    for row in rows:
        sheet.append(styles.body_row(sheet, row, formats))


def begin_table(
    book: Workbook,
    title: str,
    notes: Sequence[str],
    labels: Sequence[str],
    width: float = 15.0,
) -> Worksheet:
    """Add a sheet made for print with a title, notes and the labels of its first table."""
    sheet: Worksheet = book.create_sheet(title)
    header = 2 + len(notes)
    styles.set_page(sheet, [26.0, *[width] * (len(labels) - 1)], header)
    sheet.append(styles.title_row(sheet, title))
    for note in notes:
        sheet.append(styles.note_row(sheet, note))
    sheet.append(styles.header_row(sheet, labels, header))
    return sheet
