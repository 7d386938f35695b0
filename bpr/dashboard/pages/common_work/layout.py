"""共通業務: the page - the sentence on top, the ways to sort, the table, the chosen group."""

from typing import Any

from dash import dcc, html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.cards import page_head
from bpr.dashboard.components.empty import empty_state
from bpr.dashboard.components.sight import sight_stores
from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.components.ways import Way, way_links
from bpr.dashboard.pages.common_work.detail import group_sections
from bpr.dashboard.pages.common_work.group import view_group
from bpr.dashboard.pages.common_work.ids import Ids
from bpr.dashboard.pages.common_work.query import CommonQuery
from bpr.dashboard.pages.common_work.view import (
    GroupLine,
    GroupList,
    KindLine,
    KindList,
    answer_groups,
    answer_kinds,
    view_groups,
    view_kinds,
)
from bpr.settings.common_work import View
from bpr.workspace import Workspace

QUESTION = "どの課でも同じことをしている仕事はどれか"
GROUPS = "よくある業務"


def render(workspace: Workspace, search: str) -> Any:  # noqa: ANN401 - a Dash component
    """Lay out the groups, or the kinds of the view in the address."""
    if not workspace.report().tasks.height:
        return empty_state(QUESTION)
    query = known_query(workspace, search)
    return html.Div(
        [
            page_head(QUESTION, answer(workspace, query), Ids.ANSWER),
            _part(Ids.LIST, list_parts(workspace, query)),
            _part(Ids.DETAIL, detail_parts(workspace, query)),
            dcc.Download(id=Ids.DOWNLOAD),
            *sight_stores(Ids.VISITED, Ids.KEPT),
        ]
    )


def known_query(workspace: Workspace, search: str) -> CommonQuery:
    """What the address asks for, as far as there is such a thing."""
    query = CommonQuery.parse(search)
    if query.view not in _views(workspace):
        query = query.with_(view="")
    if query.view or query.group not in workspace.list_groups()["group_key"]:
        query = query.with_(group="")
    return query


def _views(workspace: Workspace) -> dict[str, View]:
    return workspace.settings.common_work.views


def answer(workspace: Workspace, query: CommonQuery) -> list[str]:
    """The page's answer for what the address asks for."""
    if query.view:
        return answer_kinds(workspace.list_kinds(query.view), _views(workspace)[query.view])
    return answer_groups(workspace.grouped_work(), query.group)


def list_parts(workspace: Workspace, query: CommonQuery) -> list[Any]:
    """The ways to sort and the table; while one group is looked at, that one and the way back."""
    views = _views(workspace)
    if query.group:
        back = dcc.Link(
            "← すべての共通業務に戻る",
            href=query.with_(group="").href(),
            className="button outline",
        )
        bar = html.Div(back, className="way-back")
    else:
        bar = _bar(views, query)
    if query.view:
        view = views[query.view]
        return [bar, _kind_section(view_kinds(workspace.list_kinds(query.view), view))]
    return [bar, *_group_table(view_groups(workspace.list_groups(), query), query)]


def detail_parts(workspace: Workspace, query: CommonQuery) -> list[Any]:
    """The chosen group, if there is one."""
    return group_sections(view_group(workspace.read_group(query.group))) if query.group else []


def _part(part: Ids, children: list[Any]) -> html.Div:
    """Part of the page that is made anew; it takes the focus where the focused button is gone."""
    keeps: dict[str, Any] = {"data-keeps-focus": "true"}
    return html.Div(children, id=part, tabIndex="-1", **keeps)


def _bar(views: dict[str, View], query: CommonQuery) -> html.Div:
    choices = {"": GROUPS, **{name: view.label for name, view in views.items()}}
    ways = [
        Way(label, CommonQuery(view=name).href(), name == query.view)
        for name, label in choices.items()
    ]
    return html.Div(
        [
            way_links("分け方", ways),
            html.Button("一覧を Excel で保存", id=Ids.SAVE, className="button", type="button"),
        ],
        className="filters",
    )


def _group_table(view: GroupList, query: CommonQuery) -> list[Any]:
    if not view.lines:
        return []
    heads = [
        "同じ業務",
        _right("課の数"),
        _right("業務数"),
        _right("時間／年"),
        _right("1 件あたりの時間"),
        _right("中央値との差（時間／年）"),
        "確認",
    ]
    rows = [_group_row(line, chosen=bool(query.group)) for line in view.lines]
    parts: list[Any] = [card_table("課をまたぐ同じ業務、時間の多い順", heads, rows, "groups")]
    if view.hidden:
        more = dcc.Link(
            f"残り {view.hidden:,} まとまりも表示する",
            href=query.with_(every="1").href(),
            className="button outline",
        )
        parts.append(html.Div(more, className="buttons"))
    return [*parts, html.P(view.note, className="base list-note")] if view.note else parts


def _right(label: str) -> html.Th:
    return html.Th(label, scope="col", role="columnheader", className="right")


def _group_row(line: GroupLine, *, chosen: bool) -> html.Tr:
    name = line.name if chosen else dcc.Link(line.name, href=line.href, className="small-action")
    return card_row(
        name,
        [
            card_cell("課の数", line.divisions, "right"),
            card_cell("業務数", line.tasks, "right"),
            card_cell("時間／年", html.Div([line.hours, html.Small(line.unknown)]), "right"),
            card_cell("1 件あたり", html.Div([line.spread, html.Small(line.base)]), "right"),
            card_cell("中央値との差", line.above_median, "right"),
            card_cell("確認", confirmed_mark(confirmed=line.confirmed)),
        ],
    )


def confirmed_mark(*, confirmed: bool) -> html.Span:
    """A state as a shape and a word, so that color is never alone."""
    shape, label = ("●", "確認済み") if confirmed else ("○", "未確認")
    name = "returned" if confirmed else "info"
    return html.Span(
        [html.Span(shape, **aria(hidden="true")), f" {label}"], className=f"mark mark-{name}"
    )


def _kind_section(view: KindList) -> html.Section:
    labels = [
        "調査票の業務数",
        "調査票での順",
        "時間／年",
        f"{view.town}の改善対象",
        f"{view.town}での順",
    ]
    rows = [
        card_row(
            line.label,
            [
                card_cell(label, value, "right")
                for label, value in zip(labels, _kind_values(line), strict=True)
            ],
        )
        for line in view.lines
    ]
    return html.Section(
        [
            html.H2(view.heading),
            card_table(view.heading, ["区分", *map(_right, labels)], rows, "kind-list"),
            *(html.P(note, className="base") for note in view.notes),
        ]
    )


def _kind_values(line: KindLine) -> list[str]:
    return [line.tasks, line.place, line.hours, line.published, line.published_place]
