"""Scores per task and lever, the recommended lever, and the ranking with its interval."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from bpr import terms
from bpr.frames import DataFrame, Savings, Scores
from bpr.score.matrix import LeverMatrix
from bpr.settings import ScoringSettings

_PARTS = ("score_low", "score", "score_high")
_SAVINGS = ("saving_hours", "saving_hours_low", "saving_hours_high")


def score_tasks(task_ids: pl.Series, matrices: Sequence[LeverMatrix]) -> DataFrame[Scores]:
    """Sum what the criteria contribute and cap it by gates; levers one after the other."""
    return Scores.validate(pl.concat([_score_lever(task_ids, matrix) for matrix in matrices]))


def _score_lever(task_ids: pl.Series, matrix: LeverMatrix) -> pl.DataFrame:
    sums = matrix.sums()
    binding = np.where(sums > matrix.caps.point, matrix.caps.gate, -1)
    gates = dict(enumerate(matrix.caps.names))
    return pl.DataFrame(
        {
            "task_id": task_ids,
            "lever": pl.Series([matrix.lever], dtype=pl.Enum(list(terms.LEVERS))).new_from_index(
                0, len(task_ids)
            ),
            "uncapped_score": sums,
            "score_low": matrix.scores("low"),
            "score": matrix.scores(),
            "score_high": matrix.scores("high"),
            "cap": matrix.caps.point,
            "gate": pl.Series(binding).replace_strict(gates, default=None, return_dtype=pl.String),
        }
    )


def rank_tasks(
    scores: DataFrame[Scores], savings: DataFrame[Savings], scoring: ScoringSettings
) -> pl.DataFrame:
    """One row per task: scores by lever side by side, best lever, savings, rank and interval.

    `rank_low` and `rank_high` are the ranks if the task's own score were at its upper or lower
    end and all others stayed.
    """
    best = _best_levers(scores, savings, scoring)
    ordered = best.sort(
        ["score", "saving_hours", "task_id"],
        descending=[True, True, False],
        nulls_last=True,
        maintain_order=True,
    ).with_columns(rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    rising = np.sort(ordered["score"].to_numpy())
    size = ordered.height
    above_high = size - np.searchsorted(rising, ordered["score_high"].to_numpy(), side="right")
    from_low = size - np.searchsorted(rising, ordered["score_low"].to_numpy(), side="left")
    ranks = ordered.with_columns(
        rank_low=pl.Series(above_high + 1, dtype=pl.Int64),
        rank_high=pl.Series(np.maximum(from_low, 1), dtype=pl.Int64),
    ).drop(*_PARTS)
    return _side_by_side(scores).join(ranks, on="task_id", maintain_order="left")


def _best_levers(
    scores: DataFrame[Scores], savings: DataFrame[Savings], scoring: ScoringSettings
) -> pl.DataFrame:
    """Best score of each task; the lever only where it is recommended.

    `gate`: what stopped the main lever that would have done best, where it would have been better
    than the recommended one or none is recommended.
    """
    both = scores.join(
        savings.select("task_id", "lever", *_SAVINGS),
        on=["task_id", "lever"],
        how="left",
        maintain_order="left",
    )
    leading = both.sort(
        ["score", "saving_hours"], descending=True, nulls_last=True, maintain_order=True
    ).unique("task_id", keep="first", maintain_order=True)
    stopped = (
        scores.filter(pl.col("gate").is_not_null(), pl.col("lever").is_in(terms.MAIN_LEVERS))
        .sort("uncapped_score", descending=True, maintain_order=True)
        .unique("task_id", keep="first", maintain_order=True)
        .select("task_id", "gate", wished="uncapped_score")
    )
    recommended = pl.col("score") >= scoring.recommended_score
    ends = scores.group_by("task_id", maintain_order=True).agg(
        score_low=pl.col("score_low").max(), score_high=pl.col("score_high").max()
    )
    return (
        leading.drop("score_low", "score_high", "gate")
        .join(stopped, on="task_id", how="left", maintain_order="left")
        .join(ends, on="task_id", maintain_order="left")
        .select(
            "task_id",
            *_PARTS,
            pl.when(~recommended | (pl.col("wished") > pl.col("score"))).then("gate").alias("gate"),
            *(pl.when(recommended).then(name).alias(name) for name in _SAVINGS),
            best_lever=pl.when(recommended).then("lever"),
        )
    )


def _side_by_side(scores: DataFrame[Scores]) -> pl.DataFrame:
    """Scores of the main levers in columns of their own; 0 for a lever without settings."""
    wide = scores.select("task_id").unique(maintain_order=True)
    for lever in terms.MAIN_LEVERS:
        one = scores.filter(pl.col("lever") == lever).select(
            "task_id",
            *(pl.col(part).alias(part.replace("score", f"{lever}_score")) for part in _PARTS),
        )
        wide = wide.join(one, on="task_id", how="left", maintain_order="left")
    return wide.with_columns(pl.col(pl.Float64).fill_null(0.0))
