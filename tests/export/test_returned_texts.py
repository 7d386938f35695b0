"""Whatever a file or a finding says comes back as text, and every file comes back."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpr.export.cells import safe_text
from bpr.export.returned import write_returned
from bpr.export.values_copy import copy_values
from bpr.pipeline import run
from bpr.read.cells import Cell, Refusal, Sheet, read_sheets
from tests.builder import SETTINGS, save, text_file
from tests.export.books import (
    ERROR,
    NAME,
    SHEET,
    finding,
    findings,
    list_rows,
    marked_cells,
    opened,
    parts,
    rich_book,
)
from tests.export.hostile import BROKEN, FORMULAS, LONG, PLAIN, ROWS

TEXTS = {
    **FORMULAS, **PLAIN, **BROKEN,
    "終わり": "]]>", "実体": "&lt;&#0;&amp;", "逃げ": "_x0041_ _x005F_", "空白": " 前後 ",
    "行": "一\r\n二\r三", "タブ": "a\tb", "文字でない": "a\ufffeb",
}  # fmt: skip


def as_read(text: str) -> str:
    return safe_text(text.replace("\r\n", "\n").replace("\r", "\n"))


def row_of_list(data: bytes) -> list[Any]:
    """First row of the list as our own reader sees it."""
    sheets = read_sheets(data)
    assert isinstance(sheets, list)
    assert sheets[0].name == "指摘一覧"
    return sheets[0].rows[3]


def all_kinds(data: bytes) -> set[str]:
    return {cell.data_type for row in opened(data)["指摘一覧"].iter_rows() for cell in row}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_hostile_texts_stay_text(text: str) -> None:
    row = finding("C2", value=text, message=text, remedy=text, rule=text)
    data = write_returned(NAME, rich_book(), findings(row))
    read = as_read(text)
    shown = row_of_list(data)
    assert shown[4] in (read, f"{text[:300]}…", as_read(f"{text[:300]}…"))
    assert shown[5:8] == [read] * 3
    assert all_kinds(data) <= {"s", "n", "inlineStr"}
    assert opened(data)[SHEET]["C2"].comment.text.startswith("【業務量調査の点検】")


def test_risky_texts_stay_text_when_edited() -> None:
    data = write_returned(NAME, rich_book(), findings(finding(value="=1+1", message="=2")))
    sheet = opened(data)["指摘一覧"]
    assert [cell.quotePrefix for cell in sheet[4]][4:7] == [True, True, False]


@given(
    value=st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    message=st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
)
def test_any_text_comes_back(value: str | None, message: str) -> None:
    row = finding("C2", value=value, message=message)
    data = write_returned(NAME, rich_book(), findings(row))
    shown = row_of_list(data)
    assert shown[4:6] == [as_read(value or ""), as_read(message)]
    assert marked_cells(data) == {f"{SHEET}!C2": ERROR}
    again = write_returned(NAME, data, findings())
    assert marked_cells(again) == {}
    assert opened(again)[SHEET]["C2"].comment is None


@given(st.text(max_size=60))
def test_any_name_comes_back(name: str) -> None:
    assert marked_cells(write_returned(name, rich_book(), findings())) == {}


def test_a_huge_text_does_not_swell_the_comment() -> None:
    data = write_returned(NAME, rich_book(), findings(finding(message=LONG)))
    assert len(opened(data)[SHEET]["C2"].comment.text) < 600
    assert len(row_of_list(data)[5]) == 32_767


def test_findings_of_other_files_are_left_out() -> None:
    data = write_returned(NAME, rich_book(), findings(finding("C2", workbook="福祉課.xlsx")))
    assert marked_cells(data) == {}
    assert list_rows(data) == []


# --- files of other kinds -----------------------------------------------------------------------


def test_a_text_file_comes_back_as_a_workbook_of_its_values() -> None:
    book = text_file([["業務名", "件数"], ["=1+1", "00123"], ["", "3"]])
    rows = [
        finding("B2", workbook=book.name, sheet="CSV"),
        finding("D9", workbook=book.name, sheet="CSV"),
    ]
    data = write_returned(book.name, book.data, findings(*rows))
    assert marked_cells(data) == {"CSV!B2": ERROR, "CSV!D9": ERROR}
    sheet = opened(data)["CSV"]
    assert [[c.value for c in row[:2]] for row in sheet["A1:B3"]] == [
        ["業務名", "件数"], ["=1+1", "00123"], [None, "3"],
    ]  # fmt: skip
    assert sheet["A2"].data_type == "s"
    assert "値だけを同じ番地に写しました" in opened(data)["指摘一覧"]["A3"].value
    assert opened(data)["指摘一覧"].freeze_panes == "A5"


def test_hostile_text_files_come_back() -> None:
    book = text_file(ROWS)
    report = run([book], SETTINGS)
    data = write_returned(book.name, book.data, report.diagnostics)
    kinds = {c.data_type for s in opened(data).worksheets for row in s.iter_rows() for c in row}
    assert kinds <= {"s", "n", "inlineStr"}


def test_values_of_every_kind_keep_their_place() -> None:
    values: list[Cell] = [1, 2.5, True, datetime(2024, 5, 1, 9, 30), date(2024, 4, 1), time(8, 30), "字",  # noqa: DTZ001
              timedelta(hours=30), float("nan"), date(1850, 1, 1), ""]  # fmt: skip
    sheets = [
        Sheet("令和6年度: 調査/票", [[], ["", *values]], ((1, 1, 2, 1),), visible=True),
        Sheet("令和6年度? 調査/票", [["x"]], (), visible=False),
        Sheet("", [], (), visible=True),
    ]
    data, titles = copy_values(sheets)
    book = opened(data)
    assert book.sheetnames == ["令和6年度_ 調査_票", "令和6年度_ 調査_票 (2)", "シート"]
    assert list(titles.values()) == book.sheetnames
    assert [s.sheet_state for s in book.worksheets] == ["visible", "hidden", "visible"]
    assert [cell.value for cell in book.worksheets[0][2]][1:11] == [
        1, 2.5, True, datetime(2024, 5, 1, 9, 30), datetime(2024, 4, 1), time(8, 30), "字",  # noqa: DTZ001
        timedelta(hours=30), "nan", "1850-01-01",
    ]  # fmt: skip
    assert [str(area) for area in book.worksheets[0].merged_cells.ranges] == ["B2:B3"]


def test_a_workbook_with_only_hidden_sheets_can_be_copied() -> None:
    data, _ = copy_values([Sheet("a", [["x"]], (), visible=False)])
    assert opened(data).worksheets[0].sheet_state == "visible"


def open_document() -> bytes:
    """The least that an .ods is, with an odd name for its sheet."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        '<office:spreadsheet><table:table table:name="業務/調査"><table:table-row>'
        '<table:table-cell office:value-type="string"><text:p>業務名</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="3"/></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return out.getvalue()


def test_an_open_document_comes_back_as_a_workbook_of_its_values() -> None:
    row = finding("B1", workbook="a.ods", sheet="業務/調査")
    data = write_returned("a.ods", open_document(), findings(row))
    assert marked_cells(data) == {"業務_調査!B1": ERROR}
    assert opened(data)["業務_調査"]["B1"].value == 3
    assert list_rows(data)[0][2:4] == ("業務_調査", "B1")
    link = opened(data)["指摘一覧"]["D5"].hyperlink
    assert link is not None
    assert link.location == "'業務_調査'!B1"


@pytest.mark.parametrize("name", ["a.xlsx", "a.xlsm", "a.xls"])
@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04broken", bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, b"\0\1\2"]
)
def test_what_cannot_be_read_comes_back_as_a_list(name: str, data: bytes) -> None:
    refusal = read_sheets(data)
    assert isinstance(refusal, Refusal)
    row = finding(None, workbook=name, sheet=None, code=refusal.code, message="読めません。")
    for rows in ([row], []):
        returned = write_returned(name, data, findings(*rows))
        book = opened(returned)
        assert book.sheetnames == ["指摘一覧"]
        assert len(list_rows(returned)) == len(rows)
        assert "読めなかったため" in book["指摘一覧"]["A3"].value
        kind = b"macroEnabled" in parts(returned)["[Content_Types].xml"]
        assert kind == name.endswith(".xlsm")


def test_a_refused_workbook_is_not_unpacked() -> None:
    row = finding(None, sheet=None, code="file-too-large", message="大きすぎます。")
    assert opened(write_returned(NAME, rich_book(), findings(row))).sheetnames == ["指摘一覧"]


def test_a_zip_that_tells_a_wrong_checksum_is_no_error() -> None:
    data = bytearray(rich_book())
    data[data.find(b"PK\x01\x02") + 16] ^= 0xFF
    assert opened(write_returned(NAME, bytes(data), findings())).sheetnames[0] == "指摘一覧"


@given(st.integers(0, 100_000), st.integers(0, 255))
def test_a_damaged_byte_is_no_error(place: int, byte: int) -> None:
    data = bytearray(rich_book())
    data[place % len(data)] = byte
    assert write_returned(NAME, bytes(data), findings(finding()))


def test_many_findings_are_quick() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    for number in range(3_000):
        sheet.append([f"業務{number}", number, "紙"])
    rows = [finding(f"C{n}", "warning") for n in range(1, 3_001)]
    assert len(marked_cells(write_returned(NAME, save(book), findings(*rows)))) == 3_000
