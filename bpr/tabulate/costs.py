"""What the work costs: the hours of each kind of staff at the yen of its hour."""

from collections.abc import Mapping

import polars as pl

from bpr.frames import ClassByStaff, DataFrame
from bpr.frames.costs import CostByClass
from bpr.settings.savings import Factor

_ENDS = ("yen_low", "yen", "yen_high")


def cost_by_class(
    table: DataFrame[ClassByStaff], hourly_yen: Mapping[str, Factor]
) -> DataFrame[CostByClass]:
    """Yen a year by class, of all tasks (scope `all`); hours of unsaid staff cost `unknown`."""
    rows = [(staff, *factor.range) for staff, factor in hourly_yen.items()]
    costs = pl.DataFrame(rows, schema=["staff_type", *_ENDS], orient="row")
    typed = table.with_columns(pl.col("staff_type").cast(pl.String).fill_null("unknown"))
    return (
        typed.filter(pl.col("scope") == "all")
        .join(costs, on="staff_type")  # the rows of all staff together have no cost of their own
        .group_by("work_class")
        .agg(pl.col("hours").sum(), *((pl.col(end) * pl.col("hours")).sum() for end in _ENDS))
        .sort("work_class")
        .pipe(CostByClass.validate)
    )
