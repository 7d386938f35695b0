"""Which tasks a BPR対象業務一覧 lists, read from the workbook."""

from io import BytesIO
from pathlib import Path

import openpyxl

_FIRST = 6


def read_ids(book: bytes | Path) -> list[str]:
    """Ids in the column 業務No of the first sheet, down to the first empty cell."""
    source = book if isinstance(book, Path) else BytesIO(book)
    sheet = openpyxl.load_workbook(source).worksheets[0]
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "業務No")
    ids: list[str] = []
    for row in range(_FIRST, sheet.max_row + 1):
        value = sheet.cell(row, head.column).value
        if value is None:
            return ids
        ids.append(str(value))
    return ids
