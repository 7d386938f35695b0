"""重み: rankings under two weightings -> the sentence on top, the moves of the top, who left it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from bpr import terms
from bpr.dashboard.pages.weights.query import CANDIDATES, WeightsQuery
from bpr.dashboard.words import LEVERS, number
from bpr.report import Report
from bpr.score.sensitivity import CERTAIN_RATIO, OUT_RATIO, Sensitivity
from bpr.settings import ScoringSettings
from bpr.tabulate.evaluation import compare_ranks, freeze_ranking

SAME: Final = "same"


@dataclass(frozen=True)
class Move:
    """How a rank changed: `told` is the change in words, for those who do not see the mark."""

    kind: str
    mark: str
    told: str


@dataclass(frozen=True)
class Line:
    """One task of a ranking, as printed: its rank now and before."""

    now: str
    before: str
    move: Move
    name: str
    href: str
    division: str
    lever: str
    score: str


@dataclass(frozen=True)
class Effect:
    """What the weights do to the top; `left`: tasks that are no longer there."""

    top: int
    stayed: int
    lines: list[Line]
    left: list[Line]


def view_effect(standard: Report, ranked: Report, query: WeightsQuery) -> Effect:
    """Hold the top under the weights against the top under the standard weights."""
    top = min(standard.settings.scoring.top, standard.tasks.height)
    now = compare_ranks(freeze_ranking(ranked.tasks, ranked.scores), standard.tasks).head(top)
    before = compare_ranks(freeze_ranking(standard.tasks, standard.scores), ranked.tasks)
    left = before.head(top).filter(pl.col("other_rank") > top)
    return Effect(
        top=top,
        stayed=top - left.height,
        lines=[
            view_line(row, row["rank"], row["other_rank"], top, query)
            for row in now.iter_rows(named=True)
        ],
        left=[
            view_line(row, row["other_rank"], row["rank"], top, query)
            for row in left.iter_rows(named=True)
        ],
    )


def view_line(
    row: Mapping[str, Any], now: int | None, before: int | None, top: int, query: WeightsQuery
) -> Line:
    """One row of a ranking as printed, with its ranks under two weightings or at two times."""
    lever = row["lever"]
    return Line(
        now=_place(now),
        before=_place(before),
        move=tell_move(now, before, top),
        name=row["task_name"],
        href=f"{CANDIDATES}{query.tasks(row['task_id']).to_query()}",
        division=row["division"] or "–",
        lever=LEVERS.get(lever, lever) if lever else "–",
        score=number(row["score"]),
    )


def _place(rank: int | None) -> str:
    return "–" if rank is None else f"{rank:,} 位"


def tell_move(now: int | None, before: int | None, top: int) -> Move:
    """How a rank changed; one that comes from outside of the top is new in it."""
    if now is None:
        return Move("gone", "なし", "今の調査票にない")
    if before is None or now <= top < before:
        return Move("new", "新", f"新しく上位 {top} に入る")
    if now == before:
        return Move(SAME, "–", "変わらない")
    if now < before:
        return Move("up", f"▲{before - now:,}", f"{before - now:,} つ上がる")
    return Move("down", f"▼{now - before:,}", f"{now - before:,} つ下がる")


def answer_effect(effect: Effect) -> list[str]:
    """Say how many of the top stay."""
    swapped = effect.top - effect.stayed
    if not swapped:
        moved = sum(line.move.kind != SAME for line in effect.lines)
        order = f"順位だけが {moved} 業務で変わります" if moved else "順位も変わりません"
        return [f"この重みでも、上位 {effect.top} の業務は標準と同じで、{order}。"]
    return [
        f"この重みでは、上位 {effect.top} のうち {effect.stayed} 業務が標準と同じで、{swapped} 業務が入れ替わります。"
    ]


def answer_standard(found: Sensitivity) -> list[str]:
    """Say how much of the top hangs on weights at all."""
    counts = _count(found)
    return [
        f"重みを変えても、ほぼ確実に上位 {found.top} に入るのは {counts['certain']:,} 業務。{counts['depends']:,} 業務は重み次第です。"
    ]


def say_certainty(found: Sensitivity) -> list[str]:
    """How many tasks are sure to be in the top, and what that means."""
    counts = _count(found)
    told = "／".join(f"{term.label} {counts[key]:,}" for key, term in terms.CERTAINTIES.items())
    return [
        f"順位の確かさ：{told}（{found.samples:,} 通り、母数 {found.certainty.height:,} 業務）",
        f"いまの重みを観点ごとに {found.spread:g} 分の 1〜{found.spread:g} 倍に変えて、上位 {found.top} に入る割合を調べました。確実＝{CERTAIN_RATIO:.0%} 以上、圏外＝{OUT_RATIO:.0%} 以下、重み次第＝その間。",
    ]


def _count(found: Sensitivity) -> dict[str, int]:
    kinds = found.certainty["certainty"].cast(pl.String)
    return {key: int((kinds == key).sum()) for key in terms.CERTAINTIES}


def list_criteria(scoring: ScoringSettings, theme: str) -> list[str]:
    """What a theme covers: a line for each lever with its criteria."""
    lines = []
    for name, lever in scoring.levers.items():
        labels = [c.label for c in lever.criteria.values() if c.theme == theme]
        if labels:
            lines.append(f"{LEVERS[name]}：{'、'.join(labels)}")
    return lines
