"""取込: collection + report -> who has returned what, in a sentence and in rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import polars as pl

from bpr.report import Report

SORTABLE: Final = {
    "division": "課",
    "status": "状態",
    "workbook": "ファイル",
    "tasks": "業務数",
    "hours": "時間／年",
    "errors": "エラー",
    "warnings": "要確認",
    "due": "締切まで",
}
"""Columns of the table, all of which sort it."""

STATUSES: Final = {
    "refused": "読めない",
    "errors": "エラーあり",
    "missing": "未提出",
    "returned": "提出済み",
    "withdrawn": "取り下げ",
}
"""States in the order of their urgency."""


@dataclass(frozen=True)
class CollectionRow:
    """One returned file, or a division of which none has come."""

    division: str
    department: str
    reason: str
    status: str
    workbook: str
    readable: bool
    tasks: int | None
    hours: float | None
    errors: int
    warnings: int
    days_left: int | None

    @property
    def status_label(self) -> str:
        """The state in Japanese."""
        return STATUSES[self.status]

    @property
    def withdrawn(self) -> bool:
        """Whether the file is out of the survey."""
        return self.status == "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether the division still has something to do."""
        return self.status in {"missing", "errors", "refused"}

    @property
    def due(self) -> str:
        """How many days are left, in words; a dash for what has come."""
        if self.days_left is None or not self.is_open:
            return "–"
        if self.days_left < 0:
            return f"{-self.days_left} 日過ぎた"
        return f"あと {self.days_left} 日" if self.days_left else "今日まで"


@dataclass(frozen=True)
class _Counts:
    """What one file holds."""

    tasks: int
    hours: float | None
    errors: int
    warnings: int


def list_rows(
    collection: pl.DataFrame, report: Report, withdrawn: Sequence[str]
) -> list[CollectionRow]:
    """One row for each returned file and each division without one; then what was withdrawn."""
    known = report.workbooks["name"].to_list()
    readable = set(report.forms["workbook"].unique().to_list())
    rows: list[CollectionRow] = []
    for office in collection.iter_rows(named=True):
        files = _files(office["workbooks"], known)
        row = _office_row(office)
        if len(files) > 1:
            counts = [_count(report, file, office["division"]) for file in files]
            rows += [_file_row(row, file, count) for file, count in zip(files, counts, strict=True)]
        else:
            rows.append(replace(row, workbook=files[0] if files else ""))
    rows = [replace(row, readable=row.workbook in readable) for row in rows]
    return rows + [_withdrawn_row(name) for name in withdrawn]


def _files(joined: str | None, known: Sequence[str]) -> list[str]:
    """Names of a collection's row; a name may hold the mark that joins them."""
    if not joined:
        return []
    parts = set(joined.split("、"))
    return [name for name in known if name in parts] or [name for name in known if name in joined]


def _office_row(office: Mapping[str, Any]) -> CollectionRow:
    refused = office["status"] == "refused"
    missing = office["status"] == "missing"
    return CollectionRow(
        division=office["division"] or ("–" if refused else "課が分からない"),
        department=office["department"] or "",
        reason=office["reason"] or "",
        status=office["status"],
        workbook="",
        readable=False,
        tasks=None if refused or missing else office["tasks"],
        hours=None if refused else office["hours"],
        errors=office["errors"],
        warnings=office["warnings"],
        days_left=office["days_left"],
    )


def _count(report: Report, workbook: str, division: str | None) -> _Counts:
    whole = report.tasks.filter(pl.col("workbook") == workbook)
    named = whole.filter(pl.col("division") == division) if division else whole
    own = named if named.height else whole
    found = report.diagnostics.filter(pl.col("workbook") == workbook)
    found_errors = found.filter(pl.col("severity") == "error").height
    found_warnings = found.filter(pl.col("severity") == "warning").height
    known = own["annual_hours"].drop_nulls()
    return _Counts(
        tasks=own.height,
        hours=float(known.sum()) if len(known) else None,
        errors=found_errors,
        warnings=found_warnings,
    )


def _file_row(row: CollectionRow, workbook: str, counts: _Counts) -> CollectionRow:
    status = "errors" if counts.errors else "returned"
    return replace(row, workbook=workbook, status=status, **vars(counts))


def _withdrawn_row(workbook: str) -> CollectionRow:
    return CollectionRow(
        division="–",
        department="",
        reason="",
        status="withdrawn",
        workbook=workbook,
        readable=False,
        tasks=None,
        hours=None,
        errors=0,
        warnings=0,
        days_left=None,
    )


def sort_rows(rows: Sequence[CollectionRow], sort: str) -> list[CollectionRow]:
    """Sort by a column (`hours-desc`); otherwise the most urgent first.

    What is not known stands last, whichever way the column runs.
    """
    column, _, direction = sort.partition("-")
    urgent = sorted(rows, key=lambda row: (_URGENCY[row.status], -row.errors))
    if column not in SORTABLE:
        return urgent
    known = [row for row in urgent if _sort_key(row, column) is not None]
    unknown = [row for row in urgent if _sort_key(row, column) is None]
    known.sort(key=lambda row: _sort_key(row, column), reverse=direction == "desc")
    return known + unknown


def _sort_key(row: CollectionRow, column: str) -> Any:  # noqa: ANN401 - whatever can be compared
    """What a row is sorted by; None where it has nothing there."""
    if column == "status":
        return _URGENCY[row.status]
    if column == "due":
        return row.days_left if row.is_open else None
    value = getattr(row, column)
    return None if value in {"", "–"} else value


def next_sort(sort: str, column: str) -> str:
    """Return the order after a click on a column: up, then down, then as at first."""
    if sort == column:
        return f"{column}-desc"
    return "" if sort == f"{column}-desc" else column


_URGENCY: Final = {name: number for number, name in enumerate(STATUSES)}
