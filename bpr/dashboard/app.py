"""Make the dashboard of one workspace: pages, address, checks. Nothing is loaded from outside."""

from typing import Any

from dash import Dash, Input, Output, State, html

from bpr.dashboard.guard import protect
from bpr.dashboard.notices import show_error
from bpr.dashboard.pages import PAGES
from bpr.dashboard.shell import HEADER_TITLE, NAVIGATION, PAGE, URL, links, shell
from bpr.dashboard.theme import use_template
from bpr.workspace import Workspace, title

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
</footer>
</body>
</html>"""


def create_app(workspace: Workspace) -> Dash:
    """Dash app over a workspace; `app.server` is its WSGI application."""
    use_template()
    app = Dash(
        __name__,
        title="業務量調査・BPR候補",
        update_title="",
        index_string=_INDEX,
        serve_locally=True,
        suppress_callback_exceptions=True,
        on_error=show_error,
        enable_mcp=False,
        add_log_handler=False,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.layout = lambda: shell(title(workspace.report()))
    _route(app, workspace)
    for page in PAGES:
        page.register(app, workspace)
    protect(app)
    return app


def _route(app: Dash, workspace: Workspace) -> None:
    by_path = {page.path: page for page in PAGES}

    @app.callback(
        Output(PAGE, "children"),
        Output(NAVIGATION, "children"),
        Output(HEADER_TITLE, "children"),
        Input(URL, "pathname"),
        State(URL, "search"),
    )
    def show(path: str | None, search: str | None) -> tuple[Any, Any, str]:
        current = path or "/"
        page = by_path.get(current)
        body = page.render(workspace, search or "") if page else _not_found()
        names = [(item.path, item.label) for item in PAGES]
        return body, links(names, current), title(workspace.report())


def _not_found() -> html.Div:
    return html.Div(
        [
            html.H1("このページはありません。"),
            html.P(f"左の{''.join(f'「{page.label}」' for page in PAGES)}から選んでください。"),
        ]
    )
