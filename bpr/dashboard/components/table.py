"""A plain HTML table: text left, numbers right, a caption for screen readers."""

from collections.abc import Sequence
from typing import Any

from dash import html

from bpr.dashboard.components.aria import aria


def plain_table(
    caption: str, header: Sequence[str], rows: Sequence[Sequence[Any]], right: Sequence[int] = ()
) -> html.Table:
    """Table whose first column heads its rows; `right` lists the columns of numbers."""
    return html.Table(
        [
            html.Caption(caption, className="visually-hidden"),
            html.Thead(
                html.Tr(
                    [
                        html.Th(label, scope="col", className="right" if i in right else None)
                        for i, label in enumerate(header)
                    ]
                )
            ),
            html.Tbody([html.Tr(_cells(row, right)) for row in rows]),
        ],
        className="plain-table",
    )


def _cells(row: Sequence[Any], right: Sequence[int]) -> list[Any]:
    cells: list[Any] = [html.Th(row[0], scope="row")]
    for i, value in enumerate(row[1:], start=1):
        cells.append(html.Td(value, className="right" if i in right else None))
    return cells


def bar(share: float) -> html.Div:
    """A bar for a share (0-1); the number stands beside it, so it is hidden from readers."""
    width = f"{100 * min(max(share, 0), 1):.1f}%"
    return html.Div(
        html.Div(style={"width": width}, className="bar-fill"),
        className="bar",
        **aria(hidden="true"),
    )
