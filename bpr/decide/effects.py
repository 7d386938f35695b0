"""What was really saved: against what was expected, and fed back as the office's own rates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from bpr import terms
from bpr.decide.measurements import (
    Measurement,
    RealizedHours,
    find_realized_hours,
    read_measurements,
)
from bpr.decide.targets import Target
from bpr.decide.years import fiscal_year
from bpr.frames import DataFrame, LeverEffects, Measurements, OwnRates, types_of
from bpr.settings import SavingsSettings
from bpr.settings.savings import Factor, LeverSavings

_DONE: Final = ("done", "confirmed")
_DRAWS: Final = 4_000
_SEED: Final = 20220401
_TAIL: Final = 0.1
_MEASURED: Final = "measured"


@dataclass(frozen=True)
class Effect:
    """A target that is done, and what it really saved; None: nobody knows."""

    target: Target
    realized: RealizedHours | None


def find_effects(targets: Iterable[Target], measurements: DataFrame[Measurements]) -> list[Effect]:
    """Effects of the targets that are done (実施済, 効果確認済), in their order."""
    known: dict[int, list[Measurement]] = {}
    for measurement in read_measurements(measurements):
        known.setdefault(measurement.target_id, []).append(measurement)
    return [
        Effect(target, find_realized_hours(known.get(target.target_id, ())))
        for target in targets
        if target.status in _DONE and target.merged_into is None
    ]


def summarize_effects(
    targets: Iterable[Target], measurements: DataFrame[Measurements]
) -> DataFrame[LeverEffects]:
    """Expected against realized hours of the targets that are done, per lever and evidence.

    The ratio is taken over the targets of which both are known, and over no others.
    """
    by_lever: dict[str | None, list[Effect]] = {}
    for effect in find_effects(targets, measurements):
        by_lever.setdefault(effect.target.lever, []).append(effect)
    order = [*terms.LEVERS, *sorted({str(lever) for lever in by_lever} - {*terms.LEVERS, "None"})]
    rows = [
        row
        for lever in (*order, None)
        if lever in by_lever
        for row in _summarize_lever(lever, by_lever[lever])
    ]
    return LeverEffects.validate(pl.DataFrame(rows, schema=types_of(LeverEffects)))


def find_own_rates(
    targets: Iterable[Target], measurements: DataFrame[Measurements], least: int
) -> DataFrame[OwnRates]:
    """Hours realized per hour taken over, per lever with at least `least` targets measured.

    Of targets that are done, with 実績 and hours taken over. The rate is pooled (sum / sum), so that
    big tasks weigh more; its interval are the 10 % and 90 % quantiles of a bootstrap over targets
    with a fixed seed. May be below 0 or above 1.
    """
    by_lever: dict[str, list[Effect]] = {}
    for effect in find_effects(targets, measurements):
        if effect.target.lever in terms.LEVERS and _counts(effect):
            by_lever.setdefault(str(effect.target.lever), []).append(effect)
    rows = [
        _pool_rates(lever, by_lever[lever])
        for lever in terms.LEVERS
        if len(by_lever.get(lever, ())) >= least
    ]
    return OwnRates.validate(pl.DataFrame(rows, schema=types_of(OwnRates)))


def apply_own_rates(savings: SavingsSettings, rates: DataFrame[OwnRates]) -> SavingsSettings:
    """Put the office's own rates, within 0-1, in the place of the published ones.

    Hours measured afterwards hold the checking that remains; the lever's own deduction for it
    therefore becomes 0. Upkeep stays: it is mostly done elsewhere than in the task.
    """
    own: Mapping[str, LeverSavings] = {
        row["lever"]: _replace_rate(savings.levers[row["lever"]], row)
        for row in rates.iter_rows(named=True)
        if row["lever"] in savings.levers
    }
    return replace(savings, levers={**savings.levers, **own})


def _summarize_lever(lever: str | None, effects: list[Effect]) -> list[dict[str, object]]:
    found = [
        _summarize_evidence(lever, kind, effects)
        for kind in terms.EVIDENCES
        if any(effect.realized and effect.realized.evidence == kind for effect in effects)
    ]
    return found or [_summarize_evidence(lever, None, effects)]


def _summarize_evidence(
    lever: str | None, evidence: str | None, effects: list[Effect]
) -> dict[str, object]:
    known = [
        (effect.target.expected_hours, effect.realized.hours)
        for effect in effects
        if effect.realized and effect.realized.evidence == evidence
    ]
    both = [(wanted, real) for wanted, real in known if wanted is not None]
    expected, compared = sum(w for w, _ in both), sum(real for _, real in both)
    return {
        "lever": lever,
        "evidence": evidence,
        "targets": len(effects),
        "measured": len(known),
        "realized_hours": sum(real for _, real in known) if known else None,
        "compared": len(both),
        "expected_hours": expected if both else None,
        "compared_hours": compared if both else None,
        "ratio": compared / expected if expected > 0 else None,
    }


def _counts(effect: Effect) -> bool:
    measured = effect.realized is not None and effect.realized.evidence == _MEASURED
    return measured and (effect.target.taken_hours or 0.0) > 0


def _pool_rates(lever: str, effects: list[Effect]) -> dict[str, object]:
    ordered = sorted(effects, key=lambda effect: effect.target.target_id)
    known = [effect.realized for effect in ordered if effect.realized]
    saved = np.array([realized.hours for realized in known])
    taken = np.array([effect.target.taken_hours for effect in ordered], dtype=float)
    rate = float(saved.sum() / taken.sum())
    low, high = _bootstrap(saved, taken)
    last_year = max(fiscal_year(realized.last_day) for realized in known)
    return {
        "lever": lever,
        "n": len(ordered),
        "rate_low": min(low, rate),
        "rate": rate,
        "rate_high": max(high, rate),
        "last_year": last_year,
        "evidence": f"自庁の実績 {len(ordered)} 業務（{last_year}年度まで）",
    }


def _bootstrap(
    saved: npt.NDArray[np.float64], taken: npt.NDArray[np.float64]
) -> tuple[float, float]:
    """Return the ends of the pooled rate when the targets are drawn again and again."""
    drawn = np.random.default_rng(_SEED).integers(0, len(saved), (_DRAWS, len(saved)))
    rates = saved[drawn].sum(axis=1) / taken[drawn].sum(axis=1)
    low, high = np.quantile(rates, [_TAIL, 1 - _TAIL])
    return float(low), float(high)


def _replace_rate(lever: LeverSavings, row: Mapping[str, object]) -> LeverSavings:
    ends = np.clip([row[name] for name in ("rate_low", "rate", "rate_high")], 0, 1)
    low, rate, high = (float(end) for end in ends)
    source = str(row["evidence"])
    held = Factor((0.0, 0.0, 0.0), "割合", "実績", f"{source}の減る割合に含む")
    return replace(lever, rate=Factor((low, rate, high), "割合", "実績", source), checking=held)
