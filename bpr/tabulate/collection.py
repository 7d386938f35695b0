"""Who has returned what: the list of offices beside what the workbooks hold, and its totals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from bpr.frames import (
    Collection,
    DataFrame,
    Diagnostics,
    Offices,
    TaskTable,
    Workbooks,
    empty,
)
from bpr.messages import MESSAGES
from bpr.text import squeeze

_ROW: Final = ["workbook", "sheet", "row"]
_COUNTED: Final = ("error", "warning")


@dataclass(frozen=True)
class CollectionSummary:
    """Totals of a collection.

    `listed`: divisions asked; `returned`, `missing`: those of them that have and have not returned
    (without a list: all divisions that have); `with_errors`: divisions with rows to mend;
    `refused`: workbooks that cannot be read; `days_left`: to the next due day of a missing one.
    """

    listed: int
    returned: int
    missing: int
    with_errors: int
    refused: int
    rows: int
    hours: float
    days_left: int | None


def collect_returns(
    workbooks: DataFrame[Workbooks],
    tasks: DataFrame[TaskTable],
    diagnostics: DataFrame[Diagnostics],
    offices: DataFrame[Offices],
    today: date,
) -> DataFrame[Collection]:
    """Put returns beside the offices that were asked; listed divisions come first, in their order."""
    names = _listed_names(offices)
    listed = offices.with_columns(
        key=pl.Series([squeeze(name) for name in offices["division"].to_list()], dtype=pl.String),
        is_listed=pl.lit(value=True),
    )
    returned = _returned(workbooks, tasks, diagnostics, names)
    divisions = (
        listed.join(
            returned,
            on="key",
            how="full",
            coalesce=True,
            suffix="_told",
            maintain_order="left_right",
        )
        .with_columns(
            division=pl.coalesce("division", "division_told"),
            department=pl.coalesce("department", "department_told"),
            is_listed=pl.col("is_listed").fill_null(value=False),
            **{name: pl.col(name).fill_null(0) for name in ("rows", "tasks", "errors", "warnings")},
        )
        .with_columns(status=_status(), reason=pl.lit(None, pl.String))
    )
    refused = _refused(workbooks, diagnostics)
    with_days = pl.concat([divisions, refused], how="diagonal_relaxed").with_columns(
        days_left=(pl.col("due") - pl.lit(today)).dt.total_days()
    )
    return Collection.validate(with_days.select(Collection.column_names()), cast=True)


def summarize_collection(collection: DataFrame[Collection]) -> CollectionSummary:
    """Add a collection up."""
    divisions = collection.filter(pl.col("division").is_not_null())
    listed = divisions.filter("is_listed")
    asked = listed if listed.height else divisions
    missing = listed.filter(pl.col("status") == "missing")
    days = missing["days_left"].drop_nulls().to_list()
    status = collection["status"]
    return CollectionSummary(
        listed=listed.height,
        returned=asked.height - missing.height,
        missing=missing.height,
        with_errors=int((status == "errors").sum()),
        refused=int((status == "refused").sum()),
        rows=int(collection["rows"].sum()),
        hours=float(collection["hours"].sum()),
        days_left=min(days, default=None),
    )


def _listed_names(offices: DataFrame[Offices]) -> dict[str, str]:
    """Key by which a return may call a listed division -> the division's own key.

    A form may write 「総務部税務課」 for 税務課.
    """
    pairs = offices.select("division", "department").rows()
    long = {squeeze(f"{above}{name}"): squeeze(name) for name, above in pairs if above}
    return long | {squeeze(name): squeeze(name) for name, _ in pairs}


def _returned(
    workbooks: DataFrame[Workbooks],
    tasks: DataFrame[TaskTable],
    diagnostics: DataFrame[Diagnostics],
    names: Mapping[str, str],
) -> pl.DataFrame:
    """Sum up what has come back, by division; what tells none stands by its workbook."""
    told = tasks.select(*_ROW, "department", "division", "annual_hours").sort("row")
    places = told.with_columns(key=_keys(told, names))
    found = _place_findings(workbooks, diagnostics, places)
    blank = [name for name in _read(workbooks) if name not in set(places["workbook"].to_list())]
    bare = pl.DataFrame({"workbook": blank, "key": [_own_key(name) for name in blank]})
    by_division = (
        pl.concat([places, bare.cast(pl.String)], how="diagonal")
        .group_by("key", maintain_order=True)
        .agg(
            division=pl.col("division").drop_nulls().first(),
            department=pl.col("department").drop_nulls().first(),
            workbooks=pl.col("workbook").unique(maintain_order=True).sort().str.join("、"),
            tasks=pl.col("row").is_not_null().sum(),
            hours=pl.when(pl.col("annual_hours").is_not_null().any()).then(
                pl.col("annual_hours").sum()
            ),
            first=pl.col("workbook").min(),
        )
        .sort("first", maintain_order=True)
    )
    wrong = found.filter(pl.col("severity") == "error", pl.col("row").is_not_null())
    rows = pl.concat([places.select(*_ROW, "key"), wrong.select(*_ROW, "key")])
    return by_division.join(
        rows.unique().group_by("key").agg(rows=pl.len()), on="key", how="left"
    ).join(_count(found, "key"), on="key", how="left", maintain_order="left")


def _keys(told: pl.DataFrame, names: Mapping[str, str]) -> pl.Series:
    """Key of each row's division; of its workbook where it tells none."""
    pairs = told.select("workbook", "division").unique().rows()
    known = {
        (book, name): names.get(squeeze(name), squeeze(name)) if name else _own_key(book)
        for book, name in pairs
    }
    rows = told.select("workbook", "division").rows()
    return pl.Series([known[row] for row in rows], dtype=pl.String)


def _own_key(workbook: str) -> str:
    return f"\0{workbook}"


def _read(workbooks: DataFrame[Workbooks]) -> list[str]:
    return [str(n) for n in workbooks.filter(pl.col("status") == "read")["name"].to_list()]


def _place_findings(
    workbooks: DataFrame[Workbooks], diagnostics: DataFrame[Diagnostics], places: pl.DataFrame
) -> pl.DataFrame:
    """Give each error and warning to the division of the nearest row, else to all of its workbook."""
    counted = diagnostics.filter(
        pl.col("severity").cast(pl.String).is_in(_COUNTED),
        pl.col("workbook").is_in(_read(workbooks)),
    ).select(*_ROW, "severity")
    near = (
        counted.filter(pl.col("row").is_not_null())
        .sort("row")
        .join_asof(
            places.select(*_ROW, "key"),
            on="row",
            by=["workbook", "sheet"],
            strategy="nearest",
            check_sortedness=False,  # polars cannot check within groups; both are sorted by row
        )
    )
    known = near.filter(pl.col("key").is_not_null())
    others = pl.concat(
        [
            counted.filter(pl.col("row").is_null()),
            near.filter(pl.col("key").is_null()).select(counted.columns),
        ]
    )
    own = places.select("workbook", "key").unique(maintain_order=True)
    spread = others.join(own, on="workbook", how="left").with_columns(
        key=pl.coalesce("key", pl.lit("\0") + pl.col("workbook"))
    )
    return pl.concat([known, spread.select(known.columns)])


def _count(findings: pl.DataFrame, by: str) -> pl.DataFrame:
    severity = pl.col("severity").cast(pl.String)
    return findings.group_by(by).agg(
        errors=(severity == "error").sum(), warnings=(severity == "warning").sum()
    )


def _status() -> pl.Expr:
    return (
        pl.when(pl.col("workbooks").is_null())
        .then(pl.lit("missing"))
        .when(pl.col("errors") > 0)
        .then(pl.lit("errors"))
        .otherwise(pl.lit("returned"))
    )


def _refused(workbooks: DataFrame[Workbooks], diagnostics: DataFrame[Diagnostics]) -> pl.DataFrame:
    """Rows of the workbooks that cannot be read, with the reason in words."""
    texts = {code: message.text for code, message in MESSAGES.items()}
    blank = empty(Collection).clear().select("rows", "tasks")
    return (
        workbooks.filter(pl.col("status") == "refused")
        .select(
            workbooks="name",
            status=pl.lit("refused"),
            reason=pl.col("reason").replace(texts),
            is_listed=pl.lit(value=False),
            **{name: pl.lit(0, blank.schema[name]) for name in blank.columns},
        )
        .join(_count(diagnostics, "workbook"), left_on="workbooks", right_on="workbook", how="left")
        .with_columns(pl.col("errors", "warnings").fill_null(0))
    )
