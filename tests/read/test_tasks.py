"""Answers -> tasks, for each kind of form, to exact values."""

import pytest

from bpr.read.request import Request
from bpr.text import BLANK_MARKS
from tests.builder import Rows, assert_rows, codes, findings, read, text_file, workbook

MAIN = "row task_name activity_name staff_type annual_count minutes_per_case annual_hours fte"


def test_one_header_row() -> None:
    rows: Rows = [
        ["部", "課", "係", "業務名", "作業内容", "職員区分", "年間件数", "年間作業時間(h)", "処理媒体", "決裁等印鑑使用", "住民印鑑使用", "職員でなければできない", "専門性", "定型", "根拠法令", "使用システム", "繁忙期", "頻度", "課題"],
        ["総務部", "税務課", "資産税係", "賦課", "申告書の入力", "正規職員", 1200, 200.5, "紙（量多い）", "有", "無", "いいえ", "いいえ", "はい", "地方税法", "税総合", "1～3月", "毎日", "誤入力"],
        ["総務部", "税務課", "資産税係", "賦課", "税額の決定", "会計年度任用職員", None, 10, "電子", "無", "有", "はい", None, None, None, None, None, None, None],
    ]  # fmt: skip
    tasks = read(workbook(rows)).tasks
    assert_rows(
        tasks,
        MAIN,
        [
            [2, "賦課", "申告書の入力", "regular", 1200.0, None, 200.5, None],
            [3, "賦課", "税額の決定", "nonregular", None, None, 10.0, None],
        ],
    )
    assert_rows(
        tasks,
        "department division unit medium approval_seal resident_seal must_be_staff needs_expertise is_routine",
        [
            ["総務部", "税務課", "資産税係", "paper_many", True, False, False, False, True],
            ["総務部", "税務課", "資産税係", "electronic", False, True, True, None, None],
        ],
    )
    assert_rows(
        tasks,
        "legal_basis systems peak_months frequency issues",
        [["地方税法", "税総合", "1～3月", "毎日", "誤入力"], [None] * 5],
    )


def test_title_notes_and_two_row_merged_header() -> None:
    rows: Rows = [
        ["みどり野町　業務量調査票（令和6年度）"],
        ["所属：税務課"],
        ["※ 1 行に 1 つの作業を書いてください。"],
        [],
        ["整理番号", "業務の概要", None, "業務量", None, "業務の性質による分類（I～IV）"],
        [None, "業務名", "作業名", "年間件数（件）", "年間作業時間（時間）", None],
        [1, "賦課", "入力", 10, 20, "Ⅲ"],
        [2, "賦課", "決定", 30, 40, "Ⅰ"],
        [None, "合計", None, 40, 60, None],
        ["※ 不明な点は総務課まで"],
    ]
    found = read(workbook(rows, merged=["A5:A6", "B5:C5", "D5:E5", "F5:F6"], name="回答.xlsx"))
    assert_rows(
        found.tasks,
        "task_id row municipality fiscal_year division task_name annual_count annual_hours must_be_staff is_routine",
        [
            ["2024-税務課-1", 7, "みどり野町", 2024, "税務課", "賦課", 10.0, 20.0, False, True],
            ["2024-税務課-2", 8, "みどり野町", 2024, "税務課", "賦課", 30.0, 40.0, True, None],
        ],
    )
    assert findings(found, "row code") == [[9, "total-row"], [10, "note-row"]]


def test_minutes_times_counts() -> None:
    rows: Rows = [
        ["業務名", "処理件数", "1件当たりの\n処理時間（分）"],
        ["賦課", 600, 15],
        ["徴収", "1,200件", "約1時間"],
        ["納税", 10, None],
    ]
    assert_rows(
        read(workbook(rows)).tasks,
        MAIN,
        [
            [2, "賦課", None, None, 600.0, 15.0, 150.0, None],
            [3, "徴収", None, None, 1200.0, 60.0, 1200.0, None],
            [4, "納税", None, None, 10.0, None, None, None],
        ],
    )


def test_monthly_hours_and_counts() -> None:
    rows: Rows = [["業務名", "月間件数", "月間時間（時間）"], ["賦課", 5, 2.5], ["徴収", None, 10]]
    assert_rows(
        read(workbook(rows)).tasks,
        MAIN,
        [
            [2, "賦課", None, None, 60.0, None, 30.0, None],
            [3, "徴収", None, None, None, None, 120.0, None],
        ],
    )


def test_full_time_staff() -> None:
    rows: Rows = [["事務の名称", "人役", "取扱件数"], ["賦課", 0.5, 100], ["徴収", "0.05人", None]]
    assert_rows(
        read(workbook(rows)).tasks,
        MAIN,
        [
            [2, "賦課", None, None, 100.0, None, 930.0, 0.5],
            [3, "徴収", None, None, None, None, 93.0, 0.05],
        ],
    )


def test_stated_hours_win_over_product_and_staff() -> None:
    rows: Rows = [
        ["業務名", "件数", "1件あたり時間（分）", "年間作業時間", "人役"],
        ["賦課", 60, 10, 7, 1],
        ["徴収", 60, 10, None, 1],
        ["納税", None, 10, None, 1],
    ]
    assert read(workbook(rows)).tasks["annual_hours"].to_list() == [7.0, 10.0, 1860.0]


def test_kinds_of_staff_in_columns_make_two_tasks_of_a_row() -> None:
    rows: Rows = [
        ["業務名", "作業名", "正規職員", None, "会計年度任用職員", None],
        [None, None, "件数", "時間（h）", "件数", "時間（h）"],
        ["賦課", "入力", 10, 1, 20, 2],
        ["賦課", "照合", None, None, 5, 3],
        ["徴収", "発送", 7, 4, None, None],
        ["納税", "相談", None, None, None, None],
        ["合計", None, 17, 5, 25, 5],
    ]
    found = read(workbook(rows, merged=["A1:A2", "B1:B2", "C1:D1", "E1:F1"]))
    assert_rows(
        found.tasks,
        "row block task_name activity_name staff_type staff_category annual_count annual_hours",
        [
            [3, 0, "賦課", "入力", "regular", "正規職員", 10.0, 1.0],
            [3, 1, "賦課", "入力", "nonregular", "会計年度任用職員", 20.0, 2.0],
            [4, 1, "賦課", "照合", "nonregular", "会計年度任用職員", 5.0, 3.0],
            [5, 0, "徴収", "発送", "regular", "正規職員", 7.0, 4.0],
            [6, 0, "納税", "相談", "regular", "正規職員", None, None],
        ],
    )
    assert found.tasks["annual_hours"].sum() == 10.0
    assert found.tasks["task_id"].n_unique() == found.tasks.height


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter"),
    [
        ("a.csv", "cp932", ","),
        ("a.csv", "utf-8-sig", ","),
        ("a.csv", "utf-8", ","),
        ("a.tsv", "utf-8", "\t"),
        ("a.tsv", "cp932", "\t"),
    ],
)
def test_text_files(name: str, encoding: str, delimiter: str) -> None:
    rows: Rows = [
        ["所属", "業務名", "件数", "作業時間（時間）", "媒体"],
        ["税務課", "賦課", "1,200", "12.5", "電子＋紙（量少ない）"],
        ["税務課", "徴収", "", "", ""],
    ]
    found = read(text_file(rows, name=name, encoding=encoding, delimiter=delimiter))
    assert_rows(
        found.tasks,
        "workbook sheet row division task_name annual_count annual_hours medium",
        [
            [name, "CSV", 2, "税務課", "賦課", 1200.0, 12.5, "mixed_few"],
            [name, "CSV", 3, "税務課", "徴収", None, None, None],
        ],
    )


def test_names_only() -> None:
    found = read(workbook([["課", "業務名"], ["税務課", "賦課"]]))
    assert_rows(
        found.tasks,
        "division task_name annual_hours annual_count",
        [["税務課", "賦課", None, None]],
    )
    assert codes(found) == []


def test_addresses_when_the_table_starts_elsewhere() -> None:
    rows: Rows = [
        ["課", "業務名", "年間時間", "処理媒体"],
        ["税務課", None, 3, "紙"],
        ["税務課", "賦課", "随時", "石板"],
    ]
    found = read(workbook(rows, start="D7"))
    assert sorted(findings(found, "cell row code")) == [
        ["E8", 8, "missing-name"],
        ["F9", 9, "irregular-number"],
        ["F9", 9, "missing-hours"],
        ["G9", 9, "unknown-choice"],
    ]
    assert found.tasks["row"].to_list() == [9]


def test_columns_of_the_request() -> None:
    rows: Rows = [["甲", "乙", "丙"], ["賦課", "x", 30], ["徴収", "y", 60]]
    request = Request(columns={"task_name": 0, "annual_count": 2}, header_row=1)
    assert_rows(
        read(workbook(rows), request=request).tasks,
        "row task_name annual_count",
        [[2, "賦課", 30.0], [3, "徴収", 60.0]],
    )


def test_header_row_of_the_request() -> None:
    rows: Rows = [["業務名", "件数", "作業名", "課題"], ["業務名", "年間時間"], ["賦課", 30]]
    found = read(workbook(rows), request=Request(header_row=2))
    assert_rows(found.tasks, "row task_name annual_hours annual_count", [[3, "賦課", 30.0, None]])


def test_sheet_of_the_request() -> None:
    book = workbook(
        [["業務名", "件数"], ["賦課", 1]], others={"二": [["業務名", "件数"], ["徴収", 2]]}
    )
    assert_rows(read(book).tasks, "sheet task_name", [["二", "徴収"], ["調査票", "賦課"]])
    assert_rows(read(book, request=Request(sheet="二")).tasks, "sheet task_name", [["二", "徴収"]])


# --- choices ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "medium"),
    [
        ("紙（量極大）", "paper_huge"),
        ("紙(量極大)", "paper_huge"),
        ("電子＋紙（量極大）", "mixed_huge"),
        ("紙 (量多い)", "paper_many"),
        ("電子+紙(量多い)", "mixed_many"),
        ("紙（量少ない）", "paper_few"),
        ("電子＋紙（量少ない）", "mixed_few"),
        ("紙", "paper"),
        ("電子＋紙", "mixed"),
        ("電子のみ", "electronic"),
        ("該当なし", "none"),
        ("石板", None),
        ("－", None),
    ],
)
def test_media(answer: str, medium: str | None) -> None:
    found = read(workbook([["業務名", "処理媒体"], ["賦課", answer]]))
    assert found.tasks["medium"].to_list() == [medium]


@pytest.mark.parametrize(
    ("header", "field", "answer", "value"),
    [
        ("決裁印", "approval_seal", "○", True),
        ("決裁印", "approval_seal", "×", False),
        ("決裁印", "approval_seal", "有り", True),
        ("決裁印", "approval_seal", "使用しない", False),
        ("決裁印", "approval_seal", 1, True),
        ("決裁印", "approval_seal", 0, False),
        ("決裁印", "approval_seal", True, True),
        ("決裁印", "approval_seal", "たぶん", None),
        ("住民印", "resident_seal", "あり", True),
        ("職員でなければできない", "must_be_staff", "できない", True),
        ("職員でなければできない", "must_be_staff", "できる", False),
        ("専門性が必要か", "needs_expertise", "不要", False),
        ("専門性が必要か", "needs_expertise", "要専門性", True),
        ("定型・非定型", "is_routine", "定型", True),
        ("定型・非定型", "is_routine", "非定型", False),
        ("決裁印", "approval_seal", "定型", None),
    ],
)
def test_yes_and_no(header: str, field: str, answer: str | int, value: bool | None) -> None:  # noqa: FBT001
    found = read(workbook([["業務名", header], ["賦課", answer]]))
    assert found.tasks[field].to_list() == [value]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("I コア", [True, None, None]),
        ("Ⅰ", [True, None, None]),
        ("II ノンコア（要専門性）", [False, True, None]),
        ("Ⅱ", [False, True, None]),
        ("III ノンコア（専門性不要・定型）", [False, False, True]),
        ("Ⅲ", [False, False, True]),
        (4, [False, False, False]),
        ("IV ノンコア（専門性不要・非定型）", [False, False, False]),
        ("Ⅴ", [None, None, None]),
    ],
)
def test_class_answers(answer: str | int, expected: list[bool | None]) -> None:
    found = read(workbook([["業務名", "業務の性質"], ["賦課", answer]]))
    assert_rows(found.tasks, "must_be_staff needs_expertise is_routine", [expected])


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("正規", "regular"),
        ("再任用職員", "regular"),
        ("会計年度（パート）", "nonregular"),
        ("嘱託", "nonregular"),
        ("議員", None),
    ],
)
def test_kinds_of_staff(answer: str, kind: str | None) -> None:
    found = read(workbook([["業務名", "職員区分"], ["賦課", answer]]))
    assert_rows(found.tasks, "staff_type staff_category", [[kind, answer]])


@pytest.mark.parametrize("mark", sorted(BLANK_MARKS - {""}))
def test_a_blank_mark_is_no_name(mark: str) -> None:
    found = read(workbook([["業務名", "作業名", "時間"], [mark, mark, 5]]))
    assert found.tasks.height == 0
    assert findings(found, "cell code") == [["A2", "missing-name"]]


# --- ids ----------------------------------------------------------------------------------------


def ids(rows: Rows, **place: str) -> list[str]:
    return read(workbook(rows, **place)).tasks["task_id"].to_list()  # type: ignore[arg-type]


NAMES: Rows = [
    ["課", "業務名", "作業名", "時間"],
    ["税務課", "賦課", "入力", 1],
    ["税務課", "賦課", "照合", 2],
]


def test_ids_outlive_other_hours_files_rows_and_spellings() -> None:
    before = ids(NAMES)
    again: Rows = [
        ["課", "時間", "業務名", "作業名"],
        ["税務課", 9, "賦　課", "照合"],
        ["税務課", 8, "賦課", "入 力"],
    ]
    assert ids(again, name="別.xlsx", start="C9") == before[::-1]
    assert len(set(before)) == 2


def test_ids_differ_by_year_and_division() -> None:
    year: Rows = [["令和6年度"], *NAMES]
    other: Rows = [NAMES[0], *[["収納課", *row[1:]] for row in NAMES[1:]]]
    assert len({*ids(NAMES), *ids(year), *ids(other)}) == 6


def test_equal_names_are_told_apart() -> None:
    first, _ = ids(NAMES)
    assert ids([*NAMES[:2], NAMES[1], NAMES[1]]) == [first, f"{first}-2", f"{first}-3"]


def test_the_surveys_own_number_is_the_id() -> None:
    rows: Rows = [
        ["整理番号", "課", "業務名", "時間"],
        [12, "税務課", "賦課", 1],
        ["A-3", "税務課", "徴収", 2],
    ]
    assert ids(rows) == ["税務課-12", "税務課-A-3"]


@pytest.mark.parametrize("numbers", [["1", "1-2", "1"], ["1", "1", "1-2"], ["1", "1", "1"]])
def test_numbers_of_any_pattern_give_distinct_ids(numbers: list[str]) -> None:
    rows: Rows = [
        ["整理番号", "課", "業務名", "時間"],
        *[[number, "税務課", f"業務{i}", 1] for i, number in enumerate(numbers)],
    ]
    assert len(set(ids(rows))) == 3


def test_numbers_beside_kinds_of_staff_give_distinct_ids() -> None:
    rows: Rows = [
        ["整理番号", "業務名", "正規職員", None, "会計年度任用職員", None],
        [None, None, "件数", "時間", "件数", "時間"],
        ["1", "賦課", 1, 1, 2, 2],
        ["1-1", "徴収", 1, 1, 2, 2],
    ]
    book = workbook(rows, merged=["A1:A2", "B1:B2", "C1:D1", "E1:F1"])
    assert read(book).tasks["task_id"].n_unique() == 4
