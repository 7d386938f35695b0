"""候補: the page - the answer, the filters, the ranking, the explanation of one task."""

from dataclasses import replace
from typing import Any

import dash_ag_grid as dag
import dash_mantine_components as dmc
import polars as pl
from dash import dcc, html

from bpr import terms
from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.cards import answer_lines, page_head
from bpr.dashboard.components.empty import empty_state
from bpr.dashboard.components.explain import explain_row
from bpr.dashboard.components.filters import filter_select, filter_text
from bpr.dashboard.components.grid import task_grid
from bpr.dashboard.components.sight import sight_stores
from bpr.dashboard.components.ways import Way, way_links
from bpr.dashboard.pages.candidates.deciding import (
    decide_bar,
    find_taken,
    mark_taken,
    taken_part,
)
from bpr.dashboard.pages.candidates.detail import Detail, Known, view_detail
from bpr.dashboard.pages.candidates.ids import PATH, Ids
from bpr.dashboard.pages.candidates.matrix import view_matrix
from bpr.dashboard.pages.candidates.matrix_part import TITLE as MATRIX_TITLE
from bpr.dashboard.pages.candidates.matrix_part import matrix_parts
from bpr.dashboard.pages.candidates.panel import detail_panel
from bpr.dashboard.pages.candidates.view import view_answer, view_excesses, view_rows
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import STANDARD, Workspace

QUESTION = "どの業務から手を付けるか"
_WORDS = (
    "ai_ocr",
    "rpa",
    "outsourcing",
    "suitability",
    "saving",
    "rank_range",
    "certainty",
    "weight",
    "split",
)
MATRIX = "matrix"
ROW_HEIGHT = 88
_KEEPS: dict[str, Any] = {"data-keeps-focus": "true"}
COLUMNS: list[dict[str, Any]] = [
    {"field": "rank", "headerName": "順位（幅）", "cellRenderer": "RankCell", "width": 80},
    {
        "field": "task_name",
        "headerName": "業務",
        "cellRenderer": "TaskCell",
        "minWidth": 170,
        "flex": 3,
    },
    {"field": "best_lever", "headerName": "手段", "cellRenderer": "LeverCell", "width": 124},
    {
        "field": "score",
        "headerName": "適性（幅）",
        "cellRenderer": "ScoreCell",
        "width": 96,
        "sortable": False,
    },
    {"field": "annual_hours", "headerName": "時間／年", "type": "rightAligned", "width": 64},
    {"field": "saving_hours", "headerName": "削減見込／年", "type": "rightAligned", "width": 90},
    {
        "field": "certainty",
        "headerName": "確からしさ",
        "cellRenderer": "CertaintyCell",
        "width": 88,
        "sortable": False,
    },
]


def render(workspace: Workspace, search: str) -> Any:  # noqa: ANN401 - a Dash component
    """Lay out the ranking for the filters in the address."""
    if not workspace.report().tasks.height:
        return empty_state(QUESTION)
    query = TaskQuery.parse(search)
    _, notice, ways, _ = head_parts(workspace, query)
    panel, shown = shown_detail(workspace, query, query.task)
    return html.Div(
        [
            page_head(QUESTION, _answer(workspace, query), Ids.ANSWER),
            html.Div(notice, id=Ids.NOTICE),
            _filters(workspace, query),
            *decide_bar(workspace),
            html.Div(
                [
                    html.Div(view_links(query), id=Ids.VIEWS),
                    html.Div(ways, id=Ids.WAYS, className="ways-to"),
                    *_save_buttons(),
                ],
                className="candidate-actions",
            ),
            explain_row("candidates", _WORDS),
            html.Div(
                [
                    html.Div(
                        _grid(),
                        id=Ids.LISTED,
                        className="card grid-card",
                        role="region",
                        hidden=query.view == MATRIX,
                        **aria(label="候補の一覧。矢印キーで動き、スペースキーで選びます。"),
                    ),
                    html.Div(
                        shown_matrix(workspace, query), id=Ids.MATRIX, tabIndex="-1", **_KEEPS
                    ),
                    html.Section(
                        panel,
                        id=Ids.DETAIL,
                        className="card detail",
                        tabIndex="0",
                        **aria(live="polite", label="選んだ業務の内訳"),
                    ),
                ],
                className="columns with-detail candidates",
            ),
            dcc.Download(id=Ids.DOWNLOAD),
            dcc.Store(id=Ids.SHOWN, data=shown),
            dcc.Store(id=Ids.PURGED),
            *sight_stores(Ids.VISITED, Ids.KEPT),
        ]
    )


def head_parts(
    workspace: Workspace, query: TaskQuery
) -> tuple[list[Any], list[Any], list[Any], str]:
    """What follows the address: answer, notice where it is too good, ways onward, name of weights."""
    return (
        answer_lines(_answer(workspace, query)),
        _notice(workspace, query),
        _ways(workspace, query),
        _unnamed(workspace, query),
    )


def _unnamed(workspace: Workspace, query: TaskQuery) -> str:
    """What the choice of weights says while no kept set is chosen."""
    return workspace.read_opinion(replace(query, weight_set="")).label


def _answer(workspace: Workspace, query: TaskQuery) -> list[str]:
    sensitivity = workspace.sensitivity(workspace.read_opinion(query))
    return view_answer(workspace.list_tasks(query), sensitivity)


def _notice(workspace: Workspace, query: TaskQuery) -> list[Any]:
    excesses = view_excesses(workspace.realism(workspace.read_opinion(query)))
    if not excesses:
        return []
    return [
        html.Details(
            [
                html.Summary([html.B("注意　"), "".join(one.short for one in excesses)]),
                *(part for one in excesses for part in (html.P(one.message), html.P(one.source))),
            ],
            className="too-good",
        )
    ]


def _ways(workspace: Workspace, query: TaskQuery) -> list[Any]:
    """Links that carry the weights; whose weights these are, where they are not the standard."""
    weights = TaskQuery(weight_set=query.weight_set, weights=query.weights).to_query()
    opinion = workspace.read_opinion(query)
    links = [
        dcc.Link("重みを試す", href=f"/weights{weights}", className="button outline"),
        dcc.Link("組合せを選ぶ", href=f"/portfolio{weights}", className="button outline"),
    ]
    if opinion.label == STANDARD:
        return links
    standard = replace(query, weight_set="", weights="").to_query()
    back = dcc.Link(f"{STANDARD}に戻す", href=f"{PATH}{standard}", className="small-action")
    told = html.Span(["重み：", html.B(opinion.label), back])
    return [*links, told]


def _filters(workspace: Workspace, query: TaskQuery) -> html.Div:
    levers = [(name, term.label) for name, term in terms.LEVERS.items()]
    classes = list(terms.SHORT_WORK_CLASSES.items())
    certainties = [(name, term.label) for name, term in terms.CERTAINTIES.items()]
    divisions = [(name, name) for name in workspace.list_divisions()]
    return html.Div(
        [
            filter_text(Ids.TEXT, "探す", query.text),
            filter_select(Ids.LEVER, "手段", levers, query.lever),
            filter_select(Ids.DIVISION, "課", divisions, query.division),
            filter_select(Ids.WORK_CLASS, "業務の性質", classes, query.work_class),
            filter_select(Ids.CERTAINTY, "確からしさ", certainties, query.certainty),
            _weights_select(workspace, query),
        ],
        className="filters candidate-filters",
    )


def _weights_select(workspace: Workspace, query: TaskQuery) -> dmc.Select:
    """Choice among the kept weight sets; cleared means the standard weights."""
    kept = workspace.list_weight_sets()
    sets = {f"{one.name}@{one.version}": f"{one.name}（第 {one.version} 版）" for one in kept}
    if query.weight_set:
        sets.setdefault(query.weight_set, workspace.read_opinion(query).label)
    select = filter_select(Ids.WEIGHTS, "重み", list(sets.items()), query.weight_set)
    select.placeholder = _unnamed(workspace, query)
    select.nothingFoundMessage = "保存した重みはありません"
    return select


def _save_buttons() -> list[html.Button]:
    calculate, save, disabled = button_labels(0)
    return [
        html.Button(calculate, id=Ids.CALCULATE, className="button outline", type="button"),
        html.Button(save, id=Ids.SAVE, className="button", disabled=disabled, type="button"),
    ]


def button_labels(count: int) -> tuple[str, str, bool]:
    """Words on the two buttons for so many ticked tasks; without any, only one task can be saved."""
    if not count:
        return "この業務の計算書（Excel）", "業務を選ぶと Excel で保存", True
    return f"選んだ {count} 業務の計算書（Excel）", f"選んだ {count} 業務を Excel で保存", False


def _grid() -> dag.AgGrid:
    grid = task_grid(Ids.GRID, COLUMNS, many=True)
    ticks = grid.dashGridOptions["selectionColumnDef"] | {"width": 52}
    grid.dashGridOptions |= {"rowHeight": ROW_HEIGHT, "selectionColumnDef": ticks}
    return grid


def shown_rows(workspace: Workspace, tasks: pl.DataFrame, query: TaskQuery) -> list[dict[str, Any]]:
    """Rows of the grid for some tasks of the ranking."""
    opinion = workspace.read_opinion(query)
    rows = view_rows(tasks, workspace.ranked(opinion), workspace.sensitivity(opinion))
    return mark_taken(rows, find_taken(workspace))


def shown_detail(workspace: Workspace, query: TaskQuery, wanted: str) -> tuple[list[Any], str]:
    """The explanation of the wanted task (else of the first in the list), and its id."""
    listed = workspace.report().tasks["task_id"]
    shown = wanted if wanted in listed else _first(workspace, query)
    heading, *rest = detail_panel(read_detail(workspace, query, shown) if shown else None)
    if shown == query.task:
        heading = html.Div(heading, id=Ids.OPENED, tabIndex="-1")
    return [heading, *taken_part(find_taken(workspace).get(shown)), *rest], shown


def view_links(query: TaskQuery) -> html.Nav:
    """The two ways to look at the same tasks."""
    views = [
        Way(label, f"{PATH}{query.with_(view=view).to_query()}", query.view == view)
        for view, label in (("", "一覧"), (MATRIX, MATRIX_TITLE))
    ]
    return way_links("見方", views)


def shown_matrix(workspace: Workspace, query: TaskQuery) -> list[Any]:
    """Effect × ease of the filtered tasks; nothing while the list is looked at."""
    if query.view != MATRIX:
        return []
    opinion = workspace.read_opinion(query)
    view = view_matrix(
        workspace.list_tasks(query),
        workspace.ranked(opinion),
        workspace.sensitivity(opinion),
        query,
    )
    return [html.Section(matrix_parts(view), className="card matrix")]


def read_detail(workspace: Workspace, query: TaskQuery, task_id: str) -> Detail:
    """Everything that the workspace knows of one task under the weights of the address."""
    opinion = workspace.read_opinion(query)
    report = workspace.ranked(opinion)
    lever = report.tasks.filter(task_id=task_id)["best_lever"].item()
    return view_detail(
        Known(
            task_id=task_id,
            report=report,
            sensitivity=workspace.sensitivity(opinion),
            explanation=workspace.explain(task_id, opinion),
            questions=workspace.questions(opinion),
            cases=workspace.near_cases(task_id),
            means=workspace.list_means(task_id),
            pitfalls=workspace.list_pitfalls(task_id, lever),
        )
    )


def _first(workspace: Workspace, query: TaskQuery) -> str:
    tasks = workspace.list_tasks(query)
    return str(tasks["task_id"][0]) if tasks.height else ""
