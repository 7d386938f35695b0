"""比較, divisions: report -> each division's shares beside the town's, and who stands out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from bpr import terms
from bpr.dashboard.figures.compare import DivisionBar
from bpr.dashboard.pages.compare.query import MEASURES
from bpr.dashboard.words import number
from bpr.report import Report
from bpr.tabulate.listing import TaskQuery

LEAST_TASKS: Final = 20
"""Fewest tasks with known hours of a division of which anything is said."""
LEAST_KNOWN: Final = 0.9
"""Least share of a division's hours whose class or medium is known."""
APART: Final = 0.10
"""Difference to the town's share from which on a division stands out."""
UNTOLD: Final = "課の記載なし"


@dataclass(frozen=True)
class DivisionLine:
    """One division as a row; `remark` tells why nothing is said of it, or that it stands out."""

    division: str
    href: str
    tasks: str
    hours: str
    shares: list[str]
    difference: str
    remark: str
    small: bool


@dataclass(frozen=True)
class DivisionsView:
    """Everything the view shows; None of `view_divisions`: there are no hours."""

    answer: list[str]
    heading: str
    base: str
    sentence: str
    bars: list[DivisionBar]
    mean: float
    mean_text: str
    lines: list[DivisionLine]


@dataclass(frozen=True)
class _Division:
    name: str
    tasks: int
    hours: float
    shares: dict[str, float]
    known: bool

    @property
    def judged(self) -> bool:
        return self.known and self.tasks >= LEAST_TASKS


def view_divisions(report: Report, measure: str) -> DivisionsView | None:
    """Compare the divisions in one share, the greatest first; small ones come last."""
    sums = _sum(report.tasks.with_columns(division=pl.lit("")), measure)
    if not sums:
        return None
    mean = sums[0].shares[measure]
    divisions = sorted(
        _sum(report.tasks, measure),
        key=lambda one: (not one.judged, -one.shares[measure], one.name),
    )
    judged = [one for one in divisions if one.judged]
    label = MEASURES[measure]
    return DivisionsView(
        answer=_answer(judged, measure, mean),
        heading=f"{label}が全庁の {mean:.1%} からどれだけ離れているか",
        base=(
            f"母数：年間作業時間の分かる {sums[0].tasks:,} 業務、{sums[0].hours:,.0f} 時間。"
            f"比べるのは、{LEAST_TASKS} 業務以上で、時間の {LEAST_KNOWN:.0%} 以上で{'媒体' if measure == 'paper' else '性質'}が分かる {len(judged):,} 課（全 {len(divisions):,} 課）"
        ),
        sentence=_sentence(judged, measure, mean),
        bars=[
            DivisionBar(one.name, one.shares[measure], _kind(one, measure, mean))
            for one in divisions
        ],
        mean=mean,
        mean_text=f"全庁 {mean:.1%}",
        lines=[_line(one, measure, mean) for one in divisions],
    )


def _sum(tasks: pl.DataFrame, measure: str) -> list[_Division]:
    hours, medium = pl.col("annual_hours"), pl.col("medium").cast(pl.String)
    work_class = pl.col("work_class").cast(pl.String)
    asked = medium if measure == "paper" else work_class
    sums = (
        tasks.filter(hours > 0)
        .group_by(pl.col("division").fill_null(UNTOLD))
        .agg(
            tasks=pl.len(),
            hours=hours.sum(),
            known=hours.filter(asked.is_not_null()).sum(),
            paper=hours.filter(medium.is_in(terms.PAPER_MEDIA)).sum(),
            **{name: hours.filter(work_class == name).sum() for name in terms.WORK_CLASSES},
        )
    )
    return [
        _Division(
            name=row["division"],
            tasks=row["tasks"],
            hours=row["hours"],
            shares={name: row[name] / row["hours"] for name in MEASURES},
            known=row["known"] >= LEAST_KNOWN * row["hours"],
        )
        for row in sums.iter_rows(named=True)
    ]


def _kind(one: _Division, measure: str, mean: float) -> str:
    if not one.judged:
        return "small"
    return "apart" if abs(one.shares[measure] - mean) >= APART else "near"


def _points(difference: float) -> str:
    return f"{100 * difference:+.1f} ポイント".replace("-", "−")


def _answer(judged: Sequence[_Division], measure: str, mean: float) -> list[str]:
    label = MEASURES[measure]
    if not judged:
        return [
            "課どうしを比べられるだけの業務が、まだありません。",
            f"{LEAST_TASKS} 業務以上ある課が増えると、ここで違いが分かります。",
        ]
    high = [one for one in judged if one.shares[measure] - mean >= APART]
    low = [one for one in judged if mean - one.shares[measure] >= APART]
    if not high and not low:
        return [f"{label}は、比べられる {len(judged):,} 課とも、全庁の {mean:.1%} から {100 * APART:.0f} ポイント以内です。"]  # fmt: skip
    told = []
    if high:
        told.append(f"{label}が全庁（{mean:.1%}）より目立って高いのは {_names(high, measure)}。")
    if low:
        told.append(f"{'' if high else label + 'が全庁（' + f'{mean:.1%}' + '）より'}目立って低いのは {_names(low[::-1], measure)}。")  # fmt: skip
    return told


def _names(divisions: Sequence[_Division], measure: str) -> str:
    told = "、".join(f"{one.name} {one.shares[measure]:.0%}" for one in divisions[:3])
    return f"{told}など {len(divisions):,} 課" if len(divisions) > 3 else told  # noqa: PLR2004 - three are named


def _sentence(judged: Sequence[_Division], measure: str, mean: float) -> str:
    if not judged:
        return "比べられる課がありません。"
    first, last = judged[0], judged[-1]
    return (
        f"{MEASURES[measure]}は、いちばん高い{first.name}が {first.shares[measure]:.1%}、"
        f"いちばん低い{last.name}が {last.shares[measure]:.1%} で、全庁は {mean:.1%} です。"
        f"濃い青の棒は全庁から {100 * APART:.0f} ポイント以上離れた課、斜線の棒は母数や記入が足りず比べない課です。"
    )


def _line(one: _Division, measure: str, mean: float) -> DivisionLine:
    if one.tasks < LEAST_TASKS:
        remark = f"母数が小さい（{LEAST_TASKS} 業務未満）"
    elif not one.known:
        remark = "記入のない時間が多い"
    else:
        remark = "離れている" if _kind(one, measure, mean) == "apart" else ""
    told = one.name != UNTOLD
    return DivisionLine(
        division=one.name,
        href=f"/tasks{TaskQuery(division=one.name).to_query()}" if told else "",
        tasks=number(one.tasks),
        hours=number(one.hours),
        shares=[f"{one.shares[name]:.1%}" for name in MEASURES],
        difference=_points(one.shares[measure] - mean),
        remark=remark,
        small=not one.judged,
    )
