"""Reviewing classes: the queue as people see it, and words on one task or on look-alikes."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from bpr import terms
from bpr.classify.features import gather_texts
from bpr.classify.predict import rank_classes
from bpr.errors import InputError
from bpr.report import Report
from bpr.store import Correction
from bpr.tabulate.listing import TaskQuery
from bpr.workspace.words import kept_reason


@dataclass(frozen=True)
class ReviewSummary:
    """How much is worth a look: tasks, their hours at stake, and what the first ones cover."""

    tasks: int
    hours_at_stake: float
    first: int
    first_share: float
    """Part (0-1) of the hours at stake that the first tasks hold."""


def list_reviews(report: Report, query: TaskQuery) -> pl.DataFrame:
    """Queue with names, places and hours, filtered by division and cause."""
    shown = report.tasks.select(
        "task_id", "division", "unit", "task_name", "activity_name", "annual_hours", "work_class"
    )
    conditions = [pl.lit(value=True)]
    if query.division:
        conditions.append(pl.col("division") == query.division)
    if query.cause:
        conditions.append(pl.col("cause").cast(pl.String) == query.cause)
    return report.reviews.join(shown, on="task_id", maintain_order="left").filter(conditions)


def summarize_reviews(queue: pl.DataFrame, first: int = 20) -> ReviewSummary:
    """Totals of the queue; `first` tasks are what a person can look at in a quarter of an hour."""
    stakes = queue["hours_at_stake"]
    total = float(stakes.sum())
    covered = float(stakes.head(first).sum())
    return ReviewSummary(queue.height, total, first, covered / total if total else 0.0)


def rank_task(report: Report, task_id: str) -> list[tuple[str, float]]:
    """Classes of a task with the model's probabilities, the most probable first."""
    task = report.tasks.filter(task_id=task_id)
    return rank_classes(report.taught.model, gather_texts(task))[0] if task.height else []


def make_corrections(
    report: Report, task_ids: Sequence[str], work_class: str | None, reason: str | None
) -> list[Correction]:
    """Check a decision and keep beside it what the machine says; InputError where it is wrong."""
    if work_class is not None and work_class not in terms.WORK_CLASSES:
        msg = f"業務の性質「{work_class}」は選べません。I～IV から選んでください。"
        raise InputError(msg)
    if not task_ids:
        raise InputError("業務が選ばれていません。一覧から選んでください。")
    automatic = _automatic_classes(report)
    for task_id in task_ids:
        if task_id not in automatic:
            msg = f"業務ID「{task_id}」がありません。画面を開き直してください。"
            raise InputError(msg)
    text = kept_reason(reason)
    return [Correction(task_id, work_class, text, automatic[task_id]) for task_id in task_ids]


def _automatic_classes(report: Report) -> dict[str, str | None]:
    """What survey, else model says of each task, whatever people decided."""
    said = report.classes.select("task_id", automatic=pl.coalesce("survey_class", "model_class"))
    return dict(said.rows())
