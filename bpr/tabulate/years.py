"""What grew, shrank, vanished and began from one year to the next, and why: more cases or more time."""

from typing import Final

import polars as pl

from bpr.frames import DataFrame, TaskLinks, YearChanges, YearSummary, types_of

SAME_HOURS: Final = 1.0
"""Hours a year up to which a difference counts as none."""
SAME_SHARE: Final = 0.05
"""Share of the earlier year's hours up to which a difference counts as none."""
_DIGITS: Final = 6
"""Decimals that are kept: the last digits of a sum hang on the order of its rows."""
_TOLD: Final = ("division", "name", "hours", "count", "minutes")
_PARTS: Final = ("grew", "shrank", "same", "vanished", "began")


def compare_years(
    links: DataFrame[TaskLinks], before: pl.DataFrame, after: pl.DataFrame
) -> DataFrame[YearChanges]:
    """Put the hours of linked tasks (rows of the task table) side by side, in the links' order.

    The difference of a pair = (change of cases x mean minutes + change of minutes x mean cases)
    / 60: the midpoint leaves no rest that would belong to neither.
    """
    minutes = (pl.col("before_minutes") + pl.col("after_minutes")) / 2
    more_cases = pl.col("after_count") - pl.col("before_count")
    return (
        links.lazy()
        .join(_tell(before, "before"), on="before_id", how="left", maintain_order="left")
        .join(_tell(after, "after"), on="after_id", how="left", maintain_order="left")
        .with_columns(difference_hours=_difference())
        .with_columns(change=_change(), volume_hours=(more_cases * minutes / 60).round(_DIGITS))
        .with_columns(
            pl.col("before_minutes", "after_minutes").round(_DIGITS),
            unit_time_hours=(pl.col("difference_hours") - pl.col("volume_hours")).round(_DIGITS),
        )
        .select(YearChanges.column_names())
        .collect()
        .pipe(YearChanges.validate, cast=True)
    )


def _tell(tasks: pl.DataFrame, year: str) -> pl.LazyFrame:
    """What a year tells of its tasks, in columns called `before_id`, `before_division` and so on."""
    measured = pl.col("annual_count").round(_DIGITS) > 0
    told = tasks.lazy().select(
        "division",
        id="task_id",
        name=pl.concat_str("task_name", "activity_name", separator="／", ignore_nulls=True),
        hours="annual_hours",
        count="annual_count",
        minutes=pl.when(measured).then(60 * pl.col("annual_hours") / pl.col("annual_count")),
    )
    return told.rename({name: f"{year}_{name}" for name in ("id", *_TOLD)})


def _is_pair() -> pl.Expr:
    return pl.all_horizontal(pl.col("before_id", "after_id").is_not_null())


def _difference() -> pl.Expr:
    """After - before; of a task that is in one year only, all its hours."""
    return (
        pl.when(pl.col("after_id").is_null())
        .then(-pl.col("before_hours"))
        .when(pl.col("before_id").is_null())
        .then("after_hours")
        .otherwise(pl.col("after_hours") - pl.col("before_hours"))
        .round(_DIGITS)
    )


def _change() -> pl.Expr:
    difference = pl.col("difference_hours")
    least = pl.max_horizontal(SAME_HOURS, SAME_SHARE * pl.col("before_hours"))
    return (
        pl.when(pl.col("after_id").is_null())
        .then(pl.lit("vanished"))
        .when(pl.col("before_id").is_null())
        .then(pl.lit("began"))
        .when(difference.abs() <= least)
        .then(pl.lit("same"))
        .when(difference > 0)
        .then(pl.lit("grew"))
        .when(difference < 0)
        .then(pl.lit("shrank"))
    )


def summarize_years(changes: DataFrame[YearChanges]) -> DataFrame[YearSummary]:
    """Sum the hours up: the total, then each division by name, those untold last.

    A pair stands in the division of the later year, a task that vanished in its own.
    """
    own = pl.when(pl.col("after_id").is_null()).then("before_division").otherwise("after_division")
    placed = changes.with_columns(
        division=own, change=pl.col("change").cast(pl.String), is_pair=_is_pair()
    )
    told = (
        placed.filter(pl.col("before_id").is_not_null())
        .group_by(division="before_division")
        .agg(told=_sum(pl.col("before_hours")))
    )
    divisions = (
        placed.group_by("division")
        .agg(*_sums())
        .join(told, on="division", how="full", coalesce=True, nulls_equal=True)
        .with_columns(scope=pl.lit("division"))
        .sort("division", nulls_last=True)
    )
    total = placed.select(
        *_sums(),
        division=pl.lit(None, pl.String),
        told=_sum(pl.col("before_hours")),
        scope=pl.lit("total"),
    )
    counts = [name for name, dtype in types_of(YearSummary).items() if dtype == pl.UInt32]
    return (
        pl.concat([total, divisions], how="diagonal")
        .rename({"told": "told_before_hours"})
        .with_columns(pl.col(pl.Float64).fill_null(0), pl.col(counts).fill_null(0))
        .select(YearSummary.column_names())
        .pipe(YearSummary.validate, cast=True)
    )


def _sums() -> list[pl.Expr]:
    before, after = pl.col("before_hours"), pl.col("after_hours")
    known = after.fill_null(0) - before.fill_null(0)
    pair = pl.col("is_pair")
    doubtful = pair & ~pl.col("confirmed")
    unknown = (pl.col("before_id").is_not_null() & before.is_null()) | (
        pl.col("after_id").is_not_null() & after.is_null()
    )
    parts = {
        f"{name}_hours": _sum(known.filter(pl.col("change").eq_missing(pl.lit(name))))
        for name in _PARTS
    }
    return [
        pl.len().alias("tasks"),
        _sum(before).alias("before_hours"),
        _sum(after).alias("after_hours"),
        _sum(known).alias("difference_hours"),
        *(total.alias(name) for name, total in parts.items()),
        _sum(known.filter(pair & pl.col("change").is_null())).alias("unclear_hours"),
        doubtful.sum().alias("unconfirmed_tasks"),
        _sum(after.filter(doubtful)).alias("unconfirmed_hours"),
        unknown.sum().alias("unknown_tasks"),
    ]


def _sum(hours: pl.Expr) -> pl.Expr:
    return hours.sum().round(_DIGITS)
