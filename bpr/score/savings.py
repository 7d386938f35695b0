"""Hours a year that a lever may save: annual hours x published reduction rate, as an interval."""

import polars as pl

from bpr.settings import SavingsSettings


def add_savings(scores: pl.DataFrame, savings: SavingsSettings) -> pl.DataFrame:
    """Add `saving_hours*` (hours a year) to rows with `lever`, `annual_hours` and `gate`.

    Null where the hours are unknown, and where a gate says that the task must first be split:
    what remains to be relieved is then not known.
    """
    lever = pl.col("lever").cast(pl.String)
    names = ("saving_hours_low", "saving_hours", "saving_hours_high")
    return scores.with_columns(
        pl.when(pl.col("gate").is_null())
        .then(
            pl.col("annual_hours")
            * lever.replace_strict(
                {k: rate.rate[i] for k, rate in savings.levers.items()},
                default=None,
                return_dtype=pl.Float64,
            )
        )
        .alias(name)
        for i, name in enumerate(names)
    )
