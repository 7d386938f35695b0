"""Tasks -> the aggregates that towns swap, and what of them may leave the town."""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Final

import polars as pl

from bpr.frames import DataFrame, TaskTable
from bpr.frames.exchange import (
    CLASS_ROWS,
    MEDIUM_COLUMNS,
    MINIMUM_TASKS,
    NO_FAMILY,
    SEAL_ROWS,
    TOTAL,
    UNKNOWN,
    VERSION,
    ExchangeCells,
)
from bpr.settings.common_work import Wording
from bpr.tabulate.suppression import Sum, find_suppressed

_KEYS: Final = ["table", "row_key", "column_key"]
_MINUTES: Final = {"lower_minutes": 0.25, "median_minutes": 0.5, "upper_minutes": 0.75}
_MEASURES: Final = [name for name in ExchangeCells.column_names() if name not in _KEYS]


def digest_families(families: Mapping[str, Wording]) -> str:
    """Digest of how work is sorted: the same for towns whose families are the same."""
    told = [(name, one.patterns, one.counter_patterns, one.counter_tasks) for name, one in families.items()]  # fmt: skip
    return sha256(repr((VERSION, told)).encode()).hexdigest()


def sum_cells(
    tasks: DataFrame[TaskTable],
    family: pl.Series,
    families: Collection[str],
    population: int | None = None,
) -> DataFrame[ExchangeCells]:
    """Sum tasks of known hours up by family (a series beside the rows), seal, class and medium.

    Every cell is present, also those without tasks. Nothing is suppressed.
    """
    counted = _prepare(tasks, family).filter(pl.col("annual_hours") > 0)
    parts = [_sum(counted, "total", pl.lit(TOTAL), pl.lit(TOTAL))]
    parts += [_sum(counted, table, pl.col(table), pl.lit(TOTAL)) for table in ("family", "seal")]
    row, column = pl.col("work_class"), pl.col("medium")
    parts += [
        _sum(counted, "class_medium", *keys)
        for keys in ((row, column), (row, pl.lit(TOTAL)), (pl.lit(TOTAL), column))
    ]
    per = 10_000 / population if population else None
    found = pl.concat(parts).with_columns(
        hours_per_10000=(pl.col("hours") * pl.lit(per, pl.Float64)).round(1)
    )
    empty = {"tasks": 0, "divisions": 0, "hours": 0.0, "hours_per_10000": 0.0 if per else None}
    none = pl.col("tasks").is_null()
    return (
        list_cells(families)
        .join(found, on=_KEYS, how="left", maintain_order="left")
        .with_columns(
            pl.when(none).then(value).otherwise(name).alias(name) for name, value in empty.items()
        )
        .with_columns(pl.col("hours").round(0))
        .select(ExchangeCells.column_names())
        .pipe(ExchangeCells.validate, cast=True)
    )


def list_cells(families: Collection[str]) -> pl.DataFrame:
    """Keys of every cell of the file, in its order."""
    rows = [("total", TOTAL, TOTAL)]
    rows += [("family", name, TOTAL) for name in (*families, NO_FAMILY)]
    rows += [("seal", name, TOTAL) for name in SEAL_ROWS]
    rows += [
        ("class_medium", row, column)
        for row in CLASS_ROWS
        for column in MEDIUM_COLUMNS
        if (row, column) != (TOTAL, TOTAL)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(_KEYS, pl.String), orient="row")


def list_sums(cells: pl.DataFrame) -> list[Sum]:
    """Which cells are the sums of which: families, seals, rows and columns of class x medium."""
    place = {key: number for number, key in enumerate(cells.select(_KEYS).iter_rows())}
    whole = place["total", TOTAL, TOTAL]
    sums = [
        Sum(whole, tuple(number for key, number in place.items() if key[0] == table))
        for table in ("family", "seal")
    ]
    row_totals = tuple(place["class_medium", row, TOTAL] for row in CLASS_ROWS[:-1])
    column_totals = tuple(place["class_medium", TOTAL, column] for column in MEDIUM_COLUMNS[:-1])
    sums += [Sum(whole, row_totals), Sum(whole, column_totals)]
    for number, row in enumerate(CLASS_ROWS[:-1]):
        parts = tuple(place["class_medium", row, column] for column in MEDIUM_COLUMNS[:-1])
        sums.append(Sum(row_totals[number], parts))
    for number, column in enumerate(MEDIUM_COLUMNS[:-1]):
        parts = tuple(place["class_medium", row, column] for row in CLASS_ROWS[:-1])
        sums.append(Sum(column_totals[number], parts))
    return sums


def suppress_cells(cells: DataFrame[ExchangeCells]) -> DataFrame[ExchangeCells]:
    """Leave out every measure of cells of fewer than 5 tasks, and of those that would tell them."""
    counts = [int(count) for count in cells["tasks"].to_list()]
    hidden = find_suppressed(counts, list_sums(cells), MINIMUM_TASKS)
    told = pl.Series([place not in hidden for place in range(len(counts))], dtype=pl.Boolean)
    left = [pl.when(told).then(name).alias(name) for name in _MEASURES]
    return ExchangeCells.validate(cells.with_columns(left))


def _prepare(tasks: DataFrame[TaskTable], family: pl.Series) -> pl.DataFrame:
    """What is counted of tasks: their keys in each table, hours, minutes per case, division."""
    medium = pl.col("medium").cast(pl.String).str.split("_").list.first()
    seal = pl.when("approval_seal").then(pl.lit("yes")).when(~pl.col("approval_seal")).then(pl.lit("no"))  # fmt: skip
    measured = (pl.col("annual_hours") > 0) & (pl.col("annual_count") > 0)
    return tasks.select(
        "division",
        "annual_hours",
        family=family.fill_null(NO_FAMILY),
        seal=seal.fill_null(UNKNOWN),
        work_class=pl.col("work_class").cast(pl.String).fill_null(UNKNOWN),
        medium=medium.fill_null(UNKNOWN),
        minutes=pl.when(measured).then(60 * pl.col("annual_hours") / pl.col("annual_count")),
    )


def _sum(tasks: pl.DataFrame, table: str, row: pl.Expr, column: pl.Expr) -> pl.DataFrame:
    minutes = pl.col("minutes")
    enough = minutes.count() >= MINIMUM_TASKS
    return (
        tasks.with_columns(row_key=row, column_key=column, table=pl.lit(table))
        .group_by(_KEYS)
        .agg(
            tasks=pl.len().cast(pl.Int64),
            hours=pl.col("annual_hours").sum(),
            divisions=pl.col("division").n_unique().cast(pl.Int64),
            **{
                name: pl.when(enough).then(minutes.quantile(share, "linear").round(1))
                for name, share in _MINUTES.items()
            },
        )
    )
