"""The one door through which text leaves for Excel: no text becomes a formula."""

import re
from typing import Final

import polars as pl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | bool | None
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "#")
"""What Excel, or openpyxl for it, may take for a formula or an error value."""
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNFIT = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
"""The same for polars, whose texts hold no surrogates."""
_LONGEST = 32_767


def safe_value(sheet: Worksheet, value: Value) -> Value | Cell:
    """Return a value that Excel shows as it is; risky text becomes a cell marked as text."""
    if not isinstance(value, str):
        return value
    text = safe_text(value)
    if not is_risky(text):
        return text
    cell = WriteOnlyCell(sheet, value=None)
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def safe_text(text: str) -> str:
    """Leave out what no .xlsx can hold, and what is longer than a cell takes."""
    return _fit(_ILLEGAL.sub("", text))


def is_risky(text: str) -> bool:
    """Tell text that Excel would take for more than text once a person edits its cell."""
    return text.startswith(_RISKY)


def is_plain(text: pl.Expr) -> pl.Expr:
    """Tell of a column's texts whether `safe_value` gives each back as it is; null: yes."""
    held = text.cast(pl.String)
    unfit = held.str.contains(_UNFIT) | (held.str.len_chars() * 2 > _LONGEST)
    return ~(unfit | pl.any_horizontal(held.str.starts_with(c) for c in _RISKY)).fill_null(
        value=False
    )


def _fit(text: str) -> str:
    """Cut to the length that a cell takes, which Excel counts in UTF-16 units."""
    if len(text) * 2 <= _LONGEST:
        return text
    return text.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", errors="ignore")


def safe_csv(frame: pl.DataFrame) -> pl.DataFrame:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    text = pl.col(pl.String)
    return frame.with_columns(
        pl.when(text.str.contains(r"^[=+\-@\t\r]")).then("'" + text).otherwise(text).name.keep()
    )
