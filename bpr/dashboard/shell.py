"""What stands around every page: header, navigation, notices, the place for the page."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.notices import notice_area
from bpr.dashboard.theme import MANTINE

URL = "url"
PAGE = "page"
NAVIGATION = "navigation"
HEADER_TITLE = "header-title"


def shell(title: str) -> dmc.MantineProvider:
    """The frame of the app; the page itself comes by callback."""
    return dmc.MantineProvider(
        [
            dcc.Location(id=URL, refresh="callback-nav"),
            html.A("本文へ移る", href="#page", className="skip"),
            html.Header(
                [
                    html.B("業務量調査・BPR候補"),
                    html.Span(title, id=HEADER_TITLE, className="header-title"),
                ]
            ),
            html.Div(
                [
                    html.Nav(id=NAVIGATION, **aria(label="ページ")),
                    html.Main([notice_area(), html.Div(id=PAGE, tabIndex="-1")]),
                ],
                className="shell",
            ),
        ],
        theme=MANTINE,
        forceColorScheme="light",
    )


def links(pages: list[tuple[str, str]], current: str) -> list[Any]:
    """Links to the pages as (path, label); the current one is marked."""
    return [
        dcc.Link(
            [label, html.Span("（今のページ）", className="visually-hidden")]
            if path == current
            else label,
            href=path,
            className="on" if path == current else "",
        )
        for path, label in pages
    ]
