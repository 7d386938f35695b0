"""Where a person looks: the section that the address names, and the focus when a part is made anew."""

from collections.abc import Sequence

from dash import ClientsideFunction, Dash, Input, Output, ctx, dcc

from bpr.dashboard.shell import URL


def pressed() -> bool:
    """Whether somebody pressed a button, and not only put one on the page."""
    return any(one["value"] for one in ctx.triggered)


def sight_stores(visited_id: str, kept_id: str) -> list[dcc.Store]:
    """What a page with `register_sight` holds at its end."""
    return [dcc.Store(id=visited_id), dcc.Store(id=kept_id)]


def register_sight(
    app: Dash, visited_id: str, detail_id: str, kept_id: str, parts: Sequence[str]
) -> None:
    """Go to the named section once `detail_id` is there; keep the focus when `parts` change."""
    app.clientside_callback(
        ClientsideFunction("bpr", "visit"),
        Output(visited_id, "data"),
        Input(detail_id, "children"),
        Input(URL, "hash"),
    )
    app.clientside_callback(
        ClientsideFunction("bpr", "keepFocus"),
        Output(kept_id, "data"),
        *(Input(part, "children") for part in parts),
    )
