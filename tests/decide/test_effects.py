"""Expected against realized, and the office's own rates in the place of published ones."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from bpr.decide.effects import apply_own_rates, find_effects, find_own_rates, summarize_effects
from bpr.decide.targets import Target
from bpr.score.savings import hours_saved
from bpr.settings import Settings
from tests.builder import assert_rows
from tests.decide.records import hours, measured

SINCE = date(2024, 4, 1)
SAVINGS = Settings.load().savings


def target(number: int, lever: str | None = "rpa", **values: object) -> Target:
    plain = Target(number, "done", SINCE, SINCE, number, lever=lever, taken_hours=100.0)
    return replace(plain, **values)  # type: ignore[arg-type] # any field


def test_each_lever_by_kind_of_evidence_over_the_same_targets() -> None:
    targets = [
        target(1, expected_hours=80.0),
        target(2, expected_hours=40.0),
        target(3, expected_hours=500.0),
        target(4),
        target(5, "ai_ocr", expected_hours=10.0),
        target(6, None),
        target(7, status="running", expected_hours=9.0),
        target(8, status="withdrawn"),
        target(9, merged_into=1),
    ]
    known = measured(
        hours(1, 100, 40),
        hours(2, 100, 90, evidence="expected"),
        hours(4, 50, 20),
        *(hours(number, 9, 1) for number in (7, 8, 9)),
    )
    assert_rows(
        summarize_effects(targets, known),
        "lever evidence targets measured realized_hours compared expected_hours compared_hours ratio",
        [
            ["ai_ocr", None, 1, 0, None, 0, None, None, None],
            ["rpa", "measured", 4, 2, 90, 1, 80, 60, 0.75],
            ["rpa", "expected", 4, 1, 10, 1, 40, 10, 0.25],
            [None, None, 1, 0, None, 0, None, None, None],
        ],
    )
    assert [effect.target.target_id for effect in find_effects(targets, known)] == list(range(1, 7))


def test_a_lever_of_an_older_release_stays_in_the_table() -> None:
    found = summarize_effects([target(1, "fax")], measured())
    assert found["lever"].to_list() == ["fax"]


FIVE = [
    target(n, taken_hours=taken) for n, taken in enumerate((100.0, 100.0, 50.0, 200.0, 50.0), 1)
]
SAVED = measured(*(hours(n, 300, 300 - s) for n, s in enumerate((60, 40, 30, 100, 20), 1)))


def test_own_rates_are_pooled_over_enough_targets() -> None:
    found = find_own_rates(FIVE, SAVED, 5)
    assert found["lever"].to_list() == ["rpa"]
    assert found["rate"].item() == pytest.approx(250 / 500)
    assert found["n"].item() == 5
    assert found["rate_low"].item() < 0.5 < found["rate_high"].item()
    assert found["rate_low"].item() >= 0.4
    assert found["rate_high"].item() <= 0.6
    assert found["evidence"].item() == "自庁の実績 5 業務（2024年度まで）"


def test_four_are_not_enough() -> None:
    assert find_own_rates(FIVE[:4], SAVED, 5).is_empty()


@pytest.mark.parametrize(
    "spoiled",
    [
        replace(FIVE[0], taken_hours=0.0),
        replace(FIVE[0], taken_hours=None),
        replace(FIVE[0], lever="ai_ocr"),
        replace(FIVE[0], status="running"),
        replace(FIVE[0], target_id=99),
    ],
)
def test_what_cannot_be_rated_does_not_count(spoiled: Target) -> None:
    assert find_own_rates([spoiled, *FIVE[1:]], SAVED, 5).is_empty()


def test_opinions_and_plans_are_no_own_rates() -> None:
    soft = measured(*(hours(n, 300, 250, evidence="expected") for n in range(1, 6)))
    assert find_own_rates(FIVE, soft, 5).is_empty()


def test_the_order_of_targets_and_of_runs_does_not_matter() -> None:
    first, second = find_own_rates(FIVE, SAVED, 5), find_own_rates(FIVE[::-1], SAVED, 5)
    assert first.equals(second)


def test_equal_targets_leave_no_spread() -> None:
    same = [target(n) for n in range(1, 6)]
    found = find_own_rates(same, measured(*(hours(n, 300, 230) for n in range(1, 6))), 5)
    assert found.select("rate_low", "rate", "rate_high").row(0) == pytest.approx((0.7, 0.7, 0.7))


def test_own_rates_replace_the_published_one_and_nothing_else() -> None:
    rates = find_own_rates(FIVE, SAVED, 5)
    own = apply_own_rates(SAVINGS, rates)
    rate = own.levers["rpa"].rate
    assert rate.range[1] == pytest.approx(0.5)
    assert (rate.kind, rate.unit, rate.source) == (
        "実績", "割合", "自庁の実績 5 業務（2024年度まで）",
    )  # fmt: skip
    kept = replace(own.levers["rpa"], rate=SAVINGS.levers["rpa"].rate)
    kept = replace(kept, checking=SAVINGS.levers["rpa"].checking)
    assert {**own.levers, "rpa": kept} == SAVINGS.levers
    assert replace(own, levers=SAVINGS.levers) == SAVINGS
    assert apply_own_rates(SAVINGS, rates.clear()) == SAVINGS


def test_checking_is_not_deducted_twice() -> None:
    """100 h taken over at 50 % measured: 50 h less upkeep 10, not less checking as well."""
    own = apply_own_rates(SAVINGS, find_own_rates(FIVE, SAVED, 5)).levers["rpa"]
    taken = [np.array([100.0])] * 3
    assert hours_saved(own, taken)[1][0] == pytest.approx(50 - own.upkeep.range[1])


def test_a_rate_stays_within_0_and_1() -> None:
    worse = measured(*(hours(n, 300, 400) for n in range(1, 6)))
    much = measured(*(hours(n, 900, 100) for n in range(1, 6)))
    for known, end in ((worse, 0.0), (much, 1.0)):
        rates = find_own_rates(FIVE, known, 5)
        assert not 0 <= rates["rate"].item() <= 1
        assert apply_own_rates(SAVINGS, rates).levers["rpa"].rate.range[1] == end
