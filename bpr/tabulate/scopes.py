"""The two scopes of every table: all tasks, and those whose class the survey itself answered."""

import polars as pl

from bpr.frames import DataFrame, TaskTable

CLASS_KEYS = ["scope", "work_class"]


def by_scope_and_class(tasks: DataFrame[TaskTable]) -> pl.LazyFrame:
    """Repeat the classified tasks for each scope, and each task once more under `total`."""
    lazy = tasks.lazy().with_columns(
        pl.col("work_class").cast(pl.String), pl.col("work_class_source").cast(pl.String)
    )
    scoped = pl.concat(
        [
            lazy.with_columns(scope=pl.lit("all")),
            lazy.filter(pl.col("work_class_source") == "survey").with_columns(
                scope=pl.lit("survey")
            ),
        ]
    )
    classed = scoped.filter(pl.col("work_class").is_not_null())
    return pl.concat([classed, scoped.with_columns(work_class=pl.lit("total"))])


def ratio(part: str, base: str) -> pl.Expr:
    """Return part / base, null where the base is 0."""
    return pl.when(pl.col(base) > 0).then(pl.col(part) / pl.col(base))
