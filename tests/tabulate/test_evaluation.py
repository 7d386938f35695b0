"""What is frozen of a ranking, and ranks of one ranking beside those of another."""

import polars as pl
import pytest

from bpr.frames import TaskTable
from bpr.pipeline import Report
from bpr.tabulate.evaluation import compare_ranks, freeze_ranking
from tests.tabulate.town import IDS


def test_all_tasks_are_frozen_by_rank(report: Report) -> None:
    rows = freeze_ranking(report.tasks, report.scores)
    assert rows["rank"].to_list() == list(range(1, len(IDS) + 1))
    assert sorted(rows["task_id"]) == sorted(IDS)
    ranked = report.tasks.sort("rank")
    for column in ("task_id", "division", "rank_low", "rank_high", "gate", "saving_hours"):
        assert rows[column].to_list() == ranked[column].to_list()


def test_the_score_is_that_of_the_recommended_lever(report: Report) -> None:
    row = freeze_ranking(report.tasks, report.scores).filter(task_id="税務課-1").row(0, named=True)
    own = report.scores.filter(pl.col("task_id") == "税務課-1", pl.col("lever") == row["lever"])
    assert row["lever"] == report.tasks.filter(task_id="税務課-1")["best_lever"].item()
    for part in ("score", "score_low", "score_high"):
        assert row[part] == own[part].item()


def test_a_recommended_lever_counts_though_another_scored_more(report: Report) -> None:
    """So it is while ranks are older than scores; the row must not mix the two."""
    tasks = TaskTable.validate(
        report.tasks.with_columns(
            best_lever=pl.when(task_id="税務課-1")
            .then(pl.lit("simplify", report.tasks.schema["best_lever"]))
            .otherwise("best_lever")
        )
    )
    row = freeze_ranking(tasks, report.scores).filter(task_id="税務課-1").row(0, named=True)
    own = report.scores.filter(pl.col("task_id") == "税務課-1", pl.col("lever") == "simplify")
    assert (row["lever"], row["score"]) == ("simplify", own["score"].item())


def test_without_a_recommended_lever_the_highest_score_stands(report: Report) -> None:
    rows = freeze_ranking(report.tasks, report.scores).filter(pl.col("lever").is_null())
    assert rows.height
    for task_id, score in rows.select("task_id", "score").iter_rows():
        assert score == report.scores.filter(pl.col("task_id") == task_id)["score"].max()


def test_the_scores_fall_with_the_rank(report: Report) -> None:
    rows = freeze_ranking(report.tasks, report.scores)
    assert rows["score"].is_sorted(descending=True)


def test_a_name_tells_the_activity(report: Report) -> None:
    names = freeze_ranking(report.tasks, report.scores).select("task_id", "task_name").rows()
    assert dict(names)["税務課-1"] == "賦課／申告書の入力"
    bare = TaskTable.validate(
        report.tasks.with_columns(activity_name=pl.lit(None, pl.String)).filter(task_id="税務課-1")
    )
    assert freeze_ranking(bare, report.scores)["task_name"].to_list() == ["賦課"]


@pytest.mark.parametrize("gone", [[], ["税務課-1", "福祉課-4"]])
def test_every_row_keeps_its_place_beside_another_ranking(report: Report, gone: list[str]) -> None:
    rows = freeze_ranking(report.tasks, report.scores)
    others = TaskTable.validate(
        report.tasks.filter(~pl.col("task_id").is_in(gone)).with_columns(rank=pl.col("rank") + 100)
    )
    compared = compare_ranks(rows, others)
    assert compared["task_id"].to_list() == rows["task_id"].to_list()
    assert compared["other_rank"].to_list() == [
        None if task_id in gone else rank + 100
        for task_id, rank in rows.select("task_id", "rank").iter_rows()
    ]
