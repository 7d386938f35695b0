"""Write frames as plain sheets of a workbook: labels in Japanese, numbers as numbers."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import polars as pl
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from bpr.export import styles
from bpr.export.cells import safe_value
from bpr.export.values import in_words


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
    sheet.append(styles.header_row(sheet, list(labels.values())))
    text = [frame.schema[name] in (pl.String, pl.Enum, pl.Boolean) for name in columns]
    for row in in_words(frame.select(columns)).iter_rows():
        sheet.append(
            [safe_value(sheet, v) if is_text else v for v, is_text in zip(row, text, strict=True)]
        )
    if frame.height:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{frame.height + 1}"


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
    sheet = book.create_sheet(title)
    styles.set_page(sheet, [26.0, *[15.0] * (len(labels) - 1)], header_row=2 + len(notes))
    sheet.append(styles.title_row(sheet, title))
    for note in notes:
        sheet.append(styles.note_row(sheet, note))
    sheet.append(styles.header_row(sheet, labels))
    for row in rows:
        sheet.append(styles.body_row(sheet, row, formats))
