"""概況: filters and the address, what follows them, the tables as a file."""

from typing import Any

from dash import Dash, Input, Output, State, no_update

from bpr.dashboard.components.download import register_book
from bpr.dashboard.components.filters import register_filters
from bpr.dashboard.components.sight import register_sight
from bpr.dashboard.pages.overview.ids import Ids
from bpr.dashboard.pages.overview.layout import show_parts
from bpr.dashboard.pages.overview.query import PATH
from bpr.dashboard.shell import URL
from bpr.workspace import Workspace


def register(app: Dash, workspace: Workspace) -> None:
    """Register the page's callbacks on the app."""
    register_filters(
        app,
        {
            "department": Ids.DEPARTMENT,
            "division": Ids.DIVISION,
            "staff_type": Ids.STAFF,
            "work_class": Ids.WORK_CLASS,
        },
    )

    @app.callback(
        Output(Ids.HEAD, "children"),
        Output(Ids.BODY, "children"),
        Input(URL, "search"),
        State(URL, "pathname"),
        prevent_initial_call=True,
    )
    def show(search: str | None, path: str | None) -> tuple[Any, Any]:
        if path != PATH:
            return no_update, no_update
        shown = show_parts(workspace, workspace.report(), search)
        return shown.head, shown.body

    register_sight(app, Ids.VISITED, Ids.BODY, Ids.KEPT, [Ids.HEAD, Ids.BODY])

    register_book(
        app, Ids.DOWNLOAD_BUTTON, Ids.DOWNLOAD, lambda _: workspace.export_tables(), "集計表.xlsx"
    )
