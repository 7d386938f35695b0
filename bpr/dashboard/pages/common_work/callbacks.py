"""共通業務: the address to what is shown, clicks to words on groups, the list to a file."""

from typing import Any, Final

from dash import Dash, Input, Output, State, ctx, no_update

from bpr.dashboard.components.cards import answer_lines
from bpr.dashboard.components.download import register_book
from bpr.dashboard.components.sight import pressed, register_sight
from bpr.dashboard.notices import show_done
from bpr.dashboard.pages.common_work.detail import found_tasks
from bpr.dashboard.pages.common_work.group import task_lines
from bpr.dashboard.pages.common_work.ids import Ids
from bpr.dashboard.pages.common_work.layout import answer, detail_parts, known_query, list_parts
from bpr.dashboard.pages.common_work.query import CommonQuery
from bpr.dashboard.shell import URL
from bpr.workspace import FOUND, Workspace

_UNCHANGED: Final = (no_update, no_update, no_update)


def register(app: Dash, workspace: Workspace) -> None:
    """Register the page's callbacks on the app."""
    _register_sight(app, workspace)
    _register_group(app, workspace)
    _register_tasks(app, workspace)


def _outputs() -> list[Output]:
    """Return what every word on a group makes anew, in one answer with its notice.

    Were it two answers, a person could check a task on a page that is about to be replaced.
    """
    return [
        Output(part, "children", allow_duplicate=True)
        for part in (Ids.ANSWER, Ids.LIST, Ids.DETAIL)
    ]


def _show(workspace: Workspace, search: str | None) -> tuple[Any, Any, Any]:
    query = known_query(workspace, search or "")
    head = answer_lines(answer(workspace, query))
    return head, list_parts(workspace, query), detail_parts(workspace, query)


def _key(search: str | None) -> str:
    return CommonQuery.parse(search or "").group


def _register_sight(app: Dash, workspace: Workspace) -> None:
    """What is shown follows the address and every change."""

    @app.callback(
        Output(Ids.ANSWER, "children"),
        Output(Ids.LIST, "children"),
        Output(Ids.DETAIL, "children"),
        Input(URL, "search"),
        prevent_initial_call=True,
    )
    def show(search: str | None) -> tuple[Any, Any, Any]:
        if ctx.triggered_id is None:
            return _UNCHANGED
        return _show(workspace, search)

    register_book(
        app, Ids.SAVE, Ids.DOWNLOAD, lambda _: workspace.export_common_work(), "共通業務.xlsx"
    )
    register_sight(app, Ids.VISITED, Ids.DETAIL, Ids.KEPT, [Ids.LIST, Ids.DETAIL])


def _register_group(app: Dash, workspace: Workspace) -> None:
    """A person confirms or renames a group, and takes either back."""

    @app.callback(
        _outputs(),
        Input(Ids.CONFIRM, "n_clicks"),
        Input(Ids.UNCONFIRM, "n_clicks"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def confirm(_yes: int | None, _no: int | None, search: str) -> tuple[Any, Any, Any]:
        if not pressed():
            return _UNCHANGED
        confirmed = ctx.triggered_id == Ids.CONFIRM
        workspace.confirm_group(_key(search), confirmed=confirmed)
        show_done("同じ業務として確認しました。" if confirmed else "確認を取り消しました。")
        return _show(workspace, search)

    @app.callback(
        _outputs(),
        Input(Ids.RENAME, "n_clicks"),
        Input(Ids.OWN_NAME, "n_clicks"),
        State(URL, "search"),
        State(Ids.NAME, "value"),
        prevent_initial_call=True,
    )
    def rename(
        _new: int | None, _own: int | None, search: str, name: str | None
    ) -> tuple[Any, Any, Any]:
        if not pressed():
            return _UNCHANGED
        given = workspace.rename_group(
            _key(search), None if ctx.triggered_id == Ids.OWN_NAME else name
        )
        show_done(f"名前を「{given}」にしました。")
        return _show(workspace, search)


def _register_tasks(app: Dash, workspace: Workspace) -> None:
    """A person takes tasks out of a group, puts them back, finds others and puts them in."""

    @app.callback(
        _outputs(),
        Input(Ids.TAKE_OUT, "n_clicks"),
        State(URL, "search"),
        State(Ids.MEMBERS, "value"),
        State(Ids.REASON, "value"),
        prevent_initial_call=True,
    )
    def take_out(
        _clicks: int | None, search: str, chosen: list[str], reason: str | None
    ) -> tuple[Any, Any, Any]:
        if not pressed():
            return _UNCHANGED
        workspace.take_out_of_group(_key(search), chosen or [], reason)
        show_done(f"{len(chosen):,} 業務を外しました。下の「外した業務」から、いつでも戻せます。")
        return _show(workspace, search)

    @app.callback(
        _outputs(),
        Input(Ids.PUT_BACK, "n_clicks"),
        State(URL, "search"),
        State(Ids.OUTSIDE, "value"),
        prevent_initial_call=True,
    )
    def put_back(_clicks: int | None, search: str, chosen: list[str]) -> tuple[Any, Any, Any]:
        if not pressed():
            return _UNCHANGED
        workspace.put_back_into_group(_key(search), chosen or [])
        show_done(f"{len(chosen):,} 業務を戻しました。")
        return _show(workspace, search)

    @app.callback(
        Output(Ids.FOUND, "children"),
        Input(Ids.FIND, "n_clicks"),
        Input(Ids.TEXT, "value"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def find(_clicks: int | None, text: str | None, search: str) -> Any:  # noqa: ANN401 - no_update
        if not pressed():
            return no_update
        return found_tasks(task_lines(workspace.find_for_group(_key(search), text or "")), FOUND)

    @app.callback(
        _outputs(),
        Input(Ids.PUT_IN, "n_clicks"),
        State(URL, "search"),
        State(Ids.CHOSEN, "value"),
        prevent_initial_call=True,
    )
    def put_in(_clicks: int | None, search: str, chosen: list[str]) -> tuple[Any, Any, Any]:
        if not pressed():
            return _UNCHANGED
        workspace.put_into_group(_key(search), chosen or [])
        show_done(f"{len(chosen):,} 業務を入れました。")
        return _show(workspace, search)
