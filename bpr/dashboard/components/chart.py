"""A chart that can be read and taken along: a sentence, the picture, its numbers, three files."""

import re
from typing import Any, Final

import plotly.graph_objects as go
from dash import dcc, html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.numbers import Numbers, numbers_table, print_cell

FILES: Final = {"csv": "表をCSVで保存", "xlsx": "表をExcelで保存", "png": "図をPNGで保存"}
"""Format of a file -> its button."""
_UNFIT: Final = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\u202a-\u202e]+')
_LONGEST: Final = 60


def readable_chart(
    figure: go.Figure,
    sentence: str,
    numbers: Numbers,
    chart_id: str,
    height: str = "300px",
    name: str = "",
) -> html.Div:
    """Chart with its sentence as text alternative, its table, and buttons for CSV, Excel and PNG.

    `name`: what the chart is called in its files and by screen readers; else the caption.
    """
    called = name or numbers.caption
    return html.Div(
        [
            html.Div(
                dcc.Graph(
                    id=chart_id,
                    figure=figure,
                    config={"displayModeBar": False, "responsive": True, "locale": "ja"},
                    style={"height": height},
                ),
                role="img",
                **aria(label=sentence),
            ),
            html.Div(
                [
                    html.Details(
                        [html.Summary("同じ数字を表で見る"), numbers_table(numbers)],
                        className="numbers",
                    ),
                    html.Div(
                        [_button(chart_id, kind, called) for kind in FILES], className="chart-files"
                    ),
                ],
                className="chart-foot",
            ),
            dcc.Store(
                id=part_of(chart_id, "numbers"), data=pack(chart_id, called, sentence, numbers)
            ),
            dcc.Store(id=part_of(chart_id, "drawn")),
            dcc.Download(id=part_of(chart_id, "download")),
        ],
        className="chart",
    )


def part_of(chart: Any, part: str) -> dict[str, Any]:  # noqa: ANN401 - a name or a wildcard
    """Id of a part of a chart."""
    return {"type": f"chart-{part}", "chart": chart}


def file_button(chart: Any, kind: str) -> dict[str, Any]:  # noqa: ANN401 - as above
    """Id of the button for one format of `FILES`."""
    return {**part_of(chart, "file"), "format": kind}


def pack(chart_id: str, name: str, sentence: str, numbers: Numbers) -> dict[str, Any]:
    """Everything that the files hold, as texts that stand on the page already."""
    return {
        "chart": str(chart_id),
        "name": name,
        "file": _UNFIT.sub("_", name)[:_LONGEST].strip("._") or "図",
        "sentence": sentence,
        "caption": numbers.caption,
        "header": list(numbers.header),
        "rows": [[print_cell(cell) for cell in row] for row in numbers.rows],
        "right": list(numbers.right),
    }


def _button(chart_id: str, kind: str, name: str) -> html.Button:
    return html.Button(
        [FILES[kind], html.Span(f"（{name}）", className="visually-hidden")],
        id=file_button(chart_id, kind),
        className="small-action",
        type="button",
    )
