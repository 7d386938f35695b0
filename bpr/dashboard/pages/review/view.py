"""確認: report and queue -> what the page says."""

from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from bpr import terms
from bpr.classify.learning import ENOUGH
from bpr.dashboard.judging import Judgement, judge_task, tell_past
from bpr.dashboard.words import joined, number
from bpr.report import Report
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Lesson, Workspace, summarize_reviews

SHOWN: Final = 8
"""Lines of the queue beside the task."""


@dataclass(frozen=True)
class QueueLine:
    """One line of the queue."""

    address: str
    name: str
    place: str
    cause: str
    hours: str
    current: bool


@dataclass(frozen=True)
class ReviewItem:
    """The task that is looked at."""

    task_id: str
    heading: str
    place: str
    facts: str
    cause: str
    judgement: Judgement
    chances: list[tuple[str, float]]
    same_names: list[str]
    history: list[str]


@dataclass(frozen=True)
class LessonLine:
    """What a division's corrections taught, in words."""

    division: str
    reviewed: str
    effect: str


@dataclass(frozen=True)
class ReviewPage:
    """Everything the page shows; `item` is None when nothing is left to look at."""

    answer: list[str]
    item: ReviewItem | None
    lines: list[QueueLine]
    more: int
    lessons: list[LessonLine]


def view_review(workspace: Workspace, query: TaskQuery) -> ReviewPage:
    """Show the queue for the filters, at the task that the address names, else at its head."""
    queue = workspace.list_reviews(query)
    ids: list[str] = queue["task_id"].to_list()
    known = query.task in workspace.report().classes["task_id"]
    current = query.task if query.task and known else next(iter(ids), "")
    position = ids.index(current) if current in ids else 0
    start = max(0, min(position - 1, len(ids) - SHOWN))
    return ReviewPage(
        answer=_answer(queue, query),
        item=_item(workspace, queue, current) if current else None,
        lines=[
            _line(row, query, current=row["task_id"] == current)
            for row in queue.slice(start, SHOWN).iter_rows(named=True)
        ],
        more=max(0, len(ids) - start - SHOWN),
        lessons=[_lesson(lesson) for lesson in workspace.report().taught.lessons],
    )


def next_task(workspace: Workspace, query: TaskQuery, step: int, leaving: list[str]) -> str:
    """Return the task after (`step` 1) or before (-1) the present one, passing over `leaving`."""
    ids: list[str] = workspace.list_reviews(query)["task_id"].to_list()
    if not ids:
        return ""
    position = ids.index(query.task) if query.task in ids else (-1 if step > 0 else 0)
    gone = set(leaving)
    rest = [ids[(position + step * i) % len(ids)] for i in range(1, len(ids) + 1)]
    return next((task_id for task_id in rest if task_id not in gone), "")


def _answer(queue: pl.DataFrame, query: TaskQuery) -> list[str]:
    summary = summarize_reviews(queue)
    if not summary.tasks:
        filtered = query.division or query.cause
        return [
            "この条件では、確かめる業務は残っていません。絞り込みを外してください。"
            if filtered
            else "確かめる業務は残っていません。"
        ]
    lines = [f"人が確かめるとよい業務が {summary.tasks:,} 件あります。影響の大きい順に並べました。"]
    if summary.tasks > summary.first:
        lines.append(
            f"上から {summary.first} 件で、誤りかもしれない年 {summary.hours_at_stake:,.0f} 時間の "
            f"{summary.first_share:.0%} を確かめられます。"
        )
    return lines


def _line(row: dict[str, Any], query: TaskQuery, *, current: bool) -> QueueLine:
    return QueueLine(
        address=query.with_(task=row["task_id"]).to_query(),
        name=joined(row["task_name"], row["activity_name"], by="／"),
        place=joined(row["division"], row["unit"]),
        cause=terms.REVIEW_CAUSES[row["cause"]].label,
        hours=number(row["annual_hours"]),
        current=current,
    )


def _item(workspace: Workspace, queue: pl.DataFrame, task_id: str) -> ReviewItem:
    report = workspace.report()
    task = report.tasks.filter(task_id=task_id).row(0, named=True)
    cause = queue.filter(task_id=task_id)["cause"].to_list()
    chances = [(terms.SHORT_WORK_CLASSES[n], p) for n, p in workspace.rank_classes(task_id)]
    same = workspace.list_same_names(task_id)
    return ReviewItem(
        task_id=task_id,
        heading=joined(task["task_name"], task["activity_name"], by="／"),
        place=joined(task["division"], task["unit"], by=" "),
        facts=_facts(task),
        cause=_cause(cause[0] if cause else None),
        judgement=judge_task(report, task_id),
        chances=chances[:3],
        same_names=_name_tasks(report, same),
        history=[tell_past(entry) for entry in workspace.read_history(task_id)],
    )


def _facts(task: dict[str, Any]) -> str:
    parts = [
        f"年 {number(task['annual_hours'])} 時間"
        if task["annual_hours"] is not None
        else "時間不明",
        f"{number(task['annual_count'])} 件／年" if task["annual_count"] is not None else "",
        task["staff_category"] or "",
        f"根拠法令：{task['legal_basis']}" if task["legal_basis"] else "",
        f"{task['workbook']}［{task['sheet']}］{task['row']} 行",
    ]
    return "　".join(part for part in parts if part)


def _cause(cause: str | None) -> str:
    if cause is None:
        return "この業務は確認済みか、確かめる必要のない業務です。"
    term = terms.REVIEW_CAUSES[cause]
    return f"確かめる理由：{term.label}（{term.note.removesuffix('。')}）"


def _name_tasks(report: Report, task_ids: list[str]) -> list[str]:
    rows = report.tasks.filter(pl.col("task_id").is_in(task_ids))
    return [
        joined(
            joined(row["division"], row["unit"], by=" "),
            joined(row["task_name"], row["activity_name"], by="／"),
            row["staff_category"],
            by="　",
        )
        for row in rows.iter_rows(named=True)
    ]


def _lesson(lesson: Lesson) -> LessonLine:
    reviewed = f"{lesson.reviewed} 件"
    if lesson.before is None or lesson.after is None:
        return LessonLine(
            lesson.division, reviewed, f"あと {ENOUGH - lesson.reviewed} 件で学習します"
        )
    measured = (
        f"伏せた {lesson.before.total} 件の正解：{lesson.before.right} 件 → {lesson.after.right} 件"
    )
    if not lesson.is_used:
        return LessonLine(
            lesson.division, reviewed, f"{measured}。良くならないため学習に使っていません"
        )
    return LessonLine(
        lesson.division,
        reviewed,
        f"{measured}。課のほかの {lesson.changed} 業務の自動判定が変わりました",
    )
