"""The one question to a division whose answer would move the rank of its task most."""

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl

from bpr.frames import DataFrame, RankQuestions, empty
from bpr.score.matrix import LeverMatrix
from bpr.score.value import Numbers

_HOURS = "annual_hours"


def find_questions(
    task_ids: pl.Series, matrices: Sequence[LeverMatrix], fields: Iterable[str]
) -> DataFrame[RankQuestions]:
    """Best question per task among `fields`; no row for a task that no answer would move.

    A field is open where its criteria still have an interval. Each is moved alone from one end to
    the other while all else, and all other tasks, stay at their points.
    """
    if not len(task_ids) or not matrices:
        return empty(RankQuestions)
    own = np.max([matrix.scores() for matrix in matrices], axis=0)
    rising = np.sort(own)
    asked = []
    for number, field in enumerate(fields):
        best = _rank(_moved(matrices, field, "high"), own, rising)
        worst = _rank(_moved(matrices, field, "low"), own, rising)
        asked.append(
            pl.DataFrame({"task_id": task_ids, "rank_best": best, "rank_worst": worst}).select(
                "task_id",
                pl.lit(field).alias("field"),
                "rank_best",
                "rank_worst",
                number=pl.lit(number),
                move=pl.col("rank_worst") - pl.col("rank_best"),
            )
        )
    found = (
        pl.concat(asked)
        .filter(pl.col("move") > 0)
        .sort(["move", "number"], descending=[True, False], maintain_order=True)
        .unique("task_id", keep="first", maintain_order=True)
    )
    order = pl.DataFrame({"task_id": task_ids})
    ordered = order.join(found, on="task_id", maintain_order="left")
    return RankQuestions.validate(ordered.select(RankQuestions.column_names()))


def _moved(matrices: Sequence[LeverMatrix], field: str, end: str) -> Numbers:
    """Each task's best score if the answer to one field were at one end."""
    best = np.zeros(len(matrices[0].point))
    for matrix in matrices:
        columns = [number for number, name in enumerate(matrix.fields) if name == field]
        values, ends = matrix.point, getattr(matrix, end)
        change = (ends[:, columns] - values[:, columns]) @ matrix.shares[columns]
        cap = getattr(matrix.caps, end) if field == _HOURS else matrix.caps.point
        best = np.maximum(best, np.minimum(matrix.sums() + change, cap))
    return best


def _rank(
    moved: Numbers, own: Numbers, rising: Numbers
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Rank of a moved score among the others, whose scores stay; ties share the better rank."""
    above = len(rising) - np.searchsorted(rising, moved, side="right")
    return np.asarray(above - (own > moved) + 1, dtype=np.int64)
