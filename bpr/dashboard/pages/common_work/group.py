"""共通業務: one group -> its divisions side by side, its tasks, and what people said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from bpr import terms
from bpr.dashboard.figures.minutes import MinutesBar
from bpr.dashboard.pages.common_work.view import between, minutes, times
from bpr.dashboard.words import joined, number
from bpr.workspace import GroupDetail

SHOWN_TASKS: Final = 200
"""How many tasks of a group the page lists; a file holds them all."""
UNKNOWN_DIVISION: Final = "課の記載なし"
_SOURCES: Final = {name: term.label for name, term in terms.GROUP_SOURCES.items()}
_COMPARABLE: Final = 2


@dataclass(frozen=True)
class TaskLine:
    """One task as a row that can be ticked."""

    task_id: str
    name: str
    division: str
    staff: str
    hours: str
    cases: str
    remark: str


@dataclass(frozen=True)
class GroupView:
    """Everything the page says of one group; no `bars`: there is nothing to compare."""

    name: str
    own_name: str
    confirmed: bool
    heading: str
    base: str
    sentence: str
    difference: str
    bars: list[MinutesBar]
    median: float
    median_text: str
    divisions: list[list[str]]
    members: list[TaskLine]
    hidden: int
    taken_out: list[TaskLine]


def view_group(detail: GroupDetail) -> GroupView:
    """Put one group in words."""
    group = detail.group.row(0, named=True)
    measured = detail.divisions.filter(pl.col("minutes").is_not_null())
    ordered = measured.sort("minutes", "division", descending=[True, False])
    bars = [
        MinutesBar(name or UNKNOWN_DIVISION, value, minutes(value))
        for name, value in ordered.select("division", "minutes").iter_rows()
    ]
    comparable = len(bars) >= _COMPARABLE
    return GroupView(
        name=group["name"],
        own_name=group["own_name"],
        confirmed=group["confirmed"],
        heading=_heading(group, comparable=comparable),
        base=_base(group, detail),
        sentence=_sentence(group, bars) if comparable else _NOT_COMPARABLE,
        difference=_difference(group, detail) if comparable else "",
        bars=bars if comparable else [],
        median=group["median_minutes"] or 0.0,
        median_text=minutes(group["median_minutes"]),
        divisions=_divisions(detail),
        members=task_lines(detail.members.head(SHOWN_TASKS)),
        hidden=max(0, detail.members.height - SHOWN_TASKS),
        taken_out=task_lines(detail.taken_out),
    )


_NOT_COMPARABLE: Final = (
    "件数と時間が両方分かる課が 2 つないので、1 件あたりの時間は比べられません。"
    "調査票に年間件数を書いてもらうと、ここに図が出ます。"
)


def task_lines(tasks: pl.DataFrame) -> list[TaskLine]:
    """Rows of tasks; the remark tells the group a task is in, or what put it into this one."""
    return [_task(task) for task in tasks.iter_rows(named=True)]


def _task(task: Mapping[str, Any]) -> TaskLine:
    remark = task.get("group") or _SOURCES.get(str(task.get("source")), "") or task.get("reason")
    return TaskLine(
        task_id=task["task_id"],
        name=joined(task["task_name"], task["activity_name"], by="／"),
        division=joined(task["division"] or UNKNOWN_DIVISION, task["unit"], by=" "),
        staff=task["staff_category"] or "",
        hours=number(task["annual_hours"]),
        cases=number(task["annual_count"]),
        remark=remark or "",
    )


def _heading(group: Mapping[str, Any], *, comparable: bool) -> str:
    if not comparable:
        return f"「{group['name']}」を課ごとに見る"
    spread = between(group["lowest_minutes"], group["highest_minutes"])
    return f"「{group['name']}」は、1 件あたり {spread}。中央値は {minutes(group['median_minutes'])} 分"


def _base(group: Mapping[str, Any], detail: GroupDetail) -> str:
    measured = int(detail.divisions["measured_tasks"].sum())
    return (
        f"母数：{group['divisions']:,} 課のうち、時間と件数が両方分かる {group['measured_divisions']:,} 課"
        f"（{group['tasks']:,} 業務のうち {measured:,} 業務）"
    )


def _sentence(group: Mapping[str, Any], bars: Sequence[MinutesBar]) -> str:
    longest, shortest = bars[0], bars[-1]
    low, high = group["lowest_minutes"], group["highest_minutes"]
    ratio = f"（{times(low, high)} 倍）" if low > 0 else ""
    return (
        f"1 件あたりの時間は、いちばん短い{shortest.division}が {shortest.text} 分、"
        f"いちばん長い{longest.division}が {longest.text} 分{ratio}で、"
        f"{len(bars):,} 課の中央値は {minutes(group['median_minutes'])} 分です。"
    )


def _difference(group: Mapping[str, Any], detail: GroupDetail) -> str:
    longer = detail.divisions.filter(pl.col("above_median_hours") > 0).height
    return (
        f"中央値より長い {longer:,} 課が中央値の時間で処理したとすると、差は年 {group['above_median_hours']:,.0f} 時間です（中央値との差）。"
        "削減の見込みではありません。件数の数え方や受け持つ範囲が課で違えば、差は見かけのものになります。"
    )


def _divisions(detail: GroupDetail) -> list[list[str]]:
    ordered = detail.divisions.sort(
        "minutes", "hours", "division", descending=[True, True, False], nulls_last=True
    )
    return [
        [
            row["division"] or UNKNOWN_DIVISION,
            number(row["tasks"]),
            number(row["hours"])
            + (f"（時間不明 {row['unknown_hours']:,}）" if row["unknown_hours"] else ""),
            number(row["cases"]),
            minutes(row["minutes"]),
            number(row["above_median_hours"]),
        ]
        for row in ordered.iter_rows(named=True)
    ]
