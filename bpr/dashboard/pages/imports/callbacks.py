"""取込: files to the workspace, clicks to decisions, the address to what is shown."""

from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, html, no_update

from bpr.dashboard.components.cards import answer_lines
from bpr.dashboard.components.sight import pressed, register_sight
from bpr.dashboard.notices import show_done
from bpr.dashboard.pages.imports import actions
from bpr.dashboard.pages.imports.collection import collection_section
from bpr.dashboard.pages.imports.findings import findings_csv, findings_xlsx
from bpr.dashboard.pages.imports.ids import Ids, Parts
from bpr.dashboard.pages.imports.layout import (
    detail_sections,
    intake_class,
    progress_line,
    todo_list,
)
from bpr.dashboard.pages.imports.query import ImportsQuery, with_severity
from bpr.dashboard.pages.imports.situation import follow_job, view_situation
from bpr.dashboard.pages.imports.view import next_sort
from bpr.dashboard.shell import HEADER_TITLE, URL
from bpr.workspace import Workspace, title

_TAKING = "ファイルを受け取っています…"


def register(app: Dash, workspace: Workspace) -> None:
    """Register the page's callbacks on the app."""
    _register_sight(app, workspace)
    _register_intake(app, workspace)
    _register_files(app, workspace)
    _register_withdrawal(app, workspace)
    _register_readings(app, workspace)


def _register_sight(app: Dash, workspace: Workspace) -> None:
    """What is shown follows the address and every change."""

    @app.callback(
        Output(Ids.ANSWER, "children"),
        Output(Ids.TODO, "children"),
        Output(HEADER_TITLE, "children", allow_duplicate=True),
        Input(Ids.CHANGED, "data"),
        prevent_initial_call=True,
    )
    def head(changed: str | None) -> tuple[Any, Any, Any]:
        if changed is None:
            return no_update, no_update, no_update
        situation = view_situation(workspace)
        return answer_lines(situation.answer), todo_list(situation), title(workspace.report())

    @app.callback(Output(Ids.INTAKE, "className"), Input(URL, "search"), prevent_initial_call=True)
    def make_room(search: str | None) -> str:
        return intake_class(ImportsQuery.parse(search or ""))

    @app.callback(
        Output(Ids.COLLECTION, "children"),
        Input(URL, "search"),
        Input(Ids.CHANGED, "data"),
        Input(Ids.SORT, "data"),
        prevent_initial_call=True,
    )
    def rows(search: str, _changed: Any, sort: str) -> Any:  # noqa: ANN401 - Dash children
        if ctx.triggered_id is None:
            return no_update
        return collection_section(
            view_situation(workspace).rows, ImportsQuery.parse(search or ""), sort or ""
        )

    @app.callback(
        Output(Ids.DETAIL, "children"),
        Input(URL, "search"),
        Input(Ids.CHANGED, "data"),
        prevent_initial_call=True,
    )
    def detail(search: str, _changed: Any) -> Any:  # noqa: ANN401 - Dash children
        if ctx.triggered_id is None:
            return no_update
        return detail_sections(workspace, ImportsQuery.parse(search or ""))

    @app.callback(
        Output(Ids.SORT, "data"),
        Input({"type": Parts.SORT.value, "of": ALL}, "n_clicks"),
        State(Ids.SORT, "data"),
        prevent_initial_call=True,
    )
    def sort_by(_clicks: list[int | None], sort: str) -> Any:  # noqa: ANN401 - no_update
        return next_sort(sort or "", ctx.triggered_id["of"]) if pressed() else no_update

    @app.callback(
        Output(URL, "search", allow_duplicate=True),
        Input(Ids.SEVERITY, "value"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def keep_severity(severity: str | None, search: str) -> Any:  # noqa: ANN401 - no_update
        wanted = with_severity(ImportsQuery.parse(search or ""), severity)
        return no_update if wanted == ImportsQuery.parse(search or "") else wanted.to_query()

    parts = [Ids.COLLECTION, Ids.DETAIL, Ids.TODO]
    register_sight(app, Ids.VISITED, Ids.DETAIL, Ids.KEPT, parts)


def _register_intake(app: Dash, workspace: Workspace) -> None:
    """Files come in; a job reads them while the page follows it."""

    @app.callback(
        Output(Ids.JOB, "data"),
        Output(Ids.UPLOAD, "contents"),
        Input(Ids.UPLOAD, "contents"),
        State(Ids.UPLOAD, "filename"),
        running=[(Output(Ids.PROGRESS, "children"), html.P(_TAKING), "")],
        prevent_initial_call=True,
    )
    def take(contents: list[str] | None, names: list[str] | None) -> tuple[Any, None]:
        if not contents:
            return no_update, None
        return actions.take_files(workspace, contents, names or []), None

    @app.callback(Output(Ids.POLL, "disabled"), Input(Ids.JOB, "data"))
    def follow(job: int | None) -> bool:
        return job is None

    @app.callback(
        Output(Ids.PROGRESS, "children"),
        Output(Ids.JOB, "data", allow_duplicate=True),
        Output(Ids.CHANGED, "data", allow_duplicate=True),
        Input(Ids.POLL, "n_intervals"),
        State(Ids.JOB, "data"),
        prevent_initial_call=True,
    )
    def poll(_ticks: int, job: int | None) -> tuple[Any, Any, Any]:
        progress = follow_job(workspace, job or 0) if job is not None else None
        ended = progress is not None and not progress.running
        return (
            progress_line(progress) if progress else no_update,
            None if ended else no_update,
            actions.changed() if ended else no_update,
        )

    @app.callback(
        Output(Ids.CHANGED, "data", allow_duplicate=True),
        Output(Ids.OFFICES, "contents"),
        Input(Ids.OFFICES, "contents"),
        State(Ids.OFFICES, "filename"),
        prevent_initial_call=True,
    )
    def list_offices(content: str | None, name: str | None) -> tuple[Any, None]:
        if not content:
            return no_update, None
        show_done(actions.take_offices(workspace, content, name or ""))
        return actions.changed(), None


def _register_files(app: Dash, workspace: Workspace) -> None:
    """Files go out: forms, returned workbooks, lists of findings."""

    @app.callback(
        Output(Ids.DOWNLOAD, "data"), Input(Ids.TEMPLATES, "n_clicks"), prevent_initial_call=True
    )
    def templates(_clicks: int | None) -> Any:  # noqa: ANN401 - what Download takes
        data = workspace.export_templates() if pressed() else None
        return actions.as_download("調査票.zip", data) if data else no_update

    @app.callback(
        Output(Ids.DOWNLOAD, "data", allow_duplicate=True),
        Input(Ids.RETURN_ALL, "n_clicks"),
        prevent_initial_call=True,
    )
    def return_all(_clicks: int | None) -> Any:  # noqa: ANN401 - what Download takes
        data = workspace.export_all_returned() if pressed() else None
        return actions.as_download("返送用の調査票.zip", data) if data else no_update

    @app.callback(
        Output(Ids.DOWNLOAD, "data", allow_duplicate=True),
        Input({"type": Parts.RETURN.value, "of": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def return_one(_clicks: list[int | None]) -> Any:  # noqa: ANN401 - what Download takes
        if not pressed():
            return no_update
        name = actions.name_of(workspace, ctx.triggered_id["of"])
        return actions.as_download(*workspace.export_returned(name))

    @app.callback(
        Output(Ids.DOWNLOAD, "data", allow_duplicate=True),
        Input(Ids.XLSX, "n_clicks"),
        Input(Ids.CSV, "n_clicks"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def findings(_xlsx: int | None, _csv: int | None, search: str) -> Any:  # noqa: ANN401 - what Download takes
        if not pressed():
            return no_update
        write, name = (
            (findings_xlsx, "指摘一覧.xlsx")
            if ctx.triggered_id == Ids.XLSX
            else (findings_csv, "指摘一覧.csv")
        )
        return actions.as_download(
            name, write(workspace.report(), ImportsQuery.parse(search or ""))
        )


def _register_withdrawal(app: Dash, workspace: Workspace) -> None:
    """A file is taken out after a question, and put back without one."""

    @app.callback(
        Output(Ids.WITHDRAWING, "data"),
        Output(Ids.ASK, "message"),
        Output(Ids.ASK, "displayed"),
        Input({"type": Parts.WITHDRAW.value, "of": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def ask(_clicks: list[int | None]) -> Any:  # noqa: ANN401 - no_update
        if not pressed():
            return no_update, no_update, no_update
        name = actions.name_of(workspace, ctx.triggered_id["of"])
        return name, f"「{name}」を集計から外します。よろしいですか。後で戻せます。", True

    @app.callback(
        Output(Ids.CHANGED, "data", allow_duplicate=True),
        Input(Ids.ASK, "submit_n_clicks"),
        State(Ids.WITHDRAWING, "data"),
        prevent_initial_call=True,
    )
    def withdraw(_clicks: int | None, name: str) -> Any:  # noqa: ANN401 - no_update
        show_done(actions.withdraw(workspace, name))
        return actions.changed()

    @app.callback(
        Output(Ids.CHANGED, "data", allow_duplicate=True),
        Input({"type": Parts.RESTORE.value, "of": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def restore(_clicks: list[int | None]) -> Any:  # noqa: ANN401 - no_update
        if not pressed():
            return no_update
        show_done(actions.restore(workspace, actions.name_of(workspace, ctx.triggered_id["of"])))
        return actions.changed()


def _register_readings(app: Dash, workspace: Workspace) -> None:
    """A person says how the columns of a form are read."""

    @app.callback(
        Output(Ids.CHANGED, "data", allow_duplicate=True),
        Input(Ids.CONFIRM, "n_clicks"),
        State(Ids.PLACE, "data"),
        State({"type": Parts.FIELD.value, "of": ALL}, "id"),
        State({"type": Parts.FIELD.value, "of": ALL}, "value"),
        prevent_initial_call=True,
    )
    def confirm(
        _clicks: int | None, place: list[Any], ids: list[dict[str, str]], values: list[str]
    ) -> Any:  # noqa: ANN401 - no_update
        if not pressed():
            return no_update
        show_done(actions.confirm(workspace, place, ids, values))
        return actions.changed()
