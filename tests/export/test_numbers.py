"""A page's small table as CSV and as a sheet: the numbers that were printed, and nothing that runs."""

import csv
import io
from collections.abc import Sequence

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bpr.export.numbers import NumberTable, Shown, read_number, write_number_book, write_number_csv
from tests.export.hostile import BROKEN, FORMULAS, PLAIN

TABLE = NumberTable(
    name="課ごとの紙利用率",
    notes={"読み取れること": "紙課がいちばん高い。", "出所": "みどり野町　令和6年度調査"},
    header=["課", "時間／年", "割合", "差", "見方"],
    rows=[
        ["紙課", "1,234", "95.1%", "+14.3 ポイント", "1,000"],
        ["小課", "200（時間不明 3）", "4.0%", "−0.2 ポイント", ""],
        ["空課", "–", "–", "±0 ポイント", ""],
    ],
    right=(1, 2, 3),
)


def read_csv(table: NumberTable) -> list[list[str]]:
    data = write_number_csv(table)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_sheet(table: NumberTable) -> Worksheet:
    [sheet] = openpyxl.load_workbook(io.BytesIO(write_number_book(table))).worksheets
    return sheet


def values(sheet: Worksheet, first: int) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1,234", Shown(1234, 0, signed=False, unit="")),
        ("0", Shown(0, 0, signed=False, unit="")),
        ("−0.25", Shown(-0.25, 2, signed=True, unit="")),
        ("-3", Shown(-3, 0, signed=True, unit="")),
        ("12.3%", Shown(12.3, 1, signed=False, unit="%")),
        ("+28.6 ポイント", Shown(28.6, 1, signed=True, unit="ポイント")),
        ("300 時間/年", Shown(300, 0, signed=False, unit="時間/年")),
        ("±0", Shown(0, 0, signed=True, unit="")),
    ],
)
def test_a_printed_number_is_read(text: str, shown: Shown) -> None:
    assert read_number(text) == shown


@pytest.mark.parametrize(
    "text",
    ["", "–", "なし", "1,23", "3〜6 業務", "約 +120", "200（時間不明 3）", "1 2", "=1+1", "1,234 → 1,300",
     "1.", "1e5", "007", "2024-04-01"],
)  # fmt: skip
def test_what_is_more_than_a_number_stays_text(text: str) -> None:
    assert read_number(text) is None


def test_the_csv_has_one_header_bare_numbers_and_notes_below() -> None:
    assert read_csv(TABLE) == [
        ["課", "時間／年", "割合（%）", "差（ポイント）", "見方"],
        ["紙課", "1234", "95.1", "14.3", "1,000"],
        ["小課", "200（時間不明 3）", "4.0", "-0.2", ""],
        ["空課", "", "", "0", ""],
        ["", "", "", "", ""],
        ["読み取れること", "紙課がいちばん高い。", "", "", ""],
        ["出所", "みどり野町　令和6年度調査", "", "", ""],
    ]


def test_the_sheet_prints_the_numbers_as_the_page_does() -> None:
    sheet = read_sheet(TABLE)
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == [
        "課ごとの紙利用率",
        "読み取れること：紙課がいちばん高い。",
        "出所：みどり野町　令和6年度調査",
    ]
    assert values(sheet, 4) == [
        ["課", "時間／年", "割合", "差（ポイント）", "見方"],
        ["紙課", 1234, 0.951, 14.3, "1,000"],
        ["小課", "200（時間不明 3）", 0.04, -0.2, None],
        ["空課", None, None, 0, None],
    ]
    assert [cell.number_format for cell in sheet[5]] == [
        "General", "#,##0", "#,##0.0%", "+#,##0.0;-#,##0.0;#,##0.0", "General",
    ]  # fmt: skip
    assert sheet.print_title_rows == "$4:$4"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (9, 1)


def table_of(cells: Sequence[str], name: str = "図") -> NumberTable:
    return NumberTable(name, {"説明": name}, ["業務", name], [[c, c] for c in cells], (1,))


def test_numbers_of_two_units_stay_text() -> None:
    assert read_csv(table_of(["1", "2 件"]))[1:3] == [["1", "1"], ["2 件", "2 件"]]


@pytest.mark.parametrize("text", [*FORMULAS.values(), *PLAIN.values(), *BROKEN.values()])
def test_no_text_becomes_a_formula(text: str) -> None:
    sheet = read_sheet(table_of([text], name=text))
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value)[0] in "=+-@#")
    rows = read_csv(table_of([text], name=text))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
