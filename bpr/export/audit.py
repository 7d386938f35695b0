"""The audit log as a workbook or as CSV: oldest first, in words, local time beside UTC."""

from datetime import datetime
from typing import Final

import polars as pl

from bpr import terms
from bpr.export.cells import safe_csv
from bpr.export.sheets import new_book, save, write_sheet
from bpr.frames import DataFrame
from bpr.frames.people import AuditEntries

_COLUMNS: Final = {
    "id": "番号",
    "local": "日時（この地の時刻）",
    "at": "日時（協定世界時）",
    "who": "だれが",
    "place": "どこから",
    "action": "操作",
    "object": "対象",
    "before": "変更前",
    "after": "変更後",
}
_WIDTHS: Final = {
    "local": 22.0,
    "at": 32.0,
    "action": 24.0,
    "object": 36.0,
    "before": 40.0,
    "after": 40.0,
}


def write_audit_book(entries: DataFrame[AuditEntries]) -> bytes:
    """Workbook of the log; no text becomes a formula."""
    book = new_book()
    write_sheet(book, "監査の記録", _in_words(entries), _COLUMNS, _WIDTHS)
    return save(book)


def write_audit_csv(entries: DataFrame[AuditEntries]) -> bytes:
    """CSV of the log in UTF-8 with the mark that Excel looks for."""
    shown = safe_csv(_in_words(entries)).select(list(_COLUMNS)).rename(_COLUMNS)
    return shown.write_csv(include_bom=True).encode()


def _in_words(entries: DataFrame[AuditEntries]) -> pl.DataFrame:
    labels = {name: term.label for name, term in terms.AUDIT_ACTIONS.items()}
    return entries.sort("id").with_columns(
        local=pl.col("at").map_elements(_local, return_dtype=pl.String),
        action=pl.col("action").replace(labels),
    )


def _local(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M:%S}"
