"""比較, years: changes of two editions -> what grew and shrank, why, and which pairs are unsure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from bpr import terms
from bpr.dashboard.figures.compare import ChangeBar
from bpr.dashboard.pages.compare.ids import token
from bpr.dashboard.pages.compare.query import CompareQuery
from bpr.dashboard.words import MINUS, joined, number
from bpr.frames import DataFrame, YearChanges, YearSummary

PARTS: Final = ("件数の増減", "1 件の時間の増減", "新しい・なくなった業務", "分けられない分")
"""Into what a division's difference is parted."""
SHOWN_BARS: Final = 15
SHOWN_TASKS: Final = 20
SHOWN_LINKS: Final = 30
NO_DIVISION: Final = "課の記載なし"


@dataclass(frozen=True)
class DivisionChange:
    """One division as a row: numbers as printed."""

    division: str
    before: str
    after: str
    difference: str
    parts: list[str]
    unconfirmed: str


@dataclass(frozen=True)
class TaskChange:
    """One task as a row."""

    name: str
    division: str
    change: str
    hours: str
    difference: str
    volume: str
    unit_time: str


@dataclass(frozen=True)
class LinkLine:
    """A pair that nobody confirmed; `token` stands for it in a button's id."""

    token: str
    before_id: str
    after_id: str
    before: str
    after: str
    hours: str
    reason: str


@dataclass(frozen=True)
class YearsView:
    """Everything the view shows."""

    answer: list[str]
    heading: str
    base: str
    sentence: str
    bars: list[ChangeBar]
    divisions: list[DivisionChange]
    tasks: list[TaskChange]
    more_tasks: int
    waiting: list[tuple[str, int]]
    """Divisions with unconfirmed pairs, and how many."""
    chosen: str
    links: list[LinkLine]
    more_links: int


@dataclass(frozen=True)
class YearLabels:
    """What the two editions are called."""

    before: str
    after: str


def signed(hours: float | None) -> str:
    """Return +1,234 / −1,234 / ±0; a dash where nothing is known."""
    if hours is None:
        return "–"
    rounded = round(hours)
    return f"{rounded:+,}".replace("-", MINUS) if rounded else "±0"


def view_years(
    changes: DataFrame[YearChanges],
    summary: DataFrame[YearSummary],
    labels: YearLabels,
    query: CompareQuery,
) -> YearsView:
    """Put two years side by side."""
    placed = _place(changes)
    parts = _part(placed)
    total = summary.filter(pl.col("scope") == "total").row(0, named=True)
    rows = [
        (row, parts.get(row["division"], [0.0] * len(PARTS)))
        for row in summary.filter(pl.col("scope") == "division").iter_rows(named=True)
    ]
    rows.sort(key=lambda item: (-abs(item[0]["difference_hours"]), item[0]["division"] or ""))
    unsure = find_unsure(changes)
    waiting = unsure.group_by("division").len().sort("len", "division", descending=[True, False])
    own = unsure.filter(division=query.division) if query.division else unsure
    moved = placed.filter(pl.col("difference_hours").abs() >= 1).sort(
        pl.col("difference_hours").abs(), descending=True, maintain_order=True
    )
    return YearsView(
        answer=_answer(total, rows, labels),
        heading="どの課で、なぜ増え、なぜ減ったか",
        base=_base(total, labels),
        sentence=_sentence(rows, total, labels),
        bars=[ChangeBar(row["division"] or NO_DIVISION, hours) for row, hours in rows[:SHOWN_BARS]],
        divisions=[_division(row, hours) for row, hours in rows],
        tasks=[_task(row) for row in moved.head(SHOWN_TASKS).iter_rows(named=True)],
        more_tasks=max(0, moved.height - SHOWN_TASKS),
        waiting=[(str(name), int(count)) for name, count in waiting.iter_rows()],
        chosen=query.division if own.height else "",
        links=[_link(row) for row in own.head(SHOWN_LINKS).iter_rows(named=True)],
        more_links=max(0, own.height - SHOWN_LINKS),
    )


def find_unsure(changes: DataFrame[YearChanges]) -> pl.DataFrame:
    """Pairs that nobody confirmed, the most hours first; `division`: that of the later year."""
    pair = pl.all_horizontal(pl.col("before_id", "after_id").is_not_null())
    return (
        changes.filter(pair, ~pl.col("confirmed"))
        .with_columns(division=pl.col("after_division").fill_null(NO_DIVISION))
        .sort("after_hours", "after_id", descending=[True, False], nulls_last=True)
    )


def _place(changes: DataFrame[YearChanges]) -> pl.DataFrame:
    own = pl.when(pl.col("after_id").is_null()).then("before_division").otherwise("after_division")
    return changes.with_columns(division=own)


def _part(placed: pl.DataFrame) -> dict[str | None, list[float]]:
    """Hours of each part by division; they add up to the division's difference."""
    alone = pl.col("change").cast(pl.String).is_in(["vanished", "began"]).fill_null(value=False)
    difference = pl.col("after_hours").fill_null(0) - pl.col("before_hours").fill_null(0)
    parted = ~alone & pl.col("volume_hours").is_not_null() & pl.col("unit_time_hours").is_not_null()
    sums = placed.group_by("division").agg(
        pl.col("volume_hours").filter(parted).sum(),
        pl.col("unit_time_hours").filter(parted).sum(),
        alone=difference.filter(alone).sum(),
        rest=difference.filter(~alone & ~parted).sum(),
    )
    return {row[0]: [float(hours) for hours in row[1:]] for row in sums.iter_rows()}


Row = tuple[dict[str, Any], list[float]]


def _answer(total: Mapping[str, Any], rows: list[Row], labels: YearLabels) -> list[str]:
    difference, before = total["difference_hours"], total["before_hours"]
    share = f"（{difference / before:+.1%}）".replace("-", MINUS) if before else ""
    grew = max(rows, key=lambda item: item[0]["difference_hours"], default=None)
    shrank = min(rows, key=lambda item: item[0]["difference_hours"], default=None)
    told = []
    if grew and grew[0]["difference_hours"] >= 1:
        told.append(
            f"いちばん増えたのは{grew[0]['division'] or NO_DIVISION}（{signed(grew[0]['difference_hours'])} 時間）"
        )
    if shrank and shrank[0]["difference_hours"] <= -1:
        told.append(
            f"いちばん減ったのは{shrank[0]['division'] or NO_DIVISION}（{signed(shrank[0]['difference_hours'])} 時間）"
        )
    lines = [
        f"{labels.after}の業務は、{labels.before}より年間 {signed(difference)} 時間{share}です。"
    ]
    return [*lines, f"{'、'.join(told)}です。"] if told else lines


def _base(total: Mapping[str, Any], labels: YearLabels) -> str:
    return (
        f"母数：{total['tasks']:,} 業務。{labels.before} {total['before_hours']:,.0f} 時間、{labels.after} {total['after_hours']:,.0f} 時間。"
        f"時間の分からない年度がある {total['unknown_tasks']:,} 業務は、分からない時間を 0 とせず、除いています。"
        f"同じ業務か確かめていない {total['unconfirmed_tasks']:,} 組（{total['unconfirmed_hours']:,.0f} 時間）を含みます。"
    )


def _sentence(rows: list[Row], total: Mapping[str, Any], labels: YearLabels) -> str:
    sums = [sum(hours[i] for _, hours in rows) for i in range(len(PARTS))]
    told = "、".join(
        f"{name} {signed(hours)} 時間" for name, hours in zip(PARTS, sums, strict=True)
    )
    more = f"図は差の大きい {SHOWN_BARS} 課です。" if len(rows) > SHOWN_BARS else ""
    return f"{labels.before}から{labels.after}への差 {signed(total['difference_hours'])} 時間の内訳は、{told}です。{more}"


def _division(row: Mapping[str, Any], hours: list[float]) -> DivisionChange:
    return DivisionChange(
        division=row["division"] or NO_DIVISION,
        before=number(row["before_hours"]),
        after=number(row["after_hours"]),
        difference=signed(row["difference_hours"]),
        parts=[signed(one) for one in hours],
        unconfirmed=number(row["unconfirmed_tasks"]),
    )


def _task(row: Mapping[str, Any]) -> TaskChange:
    change = terms.YEAR_CHANGES[row["change"]].label if row["change"] else "時間不明"
    alone = row["change"] in {"vanished", "began"}
    return TaskChange(
        name=row["after_name"] or row["before_name"] or "",
        division=row["division"] or NO_DIVISION,
        change=change,
        hours=f"{number(row['before_hours'])} → {number(row['after_hours'])}",
        difference=signed(row["difference_hours"]),
        volume="–" if alone else signed(row["volume_hours"]),
        unit_time="–" if alone else signed(row["unit_time_hours"]),
    )


def _link(row: Mapping[str, Any]) -> LinkLine:
    return LinkLine(
        token=token(row["before_id"], row["after_id"]),
        before_id=row["before_id"],
        after_id=row["after_id"],
        before=joined(row["before_division"] or NO_DIVISION, row["before_name"], by="："),
        after=joined(row["division"], row["after_name"], by="："),
        hours=f"{number(row['before_hours'])} → {number(row['after_hours'])}",
        reason=row["reason"],
    )
