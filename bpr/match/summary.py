"""What a group costs: hours in all, and minutes per case of each division side by side.

Minutes per case = 60 x hours / cases over the tasks whose hours and cases are both known. What
stands above the median is a difference (中央値との差), not a saving: forms count cases differently.
"""

from typing import Final

import polars as pl

from bpr.frames import DataFrame, GroupDivisions, Groups, Memberships
from bpr.match.words import Grouping

_DIGITS: Final = 6
"""Decimals that are kept: the last digits of a sum hang on the order of its rows."""


def compare_divisions(
    tasks: pl.DataFrame, memberships: DataFrame[Memberships]
) -> DataFrame[GroupDivisions]:
    """Each division's part in each group (task_id, division, annual_hours, annual_count)."""
    measured = pl.col("annual_hours").is_not_null() & (pl.col("annual_count") > 0)
    minutes = 60 * pl.col("measured_hours") / pl.col("cases")
    above = (pl.col("minutes") - pl.col("minutes").median().over("group_key")).clip(lower_bound=0)
    return (
        memberships.lazy()
        .drop_nulls("group_key")
        .join(tasks.lazy(), on="task_id")
        .group_by("group_key", "division")
        .agg(
            tasks=pl.len(),
            unknown_hours=pl.col("annual_hours").null_count(),
            hours=known_sum("annual_hours"),
            measured_tasks=measured.fill_null(value=False).sum(),
            measured_hours=pl.col("annual_hours").filter(measured).sum(),
            cases=pl.col("annual_count").filter(measured).sum().round(_DIGITS),
        )
        .with_columns(cases=pl.when(pl.col("measured_tasks") > 0).then("cases"))
        .with_columns(minutes=minutes.round(_DIGITS))
        .with_columns(above_median_hours=(above * pl.col("cases") / 60).round(_DIGITS))
        .select(GroupDivisions.column_names())
        .sort("group_key", "minutes", "division", nulls_last=True)
        .collect()
        .pipe(GroupDivisions.validate, cast=True)
    )


def summarize_groups(grouping: Grouping, divisions: DataFrame[GroupDivisions]) -> DataFrame[Groups]:
    """Sum up every group, most hours first; groups without any task stand last."""
    comparable = pl.col("measured_divisions") > 1
    totals = divisions.group_by("group_key").agg(
        pl.col("tasks").sum(),
        pl.col("unknown_hours").sum(),
        divisions=pl.col("division").drop_nulls().n_unique(),
        hours=known_sum("hours"),
        measured_divisions=pl.col("minutes").count(),
        lowest_minutes=pl.col("minutes").min(),
        median_minutes=pl.col("minutes").median(),
        highest_minutes=pl.col("minutes").max(),
        above_median_hours=pl.col("above_median_hours").sum().round(_DIGITS),
    )
    taken_out = grouping.taken_out.group_by("group_key").agg(taken_out=pl.len())
    counts = ["tasks", "divisions", "unknown_hours", "measured_divisions", "taken_out"]
    ranges = ["lowest_minutes", "median_minutes", "highest_minutes", "above_median_hours"]
    return (
        grouping.names.join(totals, on="group_key", how="left")
        .join(taken_out, on="group_key", how="left")
        .with_columns(pl.col(counts).fill_null(0))
        .with_columns(pl.when(comparable).then(pl.col(ranges)).name.keep())
        .select(Groups.column_names())
        .sort("hours", "tasks", "group_key", descending=[True, True, False], nulls_last=True)
        .pipe(Groups.validate, cast=True)
    )


def known_sum(column: str) -> pl.Expr:
    """Sum of what is known, null where nothing is."""
    values = pl.col(column).drop_nulls()
    return pl.when(values.len() > 0).then(values.sum().round(_DIGITS))
