"""比較: the page - the sentence on top, the three ways to compare, and what the chosen one shows."""

from dataclasses import dataclass
from typing import Any

from dash import dcc, html

from bpr.dashboard.components.cards import page_head
from bpr.dashboard.components.empty import empty_state
from bpr.dashboard.components.sight import sight_stores
from bpr.dashboard.components.ways import Way, way_links
from bpr.dashboard.pages.compare.divisions import view_divisions
from bpr.dashboard.pages.compare.divisions_part import division_sections
from bpr.dashboard.pages.compare.ids import Ids
from bpr.dashboard.pages.compare.query import VIEWS, CompareQuery
from bpr.dashboard.pages.compare.reading import find_pair, read_years
from bpr.dashboard.pages.compare.towns import view_towns
from bpr.dashboard.pages.compare.towns_part import town_sections
from bpr.dashboard.pages.compare.years_part import lonely_year, year_sections
from bpr.workspace import Workspace
from bpr.workspace.rights import Right, has_right

QUESTION = "ほかと何が違うか"
_NO_HOURS = "年間作業時間が書かれていないので、割合を比べられません。"


@dataclass(frozen=True)
class Shown:
    """The answer on top, and everything below it."""

    answer: list[str]
    body: list[Any]


def render(workspace: Workspace, search: str) -> Any:  # noqa: ANN401 - a Dash component
    """Lay out the comparison that the address asks for."""
    if not workspace.report().tasks.height:
        return empty_state(QUESTION)
    shown = show_query(workspace, search)
    keeps: dict[str, Any] = {"data-keeps-focus": "true"}
    return html.Div(
        [
            page_head(QUESTION, shown.answer, Ids.ANSWER),
            html.Div(shown.body, id=Ids.BODY, tabIndex="-1", **keeps),
            dcc.Download(id=Ids.DOWNLOAD),
            *sight_stores(Ids.VISITED, Ids.KEPT),
        ]
    )


def show_query(workspace: Workspace, search: str) -> Shown:
    """What the address asks for."""
    query = CompareQuery.parse(search)
    show = {"divisions": _show_divisions, "years": _show_years, "towns": _show_towns}
    shown = show[query.known_view](workspace, query)
    return Shown(shown.answer, [_ways(query), *shown.body])


def _ways(query: CompareQuery) -> html.Nav:
    ways = [
        Way(label, CompareQuery(view=name).href(), name == query.known_view)
        for name, label in VIEWS.items()
    ]
    return way_links("比べる相手", ways, "compare-ways")


def _show_divisions(workspace: Workspace, query: CompareQuery) -> Shown:
    view = view_divisions(workspace.report(), query.known_measure)
    return Shown(view.answer, division_sections(view, query)) if view else Shown([_NO_HOURS], [])


def _show_years(workspace: Workspace, query: CompareQuery) -> Shown:
    pair = find_pair(workspace, query)
    if pair is None:
        return Shown(["比べる前の年度の調査が、まだありません。"], [lonely_year()])
    view = read_years(workspace, pair, query)
    may_say = has_right(workspace.person(), Right.WEIGH)
    return Shown(view.answer, year_sections(view, pair, may_say=may_say))


def _show_towns(workspace: Workspace, query: CompareQuery) -> Shown:
    del query
    families = workspace.settings.common_work.families
    labels = {name: one.label for name, one in families.items()}
    view = view_towns(workspace.report(), workspace.own_cells(), workspace.list_towns(), labels)
    if view is None:
        return Shown([_NO_HOURS], [])
    may_add = has_right(workspace.person(), Right.COLLECT)
    return Shown(view.answer, town_sections(view, may_add=may_add))
