"""KPI: the address to what is shown, the form to what is kept, buttons to files."""

from typing import Any, Final

from dash import Dash, Input, Output, State, no_update

from bpr.dashboard.components.download import register_book
from bpr.dashboard.components.sight import pressed, register_sight
from bpr.dashboard.notices import show_done
from bpr.dashboard.pages.kpi.actions import BOOK, enter_figure
from bpr.dashboard.pages.kpi.ids import Ids
from bpr.dashboard.pages.kpi.layout import show_parts
from bpr.dashboard.pages.kpi.query import PATH
from bpr.dashboard.shell import URL
from bpr.workspace import Workspace

_PARTS: Final = (Ids.HEAD, Ids.BODY, Ids.FORM)
_FIELDS: Final = (Ids.KIND, Ids.YEAR, Ids.VALUE, Ids.BASE, Ids.PROOF, Ids.NOTE)
_UNCHANGED: Final = (no_update, no_update, no_update)


def register(app: Dash, workspace: Workspace) -> None:
    """Register the page's callbacks on the app."""
    _register_sight(app, workspace)
    _register_form(app, workspace)
    register_book(app, Ids.EXCEL, Ids.DOWNLOAD, lambda _: workspace.export_kpi(), BOOK)


def _show(workspace: Workspace, search: str | None) -> tuple[Any, Any, Any]:
    shown = show_parts(workspace, search)
    return shown.head, shown.body, shown.form


def _register_sight(app: Dash, workspace: Workspace) -> None:
    """What is shown follows the address."""

    @app.callback(
        *(Output(part, "children") for part in _PARTS),
        Input(URL, "search"),
        State(URL, "pathname"),
        prevent_initial_call=True,
    )
    def show(search: str | None, path: str | None) -> tuple[Any, Any, Any]:
        return _show(workspace, search) if path == PATH else _UNCHANGED

    register_sight(app, Ids.VISITED, Ids.BODY, Ids.KEPT, [Ids.BODY, Ids.FORM])


def _register_form(app: Dash, workspace: Workspace) -> None:
    """A person enters a figure; everything that it changes comes in one answer with the notice."""

    @app.callback(
        *(Output(part, "children", allow_duplicate=True) for part in _PARTS),
        Input(Ids.ENTER, "n_clicks"),
        State(URL, "search"),
        *(State(field, "value") for field in _FIELDS),
        prevent_initial_call=True,
    )
    def enter(_clicks: int | None, search: str | None, *typed: str | None) -> tuple[Any, Any, Any]:
        if not pressed():
            return _UNCHANGED
        show_done(enter_figure(workspace, search, *typed))
        return _show(workspace, search)
