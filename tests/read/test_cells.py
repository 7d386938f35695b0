"""Bytes -> sheets with true addresses, or the reason why not."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest

from bpr.read.cells import (
    Cell,
    Refusal,
    Sheet,
    column_index,
    column_letter,
    read_sheets,
    to_text,
)
from tests.builder import text_file, workbook

PNG = bytes.fromhex("89504E470D0A1A0A0000000D494844520000000100000001080600000000000000")
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
XLS_BOF = bytes.fromhex("0908100000060500") + b"\0" * 12
FILEPASS = bytes.fromhex("2F000600")
ENCRYPTED = OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500
GOOD = workbook([["業務名", "年間作業時間"], ["賦課", 10]]).data


def plain_zip() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("memo.txt", "業務")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (PNG, "file-not-workbook"),
        (b"%PDF-1.7\n" + bytes(range(256)), "file-not-workbook"),
        ("業務の一覧です。\n表はありません。".encode(), "file-not-workbook"),
        (b"\xef\xbb\xbf", "file-not-workbook"),
        (b"\n\n \n", "file-not-workbook"),
        (GOOD[:1000], "file-damaged"),
        (GOOD[: len(GOOD) - 30], "file-damaged"),
        (b"PK\x03\x04", "file-damaged"),
        (plain_zip(), "file-damaged"),
        (OLE + b"\0" * 1000, "file-damaged"),
        (ENCRYPTED, "file-encrypted"),
        (OLE + b"\0" * 504 + XLS_BOF + FILEPASS, "file-encrypted"),
    ],
)
def test_refusals(data: bytes, code: str) -> None:
    assert read_sheets(data) == Refusal(code)


@pytest.mark.parametrize("length", range(0, len(GOOD), 97))
def test_any_truncation_is_refused(length: int) -> None:
    assert isinstance(read_sheets(GOOD[:length]), Refusal)


def only(data: bytes) -> Sheet:
    sheets = read_sheets(data)
    assert not isinstance(sheets, Refusal)
    (sheet,) = sheets
    return sheet


def test_leading_empty_rows_and_columns_stay() -> None:
    sheet = only(workbook([["業務名"], ["賦課"]], start="C4").data)
    assert sheet.rows[3:] == [["", "", "業務名"], ["", "", "賦課"]]
    assert sheet.rows[:3] == [["", "", ""]] * 3


def test_merged_ranges_are_zero_based_and_inclusive() -> None:
    data = workbook([["a", None], [None, None], ["b", "c"]], start="B2", merged=["B2:C3"]).data
    assert only(data).merged == ((1, 1, 2, 2),)


def test_sheets_keep_their_order_and_say_if_hidden() -> None:
    book = workbook([["業務名"]], sheet="b", others={"a": [["x"]], "c": []}, hidden_sheets=["a"])
    sheets = read_sheets(book.data)
    assert not isinstance(sheets, Refusal)
    assert [(s.name, s.visible) for s in sheets] == [("b", True), ("a", False), ("c", True)]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [
        ("cp932", ","),
        ("utf-8", ","),
        ("utf-8-sig", ","),
        ("utf-8-sig", "\t"),
        ("cp932", "\t"),
        ("utf-8", ";"),
    ],
)
def test_delimited_text(encoding: str, delimiter: str) -> None:
    rows = [["業務名", "件数"], ["ソフト①の受付、照合", "1,200"], ['"引用"', ""]]
    sheet = only(text_file(rows, encoding=encoding, delimiter=delimiter).data)
    assert (sheet.name, sheet.rows) == ("CSV", rows)


def test_short_lines_of_a_text_are_padded() -> None:
    assert only("業務名,件数\n賦課\n徴収,3".encode()).rows == [
        ["業務名", "件数"],
        ["賦課", ""],
        ["徴収", "3"],
    ]


def test_line_breaks_in_cells_of_a_text_are_kept() -> None:
    rows = [["業務名", "課題"], *[[f"業務{n}", "多い\n遅い\n紙が残る\n引継ぎ"] for n in range(5)]]
    assert only(text_file(rows).data).rows == rows


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1200.0, "1200"),
        (0.1, "0.1"),
        (3, "3"),
        (" 受付　", "受付"),
        ("　", None),
        ("", None),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2024, 4, 1), "2024-04-01"),
        (datetime(2024, 4, 1, 9, 30), "2024-04-01T09:30:00"),  # noqa: DTZ001 - as in a sheet
        (time(1, 30), "01:30:00"),
        (timedelta(hours=30), "30:00"),
        ("0012", "0012"),
    ],
)
def test_text_of_cells(value: Cell, text: str | None) -> None:
    assert to_text(value) == text


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA")]
)
def test_column_names(index: int, letters: str) -> None:
    assert column_letter(index) == letters
    assert column_index(letters) == index


@pytest.mark.parametrize(("letters", "index"), [("fr", 173), (" Ｂ ", 1)])
def test_column_names_as_typed(letters: str, index: int) -> None:
    assert column_index(letters) == index


@pytest.mark.parametrize("letters", ["", "1", "A1", "列", "A B"])
def test_no_column_name(letters: str) -> None:
    with pytest.raises(ValueError, match=letters or "^$"):
        column_index(letters)
