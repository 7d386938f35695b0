"""A KPI year by year: what is reached, what the path expects, and the grade in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

import polars as pl

from bpr.decide.years import elapsed_share, fiscal_year, last_day
from bpr.frames import DataFrame, KpiProgress, KpiUnits, KpiValues, types_of
from bpr.settings import KpiSettings
from bpr.settings.kpi import KpiDefinition


@dataclass(frozen=True)
class Entered:
    """What people entered for one KPI: the latest row by year."""

    targets: dict[int, float]
    actuals: Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True)
class Level:
    """Where a KPI stands on a day: its value, and the units behind it."""

    value: float | None
    units: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Kpi:
    """A KPI with all that its values rest on."""

    name: str
    definition: KpiDefinition
    units: pl.DataFrame
    entered: Entered

    @property
    def path(self) -> dict[int, float]:
        """Year -> what is planned for its end: baseline, yearly targets, target."""
        definition = self.definition
        own = {definition.baseline_year: definition.baseline}
        if definition.target is not None and definition.target_year is not None:
            own[definition.target_year] = definition.target
        return dict(sorted((own | self.entered.targets).items()))

    @cached_property
    def in_baseline(self) -> frozenset[str]:
        """Units that were there when the baseline was taken."""
        return _keys(_on(self.units, last_day(self.definition.baseline_year)))

    def level(self, year: int, today: date) -> Level:
        """Where it stands at the end of a year, of the running year today."""
        definition = self.definition
        if definition.measure == "entered":
            row = self.entered.actuals.get(year)
            if row is not None:
                return Level(float(row["value"]))
            return Level(definition.baseline if year == definition.baseline_year else None)
        there = _on(self.units, min(last_day(year), today))
        there = there.filter(~pl.col("unit_key").is_in(list(self.in_baseline)))
        added = there.height if definition.measure == "count" else float(there["hours"].sum())
        return Level(definition.baseline + added, _keys(there))


def measure_progress(
    kpi: str,
    units: DataFrame[KpiUnits],
    values: DataFrame[KpiValues],
    settings: KpiSettings,
    years: Iterable[int],
    today: date,
) -> DataFrame[KpiProgress]:
    """Progress of a KPI in its own unit, a row per fiscal year.

    The path is a straight line between baseline, the yearly targets entered and the target. Units
    that were there when the baseline was taken belong to it and are not counted again. Raises
    InputError for a KPI that kpi.toml does not have.
    """
    found = _Kpi(
        kpi,
        settings.definition(kpi),
        units.filter(pl.col("kpi") == kpi),
        read_entered(kpi, values),
    )
    rows = [_measure_year(found, settings, year, today) for year in years]
    return KpiProgress.validate(pl.DataFrame(rows, schema=types_of(KpiProgress)))


def read_entered(kpi: str, values: DataFrame[KpiValues]) -> Entered:
    """Return the latest target and actual of every year."""
    own = values.filter(pl.col("kpi") == kpi).sort("sequence").iter_rows(named=True)
    latest = {(row["kind"], row["fiscal_year"]): row for row in own}
    return Entered(
        {year: float(row["value"]) for (kind, year), row in latest.items() if kind == "target"},
        {year: row for (kind, year), row in sorted(latest.items()) if kind == "actual"},
    )


def _measure_year(kpi: _Kpi, settings: KpiSettings, year: int, today: date) -> dict[str, object]:
    definition, path = kpi.definition, kpi.path
    now, before = kpi.level(year, today), kpi.level(year - 1, today)
    known = definition.baseline_year <= year <= fiscal_year(today)
    silent = definition.measure == "sum_hours" and not _begun(kpi.units, year, today)
    value = now.value if known and not silent else None
    added = None
    if value is not None and before.value is not None and year > definition.baseline_year:
        added = value - before.value
    actual = value if definition.cumulative or definition.measure == "entered" else added
    expected, by_now = _expect(path, year), _expect_by_now(definition, path, year, today)
    target = path[max(path)] if len(path) > 1 else None
    row = kpi.entered.actuals.get(year, {}) if definition.measure == "entered" else {}
    graded = definition.baseline_year < year <= fiscal_year(today)
    grade = settings.grades.used.judge(_ratio(definition, actual, by_now)) if graded else None
    return {
        "kpi": kpi.name,
        "fiscal_year": year,
        "actual": actual,
        "added": added,
        "units": len(now.units) if known and definition.measure != "entered" else None,
        "base": row.get("base"),
        "evidence": row.get("evidence"),
        "expected": expected,
        "expected_by_now": by_now,
        "target": target,
        "achieved_ratio": _ratio(definition, actual, target),
        "grade": grade.grade if grade else None,
        "grade_label": grade.label if grade else None,
        "remark": "。".join(_remark(kpi, settings, year, today)) or None,
    }


def _remark(kpi: _Kpi, settings: KpiSettings, year: int, today: date) -> list[str]:
    definition = kpi.definition
    if not definition.baseline_year <= year <= fiscal_year(today):
        return []
    remarks = []
    if year < settings.valid_from:
        remarks.append(f"今の定義は {settings.valid_from}年度からのもの")
    if year == fiscal_year(today) and today < last_day(year):
        remarks.append(f"年度の途中（{today.month}月{today.day}日まで）")
    if definition.measure == "entered" and kpi.level(year, today).value is None:
        remarks.append("実績値が入っていない")
    if definition.measure == "sum_hours" and not _begun(kpi.units, year, today):
        remarks.append("実績で測った対象がない")
    lost = kpi.level(year - 1, today).units - kpi.level(year, today).units
    if lost and year > definition.baseline_year:
        remarks.append(f"前の年度から {len(lost)} 業務が外れた")
    if kpi.in_baseline:
        remarks.append(
            f"{definition.baseline_year}年度末までの {len(kpi.in_baseline)} 業務は現状値に含む"
        )
    if _expect(kpi.path, year) is None:
        remarks.append("この年度の目標値がない")
    return remarks


def _on(units: pl.DataFrame, day: date) -> pl.DataFrame:
    gone = (pl.col("until") <= day).fill_null(value=False)
    return units.filter(pl.col("counted_on") <= day, ~gone)


def _begun(units: pl.DataFrame, year: int, today: date) -> bool:
    return bool((units["counted_on"] <= min(last_day(year), today)).any())


def _keys(units: pl.DataFrame) -> frozenset[str]:
    return frozenset(units["unit_key"])


def _expect(path: Mapping[int, float], year: float) -> float | None:
    """Value of the path at the end of a year; None outside it and where nothing is planned."""
    for (first, low), (last, high) in pairwise(path.items()):
        if first <= year <= last:
            return low + (high - low) * (year - first) / (last - first)
    return None


def _expect_by_now(
    definition: KpiDefinition, path: Mapping[int, float], year: int, today: date
) -> float | None:
    """Value of the path at the end of the year, today at most; None in years to come.

    What comes in a year alone can be expected of the whole year only.
    """
    share = elapsed_share(year, today)
    if share == 0 or (share < 1 and not definition.cumulative):
        return None
    return _expect(path, year - 1 + share) if share < 1 else _expect(path, year)


def _ratio(definition: KpiDefinition, actual: float | None, wanted: float | None) -> float | None:
    """Share of the way from the baseline; None where one end is unknown or there is no way."""
    if actual is None or wanted is None or wanted == definition.baseline:
        return None
    return round((actual - definition.baseline) / (wanted - definition.baseline), 9)
