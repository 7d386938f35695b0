"""How sure a rank is when weights are opinions: the rank of every task under many opinions.

Stochastic multicriteria acceptability analysis (SMAA: Lahdelma, Hokkanen and Salminen 1998;
SMAA-2: Lahdelma and Salminen 2001): weights are drawn at random, each draw ranks all tasks, and
one reads off how often a task is among the best and under which weights it does best. Here an
opinion multiplies all weights of a theme, alike for every lever.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from bpr.frames import DataFrame, Judgements, RankCertainty

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.integer[Any]]
Longs: TypeAlias = npt.NDArray[np.int64]

CERTAIN_RATIO: Final = 0.95
"""From this share of samples among the best a task is certain. Ours; SMAA sets no threshold."""
OUT_RATIO: Final = 0.05
"""Up to this share of samples among the best a task is out. Ours, as above."""
LOW_PERCENT: Final = 5
HIGH_PERCENT: Final = 95
"""Ends of the interval of ranks. Ours: nine samples in ten lie within."""
MAX_JUDGED: Final = 200
"""So many tasks get their judgements: more than anybody reads, and few enough for a page."""

_UNITS: Final = 10**9
"""A point in the steps that count: scores nearer than 1e-9 points are ties, not float noise."""
_FULL: Final = 100 * _UNITS
_INDEX_BITS: Final = 26
_HEAD_SHIFT: Final = 21
"""A lost score fits 37 bits: with 26 bits of index an int64, above its lower 21 a uint16."""
_CELLS: Final = 1 << 17
"""Scores worked on at a time by a thread: 1 MB, which stays in the cache."""
_BLOCK: Final = 256


@dataclass(frozen=True)
class LeverValues:
    """One lever: `values` (tasks x criteria, 0-1), of each criterion the base weight and theme.

    `themes`: index into the themes that all levers share; `caps`: of each task, 0-100.
    """

    lever: str
    values: Floats
    weights: Floats
    themes: Integers
    caps: Floats


@dataclass(frozen=True)
class Sensitivity:
    """The certainty of all ranks, and the judgements that favor the tasks that reach the top."""

    certainty: DataFrame[RankCertainty]
    judgements: DataFrame[Judgements]
    samples: int
    top: int
    spread: float


@dataclass(frozen=True)
class _ThemeSums:
    """A lever by theme: `score = opinion @ values / (opinion @ weights)` up to `caps`."""

    values: Floats
    weights: Floats
    caps: Floats


def draw_multipliers(theme_count: int, samples: int, spread: float, seed: int) -> Floats:
    """Opinions (samples x themes): multipliers, log-uniform in 1/spread to spread."""
    if samples < 1 or spread < 1:
        msg = f"samples={samples}, spread={spread}: both must be at least 1"
        raise ValueError(msg)
    reach = np.log(spread)
    drawn = np.random.default_rng(seed).uniform(-reach, reach, (samples, theme_count))
    return np.exp(drawn)


def rank_samples(  # noqa: PLR0913 - four of them have defaults or are only the question asked
    task_ids: Sequence[str],
    levers: Sequence[LeverValues],
    themes: Sequence[str],
    *,
    top: int,
    samples: int = 1000,
    spread: float = 3.0,
    seed: int = 0,
) -> Sensitivity:
    """Rank all tasks under each of `samples` opinions; equal scores share the better rank.

    A task's score is the best of its levers': `min(100 x values @ w / sum(w), cap)`. Percentiles
    are by nearest rank: the lowest rank that at least 5 (95) % of the samples do not exceed.
    Holds a rank per sample and task in the fewest bytes that fit (2 up to 65,535 tasks).
    """
    if task_ids and not levers:
        raise ValueError("tasks cannot be ranked without a lever")
    multipliers = draw_multipliers(len(themes), samples, spread, seed)
    sums = [_sum_themes(lever, len(themes)) for lever in levers]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        ranks = _rank_all(sums, multipliers, len(task_ids), pool)
        certainty = _summarize(task_ids, ranks, top, pool)
    judgements = _average_opinions(certainty, ranks, multipliers, themes)
    return Sensitivity(certainty, judgements, samples, top, spread)


def _sum_themes(lever: LeverValues, theme_count: int) -> _ThemeSums:
    """Weigh the criteria once and add them up by theme: opinions tell only themes apart."""
    weights = np.zeros((len(lever.weights), theme_count))
    weights[np.arange(len(lever.weights)), lever.themes] = lever.weights
    caps = np.minimum(lever.caps, 100) * _UNITS
    return _ThemeSums(np.ascontiguousarray((lever.values @ weights).T), weights.sum(axis=0), caps)


def _rank_all(
    levers: Sequence[_ThemeSums], multipliers: Floats, size: int, pool: ThreadPoolExecutor
) -> Integers:
    """Ranks (samples x tasks), a few samples at a time."""
    ranks = np.empty((len(multipliers), size), np.min_scalar_type(size))
    if size:
        step = max(2, _CELLS // size)
        starts = range(0, len(multipliers), step)
        parts = ((multipliers[n : n + step], ranks[n : n + step]) for n in starts)
        list(pool.map(partial(_rank_chunk, levers), *zip(*parts, strict=True)))
    return ranks


def _rank_chunk(levers: Sequence[_ThemeSums], multipliers: Floats, ranks: Integers) -> None:
    """Fill in the ranks of a few samples."""
    lost = _lose_scores(levers, multipliers)
    heads = (lost >> _HEAD_SHIFT).astype(np.uint16)
    keys = lost << _INDEX_BITS
    keys |= np.arange(ranks.shape[1])
    places = np.arange(1, ranks.shape[1] + 1, dtype=ranks.dtype)
    for row, head, rank in zip(keys, heads, ranks, strict=True):
        _rank_sample(row, head, places, rank)


def _lose_scores(levers: Sequence[_ThemeSums], multipliers: Floats) -> Longs:
    """By how many units the best score of each task is below 100 (samples x tasks)."""
    score = np.zeros((len(multipliers), len(levers[0].caps)))
    for lever in levers:
        opinions = multipliers * (_FULL / (multipliers @ lever.weights))[:, np.newaxis]
        one = opinions @ lever.values
        np.minimum(one, lever.caps, out=one)
        np.maximum(one, score, out=score)
    np.rint(score, out=score)
    return np.subtract(_FULL, score, out=score).astype(np.int64)


def _rank_sample(
    keys: Longs, heads: npt.NDArray[np.uint16], places: Integers, ranks: Integers
) -> None:
    """Fill in `ranks` from keys (lost score and index in one integer) and their upper bits.

    A radix sort of the 16 upper bits brings the keys nearly in order, which leaves the merge sort
    next to nothing to do: several times faster than sorting or arg-sorting the scores.
    """
    ordered = keys.take(heads.argsort(kind="stable"))
    ordered.sort(kind="stable")
    lost = ordered >> _INDEX_BITS
    ties = np.flatnonzero(lost[1:] == lost[:-1]) + 1
    if ties.size:
        firsts = np.flatnonzero(np.diff(ties, prepend=-1) > 1)
        shared = places[ties[firsts] - 1]
        places = places.copy()
        places[ties] = np.repeat(shared, np.diff(firsts, append=ties.size))
    ordered &= (1 << _INDEX_BITS) - 1
    ranks[ordered] = places


def _summarize(
    task_ids: Sequence[str], ranks: Integers, top: int, pool: ThreadPoolExecutor
) -> DataFrame[RankCertainty]:
    """Read shares, best rank and percentiles off the ranks, a block of tasks at a time."""
    blocks = [ranks[:, start : start + _BLOCK] for start in range(0, len(task_ids), _BLOCK)]
    found = pool.map(partial(_summarize_block, top=top), blocks)
    counts = np.concatenate([np.empty((5, 0), np.int64), *found], axis=1)
    frame = pl.DataFrame(
        {
            "task_id": pl.Series(task_ids, dtype=pl.String),
            "top_ratio": counts[0] / len(ranks),
            "first_ratio": counts[1] / len(ranks),
            "best_rank": counts[2],
            "weight_rank_low": counts[3],
            "weight_rank_high": counts[4],
        }
    )
    certainty = (
        pl.when(pl.col("top_ratio") >= CERTAIN_RATIO)
        .then(pl.lit("certain"))
        .when(pl.col("top_ratio") <= OUT_RATIO)
        .then(pl.lit("out"))
        .otherwise(pl.lit("depends"))
    )
    return RankCertainty.validate(frame.with_columns(certainty=certainty), cast=True)


def _summarize_block(ranks: Integers, top: int) -> Longs:
    """Five rows: samples among the best, samples as first, best rank, low and high percentile."""
    rising = np.ascontiguousarray(ranks.T)
    rising.sort(axis=1, kind="stable")
    size = len(ranks)
    low, high = (-(-size * percent // 100) - 1 for percent in (LOW_PERCENT, HIGH_PERCENT))
    reach = np.flatnonzero(rising[:, 0] <= top)
    summary = np.zeros((5, len(rising)), np.int64)
    summary[0, reach] = np.count_nonzero(rising[reach] <= top, axis=1)
    summary[1, reach] = np.count_nonzero(rising[reach] == 1, axis=1)
    summary[2:] = rising[:, [0, low, high]].T
    return summary


def _average_opinions(
    certainty: DataFrame[RankCertainty],
    ranks: Integers,
    multipliers: Floats,
    themes: Sequence[str],
) -> DataFrame[Judgements]:
    """Average the opinions (geometric mean) under which a task has its best rank: SMAA's central weights."""
    judged = (
        certainty.with_row_index("index")
        .filter(pl.col("top_ratio") > 0)
        .sort("top_ratio", "best_rank", "task_id", descending=[True, False, False])
        .head(MAX_JUDGED)
    )
    best = ranks[:, judged["index"].to_numpy()] == judged["best_rank"].to_numpy()
    weights = best / best.sum(axis=0)
    means = np.exp(weights.T @ np.log(multipliers))
    return Judgements.validate(
        pl.DataFrame(
            {
                "task_id": judged["task_id"].gather(np.arange(means.size) // max(1, len(themes))),
                "theme": pl.Series(list(themes) * judged.height, dtype=pl.String),
                "multiplier": means.ravel(),
            }
        )
    )
