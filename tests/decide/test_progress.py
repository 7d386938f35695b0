"""A KPI year by year: level, path, grade, and remarks; hand-computed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bpr.decide.progress import measure_progress
from bpr.decide.units import count_units
from bpr.frames import DataFrame, KpiProgress, KpiValues, Measurements
from bpr.settings import KpiSettings
from tests.builder import assert_rows
from tests.decide.records import KPI, TODAY, History, entered, hours, measured
from tests.decide.test_units import defined

NOTHING, NONE = entered(), measured()


def track(
    history: History,
    kpi: str = "bpr_done",
    *,
    values: DataFrame[KpiValues] = NOTHING,
    measurements: DataFrame[Measurements] = NONE,
    settings: KpiSettings = KPI,
    today: date = TODAY,
) -> DataFrame[KpiProgress]:
    units = count_units(kpi, history.events, measurements, settings)
    return measure_progress(kpi, units, values, settings, range(2022, 2028), today)


def done(**days: str) -> History:
    """Targets t1, t2, … done on these days."""
    history = History()
    for number, day in enumerate(days.values(), start=1):
        history.create(number, day, f"t{number}").finish(number, day)
    return history


def test_a_count_against_the_straight_path() -> None:
    days = [f"2023-{month:02}-10" for month in range(5, 11)] + ["2024-05-10"] * 4
    history = done(**{f"d{n}": day for n, day in enumerate(days)})
    found = track(history, today=date(2025, 3, 31))
    assert_rows(
        found,
        "fiscal_year actual added units expected expected_by_now target achieved_ratio grade",
        [
            [2022, 0, None, 0, 0, 0, 25, 0, None],
            [2023, 6, 6, 6, 5, 5, 25, 0.24, "A"],
            [2024, 10, 4, 10, 10, 10, 25, 0.4, "B"],
            [2025, None, None, None, 15, None, 25, None, None],
            [2026, None, None, None, 20, None, 25, None, None],
            [2027, None, None, None, 25, None, 25, None, None],
        ],
    )


@pytest.mark.parametrize(
    ("count", "grade", "label"),
    [
        (0, "C", "目標より遅れている"),
        (4, "C", "目標より遅れている"),
        (5, "B", "目標どおり進んでいる"),
        (6, "A", "目標より進んでいる"),
    ],
)
def test_grades_in_words(count: int, grade: str, label: str) -> None:
    history = done(**{f"d{n}": "2023-05-10" for n in range(count)})
    found = track(history, today=date(2024, 3, 31)).filter(fiscal_year=2023)
    assert found.select("grade", "grade_label").row(0) == (grade, label)


@pytest.mark.parametrize(("count", "grade"), [(0, "Ⅰ"), (1, "Ⅱ"), (5, "Ⅲ"), (6, "Ⅳ")])
def test_the_other_scheme(count: int, grade: str) -> None:
    settings = replace(KPI, grades=replace(KPI.grades, scheme="four"))
    history = done(**{f"d{n}": "2023-05-10" for n in range(count)})
    found = track(history, settings=settings, today=date(2024, 3, 31))
    assert found.filter(fiscal_year=2023)["grade"].item() == grade


def test_the_running_year_is_held_against_what_is_expected_by_today() -> None:
    half = date(2023, 9, 30)  # 183 of the 366 days of 2023年度
    found = track(done(a="2023-05-10", b="2023-05-10"), today=half).filter(fiscal_year=2023)
    assert_rows(found, "actual expected expected_by_now grade", [[2, 5, 2.5, "C"]])
    assert "年度の途中（9月30日まで）" in found["remark"].item()


def test_what_left_is_told_and_earlier_years_stay() -> None:
    history = done(a="2023-05-10", b="2023-06-10")
    before = track(history)
    history.move(1, "2024-07-01", "withdrawn", reason="制度の廃止")
    after = track(history)
    assert after["actual"].to_list()[:4] == [0, 2, 1, 1]
    assert after["added"].to_list()[:4] == [None, 2, -1, 0]
    assert after["remark"][2] == "前の年度から 1 業務が外れた"
    assert after.row(1) == before.row(1)


def test_units_of_the_baseline_are_not_counted_again() -> None:
    history = done(a="2022-05-10", b="2023-05-10")
    found = track(history, settings=defined("bpr_done", baseline=3.0))
    assert found["actual"].to_list()[:3] == [3, 4, 4]
    assert "2022年度末までの 1 業務は現状値に含む" in found["remark"][1]


def test_yearly_targets_bend_the_path_and_the_latest_counts() -> None:
    values = entered(
        ("bpr_done", 2024, "target", 4), ("bpr_done", 2024, "target", 6), ("other", 2025, "target", 9)
    )  # fmt: skip
    found = track(History(), values=values)
    assert found["expected"].to_list() == pytest.approx([0, 3, 6, 6 + 19 / 3, 6 + 38 / 3, 25])


def test_what_came_in_the_year_alone() -> None:
    settings = defined("bpr_done", cumulative=False)
    found = track(done(a="2023-05-10", b="2024-05-10", c="2024-06-10"), settings=settings)
    assert found["actual"].to_list()[1:4] == [1, 2, 0]
    assert found["expected_by_now"].to_list()[1:4] == [5, 10, None]


APPROVAL: list[tuple[str, int, str, float]] = [
    ("e_approval", 2023, "actual", 10.0),
    ("e_approval", 2024, "actual", 50.0),
    ("e_approval", 2024, "actual", 45.0),
]


def test_entered_values_count_as_entered_and_a_gap_is_no_zero() -> None:
    found = track(History(), "e_approval", values=entered(*APPROVAL))
    assert_rows(
        found.head(4),
        "actual added units expected achieved_ratio grade",
        [
            [0, None, None, 0, 0, None],
            [10, 10, None, 20, 0.1, "C"],
            [45, 35, None, 40, 0.45, "A"],
            [None, None, None, 60, None, "D"],
        ],
    )
    assert "実績値が入っていない" in found["remark"][3]


def test_less_can_be_better() -> None:
    changes: dict[str, Any] = {"baseline": 80.0, "target": 30.0, "better": "down"}
    settings = defined("e_approval", **changes)
    found = track(
        History(), "e_approval", values=entered(("e_approval", 2023, "actual", 60)), settings=settings
    )  # fmt: skip
    assert_rows(found.filter(fiscal_year=2023), "expected achieved_ratio grade", [[70, 0.4, "A"]])


def test_saved_hours_are_unknown_until_somebody_measured() -> None:
    found = track(
        done(a="2023-05-10", b="2023-05-10"),
        "saved_hours",
        measurements=measured(hours(1, 300, 180)),
    )
    assert_rows(
        found[1:4],
        "actual added units expected grade",
        [[None, None, 0, None, "D"], [120, 120, 1, None, "D"], [120, 0, 1, None, "D"]],
    )
    assert found["remark"][1] == "実績で測った対象がない。この年度の目標値がない"


def test_years_before_the_definition_are_told() -> None:
    settings = replace(KPI, valid_from=2024)
    assert track(History(), settings=settings)["remark"][1] == "今の定義は 2024年度からのもの"
