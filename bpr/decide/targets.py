"""Events -> targets: the state is a fold, now or as of any day."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any, Final

import polars as pl

from bpr import deciding_terms
from bpr.frames import DataFrame, TargetEvents, Targets, types_of

FINAL: Final = "withdrawn"
_LISTS: Final = ("task_ids", "means", "links")
_EVENTS: Final = ("create", "edit", "refreeze", "split")


@dataclass(frozen=True)
class Target:
    """One BPR target as it is now; hours a year, rates 0-1, `difficulty` as people say it.

    `version`: last event that touched it. `part`: what of its task, where only a part. `schedule`:
    fiscal year -> text. From `hours` on: the expectation as it was when decided.
    """

    target_id: int
    status: str
    status_since: date
    created_on: date
    version: int
    status_reason: str | None = None
    merged_into: int | None = None
    split_from: int | None = None
    edition_id: int | None = None
    task_ids: tuple[str, ...] = ()
    part: str | None = None
    name: str = ""
    division: str | None = None
    lever: str | None = None
    means: tuple[str, ...] = ()
    current_state: str | None = None
    policy: str | None = None
    owner: str | None = None
    schedule: Mapping[int, str] = field(default_factory=dict)
    done_by: int | None = None
    difficulty: str | None = None
    notes: str | None = None
    links: tuple[str, ...] = ()
    hours: float | None = None
    taken_hours: float | None = None
    rate: float | None = None
    rate_low: float | None = None
    rate_high: float | None = None
    expected_hours: float | None = None
    expected_hours_low: float | None = None
    expected_hours_high: float | None = None
    expected_evidence: str | None = None
    weight_set: str | None = None
    settings_digest: str | None = None
    score: float | None = None
    rank: int | None = None

    @property
    def is_final(self) -> bool:
        """Whether nothing more can be done with it."""
        return self.status == FINAL or self.merged_into is not None


@dataclass(frozen=True)
class Event:
    """One row of `TargetEvents`, its values read."""

    event_id: int
    target_id: int
    action: str
    status: str | None
    happened_on: date
    reason: str | None
    values: Mapping[str, Any]
    decided_at: datetime
    decided_by: str

    def touches(self, target_id: int) -> bool:
        """Whether it changes a target: its own, or the one that a merge goes into."""
        return target_id in {self.target_id, self.values.get("merged_into")}


@dataclass(frozen=True)
class Spell:
    """A target as it was from `start` until before `end`; None: until now."""

    target: Target
    start: date
    end: date | None


def write_values(values: Mapping[str, object]) -> str:
    """Write fields for an event: JSON with sorted keys."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def read_values(text: str) -> dict[str, Any]:
    """Fields of an event as a target holds them."""
    values: dict[str, Any] = json.loads(text)
    if "schedule" in values:
        values["schedule"] = {int(year): text for year, text in values["schedule"].items()}
    return values | {name: tuple(values[name]) for name in _LISTS if name in values}


def read_events(events: DataFrame[TargetEvents]) -> list[Event]:
    """Events in their order."""
    rows = events.sort("event_id").iter_rows(named=True)
    return [Event(**{**row, "values": read_values(row["values"])}) for row in rows]


def fold_targets(events: DataFrame[TargetEvents]) -> list[Target]:
    """Every target as it is now, the first first."""
    spells = trace_targets(events)
    return [own[-1].target for own in spells.values()]


def trace_targets(events: DataFrame[TargetEvents]) -> dict[int, list[Spell]]:
    """Every target's spells in the order of time; on a day holds what had happened by then.

    Of two events that had happened, the one entered later counts.
    """
    touching: dict[int, list[Event]] = {}
    for event in read_events(events):
        for target_id in {event.target_id, event.values.get("merged_into", event.target_id)}:
            touching.setdefault(target_id, []).append(event)
    return {
        target_id: spells
        for target_id, own in sorted(touching.items())
        if (spells := _trace(target_id, own))
    }


def apply_events(target: Target | None, target_id: int, events: Iterable[Event]) -> Target | None:
    """Fold events that touch a target into it; None before it is created."""
    for event in events:
        target = _apply(target, target_id, event)
    return target


def list_targets(events: DataFrame[TargetEvents]) -> DataFrame[Targets]:
    """Every target as it is now, as a table."""
    rows = [_flatten(target) for target in fold_targets(events)]
    return Targets.validate(pl.DataFrame(rows, schema=types_of(Targets)))


def find_standing(targets: DataFrame[Targets]) -> DataFrame[Targets]:
    """Targets that stand for themselves: neither merged nor withdrawn."""
    ended = pl.col("merged_into").is_not_null() | (pl.col("status") == "withdrawn")
    return Targets.validate(targets.filter(~ended))


def _trace(target_id: int, events: list[Event]) -> list[Spell]:
    days = sorted({event.happened_on for event in events})
    states = [
        (day, apply_events(None, target_id, (e for e in events if e.happened_on <= day)))
        for day in days
    ]
    known = [(day, target) for day, target in states if target is not None]
    ends = [*(day for day, _ in known[1:]), None]
    return [Spell(target, day, end) for (day, target), end in zip(known, ends, strict=True)]


def _apply(target: Target | None, target_id: int, event: Event) -> Target | None:
    if event.action == "create" and event.status is not None:
        target = Target(
            target_id, event.status, event.happened_on, event.happened_on, event.event_id
        )
    if target is None:
        return None
    target = replace(target, version=event.event_id)
    if event.action == "unmeasure":
        return target
    if event.action in _EVENTS:
        return replace(target, **event.values)
    if event.action == "move" and event.status is not None:
        return replace(
            target,
            status=event.status,
            status_since=event.happened_on,
            status_reason=event.reason,
        )
    if event.target_id == target_id:
        return replace(target, merged_into=event.values["merged_into"])
    taken = (task for task in event.values["task_ids"] if task not in target.task_ids)
    return replace(target, task_ids=(*target.task_ids, *taken))


def _flatten(target: Target) -> dict[str, object]:
    return asdict(target) | {
        "task_ids": "、".join(target.task_ids),
        "means": "、".join(target.means),
        "links": "\n".join(target.links),
        "schedule": write_values({str(year): text for year, text in target.schedule.items()}),
    }


TARGET_FIELDS: Final = tuple(
    f.name for f in fields(Target) if f.name in deciding_terms.TARGET_FIELDS
)
"""Fields that events may set, in their order."""
