"""業務: filters into the address, rows to the grid, the detail, corrections to the store."""

from typing import Any

from dash import Dash, Input, Output, State, ctx

from bpr import terms
from bpr.dashboard.components.filters import register_filters
from bpr.dashboard.components.rows import register_purge, register_rows
from bpr.dashboard.notices import show_done
from bpr.dashboard.pages.tasks.layout import Ids, detail_facts
from bpr.dashboard.pages.tasks.view import view_answer, view_detail, view_rows
from bpr.dashboard.shell import URL
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Workspace


def register(app: Dash, workspace: Workspace) -> None:
    """Register the page's callbacks on the app."""
    _register_list(app, workspace)
    _register_correction(app, workspace)


def _register_list(app: Dash, workspace: Workspace) -> None:
    register_filters(
        app,
        {
            "text": Ids.TEXT,
            "division": Ids.DIVISION,
            "work_class": Ids.WORK_CLASS,
            "source": Ids.SOURCE,
            "confidence": Ids.CONFIDENCE,
        },
    )

    @app.callback(
        Output(Ids.ANSWER, "children"),
        Input(URL, "search"),
        Input(Ids.CHANGED, "data"),
        prevent_initial_call=True,
    )
    def answer(search: str, _changed: Any) -> Any:  # noqa: ANN401 - Dash children
        return view_answer(workspace.list_tasks(TaskQuery.parse(search)))

    register_rows(app, workspace, Ids.GRID, lambda tasks, _query: view_rows(tasks))
    causes = [Input(URL, "search"), Input(Ids.CHANGED, "data")]
    register_purge(app, Ids.GRID, Ids.PURGED, causes)


def _register_correction(app: Dash, workspace: Workspace) -> None:
    @app.callback(
        Output(Ids.SHOWN, "data"), Input(Ids.GRID, "eventData"), prevent_initial_call=True
    )
    def choose(event: dict[str, Any]) -> str:
        return str(event["data"]["task_id"])

    @app.callback(
        Output(Ids.DETAIL, "children"),
        Output(Ids.CHOICE, "value"),
        Output(Ids.REASON, "value"),
        Output(Ids.UNDO, "disabled"),
        Output(Ids.SEEN, "data"),
        Input(Ids.SHOWN, "data"),
        Input(Ids.CHANGED, "data"),
        prevent_initial_call=True,
    )
    def show(task_id: str, _changed: Any) -> tuple[Any, str, str, bool, int]:  # noqa: ANN401 - Dash children
        detail = view_detail(workspace.report(), task_id, workspace.read_history(task_id))
        chosen, corrected = (
            (detail.judgement.work_class, detail.corrected) if detail else ("", False)
        )
        seen = len(detail.history) if detail else 0
        return detail_facts(detail), chosen, "", not corrected, seen

    @app.callback(
        Output(Ids.CHANGED, "data"),
        Input(Ids.SAVE, "n_clicks"),
        Input(Ids.UNDO, "n_clicks"),
        State(Ids.SHOWN, "data"),
        State(Ids.SEEN, "data"),
        State(Ids.CHOICE, "value"),
        State(Ids.REASON, "value"),
        prevent_initial_call=True,
    )
    def correct(
        save: int | None, undo: int | None, task_id: str, seen: int, choice: str, reason: str
    ) -> str:
        chosen = None if ctx.triggered_id == Ids.UNDO else choice
        workspace.correct_classes([task_id], chosen, reason, seen)
        show_done(
            f"「{terms.SHORT_WORK_CLASSES[chosen]}」と記録しました。"
            if chosen
            else "訂正を取り消しました。"
        )
        return f"{save}-{undo}"
