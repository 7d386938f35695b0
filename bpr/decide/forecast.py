"""Where a KPI will stand in its target year, with an interval and what it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np

from bpr import deciding_terms
from bpr.decide.progress import measure_progress, read_entered
from bpr.decide.targets import Target, read_events, trace_targets
from bpr.decide.units import Stay, count_units, find_units, fits, list_stays, stands
from bpr.decide.years import fiscal_year
from bpr.frames import DataFrame, KpiValues, Measurements, TargetEvents
from bpr.settings import KpiSettings
from bpr.settings.kpi import PLANNED, KpiDefinition

_DRAWS: Final = 20_000
_SEED: Final = 20220401
_PERCENT: Final = 100.0


@dataclass(frozen=True)
class Forecast:
    """Value of a KPI at the end of its target year, in its unit; without one, why not.

    `method`: `outcomes` (planned targets, each with its odds), `trend` (yearly steps) or `none`.
    """

    fiscal_year: int | None
    low: float | None
    point: float | None
    high: float | None
    method: str
    sentence: str


@dataclass(frozen=True)
class Outcome:
    """Planned targets of one status: the units each adds, and how such targets have ended so far."""

    status: str
    units: tuple[int, ...]
    came: int
    failed: int


def forecast_kpi(
    kpi: str,
    events: DataFrame[TargetEvents],
    measurements: DataFrame[Measurements],
    values: DataFrame[KpiValues],
    settings: KpiSettings,
    today: date,
) -> Forecast:
    """Forecast for the target year; none where the data do not bear one.

    Raises InputError for a KPI that kpi.toml does not have.
    """
    definition = settings.definition(kpi)
    year = definition.target_year
    if year is None:
        return _refuse(None, "目標年度が決まっていないので、見通しは出しません。")
    if fiscal_year(today) > year:
        return _refuse(year, f"目標年度の {year}年度は終わっているので、見通しは出しません。")
    if definition.measure == "entered":
        known = {
            past: float(row["value"])
            for past, row in read_entered(kpi, values).actuals.items()
            if past <= fiscal_year(today)
        }
        return _follow_trend(definition, known, settings, year)
    if definition.measure == "sum_hours":
        return _refuse(year, "削減時間は実績で測った分だけを数えるので、見通しは出しません。")
    units = count_units(kpi, events, measurements, settings)
    now = measure_progress(kpi, units, values, settings, [fiscal_year(today)], today)
    actual = now["actual"].item()
    if actual is None or not definition.cumulative:
        return _refuse(year, "今の値がわからないか、累計の KPI ではないので、見通しは出しません。")
    stays = list_stays(definition, events, measurements)
    standing = [stay for stay in stays if stay.start <= today < stay.end]
    targets = [spells[-1].target for spells in trace_targets(events).values()]
    outcomes = _find_outcomes(definition, targets, standing, events, year)
    undated = sum(t.done_by is None for t in targets if _is_planned(definition, t))
    return _draw(definition, settings, outcomes, float(actual), undated)


def _is_planned(definition: KpiDefinition, target: Target) -> bool:
    return (
        target.status in PLANNED
        and target.merged_into is None
        and fits(definition, target)
        and not stands(definition, target)
    )


def _find_outcomes(
    definition: KpiDefinition,
    targets: Sequence[Target],
    standing: Sequence[Stay],
    events: DataFrame[TargetEvents],
    year: int,
) -> list[Outcome]:
    planned = [
        target
        for target in targets
        if _is_planned(definition, target) and target.done_by is not None and target.done_by <= year
    ]
    later = [Stay(target, date.max, date.max, date.max) for target in planned]
    adding = [unit.target_id for unit in find_units([*standing, *later], definition)]
    visited: dict[str, set[int]] = {status: set() for status in PLANNED}
    for event in read_events(events):
        if event.status in visited:
            visited[event.status].add(event.target_id)
    own = [target for target in targets if fits(definition, target)]
    came = {target.target_id for target in own if stands(definition, target)}
    failed = {target.target_id for target in own if target.status in {"shelved", "withdrawn"}}
    return [
        Outcome(
            status,
            tuple(adding.count(t.target_id) for t in planned if t.status == status),
            len(visited[status] & came),
            len(visited[status] & failed),
        )
        for status in PLANNED
    ]


def _draw(
    definition: KpiDefinition,
    settings: KpiSettings,
    outcomes: Sequence[Outcome],
    actual: float,
    undated: int,
) -> Forecast:
    """Draw the probability of every status from its Beta, then what becomes of each target.

    A fixed seed: the same state gives the same forecast.
    """
    random = np.random.default_rng(_SEED)
    total = np.full(_DRAWS, actual)
    for outcome in outcomes:
        odds = settings.forecast.odds[outcome.status]
        likely = random.beta(odds.came + outcome.came, odds.failed + outcome.failed, (_DRAWS, 1))
        comes = random.random((_DRAWS, len(outcome.units))) < likely
        total += comes @ np.array(outcome.units, dtype=float)
    tail = (1 - settings.forecast.interval) / 2
    ends = np.quantile(total, [tail, 0.5, 1 - tail], method="inverted_cdf")
    low, point, high = (float(end) for end in ends)
    sentence = _tell_outcomes(definition, settings, outcomes, actual, undated)
    return Forecast(definition.target_year, low, point, high, "outcomes", sentence)


def _tell_outcomes(
    definition: KpiDefinition,
    settings: KpiSettings,
    outcomes: Sequence[Outcome],
    actual: float,
    undated: int,
) -> str:
    planned = "、".join(
        f"{deciding_terms.TARGET_STATUSES[o.status].label} {len(o.units)} 件"
        f"（進む割合 {_mean(o, settings):.0%}、自庁の結果 {o.came + o.failed} 件）"
        for o in outcomes
        if o.units
    )
    now, year = f"今の {actual:g} {definition.unit}", f"{definition.target_year}年度"
    text = (
        f"{now}に、{year}までに終える予定の対象のうち進みそうな分（{planned}）を足した値で、"
        f"幅は {settings.forecast.interval:.0%} の確からしさです。"
        "進む割合は、本製品の目安（kpi.toml）に自庁の結果を足したものです。"
        if planned
        else f"{year}までに終える予定の対象がないので、{now}のままとみた値です。"
    )
    return text + (f"完了の年度がない {undated} 件は数えていません。" if undated else "")


def _mean(outcome: Outcome, settings: KpiSettings) -> float:
    odds = settings.forecast.odds[outcome.status]
    came, failed = odds.came + outcome.came, odds.failed + outcome.failed
    return came / (came + failed)


def _follow_trend(
    definition: KpiDefinition, known: Mapping[int, float], settings: KpiSettings, year: int
) -> Forecast:
    """Go on by the last yearly step, between the smallest and the largest step so far."""
    least = settings.forecast.least_actuals
    if len(known) < least:
        return _refuse(
            year,
            f"実績値が {len(known)} 年分しかないので、見通しは出しません（{least} 年分から）。",
        )
    first, last = min(known), max(known)
    ahead = year - last
    if ahead > last - first:
        return _refuse(
            year,
            f"実績値は {first}〜{last}年度の {last - first} 年間だけで、{ahead} 年先の見通しは出しません。",
        )
    steps = [(b - a) / (after - before) for (before, a), (after, b) in pairwise(known.items())]
    most = _PERCENT if definition.unit == "%" else np.inf
    low, point, high = (
        float(np.clip(known[last] + step * ahead, 0, most))
        for step in (min(steps), steps[-1], max(steps))
    )
    sentence = (
        f"{first}〜{last}年度の実績値 {len(known)} 個から、最後の 1 年の伸び {steps[-1]:+.3g} "
        f"{definition.unit}が続くとみた値で、幅はこれまでの 1 年の伸びの最小と最大です。"
    )
    return Forecast(year, low, point, high, "trend", sentence)


def _refuse(year: int | None, sentence: str) -> Forecast:
    return Forecast(year, None, None, None, "none", sentence)
