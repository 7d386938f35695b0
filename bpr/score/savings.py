"""What a lever may save: hours taken over x reduction - checking - upkeep, as an interval; and yen.

taken   = annual_hours x named_share x share of the acts
saving  = taken x rate - taken x checking - upkeep                       (hours a year)
yen     = saving x hourly_yen - taken x paid_hour_yen - yearly_yen       (yen a year)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from bpr import terms
from bpr.frames import DataFrame, Savings
from bpr.frames.portfolio import Licence
from bpr.score.value import Numbers
from bpr.settings import SavingsSettings
from bpr.settings.savings import LeverSavings

LOW, POINT, HIGH = ENDS = (0, 1, 2)


@dataclass(frozen=True)
class _ActSets:
    """The distinct sets of acts, and which of them each task has."""

    sets: list[list[str]]
    place: npt.NDArray[np.intp]


def list_licences(savings: SavingsSettings) -> dict[str, Licence]:
    """Licences by lever, for the levers that need one."""
    return {
        name: Licence(lever.licence_yen.range[POINT], lever.licence_tasks)
        for name, lever in savings.levers.items()
        if lever.licence_yen is not None
    }


def estimate_savings(facts: pl.DataFrame, savings: SavingsSettings) -> DataFrame[Savings]:
    """Savings of every lever for every task, with the factors that made them."""
    acts = _find_sets(facts["acts"])
    frames = [_save(name, lever, facts, acts, savings) for name, lever in savings.levers.items()]
    return Savings.validate(pl.concat(frames))


def _save(
    name: str, lever: LeverSavings, facts: pl.DataFrame, acts: _ActSets, savings: SavingsSettings
) -> pl.DataFrame:
    hours = facts["annual_hours"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    shares = _shares(lever, acts, savings)
    taken = [hours * share for share in shares]
    costs = [taken[end] * lever.checking.range[end] + lever.upkeep.range[end] for end in ENDS]
    low, point, high = hours_saved(lever, taken)
    paid = lever.paid_hour_yen.range[POINT] if lever.paid_hour_yen else 0.0
    yearly = lever.yearly_yen.range[POINT] + np.nan_to_num(taken[POINT]) * paid
    size = facts.height
    columns = {
        "annual_hours": hours,
        "share_low": shares[LOW],
        "share": shares[POINT],
        "share_high": shares[HIGH],
        "cost_hours_low": costs[LOW],
        "cost_hours": costs[POINT],
        "cost_hours_high": costs[HIGH],
        "saving_hours_low": low,
        "saving_hours": point,
        "saving_hours_high": high,
        "saving_yen": point * _hourly_yen(facts["staff_type"], savings) - yearly,
        "setup_yen": np.full(size, lever.setup_yen.range[POINT]),
        "yearly_yen": yearly,
        "staff_days": np.full(size, lever.staff_days.range[POINT]),
    }
    levers = pl.Series([name], dtype=pl.Enum(list(terms.LEVERS))).new_from_index(0, size)
    return pl.DataFrame({"task_id": facts["task_id"], "lever": levers, **columns}, nan_to_null=True)


def hours_saved(lever: LeverSavings, taken: Sequence[Numbers]) -> tuple[Numbers, Numbers, Numbers]:
    """Hours saved a year from the hours taken over (low, point, high): low, point and high.

    The low end has every factor at its worst, the high end every factor at its best.
    """
    rate, checking, upkeep = (f.range for f in (lever.rate, lever.checking, lever.upkeep))
    worst, best = rate[LOW] - checking[HIGH], rate[HIGH] - checking[LOW]
    return (
        np.minimum(taken[LOW] * worst, taken[HIGH] * worst) - upkeep[HIGH],
        taken[POINT] * (rate[POINT] - checking[POINT]) - upkeep[POINT],
        np.maximum(taken[LOW] * best, taken[HIGH] * best) - upkeep[LOW],
    )


def _find_sets(acts: pl.Series) -> _ActSets:
    keys = acts.list.join("|").fill_null("")
    distinct = keys.unique(maintain_order=True)
    places = pl.Series(np.arange(len(distinct)))
    place = keys.replace_strict(distinct, places, return_dtype=pl.Int64)
    return _ActSets(
        [key.split("|") if key else [] for key in distinct.to_list()],
        place.to_numpy().astype(np.intp),
    )


def _shares(lever: LeverSavings, acts: _ActSets, savings: SavingsSettings) -> list[Numbers]:
    """Share of each task's hours that the lever takes over: low, point, high."""
    if not acts.sets:
        return [np.zeros(0) for _ in ENDS]
    found = np.array([share_of_acts(lever, one, savings) for one in acts.sets])
    return [found[acts.place, end] for end in ENDS]


def share_of_acts(
    lever: LeverSavings, acts: Sequence[str], savings: SavingsSettings
) -> tuple[float, float, float]:
    """Share of a task's hours that the lever takes over, from the acts that its name shows.

    All acts count alike; at the ends each may take from 1/act_spread to act_spread times as long.
    """
    named = savings.named_share.range
    if not acts:
        unknown = lever.unknown_share.range
        return tuple(n * u for n, u in zip(named, unknown, strict=True))  # type: ignore[return-value]
    taken = tuple(sorted(lever.acts.get(act, 0.0) for act in acts))
    least, greatest = _ends(taken, savings.act_spread)
    return (
        named[LOW] * least,
        named[POINT] * sum(taken) / len(taken),
        named[HIGH] * greatest,
    )


@lru_cache(maxsize=16_384)
def _ends(taken: tuple[float, ...], spread: float) -> tuple[float, float]:
    """Least and greatest mean of rising numbers whose weights may be `spread` times apart."""
    means = [
        _mean(taken, split, weight)
        for weight in (spread, 1 / spread)
        for split in range(len(taken) + 1)
    ]
    return min(means), max(means)


def _mean(taken: Sequence[float], split: int, weight: float) -> float:
    """Weighted mean where the first `split` count `weight` and the others its reciprocal."""
    weights = [weight] * split + [1 / weight] * (len(taken) - split)
    return sum(w * t for w, t in zip(weights, taken, strict=True)) / sum(weights)


def _hourly_yen(staff_type: pl.Series, savings: SavingsSettings) -> Numbers:
    yen = {name: factor.range[POINT] for name, factor in savings.hourly_yen.items()}
    known = staff_type.cast(pl.String).replace_strict(yen, default=None, return_dtype=pl.Float64)
    return known.fill_null(yen["unknown"]).to_numpy()
