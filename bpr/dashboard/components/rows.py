"""What every task list does: answer the grid's requests for rows, and ask again when they change."""

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl
from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from bpr.dashboard.shell import URL
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Workspace, read_order


def register_rows(
    app: Dash,
    workspace: Workspace,
    grid_id: str,
    view_rows: Callable[[pl.DataFrame, TaskQuery], list[dict[str, Any]]],
) -> None:
    """Answer the grid with the rows that the address filters and its header sorts."""

    @app.callback(
        Output(grid_id, "getRowsResponse"),
        Input(grid_id, "getRowsRequest"),
        State(URL, "search"),
    )
    def rows(request: dict[str, Any] | None, search: str | None) -> Any:  # noqa: ANN401 - the grid's answer
        if request is None:
            return no_update
        query = TaskQuery.parse(search or "")
        tasks = workspace.list_tasks(query, read_order(request["sortModel"]))
        part = tasks.slice(request["startRow"], request["endRow"] - request["startRow"])
        return {"rowData": view_rows(part, query), "rowCount": tasks.height}


def register_purge(app: Dash, grid_id: str, purged_id: str, causes: Sequence[Input]) -> None:
    """Make the grid ask for its rows again whenever one of the causes changes."""
    app.clientside_callback(
        ClientsideFunction("bpr", "purge"),
        Output(purged_id, "data"),
        *causes,
        State(grid_id, "id"),
        prevent_initial_call=True,
    )
