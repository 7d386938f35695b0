"""Duplicates: the same task twice in one division."""

import polars as pl

from bpr.check.rule import Reading, places
from bpr.settings import Settings

_SAME = [
    "fiscal_year",
    "division",
    "unit",
    "process_category",
    "process_group",
    "process",
    "task_name",
    "activity_name",
    "staff_category",
]


def check_duplicates(reading: Reading, settings: Settings) -> pl.DataFrame:
    """Find the second and later rows of equal names; the value names the first row."""
    del settings
    keys = [pl.col(name).cast(pl.String).str.replace_all(r"\s", "") for name in _SAME]
    found = (
        reading.tasks.lazy()
        .with_columns(same=pl.struct(keys))
        .with_columns(
            order=pl.int_range(pl.len()).over("same"),
            value=pl.format(
                "{} {} 行",
                pl.col("workbook").first().over("same"),
                pl.col("row").first().over("same"),
            ),
        )
        .filter(pl.col("order") > 0)
    )
    return places(found, field="task_name", code="duplicate-task")


def check_divisions(reading: Reading, settings: Settings) -> pl.DataFrame:
    """Find workbooks that repeat most tasks of another workbook of the same division."""
    share = settings.survey.plausibility.same_division_share
    names = pl.concat_str(
        [pl.col(name).cast(pl.String).fill_null("").str.replace_all(r"\s", "") for name in _SAME],
        separator="\x1f",
    )
    tasks = reading.tasks.filter(pl.col("division").is_not_null()).select(
        "workbook", "sheet", "division", name=names
    )
    size = tasks.group_by("workbook", maintain_order=True).agg(
        size=pl.len(), sheet=pl.col("sheet").first()
    )
    both = tasks.join(tasks, on=["division", "name"], how="inner", suffix="_first")
    pairs = (
        both.filter(pl.col("workbook_first") < pl.col("workbook"))
        .group_by("workbook", "workbook_first", maintain_order=True)
        .agg(same=pl.col("name").n_unique())
        .join(size, on="workbook", maintain_order="left")
        .filter(pl.col("same") >= share * pl.col("size"))
        .sort("workbook", "workbook_first")
        .unique("workbook", keep="first", maintain_order=True)
    )
    empty = pl.lit(None, pl.Int64)
    found = pairs.with_columns(value=pl.col("workbook_first"), row=empty, block=empty)
    return places(found, field=None, code="division-twice")
