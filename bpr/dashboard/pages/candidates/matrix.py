"""候補: effect × ease - ranked tasks -> a sentence, four quarters with their sums, dots and rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from bpr import terms
from bpr.dashboard.components.numbers import Link, Numbers
from bpr.dashboard.figures.matrix import Column, Dot
from bpr.dashboard.pages.candidates.ids import PATH, Ids
from bpr.dashboard.words import LEVERS, between, joined
from bpr.report import Report
from bpr.score.ease import EASY_DAYS, LARGE_HOURS, QUARTERS, place_tasks
from bpr.score.sensitivity import Sensitivity
from bpr.settings.savings import Factor
from bpr.tabulate.evaluation import leading_scores
from bpr.tabulate.listing import TaskQuery

NAMES: Final = {
    "now": "すぐやる",
    "plan": "計画して進める",
    "aside": "ついでにやる",
    "later": "急がない",
}
_MEANINGS: Final = {
    "now": "手間が少なく、効果が大きい",
    "plan": "手間はかかるが、効果が大きい",
    "aside": "手間が少なく、効果は小さい",
    "later": "手間がかかり、効果は小さい",
}
_MOST_DOTS: Final = 60
"""So many are drawn and listed: the browser's time grows with the square of the table's cells."""
_LONGEST: Final = 40
_MARKED: Final = 10
"""So many tasks of the best ranks have their rank beside the dot, and their interval."""
_HEADER: Final = ("業務", "課", "区画", "順位", "手段", "導入の手間（人日）", "削減見込（時間／年）", "幅", "確からしさ")  # fmt: skip


@dataclass(frozen=True)
class QuarterLine:
    """One quarter: how many tasks, what they may save in all, how many are certain."""

    name: str
    meaning: str
    count: str
    hours: str
    certain: str


@dataclass(frozen=True)
class MatrixView:
    """What is said above the picture, the picture, and its numbers."""

    sentence: str
    notes: list[str]
    quarters: list[QuarterLine]
    columns: list[Column]
    dots: list[Dot]
    numbers: Numbers


def view_matrix(
    tasks: pl.DataFrame, report: Report, sensitivity: Sensitivity, query: TaskQuery
) -> MatrixView | None:
    """Place the filtered tasks, given by rank; None where none of them can be placed."""
    sure = sensitivity.certainty.select("task_id", "certainty")
    scores = leading_scores(tasks, report.scores).select("task_id", "score")
    placed = (
        place_tasks(tasks, report.savings)
        .join(sure, on="task_id", maintain_order="left")
        .join(scores, on="task_id", maintain_order="left")
    )
    if placed.is_empty():
        return None
    drawn = placed.filter((pl.int_range(pl.len()) < _MOST_DOTS) | (pl.col("task_id") == query.task))
    efforts = {
        name: one.staff_days
        for name, one in report.settings.savings.levers.items()
        if name in drawn["best_lever"]
    }
    ordered = sorted(efforts, key=lambda name: -efforts[name].range[1])
    return MatrixView(
        sentence=_say(placed),
        notes=_notes(tasks, placed, drawn, {name: efforts[name] for name in ordered}),
        quarters=[_quarter(placed.filter(quarter=name), name) for name in QUARTERS],
        columns=[_column(name, efforts[name]) for name in ordered],
        dots=[_dot(row, ordered, query) for row in _spread(drawn).iter_rows(named=True)],
        numbers=_numbers(drawn, efforts, query),
    )


def _say(placed: pl.DataFrame) -> str:
    now = placed.filter(quarter="now")
    what = f"「{NAMES['now']}」業務（導入の手間 {EASY_DAYS:g} 人日まで、削減見込 年 {LARGE_HOURS:g} 時間以上）"
    base = f"候補 {placed.height:,} 業務のうち、{what}は"
    if now.is_empty():
        return f"{base}ありません。"
    return f"{base} {now.height:,} 業務で、削減見込は合わせて年 {_sum(now)} 時間です。"


def _notes(
    tasks: pl.DataFrame, placed: pl.DataFrame, drawn: pl.DataFrame, efforts: Mapping[str, Factor]
) -> list[str]:
    unknown = tasks["best_lever"].count() - placed.height
    notes = []
    if drawn.height < placed.height:
        left = placed.height - drawn.height
        notes.append(f"図と表は順位の高い {drawn.height:,} 業務です。残りの {left:,} 業務も、区画ごとの数には入れています。")  # fmt: skip
    if unknown:
        notes.append(
            f"時間の分からない候補 {unknown:,} 業務は、削減見込が出せないので入れていません。"
        )
    days = "、".join(f"{LEVERS[name]} {_days(effort)}" for name, effort in efforts.items())
    return [
        *notes,
        "印の形は確からしさ、数字は順位、縦の線はその業務の削減見込の幅です。",
        f"取り組みやすさは、手段ごとの導入の手間（職員の人日、目安）で見ます：{days}。同じ手段の中では、適性の点が高い業務ほど右に置いています。",
        f"年 {LARGE_HOURS:g} 時間は、公表された RPA の 1 業務あたりの効果の中央です。",
    ]  # fmt: skip


def _days(effort: Factor) -> str:
    low, point, high = effort.range
    return f"{point:g}（{low:g}〜{high:g}）"


def _quarter(own: pl.DataFrame, name: str) -> QuarterLine:
    certain = own.filter(pl.col("certainty") == "certain").height
    hours = _sum(own) if own.height else "–"
    return QuarterLine(NAMES[name], _MEANINGS[name], f"{own.height:,}", hours, f"{certain:,}")


def _sum(tasks: pl.DataFrame) -> str:
    return between(*(float(tasks[end].sum()) for end in ("saving_hours_low", "saving_hours_high")))


def _column(lever: str, effort: Factor) -> Column:
    first, more, _ = LEVERS[lever].partition("・")
    return Column(f"{first}など" if more else first, easy=effort.range[1] <= EASY_DAYS)


def _spread(drawn: pl.DataFrame) -> pl.DataFrame:
    """Add `place`: 0 for the lowest score that is drawn, 1 for the highest."""
    score = pl.col("score")
    place = (score - score.min()) / (score.max() - score.min())
    return drawn.with_columns(place=place.fill_nan(1.0))


def _dot(row: dict[str, Any], ordered: list[str], query: TaskQuery) -> Dot:
    opened = row["task_id"] == query.task
    hours = between(row["saving_hours_low"], row["saving_hours_high"])
    return Dot(
        task_id=row["task_id"],
        column=ordered.index(row["best_lever"]),
        place=row["place"],
        hours=(row["saving_hours_low"], row["saving_hours"], row["saving_hours_high"]),
        certainty=row["certainty"],
        mark=str(row["rank"]) if row["rank"] <= _MARKED or opened else "",
        told=f"{_cut(_name(row))}\n{row['division'] or ''}　{row['rank']:,} 位\n削減見込 年 {hours} 時間",
        opened=opened,
    )


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"


def _name(row: Mapping[str, Any]) -> str:
    return joined(row["task_name"], row["activity_name"], by="／")


def _numbers(drawn: pl.DataFrame, efforts: Mapping[str, Factor], query: TaskQuery) -> Numbers:
    """Rows by quarter, then by rank; each leads to the explanation of its task."""
    rows = drawn.sort("quarter", "rank", maintain_order=True).iter_rows(named=True)
    return Numbers(
        caption=f"効果×取り組みやすさ（削減見込は年間の時間、母数は候補 {drawn.height:,} 業務）",
        header=_HEADER,
        rows=[_row(row, efforts, query) for row in rows],
        right=(3, 5, 6, 7),
    )


def _row(
    row: Mapping[str, Any], efforts: Mapping[str, Factor], query: TaskQuery
) -> list[str | float | Link | None]:
    href = f"{PATH}{query.with_(task=row['task_id']).to_query()}#{Ids.OPENED}"
    return [
        Link(_name(row), href),
        row["division"],
        NAMES[row["quarter"]],
        row["rank"],
        LEVERS[row["best_lever"]],
        _days(efforts[row["best_lever"]]),
        round(row["saving_hours"], 1),
        between(row["saving_hours_low"], row["saving_hours_high"]),
        terms.CERTAINTIES[row["certainty"]].label,
    ]
