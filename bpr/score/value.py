"""Value functions: an answer -> low, point and high value in 0-1."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from bpr.settings.scoring import ActValues, Choice, Criterion, Ramp, WordValues
from bpr.settings.when import YES_NO_FIELDS

Numbers = npt.NDArray[np.float64]
_GUESSED: Final = "work_class"
"""The field that a model may have answered."""


@dataclass(frozen=True)
class Values:
    """Values of one criterion, one per task; `missing` where the survey does not tell."""

    low: Numbers
    point: Numbers
    high: Numbers
    missing: npt.NDArray[np.bool_]


def value_criteria(criteria: Sequence[Criterion], facts: pl.DataFrame) -> list[Values]:
    """Value the rows of `facts` under every criterion.

    An answer gives three equal values; a class that the model gave spreads by its probability; no
    answer gives the criterion's `unknown` interval and its middle.
    """
    read = facts.select(_read(c).cast(pl.Float64).alias(str(n)) for n, c in enumerate(criteria))
    sure = facts["work_class_probability"].fill_null(1.0).to_numpy()
    return [
        _spread(criterion, read[str(number)].fill_null(np.nan).to_numpy(), sure)
        for number, criterion in enumerate(criteria)
    ]


def _spread(criterion: Criterion, known: Numbers, sureness: Numbers) -> Values:
    """Low, point and high value of what was read, NaN where nothing was."""
    if isinstance(criterion, Ramp):
        known = _ramp(criterion, known)
    missing = np.isnan(known)
    least, most = criterion.unknown
    sure = sureness if criterion.field == _GUESSED else 1.0
    return Values(
        low=np.where(missing, least, known * sure),
        point=np.where(missing, (least + most) / 2, known),
        high=np.where(missing, most, known * sure + (1 - sure)),
        missing=missing,
    )


def _read(criterion: Criterion) -> pl.Expr:
    """Values of the answers (of a ramp: the numbers themselves), null where there is none."""
    column = pl.col(criterion.field)
    match criterion:
        case Ramp():
            return column
        case Choice(values=values) if criterion.field in YES_NO_FIELDS:
            return pl.when(column).then(values["yes"]).when(~column).then(values["no"])
        case Choice(values=values):
            return column.cast(pl.String).replace_strict(
                values, default=None, return_dtype=pl.Float64
            )
        case ActValues(values=values):
            acts = pl.element().replace_strict(values, default=0.0, return_dtype=pl.Float64)
            return column.list.eval(acts).list.mean()
        case WordValues(words=words):
            return pl.coalesce(
                *(pl.when(column.str.contains(w.pattern)).then(w.value) for w in words)
            )
        case _:
            raise TypeError(criterion)


def _ramp(criterion: Ramp, numbers: Numbers) -> Numbers:
    xs, ys = (np.array(axis, dtype=np.float64) for axis in zip(*criterion.points, strict=True))
    if criterion.scale == "log":
        numbers, xs = np.log(np.maximum(numbers, xs[0])), np.log(xs)
    return np.asarray(np.interp(numbers, xs, ys))


def find_words(criterion: WordValues, column: pl.Series) -> pl.Series:
    """Return the words that were found, null where there are none."""
    text = pl.col("text")
    found = (text.str.extract(f"({word.pattern})", 1) for word in criterion.words)
    return column.to_frame("text").select(raw=pl.coalesce(*found))["raw"]
