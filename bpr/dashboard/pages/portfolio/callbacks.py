"""組合せ: the form into the address, the address to the result, the files."""

from typing import Any

from dash import Dash, Input, Output, State, no_update

from bpr.dashboard.components.download import register_book
from bpr.dashboard.components.sight import pressed
from bpr.dashboard.notices import NOTICE
from bpr.dashboard.pages.portfolio.choice import portfolio_book, target_book
from bpr.dashboard.pages.portfolio.ids import Ids
from bpr.dashboard.pages.portfolio.layout import (
    CHOOSE,
    CHOOSING,
    SAVE,
    SAVING_SOON,
    WAIT,
    WAIT_BEYOND,
    form_ids,
    form_values,
    read_form,
)
from bpr.dashboard.pages.portfolio.query import PATH, PortfolioQuery
from bpr.dashboard.pages.portfolio.result import show_beyond, show_result
from bpr.dashboard.shell import URL
from bpr.workspace import Workspace


def register(app: Dash, workspace: Workspace) -> None:
    """Register the page's callbacks on the app."""
    _register_form(app, workspace)
    _register_result(app, workspace)
    _register_files(app, workspace)


def _register_form(app: Dash, workspace: Workspace) -> None:
    """The form goes into the address when it is sent, and follows the address back."""
    fields = form_ids(workspace)

    @app.callback(
        Output(URL, "search", allow_duplicate=True),
        Output(NOTICE, "children", allow_duplicate=True),
        Input(Ids.CHOOSE, "n_clicks"),
        *(Input(field, "n_submit") for field in fields),
        *(State(field, "value") for field in fields),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def ask(*given: Any) -> tuple[Any, Any]:  # noqa: ANN401 - clicks, then texts
        if not pressed():
            return no_update, no_update
        values = given[-1 - len(fields) : -1]
        return read_form(workspace, given[-1], values).to_query(), []

    @app.callback(
        *(Output(field, "value") for field in fields),
        Input(URL, "search"),
        State(URL, "pathname"),
        prevent_initial_call=True,
    )
    def follow(search: str | None, path: str | None) -> Any:  # noqa: ANN401 - no_update
        if path != PATH:
            return [no_update] * len(fields)
        return form_values(workspace, PortfolioQuery.parse(search or ""))


def _register_result(app: Dash, workspace: Workspace) -> None:
    """The result follows the address; it may take seconds, so people are told to wait."""

    @app.callback(
        Output(Ids.HEAD, "children"),
        Output(Ids.RESULT, "children"),
        Input(URL, "search"),
        State(URL, "pathname"),
        running=[
            (Output(Ids.STATUS, "children"), WAIT, ""),
            (Output(Ids.CHOOSE, "children"), CHOOSING, CHOOSE),
            (Output(Ids.RESULT, "className"), "portfolio-result waiting", "portfolio-result"),
            (Output(Ids.BEYOND, "className"), "portfolio-result waiting", "portfolio-result"),
        ],
    )
    def show(search: str | None, path: str | None) -> tuple[Any, Any]:
        return show_result(workspace, search) if path == PATH else (no_update, no_update)

    @app.callback(
        Output(Ids.BEYOND, "children"),
        Input(Ids.RESULT, "children"),
        State(URL, "search"),
        prevent_initial_call=True,
        running=[
            (Output(Ids.BEYOND_STATUS, "children"), WAIT_BEYOND, ""),
            (Output(Ids.BEYOND, "className"), "portfolio-result waiting", "portfolio-result"),
            (Output(Ids.SAVE, "disabled"), True, False),
            (Output(Ids.SAVE, "children"), SAVING_SOON, SAVE),
        ],
    )
    def show_more(result: Any, search: str | None) -> Any:  # noqa: ANN401 - Dash children
        return show_beyond(workspace, search) if result else no_update


def _register_files(app: Dash, workspace: Workspace) -> None:
    def make_portfolio(search: str) -> bytes | None:
        return portfolio_book(workspace, PortfolioQuery.parse(search))

    def make_targets(search: str) -> bytes | None:
        return target_book(workspace, PortfolioQuery.parse(search))

    register_book(app, Ids.SAVE, Ids.DOWNLOAD, make_portfolio, "業務の組合せ.xlsx")
    register_book(app, Ids.SAVE_TARGETS, Ids.DOWNLOAD_TARGETS, make_targets, "BPR対象業務一覧.xlsx")
