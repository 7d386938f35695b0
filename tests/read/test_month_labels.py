"""Months that Excel keeps as numbers or dates are labels like 4月."""

from datetime import date

import pytest

from tests.builder import Rows, Value, assert_rows, read, workbook

NUMBERS: list[Value] = [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3]
DATES: list[Value] = [date(2024 + (m < 4), m, 1) for m in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]


@pytest.mark.parametrize("months", [NUMBERS, DATES], ids=["numbers", "dates"])
def test_twelve_months_below_a_group_are_added_up(months: list[Value]) -> None:
    rows: Rows = [
        ["課", "業務名", "件数", *[None] * 11, "1件あたり時間（分）"],
        [None, None, *months, None],
        ["税務課", "賦課", *range(1, 13), 10],
        ["税務課", "徴収", 5, *[None] * 11, 60],
    ]
    assert_rows(
        read(workbook(rows)).tasks,
        "row task_name annual_count annual_hours",
        [[3, "賦課", 78.0, 13.0], [4, "徴収", 5.0, 5.0]],
    )


def test_a_first_row_of_small_numbers_is_no_row_of_months() -> None:
    rows: Rows = [
        ["業務名", "件数", "時間", "予備1", "予備2", "予備3", "予備4"],
        ["賦課", 1, 2, 3, 4, 5, 6],
    ]
    assert_rows(read(workbook(rows)).tasks, "row annual_count annual_hours", [[2, 1.0, 2.0]])
