"""確認: the address to the task, decisions to the store, keys to the buttons."""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from bpr import terms
from bpr.dashboard.components.cards import answer_lines
from bpr.dashboard.components.filters import register_filters
from bpr.dashboard.notices import show_done
from bpr.dashboard.pages.review.layout import Ids, review_body
from bpr.dashboard.pages.review.view import next_task, view_review
from bpr.dashboard.shell import URL
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Workspace


def register(app: Dash, workspace: Workspace) -> None:
    """Register the page's callbacks on the app."""
    register_filters(app, {"division": Ids.DIVISION, "cause": Ids.CAUSE})

    @app.callback(
        Output(Ids.BODY, "children"),
        Output(Ids.ANSWER, "children"),
        Input(URL, "search"),
        prevent_initial_call=True,
    )
    def show(search: str) -> tuple[Any, Any]:
        page = view_review(workspace, TaskQuery.parse(search))
        return review_body(page), answer_lines(page.answer)

    app.clientside_callback(
        ClientsideFunction("bpr", "focusReview"),
        Output(Ids.FOCUSED, "data"),
        Input(Ids.BODY, "children"),
        prevent_initial_call=True,
    )
    _register_decisions(app, workspace)


def _register_decisions(app: Dash, workspace: Workspace) -> None:
    @app.callback(
        Output(URL, "search", allow_duplicate=True),
        Input(Ids.SAVE, "n_clicks"),
        State(Ids.SHOWN, "data"),
        State(Ids.SEEN, "data"),
        State(Ids.CHOICE, "value"),
        State(Ids.REASON, "value"),
        State(Ids.ALSO, "checked"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def save(  # noqa: PLR0913, PLR0917 - what the form holds
        clicks: int | None,
        task_id: str,
        seen: int,
        choice: str,
        reason: str,
        also: bool,  # noqa: FBT001 - Dash passes it so
        search: str,
    ) -> Any:  # noqa: ANN401 - no_update
        if not clicks:
            return no_update
        chosen = [task_id, *(workspace.list_same_names(task_id) if also else [])]
        query = TaskQuery.parse(search).with_(task=task_id)
        following = next_task(workspace, query, 1, chosen)
        workspace.correct_classes(chosen, choice, reason, seen)
        more = f"（{len(chosen)} 業務）" if len(chosen) > 1 else ""
        show_done(f"「{terms.SHORT_WORK_CLASSES[choice]}」と記録しました{more}。U で元に戻せます。")
        return query.with_(task=following).to_query()

    @app.callback(
        Output(URL, "search", allow_duplicate=True),
        Input(Ids.NEXT, "n_clicks"),
        Input(Ids.BACK, "n_clicks"),
        State(Ids.SHOWN, "data"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def move(forth: int | None, back: int | None, task_id: str, search: str) -> Any:  # noqa: ANN401 - no_update
        if not (forth or back):
            return no_update
        query = TaskQuery.parse(search).with_(task=task_id)
        step = -1 if ctx.triggered_id == Ids.BACK else 1
        return query.with_(task=next_task(workspace, query, step, [])).to_query()

    @app.callback(
        Output(URL, "search", allow_duplicate=True),
        Input(Ids.UNDO, "n_clicks"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def undo(clicks: int | None, search: str) -> Any:  # noqa: ANN401 - no_update
        if not clicks:
            return no_update
        restored = workspace.undo_correction()
        show_done(f"{len(restored)} 業務の記録を元に戻しました。")
        return TaskQuery.parse(search).with_(task=restored[0]).to_query()
