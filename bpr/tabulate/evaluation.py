"""Rankings as they are frozen, and ranks of one ranking beside those of another."""

from typing import Final

import polars as pl

from bpr.frames import DataFrame, Scores, TaskTable
from bpr.frames.evaluations import EvaluationRows

_TAKEN: Final = ("rank", "rank_low", "rank_high", "gate")
_SAVINGS: Final = ("saving_hours", "saving_hours_low", "saving_hours_high")


def freeze_ranking(
    tasks: DataFrame[TaskTable], scores: DataFrame[Scores]
) -> DataFrame[EvaluationRows]:
    """All tasks by rank, with the score of the recommended lever.

    Where none is recommended, the score is the highest of all levers: that which ranks the task.
    `task_name` tells the activity too, so that a row can be known again without the survey.
    """
    return EvaluationRows.validate(
        tasks.join(leading_scores(tasks, scores), on="task_id", maintain_order="left")
        .sort("rank")
        .select(
            "task_id",
            "division",
            pl.concat_str("task_name", "activity_name", separator="／", ignore_nulls=True),
            pl.col("best_lever").cast(pl.String).alias("lever"),
            "score",
            "score_low",
            "score_high",
            *_TAKEN,
            *_SAVINGS,
        )
        .select(EvaluationRows.column_names())
    )


def leading_scores(tasks: pl.DataFrame, scores: pl.DataFrame) -> pl.DataFrame:
    """Score of each task's recommended lever, else its highest (task_id, score, score_low, score_high)."""
    recommended = pl.col("lever").eq_missing(pl.col("best_lever")).alias("recommended")
    return (
        scores.join(tasks.select("task_id", "best_lever"), on="task_id", maintain_order="left")
        .sort(recommended, "score", descending=True, maintain_order=True)
        .unique("task_id", keep="first", maintain_order=True)
        .select("task_id", "score", "score_low", "score_high")
    )


def compare_ranks(ranking: DataFrame[EvaluationRows], others: DataFrame[TaskTable]) -> pl.DataFrame:
    """Rows of a ranking, each with the `other_rank` of its task; null where it is not there."""
    ranks = others.select("task_id", other_rank="rank")
    return ranking.join(ranks, on="task_id", how="left", maintain_order="left")
