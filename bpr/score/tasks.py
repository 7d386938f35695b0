"""Scores per task and lever, the recommended lever, and the ranking with its interval."""

import numpy as np
import polars as pl

from bpr import terms
from bpr.frames import Contributions, DataFrame, Scores
from bpr.score.gates import cap_scores
from bpr.score.savings import add_savings
from bpr.settings import SavingsSettings, ScoringSettings

_PARTS = ("score_low", "score", "score_high")


def score_tasks(
    contributions: DataFrame[Contributions],
    facts: pl.DataFrame,
    scoring: ScoringSettings,
    savings: SavingsSettings,
) -> DataFrame[Scores]:
    """Sum the contributions, cap by gates, add the hours that may be saved."""
    sums = contributions.group_by("task_id", "lever", maintain_order=True).agg(
        score_low=pl.col("points_low").sum(),
        score=pl.col("points").sum(),
        score_high=pl.col("points_high").sum(),
    )
    capped = (
        cap_scores(sums, facts, scoring)
        .with_columns(
            pl.when(pl.col("score_high") > pl.col("cap")).then("gate").alias("gate"),
            uncapped_score="score",
        )
        .with_columns(
            pl.min_horizontal(name, pl.col("cap").fill_null(100.0), 100.0).alias(name)
            for name in _PARTS
        )
        .join(facts.select("task_id", "annual_hours"), on="task_id", maintain_order="left")
    )
    return Scores.validate(add_savings(capped, savings).select(Scores.column_names()))


def rank_tasks(scores: DataFrame[Scores], scoring: ScoringSettings) -> pl.DataFrame:
    """One row per task: scores by lever side by side, best lever, savings, rank and interval.

    `rank_low` and `rank_high` are the ranks if the task's own score were at its upper or lower
    end and all others stayed.
    """
    best = _best_levers(scores, scoring)
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


def _best_levers(scores: DataFrame[Scores], scoring: ScoringSettings) -> pl.DataFrame:
    """Best score of each task; the lever only where it is recommended, else what stopped it."""
    leading = scores.sort(
        ["score", "saving_hours"], descending=True, nulls_last=True, maintain_order=True
    ).unique("task_id", keep="first", maintain_order=True)
    wished = scores.sort("uncapped_score", descending=True, maintain_order=True).unique(
        "task_id", keep="first", maintain_order=True
    )
    recommended = pl.col("score") >= scoring.recommended_score
    ends = scores.group_by("task_id", maintain_order=True).agg(
        score_low=pl.col("score_low").max(), score_high=pl.col("score_high").max()
    )
    savings = ["saving_hours", "saving_hours_low", "saving_hours_high"]
    return (
        leading.drop("score_low", "score_high", "gate")
        .join(wished.select("task_id", "gate"), on="task_id", maintain_order="left")
        .join(ends, on="task_id", maintain_order="left")
        .select(
            "task_id",
            *_PARTS,
            "gate",
            *(pl.when(recommended).then(name).alias(name) for name in savings),
            best_lever=pl.when(recommended).then("lever"),
        )
    )


def _side_by_side(scores: DataFrame[Scores]) -> pl.DataFrame:
    wide = scores.select("task_id").unique(maintain_order=True)
    for lever in terms.LEVERS:
        one = scores.filter(pl.col("lever") == lever).select(
            "task_id",
            *(pl.col(part).alias(part.replace("score", f"{lever}_score")) for part in _PARTS),
        )
        wide = wide.join(one, on="task_id", how="left", maintain_order="left")
    return wide
