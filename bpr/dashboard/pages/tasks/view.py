"""業務: report -> rows of the list and what is known of one task."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from bpr import terms
from bpr.dashboard.judging import Judgement, judge_task, tell_past
from bpr.dashboard.words import MEDIA, SOURCES, joined, number
from bpr.report import Report
from bpr.workspace import PastCorrection

_FACTS = (
    "process_category",
    "process_group",
    "process",
    "staff_category",
    "annual_count",
    "minutes_per_case",
    "annual_hours",
    "fte",
    "medium",
    "approval_seal",
    "resident_seal",
    "legal_basis",
    "systems",
    "peak_months",
    "frequency",
    "issues",
)


@dataclass(frozen=True)
class TaskDetail:
    """One task: what the form says, how each number was read, its class and why."""

    task_id: str
    heading: str
    place: str
    judgement: Judgement
    corrected: bool
    history: list[str]
    facts: list[tuple[str, str]]
    numbers: list[tuple[str, str, str]]
    findings: list[str]


def view_answer(tasks: pl.DataFrame) -> list[str]:
    """Say how many tasks there are, and how many of them a person should look at."""
    if not tasks.height:
        return ["この条件に当てはまる業務はありません。絞り込みをゆるめてください。"]
    doubtful = tasks.filter(
        (pl.col("work_class_source") == "model")
        & ((pl.col("confidence") == "C") | pl.col("confidence").is_null())
    ).height
    text = f"{tasks.height:,} 業務、{_hours(tasks['annual_hours'])}。"
    return [
        text + f"うち {doubtful:,} 業務は判定に自信がありません（確信度 C）。"
        if doubtful
        else text + "確信度 C の業務はありません。"
    ]


def _hours(hours: pl.Series) -> str:
    """Sum of the known hours, and how many are not known."""
    unknown = hours.null_count()
    if unknown == len(hours):
        return "時間は分かりません"
    missing = f"（時間不明 {unknown:,} 業務を除く）" if unknown else ""
    return f"年 {hours.sum():,.0f} 時間{missing}"


def view_rows(tasks: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows of the grid, all as text."""
    return [
        {
            "task_id": task["task_id"],
            "task_name": joined(task["task_name"], task["activity_name"], by="／"),
            "place": joined(task["division"], task["unit"]),
            "work_class": terms.SHORT_WORK_CLASSES.get(task["work_class"] or "", "判定できない"),
            "work_class_source": SOURCES[task["work_class_source"]],
            "confidence": task["confidence"] or "–",
            "medium": MEDIA.get(task["medium"] or "", "–"),
            "annual_hours": number(task["annual_hours"]),
        }
        for task in tasks.iter_rows(named=True)
    ]


def view_detail(
    report: Report, task_id: str, history: Sequence[PastCorrection] = ()
) -> TaskDetail | None:
    """Everything about one task; None for an unknown id."""
    found = report.tasks.filter(pl.col("task_id") == task_id)
    if not found.height:
        return None
    task = found.row(0, named=True)
    return TaskDetail(
        task_id=task_id,
        heading=joined(task["task_name"], task["activity_name"], by="／"),
        place=f"{joined(task['division'], task['unit'], by=' ')}　{task['workbook']}［{task['sheet']}］{task['row']} 行",
        judgement=judge_task(report, task_id),
        corrected=task["work_class_source"] == "person",
        history=[tell_past(entry) for entry in history],
        facts=[
            (terms.label(name), _text(name, task[name]))
            for name in _FACTS
            if task[name] is not None
        ],
        numbers=_numbers(report, task),
        findings=_findings(report, task),
    )


def _text(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "使う" if value else "使わない"
    if isinstance(value, float):
        return f"{value:,.6g}"
    return MEDIA.get(str(value), "") if name == "medium" else str(value)


def _numbers(report: Report, task: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Each number as written, and the rule by which it was read."""
    own = report.conversions.filter(
        pl.col("workbook") == task["workbook"],
        pl.col("sheet") == task["sheet"],
        pl.col("row") == task["row"],
    )
    return [
        (terms.label(row["field"]), f"{row['raw']}{_unit(row['raw'], row['measure'])}", row["rule"])
        for row in own.iter_rows(named=True)
    ]


def _unit(raw: str, measure: str | None) -> str:
    """The column's unit, unless the cell names one itself."""
    plain = raw.replace(".", "").replace(",", "").isdigit()
    return f"（{measure}）" if measure and plain else ""


def _findings(report: Report, task: dict[str, Any]) -> list[str]:
    own = report.diagnostics.filter(
        pl.col("workbook") == task["workbook"],
        pl.col("sheet") == task["sheet"],
        pl.col("row") == task["row"],
    )
    return [f"{row['cell']}　{row['message']}{row['remedy']}" for row in own.iter_rows(named=True)]
