"""候補: filters into the address, rows to the grid, the detail, the target list."""

from typing import Any

from dash import Dash, Input, Output, State

from bpr.dashboard.components.download import excel_file
from bpr.dashboard.components.filters import register_filters
from bpr.dashboard.components.rows import register_purge, register_rows
from bpr.dashboard.pages.candidates.layout import Ids, detail_panel, save_label
from bpr.dashboard.pages.candidates.view import ranked_ids, view_answer, view_detail, view_rows
from bpr.dashboard.shell import URL
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Workspace


def register(app: Dash, workspace: Workspace) -> None:
    """Register the page's callbacks on the app."""
    register_filters(
        app,
        {
            "text": Ids.TEXT,
            "lever": Ids.LEVER,
            "division": Ids.DIVISION,
            "work_class": Ids.WORK_CLASS,
        },
    )

    @app.callback(Output(Ids.ANSWER, "children"), Input(URL, "search"), prevent_initial_call=True)
    def answer(search: str) -> Any:  # noqa: ANN401 - Dash children
        return view_answer(workspace.list_tasks(TaskQuery.parse(search)))

    register_rows(app, workspace, Ids.GRID, view_rows)
    register_purge(app, Ids.GRID, Ids.PURGED, [Input(URL, "search")])

    @app.callback(
        Output(Ids.DETAIL, "children"), Input(Ids.GRID, "eventData"), prevent_initial_call=True
    )
    def detail(event: dict[str, Any]) -> Any:  # noqa: ANN401 - Dash children
        return detail_panel(view_detail(workspace.report(), str(event["data"]["task_id"])))

    @app.callback(
        Output(Ids.SAVE, "children"),
        Output(Ids.SAVE, "disabled"),
        Input(Ids.GRID, "selectedRows"),
        prevent_initial_call=True,
    )
    def label(chosen: list[dict[str, Any]] | None) -> tuple[str, bool]:
        return save_label(len(chosen or [])), not chosen

    @app.callback(
        Output(Ids.DOWNLOAD, "data"),
        Input(Ids.SAVE, "n_clicks"),
        State(Ids.GRID, "selectedRows"),
        prevent_initial_call=True,
    )
    def save(_clicks: int, chosen: list[dict[str, Any]] | None) -> Any:  # noqa: ANN401 - what Download takes
        ids = ranked_ids(workspace.report(), [str(row["task_id"]) for row in chosen or []])
        return excel_file(workspace.export_target_list(ids), "BPR対象業務一覧.xlsx")
