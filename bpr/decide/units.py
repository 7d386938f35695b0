"""What a KPI counts: on any day the units of the targets that stand, and so their spells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

import polars as pl

from bpr import deciding_terms
from bpr.decide.measurements import (
    Measurement,
    find_realized_hours,
    latest_measurements,
    read_measurements,
)
from bpr.decide.moves import LINE
from bpr.decide.targets import Spell, Target, trace_targets
from bpr.decide.years import fiscal_year
from bpr.frames import DataFrame, KpiUnits, Measurements, TargetEvents, types_of
from bpr.settings import KpiSettings
from bpr.settings.kpi import KpiDefinition

_FOREVER: Final = date.max


@dataclass(frozen=True)
class Stay:
    """A time in which a target counts for a KPI, from `start` until before `end`.

    `since`: first day of the unbroken time of which it is a piece; `hours`: a year, of a KPI of
    hours; `reason`: why it ends.
    """

    target: Target
    start: date
    end: date
    since: date
    hours: float | None = None
    reason: str | None = None


class Unit(NamedTuple):
    """One unit: the task (and its part), by which target, with how many hours a year."""

    key: str
    target_id: int
    task_id: str | None
    hours: float | None


def count_units(
    kpi: str,
    events: DataFrame[TargetEvents],
    measurements: DataFrame[Measurements],
    settings: KpiSettings,
) -> DataFrame[KpiUnits]:
    """Every unit that a KPI counts or counted, by day and key; of an entered KPI there are none.

    Raises InputError for a KPI that kpi.toml does not have.
    """
    definition = settings.definition(kpi)
    stays = list_stays(definition, events, measurements)
    rows = [
        {
            "kpi": kpi,
            "unit_key": unit.key,
            "counted_on": start,
            "target_id": unit.target_id,
            "task_id": unit.task_id,
            "label": last.target.name,
            "division": last.target.division,
            "hours": unit.hours,
            "fiscal_year": fiscal_year(start),
            "until": end,
            "reason": _tell_end(last, end, stays),
        }
        for unit, start, end, last in _sweep(stays, definition)
    ]
    frame = pl.DataFrame(rows, schema=types_of(KpiUnits))
    return KpiUnits.validate(frame.sort("counted_on", "unit_key"))


def list_stays(
    definition: KpiDefinition,
    events: DataFrame[TargetEvents],
    measurements: DataFrame[Measurements],
) -> list[Stay]:
    """Times in which targets count for a KPI, before tasks that several share are counted once."""
    if definition.measure == "entered":
        return []
    known: dict[int, list[Measurement]] = {}
    for measurement in read_measurements(measurements):
        known.setdefault(measurement.target_id, []).append(measurement)
    stays = []
    for target_id, spells in trace_targets(events).items():
        own = known.get(target_id, [])
        stays += _join_stays(_stand(definition, spells, own))
    return stays


def find_units(stays: Iterable[Stay], definition: KpiDefinition) -> list[Unit]:
    """Units of the targets that stand on one day.

    Whole tasks come before parts of tasks, the target that stands longer before the other; a target
    adds only what none before it has. With `merge = "once"` it adds one unit at most.
    """
    parts = definition.split == "each"
    seen: set[tuple[str, str | None]] = set()
    units = []
    ordered = sorted(stays, key=lambda stay: _order(stay, parts=parts))
    for stay in ordered:
        target = stay.target
        part = target.part if parts else None
        tasks = sorted(set(target.task_ids)) or [f"target:{target.target_id}"]
        new = [task for task in tasks if not {(task, part), (task, None)} & seen]
        seen |= {(task, part) for task in tasks}
        for task in new if definition.merge == "each" else new[:1]:
            key = f"{task}／{part}" if part else task
            task_id = task if target.task_ids else None
            units.append(Unit(key, target.target_id, task_id, stay.hours))
    return units


def stands(definition: KpiDefinition, target: Target) -> bool:
    """Whether a target has come as far as the KPI counts, by one of its levers."""
    counted = LINE[LINE.index(definition.from_status) :]
    return target.merged_into is None and target.status in counted and fits(definition, target)


def fits(definition: KpiDefinition, target: Target) -> bool:
    """Whether a target is of one of the KPI's levers."""
    return not definition.levers or target.lever in definition.levers


def _order(stay: Stay, *, parts: bool) -> tuple[bool, date, int]:
    return (parts and stay.target.part is not None, stay.since, stay.target.target_id)


def _stand(
    definition: KpiDefinition, spells: Sequence[Spell], measurements: Sequence[Measurement]
) -> Iterator[Stay]:
    """Pieces of a target's spells in which it stands and has the evidence, in order."""
    for place, spell in enumerate(spells):
        if not stands(definition, spell.target):
            continue
        end = spell.end or _FOREVER
        after = spells[place + 1].target if place + 1 < len(spells) else None
        for start, stop in _cut(spell.start, end, [m.after_to for m in measurements]):
            proof = [m for m in measurements if m.after_to <= start]
            hours = None
            if definition.evidence:
                hours = _prove(definition, proof)
                if hours is None:
                    continue
            reason = _tell_why(definition, after) if after and stop == end else None
            kept = hours if definition.measure == "sum_hours" else None
            yield Stay(spell.target, start, stop, start, kept, reason)


def _cut(start: date, end: date, days: Iterable[date]) -> Iterator[tuple[date, date]]:
    cuts = [start, *sorted({day for day in days if start < day < end}), end]
    return pairwise(cuts)


def _prove(definition: KpiDefinition, measurements: Sequence[Measurement]) -> float | None:
    """Hours that the measurements show (0.0 where only their being there is asked for)."""
    if definition.measure == "sum_hours":
        realized = find_realized_hours(measurements)
        return realized.hours if realized and realized.evidence in definition.evidence else None
    latest = latest_measurements(measurements).values()
    return 0.0 if any(m.evidence in definition.evidence for m in latest) else None


def _join_stays(stays: Iterable[Stay]) -> list[Stay]:
    """Let pieces that follow without a gap know when they began."""
    joined: list[Stay] = []
    for stay in stays:
        since = joined[-1].since if joined and joined[-1].end == stay.start else stay.start
        joined.append(Stay(stay.target, stay.start, stay.end, since, stay.hours, stay.reason))
    return joined


def _sweep(
    stays: Sequence[Stay], definition: KpiDefinition
) -> Iterator[tuple[Unit, date, date | None, Stay]]:
    """Spells of every unit: from the day on which it appears to that on which it is gone."""
    begun: dict[Unit, tuple[date, Stay]] = {}
    days = sorted({day for stay in stays for day in (stay.start, stay.end)})
    for day in days:
        standing = {s.target.target_id: s for s in stays if s.start <= day < s.end}
        now = find_units(standing.values(), definition)
        for unit in [unit for unit in begun if unit not in now]:
            start, last = begun.pop(unit)
            yield unit, start, None if day == _FOREVER else day, last
        for unit in now:
            start = begun[unit][0] if unit in begun else day
            begun[unit] = (start, standing[unit.target_id])


def _tell_end(last: Stay, end: date | None, stays: Sequence[Stay]) -> str | None:
    """Why a unit no longer counts by its target."""
    if end is None:
        return None
    if last.end == end and last.reason:
        return last.reason
    again = any(s.target.target_id == last.target.target_id and s.start == end for s in stays)
    return "測定した値が変わった" if last.end == end and again else "ほかの対象で数える"


def _tell_why(definition: KpiDefinition, after: Target) -> str:
    if after.merged_into is not None:
        return f"対象 {after.merged_into} に統合"
    if stands(replace(definition, levers=()), after):
        return "手段か業務の変更"
    label = deciding_terms.TARGET_STATUSES[after.status].label
    return f"{label}：{after.status_reason}" if after.status_reason else label
