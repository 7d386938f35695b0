"""比較: the address to what is shown, clicks to words on pairs and to files."""

from functools import partial
from typing import Any, Final

from dash import ALL, Dash, Input, Output, State, ctx, no_update

from bpr.dashboard.components.cards import answer_lines
from bpr.dashboard.components.download import excel_file, register_book
from bpr.dashboard.components.sight import pressed, register_sight
from bpr.dashboard.notices import show_done
from bpr.dashboard.pages.compare import actions
from bpr.dashboard.pages.compare.ids import Ids, Parts
from bpr.dashboard.pages.compare.layout import show_query
from bpr.dashboard.shell import URL
from bpr.workspace import Workspace

_UNCHANGED: Final = (no_update, no_update)


def register(app: Dash, workspace: Workspace) -> None:
    """Register the page's callbacks on the app."""
    _register_sight(app, workspace)
    _register_links(app, workspace)
    _register_towns(app, workspace)


def _outputs() -> list[Output]:
    """Return what every word makes anew, in one answer with its notice."""
    return [Output(part, "children", allow_duplicate=True) for part in (Ids.ANSWER, Ids.BODY)]


def _show(workspace: Workspace, search: str | None) -> tuple[Any, Any]:
    shown = show_query(workspace, search or "")
    return answer_lines(shown.answer), shown.body


def _register_sight(app: Dash, workspace: Workspace) -> None:
    """What is shown follows the address, and the address what is chosen."""

    @app.callback(
        Output(Ids.ANSWER, "children"),
        Output(Ids.BODY, "children"),
        Input(URL, "search"),
        prevent_initial_call=True,
    )
    def show(search: str | None) -> tuple[Any, Any]:
        if ctx.triggered_id is None:
            return _UNCHANGED
        return _show(workspace, search)

    @app.callback(
        Output(URL, "search", allow_duplicate=True),
        Input(Ids.BEFORE, "value"),
        Input(Ids.AFTER, "value"),
        Input(Ids.DIVISION, "value"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def choose(before: str | None, after: str | None, division: str | None, search: str) -> Any:  # noqa: ANN401 - no_update
        if ctx.triggered_id is None:
            return no_update
        query = actions.choose_years(workspace, search, before, after, division)
        return no_update if query is None else query.to_query()

    register_sight(app, Ids.VISITED, Ids.BODY, Ids.KEPT, [Ids.BODY])


def _register_links(app: Dash, workspace: Workspace) -> None:
    """A person says whether two tasks are the same work, pair by pair or for a whole division."""

    @app.callback(
        _outputs(),
        Input({"type": Parts.SAME.value, "of": ALL}, "n_clicks"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def same(_clicks: list[int | None], search: str) -> tuple[Any, Any]:
        if not pressed():
            return _UNCHANGED
        show_done(actions.say_same(workspace, search, ctx.triggered_id["of"], same=True))
        return _show(workspace, search)

    @app.callback(
        _outputs(),
        Input({"type": Parts.OTHER.value, "of": ALL}, "n_clicks"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def other(_clicks: list[int | None], search: str) -> tuple[Any, Any]:
        if not pressed():
            return _UNCHANGED
        show_done(actions.say_same(workspace, search, ctx.triggered_id["of"], same=False))
        return _show(workspace, search)

    @app.callback(
        _outputs(),
        Input(Ids.CONFIRM_ALL, "n_clicks"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def confirm_all(_clicks: int | None, search: str) -> tuple[Any, Any]:
        if not pressed():
            return _UNCHANGED
        show_done(actions.confirm_division(workspace, search))
        return _show(workspace, search)

    make = partial(actions.export_years, workspace)
    register_book(app, Ids.EXCEL, Ids.DOWNLOAD, make, "前年度との比較.xlsx")


def _register_towns(app: Dash, workspace: Workspace) -> None:
    """Exchange files go out and come in."""

    @app.callback(
        Output(Ids.DOWNLOAD, "data", allow_duplicate=True),
        Input(Ids.EXPORT, "n_clicks"),
        State(Ids.POPULATION, "value"),
        prevent_initial_call=True,
    )
    def export(_clicks: int | None, population: str | None) -> Any:  # noqa: ANN401 - what Download takes
        data = actions.export_exchange(workspace, population) if pressed() else None
        return excel_file(data, "交換ファイル.xlsx") if data else no_update

    @app.callback(
        _outputs(),
        Input(Ids.UPLOAD, "contents"),
        State(Ids.TOWN, "value"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def add(content: str | None, town: str | None, search: str) -> tuple[Any, Any]:
        if not content:
            return _UNCHANGED
        show_done(actions.add_town(workspace, town, content))
        return _show(workspace, search)

    @app.callback(
        _outputs(),
        Input({"type": Parts.WITHDRAW.value, "of": ALL}, "n_clicks"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def withdraw(_clicks: list[int | None], search: str) -> tuple[Any, Any]:
        if not pressed():
            return _UNCHANGED
        show_done(actions.withdraw_town(workspace, ctx.triggered_id["of"]))
        return _show(workspace, search)
