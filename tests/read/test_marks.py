"""A number that the decoder shows as a blank is named with its cell."""

import base64
import io
import lzma
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.packaging.custom import StringProperty

from bpr.read.marks import CellMark, Hidden, is_own_form, look_behind
from bpr.read.opening import Workbook
from bpr.read.parts import Parts
from tests.builder import Rows, findings, read, save, workbook
from tests.collection.xls_b import XLS


def hidden_values(data: bytes, sheets: list[str]) -> list[CellMark]:
    return look_behind(Parts(data), sheets, values=True)[1]


def hidden_parts(data: bytes, sheets: list[str]) -> dict[str, Hidden]:
    return look_behind(Parts(data), sheets, values=False)[0]


def formulas(*cells: str | int | None) -> Workbook:
    """A table from B3 whose hours are the cells; openpyxl never calculates what begins with =."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "調査 & 票"
    for column, label in enumerate(["課", "業務名", "年間時間"], start=2):
        sheet.cell(3, column, label)
    for row, cell in enumerate(cells, start=4):
        sheet.cell(row, 2, "税務課")
        sheet.cell(row, 3, f"業務{row}")
        sheet.cell(row, 4, cell)
    return Workbook("税務課.xlsx", save(book))


def rewritten(book: Workbook, old: bytes, new: bytes) -> Workbook:
    source = zipfile.ZipFile(io.BytesIO(book.data))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data, count = re.subn(old, new, data)
                assert count == 1
            target.writestr(name, data)
    return Workbook(book.name, buffer.getvalue())


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!"])
def test_an_error_value_is_named_and_is_no_number(error: str) -> None:
    found = read(formulas(10, error, None))
    assert found.tasks["annual_hours"].to_list() == [10.0, None, None]
    assert [f for f in findings(found) if f[1] == "error-value"] == [["D5", "error-value", error]]


def test_a_formula_that_was_never_calculated_is_named() -> None:
    found = read(formulas(10, "=D4*2", None))
    assert found.tasks["annual_hours"].to_list() == [10.0, None, None]
    told = [f[:2] for f in findings(found) if f[1] == "formula-not-calculated"]
    assert told == [["D5", "formula-not-calculated"]]


def test_a_calculated_formula_is_a_number() -> None:
    book = rewritten(
        formulas(10, "=D4*2"), rb"<f>D4\*2</f><v ?/?>(?:</v>)?", b"<f>D4*2</f><v>20</v>"
    )
    found = read(book)
    assert found.tasks["annual_hours"].to_list() == [10.0, 20.0]
    assert findings(found) == []


def test_cells_outside_the_numbers_are_not_of_interest() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["課", "業務名", "年間時間", "備考"])
    sheet.append(["税務課", "賦課", None, "#REF!"])
    found = read(Workbook("税務課.xlsx", save(book)))
    assert [f[1] for f in findings(found)] == ["missing-hours"]


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04garbage", b"a,b\n1,2\n"])
def test_what_is_no_workbook_has_no_hidden_values(data: bytes) -> None:
    assert hidden_values(data, ["調査票"]) == []


def test_marks_carry_the_address_of_the_cell() -> None:
    marks = hidden_values(formulas(1, "#N/A").data, ["調査 & 票"])
    assert marks == [CellMark("調査 & 票", "D", 5, "error-value", "#N/A")]


def hidden(*, rows: tuple[int, ...] = (), columns: tuple[str, ...] = ()) -> Workbook:
    """A table of four tasks in A1:C5 with hidden rows and columns."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "調査票"
    sheet.append(["課", "業務名", "年間時間"])
    for number in range(4):
        sheet.append(["税務課", f"業務{number}", number])
    for row in rows:
        sheet.row_dimensions[row].hidden = True
    for column in columns:
        sheet.column_dimensions[column].hidden = True
    return Workbook("税務課.xlsx", save(book))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((3,), [["A3", "hidden-row", "3"]]),
        ((3, 4), [["A3", "hidden-row", "3～4"]]),
        ((2, 4), [["A2", "hidden-row", "2"], ["A4", "hidden-row", "4"]]),
        ((1, 9), []),
    ],
)
def test_hidden_rows_with_tasks_are_read_and_told(
    rows: tuple[int, ...], told: list[list[str]]
) -> None:
    found = read(hidden(rows=rows))
    assert found.tasks.height == 4
    assert findings(found) == told


def test_hidden_columns_that_are_read_are_told() -> None:
    found = read(hidden(columns=("C", "F")))
    assert found.tasks["annual_hours"].to_list() == [0, 1, 2, 3]
    told = found.diagnostics.filter(code="hidden-column")
    assert told.select("cell", "value").rows() == [("C1", "年間時間")]


def test_hidden_parts_are_found_by_sheet() -> None:
    parts = hidden_parts(hidden(rows=(3,), columns=("B", "C")).data, ["調査票", "無い"])
    assert list(parts) == ["調査票"]
    assert parts["調査票"] == Hidden(frozenset({3}), frozenset({"B", "C"}))


@pytest.mark.parametrize("data", [b"", b"PK", b"a,b\n1,2\n", hidden().data])
def test_nothing_hidden(data: bytes) -> None:
    assert hidden_parts(data, ["調査票"]) == {}


OLD = lzma.decompress(base64.b64decode(XLS))
"""A .xls with #N/A and #REF!."""


def test_error_values_of_an_old_xls_are_named() -> None:
    places = [("E6", "#N/A"), ("D7", "#REF!"), ("C9", "#N/A"), ("E12", "#REF!")]
    places += [(f"{column}15", "#REF!") for column in "CDE"]
    marks = hidden_values(OLD, ["Sheet1", "無い"])
    assert [(f"{mark.column}{mark.row}", mark.value) for mark in marks] == places
    assert {mark.code for mark in marks} == {"error-value"}


def test_a_damaged_xls_has_no_hidden_values() -> None:
    assert hidden_values(OLD[:600], ["Sheet1"]) == []


def ours(data: bytes) -> bytes:
    """The workbook with the property of our own form."""
    book: Any = openpyxl.load_workbook(io.BytesIO(data))
    book.custom_doc_props.append(StringProperty(name="bpr-template", value="1"))
    return save(book)


def test_our_own_form_is_known_by_its_property() -> None:
    plain = workbook([["業務名"]]).data
    assert (is_own_form(Parts(ours(plain))), is_own_form(Parts(plain))) == (True, False)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"a,b"])
def test_what_is_no_workbook_is_not_our_form(data: bytes) -> None:
    assert not is_own_form(Parts(data))


def test_an_example_in_our_own_form_needs_no_word() -> None:
    rows: Rows = [["業務名", "年間時間"], ["賦課", 1]]
    plain = workbook(rows, others={"記入例": rows})
    own = Workbook("a.xlsx", ours(plain.data))
    assert "sheet-example" in set(read(plain).diagnostics["code"])
    assert "sheet-example" not in set(read(own).diagnostics["code"])
