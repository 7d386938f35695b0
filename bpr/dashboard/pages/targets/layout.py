"""BPR対象: the page - the answer, how many stand where, the filters, the list (or board, or schedule), an opened target."""

from dataclasses import dataclass
from typing import Any

from dash import dcc, html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.cards import page_head
from bpr.dashboard.components.empty import empty_state
from bpr.dashboard.components.filters import filter_select, filter_text
from bpr.dashboard.components.sight import sight_stores
from bpr.dashboard.pages.targets.board import view_board
from bpr.dashboard.pages.targets.board_part import board_parts
from bpr.dashboard.pages.targets.forms import Entries
from bpr.dashboard.pages.targets.ids import Ids
from bpr.dashboard.pages.targets.list_part import (
    first_steps,
    list_parts,
    step_parts,
    way_parts,
)
from bpr.dashboard.pages.targets.opening import open_target, today
from bpr.dashboard.pages.targets.panel import detail_panel
from bpr.dashboard.pages.targets.query import TargetsQuery
from bpr.dashboard.pages.targets.schedule import view_schedule
from bpr.dashboard.pages.targets.schedule_part import schedule_parts
from bpr.dashboard.pages.targets.view import STANDINGS, TargetsView, view_targets
from bpr.dashboard.words import LEVERS
from bpr.decide.years import fiscal_year
from bpr.errors import InputError
from bpr.frames import DataFrame, Targets
from bpr.workspace import Workspace
from bpr.workspace.rights import Right, has_right

QUESTION = "何を決め、どこまで進んだか"


@dataclass(frozen=True)
class Shown:
    """Everything on the page that follows the address and every change."""

    answer: list[str]
    steps: list[Any]
    listed: list[Any]
    detail: list[Any]


def render(workspace: Workspace, search: str) -> Any:  # noqa: ANN401 - a Dash component
    """Lay out the page for the filters and the target in the address."""
    targets = workspace.list_targets()
    if targets.is_empty() and not workspace.report().tasks.height:
        return empty_state(QUESTION)
    query = TargetsQuery.parse(search)
    shown = show_parts(workspace, query)
    return html.Div(
        [
            page_head(QUESTION, shown.answer, Ids.ANSWER),
            html.Div(shown.steps, id=Ids.STEPS, role="navigation", **aria(label="状態で絞り込む")),
            *([] if targets.is_empty() else [_filters(targets, query)]),
            _part(Ids.LIST, shown.listed),
            _part(Ids.DETAIL, shown.detail),
            dcc.Download(id=Ids.DOWNLOAD),
            *sight_stores(Ids.VISITED, Ids.KEPT),
        ],
        className="targets",
    )


def show_parts(workspace: Workspace, query: TargetsQuery, own: Entries | None = None) -> Shown:
    """Make anew what follows the address; `own`: what was typed into the forms and is to stay."""
    if workspace.list_targets().is_empty():
        may = has_right(workspace.person(), Right.DECIDE)
        return Shown(
            ["まだ何も決まっていません。"],
            [],
            first_steps(may_decide=may),
            _detail(workspace, TargetsQuery(), {}),
        )
    view = read_view(workspace, query)
    listed = [*way_parts(query), *_listed(workspace, query, view)]
    return Shown(view.answer, step_parts(view.steps), listed, _detail(workspace, query, own or {}))


def _listed(workspace: Workspace, query: TargetsQuery, view: TargetsView) -> list[Any]:
    """The targets in the way that is asked for."""
    if query.view == "board" and view.lines:
        may = has_right(workspace.person(), Right.DECIDE)
        return board_parts(view_board(view, workspace.list_targets()), view.base, may_decide=may)
    if query.view == "schedule":
        year = fiscal_year(today(workspace))
        return schedule_parts(view_schedule(view, workspace.list_targets(), year))
    return list_parts(view)


def read_view(workspace: Workspace, query: TargetsQuery) -> TargetsView:
    """The targets that the person may see, for an address."""
    year = fiscal_year(today(workspace))
    return view_targets(workspace.list_targets(), workspace.list_effects(), query, year)


def listed_book(workspace: Workspace, query: TargetsQuery) -> bytes:
    """Workbook of the targets of the list, in its order."""
    return workspace.export_targets([line.target_id for line in read_view(workspace, query).lines])


def _detail(workspace: Workspace, query: TargetsQuery, own: Entries) -> list[Any]:
    nothing = dcc.Store(id=Ids.SEEN)
    if not query.target:
        return [nothing]
    try:
        return detail_panel(open_target(workspace, query, own))
    except InputError as error:
        told = html.P(str(error), className="error")
        return [html.Div(told, id=Ids.TARGET, tabIndex="-1", className="notice"), nothing]


def _part(part: Ids, children: list[Any]) -> html.Div:
    """Part of the page that is made anew; it takes the focus where the focused element is gone."""
    keeps: dict[str, Any] = {"data-keeps-focus": "true"}
    return html.Div(children, id=part, tabIndex="-1", **keeps)


def _filters(targets: DataFrame[Targets], query: TargetsQuery) -> html.Div:
    divisions = sorted(str(name) for name in targets["division"].drop_nulls().unique())
    levers = sorted(str(name) for name in targets["lever"].drop_nulls().unique())
    text = filter_text(Ids.TEXT, "探す", query.text)
    text.placeholder = "取組名・課・担当・方針"
    return html.Div(
        [
            text,
            filter_select(Ids.STATUS, "状態", list(STANDINGS.items()), query.status),
            filter_select(
                Ids.DIVISION, "主管課", [(name, name) for name in divisions], query.division
            ),
            filter_select(
                Ids.LEVER, "手段", [(name, LEVERS.get(name, name)) for name in levers], query.lever
            ),
            html.Button(
                "一覧を Excel で保存", id=Ids.SAVE, className="button outline", type="button"
            ),
        ],
        className="filters target-filters",
    )
