"""The findings as a sheet (指摘一覧): where to look in the workbooks, and how to mend it."""

from typing import Final

from openpyxl import Workbook

from bpr.export.sheets import write_sheet
from bpr.frames import DataFrame, Diagnostics

FINDINGS: Final = "指摘一覧"
_LABELS: Final = {
    "severity": "重さ",
    "workbook": "ファイル",
    "sheet": "シート",
    "cell": "セル",
    "value": "値",
    "message": "内容",
    "remedy": "直し方",
    "rule": "機械可読性ルール",
    "code": "コード",
}
_WIDTHS: Final = {
    "workbook": 20.0, "sheet": 16.0, "cell": 8.0, "value": 24.0, "message": 50.0, "remedy": 50.0,
    "rule": 22.0, "code": 20.0,
}  # fmt: skip


def write_findings(book: Workbook, findings: DataFrame[Diagnostics]) -> None:
    """Add the sheet."""
    write_sheet(book, FINDINGS, findings, _LABELS, _WIDTHS)
