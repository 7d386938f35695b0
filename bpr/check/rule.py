"""What a rule is: a pure function from a reading to the places it finds doubtful."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import polars as pl

from bpr.frames import Answers, Columns, Conversions, DataFrame, StaffCounts, SurveyTasks
from bpr.settings import Settings

PLACES: Final = {
    "workbook": pl.String,
    "sheet": pl.String,
    "row": pl.Int64,
    "block": pl.Int64,
    "field": pl.String,
    "code": pl.String,
    "value": pl.String,
}
"""Columns of what a rule returns; `field` may be null when the whole row is meant."""


@dataclass(frozen=True)
class Reading:
    """All that a rule may look at."""

    answers: DataFrame[Answers]
    columns: DataFrame[Columns]
    conversions: DataFrame[Conversions]
    doubtful_numbers: pl.DataFrame
    tasks: DataFrame[SurveyTasks]
    unknown_choices: pl.DataFrame
    staff: DataFrame[StaffCounts]
    listed_staff: Mapping[str, float] = field(default_factory=dict)
    """Division -> people, by the list of offices."""


Rule: TypeAlias = Callable[[Reading, Settings], pl.DataFrame]


def places(frame: pl.DataFrame | pl.LazyFrame, **constants: str | None) -> pl.DataFrame:
    """Shape rows into places: add constant columns, keep only the columns of `PLACES`."""
    return (
        frame.lazy()
        .with_columns(pl.lit(text, pl.String).alias(name) for name, text in constants.items())
        .select(pl.col(name).cast(dtype) for name, dtype in PLACES.items())
        .collect()
    )
