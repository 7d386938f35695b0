"""Pairs and what is left over -> links, each with its reason in a few words."""

import polars as pl

from bpr.frames import DataFrame, TaskLinks
from bpr.match.years_words import Spoken


def tell_links(
    before: pl.DataFrame, after: pl.DataFrame, pairs: pl.DataFrame, spoken: Spoken
) -> DataFrame[TaskLinks]:
    """One row per pair and per task left over.

    `before`, `after`: what was compared; `pairs`: row numbers b, a with how, likeness, confirmed.
    """
    one = before.with_row_index("b")
    other = after.with_row_index("a").rename({"task_id": "after_id"})
    denied = pl.lit(value=True).alias("denied")
    alone = pl.lit(value=True).alias("alone")
    links = (
        one.rename({"task_id": "before_id"})
        .join(pairs, on="b", how="left")
        .join(other, on="a", how="full", suffix="_other", coalesce=True)
        .join(spoken.denied.select("b", denied).unique(), on="b", how="left")
        .join(spoken.alone.select("b", alone), on="b", how="left")
        .with_columns(
            confirmed=pl.coalesce("confirmed", "alone", pl.lit(value=False)), reason=_reason()
        )
        .sort("before_id", "after_id", nulls_last=True)
    )
    return TaskLinks.validate(links.select(TaskLinks.column_names()), cast=True)


def _reason() -> pl.Expr:
    how = pl.col("how")
    places = pl.format(
        "（{}→{}）",
        *(pl.col(name).fill_null("記入なし") for name in ("division_name", "division_name_other")),
    )
    equal = pl.col("task").eq_missing(pl.col("task_other")) & (
        pl.col("activity").eq_missing(pl.col("activity_other"))
    )
    return (
        pl.when("alone")
        .then(pl.lit("人が、対応する業務はないと確かめた"))
        .when(pl.col("before_id").is_null())
        .then(pl.lit("前の年度に同じ業務が見つからない"))
        .when(pl.col("after_id").is_null() & pl.col("denied"))
        .then(pl.lit("人が違う業務とし、ほかに同じ業務が見つからない"))
        .when(pl.col("after_id").is_null())
        .then(pl.lit("後の年度に同じ業務が見つからない"))
        .when(how == "person")
        .then(pl.lit("人が同じ業務と確かめた"))
        .when("elsewhere")
        .then(_worded(equal, "業務名は同じで、課が違う", "業務名が似ていて、課が違う") + places)
        .when(~equal)
        .then(_worded(how == "number", "整理番号が同じで、業務名が似ている", "業務名が似ている"))
        .otherwise(_worded(how == "number", "整理番号と業務名が同じ", "業務名が同じ") + _doubt())
    )


def _doubt() -> pl.Expr:
    """Why equal names are not certain."""
    staff = pl.col("staff").ne_missing(pl.col("staff_other"))
    return (
        pl.when("confirmed")
        .then(pl.lit(""))
        .when(staff)
        .then(pl.lit("（職員区分が違う）"))
        .otherwise(pl.lit("（同じ名前の行が複数ある）"))
    )


def _worded(case: pl.Expr, then: str, otherwise: str) -> pl.Expr:
    return pl.when(case).then(pl.lit(then)).otherwise(pl.lit(otherwise))
