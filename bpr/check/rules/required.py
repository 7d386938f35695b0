"""Blanks: rows without a name, hours that nobody can work out, no division, no class answer."""

import polars as pl

from bpr.check.rule import Reading, places
from bpr.frames import ROW_KEY
from bpr.settings import Settings


def check_names(reading: Reading, settings: Settings) -> pl.DataFrame:
    """Find rows that hold something but name no task; they are left out."""
    del settings
    unnamed = reading.answers.lazy().join(reading.tasks.lazy(), on=ROW_KEY, how="anti")
    value = pl.concat_str(
        [pl.col(n) for n in ("annual_count", "annual_hours", "medium")],
        separator="、",
        ignore_nulls=True,
    )
    return places(unnamed.with_columns(value=value), field="task_name", code="missing-name")


def check_hours(reading: Reading, settings: Settings) -> pl.DataFrame:
    """Find tasks whose hours a year cannot be worked out although the form asks for them."""
    del settings
    asked = reading.columns.filter(
        pl.col("field").is_in(["annual_hours", "minutes_per_case", "fte"])
    )
    unknown = reading.tasks.filter(pl.col("annual_hours").is_null()).join(
        asked, on=["workbook", "sheet", "block"], how="semi"
    )
    return places(unknown, field="annual_hours", code="missing-hours", value=None)


def check_division(reading: Reading, settings: Settings) -> pl.DataFrame:
    """Find tasks of unknown division."""
    del settings
    unknown = reading.tasks.filter(pl.col("division").is_null())
    return places(unknown, field="division", code="missing-division", value=None)


def check_class_answers(reading: Reading, settings: Settings) -> pl.DataFrame:
    """Find tasks whose form asks the class questions but whose row does not answer them."""
    del settings
    asked = reading.columns.filter(pl.col("field").is_in(["must_be_staff", "work_class_answer"]))
    silent = pl.col("must_be_staff").is_null() | (
        ~pl.col("must_be_staff")
        & (
            pl.col("needs_expertise").is_null()
            | (~pl.col("needs_expertise") & pl.col("is_routine").is_null())
        )
    )
    found = reading.tasks.filter(silent).join(asked, on=["workbook", "sheet", "block"], how="semi")
    return places(found, field="must_be_staff", code="missing-class", value=None)
