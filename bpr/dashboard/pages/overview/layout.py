"""概況: the page - the answer, filters, the figures, what they are made of, and their comparisons."""

from dataclasses import dataclass
from typing import Any, Final

from dash import dcc, html

from bpr import terms
from bpr.dashboard.components.accuracy import accuracy_badge
from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.cards import number_card, page_head
from bpr.dashboard.components.empty import empty_state, no_hours
from bpr.dashboard.components.filters import filter_select
from bpr.dashboard.components.sight import sight_stores
from bpr.dashboard.pages.overview.ids import Ids
from bpr.dashboard.pages.overview.parts import (
    class_section,
    comparison_section,
    cost_section,
    division_section,
    media_section,
    seal_section,
    top_section,
)
from bpr.dashboard.pages.overview.query import PATH, find_part, read_query
from bpr.dashboard.pages.overview.view import Overview, Part, view_overview
from bpr.report import Report
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Workspace
from bpr.workspace.rights import Right, has_right
from bpr.workspace.tabulating import Work

QUESTION: Final = "うちの業務は、何でできていて、いくらかかっているか"
SETTINGS: Final = "/settings"
NOBODY: Final = "この条件に当てはまる業務はありません。絞り込みをゆるめてください。"


@dataclass(frozen=True)
class Shown:
    """Everything on the page that follows the filters."""

    head: list[Any]
    body: list[Any]


def render(workspace: Workspace, search: str) -> Any:  # noqa: ANN401 - a Dash component
    """Lay out the overview for the filters in the address."""
    report = workspace.report()
    if not report.tasks["annual_hours"].sum():
        count = report.tasks.height
        return no_hours(QUESTION, count) if count else empty_state(QUESTION)
    shown = show_parts(workspace, report, search)
    keeps: dict[str, Any] = {"data-keeps-focus": "true", "tabIndex": "-1"}
    return html.Div(
        [
            html.Div(shown.head, id=Ids.HEAD, **keeps, **aria(live="polite")),
            _filters(report, read_query(search)),
            html.Div(shown.body, id=Ids.BODY, **keeps),
            accuracy_badge(workspace.accuracy()),
            html.Div(
                html.Button(
                    "全体の集計表を Excel で保存",
                    id=Ids.DOWNLOAD_BUTTON,
                    className="button outline",
                    type="button",
                ),
                className="foot",
            ),
            dcc.Download(id=Ids.DOWNLOAD),
            *sight_stores(Ids.VISITED, Ids.KEPT),
        ],
        className="overview",
    )


def show_parts(workspace: Workspace, report: Report, search: str | None) -> Shown:
    """Make what follows the filters; once for the same report, filters and earlier survey."""
    query = read_query(search)
    last = workspace.read_last_work(query)
    settings = SETTINGS if has_right(workspace.person(), Right.WHOLE) else ""
    year = workspace.edition().fiscal_year
    of_last = (id(last.tasks), last.fiscal_year) if last else None
    make = lambda: (report, last, _show(report, find_part(workspace, query), last, settings))  # noqa: E731 - keeps both alive, so that their ids stay their own
    key = ("overview", id(report), of_last, query, settings, year)
    return workspace.remember(key, make)[2]


def _show(report: Report, part: Part | None, last: Work | None, settings: str) -> Shown:
    view = view_overview(report, part, last)
    if view is None:
        return Shown([page_head(QUESTION, _tell_nothing(part), Ids.ANSWER), *_way_back(part)], [])
    return Shown(_head(view, part), _body(view, settings))


def _tell_nothing(part: Part | None) -> list[str]:
    count = part.work.tasks.height if part else 0
    if not part or not count:
        return [NOBODY]
    return [f"{part.name}の {count:,} 業務には時間が書かれていないので、割合は出せません。"]


def _head(view: Overview, part: Part | None) -> list[Any]:
    return [
        page_head(QUESTION, view.answer, Ids.ANSWER),
        html.P(view.cost.sentence, className="overview-cost"),
        *([html.P(view.base, className="base"), *_way_back(part)] if view.base else []),
    ]


def _way_back(part: Part | None) -> list[Any]:
    if part is None:
        return []
    return [
        html.P(
            dcc.Link("絞り込みをすべて外す", href=f"{PATH}#{Ids.HEAD}", className="small-action")
        )
    ]


def _filters(report: Report, query: TaskQuery) -> html.Div:
    departments = _names(report, "department")
    staff = [(name, term.label) for name, term in terms.STAFF_TYPES.items()]
    classes = list(terms.SHORT_WORK_CLASSES.items())
    return html.Div(
        [
            html.Div(
                filter_select(Ids.DEPARTMENT, "部", departments, query.department),
                hidden=not departments,
            ),
            filter_select(Ids.DIVISION, "課", _names(report, "division"), query.division),
            filter_select(Ids.STAFF, "職員区分", staff, query.staff_type),
            filter_select(Ids.WORK_CLASS, "業務の性質", classes, query.work_class),
        ],
        className="filters",
        role="group",
        **aria(label="業務の絞り込み"),
    )


def _names(report: Report, column: str) -> list[tuple[str, str]]:
    names = report.tasks[column].drop_nulls().unique(maintain_order=True).to_list()
    return [(name, name) for name in names]


def _body(view: Overview, settings: str) -> list[Any]:
    return [
        html.Div([number_card(figure) for figure in view.figures], className="cards"),
        html.Div(
            [class_section(view.classes), cost_section(view.cost, settings)], className="columns"
        ),
        html.Div(
            [media_section(view.media), *division_section(view)],
            className="columns" if view.divisions else "",
        ),
        html.Div(
            [comparison_section(view.comparison), seal_section(view.seals)], className="columns"
        ),
        top_section(view),
        html.P(view.provenance, className="base"),
    ]
