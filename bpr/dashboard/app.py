"""Make the dashboard of one workspace: pages, address, checks. Nothing is loaded from outside."""

import os
from collections.abc import Callable, Collection
from functools import cache, wraps
from html import escape
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

import flask
from dash import ClientsideFunction, Dash, Input, Output, State, html

from bpr.dashboard.after_paint import LOADER, hold
from bpr.dashboard.components.chart_files import register_chart_files
from bpr.dashboard.first_paint import paint_over
from bpr.dashboard.guard import protect
from bpr.dashboard.login import register_forms
from bpr.dashboard.notices import show_error
from bpr.dashboard.pages import PAGES
from bpr.dashboard.pages.page import Page
from bpr.dashboard.peers import Peers, split_hosts
from bpr.dashboard.proofs import current_login, make_proof
from bpr.dashboard.shell import (
    EDITION,
    EDITION_KEPT,
    HEADER_TITLE,
    NAME,
    NAVIGATION,
    PAGE,
    TITLE_KEPT,
    URL,
    Content,
    Surveys,
    Visitor,
    links,
    shell,
)
from bpr.dashboard.theme import use_template
from bpr.errors import BprError
from bpr.terms import ROLES
from bpr.workspace import Workspace
from bpr.workspace.acting import Person, current_scene
from bpr.workspace.rights import Right, has_right, require

HOSTS_VARIABLE: Final = "BPR_HOSTS"
"""Environment variable: names, separated by commas, under which the screen is reached."""
_INDEX = """<!DOCTYPE html>
<html lang="ja">
<head>
{%metas%}
<title>{%title%}</title>
{%favicon%}
{%css%}
</head>
<body>
{%app_entry%}
<footer>
{%config%}
{%scripts%}
{%renderer%}
<script>{%loader%}</script>
</footer>
</body>
</html>""".replace("{%loader%}", LOADER)


class TownDash(Dash):
    """A Dash app whose callbacks are answered only to those who may see their page."""

    workspace: Workspace
    right = Right.READ
    """The right that callbacks registered from now on need."""

    def callback(self, *places: Any, **options: Any) -> Callable[..., Any]:  # noqa: ANN401 - as Dash has it
        """Register a callback that refuses people without the page's right."""
        register, right, workspace = (
            super().callback(*places, **options),
            self.right,
            self.workspace,
        )

        def keep(function: Callable[..., Any]) -> Callable[..., Any]:
            @wraps(function)
            def guarded(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - what the callback takes
                require(workspace.person(), right)
                return function(*given, **named)

            register(guarded)
            return function

        return keep

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override] # Dash gives all by name
        """Make the document, which tells its page and for which edition it was loaded."""
        if current_login():
            minutes = self.workspace.settings.security.session.idle_minutes
            parts["metas"] += f'\n<meta name="bpr-idle-minutes" content="{minutes}">'
        page = _find_page(flask.request.path)
        parts["title"] = f"{page.label} ― {NAME}" if page else NAME
        number = escape(str(self.workspace.edition().id))
        parts["metas"] += f'\n<meta name="bpr-edition" content="{number}">'
        parts["css"] = f"<style>{_read_styles()}</style>"
        parts["app_entry"] = _paint(self.workspace) + parts["app_entry"]
        parts |= {name: hold(parts[name]) for name in ("scripts", "renderer")}
        return str(super().interpolate_index(**parts))  # type: ignore[no-untyped-call]


def create_app(workspace: Workspace, hosts: Collection[str] = ()) -> Dash:
    """Dash app over a workspace; `app.server` is its WSGI application.

    `hosts`: names, beyond those of this machine and of BPR_HOSTS, under which it is reached.
    """
    use_template()
    app = TownDash(
        __name__,
        title=NAME,
        update_title="",
        index_string=_INDEX,
        serve_locally=True,
        suppress_callback_exceptions=True,
        on_error=show_error,
        enable_mcp=False,
        assets_ignore=r".*\.css$",  # the document holds them
        add_log_handler=False,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.workspace = workspace
    app.layout = lambda: _lay_out(workspace)
    _route(app, workspace)
    register_chart_files(app, workspace)
    for page in PAGES:
        app.right = page.right
        page.register(app, workspace)
    names = [*hosts, *split_hosts(os.environ.get(HOSTS_VARIABLE))]
    peers = Peers.known(workspace.settings.security.proxy, names)
    register_forms(app.server, workspace, peers)
    protect(app, workspace, peers)
    return app


@cache
def _read_styles() -> str:
    """All style sheets as one: in the document, they are there before the scripts."""
    sheets = sorted((Path(__file__).parent / "assets").glob("*.css"))
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def _lay_out(workspace: Workspace) -> Any:  # noqa: ANN401 - a Dash component
    """Lay out the frame with the page that the browser loads, so that its data need no second way."""
    if current_scene() is None:  # Dash looks at the layout once by itself, for nobody
        return html.Div()
    return _frame(workspace, _first_page(workspace, urlsplit(flask.request.referrer or "")))


def _frame(workspace: Workspace, content: Content | None) -> Any:  # noqa: ANN401 - a Dash component
    return shell(_title(workspace), _surveys(workspace), _visitor(workspace), content)


def _paint(workspace: Workspace) -> str:
    """Return the page of the document as HTML, to be seen before any script has run."""
    content = _first_page(workspace, urlsplit(flask.request.full_path.removesuffix("?")))
    return paint_over(_frame(workspace, content)) if content else ""


def _first_page(workspace: Workspace, address: SplitResult) -> Content | None:
    """Return the page of an address; None where only the callback can tell what is wrong with it."""
    if not address.path:
        return None
    search = f"?{address.query}" if address.query else ""
    try:
        return Content(address.path, search, *_show(workspace, address.path, search))
    except BprError:
        return None


def _title(workspace: Workspace) -> str:
    return workspace.edition_label(workspace.edition())


def _surveys(workspace: Workspace) -> Surveys:
    editions, shown = workspace.list_editions(), workspace.edition()
    many = editions if len(editions) > 1 else []
    choices = [(str(one.id), workspace.edition_label(one)) for one in many]
    return Surveys(choices, str(shown.id), shown.closed_at is not None)


def _visitor(workspace: Workspace) -> Visitor | None:
    if not workspace.needs_login:
        return None
    person = workspace.person()
    role = ROLES[person.role].label
    place = f"{person.division}・{role}" if person.division else role
    return Visitor(person.name, place, make_proof() if current_login() else None)


def _route(app: Dash, workspace: Workspace) -> None:
    @app.callback(
        Output(PAGE, "children"),
        Output(NAVIGATION, "children"),
        Output(HEADER_TITLE, "children"),
        Input(URL, "pathname"),
        State(URL, "search"),
        prevent_initial_call=True,  # the layout holds the first page
    )
    def show(path: str | None, search: str | None) -> tuple[Any, Any, str]:
        return *_show(workspace, path or "/", search or ""), _title(workspace)

    app.clientside_callback(
        ClientsideFunction("bpr", "nameTab"),
        Output(TITLE_KEPT, "data"),
        Input(NAVIGATION, "children"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("bpr", "goToEdition"),
        Output(EDITION_KEPT, "data"),
        Input(EDITION, "value"),
        prevent_initial_call=True,
    )


def _show(workspace: Workspace, path: str, search: str) -> tuple[Any, list[Any]]:
    """Return a page and the links to all pages."""
    allowed = _allowed(workspace.person())
    names = [(item.path, item.label) for item in allowed]
    return _body(workspace, _find_page(path), search, allowed), links(names, path)


def _find_page(path: str) -> Page | None:
    return next((page for page in PAGES if page.path == path), None)


def _allowed(person: Person) -> list[Page]:
    return [page for page in PAGES if has_right(person, page.right)]


def _body(workspace: Workspace, page: Page | None, search: str, allowed: list[Page]) -> Any:  # noqa: ANN401 - a Dash component
    others = f"左の{''.join(f'「{one.label}」' for one in allowed)}から選んでください。"
    if page is None:
        return html.Div([html.H1("このページはありません。"), html.P(others)])
    if page not in allowed:
        role = ROLES[workspace.person().role].label
        told = f"「{page.label}」は「{role}」のアカウントでは見られません。必要なときは、管理者（総務課）に頼んでください。"
        return html.Div([html.H1("このページは見られません。"), html.P(told), html.P(others)])
    return page.render(workspace, search)
