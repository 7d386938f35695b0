"""A number that the decoder shows as a blank is named with its cell."""

import io
import re
import zipfile

import openpyxl
import pytest

from bpr.read.answers import Workbook
from bpr.read.marks import CellMark, find_hidden_values
from tests.builder import findings, read, save


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
    assert find_hidden_values(data, ["調査票"]) == []


def test_marks_carry_the_address_of_the_cell() -> None:
    marks = find_hidden_values(formulas(1, "#N/A").data, ["調査 & 票"])
    assert marks == [CellMark("調査 & 票", "D", 5, "error-value", "#N/A")]
