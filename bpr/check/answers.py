"""Run every rule and turn places and marks into findings with cell, text and remedy."""

import polars as pl

from bpr.check.catalog import RULES
from bpr.check.rule import PLACES, Reading
from bpr.frames import Columns, DataFrame, Diagnostics, Marks
from bpr.messages import MESSAGES
from bpr.settings import Settings


def check_answers(
    reading: Reading, marks: DataFrame[Marks], settings: Settings
) -> DataFrame[Diagnostics]:
    """All findings of a reading: what the reader marked and what the rules found."""
    found = pl.concat([pl.DataFrame(schema=PLACES), *(rule(reading, settings) for rule in RULES)])
    placed = _with_cells(found, reading.columns)
    marked = _with_row_cells(marks, reading.columns)
    return Diagnostics.validate(
        _with_texts(pl.concat([marked, placed.select(marks.columns)])), cast=True
    )


def _with_row_cells(marks: pl.DataFrame, columns: DataFrame[Columns]) -> pl.DataFrame:
    """Let a mark that speaks of a row point at the row's cell in the sheet's first column."""
    first = columns.group_by("workbook", "sheet", maintain_order=True).agg(
        first=pl.col("column").sort_by(pl.col("column").str.len_chars(), "column").first()
    )
    own = pl.col("first") + pl.col("row").cast(pl.String)
    return (
        marks.lazy()
        .join(first.lazy(), on=["workbook", "sheet"], how="left", maintain_order="left")
        .with_columns(cell=pl.coalesce("cell", own))
        .select(marks.columns)
        .collect()
    )


def _with_cells(found: pl.DataFrame, columns: DataFrame[Columns]) -> pl.DataFrame:
    """Add the A1 address; a row without the field's column points at its first column."""
    sheet = ["workbook", "sheet", "block"]
    letters = columns.select(*sheet, "field", "column", card_row="row")
    first = columns.group_by(sheet, maintain_order=True).agg(first=pl.col("column").first())
    return (
        found.lazy()
        .join(letters.lazy(), on=[*sheet, "field"], how="left", maintain_order="left")
        .join(first.lazy(), on=sheet, how="left", maintain_order="left")
        .with_columns(
            cell=pl.coalesce("column", "first") + pl.coalesce("card_row", "row").cast(pl.String),
        )
        .unique(["workbook", "sheet", "cell", "row", "code"], maintain_order=True)
        .sort("workbook", "sheet", "row", maintain_order=True)
        .collect()
    )


def _with_texts(findings: pl.DataFrame) -> pl.DataFrame:
    texts = pl.DataFrame(
        [(code, m.severity, m.text, m.remedy, m.rule) for code, m in MESSAGES.items()],
        schema=dict.fromkeys(("code", "severity", "message", "remedy", "rule"), pl.String),
        orient="row",
    )
    value = pl.col("value").fill_null("").str.slice(0, 80)
    return (
        findings.lazy()
        .join(texts.lazy(), on="code", how="left", maintain_order="left")
        .with_columns(message=_insert(value))
        .select(Diagnostics.column_names())
        .collect()
    )


def _insert(value: pl.Expr) -> pl.Expr:
    """Put the value into the message; the text is data, so no pattern may act in it."""
    parts = pl.col("message").str.split_exact("{value}", 1)
    after = parts.struct.field("field_1")
    return (
        pl.when(after.is_null())
        .then(pl.col("message"))
        .otherwise(pl.concat_str(parts.struct.field("field_0"), value, after))
    )
