"""What stands around every page: header, navigation, notices, the place for the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.notices import notice_area
from bpr.dashboard.proofs import FIELD
from bpr.dashboard.theme import MANTINE

NAME = "業務量調査・BPR候補"
"""What the program is called on the screen and in the tab."""
URL = "url"
PAGE = "page"
NAVIGATION = "navigation"
HEADER_TITLE = "header-title"
EDITION = "edition"
EDITION_KEPT = "edition-kept"
TITLE_KEPT = "title-kept"


@dataclass(frozen=True)
class Visitor:
    """Who is logged in, as the header tells it; `proof` None where there is no login to end."""

    name: str
    role: str
    proof: str | None


@dataclass(frozen=True)
class Surveys:
    """Surveys to choose from as (number, label), which one is shown, and whether it is closed."""

    choices: Sequence[tuple[str, str]]
    shown: str
    closed: bool


@dataclass(frozen=True)
class Content:
    """The page of an address, and the links to all pages."""

    path: str
    search: str
    body: Any
    navigation: Sequence[Any]


def shell(
    title: str, surveys: Surveys, visitor: Visitor | None, content: Content | None = None
) -> dmc.MantineProvider:
    """The frame of the app with the first page; where there is none, it comes by callback."""
    address = {"pathname": content.path, "search": content.search} if content else {}
    return dmc.MantineProvider(
        [
            dcc.Location(id=URL, refresh="callback-nav", **address),
            dcc.Store(id=TITLE_KEPT),
            html.A("本文へ移る", href="#page", className="skip"),
            html.Header(
                [
                    html.B(NAME),
                    html.Span(
                        title,
                        id=HEADER_TITLE,
                        className="header-title",
                        hidden=len(surveys.choices) > 1,  # the choice tells it
                    ),
                    *_survey_choice(surveys),
                    *_visitor_part(visitor),
                ]
            ),
            html.Div(
                [
                    html.Nav(
                        content.navigation if content else None,
                        id=NAVIGATION,
                        **aria(label="ページ"),
                    ),
                    html.Main(
                        [
                            notice_area(),
                            html.Div(content.body if content else None, id=PAGE, tabIndex="-1"),
                        ]
                    ),
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


def _survey_choice(surveys: Surveys) -> list[Any]:
    parts: list[Any] = []
    if len(surveys.choices) > 1:
        parts = [
            dmc.Select(
                id=EDITION,
                label="調査",
                data=[{"value": number, "label": label} for number, label in surveys.choices],
                value=surveys.shown,
                allowDeselect=False,
            ),
            dcc.Store(id=EDITION_KEPT),
        ]
    if surveys.closed:
        parts.append(html.Span("締め切り済み（変えられません）", className="closed"))
    return [html.Div(parts, className="edition")] if parts else []


def _visitor_part(visitor: Visitor | None) -> list[Any]:
    if visitor is None:
        return []
    parts: list[Any] = [html.Span(f"{visitor.name}（{visitor.role}）")]
    if visitor.proof is not None:
        leave = html.Button(
            "ログアウト",
            type="submit",
            name=FIELD,
            value=visitor.proof,
            className="button outline",
        )
        parts += [
            html.A("パスワードの変更", href="/password"),
            html.Form([leave], action="/logout", method="POST"),
        ]
    return [html.Div(parts, className="visitor")]
