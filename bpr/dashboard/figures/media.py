"""Hours by medium, stacked by class."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from bpr import terms
from bpr.dashboard.theme import CLASS_COLORS


@dataclass(frozen=True)
class MediumBar:
    """One bar: a group of media, and its hours a year by class."""

    label: str
    hours: dict[str, float]
    ami_share: float
    """Share of this group in the published Ami figures (0-1)."""

    @property
    def total(self) -> float:
        """Hours of all classes."""
        return sum(self.hours.values())


def media_figure(bars: Sequence[MediumBar]) -> go.Figure:
    """Stacked bars; a diamond marks where the bar would end in the published town's mix."""
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
            marker={"color": CLASS_COLORS[name], "line": {"color": "#FFFFFF", "width": 1}},
            hovertemplate=f"%{{y}}・{short}：%{{x:,.0f}} 時間<extra></extra>",
        )
    figure.add_scatter(
        name="阿見町の割合なら",
        y=labels,
        x=[bar.ami_share * total for bar in bars],
        mode="markers",
        marker={"symbol": "diamond-open", "size": 13, "color": "#1A1A1C", "line": {"width": 2}},
        hovertemplate="%{y}・阿見町の割合なら：%{x:,.0f} 時間<extra></extra>",
    )
    figure.update_layout(
        barmode="stack",
        bargap=0.45,
        yaxis={"autorange": "reversed", "showgrid": False},
        xaxis={"tickformat": ","},
        legend={"traceorder": "normal", "y": -0.16},
    )
    return figure
