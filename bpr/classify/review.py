"""What is worth a human look: doubtful classes, the most hours at stake first."""

from typing import Final

import polars as pl

from bpr.classify.model import wilson
from bpr.frames import Classes, DataFrame, ReviewQueue, SurveyTasks
from bpr.text import squeeze

_NOTHING_SAID: Final = 0.75
"""Doubt about a name of which the model can say nothing: any of four classes."""
_TWO_OPINIONS: Final = 0.5
"""Doubt where survey and model disagree: each may be right."""
_FEWEST: Final = 10
_AGAINST: Final = 1.5
"""A division runs against the others if it disagrees at least so many times as often, for sure."""


def queue_reviews(
    tasks: DataFrame[SurveyTasks], classes: DataFrame[Classes]
) -> DataFrame[ReviewQueue]:
    """Tasks worth a look, by hours at stake = hours x doubt; reviewed ones are not among them.

    Tasks without hours count with the median of those that have them.
    """
    rows = classes.join(tasks.select("task_id", "division", "annual_hours"), on="task_id")
    against = list_contrary_divisions(rows)
    known = tasks["annual_hours"].drop_nulls()
    usual = float(known.median() or 0.0) if len(known) else 0.0  # type: ignore[arg-type]
    survey = pl.col("work_class_source") == "survey"
    other = pl.col("model_class").is_not_null() & _disagrees()
    cause = (
        pl.when(survey & other & pl.col("division").is_in(against))
        .then(pl.lit("against_others"))
        .when(survey & other & (pl.col("model_confidence") == "A"))
        .then(pl.lit("disagreement"))
        .when((pl.col("work_class_source") == "model") & pl.col("work_class").is_null())
        .then(pl.lit("cannot_say"))
        .when((pl.col("work_class_source") == "model") & (pl.col("confidence") != "A"))
        .then(pl.lit("low_confidence"))
    )
    doubt = (
        pl.when(survey)
        .then(_TWO_OPINIONS * pl.col("model_probability"))
        .otherwise(1 - pl.col("work_class_probability"))
        .fill_null(_NOTHING_SAID)
    )
    return (
        rows.with_columns(cause=cause, doubt=doubt)
        .filter(pl.col("cause").is_not_null())
        .with_columns(hours_at_stake=pl.col("annual_hours").fill_null(usual) * pl.col("doubt"))
        .sort(["hours_at_stake", "task_id"], descending=[True, False])
        .select(ReviewQueue.column_names())
        .pipe(ReviewQueue.validate, cast=True)
    )


def list_contrary_divisions(rows: pl.DataFrame) -> list[str]:
    """Divisions whose own answers differ from a fairly sure model much more often than elsewhere.

    Rows of classes with `division`. A division counts if the lower end of its 95 % interval lies
    above `_AGAINST` times the rate of all others.
    """
    answered = rows.filter(work_class_source="survey").filter(
        pl.col("model_confidence").is_in(["A", "B"]), pl.col("division").is_not_null()
    )
    counts = answered.group_by("division", maintain_order=True).agg(
        total=pl.len(), other=_disagrees().sum()
    )
    all_rows, all_other = int(counts["total"].sum()), int(counts["other"].sum())
    found = []
    for division, total, other in counts.iter_rows():
        elsewhere = (all_other - other) / (all_rows - total) if all_rows > total else 0.0
        if all_rows > total >= _FEWEST and wilson(other, total)[0] > _AGAINST * elsewhere:
            found.append(str(division))
    return found


def _disagrees() -> pl.Expr:
    return pl.col("model_class").cast(pl.String) != pl.col("work_class").cast(pl.String)


def find_same_names(tasks: pl.DataFrame, task_id: str) -> list[str]:
    """Other tasks with the same names, whatever the numbering, in the survey's order."""
    keys = tasks.select("task_id", key=_name_key(tasks))
    own = keys.filter(task_id=task_id)["key"]
    if not len(own):
        return []
    same = keys.filter(pl.col("key") == own[0], pl.col("task_id") != task_id)
    return [str(name) for name in same["task_id"].to_list()]


def _name_key(tasks: pl.DataFrame) -> pl.Series:
    names = tasks.select("task_name", "activity_name").iter_rows()
    whole = pl.Series([squeeze(f"{task or ''}\0{activity or ''}") for task, activity in names])
    return whole.str.replace_all(r"\([0-9]+\)|[0-9]+", "")
