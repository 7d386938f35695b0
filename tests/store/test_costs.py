"""Own unit costs: the latest holds, nothing is erased, and the settings' number can come back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bpr.settings.savings import Factor
from bpr.store import Act, OwnCost, Store
from tests.store.kept import LOCAL, NOW, count

Opener = Callable[[], Store]
HOUR = Factor((2800.0, 3410.5, 4100.0), "円/時間", "実績", "令和6年度決算")
LICENCE = Factor((0.0, 350_000.0, 350_000.0), "円/年", "見込み", "見積書「甲」")
LATER = Act("hanako", NOW + timedelta(days=1))


def test_there_are_none_at_first(store: Store) -> None:
    assert store.list_unit_costs() == {}
    assert store.read_cost_history("hourly.regular") == []


def test_costs_come_back_as_they_were_set(store: Store, reopen: Opener) -> None:
    assert store.add_unit_cost("rpa.licence_yen", "RPA", LICENCE, LOCAL)
    assert store.add_unit_cost("hourly.regular", "人件費", HOUR, LOCAL)
    assert reopen().list_unit_costs() == {"hourly.regular": HOUR, "rpa.licence_yen": LICENCE}


def test_the_latest_holds_and_all_are_kept(store: Store) -> None:
    newer = replace(HOUR, range=(2900.0, 3500.0, 4200.0))
    store.add_unit_cost("hourly.regular", "人件費", HOUR, LOCAL)
    store.add_unit_cost("hourly.regular", "人件費", newer, LATER)
    assert store.list_unit_costs() == {"hourly.regular": newer}
    assert store.read_cost_history("hourly.regular") == [
        OwnCost(HOUR, NOW, "local"),
        OwnCost(newer, NOW + timedelta(days=1), "hanako"),
    ]


def test_the_same_again_is_no_change(store: Store) -> None:
    store.add_unit_cost("hourly.regular", "人件費", HOUR, LOCAL)
    assert not store.add_unit_cost("hourly.regular", "人件費", HOUR, LATER)
    assert count(store.engine, "unit_costs") == 1


def test_the_place_is_given_back_and_may_be_taken_again(store: Store) -> None:
    store.add_unit_cost("hourly.regular", "人件費", HOUR, LOCAL)
    assert store.add_unit_cost("hourly.regular", "人件費", None, LATER)
    assert store.list_unit_costs() == {}
    assert not store.add_unit_cost("hourly.regular", "人件費", None, LATER)
    assert store.add_unit_cost("hourly.regular", "人件費", HOUR, LATER)
    assert store.list_unit_costs() == {"hourly.regular": HOUR}
    factors = [past.factor for past in store.read_cost_history("hourly.regular")]
    assert factors == [HOUR, None, HOUR]


def test_other_editions_see_the_same_costs(store: Store) -> None:
    store.of_edition(7).add_unit_cost("hourly.regular", "人件費", HOUR, LOCAL)
    assert store.list_unit_costs() == {"hourly.regular": HOUR}
