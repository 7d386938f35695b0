"""Of several like columns the right one counts, or their sum; the others are told."""

from collections.abc import Sequence

import pytest

from bpr.read.cells import Cell, column_letter
from bpr.read.layout import Layout
from bpr.read.request import Request
from tests.builder import SETTINGS, Rows, find_layout, grid, read, workbook

MONTHS = [f"{month}月" for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]


def layout(*rows: Sequence[Cell]) -> Layout:
    found = find_layout(grid(*rows), SETTINGS.survey, Request())
    assert found is not None
    return found


def used(found: Layout) -> list[tuple[str, str]]:
    """Column letters (of all parts) and field, without the name's."""
    return [
        ("".join(column_letter(p.index) for p in c.parts) or column_letter(c.index), c.field)
        for c in found.columns
        if c.field != "task_name"
    ]


def left_out(found: Layout) -> list[tuple[str, str]]:
    return [(label, code) for _, label, code in found.ignored]


def test_twelve_months_of_cases_are_added() -> None:
    found = layout(
        ["業務名", *[f"{m}件数" for m in MONTHS], "1件あたり時間（分）"],
        ["賦課", *[1.0] * 12, 30.0],
    )
    assert used(found) == [("BCDEFGHIJKLM", "annual_count"), ("N", "minutes_per_case")]
    assert left_out(found) == []


@pytest.mark.parametrize(
    ("beside", "field"),
    [
        ("1件あたり時間（分）", "annual_count"),
        ("年間時間", "annual_count"),
        ("件数", "annual_hours"),
        ("処理媒体", "annual_hours"),
    ],
)
def test_bare_months_are_what_no_other_column_tells(beside: str, field: str) -> None:
    cell: Cell = "紙" if beside == "処理媒体" else 10.0
    found = layout(["業務名", *MONTHS, beside], ["賦課", *[1.0] * 12, cell])
    assert ("BCDEFGHIJKLM", field) in used(found)


def test_less_than_half_a_year_of_bare_months_says_nothing() -> None:
    found = layout(["業務名", "件数", "4月", "5月"], ["賦課", 1.0, 2.0, 3.0])
    assert left_out(found) == [("4月", "column-ignored"), ("5月", "column-ignored")]


def test_a_total_beside_its_months_is_read_alone() -> None:
    labels = ["業務名", *[f"件数/{m}" for m in MONTHS], "件数/年計"]
    found = layout(labels, ["賦課", *[1.0] * 12, 12.0])
    assert used(found) == [("N", "annual_count")]
    assert {code for _, code in left_out(found)} == {"column-part"}


@pytest.mark.parametrize(
    ("labels", "columns"),
    [
        (["上半期", "下半期"], "BC"),
        (["上期", "下期"], "BC"),
        (["第1四半期", "第2四半期", "第3四半期", "第4四半期"], "BCDE"),
        (["課長", "係長", "主事"], "BCD"),
    ],
)
def test_halves_quarters_and_ranks_are_added(labels: list[str], columns: str) -> None:
    blank = [""] * (len(labels) - 1)
    found = layout(["業務名", "年間時間", *blank], ["", *labels], ["賦課", *[1.0] * len(labels)])
    assert used(found) == [(columns, "annual_hours")]


def test_persons_below_their_group_are_added() -> None:
    found = layout(
        ["業務名", "職員別時間", "", ""], ["", "甲野", "乙山", "丙川"], ["賦課", 1.0, 2.0, 3.0]
    )
    assert used(found) == [("BCD", "annual_hours")]


@pytest.mark.parametrize(
    ("labels", "kept", "other"),
    [
        (["令和5年度 件数", "令和6年度 件数"], "C", "令和5年度 件数"),
        (["令和6年度 件数", "令和5年度 件数"], "B", "令和5年度 件数"),
        (["R5件数", "R6件数"], "C", "R5件数"),
        (["件数", "前年度件数"], "B", "前年度件数"),
        (["件数（実績）", "件数目標"], "B", "件数目標"),
        (["導入前件数", "導入後件数"], "B", "導入後件数"),
        (["現状の件数", "見直し後の件数"], "B", "見直し後の件数"),
    ],
)
def test_the_latest_year_and_the_state_of_now_count(
    labels: list[str], kept: str, other: str
) -> None:
    found = layout(["業務名", *labels], ["賦課", 1.0, 2.0])
    assert used(found) == [(kept, "annual_count")]
    assert [label for label, _ in left_out(found)] == [other]


def test_what_is_read_of_another_time_is_told_as_such() -> None:
    found = layout(["業務名", "令和5年度 件数", "令和6年度 件数"], ["賦課", 1.0, 2.0])
    assert left_out(found) == [("令和5年度 件数", "column-other-period")]


def test_seasons_are_left_out_beside_the_year() -> None:
    found = layout(
        ["業務名", "業務規模", "", ""],
        ["", "通常期", "繁忙期", "年間計"],
        ["賦課", 5.0, 20.0, 120.0],
    )
    assert used(found) == [("D", "annual_count")]
    assert {code for _, code in left_out(found)} == {"column-part"}


def test_seasons_alone_are_not_added() -> None:
    found = layout(["業務名", "業務規模", ""], ["", "通常期", "繁忙期"], ["賦課", 5.0, 20.0])
    assert used(found) == [("B", "annual_count")]


def test_the_total_beside_kinds_of_staff_is_left_out() -> None:
    found = layout(
        ["業務名", "年間時間", "", ""], ["", "正規", "会計年度", "計"], ["賦課", 1.0, 2.0, 3.0]
    )
    assert [(c.field, c.block) for c in found.columns[1:]] == [
        ("annual_hours", 0),
        ("annual_hours", 1),
    ]
    assert [code for _, code in left_out(found)] == ["column-total"]


def test_columns_of_which_each_row_fills_one_take_turns() -> None:
    rows: Rows = [
        ["業務名", "1日あたり（分）", "1週あたり（時間）", "年間時間（時間）"],
        ["窓口", 30, None, None],
        ["会議", None, 2, None],
        ["賦課", None, None, 100],
    ]
    found = read(workbook(rows))
    assert found.tasks["annual_hours"].to_list() == [pytest.approx(120), 104, 100]


def test_columns_of_two_periods_that_are_both_filled_are_not_added() -> None:
    rows: Rows = [["業務名", "月間時間", "年間時間"], ["賦課", 10, 120], ["徴収", 5, 60]]
    found = read(workbook(rows))
    assert found.tasks["annual_hours"].sum() == 180


def test_months_with_a_mark_are_listed_as_busy_months() -> None:
    rows: Rows = [
        ["業務名", "年間時間", "繁忙期", None, None],
        [None, None, "4月", "5月", "6月"],
        ["賦課", 10, "○", None, "○"],
        ["徴収", 10, None, "×", None],
    ]
    found = read(workbook(rows, merged=["A1:A2", "B1:B2", "C1:E1"]))
    assert found.tasks["peak_months"].to_list() == ["4月、6月", None]


@pytest.mark.parametrize(
    ("labels", "fields"),
    [
        (["業務名", "業務内容"], ["task_name", "activity_name"]),
        (["業務名", "業務内容", "作業名"], ["task_name", "activity_name"]),
        (["業務名", "業務名"], ["task_name"]),
    ],
)
def test_a_second_name_is_the_activity(labels: list[str], fields: list[str]) -> None:
    values: list[Cell] = ["賦課", "申告書の入力", "入力"]
    found = layout([*labels, "件数"], [*values[: len(labels)], 3.0])
    assert [c.field for c in found.columns if c.field != "annual_count"] == fields


@pytest.mark.parametrize(
    ("labels", "value", "field"),
    [
        (["件数", "時間（分）"], 30.0, "minutes_per_case"),
        (["件数", "時間（時間）"], 2.0, "annual_hours"),
        (["件数", "年間時間（分）"], 30.0, "annual_hours"),
        (["頻度", "所要時間（分）"], 30.0, "minutes_per_case"),
        (["頻度", "所要時間（時間）"], 2.0, "minutes_per_case"),
        (["頻度", "所要時間（時間）"], 200.0, "annual_hours"),
        (["処理媒体", "時間（分）"], 30.0, "annual_hours"),
    ],
)
def test_times_per_case_and_times_a_year(labels: list[str], value: float, field: str) -> None:
    known: dict[str, Cell] = {"件数": 10.0, "頻度": "毎月"}
    first = known.get(labels[0], "紙")
    found = layout(["業務名", *labels], ["賦課", first, value])
    assert found.columns[-1].field == field


def test_a_second_column_of_one_meaning_is_told() -> None:
    found = layout(["業務名", "件数", "処理件数"], ["賦課", 1.0, 2.0])
    assert used(found) == [("B", "annual_count")]
    assert left_out(found) == [("処理件数", "column-duplicate")]


def test_a_sure_label_wins_over_one_known_by_its_words() -> None:
    found = layout(["業務名", "申請数のおおよそ", "年間件数"], ["賦課", 1.0, 2.0])
    assert used(found) == [("C", "annual_count")]
