"""Effect against ease: what the recommended lever takes to introduce, and four quarters of tasks.

Ease is `staff_days` of the lever (導入の手間, savings.toml). It hangs on the lever alone; nothing new
is reckoned here.
"""

from typing import Final

import polars as pl

from bpr.frames import DataFrame, Savings

EASY_DAYS: Final = 5.0
"""Up to so many days of one person (a working week) a lever is easy to introduce."""
LARGE_HOURS: Final = 67.0
"""From so many hours a year an effect is large: the middle of what RPA is published to save per task."""
QUARTERS: Final = ("now", "plan", "aside", "later")
"""Easy and large, hard and large, easy and small, hard and small."""


def place_tasks(tasks: pl.DataFrame, savings: DataFrame[Savings]) -> pl.DataFrame:
    """Recommended tasks whose effect is known, in their order, with `staff_days` and `quarter`."""
    effort = savings.select("task_id", "staff_days", best_lever="lever")
    easy = pl.col("staff_days") <= EASY_DAYS
    large = pl.col("saving_hours") >= LARGE_HOURS
    now, plan, aside, later = (pl.lit(name) for name in QUARTERS)
    quarter = (
        pl.when(easy & large).then(now).when(large).then(plan).when(easy).then(aside)
    ).otherwise(later)
    return (
        tasks.drop_nulls(["best_lever", "saving_hours"])
        .join(effort, on=["task_id", "best_lever"], maintain_order="left")
        .with_columns(quarter=quarter.cast(pl.Enum(QUARTERS)))
    )
