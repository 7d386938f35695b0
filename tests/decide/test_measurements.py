"""Before and after: what is refused, what is doubtful, and the hours a year it shows."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bpr.decide.measurements import Measurement, check_measurement, find_realized_hours
from bpr.errors import InputError
from tests.decide.records import TODAY

DAY = date.fromisoformat
YEAR = Measurement(
    3, "hours", 300.0, 180.0,
    DAY("2023-04-01"), DAY("2024-03-31"), DAY("2024-04-01"), DAY("2025-03-31"), "measured",
)  # fmt: skip


def changed(**values: Any) -> Measurement:
    return replace(YEAR, **values)


def test_a_whole_year_before_and_after_is_beyond_doubt() -> None:
    assert check_measurement(YEAR, TODAY) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"before": -1.0}, "導入前の値 -1 "),
        ({"after": float("nan")}, "導入後の値 nan"),
        ({"figure": "satisfaction", "before": 101.0}, "0〜100 の数"),
        ({"base": -5.0}, "母数 -5 "),
        ({"figure": "speed"}, "項目「speed」はありません"),
        ({"evidence": "assumed"}, "根拠「assumed」はありません"),
        ({"evidence": ""}, "根拠「」はありません。measured（実績）"),
        ({"source": "mail"}, "出どころ「mail」"),
        ({"freed_use": "party"}, "使い道「party」"),
        ({"before_to": DAY("2023-03-31")}, "導入前の期間（2023-04-01〜2023-03-31）は終わりが"),
        ({"after_to": DAY("2024-03-31")}, "導入後の期間（2024-04-01〜2024-03-31）は終わりが"),
        ({"after_from": DAY("2024-03-31")}, "重なっています"),
        ({"after_to": DAY("2026-03-31")}, "まだ終わっていません（2026-03-31 まで）"),
    ],
)
def test_what_cannot_be_is_refused(values: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match="対象 3 の測定") as caught:
        check_measurement(changed(**values), TODAY)
    assert said in str(caught.value)
    assert str(caught.value).endswith("ください。")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"after_to": DAY("2024-06-30")}, "導入前 1.00 年、導入後 0.25 年です。1 年分に直して使います"),
        ({"figure": "pages", "after_to": DAY("2024-06-30")}, "導入後 0.25 年です。繁忙期"),
        ({"evidence": "opinion"}, "母数（回答した人数）がありません"),
        ({"figure": "satisfaction", "before": 60.0, "after": 70.0}, "母数（回答した人数）"),
        ({"freed_use": "other"}, "「その他」です"),
    ],
)  # fmt: skip
def test_what_is_doubtful_is_told(values: dict[str, Any], said: str) -> None:
    [doubt] = check_measurement(changed(**values), TODAY)
    assert said in doubt


@pytest.mark.parametrize(
    "values",
    [
        {"figure": "minutes_per_case", "after_to": DAY("2024-06-30")},
        {"evidence": "expected", "after_to": DAY("2026-03-31"), "after_from": DAY("2025-04-01")},
        {"evidence": "opinion", "base": 12.0},
        {"freed_use": "counter"},
        {"before_from": DAY("2023-03-15"), "before_to": DAY("2024-03-14")},
    ],
)
def test_what_is_fine_is_not_doubted(values: dict[str, Any]) -> None:
    assert check_measurement(changed(**values), TODAY) == []


def test_hours_before_less_hours_after() -> None:
    found = find_realized_hours([YEAR])
    assert found is not None
    assert (found.hours, found.figure, found.evidence) == (120, "hours", "measured")
    assert found.last_day == DAY("2025-03-31")


def test_three_months_are_made_a_year() -> None:
    found = find_realized_hours([changed(after=30.0, after_to=DAY("2024-06-30"))])
    assert found is not None
    assert found.hours == pytest.approx(300 - 4 * 30)


def test_odd_days_are_made_a_year_by_days() -> None:
    found = find_realized_hours([changed(after=10.0, after_to=DAY("2024-04-10"))])
    assert found is not None
    assert found.hours == pytest.approx(300 - 10 * 365.25 / 10)


MINUTES = changed(figure="minutes_per_case", before=12.0, after=9.0)
COUNT = changed(figure="count", before=1000.0, after=800.0)


def test_minutes_saved_at_the_cases_of_afterwards() -> None:
    """3 minutes x 800 cases = 40 h: that there are fewer cases is no effect of the work."""
    found = find_realized_hours([MINUTES, COUNT])
    assert found is not None
    assert (found.hours, found.figure) == (40, "minutes_per_case")
    weak = find_realized_hours([MINUTES, replace(COUNT, evidence="expected")])
    assert weak is not None
    assert weak.evidence == "expected"


def test_cases_of_half_a_year_are_made_a_year() -> None:
    found = find_realized_hours([MINUTES, replace(COUNT, after_to=DAY("2024-09-30"))])
    assert found is not None
    assert found.hours == pytest.approx(80)


def test_nothing_is_pretended() -> None:
    assert find_realized_hours([]) is None
    assert find_realized_hours([MINUTES]) is None
    assert find_realized_hours([COUNT]) is None
    assert find_realized_hours([changed(figure="overtime_hours")]) is None


def test_the_latest_of_a_figure_counts_and_worse_is_worse() -> None:
    found = find_realized_hours([YEAR, changed(after=320.0)])
    assert found is not None
    assert found.hours == -20
