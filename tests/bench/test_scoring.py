"""Scoring 16,000 tasks against reading them."""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from bpr.frames import DataFrame, Savings, Scores
from bpr.pipeline import run
from bpr.score.matrix import value_levers
from bpr.score.savings import estimate_savings
from bpr.score.tasks import rank_tasks, score_tasks
from bpr.settings import Settings
from tests.bench.test_analyze import TASKS, write_workbooks
from tests.builder import read

Compare = Callable[..., float]


def score_all(
    facts: pl.DataFrame, settings: Settings
) -> tuple[DataFrame[Scores], DataFrame[Savings], pl.DataFrame]:
    """All that the pipeline does of scoring: eight levers, gates, savings, ranks."""
    scores = score_tasks(facts["task_id"], value_levers(facts, settings.scoring))
    savings = estimate_savings(facts, settings.savings)
    return scores, savings, rank_tasks(scores, savings, settings.scoring)


def test_scoring_against_reading(compare: Compare, sample_folder: Path) -> None:
    settings = Settings.load()
    workbooks = write_workbooks(sample_folder)
    facts = run(workbooks, settings).facts
    assert facts.height == TASKS
    compare(
        "scoring 16,000 tasks by eight levers / reading and checking them",
        lambda: score_all(facts, settings),
        lambda: read(*workbooks),
        0.5,
        rounds=5,
    )
