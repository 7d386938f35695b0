"""組合せ: what did not get in and why, and what wider limits would bring."""

from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from bpr.dashboard.figures.margins import MarginBar
from bpr.dashboard.pages.portfolio.view import money
from bpr.dashboard.words import LEVERS, joined, whole
from bpr.export.portfolio import LIMITS, SURE, average_of
from bpr.frames import DataFrame, LeftOut, MarginalValues
from bpr.frames.portfolio import Portfolio
from bpr.report import Report
from bpr.tabulate.listing import TaskQuery

_LEAST: Final = 0.5
"""Hours that print as nothing."""


@dataclass(frozen=True)
class LeftOutLine:
    """One task that is not in the portfolio, as printed."""

    name: str
    href: str
    division: str
    lever: str
    saving: str
    reason: str
    forced: str


@dataclass(frozen=True)
class MarginLine:
    """One limit made wider, as printed, with what the portfolio's own average would bring."""

    limit: str
    more: str
    gained: str
    average: str
    ratio: str
    share: str


@dataclass(frozen=True)
class Margins:
    """What more would bring: the sentence, the rows, and the bars of those that can be drawn."""

    heading: str
    note: str
    sentence: str
    lines: list[MarginLine]
    bars: list[MarginBar]


def view_left_out(
    report: Report, left_out: DataFrame[LeftOut], weighed: TaskQuery
) -> list[LeftOutLine]:
    """Rows of the best tasks that did not get in; links keep the weights."""
    names = report.tasks.select("task_id", "task_name", "activity_name", "division")
    rows = left_out.join(names, on="task_id", maintain_order="left").iter_rows(named=True)
    return [_left_out_line(row, weighed) for row in rows]


def _left_out_line(row: dict[str, Any], weighed: TaskQuery) -> LeftOutLine:
    return LeftOutLine(
        name=joined(row["task_name"], row["activity_name"], by="／"),
        href=f"/candidates{weighed.with_(task=row['task_id']).to_query()}",
        division=row["division"] or "–",
        lever=LEVERS[row["lever"]],
        saving=whole(row["saving_hours"]),
        reason=row["reason"],
        forced=tell_loss(row["lost_hours"]),
    )


def tell_loss(hours: float | None) -> str:
    """What taking a task by force would do to the whole."""
    if hours is None:
        return "入れられません"
    return "全体は変わりません" if hours < _LEAST else f"全体で {whole(hours)} 時間減ります"


def view_margins(portfolio: Portfolio, margins: DataFrame[MarginalValues]) -> Margins:
    """Rows of what wider limits bring, beside what the same amount brings on average now."""
    rows = list(margins.iter_rows(named=True))
    return Margins(
        heading="あと少しで、どれだけ増えるか",
        note=(
            "上限を 1 つだけ広げ、ほかはそのままにして選び直したときに、増える時間です。"
            "「今の平均」は、今の組合せの時間を、今使っている量で割ったものです。"
        ),
        sentence=tell_margins(portfolio, margins),
        lines=[_margin_line(row, portfolio) for row in rows],
        bars=[
            MarginBar(
                f"{LIMITS[row['limit']]} {_more(row)}",
                f"{_gained(row)} 時間／年",
                row["gained_hours"] / average,
            )
            for row in rows
            if (average := _average(row, portfolio))
        ],
    )


def tell_margins(portfolio: Portfolio, margins: DataFrame[MarginalValues]) -> str:
    """Say what the smallest step of every limit brings, and how that compares with the average."""
    first = margins.group_by("limit", maintain_order=True).agg(pl.all().sort_by("more").first())
    told = []
    for row in first.iter_rows(named=True):
        average = _average(row, portfolio)
        beside = f"（今の平均なら {whole(average)} 時間）" if average is not None else ""
        change = (
            "増えません"
            if row["gained_hours"] < _LEAST
            else f"年 {_gained(row).replace('+', '')} 時間増えます"
        )
        told.append(f"{LIMITS[row['limit']]}を{_more(row)}広げると、{change}{beside}。")
    return "".join(told) or "広げられる上限がありません。"


def _margin_line(row: dict[str, Any], portfolio: Portfolio) -> MarginLine:
    average = _average(row, portfolio)
    whole_hours = portfolio.saving_hours
    return MarginLine(
        limit=LIMITS[row["limit"]],
        more=_more(row),
        gained=_gained(row),
        average="–" if average is None else f"+{whole(average)}",
        ratio=f"{row['gained_hours'] / average:.0%}" if average else "–",
        share=f"+{row['gained_hours'] / whole_hours:.1%}" if whole_hours else "–",
    )


def _gained(row: dict[str, Any]) -> str:
    about = "約 " if row["gap"] > SURE else ""
    return f"{about}+{whole(row['gained_hours'])}"


def _more(row: dict[str, Any]) -> str:
    """Return 「あと 100,000 円」 for a step."""
    if row["limit"] == "budget_yen":
        return f"あと {money(row['more'])}"
    return f"あと {row['more']:,.10g} {row['unit']}"


def _average(row: dict[str, Any], portfolio: Portfolio) -> float | None:
    """Hours that the step brings at the portfolio's own average; None where there is none."""
    each = average_of(portfolio, row["limit"])
    return None if each is None else each * float(row["more"])
