"""Numbers: text that is none, ranges, foreign units, counts that contradict the hours."""

import polars as pl

from bpr.check.rule import Reading, places
from bpr.frames import ROW_KEY
from bpr.settings import Settings


def check_number_cells(reading: Reading, settings: Settings) -> pl.DataFrame:
    """Report every number cell that the reader could not take as it stands."""
    del settings
    return places(reading.doubtful_numbers.rename({"raw": "value"}))


def check_products(reading: Reading, settings: Settings) -> pl.DataFrame:
    """Find rows whose count x minutes differs from the stated hours by more than the setting."""
    stated = reading.conversions.filter(pl.col("field") == "annual_hours").select(
        *ROW_KEY, stated="value"
    )
    product = pl.col("annual_count") * pl.col("minutes_per_case") / 60
    limit = settings.survey.hours_mismatch_ratio * pl.max_horizontal("stated", product)
    found = (
        reading.tasks.lazy()
        .join(stated.lazy(), on=ROW_KEY, maintain_order="left")
        .filter((product - pl.col("stated")).abs() > limit + 0.5)
        .with_columns(
            value=pl.format(
                "件数×時間 {}時間／記入 {}時間", product.round(1), pl.col("stated").round(1)
            )
        )
    )
    return places(found, field="annual_hours", code="hours-mismatch")
