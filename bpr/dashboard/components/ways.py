"""Ways to look at the same things: a row of links, the chosen one marked in words too."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html

from bpr.dashboard.components.aria import aria


@dataclass(frozen=True)
class Way:
    """One way to look, with its address."""

    label: str
    href: str
    chosen: bool


def way_links(label: str, ways: Sequence[Way], class_name: str = "") -> html.Nav:
    """The row; `label` tells readers what is chosen here."""
    links = [_link(way) for way in ways]
    return html.Nav(links, className=f"ways {class_name}".strip(), **aria(label=label))


def _link(way: Way) -> dcc.Link:
    told = [html.Span("（表示中）", className="visually-hidden")] if way.chosen else []
    look = "button way on" if way.chosen else "button outline way"
    return dcc.Link([way.label, *told], href=way.href, className=look)
