"""設定: the address to what is shown, buttons to unit costs, accounts, the check and the file."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from dash import Dash, Input, Output, State, ctx, html, no_update

from bpr.dashboard.components.cards import answer_lines
from bpr.dashboard.components.download import register_book
from bpr.dashboard.components.sight import pressed, register_sight
from bpr.dashboard.notices import show_done
from bpr.dashboard.pages.settings import actions
from bpr.dashboard.pages.settings.accounts_part import Issued
from bpr.dashboard.pages.settings.actions import Done
from bpr.dashboard.pages.settings.ids import Ids
from bpr.dashboard.pages.settings.layout import show_query
from bpr.dashboard.pages.settings.query import PATH
from bpr.dashboard.shell import URL
from bpr.workspace import Workspace

_UNCHANGED: Final = (no_update, no_update)
_FILTERS: Final = (Ids.WHO, Ids.ACTION, Ids.TEXT, Ids.FIRST, Ids.LAST)
_COST: Final = (Ids.COST_LOW, Ids.COST_MIDDLE, Ids.COST_HIGH, Ids.COST_KIND, Ids.COST_SOURCE)
_NEW: Final = (Ids.NEW_NAME, Ids.NEW_DISPLAY, Ids.NEW_ROLE, Ids.NEW_DIVISION, Ids.NEW_LOGIN)


def register(app: Dash, workspace: Workspace) -> None:
    """Register the page's callbacks on the app."""
    _register_sight(app, workspace)
    _register_buttons(app, workspace)
    _register_log(app, workspace)


def _show(
    workspace: Workspace, search: str | None, issued: Issued | None = None
) -> tuple[Any, Any]:
    shown = show_query(workspace, search, issued)
    return answer_lines(shown.answer), shown.body


def _register_sight(app: Dash, workspace: Workspace) -> None:
    """What is shown follows the address."""

    @app.callback(
        Output(Ids.ANSWER, "children"),
        Output(Ids.BODY, "children"),
        Input(URL, "search"),
        State(URL, "pathname"),
        prevent_initial_call=True,
    )
    def show(search: str | None, path: str | None) -> tuple[Any, Any]:
        return _show(workspace, search) if path == PATH else _UNCHANGED

    register_sight(app, Ids.VISITED, Ids.BODY, Ids.KEPT, [Ids.BODY])


def _register_buttons(app: Dash, workspace: Workspace) -> None:
    """Each button does one thing, with what stands in its fields; the page is made anew."""
    buttons: dict[Ids, tuple[Callable[..., Done], tuple[Ids, ...]]] = {
        Ids.COST_SET: (actions.set_cost, _COST),
        Ids.COST_RESTORE: (actions.restore_cost, ()),
        Ids.ADD: (actions.add_account, _NEW),
        Ids.CHANGE_ROLE: (actions.change_role, (Ids.ROLE, Ids.DIVISION)),
        Ids.RESET: (actions.reset_password, ()),
        Ids.DISABLE: (actions.toggle_account, ()),
    }
    for button, (act, fields) in buttons.items():
        _register_button(app, workspace, button, act, fields)


def _register_button(
    app: Dash,
    workspace: Workspace,
    button: Ids,
    act: Callable[..., Done],
    fields: tuple[Ids, ...],
) -> None:
    @app.callback(
        *(Output(part, "children", allow_duplicate=True) for part in (Ids.ANSWER, Ids.BODY)),
        Input(button, "n_clicks"),
        State(URL, "search"),
        *(State(field, "value") for field in fields),
        prevent_initial_call=True,
    )
    def press(_clicks: int | None, search: str | None, *typed: str | None) -> tuple[Any, Any]:
        if not pressed():
            return _UNCHANGED
        done = act(workspace, search, *typed)
        show_done(done.told)
        return _show(workspace, search, done.issued)


def _register_log(app: Dash, workspace: Workspace) -> None:
    """Filters go into the address; the seals are checked; the rows go out."""

    @app.callback(
        Output(URL, "search", allow_duplicate=True),
        *(Input(one, "value") for one in _FILTERS),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def choose(*given: str | None) -> Any:  # noqa: ANN401 - no_update
        if ctx.triggered_id is None:
            return no_update
        query = actions.filter_log(given[-1], *given[:-1])
        return no_update if query is None else query.to_query()

    @app.callback(
        Output(Ids.VERIFIED, "children"), Input(Ids.VERIFY, "n_clicks"), prevent_initial_call=True
    )
    def verify(_clicks: int | None) -> Any:  # noqa: ANN401 - a Dash component
        return html.P(actions.verify_log(workspace)) if pressed() else no_update

    make = partial(actions.export_log, workspace)
    register_book(app, Ids.EXPORT, Ids.DOWNLOAD, make, "監査記録.xlsx")
