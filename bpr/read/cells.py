"""Bytes -> sheets of cell values with their true A1 addresses, or the reason why not.

The only place that knows file formats. Cells keep their place: leading empty rows and columns stay.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import islice
from typing import Final

import python_calamine as calamine

from bpr.text import normalize

Cell = str | float | int | bool | date | datetime | time | timedelta
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column; all 0-based and inclusive."""

EXCEL_SUFFIXES: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
SUFFIXES: Final = (*EXCEL_SUFFIXES, ".csv", ".tsv")
"""Endings of the files that are looked for in a folder."""

_ZIP = b"PK"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""How old .xls files and encrypted workbooks begin."""
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_XLS_BOF = bytes.fromhex("090810000006")
_XLS_FILEPASS = bytes.fromhex("2F00")
_XLS_BOF_LENGTH = 20
_ENCODINGS = ("utf-8-sig", "cp932")
_MINUTE = timedelta(minutes=1)
_MIN_DELIMITED_SHARE = 0.5
_SNIFFED = 200_000


@dataclass(frozen=True)
class Sheet:
    """A sheet's values by row and column (0-based), its merged ranges, and if it is shown."""

    name: str
    rows: list[list[Cell]]
    merged: tuple[Range, ...]
    visible: bool

    @cached_property
    def columns(self) -> list[tuple[Cell, ...]]:
        """The values by column; made once."""
        return list(zip(*self.rows, strict=True))


@dataclass(frozen=True)
class Refusal:
    """Why a file cannot be read: a code of `messages`."""

    code: str


def read_sheets(
    data: bytes, skip: Callable[[str, bool], bool] = lambda _name, _visible: False
) -> list[Sheet] | Refusal:
    """Decode a workbook or a delimited text file, whatever its name says.

    Sheets that `skip` (name, visible) tells are listed without their rows.
    """
    if not data:
        return Refusal("file-empty")
    if data.startswith(OLE) and _is_encrypted(data):
        return Refusal("file-encrypted")
    if data.startswith((_ZIP, OLE)):
        return _read_excel(data, skip)
    return _read_text(data)


@lru_cache(maxsize=65_536, typed=True)
def to_text(value: Cell) -> str | None:
    """Text of a cell as a person sees it; None for an empty one.

    >>> to_text(1200.0), to_text(0.5), to_text(" 受付 "), to_text("")
    ('1200', '0.5', '受付', None)
    """
    if type(value) is str:
        return _stripped(value)
    if type(value) is float:
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value // _MINUTE // 60}:{value // _MINUTE % 60:02d}"
    return str(value)


def to_texts(cells: Sequence[Cell]) -> list[str | None]:
    """Texts of many cells, as `to_text` gives them."""
    return [
        (_stripped(cell) if cell else None) if type(cell) is str else to_text(cell)
        for cell in cells
    ]


@lru_cache(maxsize=65_536)
def _stripped(text: str) -> str | None:
    """Text without spaces around it; equal texts become one object, which saves memory."""
    return text.strip() or None


def column_letter(index: int) -> str:
    """Excel's name of a 0-based column.

    >>> column_letter(0), column_letter(27), column_letter(173)
    ('A', 'AB', 'FR')
    """
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the 0-based number of an Excel column name; ValueError if it is none.

    >>> column_index("A"), column_index("fr")
    (0, 173)
    """
    name = normalize(letters).upper()
    if not name.isascii() or not name.isalpha():
        raise ValueError(letters)
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _read_excel(data: bytes, skip: Callable[[str, bool], bool]) -> list[Sheet] | Refusal:
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        return list(_excel_sheets(book, skip))
    except calamine.PasswordError:
        return Refusal("file-encrypted")
    except calamine.CalamineError:
        return Refusal("file-damaged")
    except (OSError, ValueError):
        return Refusal("file-damaged")


def _is_encrypted(data: bytes) -> bool:
    """Tell an OLE file that holds an encrypted .xlsx, or a .xls whose first record asks a key."""
    start = data.find(_XLS_BOF) + _XLS_BOF_LENGTH
    return _ENCRYPTED_PACKAGE in data or data[start : start + 2] == _XLS_FILEPASS


def _excel_sheets(
    book: calamine.CalamineWorkbook, skip: Callable[[str, bool], bool]
) -> Iterator[Sheet]:
    for meta in book.sheets_metadata:
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        visible = meta.visible == calamine.SheetVisibleEnum.Visible
        if skip(meta.name, visible):
            yield Sheet(name=meta.name, rows=[], merged=(), visible=visible)
            continue
        sheet = book.get_sheet_by_name(meta.name)
        merged = tuple((r1, c1, r2, c2) for (r1, c1), (r2, c2) in sheet.merged_cell_ranges or ())
        yield Sheet(
            name=meta.name,
            rows=sheet.to_python(skip_empty_area=False),
            merged=merged,
            visible=visible,
        )


def _read_text(data: bytes) -> list[Sheet] | Refusal:
    if b"\0" in data:
        return Refusal("file-not-workbook")
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        return Refusal("file-not-workbook")
    delimiter = _delimiter(text)
    if delimiter is None:
        return Refusal("file-not-workbook")
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return Refusal("file-damaged")
    width = max(map(len, lines))
    rows: list[list[Cell]] = [[*line, *[""] * (width - len(line))] for line in lines]
    return [Sheet(name="CSV", rows=rows, merged=(), visible=True)]


def _delimiter(text: str) -> str | None:
    """Return the mark that parts the columns: the one that parts most of the first lines."""
    best = max(",\t;", key=lambda mark: _parted_share(text, mark))
    return best if _parted_share(text, best) >= _MIN_DELIMITED_SHARE else None


def _parted_share(text: str, mark: str) -> float:
    """Share of the first lines that the mark parts; line breaks within quotes end no line."""
    try:
        reader = csv.reader(io.StringIO(text[:_SNIFFED], newline=""), delimiter=mark)
        lines = [line for line in islice(reader, 50) if any(line)]
    except csv.Error:
        return 0.0
    return sum(len(line) > 1 for line in lines) / len(lines) if lines else 0.0
