"""Find the acts of office work in the names of tasks."""

import polars as pl

from bpr.frames import DataFrame, FoundActs, SurveyTasks
from bpr.settings import Act, Acts
from bpr.text import normalize


def find_acts(tasks: DataFrame[SurveyTasks], acts: Acts) -> DataFrame[FoundActs]:
    """Acts of each task, from its activity name; from its task name where that shows none."""
    texts = tasks.select(
        "task_id",
        activity=_normalized(tasks["activity_name"]),
        task=_normalized(tasks["task_name"]),
    )
    first = _find(texts.lazy().select("task_id", text="activity"), acts)
    silent = texts.lazy().join(first, on="task_id", how="anti")
    second = _find(silent.select("task_id", text="task"), acts)
    return FoundActs.validate(pl.concat([first, second]).collect())


def act_matrix(texts: pl.Series, acts: Acts) -> pl.DataFrame:
    """One boolean column per act: true where the text shows it."""
    return pl.DataFrame({"text": texts}).select(_shows(act).alias(n) for n, act in acts.items())


def _find(texts: pl.LazyFrame, acts: Acts) -> pl.LazyFrame:
    return (
        texts.select("task_id", *(_shows(act).alias(name) for name, act in acts.items()))
        .unpivot(index="task_id", variable_name="act", value_name="shown")
        .filter("shown")
        .select("task_id", "act")
    )


def _shows(act: Act) -> pl.Expr:
    text = pl.col("text")
    if act.counter_patterns:
        text = text.str.replace_all("|".join(act.counter_patterns), " ")
    return text.str.contains("|".join(act.patterns)).fill_null(value=False)


def _normalized(column: pl.Series) -> pl.Series:
    return pl.Series(
        column.name, [None if t is None else normalize(t) for t in column.to_list()], pl.String
    )
