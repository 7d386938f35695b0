"""What a person of a division sees of a report: its own rows, and the workbooks that hold no others."""

from dataclasses import fields, replace
from typing import Any

import polars as pl

from bpr.report import Report
from bpr.tabulate.tables import tabulate


def narrow_report(report: Report, division: str | None) -> Report:
    """Return the report without any row of other divisions; ranks stay those of the whole town."""
    own = report.tasks.filter(pl.col("division").eq_missing(pl.lit(division)))
    foreign = report.tasks.join(own, on="task_id", how="anti")
    seen = set(own["workbook"]) - set(foreign["workbook"])
    narrowed: dict[str, Any] = {}
    for part in fields(report):
        frame = getattr(report, part.name)
        if isinstance(frame, pl.DataFrame):
            narrowed[part.name] = _narrow(part.name, frame, own, seen)
    tables = tabulate(narrowed["tasks"], report.settings.published)
    taught = replace(
        report.taught,
        lessons=tuple(one for one in report.taught.lessons if one.division == division),
    )
    return replace(report, **narrowed, tables=tables, taught=taught)


def _narrow(name: str, frame: pl.DataFrame, own: pl.DataFrame, seen: set[str]) -> pl.DataFrame:
    if "task_id" in frame.columns:
        return frame.join(own.select("task_id"), on="task_id", how="semi", maintain_order="left")
    column = "name" if name == "workbooks" else "workbook"
    return frame.filter(pl.col(column).is_in(seen))
