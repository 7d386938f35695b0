"""概況: report, the part that is asked for and an earlier year -> what the page says."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from bpr import terms
from bpr.dashboard.components.cards import Figure
from bpr.dashboard.pages.overview.cards import Sight, list_figures, tell_tasks
from bpr.dashboard.pages.overview.classes import ClassTable, view_classes
from bpr.dashboard.pages.overview.compared import Comparison, compare
from bpr.dashboard.pages.overview.costs import Cost, view_cost
from bpr.dashboard.pages.overview.indicators import Measured, measure, pick
from bpr.dashboard.pages.overview.media import MediaChart, view_media
from bpr.dashboard.pages.overview.rows import DivisionRow, TopTask, list_divisions, list_top_tasks
from bpr.dashboard.pages.overview.seals import SealTable, view_seals
from bpr.dashboard.pages.overview.wording import percent
from bpr.report import Report
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import title
from bpr.workspace.tabulating import Work

_WORDS: Final = {
    "expert": "専門性がいる作業",
    "routine": "専門性のいらない定型作業",
    "nonroutine": "専門性のいらない非定型作業",
}


@dataclass(frozen=True)
class Part:
    """The part of the work that somebody asks for: its query, its name in words, its tasks."""

    query: TaskQuery
    name: str
    work: Work


@dataclass(frozen=True)
class Overview:
    """Everything the page shows."""

    answer: list[str]
    base: str
    cost: Cost
    figures: list[Figure]
    classes: ClassTable
    media: MediaChart
    comparison: Comparison
    divisions: list[DivisionRow]
    divisions_heading: str
    top: list[TopTask]
    top_heading: str
    seals: SealTable
    provenance: str


def view_overview(
    report: Report, part: Part | None = None, last: Work | None = None
) -> Overview | None:
    """Sum up the survey, or the part asked for; None when none of its tasks has known hours.

    `last`: the same part of an earlier survey.
    """
    everything = Work(report.tasks, report.tables, report.fiscal_year)
    hourly_yen = report.settings.savings.hourly_yen
    own = measure(part.work if part else everything, hourly_yen)
    if own is None:
        return None
    query = part.query if part else TaskQuery()
    whole = measure(everything, hourly_yen) if part else None
    sight = Sight(own, whole, measure(last, hourly_yen), query.work_class)
    cost = view_cost(own.costs, hourly_yen)
    top, top_heading = list_top_tasks(own.work.tasks, own.hours)
    divisions, divisions_heading = list_divisions(own.work.tasks, query)
    return Overview(
        answer=_answer(sight, part.name if part else ""),
        base=_tell_base(sight, part.name) if part else "",
        cost=cost,
        figures=list_figures(sight, cost),
        classes=view_classes(sight),
        media=view_media(sight),
        comparison=compare(sight, asked_last=last is not None),
        divisions=[] if query.division else divisions,
        divisions_heading=divisions_heading,
        top=top,
        top_heading=top_heading,
        seals=view_seals(sight),
        provenance=_provenance(report, own.work.tasks),
    )


def _answer(sight: Sight, name: str) -> list[str]:
    own, core = sight.own, sight.own.shares.core
    if sight.whole:
        share = percent(own.hours / sight.whole.hours)
        lines = [f"{name}の業務は年間 {own.hours:,.0f} 時間で、全体の {share} です。"]
        one, words = (
            (own.shares.paper, "そのうち紙を使う作業は")
            if sight.work_class
            else (core, "職員でなければできない仕事は")
        )
        beside = next(other for other in sight.whole.shares.all if other.id == one.id)
        return [*lines, f"{words} {percent(one.value)}（全体では {percent(beside.value)}）。"]
    return [
        f"年間 {own.hours:,.0f} 時間のうち、職員でなければできない仕事は {percent(core.value)}。",
        _tell_most(own),
    ]


def _tell_most(own: Measured) -> str:
    rows = {
        name: pick(own.work.tables.class_by_staff, work_class=name, staff_type="total")
        for name in _WORDS
    }
    most = max(rows, key=lambda name: rows[name]["hours"])
    share = percent(rows[most]["share_ratio"])
    if rows[most]["hours"] > own.shares.core.part:
        return f"いちばん多いのは{_WORDS[most]}で、{share} です。"
    return f"ノンコアで多いのは{_WORDS[most]}で、{share} です。"


def _tell_base(sight: Sight, name: str) -> str:
    whole = sight.whole or sight.own
    return f"「{name}」で絞り込んでいます。{tell_tasks(sight.own)}。全体は {whole.hours:,.0f} 時間（{whole.work.tasks.height:,} 業務）。"


def _provenance(report: Report, tasks: pl.DataFrame) -> str:
    sources = dict(tasks["work_class_source"].value_counts().iter_rows())
    parts = "、".join(
        f"{term.label} {sources[name] / tasks.height:.0%}"
        for name, term in terms.CLASS_SOURCES.items()
        if sources.get(name)
    )
    read = int((report.workbooks["status"] == "read").sum())
    return (
        f"数値の出所：{title(report)}（{read} ファイル）。性質の判定：{parts}。"
        f"比較の出所：{report.settings.published.source}。"
    )
