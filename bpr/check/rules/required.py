"""Blanks: rows without a name, hours that nobody can work out, no division, no class answer."""

import polars as pl

from bpr.check.rule import Reading, places
from bpr.frames import ROW_KEY
from bpr.settings import Settings

_SHEET = ["workbook", "sheet", "block"]


def check_names(reading: Reading, settings: Settings) -> pl.DataFrame:
    """Find rows that hold something but name no task; they are left out."""
    del settings
    unnamed = reading.answers.lazy().join(
        reading.tasks.lazy(), on=ROW_KEY, how="anti", maintain_order="left"
    )
    value = pl.concat_str(
        [pl.col(n) for n in ("annual_count", "annual_hours", "medium")],
        separator="、",
        ignore_nulls=True,
    )
    return places(unnamed.with_columns(value=value), field="task_name", code="missing-name")


def check_hours(reading: Reading, settings: Settings) -> pl.DataFrame:
    """Find tasks whose hours a year cannot be worked out although the form asks for them."""
    del settings
    unknown = reading.tasks.filter(pl.col("annual_hours").is_null())
    asked = _first_asked(reading, ["annual_hours", "minutes_per_case", "fte"])
    placed = unknown.join(asked, on=_SHEET, maintain_order="left")
    counted = pl.col("minutes_per_case").is_not_null() & pl.col("annual_count").is_null()
    field = (
        pl.when((pl.col("field") == "minutes_per_case") & counted)
        .then(pl.lit("annual_count"))
        .otherwise("field")
    )
    return places(placed.with_columns(field=field), code="missing-hours", value=None)


def check_division(reading: Reading, settings: Settings) -> pl.DataFrame:
    """Find tasks of unknown division."""
    del settings
    unknown = reading.tasks.filter(pl.col("division").is_null())
    return places(unknown, field="division", code="missing-division", value=None)


def check_class_answers(reading: Reading, settings: Settings) -> pl.DataFrame:
    """Find tasks whose form asks the class questions but whose row does not answer them."""
    del settings
    asked = _first_asked(reading, ["must_be_staff", "work_class_answer"])
    open_question = (
        pl.when(pl.col("must_be_staff").is_null())
        .then("field")
        .when(~pl.col("must_be_staff") & pl.col("needs_expertise").is_null())
        .then(pl.lit("needs_expertise"))
        .when(
            ~pl.col("must_be_staff") & ~pl.col("needs_expertise") & pl.col("is_routine").is_null()
        )
        .then(pl.lit("is_routine"))
    )
    found = reading.tasks.join(asked, on=_SHEET, maintain_order="left").with_columns(
        field=open_question
    )
    return places(found.filter(pl.col("field").is_not_null()), code="missing-class", value=None)


def _first_asked(reading: Reading, fields: list[str]) -> pl.DataFrame:
    """The first of the fields that each sheet has a column for: _SHEET and `field`."""
    order = pl.col("field").replace_strict(fields, range(len(fields)), default=None)
    return (
        reading.columns.select(*_SHEET, "field", order=order)
        .filter(pl.col("order").is_not_null())
        .sort("order", maintain_order=True)
        .unique(_SHEET, keep="first", maintain_order=True)
        .select(*_SHEET, "field")
    )
