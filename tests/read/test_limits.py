"""Files that would fill the memory are refused by their measure, before they are unpacked."""

import io
import re
import resource
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from bpr.read.limits import find_excess
from bpr.read.opening import Workbook
from bpr.settings.survey import Limits
from tests.builder import codes, read, save, workbook

LIMITS = Limits(file_megabytes=1, unpacked_megabytes=8, cells=100_000)
TASKS = workbook([["課", "業務名"], ["税務課", "賦課"]])


def archive(**entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in entries.items():
            target.writestr(name, data)
    return buffer.getvalue()


def sheet_with(*addresses: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"], sheet["A2"] = "課", "業務名", "税務課"
    for address in addresses:
        sheet[address] = "x"
    return save(book)


def test_a_usual_workbook_is_within_the_limits() -> None:
    assert find_excess(TASKS.data, LIMITS) is None


def test_a_large_file_is_refused_unread() -> None:
    assert find_excess(b"x" * (2**20 + 1), LIMITS) == "file-too-large"


def test_a_bomb_that_tells_its_size() -> None:
    assert find_excess(archive(a=b"\0" * 9 * 2**20), LIMITS) == "file-too-large"


def test_a_bomb_that_lies_about_its_size() -> None:
    data = archive(**{"[Content_Types].xml": b"<Types/>", "a": b"\0" * 9 * 2**20})
    true, lie = (9 * 2**20).to_bytes(4, "little"), (9).to_bytes(4, "little")
    assert data.count(true) == 2
    lying = bytes(data.replace(true, lie))
    with zipfile.ZipFile(io.BytesIO(lying)) as opened:
        assert opened.infolist()[1].file_size == 9
    book = Workbook("爆弾.xlsx", lying)
    assert codes(read(book, TASKS))[0] in {"file-too-large", "file-damaged"}
    assert read(book, TASKS).tasks.height == 1


@pytest.mark.parametrize("address", ["XFD1048576", "A1048576", "XFD2000"])
def test_a_cell_at_the_far_end_of_a_sheet(address: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = read(Workbook("端.xlsx", sheet_with("XFD1048576", address)), TASKS)
    assert codes(found) == ["sheet-too-large"]
    assert found.tasks["task_name"].to_list() == ["賦課"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_a_sheet_that_does_not_tell_its_size_is_measured() -> None:
    data = sheet_with("ZZ2000")
    source = zipfile.ZipFile(io.BytesIO(data))
    entries = {name: source.read(name) for name in source.namelist()}
    name = "xl/worksheets/sheet1.xml"
    entries[name] = re.sub(rb"<dimension [^>]*>", b"", entries[name])
    assert len(entries[name]) < len(source.read(name))
    assert find_excess(archive(**entries), LIMITS) == "sheet-too-large"
    assert find_excess(archive(**entries), replace(LIMITS, cells=2_000_000)) is None


def test_formatted_but_empty_cells_do_not_count() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for column, label in enumerate(["課", "業務名"], start=1):
        sheet.cell(1, column, label)
        sheet.cell(2, column, "賦課")
    for row in range(1, 1001):
        sheet.cell(row, 16_384).fill = PatternFill("solid", fgColor="FFFF00")
    found = read(Workbook("書式だけ.xlsx", save(book)))
    assert found.tasks["row"].to_list() == [2]
