"""Labels that are written in ways no alias foresees."""

import polars as pl
import pytest

from bpr.read.cells import Sheet, column_letter
from bpr.read.layout import Layout
from bpr.read.request import Request
from tests.builder import SETTINGS, Outcome, Rows, assert_rows, find_layout, read, workbook


def told_of_columns(found: Outcome) -> list[list[str]]:
    told = found.diagnostics.filter(pl.col("code").str.starts_with("column-"))
    return [list(row) for row in told.select("cell", "code").rows()]


def find(*rows: list[str | float]) -> Layout:
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    layout = find_layout(Sheet("調査票", padded, (), visible=True), SETTINGS.survey, Request())  # type: ignore[arg-type]
    assert layout is not None
    return layout


def fields(layout: Layout) -> list[tuple[str, str, int | None, str | None]]:
    return [(column_letter(c.index), c.field, c.block, c.measure) for c in layout.columns]


def test_groups_that_are_not_merged_hold_for_the_columns_to_their_right() -> None:
    layout = find(
        ["業務名", "正規職員", "", "会計年度任用職員", "", "処理媒体"],
        ["", "件数", "時間(h)", "件数", "時間(h)", ""],
        ["賦課", 1, 2, 3, 4, "紙"],
    )
    assert layout.header_row == 1
    assert fields(layout) == [
        ("A", "task_name", None, None),
        ("B", "annual_count", 0, None),
        ("C", "annual_hours", 0, "時間"),
        ("D", "annual_count", 1, None),
        ("E", "annual_hours", 1, "時間"),
        ("F", "medium", None, None),
    ]


def test_a_group_does_not_reach_over_a_column_without_a_label_of_its_own() -> None:
    layout = find(["正規職員", "", ""], ["", "業務名", "件数"], ["", "賦課", 3])
    assert fields(layout) == [
        ("B", "task_name", None, None),
        ("C", "annual_count", None, None),
    ]


def test_a_header_of_four_rows() -> None:
    layout = find(
        ["業務", "業務量", "", ""],
        ["", "業務量", "", ""],
        ["", "正規職員", "正規職員", "非常勤職員"],
        ["", "件数", "時間", "時間"],
        ["賦課", 1, 2, 3],
    )
    assert layout.header_row == 3
    assert [(c.field, c.block) for c in layout.columns] == [
        ("task_name", None),
        ("annual_count", 0),
        ("annual_hours", 0),
        ("annual_hours", 1),
    ]


def test_units_in_a_row_of_their_own() -> None:
    rows: Rows = [
        ["業務名", "年間件数", "1件あたり時間", "年間作業時間"],
        [None, "（件）", "（秒）", "（分）"],
        ["賦課", 120, 30, 60],
    ]
    found = read(workbook(rows))
    assert_rows(
        found.tasks,
        "row task_name annual_count minutes_per_case annual_hours",
        [[3, "賦課", 120.0, 0.5, 1.0]],
    )


def test_a_first_task_is_not_taken_for_units() -> None:
    rows: Rows = [["業務名", "処理媒体"], ["件", "紙"], ["賦課", "紙"]]
    assert read(workbook(rows)).tasks["task_name"].to_list() == ["件", "賦課"]


@pytest.mark.parametrize("line", ["（単位：分）", "※単位は分", "[単位:分]"])
def test_a_unit_told_above_the_table(line: str) -> None:
    rows: Rows = [[line], ["業務名", "年間作業時間", "月間時間（時間）"], ["賦課", 90, 2]]
    assert read(workbook(rows)).tasks["annual_hours"].to_list() == [1.5]


def test_a_unit_in_the_label_wins_over_the_one_above() -> None:
    rows: Rows = [["（単位：千円）"], ["業務名", "年間作業時間（分）"], ["賦課", 90]]
    assert read(workbook(rows)).tasks["annual_hours"].to_list() == [1.5]


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("年間の作業時間", "annual_hours"),
        ("職員でなければできない業務か", "must_be_staff"),
        ("１件あたりの作業時間数", "minutes_per_case"),
    ],
)
def test_a_label_nearly_like_an_alias_is_read_and_told(label: str, field: str) -> None:
    found = read(workbook([["課", "業務名", label], ["税務課", "賦課", 1]]))
    (column,) = found.survey.columns.filter(column="C").rows(named=True)
    assert column["field"] == field
    assert column["confidence"] == 0.8
    assert told_of_columns(found) == [["C1", "column-guessed"]]


@pytest.mark.parametrize(
    "label", ["削減後の年間作業時間", "前年間作業時間", "担当課長", "事業費", "年間作業時間の理由"]
)
def test_a_label_that_speaks_of_something_else_is_left_out(label: str) -> None:
    found = read(workbook([["課", "業務名", label], ["税務課", "賦課", 1]]))
    assert found.survey.columns["column"].to_list() == ["A", "B"]
    assert told_of_columns(found) == [["C1", "column-ignored"]]
