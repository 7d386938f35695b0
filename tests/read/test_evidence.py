"""Columns that are known by what stands in them, where their labels say nothing."""

import polars as pl
import pytest

from tests.builder import Outcome, Rows, Value, codes, read, workbook


def table(label: str, *values: Value, more: tuple[str, Value] = ("年間時間", 10)) -> Outcome:
    """Tasks with a column of an unknown label."""
    rows = [[f"業務{n}", more[1], value] for n, value in enumerate(values)]
    return read(workbook([["業務名", more[0], label], *rows]))


def field_of(found: Outcome, column: str = "C") -> str | None:
    fields = found.survey.columns.filter(column=column)["field"].to_list()
    return fields[0] if fields else None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (["紙", "電子", "紙", "併用"], "medium"),
        (["☑紙　□電子", "□紙　☑電子", "☑紙　□電子"], "medium"),
        (["正規", "会計年度", "正規"], "staff_category"),
        (["紙", "電子"], None),
        (["紙", "紙", "紙"], None),
        (["紙", "電子", "紙", "石", "木", "土"], None),
    ],
)
def test_answers_of_one_vocabulary(values: list[Value], field: str | None) -> None:
    assert field_of(table("しるし", *values)) == field


def test_a_field_that_is_asked_elsewhere_is_not_taken_again() -> None:
    found = table("しるし", "紙", "電子", "紙", more=("処理媒体", "紙"))
    assert field_of(found) is None


@pytest.mark.parametrize(
    ("values", "more", "field"),
    [
        (["20件", "約30件", "1,000件"], ("年間時間", 10), "annual_count"),
        (["15分", "30分", "1時間"], ("件数", 10), "minutes_per_case"),
        (["0.5人役", "1人役", "2人役"], ("件数", 10), "fte"),
        (["10時間", "20時間", "30時間"], ("処理媒体", "紙"), "annual_hours"),
        (["15分", "30分"], ("件数", 10), None),
        ([15, 30, 60], ("件数", 10), None),
        (["5km", "6km", "7km"], ("件数", 10), None),
    ],
)
def test_units_in_the_cells(
    values: list[Value], more: tuple[str, Value], field: str | None
) -> None:
    assert field_of(table("どれくらい", *values, more=more)) == field


def test_what_was_known_by_values_is_told_as_a_guess() -> None:
    found = table("しるし", "紙", "電子", "紙")
    told = found.diagnostics.filter(code="column-guessed")
    assert told.select("cell", "value").rows() == [("C1", "しるし→処理媒体")]


def test_columns_of_which_one_is_marked_are_one_answer() -> None:
    rows: Rows = [
        ["業務名", "年間時間", "紙", "電子", "両方"],
        ["賦課", 1, "○", None, None],
        ["徴収", 2, None, "○", None],
        ["窓口", 3, None, None, "○"],
        ["会議", 4, None, None, None],
    ]
    assert read(workbook(rows)).tasks["medium"].to_list() == ["paper", "electronic", "mixed", None]


def test_columns_with_other_texts_are_no_marks() -> None:
    rows: Rows = [
        ["業務名", "年間時間", "紙", "電子"],
        ["賦課", 1, "請求書", None],
        ["徴収", 2, None, "システム名"],
    ]
    assert read(workbook(rows)).tasks["medium"].to_list() == [None, None]


PEOPLE: Rows = [
    ["業務名", "甲野", "乙山", "丙川", "計"],
    ["賦課", 0.2, 0.3, None, 0.5],
    ["徴収", 0.5, 0.5, 0.2, 1.2],
    ["窓口", 0.3, 0.2, 0.8, 1.3],
]


def test_persons_that_add_up_to_their_total_are_shares() -> None:
    found = read(workbook([["業務別の従事割合"], *PEOPLE]))
    assert found.tasks["fte"].to_list() == [0.5, 1.2, 1.3]


def test_percents_of_persons_are_told_by_their_size() -> None:
    rows = [[row[0], *[None if v is None else 100 * v for v in row[1:]]] for row in PEOPLE[1:]]
    found = read(workbook([["業務別の従事割合"], PEOPLE[0], *rows]))
    assert found.tasks["fte"].to_list() == pytest.approx([0.5, 1.2, 1.3])


def test_persons_that_add_up_to_hours_where_the_title_says_so() -> None:
    found = read(workbook([["業務別の年間の時間"], *PEOPLE]))
    assert found.tasks["annual_hours"].to_list() == [0.5, 1.2, 1.3]


def test_a_total_that_is_none_is_not_taken() -> None:
    rows = [PEOPLE[0], *[[*row[:4], 9.9] for row in PEOPLE[1:]]]
    found = read(workbook([["業務別の従事割合"], *rows]))
    assert found.tasks["fte"].to_list() == [None, None, None]


NAMES = ["固定資産税の賦課", "住民票の発行", "庁舎の管理", "議会の対応"]


def named(label: str, *values: Value) -> list[str]:
    rows = [[value, 10, 5] for value in values]
    found = read(workbook([[label, "年間件数", "1件あたり時間（分）"], *rows]))
    return found.tasks["task_name"].to_list()


@pytest.mark.parametrize("label", ["しごとの中身", "取り組む項目", "お仕事"])
def test_distinct_texts_under_a_label_that_speaks_of_work_are_the_names(label: str) -> None:
    assert named(label, *NAMES) == NAMES


@pytest.mark.parametrize(
    ("label", "values"),
    [
        ("担当職員の仕事", NAMES),
        ("備考", NAMES),
        ("お仕事", ["甲", "乙", "丙"]),
        ("お仕事", ["窓口業務"] * 4),
        ("お仕事", [101, 102, 103]),
    ],
)
def test_texts_that_are_not_taken_for_names(label: str, values: list[Value]) -> None:
    assert named(label, *values) == []


def test_words_in_a_label_need_values_to_match() -> None:
    rows: Rows = [
        ["業務名", "年間時間", "申請数について"],
        ["賦課", 1, "多くなっている"],
        ["徴収", 2, "減っている"],
    ]
    found = read(workbook(rows))
    assert field_of(found) is None
    assert "column-ignored" in codes(found)


def test_a_column_without_any_value_keeps_what_its_words_say() -> None:
    rows: Rows = [["業務名", "年間時間", "申請数のおおよそ"], ["賦課", 1, None]]
    columns = read(workbook(rows)).survey.columns
    assert columns.filter(pl.col("column") == "C")["field"].to_list() == ["annual_count"]
