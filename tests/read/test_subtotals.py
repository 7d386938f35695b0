"""Totals that no word betrays are found by their sums, and by nothing else."""

import pytest

from tests.builder import Rows, Value, codes, read, workbook

HEADER: list[Value] = ["業務名", "作業名", "年間時間"]


def kept(*rows: list[Value], header: list[Value] = HEADER) -> list[int]:
    """Rows that are tasks."""
    return read(workbook([header, *rows], name="税務課.xlsx")).tasks["row"].to_list()


@pytest.mark.parametrize(
    ("rows", "tasks"),
    [
        ([["賦課", None, 30], ["賦課", "入力", 10], ["賦課", "照合", 20]], [3, 4]),
        ([["賦課", "入力", 10], ["賦課", "照合", 20], ["賦課", None, 30]], [2, 3]),
        ([["賦課", None, 31], ["賦課", "入力", 10], ["賦課", "照合", 20]], [2, 3, 4]),
        ([["賦課", None, 10], ["徴収", "督促", 10]], [2, 3]),
        ([["徴収", "督促", 10], ["賦課", None, 10]], [2, 3]),
        ([["徴収", "督促", 10], [None, "催告", 20], ["賦課", None, 20]], [2, 3, 4]),
        ([["賦課", None, 30], [None, "入力", 10], ["〃", "照合", 20]], [3, 4]),
        ([["賦課", None, 10], ["賦課", "入力", 10]], [2, 3]),
        (
            [
                ["賦課", None, 10],
                ["賦課", "入力", 10],
                ["徴収", None, 30],
                ["徴収", "督促", 10],
                ["徴収", "催告", 20],
            ],
            [3, 5, 6],
        ),
        ([["全体", None, 30], ["賦課", "入力", 10], ["徴収", "督促", 20]], [3, 4]),
        ([["全体", None, 10], ["賦課", "入力", 10]], [2, 3]),
        ([["賦課", None, None], ["賦課", "入力", 10], ["賦課", "照合", 20]], [2, 3, 4]),
        ([["賦課", "全体", 30], ["賦課", "入力", 10], ["賦課", "照合", 20]], [2, 3, 4]),
        ([["税務課", "事務", 30], ["賦課", "入力", 10], ["徴収", "督促", 20]], [2, 3, 4]),
    ],
)
def test_rows_above_or_below_their_members(rows: list[list[Value]], tasks: list[int]) -> None:
    assert kept(*rows) == tasks


def test_totals_of_totals() -> None:
    rows: list[list[Value]] = [
        ["税", None, None, 60],
        ["税", "賦課", None, 30],
        ["税", "賦課", "入力", 10],
        ["税", "賦課", "照合", 20],
        ["税", "徴収", None, 30],
        ["税", "徴収", "督促", 30],
    ]
    assert kept(*rows, header=["大分類", "業務名", "作業名", "年間時間"]) == [4, 5, 7]


def test_an_office_among_the_names_is_a_total_where_it_adds_up() -> None:
    header: list[Value] = ["業務名", "年間時間"]
    rows: list[list[Value]] = [["税務課", 30], ["賦課", 10], ["徴収", 20]]
    assert kept(*rows, header=header) == [3, 4]
    assert kept(["税務課", 31], *rows[1:], header=header) == [2, 3, 4]


@pytest.mark.parametrize(
    ("rows", "tasks"),
    [
        ([["賦課", 10], ["徴収", 20], [None, 30]], [2, 3]),
        ([["賦課", 10], ["徴収", 20], [None, 20]], [2, 3]),
    ],
)
def test_rows_without_any_name(rows: list[list[Value]], tasks: list[int]) -> None:
    assert kept(*rows, header=["業務名", "年間時間"]) == tasks


def test_a_nameless_row_that_adds_up_two_is_a_total_and_no_error() -> None:
    rows: Rows = [["業務名", "年間時間"], ["賦課", 10], ["徴収", 20], [None, 30]]
    found = codes(read(workbook(rows)))
    assert "total-row" in found
    assert "missing-name" not in found


def test_a_nameless_row_that_equals_one_row_is_an_error() -> None:
    rows: Rows = [["業務名", "年間時間"], ["賦課", 10], ["徴収", 20], [None, 20]]
    found = codes(read(workbook(rows)))
    assert "missing-name" in found
    assert "total-row" not in found


def test_counts_are_added_where_no_hours_are_told() -> None:
    header: list[Value] = ["業務名", "作業名", "年間件数"]
    rows: list[list[Value]] = [["賦課", None, 30], ["賦課", "入力", 10], ["賦課", "照合", 20]]
    assert kept(*rows, header=header) == [3, 4]


def test_what_was_left_out_is_told() -> None:
    rows: Rows = [HEADER, ["賦課", None, 30], ["賦課", "入力", 10], ["賦課", "照合", 20]]
    told = read(workbook(rows)).diagnostics.filter(code="total-row")
    assert told.select("cell", "value").rows() == [("A2", "賦課")]
