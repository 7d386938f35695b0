"""Conditions of the settings, held against the facts of many tasks at once."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from bpr.settings.when import When

Flags = npt.NDArray[np.bool_]


def holds(when: When, facts: pl.DataFrame) -> Flags:
    """Tell for every row of `facts` whether all given parts of a condition hold; null: no."""
    return hold_all([when], facts)[0]


def hold_all(whens: Sequence[When], facts: pl.DataFrame) -> list[Flags]:
    """Do so for many conditions at once."""
    held = facts.select(_express(when).alias(str(n)) for n, when in enumerate(whens))
    return [np.broadcast_to(column.to_numpy(), facts.height) for column in held]


def _express(when: When) -> pl.Expr:
    parts: list[pl.Expr] = [pl.lit(value=True)]
    for name, listed in (
        ("work_class", when.work_class),
        ("medium", when.medium),
        ("staff_type", when.staff_type),
    ):
        if listed:
            parts.append(pl.col(name).cast(pl.String).is_in(listed))
    if when.acts:
        parts.append(pl.col("acts").list.eval(pl.element().is_in(when.acts)).list.any())
    if when.no_acts:
        parts.append(~pl.col("acts").list.eval(pl.element().is_in(when.no_acts)).list.any())
    parts += [pl.col(name) for name in when.yes]
    parts += [~pl.col(name) for name in when.no]
    parts += [pl.col(name) >= bound for name, bound in when.at_least.items()]
    parts += [pl.col(name) < bound for name, bound in when.below.items()]
    parts += [pl.col(name).is_null() for name in when.missing]
    if when.words:
        parts.append(_says("names", when.words))
    if when.no_words:
        parts.append(~_says("names", when.no_words))
    if when.systems:
        parts.append(_says("systems", when.systems))
    return pl.all_horizontal(part.fill_null(value=False) for part in parts)


def _says(name: str, patterns: Sequence[str]) -> pl.Expr:
    return pl.col(name).str.contains("|".join(patterns)).fill_null(value=False)
