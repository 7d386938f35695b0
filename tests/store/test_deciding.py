"""Decisions on targets: the rule sees what holds, and all of what it says is kept or nothing."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from bpr.errors import ChangedMeanwhileError
from bpr.frames import empty
from bpr.frames.deciding import KpiValues, Measurements, TargetEvents
from bpr.frames.years import LinkWords
from bpr.store import Act, Record, Ruling, Store, TargetEvent, open_store
from tests.store.kept import LOCAL, NOW
from tests.store.rows import read_all
from tests.store.writes import DAY, KPI, MEASUREMENT, keep, target

Opener = Callable[[], Store]
WHEN = datetime(2025, 12, 31, 23, 59, 59, 999_999, UTC)
PLAIN = TargetEvent(None, "create", None, DAY)


def pass_all(_record: Record) -> dict[str, Any]:
    return {}


# --- rules --------------------------------------------------------------------------------------


def test_nothing_is_decided(store: Store) -> None:
    record = store.read_record()
    assert record.events.equals(empty(TargetEvents))
    assert record.measurements.equals(empty(Measurements))
    assert store.read_kpi_values().equals(empty(KpiValues))
    assert store.read_link_words(2).equals(empty(LinkWords))
    assert store.decision_revision() == (0, 0, 0, 0)


def test_new_targets_get_the_next_numbers(store: Store) -> None:
    assert store.decide("target.create", keep(PLAIN, PLAIN), LOCAL) == [1, 2]
    assert store.decide("target.edit", keep(target(1, "edit")), LOCAL) == [1]
    both = keep(target(2, "edit"), PLAIN, target(1, "edit"), PLAIN)
    assert store.decide("target.split", both, LOCAL) == [2, 3, 1, 4]
    assert store.read_record().events["target_id"].to_list() == [1, 2, 1, 2, 3, 1, 4]


def test_a_decision_comes_back_typed_and_in_utc(store: Store, reopen: Opener) -> None:
    event = TargetEvent(
        None, "create", "candidate", date(2024, 2, 29), "理由", {"名": "窓口", "rate": 1 / 3}
    )
    store.decide("target.create", keep(event, PLAIN), Act("hanako", WHEN))
    events = reopen().read_record().events
    assert events.schema == empty(TargetEvents).schema
    assert events.rows() == [
        (1, 1, "create", "candidate", date(2024, 2, 29), "理由", events["values"][0], WHEN, "hanako"),
        (2, 2, "create", None, DAY, None, "{}", WHEN, "hanako"),
    ]  # fmt: skip
    assert json.loads(events["values"][0]) == {"名": "窓口", "rate": 1 / 3}


def test_moments_are_in_utc_whatever_zone_the_server_keeps(postgresql_url: str) -> None:
    engine = create_engine(postgresql_url)
    with engine.begin() as connection:
        name = connection.execute(text("select current_database()")).scalar()
        connection.execute(text(f"ALTER DATABASE {name} SET timezone = 'Asia/Tokyo'"))
    engine.dispose()
    store = open_store(postgresql_url)
    store.decide("target.create", keep(PLAIN), Act("hanako", WHEN))
    assert store.read_record().events["decided_at"].to_list() == [WHEN]
    store.add_kpi_value({**KPI, "value": 1.0}, Act("hanako", WHEN))
    assert store.read_kpi_values()["entered_at"].to_list() == [WHEN]
    store.close_edition(None, Act("hanako", WHEN))
    assert store.list_editions()[0].closed_at == WHEN
    assert store.check_audit().broken_at is None


def test_the_rule_sees_all_that_holds(store: Store) -> None:
    store.decide("target.create", keep(PLAIN), LOCAL)
    store.add_measurement(MEASUREMENT, pass_all, LOCAL)
    seen = list[Record]()

    def look(record: Record) -> Ruling:
        seen.append(record)
        return keep()(record)

    def look_on(record: Record) -> dict[str, Any]:
        seen.append(record)
        return {}

    store.decide("target.edit", look, LOCAL)
    store.add_measurement(MEASUREMENT, look_on, LOCAL)
    assert [(one.events.height, one.measurements.height) for one in seen] == [(1, 1), (1, 1)]


def test_what_the_rule_refuses_leaves_everything_as_it_was(store: Store) -> None:
    store.decide("target.create", keep(PLAIN), LOCAL)
    before = read_all(store.database)

    def refuse(record: Record) -> Any:
        msg = f"{record.events.height} 件目のあとに変わりました。"
        raise ChangedMeanwhileError(msg)

    with pytest.raises(ChangedMeanwhileError, match="1 件目のあとに変わりました。"):
        store.decide("target.edit", refuse, LOCAL)
    with pytest.raises(ChangedMeanwhileError, match="1 件目のあとに変わりました。"):
        store.add_measurement(MEASUREMENT, refuse, LOCAL)
    assert read_all(store.database) == before


def test_of_several_events_all_are_kept_or_none(store: Store) -> None:
    before = read_all(store.database)
    broken = replace(PLAIN, values={"x": object()})
    with pytest.raises(TypeError, match="not JSON serializable"):
        store.decide("target.create", keep(PLAIN, PLAIN, broken), LOCAL)
    assert read_all(store.database) == before


def test_nobody_writes_while_a_rule_decides(store: Store, reopen: Opener) -> None:
    """A reader goes on and sees what held before."""
    other = reopen()

    def rule(record: Record) -> Ruling:
        assert other.read_record().events.height == record.events.height
        return keep(PLAIN)(record)

    assert [store.decide("target.create", rule, LOCAL) for _ in range(2)] == [[1], [2]]


# --- measurements, KPI values, words on links ---------------------------------------------------


def test_a_measurement_comes_back_with_and_without_nulls(store: Store, reopen: Opener) -> None:
    full = MEASUREMENT | {
        "base": 300.0,
        "base_note": "件",
        "freed_use": "counter",
        "freed_note": "相談",
        "source": "edition",
    }
    store.add_measurement(MEASUREMENT, pass_all, Act("hanako", WHEN))
    store.add_measurement(full, pass_all, LOCAL)
    found = reopen().read_record().measurements
    assert found.schema == empty(Measurements).schema
    unsaid = dict.fromkeys(("base", "base_note", "freed_use", "freed_note"))
    assert found.rows(named=True) == [
        {"measurement_id": 1, **unsaid, **MEASUREMENT, "measured_at": WHEN, "measured_by": "hanako"},
        {"measurement_id": 2, **full, "measured_at": NOW, "measured_by": "local"},
    ]  # fmt: skip


def test_kpi_values_come_back_in_their_order(store: Store, reopen: Opener) -> None:
    first = {**KPI, "kind": "target", "value": 0.25, "base": 1200.0, "evidence": "expected"}
    store.add_kpi_value(first, Act("hanako", WHEN))
    store.add_kpi_value({**KPI, "value": -3.0, "note": None}, LOCAL)
    found = reopen().read_kpi_values()
    assert found.schema == empty(KpiValues).schema
    assert found.rows(named=True) == [
        {"sequence": 1, **first, "entered_at": WHEN, "entered_by": "hanako"},
        {
            "sequence": 2,
            "base": None,
            "evidence": None,
            **KPI,
            "value": -3.0,
            "note": None,
            "entered_at": NOW,
            "entered_by": "local",
        },
    ]


def test_the_log_tells_what_a_kpi_value_was_before(store: Store) -> None:
    """Of the same KPI, year and kind."""
    store.add_kpi_value({**KPI, "value": 1.0, "base": 4.0}, LOCAL)
    store.add_kpi_value({**KPI, "fiscal_year": 2026, "value": 7.0}, LOCAL)
    store.add_kpi_value({**KPI, "kind": "target", "value": 8.0}, LOCAL)
    store.add_kpi_value({**KPI, "value": 2.0}, LOCAL)
    store.add_kpi_value({**KPI, "value": 3.0}, LOCAL)
    assert [text and json.loads(text) for text in store.read_audit()["before"]] == [
        {"value": 2.0, "base": None},
        {"value": 1.0, "base": 4.0},
        None,
        None,
        None,
    ]


def test_words_on_links_are_of_two_editions(store: Store) -> None:
    second = store.of_edition(2)
    store.add_link_word(2, "t1", "u1", "confirm", LOCAL)
    store.add_link_word(3, "t1", "v1", "confirm", LOCAL)
    second.add_link_word(3, "u1", None, "confirm", LOCAL)
    store.add_link_word(2, "t1", "u1", "forget", LOCAL)
    assert store.read_link_words(2).rows() == [("t1", "u1", "confirm"), ("t1", "u1", "forget")]
    assert store.read_link_words(3).rows() == [("t1", "v1", "confirm")]
    assert second.read_link_words(3).rows() == [("u1", None, "confirm")]
    assert second.read_link_words(2).schema == empty(LinkWords).schema


def test_every_decision_shows_in_its_revision_and_in_no_other(store: Store) -> None:
    surveys = store.revision()
    seen = [store.decision_revision()]
    for change in (
        lambda: store.decide("target.create", keep(PLAIN), LOCAL),
        lambda: store.add_measurement(MEASUREMENT, pass_all, LOCAL),
        lambda: store.add_kpi_value({**KPI, "value": 1.0}, LOCAL),
        lambda: store.add_link_word(2, "t1", None, "confirm", LOCAL),
    ):
        change()
        seen.append(store.decision_revision())
    assert len(set(seen)) == 5
    assert store.revision() == surveys
