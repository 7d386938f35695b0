"""Hours by medium, stacked by class, beside the mix of media of somebody else."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from bpr import terms
from bpr.dashboard.theme import CLASS_COLORS, INK


@dataclass(frozen=True)
class MediumBar:
    """One bar: a group of media, its hours a year by class, and all its hours."""

    label: str
    hours: dict[str, float]
    total: float
    """Hours of all classes, and of tasks without a class."""
    compared_share: float
    """Share of this group in what it is compared with (0-1)."""


def media_figure(bars: Sequence[MediumBar], compared: str) -> go.Figure:
    """Stacked bars; a diamond marks where the bar would end in the mix of what is compared."""
    total = sum(bar.total for bar in bars)
    labels = [bar.label for bar in bars]
    figure = go.Figure()
    for name, short in terms.SHORT_WORK_CLASSES.items():
        hours = [bar.hours.get(name, 0.0) for bar in bars]
        figure.add_bar(
            name=short,
            y=labels,
            x=hours,
            orientation="h",
            text=[short.split()[0] if hour else "" for hour in hours],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            insidetextfont={"color": "#FFFFFF" if name in {"core", "expert"} else INK, "size": 13},
            marker={"color": CLASS_COLORS[name], "line": {"color": "#FFFFFF", "width": 1}},
            hovertemplate=f"%{{y}}・{short}：%{{x:,.0f}} 時間<extra></extra>",
        )
    told = f"{compared}の割合なら"
    figure.add_scatter(
        name=told,
        y=labels,
        x=[bar.compared_share * total for bar in bars],
        mode="markers",
        marker={"symbol": "diamond-open", "size": 13, "color": INK, "line": {"width": 2}},
        hovertemplate=f"%{{y}}・{told}：%{{x:,.0f}} 時間<extra></extra>",
    )
    figure.update_layout(
        barmode="stack",
        bargap=0.45,
        uniformtext={"minsize": 12, "mode": "hide"},
        yaxis={"autorange": "reversed", "showgrid": False, "ticklabelstandoff": 6},
        xaxis={"tickformat": ","},
        legend={"traceorder": "normal", "y": -0.16},
    )
    return figure
