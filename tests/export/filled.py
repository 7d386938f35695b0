"""Blank forms, and the same filled in as a clerk would: every question, in both ways of hours."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

import openpyxl
import polars as pl
from openpyxl.worksheet.worksheet import Worksheet

from bpr.export.template import Office, write_template
from bpr.export.template.columns import COLUMNS
from bpr.read.opening import Workbook
from tests.builder import SETTINGS, save

OFFICE: Final = Office("税務課", "総務部", "みどり野町", 2026, 12.0, 4.5, date(2026, 6, 30))
BARE: Final = Office("税務課", None, None, 2026, None, None, None)
COLUMN_OF: Final = {c.field: n for n, c in enumerate(COLUMNS, start=1)}

LAST_YEAR: Final = pl.DataFrame(
    [
        {
            "task_id": f"2025-税務課-{number}",
            "fiscal_year": 2025,
            "division": "税務課",
            "unit": "町民税係",
            "process_category": "個人住民税",
            "task_name": "当初賦課",
            "activity_name": activity,
            "staff_category": "会計年度(パート)",
            "annual_count": 900.0,
            "minutes_per_case": 7.0,
            "annual_hours": 105.0,
            "medium": "paper_many",
            "approval_seal": True,
            "must_be_staff": False,
            "frequency": "年次",
            "systems": "税システム",
        }
        for number, activity in ((3, "申告書の入力"), (8, "通知書の発送"))
    ]
)

ANSWERS: Final[list[dict[str, Any]]] = [
    {
        "staff_category": "正規職員", "annual_count": 320, "minutes_per_case": 15,
        "medium": "紙（量極大）", "approval_seal": "有", "resident_seal": "無",
        "must_be_staff": "はい",
    },
    {
        "staff_category": "会計年度任用職員", "annual_hours": 350.5,
        "medium": "電子+紙（量少ない）", "approval_seal": "無", "resident_seal": "有",
        "must_be_staff": "いいえ", "needs_expertise": "はい",
    },
    {
        "staff_category": "再任用職員", "annual_count": 1800, "minutes_per_case": 6,
        "annual_hours": 180, "medium": "電子", "approval_seal": "無", "resident_seal": "無",
        "must_be_staff": "いいえ", "needs_expertise": "いいえ", "is_routine": "はい",
    },
    {
        "staff_category": "非常勤職員", "annual_hours": 0.5,
        "medium": "該当なし", "approval_seal": "無", "resident_seal": "無",
        "must_be_staff": "いいえ", "needs_expertise": "いいえ", "is_routine": "いいえ",
    },
]  # fmt: skip
READ: Final[list[tuple[Any, ...]]] = [
    ("regular", 80.0, "paper_huge", True, False, True, None, None),
    ("nonregular", 350.5, "mixed_few", False, True, False, True, None),
    ("regular", 180.0, "electronic", False, False, False, False, True),
    ("nonregular", 0.5, "none", False, False, False, False, False),
]
"""The same as the reader must understand it (columns of READ_COLUMNS)."""
READ_COLUMNS: Final = (
    "staff_type annual_hours medium approval_seal resident_seal "
    "must_be_staff needs_expertise is_routine"
)


def blank(tasks: pl.DataFrame | None = None, office: Office = OFFICE) -> bytes:
    """A form with rows for the tasks."""
    return _empty(office) if tasks is None else write_template(office, tasks, SETTINGS.survey)


@cache
def _empty(office: Office) -> bytes:
    return write_template(office, pl.DataFrame(), SETTINGS.survey)


def opened(data: bytes) -> openpyxl.Workbook:
    """The workbook of these bytes."""
    return openpyxl.load_workbook(io.BytesIO(data))


def table_of(data: bytes) -> Worksheet:
    """The sheet that is filled in."""
    return opened(data)["調査票"]


def value(sheet: Worksheet, row: int, field: str) -> Any:
    """Value of one field in one row."""
    return sheet.cell(row, COLUMN_OF[field]).value


def fill(data: bytes, rows: Mapping[int, Mapping[str, Any]]) -> Workbook:
    """Type answers into the rows (Excel number -> field -> value)."""
    book = opened(data)
    for row, answers in rows.items():
        for field, answer in answers.items():
            book["調査票"].cell(row, COLUMN_OF[field]).value = answer
    return Workbook("調査票_税務課_令和8年度.xlsx", save(book))


def filled(
    tasks: pl.DataFrame, new: Sequence[tuple[str, str]] = (), office: Office = OFFICE
) -> Workbook:
    """A form whose rows are all answered in turn, with new tasks in the rows below."""
    answers = [ANSWERS[n % len(ANSWERS)] for n in range(tasks.height + len(new))]
    rows: dict[int, dict[str, Any]] = {n: dict(a) for n, a in enumerate(answers, start=2)}
    for row, (name, activity) in enumerate(new, start=2 + tasks.height):
        rows[row] |= {"unit": "新しい係", "task_name": name, "activity_name": activity}
    return fill(blank(tasks, office), rows)
