"""候補: filters into the address, rows to the grid, effect × ease, the explanation, the workbooks."""

from typing import Any

from dash import Dash, Input, Output, State, ctx, no_update

from bpr.dashboard.components.download import excel_file
from bpr.dashboard.components.filters import register_filters
from bpr.dashboard.components.rows import register_purge, register_rows
from bpr.dashboard.components.sight import pressed, register_sight
from bpr.dashboard.pages.candidates.deciding import decide_label, decide_tasks
from bpr.dashboard.pages.candidates.ids import PATH, Ids
from bpr.dashboard.pages.candidates.layout import (
    MATRIX,
    button_labels,
    head_parts,
    shown_detail,
    shown_matrix,
    shown_rows,
    view_links,
)
from bpr.dashboard.pages.candidates.view import ranked_ids
from bpr.dashboard.shell import URL
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Workspace

_FILTERS = {
    "text": Ids.TEXT,
    "lever": Ids.LEVER,
    "division": Ids.DIVISION,
    "work_class": Ids.WORK_CLASS,
    "certainty": Ids.CERTAINTY,
    "weight_set": Ids.WEIGHTS,
}


def register(app: Dash, workspace: Workspace) -> None:
    """Register the page's callbacks on the app."""
    register_filters(app, _FILTERS)
    _register_list(app, workspace)
    _register_detail(app, workspace)
    _register_matrix(app, workspace)
    _register_downloads(app, workspace)
    _register_deciding(app, workspace)


def _register_list(app: Dash, workspace: Workspace) -> None:
    @app.callback(
        Output(Ids.ANSWER, "children"),
        Output(Ids.NOTICE, "children"),
        Output(Ids.WAYS, "children"),
        Output(Ids.WEIGHTS, "placeholder"),
        Input(URL, "search"),
        prevent_initial_call=True,
    )
    def head(search: str | None) -> tuple[list[Any], list[Any], list[Any], str]:
        return head_parts(workspace, TaskQuery.parse(search or ""))

    register_rows(
        app, workspace, Ids.GRID, lambda tasks, query: shown_rows(workspace, tasks, query)
    )
    register_purge(app, Ids.GRID, Ids.PURGED, [Input(URL, "search"), Input(Ids.DECIDED, "data")])


def _register_detail(app: Dash, workspace: Workspace) -> None:
    @app.callback(
        Output(Ids.DETAIL, "children"),
        Output(Ids.SHOWN, "data"),
        Input(Ids.GRID, "eventData"),
        Input(URL, "search"),
        Input(Ids.DECIDED, "data"),
        State(Ids.SHOWN, "data"),
        prevent_initial_call=True,
    )
    def detail(
        event: dict[str, Any] | None,
        search: str | None,
        _decided: list[int] | None,
        shown: str | None,
    ) -> tuple[list[Any], str]:
        query = TaskQuery.parse(search or "")
        return shown_detail(workspace, query, _wanted(event, query, shown or ""))


def _wanted(event: dict[str, Any] | None, query: TaskQuery, shown: str) -> str:
    """The task that was pointed at last: in the list, or by the address; else the one shown."""
    pointed = str(event["data"]["task_id"]) if event else ""
    if ctx.triggered_id == Ids.DECIDED:
        return shown
    return pointed if ctx.triggered_id == Ids.GRID and pointed else query.task or pointed


def _register_matrix(app: Dash, workspace: Workspace) -> None:
    """The list and effect × ease take turns; a dot leads to its task."""

    @app.callback(
        Output(Ids.MATRIX, "children"),
        Output(Ids.LISTED, "hidden"),
        Output(Ids.VIEWS, "children"),
        Input(URL, "search"),
        State(URL, "pathname"),
        prevent_initial_call=True,
    )
    def matrix(search: str | None, path: str | None) -> tuple[Any, Any, Any]:
        if path != PATH:
            return no_update, no_update, no_update
        query = TaskQuery.parse(search or "")
        return shown_matrix(workspace, query), query.view == MATRIX, view_links(query)

    @app.callback(
        Output(URL, "search", allow_duplicate=True),
        Input(Ids.MATRIX_CHART, "clickData"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def open_dot(clicked: dict[str, Any] | None, search: str | None) -> Any:  # noqa: ANN401 - no_update
        query = TaskQuery.parse(search or "")
        return (
            query.with_(task=clicked["points"][0]["customdata"]).to_query()
            if clicked
            else no_update
        )

    register_sight(app, Ids.VISITED, Ids.DETAIL, Ids.KEPT, [Ids.MATRIX])


def _register_downloads(app: Dash, workspace: Workspace) -> None:
    @app.callback(
        Output(Ids.CALCULATE, "children"),
        Output(Ids.SAVE, "children"),
        Output(Ids.SAVE, "disabled"),
        Input(Ids.GRID, "selectedRows"),
        prevent_initial_call=True,
    )
    def labels(chosen: list[dict[str, Any]] | None) -> tuple[str, str, bool]:
        return button_labels(len(chosen or []))

    @app.callback(
        Output(Ids.DOWNLOAD, "data"),
        Input(Ids.SAVE, "n_clicks"),
        State(Ids.GRID, "selectedRows"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def save(_clicks: int, chosen: list[dict[str, Any]] | None, search: str | None) -> Any:  # noqa: ANN401 - what Download takes
        opinion = workspace.read_opinion(TaskQuery.parse(search or ""))
        ids = ranked_ids(workspace.ranked(opinion).tasks, _task_ids(chosen))
        return excel_file(workspace.export_target_list(ids, opinion), "BPR対象業務一覧.xlsx")

    @app.callback(
        Output(Ids.DOWNLOAD, "data", allow_duplicate=True),
        Input(Ids.CALCULATE, "n_clicks"),
        State(Ids.GRID, "selectedRows"),
        State(Ids.SHOWN, "data"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def calculate(
        _clicks: int, chosen: list[dict[str, Any]] | None, shown: str, search: str | None
    ) -> Any:  # noqa: ANN401 - what Download takes
        opinion = workspace.read_opinion(TaskQuery.parse(search or ""))
        ids = ranked_ids(workspace.ranked(opinion).tasks, _task_ids(chosen) or [shown])
        return excel_file(workspace.export_calculation(ids, opinion), "計算書.xlsx")


def _register_deciding(app: Dash, workspace: Workspace) -> None:
    """The ticked tasks become BPR targets; without any, the one that is explained."""

    @app.callback(
        Output(Ids.DECIDE, "children"),
        Input(Ids.GRID, "selectedRows"),
        prevent_initial_call=True,
    )
    def label(chosen: list[dict[str, Any]] | None) -> str:
        return decide_label(len(chosen or []))

    @app.callback(
        Output(Ids.DECIDED, "data"),
        Output(Ids.GRID, "selectedRows"),
        Input(Ids.DECIDE, "n_clicks"),
        State(Ids.GRID, "selectedRows"),
        State(Ids.SHOWN, "data"),
        State(URL, "search"),
        State(Ids.DONE_BY, "value"),
        State(Ids.OWNER, "value"),
        prevent_initial_call=True,
    )
    def decide(
        _clicks: int | None,
        chosen: list[dict[str, Any]] | None,
        shown: str,
        search: str | None,
        done_by: str | None,
        owner: str | None,
    ) -> tuple[Any, Any]:
        if not pressed():
            return no_update, no_update
        ids = _task_ids(chosen) or [shown]
        return decide_tasks(workspace, ids, search, done_by, owner), []


def _task_ids(chosen: list[dict[str, Any]] | None) -> list[str]:
    return [str(row["task_id"]) for row in chosen or []]
