"""Horizontal bars, one row each in the order given, beside a dashed line to compare them with."""

from collections.abc import Sequence

import plotly.graph_objects as go

from bpr.dashboard.theme import BLUES, INK


def bars_beside_line(
    values: Sequence[float], labels: Sequence[str], hover: str, line: float, line_text: str
) -> go.Figure:
    """Bars with their labels on the left; `hover` is the template of what a bar tells."""
    figure = go.Figure()
    figure.add_bar(
        x=list(values),
        y=list(labels),
        orientation="h",
        marker={"color": BLUES[1]},
        hovertemplate=f"{hover}<extra></extra>",
    )
    figure.add_vline(
        x=line,
        line={"color": INK, "width": 2, "dash": "dash"},
        annotation={"text": line_text, "yanchor": "bottom"},
        annotation_position="top",
    )
    figure.update_layout(
        bargap=0.35,
        showlegend=False,
        margin={"t": 32},
        yaxis={
            "autorange": "reversed",
            "showgrid": False,
            "type": "category",
            "dtick": 1,
            "ticklabelstandoff": 6,
        },
    )
    return figure
