"""The result of an analysis as one file: .json (the contract's shape), .csv, .parquet, .xlsx."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Final

import polars as pl

from bpr import terms
from bpr.export.cells import safe_csv
from bpr.export.finding_list import write_findings
from bpr.export.sheets import new_book, save, write_sheet
from bpr.export.tables import write_tables
from bpr.report import Report

_WIDE: Final = {"task_name": 30.0, "activity_name": 34.0}
_PLACES: Final = [
    "workbook",
    "sheet",
    "cell",
    "row",
    "code",
    "severity",
    "value",
    "message",
    "remedy",
    "rule",
]


def write_json(report: Report) -> bytes:
    """The contract's JSON: workbooks, findings, tasks, tables; and `classes`, each task's why."""
    tables = report.tables
    parts = {
        "workbooks": json.dumps(_workbooks(report), ensure_ascii=False),
        "findings": report.diagnostics.select(_PLACES).write_json(),
        "tasks": report.tasks.write_json(),
        "tables": "{"
        + ",".join(
            f'"{name}":{frame.write_json()}'
            for name, frame in (
                ("class_by_staff", tables.class_by_staff),
                ("medium_by_class", tables.medium_by_class),
                ("media_ratios", tables.media_ratios),
                ("seal_by_class", tables.seal_by_class),
            )
        )
        + "}",
        "classes": _judgements(report).write_json(),
        "settings_digest": json.dumps(report.settings.digest),
    }
    return ("{" + ",\n".join(f'"{k}":{v}' for k, v in parts.items()) + "}\n").encode()


def _judgements(report: Report) -> pl.DataFrame:
    """One row per task: what survey and model say of its class, why, and the medium (estimated)."""
    said = report.classes.drop("work_class", "work_class_source", "work_class_probability")
    return said.join(report.media, on="task_id", maintain_order="left")


def write_csv(report: Report) -> bytes:
    """Tasks as UTF-8 CSV with a BOM, so that Excel reads it by double click."""
    return safe_csv(report.tasks).write_csv(include_bom=True).encode()


def write_parquet(report: Report) -> bytes:
    """Tasks as Parquet."""
    buffer = BytesIO()
    report.tasks.write_parquet(buffer)
    return buffer.getvalue()


def write_xlsx(report: Report) -> bytes:
    """One workbook: tasks, findings, the three tables."""
    book = new_book()
    labels = {name: terms.label(name) for name in report.tasks.columns}
    gates = {name: gate.label for name, gate in report.settings.scoring.gates.items()}
    tasks = report.tasks.with_columns(pl.col("gate").replace(gates))
    write_sheet(book, "業務一覧", tasks, labels, _WIDE)
    write_findings(book, report.diagnostics)
    write_tables(book, report)
    return save(book)


WRITERS: Final[dict[str, Callable[[Report], bytes]]] = {
    "json": write_json,
    "csv": write_csv,
    "parquet": write_parquet,
    "xlsx": write_xlsx,
}
"""Format -> writer."""


def write_findings_json(report: Report) -> bytes:
    """Findings only, as a JSON list."""
    return report.diagnostics.select(_PLACES).write_json().encode()


def write_findings_xlsx(report: Report) -> bytes:
    """Findings only, as a workbook."""
    book = new_book()
    write_findings(book, report.diagnostics)
    return save(book)


def _workbooks(report: Report) -> list[dict[str, object]]:
    """Every workbook with its sheets: what was read, with which mapping, what was left out.

    A sheet with several tables stands once, with the header and the columns of its first.
    """
    key = ["workbook", "sheet"]
    counts = dict_by(report.tasks.group_by(key).len(), key)
    errors = report.diagnostics.filter(pl.col("severity") == "error", pl.col("row").is_not_null())
    left = dict_by(errors.select(*key, "row").unique().group_by(key).len(), key)
    mapping: dict[tuple[str, str], dict[str, str]] = {}
    for row in report.columns.iter_rows(named=True):
        suffix = f"@{row['staff_category']}" if row["staff_category"] else ""
        target = mapping.setdefault((row["workbook"], row["sheet"]), {})
        target.setdefault(row["field"] + suffix, row["column"])
    told = {
        (name, code): text
        for name, code, text in report.diagnostics.select("workbook", "code", "message").iter_rows()
    }
    sheets: dict[str, list[dict[str, object]]] = {}
    rows_read = pl.col("rows_read").sum().over("workbook", "name")
    first = report.sheets.with_columns(rows_read).filter(pl.col("table") == 0)
    for row in first.iter_rows(named=True):
        place = (row["workbook"], row["name"])
        sheets.setdefault(row["workbook"], []).append(
            {
                "name": row["name"],
                "status": row["status"],
                "header_row": row["header_row"],
                "mapping": mapping.get(place, {}),
                "rows_read": row["rows_read"],
                "tasks": counts.get(place, 0),
                "left_out": left.get(place, 0),
            }
        )
    return [
        {
            "name": row["name"],
            "sha256": row["sha256"],
            "status": row["status"],
            "reason": told.get((row["name"], row["reason"])),
            "sheets": sheets.get(row["name"], []),
        }
        for row in report.workbooks.iter_rows(named=True)
    ]


def dict_by(frame: pl.DataFrame, key: list[str]) -> dict[tuple[str, str], int]:
    """Map a pair of columns to the count beside it."""
    return {(a, b): int(n) for a, b, n in frame.select(*key, "len").iter_rows()}
