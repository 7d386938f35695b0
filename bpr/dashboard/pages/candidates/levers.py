"""候補: the score of one lever -> lines that can be recomputed on paper."""

from dataclasses import dataclass

from bpr.dashboard.pages.candidates.words import ends
from bpr.score.explain import CriterionLine, LeverLines
from bpr.score.savings import LOW, POINT

FOLDED_SCORE = 30.0
"""Levers below this score are folded together: nobody chooses among them."""
_FROM_NAMES = ("acts", "names")
"""Fields that are read from the wording; where nothing is found, nobody failed to answer."""


@dataclass(frozen=True)
class CriterionRow:
    """One criterion as printed; intervals apart, empty where there is none."""

    label: str
    answer: str
    value: str
    value_interval: str
    weight: str
    points: str
    points_interval: str
    evidence: str


@dataclass(frozen=True)
class LeverView:
    """One lever's score: its lines, their sums, and what capped it."""

    lever: str
    label: str
    score: str
    interval: str
    folded: bool
    rows: list[CriterionRow]
    weight_sum: str
    points_sum: str
    steps: str
    gate: str
    note: str


def view_lever(lines: LeverLines) -> LeverView:
    """Explain one lever's score."""
    score, interval = ends(lines.score, 1)
    capped = lines.score[POINT] < lines.uncapped
    lowest = sum(line.points[LOW] for line in lines.lines)
    return LeverView(
        lever=lines.lever,
        label=lines.label,
        score=score,
        interval=interval,
        folded=lines.score[POINT] < FOLDED_SCORE,
        rows=[_row(line) for line in lines.lines],
        weight_sum=f"{sum(line.weight for line in lines.lines):.4g}",
        points_sum=f"{lines.uncapped:.1f}",
        steps=f"制約の前 {lines.uncapped:.1f} 点 → 上限 {lines.cap:.1f} 点 → {score} 点"
        if capped
        else "",
        gate=_gate(lines),
        note=_MAY if lines.score[LOW] < min(lowest, lines.cap) - _ROUNDING else "",
    )


_MAY = "幅の下限は、当てはまるかどうか調査票では分からない制約も見込んだ点です。"
_ROUNDING = 0.05


def _gate(lines: LeverLines) -> str:
    gate = lines.gate
    if gate is None:
        return ""
    return (
        f"{gate.label}：{lines.cap:.1f} 点まで。{gate.reason}（根拠 {gate.grade}：{gate.source}）"
    )


def _row(line: CriterionLine) -> CriterionRow:
    value, value_interval = ends(line.value, 3)
    points, points_interval = ends(line.points, 1)
    criterion = line.criterion
    return CriterionRow(
        label=criterion.label,
        answer=_answer(line),
        value=value,
        value_interval=value_interval,
        weight=f"{line.weight:.4g}",
        points=points,
        points_interval=points_interval,
        evidence=f"{criterion.grade}：{criterion.source}",
    )


def _answer(line: CriterionLine) -> str:
    if not line.missing and line.answer is not None:
        return line.answer
    return "業務名から読み取れない" if line.criterion.field in _FROM_NAMES else "未回答"
