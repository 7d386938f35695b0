"""What is told of rows that repeat what stands above them, and of blanks between them."""

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
    return _count(blank.with_columns(code=pl.lit("blank-rows")))


def mark_repeated(seen: pl.DataFrame, name: str) -> pl.DataFrame:
    """One mark for each table and column where merged cells or 〃 were filled from above."""
    merged = pl.col(name) == MERGED_MARK
    found = seen.filter(pl.col("kind") == "answer", pl.col(name).is_in(FROM_ABOVE), "first")
    code = pl.when(merged).then(pl.lit("merged-cells")).otherwise(pl.lit("ditto-marks"))
    told = pl.format("{} {}", pl.lit(terms.label(name)), "value")
    return _count(found.with_columns(code=code)).with_columns(value=told)


def _count(rows: pl.DataFrame) -> pl.DataFrame:
    """One mark for each table and code: how many rows, and the first of them."""
    return (
        rows.group_by("workbook", "sheet", "table", "code", maintain_order=True)
        .agg(row=pl.col("row").first(), value=pl.len().cast(pl.String))
        .select(
            "workbook", "sheet", cell=pl.lit(None, pl.String), row="row", code="code", value="value"
        )
    )
