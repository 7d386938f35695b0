"""A sheet written as text: what stands in a cell and what it means stay in one place.

One line is one Excel row, `|` parts the cells, ⏎ is a newline inside a cell, and a line that
begins with `!` is no task. `約200→200` shows the first and means the second, `多数→?件数が文字`
means nothing and is doubtful, and `'120` is a number stored as text.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bpr.read.opening import Workbook
from tests.builder import Value, save, text_file
from tests.collection.form import Form, Task

_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_FIELD: Final = re.compile(r"(\w+?)(?:([*/])([\d.]+))?")
_TEXTS: Final = frozenset({"name", "activity", "division", "unit", "staff", "medium"})
_WORDS: Final = {
    "紙（量極大）": "paper_huge",
    "電子+紙（量極大）": "mixed_huge",
    "紙（量多い）": "paper_many",
    "電子+紙（量多い）": "mixed_many",
    "紙（量少ない）": "paper_few",
    "電子+紙（量少ない）": "mixed_few",
    "紙": "paper",
    "電子+紙": "mixed",
    "電子": "electronic",
    "該当なし": "none",
    "正規": "regular",
    "正規職員": "regular",
    "再任用": "regular",
    "会計年度": "nonregular",
    "会計年度任用職員": "nonregular",
}


@dataclass(frozen=True)
class Cell:
    """What a cell shows, what is meant by it, and why it is doubtful."""

    shown: Value
    meant: str
    doubt: str | None

    @classmethod
    def parse(cls, text: str) -> "Cell":
        """One cell of a line."""
        text = text.replace("⏎", "\n")
        shown, arrow, rest = text.partition("→")
        meant, mark, doubt = rest.partition("?")
        quoted = shown.removeprefix("'")
        number = quoted == shown and _NUMBER.fullmatch(shown)
        value: Value = (float(shown) if "." in shown else int(shown)) if number else quoted or None
        return cls(value, meant if arrow else quoted, doubt if mark else None)


@dataclass(frozen=True)
class Sheet:
    """A sheet of a form; `fields` names what its columns mean, `_` for nothing.

    `hours*12` and `minutes/60` convert; a field named twice is the sum of both columns.
    """

    text: str
    fields: str = "_"
    title: str = "調査票"
    known: Mapping[str, Any] | None = None
    """What the form says of all its tasks outside the table."""
    merged: str = ""

    @property
    def lines(self) -> list[tuple[bool, list[Cell]]]:
        """Whether a row is a task, and its cells."""
        lines = self.text.removeprefix("\n").removesuffix("\n").split("\n")
        return [
            (bool(line) and line[0] != "!", [Cell.parse(cell) for cell in _cells(line)])
            for line in lines
        ]

    @property
    def rows(self) -> list[list[Value]]:
        """Values as they stand in the sheet."""
        return [[cell.shown for cell in cells] for _, cells in self.lines]

    @property
    def tasks(self) -> Iterator[Task]:
        """The tasks, with their rows."""
        for row, (is_task, cells) in enumerate(self.lines, start=1):
            if is_task:
                yield Task(row, sheet=self.title, **(dict(self.known or {}) | self._told(cells)))

    @property
    def codes(self) -> Iterator[tuple[str, str]]:
        """The doubtful cells."""
        for row, (_, cells) in enumerate(self.lines, start=1):
            for column, cell in enumerate(cells, start=1):
                if cell.doubt:
                    yield f"{get_column_letter(column)}{row}", cell.doubt

    def _told(self, cells: list[Cell]) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for field, cell in zip(self.fields.split(), cells, strict=False):
            if field == "_" or not cell.meant:
                continue
            # 「fte:0.5」: in this cell the column means another field
            own, colon, meant = cell.meant.partition(":") if ":" in cell.meant else ("", "", "")
            name, value = _value(own, meant) if colon else _value(field, cell.meant)
            told[name] = told[name] + value if name in told else value
        return told

    def write(self, sheet: Worksheet) -> None:
        """Fill an openpyxl sheet; text beginning with = becomes a formula."""
        sheet.title = self.title
        for number, row in enumerate(self.rows, start=1):
            for column, value in enumerate(row, start=1):
                if value is not None:
                    sheet.cell(number, column, value)
        for area in self.merged.split():
            sheet.merge_cells(area)


def _cells(line: str) -> list[str]:
    return line.removeprefix("!").split("|") if line else []


def _value(field: str, text: str) -> tuple[str, str | float]:
    found = _FIELD.fullmatch(field)
    assert found, field
    name, sign, factor = found.groups()
    if name in _TEXTS:
        plain = text.replace("\n", "")
        return name, _WORDS.get(plain, plain)
    number = float(unicodedata.normalize("NFKC", text).replace(",", ""))
    by = float(factor or 1)
    whole = int(number) if name == "year" else number / by if sign == "/" else number * by
    return name, whole


def book(*sheets: Sheet) -> openpyxl.Workbook:
    """An openpyxl workbook of these sheets, to be spoiled further."""
    made = openpyxl.Workbook()
    for number, sheet in enumerate(sheets):
        sheet.write(made.worksheets[0] if number == 0 else made.create_sheet())
    return made


def form(
    name: str, idea: str, file: str, sheets: Iterable[Sheet], data: bytes | None = None
) -> Form:
    """A form of one workbook; `data` if it is more than its sheets."""
    sheets = tuple(sheets)
    tasks = tuple(task for sheet in sheets for task in sheet.tasks)
    codes = tuple(code for sheet in sheets for code in sheet.codes)
    return Form(name, idea, (Workbook(file, data or save(book(*sheets))),), tasks, codes)


def csv_form(name: str, idea: str, file: str, sheet: Sheet) -> Form:
    """A form that is a CP932 text file; ragged as a person saved it from Excel."""
    width = max(len(row) for row in sheet.rows)
    rows = [[*row, *[None] * (width - len(row))] for row in sheet.rows]
    data = text_file(rows, name=file, encoding="cp932")
    return Form(name, idea, (data,), tuple(sheet.tasks), tuple(sheet.codes))


def calculated(sheets: Iterable[Sheet]) -> bytes:
    """The workbook with every formula's meaning as its cached value, as Excel saves it."""
    sheets = tuple(sheets)
    source = zipfile.ZipFile(io.BytesIO(save(book(*sheets))))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in source.namelist():
            data = source.read(entry)
            found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", entry)
            if found:
                data = _cached(data.decode(), sheets[int(found[1]) - 1]).encode()
            out.writestr(entry, data)
    return target.getvalue()


def _cached(xml: str, sheet: Sheet) -> str:
    for row, (_, cells) in enumerate(sheet.lines, start=1):
        for column, cell in enumerate(cells, start=1):
            if not (isinstance(cell.shown, str) and cell.shown.startswith("=")):
                continue
            wrong = cell.doubt is not None
            error = re.search(r"#REF!|#N/A", cell.shown)
            value = (error[0] if error else "#DIV/0!") if wrong else cell.meant
            kind = "e" if wrong else "n" if _NUMBER.fullmatch(value) else "str"
            place = f"{get_column_letter(column)}{row}"
            pattern = rf'<c r="{place}"([^>]*)><f>(.*?)</f><v(?: ?/>|></v>)</c>'
            new = rf'<c r="{place}"\1 t="{kind}"><f>\2</f><v>{value}</v></c>'
            xml, count = re.subn(pattern, new, xml)
            assert count == 1, place
    return xml
