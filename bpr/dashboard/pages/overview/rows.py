"""概況: the tasks that take most hours, and the divisions with most routine work."""

from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from bpr import terms
from bpr.dashboard.pages.overview.ids import Ids
from bpr.dashboard.words import LEVERS, MEDIA, joined, number
from bpr.tabulate.listing import TaskQuery

SHOWN_TASKS: Final = 10
_SHOWN_DIVISIONS: Final = 5


@dataclass(frozen=True)
class DivisionRow:
    """Hours of routine work of one division, their share of the greatest, and its overview."""

    division: str
    hours: float
    share_of_first: float
    href: str


@dataclass(frozen=True)
class TopTask:
    """One task as a row; `candidate` is the address of its calculation, empty without a lever."""

    name: str
    href: str
    place: str
    work_class: str
    medium: str
    hours: str
    share: str
    lever: str
    candidate: str


def list_top_tasks(tasks: pl.DataFrame, total: float) -> tuple[list[TopTask], str]:
    """Tasks of most hours, the most first, and what share of all hours they are, in words."""
    known = tasks.filter(pl.col("annual_hours") > 0)
    first = known.sort("annual_hours", "rank", descending=[True, False]).head(SHOWN_TASKS)
    share = float(first["annual_hours"].sum()) / total
    heading = f"時間の多い {first.height} 業務が、{total:,.0f} 時間の {share:.0%} を占める"
    return [_view_task(task, total) for task in first.iter_rows(named=True)], heading


def _view_task(task: dict[str, object], total: float) -> TopTask:
    text = {name: str(value) for name, value in task.items() if value is not None}
    hours = float(text["annual_hours"])
    address = TaskQuery(task=text["task_id"]).to_query()
    lever = LEVERS.get(text.get("best_lever", ""), "")
    return TopTask(
        name=joined(text.get("task_name"), text.get("activity_name"), by="／"),
        href=f"/tasks{address}",
        place=joined(text.get("division"), text.get("unit"), by=" ") or "–",
        work_class=terms.SHORT_WORK_CLASSES.get(text.get("work_class", ""), "判定できない"),
        medium=MEDIA.get(text.get("medium", ""), "–"),
        hours=number(hours),
        share=f"{hours / total:.1%}",
        lever=lever or "–",
        candidate=f"/candidates{address}" if lever else "",
    )


def list_divisions(tasks: pl.DataFrame, query: TaskQuery) -> tuple[list[DivisionRow], str]:
    """Divisions of most routine work, and what share of it is theirs, in words."""
    hours = (
        tasks.filter(pl.col("work_class") == "routine", pl.col("division").is_not_null())
        .group_by("division")
        .agg(pl.col("annual_hours").sum())
        .sort(["annual_hours", "division"], descending=[True, False])
    )
    if not hours.height:
        return [], "定型作業の時間は、まだ分かりません"
    total, first = float(hours["annual_hours"].sum()), float(hours["annual_hours"].to_list()[0])
    rows = [
        DivisionRow(
            division,
            value,
            value / first if first else 0.0,
            f"/{replace(query, division=division).to_query()}#{Ids.HEAD}",
        )
        for division, value in hours.head(_SHOWN_DIVISIONS).iter_rows()
    ]
    share = sum(row.hours for row in rows) / total if total else 0.0
    return rows, f"定型作業の {share:.0%} は、{len(rows)} つの課にある"
