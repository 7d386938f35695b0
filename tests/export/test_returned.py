"""A returned workbook shows what is wrong where it is wrong, and in one list."""

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from bpr.export.ooxml.colors import FILLS, contrast
from bpr.export.returned import returned_name, write_returned
from bpr.pipeline import run
from bpr.read.cells import read_sheets
from tests.builder import SETTINGS, Rows, save, workbook
from tests.export.books import (
    AUTHOR,
    ERROR,
    NAME,
    OTHER,
    SHEET,
    WARNING,
    finding,
    findings,
    list_rows,
    marked_cells,
    opened,
    rich_book,
)


def returned(*rows: dict[str, object], data: bytes | None = None) -> bytes:
    return write_returned(NAME, data or rich_book(), findings(*rows))


# --- cells --------------------------------------------------------------------------------------


def test_cells_are_colored_by_severity() -> None:
    data = returned(finding("C2"), finding("B3", "warning"), finding("D3", "info"))
    assert marked_cells(data) == {f"{SHEET}!C2": ERROR, f"{SHEET}!B3": WARNING}


def test_only_the_fill_changes() -> None:
    before, after = opened(rich_book())[SHEET]["C2"], opened(returned(finding("C2")))[SHEET]["C2"]
    for part in ("value", "number_format", "font", "border", "alignment", "protection"):
        assert repr(getattr(after, part)) == repr(getattr(before, part)), part


def test_other_cells_stay_as_they_are() -> None:
    before, after = opened(rich_book()), opened(returned(finding("C2"), finding("D2")))
    for sheet in before.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                other = after[sheet.title][cell.coordinate]
                assert other.value == cell.value
                if cell.coordinate not in ("C2", "D2"):
                    for part in ("number_format", "font", "fill", "border", "protection"):
                        assert repr(getattr(other, part)) == repr(getattr(cell, part))


def test_the_reader_reads_the_same() -> None:
    before = read_sheets(rich_book())
    after = read_sheets(returned(finding("C2"), finding("Z40"), finding("B3", "warning")))
    assert isinstance(before, list)
    assert isinstance(after, list)
    assert after[0].name == "指摘一覧"
    assert after[1:] == before


def test_a_cell_beyond_the_rows_is_made_in_order() -> None:
    data = returned(*(finding(cell) for cell in ("C9", "A6", "F6", "D3", "A3", "E3")))
    assert set(marked_cells(data)) == {f"{SHEET}!{c}" for c in ("C9", "A6", "F6", "D3", "A2", "E3")}


def test_a_merged_cell_is_marked_where_it_is_seen() -> None:
    data = returned(finding("A3"))
    assert marked_cells(data) == {f"{SHEET}!A2": ERROR}
    assert "（A3）" in opened(data)[SHEET]["A2"].comment.text


def test_the_worst_finding_of_a_cell_colors_it() -> None:
    data = returned(finding("C2", "warning"), finding("C2", "error", message="別の文"))
    assert marked_cells(data) == {f"{SHEET}!C2": ERROR}


def test_a_sheet_without_rows_and_a_hidden_one_are_marked_too() -> None:
    data = returned(finding("B2", sheet="空"), finding("A1", sheet=OTHER))
    assert marked_cells(data) == {"空!B2": ERROR, f"{OTHER}!A1": ERROR}


@pytest.mark.parametrize("cell", [None, "", "A0", "XFE1", "A1048577", "A1:B2", "合計"])
def test_what_is_no_cell_is_only_listed(cell: str | None) -> None:
    data = returned(finding(cell), finding("B2", sheet="ない"), finding("B2", sheet=None))
    assert marked_cells(data) == {}
    assert len(list_rows(data)) == 3


@pytest.mark.parametrize("severity", ["error", "warning"])
@pytest.mark.parametrize("color", ["FF000000", "FFFFFFFF", "FF1A1A1C", "FF0017C1", "FF00B050"])
def test_text_stays_readable(severity: str, color: str) -> None:
    book = openpyxl.Workbook()
    cell = book.worksheets[0]["A1"]
    cell.value, cell.font = "字", Font(color=color)
    data = returned(finding("A1", severity, sheet="Sheet"), data=save(book))
    marked = opened(data)["Sheet"]["A1"]
    assert marked.fill.fgColor.rgb[2:] in FILLS[severity]
    assert marked.font.color.rgb == color
    if color != "FF00B050":  # 2.9:1 on white: no fill makes that readable
        assert contrast(marked.fill.fgColor.rgb[2:], color[2:]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1])
def test_colors_of_the_theme_are_known(theme: int) -> None:
    book = openpyxl.Workbook()
    cell = book.worksheets[0]["A1"]
    cell.value, cell.font = "字", Font(color=openpyxl.styles.Color(theme=theme))
    data = returned(finding("A1", sheet="Sheet"), data=save(book))
    fill = opened(data)["Sheet"]["A1"].fill.fgColor.rgb[2:]
    assert FILLS["error"].index(fill) == (2 if theme == 0 else 0)


# --- comments -----------------------------------------------------------------------------------


def test_a_comment_tells_all_findings_of_its_cell() -> None:
    data = returned(
        finding("C2", "warning", message="二つ目", remedy="消す", rule=None),
        finding("C2", message="一つ目", remedy="直す", rule="L1-01"),
    )
    comment = opened(data)[SHEET]["C2"].comment
    assert comment.author == AUTHOR
    assert comment.text == (
        f"【{AUTHOR}】\nエラー：一つ目\n直し方：直す\n規則：L1-01\n\n要確認：二つ目\n直し方：消す"
    )


def test_infos_get_no_comment() -> None:
    assert opened(returned(finding("C3", "info")))[SHEET]["C3"].comment is None


def test_comments_of_people_stay_and_ours_comes_below() -> None:
    sheet = opened(returned(finding("D2")))[SHEET]
    assert sheet["D2"].comment.text.startswith(f"前年は紙でした\n――――――――――\n【{AUTHOR}】\n")
    assert (sheet["D2"].comment.author, sheet["A4"].comment.text) == ("係長", "新しい課")


# --- the list -----------------------------------------------------------------------------------


def test_the_list_is_first_and_in_front() -> None:
    book = opened(returned(finding("C2")))
    assert book.sheetnames == ["指摘一覧", SHEET, OTHER, "空"]
    assert book.active is book["指摘一覧"]
    assert [s.title for s in book.worksheets if s.sheet_view.tabSelected] == ["指摘一覧"]


def test_the_list_tells_how_many_and_what_to_do() -> None:
    sheet = opened(returned(finding(), finding("B3", "warning"), finding("B4", "info")))["指摘一覧"]
    assert sheet["A1"].value == "業務量調査の点検：指摘一覧"
    assert sheet["A2"].value == (
        "エラー 1 件、要確認 1 件、お知らせ 1 件。色の付いたセルを直し、このファイルのまま返送して"
        "ください。この一覧は消しても構いません。"
    )
    assert [cell.value for cell in sheet[3]] == [
        "No", "重さ", "シート", "セル", "書かれている値", "何が問題か", "直し方", "規則", "済",
    ]  # fmt: skip


def test_nothing_to_do_is_said() -> None:
    for rows in ([], [finding("C2", "info")]):
        assert "直すセルはありません。" in opened(returned(*rows))["指摘一覧"]["A2"].value


def test_errors_come_first_then_as_one_reads() -> None:
    data = returned(
        finding("A4", "info"),
        finding("B3", "warning"),
        finding("B3", sheet="空"),
        finding("D2"),
        finding("C2"),
        finding(None, sheet=None, value=None, rule=None),
    )
    assert [row[1:4] for row in list_rows(data)] == [
        ("エラー", None, None),
        ("エラー", SHEET, "C2"),
        ("エラー", SHEET, "D2"),
        ("エラー", "空", "B3"),
        ("要確認", SHEET, "B3"),
        ("お知らせ", SHEET, "A4"),
    ]
    assert list_rows(data)[1] == (
        2, "エラー", SHEET, "C2", "かみ", "「かみ」は選択肢にありません。",
        "選択肢から選んで書いてください。", "L2-04 選択肢の表記揺れ", None,
    )  # fmt: skip


def test_names_of_cells_lead_there() -> None:
    rows = (finding("C2"), finding(None, row=4), finding("A1", sheet=OTHER))
    sheet = opened(returned(*rows))["指摘一覧"]
    links = {c.value: c.hyperlink and c.hyperlink.location for c in sheet["D"][3:]}
    quoted = SHEET.replace("'", "''")
    assert links == {"4 行": f"'{quoted}'!A4", "C2": f"'{quoted}'!C2", "A1": None}


def test_the_list_is_made_for_print() -> None:
    sheet = opened(returned(finding("C2")))["指摘一覧"]
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet["F4"].alignment.wrap_text
    assert str(sheet.data_validations.dataValidation[0].sqref) == "I4"


def test_a_sheet_of_the_same_name_that_is_not_ours_stays() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "指摘一覧"
    book.worksheets[0]["A1"] = "課の指摘"
    data = returned(finding("A1", sheet="指摘一覧"), data=save(book))
    assert opened(data).sheetnames == ["指摘一覧 (2)", "指摘一覧"]
    assert opened(data)["指摘一覧"]["A1"].fill.fgColor.rgb == ERROR


# --- again --------------------------------------------------------------------------------------


def test_returned_again_only_what_is_still_wrong_is_shown() -> None:
    first = returned(finding("C2"), finding("D2"), finding("B1", "warning"), finding("Z9"))
    book = opened(first)
    book[SHEET]["D2"] = "紙"
    second = returned(finding("C2", "warning", message="まだ"), data=save(book))
    assert opened(second).sheetnames == ["指摘一覧", SHEET, OTHER, "空"]
    assert marked_cells(second) == {f"{SHEET}!C2": WARNING}
    assert len(list_rows(second)) == 1
    sheet = opened(second)[SHEET]
    assert sheet["C2"].comment.text.startswith(f"【{AUTHOR}】\n要確認：まだ")
    assert (sheet["D2"].comment.text, sheet["D2"].value) == ("前年は紙でした", "紙")
    assert sheet["B1"].comment is None
    assert sheet["D2"].fill.fgColor.rgb == "FFFFFFCC"
    assert sheet["B1"].fill.fgColor.rgb == "FF1F4E79"
    assert sheet["Z9"].fill.patternType is None


def test_marks_go_even_if_the_list_and_the_comments_were_deleted() -> None:
    book = opened(returned(finding("C2"), finding("D2")))
    del book["指摘一覧"]
    book[SHEET]["C2"].comment = book[SHEET]["D2"].comment = None
    assert marked_cells(returned(data=save(book))) == {}


def test_cells_in_our_colors_stay_where_nothing_was_returned() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"].fill = PatternFill("solid", fgColor=ERROR)
    assert marked_cells(returned(data=save(book))) == {"Sheet!A1": ERROR}


def test_nothing_is_left_when_nothing_is_wrong() -> None:
    clean = returned(data=returned(finding("C2"), finding("D2"), finding("B2", sheet="空")))
    sheet = opened(clean)[SHEET]
    comments = {c.coordinate: c.comment.text for row in sheet.iter_rows() for c in row if c.comment}
    assert comments == {"D2": "前年は紙でした", "A4": "新しい課"}
    assert opened(clean)["空"].legacy_drawing is None
    assert marked_cells(clean) == {}


def test_returning_is_a_function_and_hardly_grows() -> None:
    rows = [finding("C2"), finding("D2"), finding("B1", "warning")]
    once = returned(*rows)
    assert returned(*rows) == once
    twice = returned(*rows, data=once)
    assert abs(len(returned(*rows, data=twice)) - len(twice)) < 1_500


def test_a_note_that_only_looks_like_ours_stays() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"].comment = Comment("点検した", "係長")
    data = returned(finding("A2", sheet="Sheet"), data=save(book))
    assert opened(returned(data=data))["Sheet"]["A1"].comment.text == "点検した"


def test_a_real_survey_comes_back_right() -> None:
    rows: Rows = [
        ["課", "業務名", "作業名", "年間件数", "処理媒体"],
        ["税務課", "賦課", "入力", "-5", "かみ"],
        ["税務課", None, None, 10, "紙"],
    ]
    book = workbook(rows)
    report = run([book], SETTINGS)
    data = write_returned(book.name, book.data, report.diagnostics)
    wrong = {
        f"{row['sheet']}!{row['cell']}"
        for row in report.diagnostics.iter_rows(named=True)
        if row["severity"] != "info"
    }
    assert set(marked_cells(data)) == wrong
    again = run([workbook(rows), type(book)("戻り.xlsx", data)], SETTINGS)
    seen = again.sheets.filter(workbook="戻り.xlsx").select("name", "status").rows()
    assert seen == [("指摘一覧", "skipped"), ("調査票", "read")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("税務課.xlsx", "税務課_指摘あり.xlsx"),
        ("税務課.XLSM", "税務課_指摘あり.xlsm"),
        ("税務課.xls", "税務課_指摘あり.xlsx"),
        ("税務課.csv", "税務課_指摘あり.xlsx"),
        ("令和6.4調査", "令和6.4調査_指摘あり.xlsx"),
        ("..\\..\\提出/税務課.ods", "税務課_指摘あり.xlsx"),
        ("../", "調査票_指摘あり.xlsx"),
        ("", "調査票_指摘あり.xlsx"),
        ('a<b>:"|?*\x00\ud800.xlsx', "ab_指摘あり.xlsx"),
    ],
)
def test_names_of_returned_files(name: str, expected: str) -> None:
    assert returned_name(name) == expected
    assert returned_name(expected) == expected
