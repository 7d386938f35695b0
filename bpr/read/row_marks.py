"""What is told of rows that repeat what stands above them, and of blanks between them."""

from collections.abc import Collection
from typing import Final

import polars as pl

from bpr import terms
from bpr.text import DITTO_TEXTS

MERGED_MARK: Final = "\u0000merged"
"""Stands in a cell covered by a merged range until the value above is filled down."""
FROM_ABOVE: Final = (MERGED_MARK, *DITTO_TEXTS)


def mark_blank_rows(seen: pl.DataFrame) -> pl.DataFrame:
    """One mark for each table with blank rows between its tasks: how many, and the first."""
    index = pl.int_range(pl.len()).over("table")
    last = pl.when(pl.col("kind") == "answer").then(index).max().over("table")
    blank = seen.filter((pl.col("kind") == "blank") & (index < last), "first")
    return _count(blank.with_columns(code=pl.lit("blank-rows")), pl.len().cast(pl.String))


def mark_repeated(seen: pl.DataFrame, names: Collection[str]) -> pl.DataFrame:
    """One mark for each column and table where merged cells or 〃 were filled from above."""
    place = ["workbook", "sheet", "table", "row"]
    answers = seen.filter(pl.col("kind") == "answer", "first").select(*place, *names)
    cells = answers.unpivot(sorted(names), index=place, variable_name="field", value_name="text")
    found = cells.filter(pl.col("text").is_in(FROM_ABOVE)).with_columns(
        code=pl.when(pl.col("text") == MERGED_MARK)
        .then(pl.lit("merged-cells"))
        .otherwise(pl.lit("ditto-marks")),
        label=pl.col("field").replace_strict(
            {name: terms.label(name) for name in names}, return_dtype=pl.String
        ),
    )
    return _count(found, pl.format("{} {}", pl.col("label").first(), pl.len()), "field")


def _count(rows: pl.DataFrame, told: pl.Expr, *by: str) -> pl.DataFrame:
    """One mark for each table and code: how many rows, and the first of them."""
    return (
        rows.group_by(*by, "workbook", "sheet", "table", "code", maintain_order=True)
        .agg(row=pl.col("row").first(), value=told)
        .select(
            "workbook", "sheet", cell=pl.lit(None, pl.String), row="row", code="code", value="value"
        )
    )
