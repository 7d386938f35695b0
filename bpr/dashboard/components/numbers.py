"""The numbers of a chart: what its table shows, and what its files hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from dash import dcc, html

from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.words import MINUS


@dataclass(frozen=True)
class Link:
    """A cell that leads somewhere; `spoken` tells screen readers more than the text."""

    text: str
    href: str
    spoken: str = ""


Cell: TypeAlias = str | float | Link | None
"""Text as printed, a bare number (printed with no or one decimal), a link, or nothing known."""


@dataclass(frozen=True)
class Numbers:
    """A small table whose first column heads its rows.

    `caption` tells contents, unit and base; `right` lists the columns of numbers, whose texts
    become numbers in files; `quiet` the rows that are greyed because too little stands behind them.
    """

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    right: Sequence[int] = ()
    quiet: Sequence[int] = ()


def print_cell(cell: Cell) -> str:
    """Text of a cell: 1234 -> 1,234; -0.25 -> −0.2; a dash where nothing is known."""
    if cell is None:
        return "–"
    if isinstance(cell, Link):
        return cell.text
    if isinstance(cell, str):
        return cell
    text = f"{cell:,}" if isinstance(cell, int) else f"{cell:,.1f}"
    return text.replace("-", MINUS)


def numbers_table(numbers: Numbers) -> html.Table:
    """Table that a phone shows as one card for each row."""
    heads = [
        html.Th(label, scope="col", role="columnheader", className=_side(numbers, place))
        for place, label in enumerate(numbers.header)
    ]
    rows = [
        card_row(
            _show(row[0]),
            [
                card_cell(numbers.header[place], _show(cell), _side(numbers, place))
                for place, cell in enumerate(row[1:], start=1)
            ],
            "quiet" if place_of_row in numbers.quiet else "",
        )
        for place_of_row, row in enumerate(numbers.rows)
    ]
    return card_table(numbers.caption, heads, rows, "numbers-table")


def _side(numbers: Numbers, place: int) -> str:
    return "right" if place in numbers.right else ""


def _show(cell: Cell) -> Any:  # noqa: ANN401 - Dash children
    if not isinstance(cell, Link):
        return print_cell(cell)
    told = [html.Span(cell.spoken, className="visually-hidden")] if cell.spoken else []
    return dcc.Link([cell.text, *told], href=cell.href, className="small-action")
