"""What each criterion of each lever contributes to the score of a task, line by line."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from bpr import terms
from bpr.frames import Contributions, DataFrame, empty
from bpr.score.facts import write_fact
from bpr.score.matrix import LeverMatrix
from bpr.score.value import find_words
from bpr.settings import Acts
from bpr.settings.scoring import Criterion, ScoringSettings, WordValues


def explain_criteria(
    facts: pl.DataFrame, matrices: Sequence[LeverMatrix], scoring: ScoringSettings, acts: Acts
) -> DataFrame[Contributions]:
    """Contributions of all levers: `points = 100 x weight x value / sum of weights`.

    `matrices`: `value_levers` of the same facts. One row per task, lever and criterion; made for the
    few tasks that are being explained.
    """
    labels = {name: act.label for name, act in acts.items()}
    frames: list[pl.DataFrame] = [empty(Contributions)]
    for matrix in matrices:
        criteria = scoring.levers[matrix.lever].criteria
        for number, (name, share) in enumerate(zip(matrix.criteria, matrix.shares, strict=True)):
            low, point, high = (
                np.ascontiguousarray(end[:, number])
                for end in (matrix.low, matrix.point, matrix.high)
            )
            frames.append(
                pl.DataFrame(
                    {
                        "task_id": facts["task_id"],
                        "lever": pl.Series([matrix.lever] * facts.height, dtype=pl.String),
                        "criterion": pl.Series([name] * facts.height, dtype=pl.String),
                        "raw": _answer(criteria[name], facts, labels),
                        "missing": matrix.missing[:, number],
                        "value_low": low,
                        "value": point,
                        "value_high": high,
                        "weight": np.full(facts.height, matrix.weights[number]),
                        "points_low": low * share,
                        "points": point * share,
                        "points_high": high * share,
                    }
                ).with_columns(pl.col("lever").cast(pl.Enum(list(terms.LEVERS))))
            )
    return Contributions.validate(pl.concat(frames))


def _answer(criterion: Criterion, facts: pl.DataFrame, labels: dict[str, str]) -> pl.Series:
    """Return what the value was read from: an answer, or the words found in the names."""
    if isinstance(criterion, WordValues):
        return find_words(criterion, facts[criterion.field])
    return write_fact(facts, criterion.field, labels)
