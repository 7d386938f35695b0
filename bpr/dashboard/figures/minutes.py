"""Minutes per case by division, the longest first, with the median as a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from bpr.dashboard.figures.labels import plain_label
from bpr.dashboard.figures.rows import bars_beside_line

ROW_HEIGHT: Final = 26
_AROUND: Final = 72
"""Pixels above and below the bars: the median's label and the axis."""


@dataclass(frozen=True)
class MinutesBar:
    """One division: its minutes per case as a number and as printed."""

    division: str
    minutes: float
    text: str


def minutes_figure(bars: Sequence[MinutesBar], median: float, median_text: str) -> go.Figure:
    """Horizontal bars in the order given, and a dashed line at the median.

    The minutes stand beside the names: at the bars' ends the line would run through them.
    """
    figure = bars_beside_line(
        [bar.minutes for bar in bars],
        [f"{plain_label(bar.division)}　{bar.text}" for bar in bars],
        "%{y} 分",
        median,
        f"中央値 {median_text} 分",
    )
    longest = max(bar.minutes for bar in bars)
    figure.update_layout(
        margin={"r": 24},
        xaxis={
            "tickformat": ",",
            "title": {"text": "1 件あたりの時間（分）"},
            "range": [0, max(longest, median) * 1.02 or 1],
        },
    )
    return figure


def minutes_height(count: int) -> str:
    """CSS height of the chart for so many divisions."""
    return f"{_AROUND + ROW_HEIGHT * max(count, 4)}px"
