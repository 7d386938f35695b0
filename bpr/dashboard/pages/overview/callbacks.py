"""概況: what happens on a click."""

from typing import Any

from dash import Dash, Input, Output

from bpr.dashboard.components.download import excel_file
from bpr.dashboard.pages.overview.layout import Ids
from bpr.workspace import Workspace


def register(app: Dash, workspace: Workspace) -> None:
    """Register the page's callbacks on the app."""

    @app.callback(
        Output(Ids.DOWNLOAD, "data"),
        Input(Ids.DOWNLOAD_BUTTON, "n_clicks"),
        prevent_initial_call=True,
    )
    def download(_clicks: int) -> Any:  # noqa: ANN401 - what Download takes
        return excel_file(workspace.export_tables(), "集計表.xlsx")
