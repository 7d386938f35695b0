"""How well scores from names alone put adopted cases above work that only staff may do."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl

from bpr.frames import DataFrame, PublishedCases, Scores


@dataclass(frozen=True)
class LeverQuality:
    """AUC of one lever's scores: published adoptions against tasks that must be done by staff.

    `auc_low`, `auc_high`: the extremes when one source after the other is left out.
    """

    lever: str
    cases: int
    core_cases: int
    sources: int
    auc: float
    auc_low: float
    auc_high: float


def list_names(cases: DataFrame[PublishedCases], core: pl.DataFrame) -> pl.DataFrame:
    """Names to be scored (task_id, division, task_name): the cases, then the core ones.

    `core` has `id, department, task_name, source_url`.
    """
    adopted = cases.select("case_id", division="department", task_name="task_name")
    staff = core.select(case_id=_core_ids(core), division="department", task_name="task_name")
    both = pl.concat([adopted, staff]).rename({"case_id": "task_id"})
    return both.with_columns(pl.when(pl.col("division") != "").then("division").alias("division"))


def measure_levers(
    scores: DataFrame[Scores],
    cases: DataFrame[PublishedCases],
    core: pl.DataFrame,
    levers: Iterable[str],
) -> list[LeverQuality]:
    """Quality of every lever; a task told as core and as adopted counts as adopted only."""
    staff = core.select("task_name", "source_url", task_id=_core_ids(core))
    found = []
    for lever in levers:
        own = cases.filter(pl.col("lever") == lever)
        rest = staff.join(own, on=["task_name", "source_url"], how="anti")
        value = scores.filter(pl.col("lever") == lever).select("task_id", "score")
        good = own.select("source_url", task_id="case_id").join(value, on="task_id")
        bad = rest.select("source_url", "task_id").join(value, on="task_id")
        sources = sorted({*good["source_url"], *bad["source_url"]})
        without = [
            _auc(*(side.filter(pl.col("source_url") != source) for side in (good, bad)))
            for source in sources
        ]
        found.append(
            LeverQuality(
                lever, good.height, bad.height, len(sources),
                _auc(good, bad), min(without), max(without),
            )
        )  # fmt: skip
    return found


def _core_ids(core: pl.DataFrame) -> pl.Series:
    return core.select("core:" + pl.col("id")).to_series()


def _auc(good: pl.DataFrame, bad: pl.DataFrame) -> float:
    """Share of pairs in which the good one scores higher; a tie is half a pair."""
    high, low = good["score"].to_numpy()[:, None], bad["score"].to_numpy()[None, :]
    return float(np.mean(high > low) + np.mean(high == low) / 2)
