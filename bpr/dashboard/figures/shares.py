"""What a whole is made of, beside others: one bar of 100 % each, in the four classes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from bpr import terms
from bpr.dashboard.theme import CLASS_COLORS, INK

_ROW_HEIGHT: Final = 46
_AROUND: Final = 76
"""Pixels below the bars: the axis and the legend."""
_DARK: Final = ("core", "expert")
"""Classes whose color is so dark that text on it is white."""


@dataclass(frozen=True)
class ShareBar:
    """One bar: a name, and the share (0-1) of each class."""

    label: str
    shares: Mapping[str, float]


def shares_figure(bars: Sequence[ShareBar]) -> go.Figure:
    """Stacked bars in the order given; each part tells its class and share, so that no color must."""
    figure = go.Figure()
    for name, short in terms.SHORT_WORK_CLASSES.items():
        shares = [bar.shares[name] for bar in bars]
        figure.add_bar(
            name=short,
            y=[bar.label for bar in bars],
            x=shares,
            orientation="h",
            text=[f"{short.split()[0]} {share:.1%}" for share in shares],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            insidetextfont={"color": "#FFFFFF" if name in _DARK else INK, "size": 13},
            marker={"color": CLASS_COLORS[name], "line": {"color": "#FFFFFF", "width": 1}},
            hovertemplate=f"%{{y}}・{short}：%{{x:.1%}}<extra></extra>",
        )
    figure.update_layout(
        barmode="stack",
        bargap=0.3,
        uniformtext={"minsize": 12, "mode": "hide"},
        yaxis={"autorange": "reversed", "showgrid": False, "ticklabelstandoff": 6},
        xaxis={"tickformat": ".0%", "range": [0, 1.001], "dtick": 0.25},
        margin={"r": 24},
        legend={"traceorder": "normal", "y": -24 / (_ROW_HEIGHT * len(bars))},
    )
    return figure


def shares_height(count: int) -> str:
    """CSS height of the chart for so many bars."""
    return f"{_AROUND + _ROW_HEIGHT * count}px"
