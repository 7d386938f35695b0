"""Value functions: an answer -> low, point and high value in 0-1."""

import numpy as np
import polars as pl

from bpr.settings.scoring import ActValues, Choice, Criterion, Present, Ramp

VALUES = ("value_low", "value", "value_high")


def value_criterion(criterion: Criterion, facts: pl.DataFrame) -> pl.DataFrame:
    """Three columns (`VALUES`) for the rows of `facts`.

    An answer gives three equal values; a class that the model gave spreads by its probability; no
    answer gives the criterion's `unknown` interval and its middle.
    """
    point = _point(criterion, facts)
    low, high = criterion.unknown
    known = pl.DataFrame({"point": point, "sure": _sureness(criterion, facts)})
    return known.select(
        value_low=pl.col("point") * pl.col("sure"),
        value=pl.col("point"),
        value_high=pl.col("point") * pl.col("sure") + (1 - pl.col("sure")),
    ).with_columns(
        pl.col("value_low").fill_null(low),
        pl.col("value").fill_null((low + high) / 2),
        pl.col("value_high").fill_null(high),
    )


def _point(criterion: Criterion, facts: pl.DataFrame) -> pl.Series:
    match criterion:
        case Ramp():
            return _ramp(criterion, facts[criterion.field])
        case Choice(values=values):
            column = facts[criterion.field].cast(pl.String)
            return column.replace_strict(values, default=None, return_dtype=pl.Float64)
        case Present():
            return facts.select(
                pl.when(pl.col(criterion.field).is_not_null()).then(1.0)
            ).to_series()
        case ActValues(values=values):
            acts = pl.element().replace_strict(values, default=0.0, return_dtype=pl.Float64)
            return facts.select(pl.col("acts").list.eval(acts).list.mean()).to_series()
        case _:
            raise TypeError(criterion)


def _ramp(criterion: Ramp, column: pl.Series) -> pl.Series:
    xs, ys = (np.array(axis, dtype=np.float64) for axis in zip(*criterion.points, strict=True))
    numbers = column.fill_null(np.nan).to_numpy()
    if criterion.scale == "log":
        xs, numbers = np.log(xs), np.log(np.maximum(numbers, np.exp(np.log(xs[0]))))
    values = pl.Series("value", np.interp(numbers, xs, ys))
    return pl.DataFrame([column.is_null().alias("no"), values]).select(
        pl.when(~pl.col("no")).then("value")
    )["value"]


def _sureness(criterion: Criterion, facts: pl.DataFrame) -> pl.Series:
    """Probability that the answer is right: below 1 only for a class that the model gave."""
    if criterion.field != "work_class":
        return pl.Series([1.0]).new_from_index(0, facts.height)
    return facts["work_class_probability"].fill_null(1.0)
