"""Hours by class and kind of staff: what the work is made of (図表9)."""

import polars as pl

from bpr.frames import ClassByStaff, DataFrame, TaskTable
from bpr.frames.tables import CLASSES_AND_TOTAL
from bpr.settings.published import THREE, Published
from bpr.tabulate.scopes import CLASS_KEYS, by_scope_and_class, ratio


def class_by_staff(tasks: DataFrame[TaskTable], published: Published) -> DataFrame[ClassByStaff]:
    """Hours (h a year) and their share of all hours, beside the published shares (0-1).

    Every class and kind of staff is present, also those without tasks.
    Tasks of unknown hours are counted in `unknown_hours_count`, not in the hours.
    """
    typed = by_scope_and_class(tasks).with_columns(pl.col("staff_type").cast(pl.String))
    doubled = pl.concat([typed, typed.with_columns(staff_type=pl.lit("total"))])
    sums = doubled.group_by(*CLASS_KEYS, "staff_type").agg(
        hours=pl.col("annual_hours").sum(),
        task_count=pl.len().cast(pl.Int64),
        unknown_hours_count=pl.col("annual_hours").null_count().cast(pl.Int64),
    )
    base = (
        typed.filter(pl.col("work_class") == "total")
        .group_by("scope")
        .agg(base_hours=pl.col("annual_hours").sum())
    )
    cells = base.select("scope").join(_figures(published).lazy(), how="cross")
    table = (
        cells.join(
            sums, on=[*CLASS_KEYS, "staff_type"], how="full", coalesce=True, nulls_equal=True
        )
        .with_columns(pl.col("hours", "task_count", "unknown_hours_count").fill_null(0))
        .join(base, on="scope")
        .with_columns(share_ratio=ratio("hours", "base_hours"))
        .select(ClassByStaff.column_names())
        .collect()
    )
    return ClassByStaff.validate(ClassByStaff.cast(table).sort("scope", "work_class", "staff_type"))


def _figures(published: Published) -> pl.DataFrame:
    figures = published.class_by_staff
    rows = [
        (name, staff, figures.ami[name][i] / 100, figures.average96[name][i] / 100)
        for name in CLASSES_AND_TOTAL
        for i, staff in enumerate(THREE)
    ]
    columns = ["work_class", "staff_type", "ami_ratio", "average96_ratio"]
    return pl.DataFrame(rows, schema=columns, orient="row")
