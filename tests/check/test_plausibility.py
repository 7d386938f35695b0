"""Numbers that cannot be right are told with the cell and the arithmetic."""

from dataclasses import replace

import polars as pl
import pytest

from bpr.check.rule import Reading
from bpr.check.rules.plausibility import check_staff_hours
from bpr.read.opening import Workbook
from tests.builder import SETTINGS, Outcome, Rows, Value, findings, read, workbook

LIMITS = SETTINGS.survey.plausibility


def told(found: Outcome, code: str) -> list[tuple[str | None, str | None]]:
    """Cell and value of the findings of one code."""
    return found.diagnostics.filter(code=code).select("cell", "value").rows()


def division(staff: Value, *hours: float, name: str = "税務課.xlsx") -> Workbook:
    """A workbook of one division that says how many people it has."""
    rows = [[f"業務{number}", each] for number, each in enumerate(hours)]
    return workbook([["職員数", staff], [], ["業務名", "年間時間"], *rows], name=name)


@pytest.mark.parametrize(
    ("staff", "hours", "value"),
    [
        ("5人", [11_160], None),
        ("5人", [11_161], "11161 時間、職員 5.0 人"),
        ("5人", [6000, 6000], "12000 時間、職員 5.0 人"),
        ("多数", [20_000], None),
        (None, [20_000], None),
    ],
)
def test_hours_beyond_the_staff_of_the_division(
    staff: Value, hours: list[float], value: str | None
) -> None:
    found = read(division(staff, *hours))
    assert told(found, "hours-beyond-staff") == ([(None, value)] if value else [])


def test_hours_are_counted_by_workbook() -> None:
    both = read(division("5人", 6000, name="a.xlsx"), division("5人", 6000, name="b.xlsx"))
    assert told(both, "hours-beyond-staff") == []


@pytest.mark.parametrize(
    ("listed", "value"),
    [
        ({"税務課": 2.0}, "6000 時間、職員 2.0 人"),
        ({"税務課": 3.0}, None),
        ({"収納課": 2.0}, None),
    ],
)
def test_the_list_of_offices_tells_the_staff_of_who_does_not(
    listed: dict[str, float], value: str | None
) -> None:
    rows: Rows = [["課", "業務名", "年間時間"], ["税務課", "賦課", 6000]]
    found = read(workbook(rows))
    survey = found.survey
    reading = Reading(
        survey.answers,
        survey.columns,
        found.conversions,
        pl.DataFrame(),
        found.tasks,
        pl.DataFrame(),
        survey.staff,
        listed,
    )
    assert check_staff_hours(reading, SETTINGS)["value"].to_list() == ([value] if value else [])


HEADER: list[Value] = ["課", "業務名", "業務の性質", "件数", "年間時間"]


@pytest.mark.parametrize(
    ("hours", "value"),
    [(37_200, None), (37_201, "37201 時間＝20.0 人分"), (80_000, "80000 時間＝43.0 人分")],
)
def test_one_row_beyond_what_a_row_can_mean(hours: float, value: str | None) -> None:
    found = read(workbook([HEADER[:2] + HEADER[4:], ["税務課", "賦課", hours]]))
    assert told(found, "task-beyond-staff") == ([("C2", value)] if value else [])


def test_hours_that_come_of_staff_point_at_the_row() -> None:
    found = read(workbook([["課", "業務名", "人役"], ["税務課", "賦課", 43]]))
    assert told(found, "task-beyond-staff") == [("A2", "79980 時間＝43.0 人分")]


@pytest.mark.parametrize(
    ("answer", "count", "hours", "value"),
    [
        ("Ⅲ", 600, 3120, None),
        ("Ⅲ", 600, 3200, "1 件 320.0 分、目安は 5.2 分前後"),
        ("Ⅲ", 60_000, 60, "1 件 0.06 分、目安は 5.2 分前後"),
        ("Ⅲ", 60_000, 100, None),
        ("Ⅰ", 600, 3200, None),
        ("Ⅰ", 60, 2000, "1 件 2000.0 分、目安は 32.6 分前後"),
        (None, 600, 6000, "1 件 600.0 分、目安は 9.7 分前後"),
        ("Ⅲ", 49, 3200, None),
        ("Ⅲ", 600, 0, None),
    ],
)
def test_minutes_far_from_those_of_the_class(
    answer: Value, count: float, hours: float, value: str | None
) -> None:
    found = read(workbook([HEADER, ["税務課", "賦課", answer, count, hours]]))
    assert told(found, "minutes-beyond-band") == ([("E2", value)] if value else [])


def same(names: str, *, name: str, office: str = "税務課") -> Workbook:
    """A workbook with one task a letter."""
    return workbook(
        [["課", "業務名", "年間時間"], *[[office, f"業務{each}", 1] for each in names]], name=name
    )


@pytest.mark.parametrize(
    ("first", "second", "twice"),
    [
        ("甲乙丙丁", "甲乙丙丁", True),
        ("甲乙丙丁", "甲乙戊己", True),
        ("甲乙丙丁", "甲戊己庚", False),
        ("甲乙", "甲乙丙丁", True),
        ("甲乙丙丁", "子丑", False),
    ],
)
def test_the_same_division_twice(first: str, second: str, twice: bool) -> None:  # noqa: FBT001
    found = read(same(first, name="a.xlsx"), same(second, name="b.xlsx"))
    diagnostics = found.diagnostics.filter(code="division-twice")
    expected = [("b.xlsx", None, "a.xlsx")] if twice else []
    assert diagnostics.select("workbook", "cell", "value").rows() == expected


def test_like_tasks_of_two_divisions_are_no_repetition() -> None:
    found = read(same("甲乙", name="a.xlsx"), same("甲乙", name="b.xlsx", office="収納課"))
    assert told(found, "division-twice") == []


def test_a_third_return_is_told_once() -> None:
    found = read(*(same("甲乙", name=f"{letter}.xlsx") for letter in "abc"))
    diagnostics = found.diagnostics.filter(code="division-twice")
    assert diagnostics.select("workbook", "value").rows() == [
        ("b.xlsx", "a.xlsx"),
        ("c.xlsx", "a.xlsx"),
    ]


def test_the_limits_are_settings() -> None:
    plausibility = replace(LIMITS, task_fte=1.0, staff_hours_ratio=0.5)
    settings = replace(SETTINGS, survey=replace(SETTINGS.survey, plausibility=plausibility))
    found = read(division("2人", 1900), settings=settings)
    assert findings(found, "cell code") == [["B4", "task-beyond-staff"]]
    assert told(found, "hours-beyond-staff") == [(None, "1900 時間、職員 2.0 人")]
