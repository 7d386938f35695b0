"""One small table of a page as CSV or as a sheet, with what one must know to read it.

The files hold the numbers as the page shows them, rounded alike, so that paper and screen agree.
"""

import csv
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final

import polars as pl
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from bpr.export import styles
from bpr.export.cells import safe_csv
from bpr.export.sheets import save

_NUMBER: Final = re.compile(
    r"(?P<sign>[+\-−±]?)(?P<digits>[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d*)(?P<decimals>\.\d+)?"
    r" ?(?P<unit>%|[^\W\d_][^\d\s,.（）()〜→、。・]{0,7})?"
)
_UNKNOWN: Final = frozenset({"", "–"})
_SHARE: Final = "%"
_WIDEST: Final = 40.0
_HIGHEST: Final = 400.0
"""Limits of a column and of a row, which Excel takes up to 409 points high."""


@dataclass(frozen=True)
class NumberTable:
    """Texts as printed; `right`: columns of numbers; `notes`: what the table is, by subject."""

    name: str
    notes: Mapping[str, str]
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: Collection[int]


@dataclass(frozen=True)
class Shown:
    """A number as it was printed: 「+28.6 ポイント」 has one decimal, a sign and a unit."""

    value: float
    decimals: int
    signed: bool
    unit: str

    @property
    def share(self) -> float:
        """Value as Excel keeps a share: 12.3 % is 0.123."""
        return round(self.value / 100, self.decimals + 2)

    @property
    def number_format(self) -> str:
        """Excel's format that prints it as the page does."""
        text = "#,##0" + (f".{'0' * self.decimals}" if self.decimals else "")
        text += "%" if self.unit == _SHARE else ""
        return f"+{text};-{text};{text}" if self.signed else text


def write_number_csv(table: NumberTable) -> bytes:
    """CSV in UTF-8 with a BOM: one header row, the rows, and after an empty line the notes.

    A unit stands in the header, so that a cell holds a number alone.
    """
    columns = [_read_column(table, place) for place in range(len(table.header))]
    header = [_head(table, place, columns[place]) for place in range(len(table.header))]
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(_safe(header))
    for row in zip(*columns, strict=True):
        texts = _safe([cell if isinstance(cell, str) else "" for cell in row])
        writer.writerow(
            [
                _plain(cell) if isinstance(cell, Shown) else text
                for cell, text in zip(row, texts, strict=True)
            ]
        )
    blank = [""] * len(header)
    writer.writerow(blank)
    for subject, text in table.notes.items():
        writer.writerow([*_safe([subject, text]), *blank[2:]])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def write_number_book(table: NumberTable) -> bytes:
    """Workbook with one sheet made for print: name, notes, table."""
    columns = [_read_column(table, place) for place in range(len(table.header))]
    header = [_head(table, place, column, shares=False) for place, column in enumerate(columns)]
    widths = [_width(label, table.rows, place) for place, label in enumerate(header)]
    top = len(table.notes) + 2
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = "表"
    styles.set_page(sheet, widths, header_row=top)
    sheet.append(styles.title_row(sheet, table.name))
    for place, (subject, text) in enumerate(table.notes.items(), start=2):
        _append_note(sheet, place, f"{subject}：{text}", widths)
    sheet.append(styles.header_row(sheet, header, top))
    for row in zip(*columns, strict=True):
        sheet.append(_body(sheet, row))
    styles.fit_rows(sheet, top + 1)
    return save(book)


def _append_note(sheet: Worksheet, place: int, text: str, widths: Sequence[float]) -> None:
    """Add a note over the whole width, as high as it needs."""
    sheet.append(styles.note_row(sheet, text))
    sheet.merge_cells(start_row=place, end_row=place, start_column=1, end_column=len(widths))
    sheet.cell(place, 1).alignment = Alignment(wrap_text=True, vertical="top")
    lines = styles.lines_of(text, sum(widths))
    sheet.row_dimensions[place].height = min(_HIGHEST, 4.0 + 13 * lines)


def read_number(text: str) -> Shown | None:
    """Number of a printed text (1,234 / −0.5 / 12.3% / 18.2 業務); None where it is more than that."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    digits, decimals = found["digits"].replace(",", ""), found["decimals"] or ""
    value = float(digits + decimals) if decimals else int(digits)
    negative = found["sign"] in {"-", "−"}
    signed = found["sign"] in {"+", "±"} or negative
    return Shown(
        -value if negative else value, max(0, len(decimals) - 1), signed, found["unit"] or ""
    )


def _read_column(table: NumberTable, place: int) -> list[Shown | str | None]:
    """Cells of a column; numbers stay text where their units differ."""
    texts = [row[place] for row in table.rows]
    if place not in table.right:
        return list(texts)
    cells: list[Shown | str | None] = [
        None if text in _UNKNOWN else read_number(text) or text for text in texts
    ]
    return cells if len(_units(cells)) <= 1 else list(texts)


def _units(cells: Sequence[Shown | str | None]) -> set[str]:
    return {cell.unit for cell in cells if isinstance(cell, Shown)}


def _head(
    table: NumberTable, place: int, cells: Sequence[Shown | str | None], *, shares: bool = True
) -> str:
    """Label of a column with the unit of its numbers; with `shares` also that of a share."""
    label, unit = table.header[place], "".join(_units(cells))
    told = not unit or unit in label or (unit == _SHARE and not shares)
    return label if told else f"{label}（{unit}）"


def _plain(number: Shown) -> str:
    return f"{number.value:.{number.decimals}f}"


def _safe(texts: Sequence[str]) -> list[str]:
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    return [str(text) for text in safe_csv(frame)["text"]]


def _body(sheet: Worksheet, row: Sequence[Shown | str | None]) -> list[Cell]:
    values = [
        (cell.share if cell.unit == _SHARE else cell.value) if isinstance(cell, Shown) else cell
        for cell in row
    ]
    formats = [cell.number_format if isinstance(cell, Shown) else None for cell in row]
    return styles.body_row(sheet, values, formats)


def _width(head: str, rows: Sequence[Sequence[str]], place: int) -> float:
    """Width that takes the longest text in one line, the label in two."""
    longest = max([len(row[place]) for row in rows], default=0)
    return min(_WIDEST, max(10.0, 2.0 * longest + 4, 1.0 * len(head) + 4))
