"""What the decoder cannot see: error values and formulas that were never calculated.

calamine gives a blank for both. They are looked up in the sheet's XML, with their own addresses,
but only for sheets that have a blank where a number should be.
"""

import io
import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final
from xml.etree import ElementTree as ET

import polars as pl

from bpr.frames import NUMBER_FIELDS

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"([^>]*)>(.*?)</c>', re.DOTALL)
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")
_FORMULA = re.compile(rb"<f[\s>/]")
_STRUCTURE_LIMIT: Final = 16 * 1_048_576


@dataclass(frozen=True)
class CellMark:
    """A cell that looks blank and is not."""

    sheet: str
    column: str
    row: int
    code: str
    value: str


def suspect_cells(answers: pl.DataFrame, columns: pl.DataFrame) -> pl.DataFrame:
    """Blank number cells of task rows, where a value may hide: workbook, sheet, column, row."""
    sheet = ["workbook", "sheet", "block"]
    blank = pl.concat(
        answers.filter(pl.col(name).is_null()).select(*sheet, "row", field=pl.lit(name))
        for name in NUMBER_FIELDS
    )
    places = columns.select(*sheet, "field", "column")
    found = blank.join(places, on=[*sheet, "field"], maintain_order="left")
    return found.select("workbook", "sheet", "column", "row").unique(maintain_order=True)


def find_hidden_values(data: bytes, sheets: Collection[str]) -> list[CellMark]:
    """Error values and uncalculated formulas of the named sheets of an .xlsx; else nothing."""
    if not sheets or not data.startswith(b"PK"):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            paths = _sheet_paths(archive)
            return [
                mark
                for name in sheets
                if name in paths
                for mark in _marks(name, archive.read(paths[name]))
            ]
    except (zipfile.BadZipFile, KeyError, ET.ParseError, OSError, NotImplementedError):
        return []


def _sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of a sheet -> its file within the workbook."""
    if archive.getinfo("xl/workbook.xml").file_size > _STRUCTURE_LIMIT:
        return {}
    # expat itself limits how far entities may grow, and the size is limited above.
    relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {r.get("Id"): r.get("Target", "") for r in relations}
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    found = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_REL), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        found[sheet.get("name", "")] = path
    return found


def _marks(sheet: str, xml: bytes) -> Iterator[CellMark]:
    for column, row, attributes, inner in _CELL.findall(xml):
        value = _VALUE.search(inner)
        place = (sheet, column.decode(), int(row))
        if b't="e"' in attributes and value:
            yield CellMark(*place, "error-value", unescape(value[1].decode()))
        elif _FORMULA.search(inner) and not (value and value[1]) and b't="str"' not in attributes:
            yield CellMark(*place, "formula-not-calculated", "")
