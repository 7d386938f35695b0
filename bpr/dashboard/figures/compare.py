"""Comparisons: divisions beside the town, what changed in a year, towns side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from bpr.dashboard.figures.labels import plain_label
from bpr.dashboard.theme import BLUES, INK

ROW_HEIGHT: Final = 26
_AROUND: Final = 110
_GREY: Final = "#8A8A94"
_BAR_LOOKS: Final = {
    "apart": ("全庁から離れた課", BLUES[1], BLUES[1], ""),
    "near": ("全庁に近い課", BLUES[3], BLUES[2], ""),
    "small": ("比べない課（母数が小さいなど）", "#FFFFFF", _GREY, "/"),
}
"""Kind of a bar -> its name, color, edge and pattern."""
_PART_LOOKS: Final = (
    (BLUES[0], ""),
    (BLUES[2], ""),
    (BLUES[3], "/"),
    ("#FFFFFF", "x"),
)
_SYMBOLS: Final = ("circle", "diamond-open", "square-open", "triangle-up-open", "x-thin-open", "cross-open", "star-open", "hexagon-open")  # fmt: skip


@dataclass(frozen=True)
class DivisionBar:
    """One division's share (0-1); `kind`: apart, near or small."""

    division: str
    share: float
    kind: str


@dataclass(frozen=True)
class ChangeBar:
    """Hours by which one division changed, in the parts that the legend names."""

    division: str
    parts: Sequence[float]


@dataclass(frozen=True)
class TownDots:
    """One town's shares (0-1), by the label of what is compared; None: not told."""

    town: str
    shares: Sequence[float | None]


def divisions_figure(bars: Sequence[DivisionBar], mean: float, mean_text: str) -> go.Figure:
    """Horizontal bars in the order given, by kind, and a dashed line at the town's share."""
    labels = [f"{plain_label(bar.division)}　{bar.share:.0%}" for bar in bars]
    figure = go.Figure()
    for kind, (name, color, edge, shape) in _BAR_LOOKS.items():
        own = [(bar, label) for bar, label in zip(bars, labels, strict=True) if bar.kind == kind]
        if own:
            figure.add_bar(
                name=name,
                x=[bar.share for bar, _ in own],
                y=[label for _, label in own],
                orientation="h",
                marker={
                    "color": color,
                    "line": {"color": edge, "width": 1},
                    "pattern": {"shape": shape, "fgcolor": edge, "size": 6},
                },
                hovertemplate="%{y}<extra></extra>",
            )
    figure.add_vline(
        x=mean,
        line={"color": INK, "width": 2, "dash": "dash"},
        annotation={"text": mean_text, "yanchor": "bottom"},
        annotation_position="top",
    )
    longest = max([mean, *(bar.share for bar in bars)])
    figure.update_layout(
        barmode="overlay",
        bargap=0.35,
        margin={"r": 24, "t": 32},
        showlegend=True,
        xaxis={"tickformat": ".0%", "range": [0, min(longest * 1.05, 1.02) or 1]},
        yaxis={
            "autorange": "reversed", "showgrid": False, "type": "category", "dtick": 1,
            "ticklabelstandoff": 6, "categoryorder": "array", "categoryarray": labels,
        },
        legend={"y": -36 / (ROW_HEIGHT * max(len(bars), 4))},
    )  # fmt: skip
    return figure


def changes_figure(bars: Sequence[ChangeBar], parts: Sequence[str]) -> go.Figure:
    """Bars that grow to the right and shrink to the left of 0, in parts of color and pattern."""
    figure = go.Figure()
    for number, name in enumerate(parts):
        color, shape = _PART_LOOKS[number]
        figure.add_bar(
            name=name,
            y=[plain_label(bar.division) for bar in bars],
            x=[bar.parts[number] for bar in bars],
            orientation="h",
            marker={
                "color": color,
                "line": {"color": INK, "width": 0.5},
                "pattern": {"shape": shape, "fgcolor": INK, "size": 6},
            },
            hovertemplate=f"%{{y}}・{name}：%{{x:+,.0f}} 時間<extra></extra>",
        )
    figure.add_vline(x=0, line={"color": INK, "width": 2})
    figure.update_layout(
        barmode="relative",
        bargap=0.35,
        yaxis={"autorange": "reversed", "showgrid": False, "type": "category", "dtick": 1},
        xaxis={"tickformat": "+,", "title": {"text": "年間の時間の差", "font": {"size": 14}}},
        legend={"traceorder": "normal", "y": 1.02, "yanchor": "bottom"},
    )
    return figure


def towns_figure(towns: Sequence[TownDots], labels: Sequence[str]) -> go.Figure:
    """One row per share, one kind of mark per town; the first town, ours, is filled and large."""
    figure = go.Figure()
    for number, town in enumerate(towns):
        told = [(x, y) for x, y in zip(town.shares, labels, strict=True) if x is not None]
        ours = number == 0
        figure.add_scatter(
            name=plain_label(town.town),
            x=[x for x, _ in told],
            y=[y for _, y in told],
            mode="markers",
            marker={
                "symbol": _SYMBOLS[number % len(_SYMBOLS)],
                "size": 16 if ours else 13,
                "color": BLUES[2] if ours else INK,
                "line": {"width": 2, "color": BLUES[0] if ours else INK},
            },
            hovertemplate="%{y}・%{fullData.name}：%{x:.1%}<extra></extra>",
        )
    figure.update_layout(
        xaxis={"tickformat": ".0%", "range": [0, 1.02]},
        yaxis={
            "autorange": "reversed", "type": "category", "dtick": 1,
            "categoryorder": "array", "categoryarray": list(labels),
        },
        legend={"traceorder": "normal", "y": 1.02, "yanchor": "bottom"},
    )  # fmt: skip
    return figure


def rows_height(count: int, row: int = ROW_HEIGHT) -> str:
    """CSS height of a chart of so many rows."""
    return f"{_AROUND + row * max(count, 4)}px"
