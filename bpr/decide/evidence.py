"""What stands behind a KPI: the units it counts on a day, and what was measured of their targets."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import polars as pl

from bpr import terms
from bpr.decide.measurements import (
    Measurement,
    RealizedHours,
    find_realized_hours,
    latest_measurements,
    read_measurements,
)
from bpr.decide.targets import Target
from bpr.decide.years import last_day
from bpr.frames import DataFrame, KpiUnits, Measurements
from bpr.settings.kpi import KpiDefinition

_DONE: Final = ("done", "confirmed")
_LASTING: Final = ("hours", "minutes_per_case")
"""Figures that would be 0 afterwards if nothing of the work remained."""


@dataclass(frozen=True)
class Proof:
    """One target with everything that was measured of it, in the order in which it was entered."""

    target: Target
    measurements: tuple[Measurement, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether it came as far as 実施済 and still stands for itself."""
        return self.target.status in _DONE and self.target.merged_into is None

    @property
    def realized(self) -> RealizedHours | None:
        """Hours a year that it really saved; None: nobody knows."""
        return find_realized_hours(self.measurements)

    @property
    def before_hours(self) -> float | None:
        """Hours a year without the target: what would be saved if nothing remained."""
        nothing = [
            replace(one, after=0.0) if one.figure in _LASTING else one for one in self.measurements
        ]
        whole = find_realized_hours(nothing)
        return whole.hours if whole else None

    @property
    def evidence(self) -> str | None:
        """Kind of evidence of the hours, else the strongest of whatever was measured."""
        if self.realized:
            return self.realized.evidence
        known = {one.evidence for one in latest_measurements(self.measurements).values()}
        return next((kind for kind in terms.EVIDENCES if kind in known), None)

    @property
    def freed_use(self) -> str | None:
        """What the freed hours are used for, as it was said last."""
        told = [one.freed_use for one in self.measurements if one.freed_use]
        return told[-1] if told else None


def prove_targets(
    targets: Iterable[Target], measurements: DataFrame[Measurements]
) -> dict[int, Proof]:
    """Every target by its number, with what was measured of it."""
    known: dict[int, list[Measurement]] = {}
    for one in read_measurements(measurements):
        known.setdefault(one.target_id, []).append(one)
    return {
        target.target_id: Proof(target, tuple(known.get(target.target_id, ())))
        for target in targets
    }


def units_at(
    units: DataFrame[KpiUnits], definition: KpiDefinition, year: int, today: date
) -> DataFrame[KpiUnits]:
    """Units of one KPI that count at the end of a year (today at most), the first first.

    Without those that the baseline holds already, as `measure_progress` counts.
    """
    baseline = _standing(units, last_day(definition.baseline_year))["unit_key"].to_list()
    there = _standing(units, min(last_day(year), today))
    return KpiUnits.validate(there.filter(~pl.col("unit_key").is_in(baseline)))


def units_gone(
    units: DataFrame[KpiUnits], definition: KpiDefinition, year: int, today: date
) -> DataFrame[KpiUnits]:
    """Units that counted once and no longer do so at the end of a year, each its last time."""
    day = min(last_day(year), today)
    baseline = _standing(units, last_day(definition.baseline_year))["unit_key"].to_list()
    there = _standing(units, day)["unit_key"].to_list()
    ended = units.filter(pl.col("until") <= day, ~pl.col("unit_key").is_in([*baseline, *there]))
    last = ended.sort("until").unique("unit_key", keep="last", maintain_order=True)
    return KpiUnits.validate(last)


def _standing(units: pl.DataFrame, day: date) -> pl.DataFrame:
    gone = (pl.col("until") <= day).fill_null(value=False)
    return units.filter(pl.col("counted_on") <= day, ~gone).sort("counted_on", "unit_key")
