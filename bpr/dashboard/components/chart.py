"""A chart that can also be read: a sentence, the picture, and the same numbers as a table."""

from typing import Any

import plotly.graph_objects as go
from dash import dcc, html

from bpr.dashboard.components.aria import aria


def readable_chart(figure: go.Figure, sentence: str, numbers: Any, chart_id: str) -> html.Div:  # noqa: ANN401 - any component
    """Chart with its sentence as text alternative and its table behind 「表で見る」."""
    return html.Div(
        [
            html.Div(
                dcc.Graph(
                    id=chart_id,
                    figure=figure,
                    config={"displayModeBar": False, "responsive": True, "locale": "ja"},
                    style={"height": "300px"},
                ),
                role="img",
                **aria(label=sentence),
            ),
            html.Details([html.Summary("同じ数字を表で見る"), numbers], className="numbers"),
        ]
    )
