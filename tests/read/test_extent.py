"""Several tables on one sheet: each ends where the title of the next begins."""

import pytest

from bpr.read.cells import Cell
from bpr.read.extent import Region, end_tables
from tests.builder import SETTINGS, Rows, assert_rows, codes, grid, read, workbook

SURVEY = SETTINGS.survey
LABELS: list[Cell] = ["業務名", "件数"]
TASK: list[Cell] = ["賦課", 1.0]


def region(header: int, left: int = 0, right: int = 2) -> Region:
    return Region(header, header, left, right, 4)


@pytest.mark.parametrize(
    ("between", "end"),
    [
        ([], 2),
        ([[""]], 2),
        ([["■ 徴収係"]], 2),
        ([[""], ["徴収係"]], 2),
        ([["徴収係"], [""]], 2),
        ([["①窓口"], ["所属", "税務課"]], 2),
        ([["（単位：件）"]], 2),
        ([["徴収", 3.0]], 3),
        ([["徴収"]], 3),
        ([["徴収"], [""]], 3),
        ([["徴収", 3.0], ["徴収係"]], 3),
    ],
)
def test_a_table_reaches_down_to_the_title_of_the_next(between: list[list[Cell]], end: int) -> None:
    sheet = grid(LABELS, TASK, *between, LABELS, TASK)
    first, second = end_tables(sheet, [region(0), region(2 + len(between))], SURVEY)
    assert (first.end_row, second.end_row) == (end, len(sheet.rows))
    assert (first.title_row, second.title_row) == (0, end)


def test_tables_side_by_side_both_reach_the_end() -> None:
    sheet = grid([*LABELS, *LABELS], [*TASK, *TASK])
    ended = end_tables(sheet, [region(0), region(0, 2, 4)], SURVEY)
    assert [r.end_row for r in ended] == [2, 2]


def test_a_table_below_the_left_one_does_not_end_the_right_one() -> None:
    sheet = grid([*LABELS, *LABELS], [*TASK, *TASK], LABELS, [*TASK, *TASK])
    ended = end_tables(sheet, [region(0), region(0, 2, 4), region(2)], SURVEY)
    assert [r.end_row for r in ended] == [2, 4, 4]


def test_stacked_tables_take_the_place_in_their_own_title() -> None:
    rows: Rows = [
        ["市民税係"],
        ["業務名", "件数", "年間時間"],
        ["賦課", 1, 2],
        [],
        ["資産税係"],
        ["業務名", "作業名", "年間時間"],
        ["評価", "現地調査", 3],
    ]
    found = read(workbook(rows))
    assert_rows(
        found.tasks,
        "row unit task_name activity_name annual_hours",
        [[3, "市民税係", "賦課", None, 2.0], [7, "資産税係", "評価", "現地調査", 3.0]],
    )
    assert "several-tables" in codes(found)


def test_a_table_above_one_with_more_columns_is_read_too() -> None:
    rows: Rows = [
        ["大分類", "業務名", "年間時間"],
        ["税", "賦課", 1],
        ["■ 窓口"],
        ["大分類", "業務名", "作業名", "年間時間"],
        ["窓", "証明", "発行", 3],
    ]
    found = read(workbook(rows))
    assert found.tasks.select("row", "task_name").rows() == [(2, "賦課"), (5, "証明")]


def test_the_same_header_again_is_no_second_table() -> None:
    rows: Rows = [
        ["業務名", "件数", "年間時間"],
        ["賦課", 1, 2],
        ["業務名", "件数", "年間時間"],
        ["徴収", 3, 4],
    ]
    found = read(workbook(rows))
    assert found.tasks["row"].to_list() == [2, 4]
    assert "several-tables" not in codes(found)
    assert "header-row" in codes(found)


def test_tables_side_by_side_share_the_office_on_their_left() -> None:
    rows: Rows = [
        ["係", "業務名", "年間時間", "業務名", "年間時間"],
        ["市民税係", "賦課", 1, "徴収", 2],
        ["資産税係", "評価", 3, None, None],
    ]
    found = read(workbook(rows))
    assert sorted(found.tasks.select("unit", "task_name", "annual_hours").rows()) == [
        ("市民税係", "徴収", 2.0),
        ("市民税係", "賦課", 1.0),
        ("資産税係", "評価", 3.0),
    ]


def test_offices_over_tables_side_by_side() -> None:
    rows: Rows = [
        ["【市民税係】", None, None, "【資産税係】", None, None],
        ["業務名", "件数", "年間時間", "業務名", "件数", "年間時間"],
        ["賦課", 1, 2, "評価", 3, 4],
    ]
    found = read(workbook(rows, merged=["A1:C1", "D1:F1"]))
    assert sorted(found.tasks.select("unit", "task_name", "annual_hours").rows()) == [
        ("市民税係", "賦課", 2.0),
        ("資産税係", "評価", 4.0),
    ]
