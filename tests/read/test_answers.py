"""Workbooks -> answers as written; every row and sheet is an answer or is named."""

import pytest

from bpr.read.answers import read_answers
from bpr.read.opening import Workbook
from bpr.read.request import Request
from tests.builder import SETTINGS, Rows, assert_rows, codes, findings, read, text_file, workbook


def test_text_is_kept_as_written() -> None:
    found = read(workbook([["業務名", "年間作業時間", "課題"], ["賦　課", "約30分", "（多）"]]))
    assert_rows(
        found.survey.answers,
        "row task_name annual_hours issues",
        [[2, "賦　課", "約30分", "（多）"]],
    )


def test_workbooks_and_sheets_are_listed() -> None:
    book = workbook(
        [["業務名", "件数"], ["賦課", 1], ["徴収", 2]],
        others={
            "記入例": [["業務名", "件数"], ["例", 1]],
            "メモ": [["a"]],
            "空": [],
            "裏": [["業務名", "件数"], ["隠", 1]],
        },
        hidden_sheets=["裏"],
    )
    found = read(book)
    assert_rows(found.survey.workbooks, "name status reason", [["税務課.xlsx", "read", None]])
    assert_rows(
        found.survey.sheets,
        "name status reason header_row rows_read",
        [
            ["調査票", "read", None, 1, 2],
            ["記入例", "skipped", "sheet-example", None, 0],
            ["メモ", "skipped", "sheet-without-table", None, 0],
            ["空", "skipped", "sheet-empty", None, 0],
            ["裏", "skipped", "sheet-hidden", None, 0],
        ],
    )
    assert_rows(
        found.diagnostics.filter(found.diagnostics["code"].str.starts_with("sheet-")),
        "sheet code value severity",
        [
            ["記入例", "sheet-example", "記入例", "info"],
            ["メモ", "sheet-without-table", "メモ", "info"],
            ["空", "sheet-empty", "空", "info"],
            ["裏", "sheet-hidden", "裏", "info"],
        ],
    )
    assert found.tasks["task_name"].to_list() == ["賦課", "徴収"]


def test_a_sheet_that_is_asked_for_is_read_even_if_hidden() -> None:
    book = workbook(
        [["業務名", "件数"], ["賦課", 1]],
        others={"記入例": [["業務名", "件数"], ["見本の業務", 1]]},
        hidden_sheets=["記入例"],
    )
    found = read(book, request=Request(sheet="記 入 例"))
    assert found.tasks["task_name"].to_list() == ["見本の業務"]
    assert "sheet-not-asked" in codes(found)


def test_a_sheet_that_is_not_there() -> None:
    found = read(workbook([["業務名", "件数"], ["賦課", 1]]), request=Request(sheet="別"))
    assert codes(found) == ["sheet-not-asked", "workbook-without-table"]
    assert_rows(found.survey.workbooks, "status reason", [["refused", "workbook-without-table"]])


@pytest.mark.parametrize(
    ("book", "code"),
    [
        (Workbook("a.xlsx", b""), "file-empty"),
        (Workbook("a.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "file-not-workbook"),
        (Workbook("a.xlsx", workbook([["業務名", "件数"]]).data[:900]), "file-damaged"),
        (
            Workbook(
                "a.xlsx",
                bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"),
            ),
            "file-encrypted",
        ),
        (workbook([["目次"], ["1. はじめに"]], name="a.xlsx"), "workbook-without-table"),
        (workbook([], name="a.xlsx"), "workbook-without-table"),
    ],
)
def test_a_bad_file_is_one_error_and_the_others_are_read(book: Workbook, code: str) -> None:
    good = workbook([["課", "業務名", "時間"], ["税務課", "賦課", 1]], name="b.xlsx")
    found = read(book, good)
    errors = found.diagnostics.filter(found.diagnostics["severity"] == "error")
    assert_rows(errors, "workbook sheet cell row code", [["a.xlsx", None, None, None, code]])
    assert_rows(
        found.survey.workbooks,
        "name status reason",
        [["a.xlsx", "refused", code], ["b.xlsx", "read", None]],
    )
    assert_rows(found.tasks, "workbook task_name", [["b.xlsx", "賦課"]])


def test_hash_of_the_bytes() -> None:
    found = read(Workbook("a.csv", b"abc"))
    assert found.survey.workbooks["sha256"].to_list() == [
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    ]


# --- which row is what -------------------------------------------------------------------------

HEADER = ["係", "業務名", "作業名", "年間作業時間"]


@pytest.mark.parametrize(
    ("row", "code", "value"),
    [
        ([None, "合計", None, 30], "total-row", "合計"),
        ([None, "合　計", None, 30], "total-row", "合　計"),
        ([None, None, "小計", 30], "total-row", "小計"),
        ([None, "※ 時間は概算です", None, None], "note-row", "※ 時間は概算です"),
        ([None, "＊時間は概算です", None, None], "note-row", "＊時間は概算です"),
        ([None, "注）時間は概算です", None, None], "note-row", "注）時間は概算です"),
        ([None, "備考：時間は概算です", None, None], "note-row", "備考：時間は概算です"),
        ([None, "（注）時間は概算です", None, None], "note-row", "（注）時間は概算です"),
        ([None, None, None, None, "欄外のメモ"], "note-row", "欄外のメモ"),
    ],
)
def test_totals_and_notes_are_named_and_are_no_tasks(
    row: list[str | int | None], code: str, value: str
) -> None:
    found = read(workbook([HEADER, ["A係", "賦課", "入力", 30], row]))
    assert found.tasks["row"].to_list() == [2]
    assert [[3, code, value]] == findings(found, "row code value")


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_total_is_no_task_wherever_its_label_stands(place: int) -> None:
    total: list[str | int | None] = [None, None, None, 30]
    total[place] = "合計"
    found = read(
        workbook([HEADER, ["A係", "賦課", "入力", 10], ["A係", "賦課", "照合", 20], total])
    )
    assert found.tasks["annual_hours"].sum() == 30
    assert findings(found, "row code") == [[4, "total-row"]]


def test_a_row_without_any_name_is_an_error_not_a_task() -> None:
    found = read(workbook([HEADER, ["A係", "賦課", "入力", 10], ["A係", None, None, 20]]))
    assert found.tasks["row"].to_list() == [2]
    assert findings(found, "row code") == [[3, "missing-name"]]


def test_a_row_that_only_names_a_unit_holds_for_the_rows_below_or_is_named() -> None:
    found = read(
        workbook(
            [
                HEADER,
                ["資産税係", None, None, None],
                [None, "賦課", "入力", 1],
                ["住民税係", None, None, None],
                [None, "課税", "入力", 2],
            ]
        )
    )
    told = {row for row, *_ in findings(found, "row")}
    carried = found.tasks["unit"].to_list() == ["資産税係", "住民税係"]
    assert carried or told == {2, 4}
    assert found.tasks["row"].to_list() == [3, 5]


def test_blank_rows_between_tasks_are_nothing() -> None:
    found = read(
        workbook([HEADER, ["A係", "賦課", "入力", 1], [None] * 4, ["A係", "徴収", "照合", 2]])
    )
    assert found.tasks["row"].to_list() == [2, 4]
    assert findings(found, "row code value") == [[3, "blank-rows", "1"]]


# --- filling down ------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["〃", "々", "同上", "同　上", "同 上", "同じ", "″", " 〃　"])
@pytest.mark.parametrize(("place", "field"), [(0, "unit"), (1, "task_name"), (2, "activity_name")])
def test_ditto_marks_take_the_text_above(mark: str, place: int, field: str) -> None:
    below: list[str | int | None] = ["B係", "徴収", "照合", 2]
    below[place] = mark
    found = read(workbook([HEADER, ["A係", "賦課", "入力", 1], below]))
    above = {"unit": "A係", "task_name": "賦課", "activity_name": "入力"}[field]
    assert found.tasks[field].to_list() == [above, above]


def test_merged_groups_are_filled_and_blanks_of_grouping_columns_too() -> None:
    rows: Rows = [
        ["大分類", "中分類", "小分類", "作業手順", "年間時間（h）"],
        ["税", "賦課", "当初賦課", "入力", 1],
        [None, None, None, "照合", 2],
        [None, None, "更正", "計算", 3],
        [None, "収納", "消込", "入力", 4],
    ]
    expected = [
        [2, "税", "賦課", "当初賦課", "当初賦課", "入力", 1.0],
        [3, "税", "賦課", "当初賦課", "当初賦課", "照合", 2.0],
        [4, "税", "賦課", "更正", "更正", "計算", 3.0],
        [5, "税", "収納", "消込", "消込", "入力", 4.0],
    ]
    columns = "row process_category process_group process task_name activity_name annual_hours"
    assert_rows(read(workbook(rows, merged=["A2:A5", "B2:B4", "C2:C3"])).tasks, columns, expected)
    assert_rows(read(workbook(rows)).tasks, columns, expected)


def test_a_merged_activity_is_filled_but_a_merged_number_is_not_doubled() -> None:
    rows: Rows = [["業務名", "作業名", "年間時間"], ["賦課", "入力", 10], ["徴収", None, None]]
    found = read(workbook(rows, merged=["B2:B3", "C2:C3"]))
    assert_rows(
        found.tasks,
        "task_name activity_name annual_hours",
        [["賦課", "入力", 10.0], ["徴収", "入力", None]],
    )


def test_nothing_is_filled_from_another_sheet_or_workbook() -> None:
    rows: Rows = [["係", "業務名", "時間"], ["A係", "賦課", 1]]
    open_rows: Rows = [["係", "業務名", "時間"], [None, "徴収", 1]]
    found = read(
        workbook(rows, name="a.xlsx", others={"二": open_rows}), workbook(open_rows, name="b.xlsx")
    )
    assert_rows(
        found.tasks,
        "workbook sheet unit",
        [["a.xlsx", "二", None], ["a.xlsx", "調査票", "A係"], ["b.xlsx", "調査票", None]],
    )


# --- what stands outside the table --------------------------------------------------------------


@pytest.mark.parametrize(
    ("above", "columns", "values"),
    [
        (["所属：税務課"], "division", ["税務課"]),
        (["所属", "税務課"], "division", ["税務課"]),
        (["担当課", None, "税務課"], "division", ["税務課"]),
        (
            ["部名：総務部", "課名：税務課", "係名：資産税係"],
            "department division unit",
            ["総務部", "税務課", "資産税係"],
        ),
        (
            ["みどり野町　業務量調査票（令和6年度）"],
            "municipality fiscal_year",
            ["みどり野町", 2024],
        ),
        (["令和元年度　業務量調査"], "fiscal_year", [2019]),
        (["業務量調査（2025年度）"], "fiscal_year", [2025]),
        (["Ｒ７年度調査"], "fiscal_year", [2025]),
        (["平成30年度調査"], "fiscal_year", [2018]),
        (["市町村名：みどり野町"], "municipality", ["みどり野町"]),
    ],
)
def test_context_above_the_table(
    above: list[str | None], columns: str, values: list[str | int]
) -> None:
    found = read(workbook([above, ["業務名", "時間"], ["賦課", 1]], name="a.xlsx"))
    assert_rows(found.tasks, columns, [values])


@pytest.mark.parametrize(
    ("name", "sheet", "division"),
    [
        ("08_税務課.xlsx", "調査票", "税務課"),
        ("回答.xlsx", "議会事務局", "議会事務局"),
        ("図書館_提出.xlsx", "Sheet1", "図書館"),
    ],
)
def test_the_division_from_a_name_is_told(name: str, sheet: str, division: str) -> None:
    found = read(workbook([["業務名", "時間"], ["賦課", 1]], name=name, sheet=sheet))
    assert found.tasks["division"].to_list() == [division]
    assert "division-from-name" in codes(found)


def test_a_column_wins_over_title_and_name() -> None:
    found = read(
        workbook(
            [["所属：税務課"], ["課", "年度", "業務名", "時間"], ["収納課", "令和5年度", "徴収", 1]]
        )
    )
    assert_rows(found.tasks, "division fiscal_year", [["収納課", 2023]])
    assert "division-from-name" not in codes(found)


def test_columns_that_are_not_read_are_told_with_their_cell() -> None:
    found = read(workbook([["業務名", "件数", "謎", "処理件数"], ["賦課", 1, 2, 3]], start="D7"))
    told = found.diagnostics.filter(found.diagnostics["code"].str.starts_with("column-"))
    assert_rows(
        told,
        "cell code severity value",
        [["F7", "column-ignored", "info", "謎"], ["G7", "column-duplicate", "warning", "処理件数"]],
    )


def test_which_column_was_read_as_what() -> None:
    found = read(workbook([["業務名", "時間（分）"], ["賦課", 1]], start="D7"))
    assert_rows(
        found.survey.columns,
        "block field column header measure reason",
        [
            [0, "task_name", "D", "業務名", None, "見出し「業務名」"],
            [0, "annual_hours", "E", "時間(分)", "分", "見出し「時間(分)」"],
        ],
    )
    assert_rows(found.survey.sheets, "header_row rows_read", [[7, 1]])


def test_progress_names_every_workbook() -> None:
    seen: list[str] = []
    books = [Workbook("a.xlsx", b""), text_file([["業務名", "時間"], ["賦課", "1"]], name="b.csv")]
    read_answers(books, SETTINGS.survey, progress=seen.append)
    assert seen == ["a.xlsx", "b.csv"]
