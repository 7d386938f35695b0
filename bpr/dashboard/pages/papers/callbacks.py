"""資料: a button to its file; it waits, and says so, while the file is made."""

from typing import Any

from dash import MATCH, Dash, Input, Output, ctx, no_update

from bpr.dashboard.components.sight import pressed
from bpr.dashboard.pages.papers.ids import Parts
from bpr.dashboard.pages.papers.making import make_paper
from bpr.workspace import Workspace


def register(app: Dash, workspace: Workspace) -> None:
    """Register the page's callback on the app."""
    make, file, wait, told = ({"type": kind.value, "of": MATCH} for kind in Parts)

    @app.callback(
        Output(file, "data"),
        Output(told, "children"),
        Input(make, "n_clicks"),
        running=[
            (Output(make, "disabled"), True, False),
            (Output(wait, "children"), "作成しています。数秒から数十秒かかります…", ""),
            (Output(told, "hidden"), True, False),
        ],
        prevent_initial_call=True,
    )
    def save(_clicks: int | None) -> tuple[Any, Any]:
        if not pressed() or ctx.triggered_id is None:
            return no_update, no_update
        made = make_paper(workspace, str(ctx.triggered_id["of"]))
        return made.file, made.told
