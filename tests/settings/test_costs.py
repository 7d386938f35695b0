"""Unit costs: every factor in yen can be replaced, and nothing else changes."""

from dataclasses import replace

from bpr.settings.costs import apply_unit_costs, list_unit_costs
from bpr.settings.savings import Factor
from tests.builder import SETTINGS

SAVINGS = SETTINGS.savings


def test_every_factor_in_yen_is_listed() -> None:
    found = list_unit_costs(SAVINGS)
    levers = SAVINGS.levers.values()
    told = [
        factor
        for factor in (
            *SAVINGS.hourly_yen.values(),
            *(value for one in levers for value in vars(one).values()),
        )
        if isinstance(factor, Factor) and factor.unit.startswith("円")
    ]
    assert sorted(map(repr, told)) == sorted(map(repr, found.values()))
    assert found["hourly.regular"] is SAVINGS.hourly_yen["regular"]
    assert found["rpa.licence_yen"] is SAVINGS.levers["rpa"].licence_yen
    assert "rpa.paid_hour_yen" not in found


def test_own_numbers_take_the_place_of_those_of_the_same_key_only() -> None:
    given = list_unit_costs(SAVINGS)
    own = {
        name: replace(factor, range=(1.0, 2.0, float(number)), source="自庁")
        for number, (name, factor) in enumerate(given.items(), 3)
    }
    assert list_unit_costs(apply_unit_costs(SAVINGS, own)) == own
    one = apply_unit_costs(SAVINGS, {"rpa.setup_yen": own["rpa.setup_yen"]})
    assert list_unit_costs(one) == given | {"rpa.setup_yen": own["rpa.setup_yen"]}
    assert one.levers["rpa"].rate == SAVINGS.levers["rpa"].rate
    assert apply_unit_costs(SAVINGS, {}) == SAVINGS


def test_what_is_no_cost_or_in_another_unit_is_passed_over() -> None:
    month = Factor((1.0, 2.0, 3.0), "円/月", "目安", "月額")
    own = {"rpa.licence_yen": month, "rpa.rate": month, "rpa.paid_hour_yen": month, "x.y": month}
    assert apply_unit_costs(SAVINGS, own) == SAVINGS


def test_results_can_name_the_costs_that_made_them() -> None:
    assert replace(SETTINGS, own_costs="x").digest != replace(SETTINGS, own_costs="").digest
    assert replace(SETTINGS, own_costs="").digest == SETTINGS.digest
