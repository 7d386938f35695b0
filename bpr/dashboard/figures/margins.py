"""What wider limits of a portfolio bring, measured by what it brings on average now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from bpr.dashboard.figures.rows import bars_beside_line

_ROW_HEIGHT: Final = 48
_AROUND: Final = 84
"""Pixels above and below the bars: the label of the line and the axis."""


@dataclass(frozen=True)
class MarginBar:
    """One step of one limit, the hours gained as printed, and as a share of the average's (1: as many)."""

    label: str
    hours: str
    ratio: float


def margin_figure(bars: Sequence[MarginBar]) -> go.Figure:
    """Horizontal bars in the order given, and a dashed line where the average is."""
    figure = bars_beside_line(
        [bar.ratio for bar in bars],
        [f"{bar.label}<br>{bar.hours}" for bar in bars],
        "%{y}：今の平均の %{x:.0%}",
        1,
        "今の平均（100%）",
    )
    longest = max((bar.ratio for bar in bars), default=0.0)
    figure.update_layout(
        margin={"r": 64},
        xaxis={
            "tickformat": ".0%",
            "title": {"text": "今の平均に対して", "font": {"size": 14}},
            "range": [0, max(longest, 1.0) * 1.05],
        },
    )
    return figure


def margin_height(count: int) -> str:
    """CSS height of the chart for so many steps."""
    return f"{_AROUND + _ROW_HEIGHT * max(count, 3)}px"
