"""The store's part on BPR targets: decided once each, measured, and counted towards the KPI."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import polars as pl
from sqlalchemy import ColumnElement, Connection, Table, func, insert, select

from bpr.decide.measurements import drop_withdrawn
from bpr.frames import DataFrame, Schema, types_of
from bpr.frames.deciding import KpiValues, Measurements, TargetEvents
from bpr.frames.years import LinkWords
from bpr.store.act import Act
from bpr.store.tables import KPI_VALUES, LINK_WORDS, MEASUREMENTS, TARGET_EVENTS
from bpr.store.transactions import Transactions

S = TypeVar("S", bound=Schema)

_OWN_NAMES = {
    "event_id": "id",
    "measurement_id": "id",
    "sequence": "id",
}
"""Columns of the frames that the tables call otherwise."""


@dataclass(frozen=True)
class TargetEvent:
    """One thing decided on a target; `target_id` None: a new one. See `TargetEvents`."""

    target_id: int | None
    action: str
    status: str | None
    happened_on: date
    reason: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Ruling:
    """What is to be kept of a decision, and how the audit log tells it."""

    events: Sequence[TargetEvent]
    object: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True)
class Record:
    """All that was decided so far, and the measurements that were not taken back."""

    events: DataFrame[TargetEvents]
    measurements: DataFrame[Measurements]


class DecisionStore(Transactions):
    """Targets, measurements, KPI values and words on links; every method is one transaction."""

    def decision_revision(self) -> tuple[int, ...]:
        """Return numbers that change with every decision, measurement and KPI value."""
        tables = (TARGET_EVENTS, MEASUREMENTS, KPI_VALUES, LINK_WORDS)
        latest = [select(func.max(table.c.id)).scalar_subquery() for table in tables]
        with self.reading() as connection:
            return tuple(number or 0 for number in connection.execute(select(*latest)).one())

    def read_record(self) -> Record:
        """Return all that was decided and measured so far, of one moment."""
        with self.reading() as connection:
            return _read_record(connection)

    def decide(self, action: str, rule: Callable[[Record], Ruling], act: Act) -> list[int]:
        """Let `rule` see what holds now and say what is to be kept; return the targets' ids.

        Nobody else writes in between. What `rule` raises leaves everything as it was.
        """
        with self.writing(act, action, "") as entry:
            ruling = rule(_read_record(entry.connection))
            entry.silent = not ruling.events
            entry.object, entry.before, entry.after = ruling.object, ruling.before, ruling.after
            return [_add_event(entry.connection, event, act) for event in ruling.events]

    def add_measurement(
        self,
        values: Mapping[str, Any],
        check: Callable[[Record], Mapping[str, Any]],
        act: Act,
    ) -> None:
        """Keep a figure before and after (columns of `Measurements`) once `check` lets it pass.

        What `check` returns is told in the audit log too.
        """
        told = {name: values[name] for name in ("figure", "before", "after", "evidence")}
        with self.writing(act, "target.measure", str(values["target_id"]), told) as entry:
            entry.after = {**told, **check(_read_record(entry.connection))}
            own = {"measured_at": act.when, "measured_by": act.who}
            entry.connection.execute(insert(MEASUREMENTS).values(**values, **own))

    def add_kpi_value(self, values: Mapping[str, Any], act: Act) -> None:
        """Keep a KPI figure that somebody entered (columns of `KpiValues`)."""
        object_ = f"{values['kpi']} {values['fiscal_year']} {values['kind']}"
        told = {"value": values["value"], "base": values.get("base")}
        with self.writing(act, "kpi.enter", object_, told) as entry:
            c = KPI_VALUES.c
            same = [c[name] == values[name] for name in ("kpi", "fiscal_year", "kind")]
            query = select(c.value, c.base).where(*same).order_by(c.id.desc()).limit(1)
            last = entry.connection.execute(query).one_or_none()
            entry.before = {"value": last.value, "base": last.base} if last else None
            own = {"entered_at": act.when, "entered_by": act.who}
            entry.connection.execute(insert(KPI_VALUES).values(**values, **own))

    def read_kpi_values(self) -> DataFrame[KpiValues]:
        """All KPI figures that people entered, the first first."""
        with self.reading() as connection:
            return _read_frame(connection, KPI_VALUES, KpiValues)

    def add_link_word(
        self, after_edition: int, before_id: str, after_id: str | None, action: str, act: Act
    ) -> None:
        """Keep what somebody said of a task of this edition and one of a later edition."""
        object_ = f"{self.edition}:{before_id} – {after_edition}:{after_id or ''}"
        values = {
            "before_edition": self.edition,
            "after_edition": after_edition,
            "before_id": before_id,
            "after_id": after_id,
            "action": action,
            "decided_at": act.when,
            "decided_by": act.who,
        }
        with self.writing(act, f"link.{action}", object_) as entry:
            entry.connection.execute(insert(LINK_WORDS).values(values))

    def read_link_words(self, after_edition: int) -> DataFrame[LinkWords]:
        """What people said of tasks of this edition and of a later edition, the first first."""
        c = LINK_WORDS.c
        both = (c.before_edition == self.edition) & (c.after_edition == after_edition)
        with self.reading() as connection:
            return _read_frame(connection, LINK_WORDS, LinkWords, both)


def _add_event(connection: Connection, event: TargetEvent, act: Act) -> int:
    c = TARGET_EVENTS.c
    target_id = event.target_id
    if target_id is None:
        target_id = int(connection.execute(select(func.max(c.target_id))).scalar() or 0) + 1
    values = {
        "target_id": target_id,
        "action": event.action,
        "status": event.status,
        "happened_on": event.happened_on,
        "reason": event.reason,
        "values": json.dumps(event.values, ensure_ascii=False, sort_keys=True),
        "decided_at": act.when,
        "decided_by": act.who,
    }
    connection.execute(insert(TARGET_EVENTS).values(values))
    return target_id


def _read_record(connection: Connection) -> Record:
    events = _read_frame(connection, TARGET_EVENTS, TargetEvents)
    return Record(
        events, drop_withdrawn(_read_frame(connection, MEASUREMENTS, Measurements), events)
    )


def _read_frame(
    connection: Connection,
    table: Table,
    schema: type[S],
    condition: ColumnElement[bool] | None = None,
) -> DataFrame[S]:
    """Rows of a table in their order, as a frame."""
    columns = [table.c[_OWN_NAMES.get(name, name)] for name in schema.column_names()]
    query = select(*columns).order_by(table.c.id)
    if condition is not None:
        query = query.where(condition)
    rows = [tuple(row) for row in connection.execute(query).all()]
    return schema.validate(pl.DataFrame(rows, schema=types_of(schema), orient="row"), cast=True)
