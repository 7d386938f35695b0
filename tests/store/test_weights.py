"""Weight sets: every saving is a version of its own, none is lost, none is changed."""

import math
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import insert, literal, select
from sqlalchemy.exc import IntegrityError

from bpr.store import Act, Store, WeightSet
from bpr.store.tables import WEIGHT_SETS
from tests.store.at_once import at_once
from tests.store.kept import LOCAL, NOW, kept

Opener = Callable[[], Store]
LATER = NOW + timedelta(days=1)
VOLUME = {"volume": 2.0, "routine": 0.5}


def save(store: Store, name: str, volume: float = 2.0) -> int:
    return store.add_weight_set(name, {"volume": volume}, None, LOCAL).version


def test_nobody_has_saved_anything(store: Store) -> None:
    assert store.list_weight_sets() == []
    assert store.read_weight_set("量", None) is None
    assert store.list_versions("量") == []


def test_a_set_comes_back_as_it_was_saved(store: Store, reopen: Opener) -> None:
    saved = store.add_weight_set("量を重く", VOLUME, "首長の方針", Act("someone", NOW))
    assert saved == WeightSet("量を重く", 1, VOLUME, "首長の方針", NOW, "someone")
    assert reopen().read_weight_set("量を重く") == saved


def test_saving_again_adds_a_version_and_changes_none(store: Store) -> None:
    first = store.add_weight_set("量", VOLUME, "案", LOCAL)
    second = store.add_weight_set("量", {"volume": 3.0}, None, Act("other", LATER))
    assert (first.version, second.version) == (1, 2)
    assert store.list_versions("量") == [first, second]
    assert store.read_weight_set("量", None) == second
    assert store.read_weight_set("量", 1) == first
    assert store.read_weight_set("量", 3) is None
    assert kept(store.engine, "weight_sets", "id name version multipliers note saved_at saved_by") == [
        (1, "量", 1, '{"routine": 0.5, "volume": 2.0}', "案", NOW, "local"),
        (2, "量", 2, '{"volume": 3.0}', None, LATER, "other"),
    ]  # fmt: skip


def test_the_latest_of_each_name_in_the_order_of_first_saving(store: Store) -> None:
    for name in ("量", "安全", "量", "公平", "安全", "量"):
        save(store, name)
    assert [(kept.name, kept.version) for kept in store.list_weight_sets()] == [
        ("量", 3),
        ("安全", 2),
        ("公平", 1),
    ]


def test_names_differ_by_every_letter(store: Store) -> None:
    assert [save(store, name) for name in ("a", "A", "a%", "a'", "a")] == [1, 1, 1, 1, 2]


@pytest.mark.parametrize("value", [0.1, 1 / 3, 10, math.nextafter(1, 2), math.pi, 1e-17])
def test_floats_come_back_exactly(store: Store, value: float) -> None:
    save(store, "量", value)
    found = store.read_weight_set("量")
    assert found is not None
    assert found.multipliers == {"volume": value}
    assert isinstance(found.multipliers["volume"], float)


def test_themes_are_written_in_one_order_and_as_they_read(store: Store) -> None:
    store.add_weight_set("甲", {"紙": 2, "volume": 1.5}, None, LOCAL)
    store.add_weight_set("乙", {"volume": 1.5, "紙": 2}, None, LOCAL)
    store.add_weight_set("丙", {}, None, LOCAL)
    assert kept(store.engine, "weight_sets", "multipliers") == [
        ('{"volume": 1.5, "紙": 2.0}',),
        ('{"volume": 1.5, "紙": 2.0}',),
        ("{}",),
    ]


def test_what_is_no_number_is_never_written(store: Store) -> None:
    with pytest.raises(ValueError, match="JSON"):
        save(store, "量", math.nan)
    assert store.list_weight_sets() == []


def test_a_saved_set_is_no_window_on_the_callers_numbers(store: Store) -> None:
    given = dict(VOLUME)
    saved = store.add_weight_set("量", given, None, LOCAL)
    given["volume"] = 9.0
    assert saved.multipliers == VOLUME


def test_weights_change_neither_revision(store: Store) -> None:
    before = store.revision(), store.report_revision()
    save(store, "量")
    assert (store.revision(), store.report_revision()) == before


# --- two at once --------------------------------------------------------------------------------


def test_one_version_is_kept_once(store: Store) -> None:
    save(store, "量")
    twice = insert(WEIGHT_SETS).from_select(
        list(WEIGHT_SETS.c.keys()), select(literal(2), *list(WEIGHT_SETS.c)[1:])
    )
    with pytest.raises(IntegrityError), store.engine.begin() as connection:
        connection.execute(twice)
    assert kept(store.engine, "weight_sets", "id name version") == [(1, "量", 1)]


def test_two_programs_make_every_version_once(reopen: Opener) -> None:
    programs, made = [reopen(), reopen()], list[int]()

    def save_many(program: Store) -> None:
        made.extend(save(program, "量") for _ in range(15))

    assert at_once(*(partial(save_many, program) for program in programs)) == []
    assert sorted(made) == list(range(1, 31))
    assert [kept.version for kept in programs[0].list_versions("量")] == list(range(1, 31))
