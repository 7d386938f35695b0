"""Who has returned what: the list beside the returns, and its totals."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from bpr.frames import Collection, DataFrame, Offices, empty
from bpr.pipeline import Workbook, run
from bpr.tabulate.collection import collect_returns, summarize_collection
from tests.builder import SETTINGS, Rows, assert_rows, workbook

TODAY = date(2027, 6, 20)
HEADER = ["部", "課", "業務名", "年間件数", "年間作業時間"]
TAX: Rows = [HEADER, ["総務部", "税務課", "賦課", 10, 400], ["総務部", "税務課", "徴収", 5, None]]
WELFARE: Rows = [HEADER, ["福祉部", "福祉課", "給付", 10, 100], ["福祉部", "福祉課", None, 5, 5]]


def listed(*rows: Sequence[Any]) -> DataFrame[Offices]:
    schema = empty(Offices).schema
    padded = [[*row, *[None] * (len(schema) - len(row))] for row in rows]
    return Offices.validate(pl.DataFrame(padded, schema=schema, orient="row"))


def collect(*books: Workbook, offices: DataFrame[Offices] | None = None) -> DataFrame[Collection]:
    report = run(books, SETTINGS)
    asked = empty(Offices) if offices is None else offices
    return collect_returns(report.workbooks, report.tasks, report.diagnostics, asked, TODAY)


def test_nothing_asked_and_nothing_returned() -> None:
    found = collect()
    assert found.height == 0
    summary = summarize_collection(found)
    assert (summary.listed, summary.returned, summary.hours, summary.days_left) == (0, 0, 0, None)


def test_the_list_in_its_order_then_those_that_nobody_listed() -> None:
    offices = listed(["福祉課", None], ["総務課", "総務部"])
    found = collect(workbook(TAX, name="a.xlsx"), workbook(WELFARE, name="b.xlsx"), offices=offices)
    assert_rows(
        found,
        "division department status workbooks rows tasks hours errors is_listed",
        [
            ["福祉課", "福祉部", "errors", "b.xlsx", 2, 1, 100.0, 1, True],
            ["総務課", "総務部", "missing", None, 0, 0, None, 0, True],
            ["税務課", "総務部", "returned", "a.xlsx", 2, 2, 400.0, 0, False],
        ],
    )


def test_days_are_counted_to_the_due_day() -> None:
    offices = listed(
        ["税務課", None, date(2027, 6, 20)], ["福祉課", None, date(2027, 6, 30)],
        ["総務課", None, date(2027, 6, 15)], ["農政課", None, None],
    )  # fmt: skip
    found = collect(offices=offices)
    assert found["days_left"].to_list() == [0, 10, -5, None]
    assert summarize_collection(found).days_left == -5


def test_staff_is_that_of_the_list() -> None:
    found = collect(workbook(TAX), offices=listed(["税務課", None, None, 8.0, 2.5]))
    assert_rows(found, "regular_staff nonregular_staff", [[8.0, 2.5]])


@pytest.mark.parametrize("name", ["税務課", "税　務　課", "総務部税務課", "総務部　税務課"])
def test_a_division_is_found_however_it_is_spaced_and_with_its_department(name: str) -> None:
    rows: Rows = [["課", "業務名"], [name, "賦課"]]
    found = collect(workbook(rows), offices=listed(["税務課", "総務部"]))
    assert_rows(found, "division department status", [["税務課", "総務部", "returned"]])


def test_two_workbooks_of_a_division_are_one_row() -> None:
    found = collect(workbook(TAX, name="b.xlsx"), workbook(TAX, name="a.xlsx"))
    assert_rows(found, "division workbooks tasks", [["税務課", "a.xlsx、b.xlsx", 4]])


def test_a_workbook_of_two_divisions_gives_each_its_own_findings() -> None:
    both: Rows = [*TAX, *WELFARE[1:]]
    found = collect(workbook(both))
    assert_rows(
        found, "division status rows tasks errors", [["税務課", "returned", 2, 2, 0], ["福祉課", "errors", 2, 1, 1]]
    )  # fmt: skip


def test_a_workbook_without_a_division_stands_by_itself() -> None:
    rows: Rows = [["業務名", "年間作業時間"], ["賦課", 400]]
    found = collect(workbook(rows, name="a.xlsx"), workbook(rows, name="b.xlsx"))
    assert_rows(
        found, "division status workbooks tasks", [[None, "returned", "a.xlsx", 1], [None, "returned", "b.xlsx", 1]]
    )  # fmt: skip
    assert found["warnings"].min() == 1


def test_a_workbook_whose_rows_are_all_wrong_has_returned() -> None:
    rows: Rows = [HEADER, ["総務部", "税務課", None, 10, 400]]
    found = collect(workbook(rows, name="a.xlsx"))
    assert found["status"].to_list() == ["errors"]
    assert found["rows"].to_list() == [1]
    assert found["errors"].to_list() == [1]


def test_workbooks_that_cannot_be_read_come_last_with_the_reason() -> None:
    offices = listed(["税務課"])
    found = collect(Workbook("空.xlsx", b""), workbook(TAX, name="a.xlsx"), offices=offices)
    assert_rows(
        found,
        "division status workbooks errors reason",
        [
            ["税務課", "returned", "a.xlsx", 0, None],
            [None, "refused", "空.xlsx", 1, "ファイルが空です（0 バイト）。"],
        ],
    )


def test_the_totals() -> None:
    offices = listed(
        ["福祉課", None, date(2027, 6, 30)], ["総務課", None, date(2027, 6, 30)],
        ["農政課", None, date(2027, 6, 25)], ["税務課", None, date(2027, 6, 1)],
    )  # fmt: skip
    books = [
        workbook(TAX, name="a.xlsx"),
        workbook(WELFARE, name="b.xlsx"),
        Workbook("c.xlsx", b""),
    ]
    summary = summarize_collection(collect(*books, offices=offices))
    assert (summary.listed, summary.returned, summary.missing) == (4, 2, 2)
    assert (summary.with_errors, summary.refused) == (1, 1)
    assert (summary.rows, summary.hours, summary.days_left) == (4, 500, 5)


def test_without_a_list_all_that_have_come_count() -> None:
    summary = summarize_collection(collect(workbook(TAX)))
    assert (summary.listed, summary.returned, summary.missing) == (0, 1, 0)
