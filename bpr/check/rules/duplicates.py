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
