"""A person's word on links wins: pairs that are the same task, pairs that are not, tasks without."""

from dataclasses import dataclass

import polars as pl

from bpr.frames import DataFrame, LinkWords


@dataclass(frozen=True)
class Spoken:
    """Words in force, as row numbers of the earlier (`b`) and the later year (`a`).

    `confirmed`, `denied`: pairs; `alone`, `alone_after`: tasks that have no counterpart.
    """

    confirmed: pl.DataFrame
    denied: pl.DataFrame
    alone: pl.DataFrame
    alone_after: pl.DataFrame

    def turn(self) -> "Spoken":
        """Return the same words for linking the other way round."""
        turn = {"a": "b", "b": "a"}
        return Spoken(
            self.confirmed.rename(turn),
            self.denied.rename(turn),
            self.alone_after.rename({"a": "b"}),
            self.alone.rename({"b": "a"}),
        )


def heed_link_words(before: pl.Series, after: pl.Series, words: DataFrame[LinkWords]) -> Spoken:
    """Words on tasks that are there; the last on each task counts.

    Of two tasks that were given the same later task, the one named last has it.
    """
    last = (
        words.with_row_index("order")
        .group_by("before_id", maintain_order=True)
        .last()
        .join(_numbers(before, "before_id", "b"), on="before_id")
        .join(_numbers(after, "after_id", "a"), on="after_id", how="left")
        .filter(pl.col("after_id").is_null() | pl.col("a").is_not_null())
        .sort("order")
    )
    of = {action: last.filter(pl.col("action") == action) for action in ("confirm", "deny")}
    paired = pl.col("a").is_not_null()
    confirmed = of["confirm"].filter(paired).unique("a", keep="last", maintain_order=True)
    return Spoken(
        confirmed.select("b", "a"),
        of["deny"].filter(paired).select("b", "a"),
        of["confirm"].filter(~paired).select("b"),
        last.clear().select("a"),
    )


def _numbers(ids: pl.Series, name: str, number: str) -> pl.DataFrame:
    return pl.DataFrame({name: ids}).with_row_index(number)
