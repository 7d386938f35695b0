"""Find the acts of office work in the names of tasks."""

import polars as pl

from bpr.frames import DataFrame, FoundActs, SurveyTasks
from bpr.settings import Acts
from bpr.text import normalize_column, shows


def find_acts(tasks: DataFrame[SurveyTasks], acts: Acts) -> DataFrame[FoundActs]:
    """Acts of each task, from its activity name; from its task name where that shows none."""
    texts = tasks.select(
        "task_id",
        activity=normalize_column(tasks["activity_name"]),
        task=normalize_column(tasks["task_name"]),
    )
    first = _find(texts.lazy().select("task_id", text="activity"), acts)
    silent = texts.lazy().join(first, on="task_id", how="anti")
    second = _find(silent.select("task_id", text="task"), acts)
    return FoundActs.validate(pl.concat([first, second]).collect())


def act_matrix(texts: pl.Series, acts: Acts) -> pl.DataFrame:
    """One boolean column per act: true where the text shows it."""
    return pl.DataFrame({"text": texts}).select(_columns(acts))


def _find(texts: pl.LazyFrame, acts: Acts) -> pl.LazyFrame:
    return (
        texts.select("task_id", *_columns(acts))
        .unpivot(index="task_id", variable_name="act", value_name="shown")
        .filter("shown")
        .select("task_id", "act")
    )


def _columns(acts: Acts) -> list[pl.Expr]:
    text = pl.col("text")
    return [
        shows(text, act.patterns, act.counter_patterns).alias(name) for name, act in acts.items()
    ]
