"""A plain HTML table: text left, numbers right, a caption for screen readers."""

from collections.abc import Sequence
from typing import Any

from dash import html

from bpr.dashboard.components.aria import aria

_NOTHING = frozenset({"", "–", "0"})


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


def card_table(
    caption: str,
    header: Sequence[Any],
    rows: Sequence[Any],
    class_name: str = "",
) -> html.Table:
    """Table that small screens show as one card for each row; rows are `card_row`s."""
    heads = [
        head if isinstance(head, html.Th) else html.Th(head, scope="col", role="columnheader")
        for head in header
    ]
    return html.Table(
        [
            html.Caption(caption, className="visually-hidden"),
            html.Thead(html.Tr(heads, role="row"), role="rowgroup"),
            html.Tbody(list(rows), role="rowgroup"),
        ],
        role="table",
        className=f"plain-table stacked {class_name}".strip(),
    )


def card_row(head: Any, cells: Sequence[html.Td], class_name: str = "") -> html.Tr:  # noqa: ANN401 - Dash children
    """Row of a `card_table`, with the cell that heads it."""
    first = html.Th(head, scope="row", role="rowheader")
    return html.Tr([first, *cells], role="row", className=class_name or None)


def card_cell(label: str, content: Any, class_name: str = "") -> html.Td:  # noqa: ANN401 - Dash children
    """Cell that tells its column's label where its row is a card; there, nothing is not shown."""
    told: dict[str, Any] = {"data-label": label}
    nothing = "nothing" if isinstance(content, str) and content in _NOTHING else ""
    names = " ".join(filter(None, (class_name, nothing)))
    return html.Td(content, role="cell", className=names or None, **told)


def bar(share: float) -> html.Div:
    """A bar for a share (0-1); the number stands beside it, so it is hidden from readers."""
    width = f"{100 * min(max(share, 0), 1):.1f}%"
    return html.Div(
        html.Div(style={"width": width}, className="bar-fill"),
        className="bar",
        **aria(hidden="true"),
    )
