"""BPR対象: filters and address to what is shown, every button of an opened target to the workspace."""

from typing import Any, Final

from dash import ALL, Dash, Input, Output, State, ctx, no_update

from bpr.dashboard.components.cards import answer_lines
from bpr.dashboard.components.download import register_book
from bpr.dashboard.components.sight import pressed, register_sight
from bpr.dashboard.notices import show_done, show_error
from bpr.dashboard.pages.targets.actions import Outcome, act_on
from bpr.dashboard.pages.targets.forms import Entries, read_entries
from bpr.dashboard.pages.targets.ids import Ids, do_id, field_id, next_id
from bpr.dashboard.pages.targets.layout import listed_book, show_parts
from bpr.dashboard.pages.targets.opening import read_asked, read_next, today
from bpr.dashboard.pages.targets.query import PATH, TargetsQuery
from bpr.dashboard.shell import URL
from bpr.errors import InputError
from bpr.workspace import Workspace

_PARTS: Final = (Ids.ANSWER, Ids.STEPS, Ids.LIST, Ids.DETAIL)
_UNCHANGED: Final = (no_update,) * len(_PARTS)
_FILTERS: Final = {
    "text": Ids.TEXT,
    "status": Ids.STATUS,
    "division": Ids.DIVISION,
    "lever": Ids.LEVER,
}


def register(app: Dash, workspace: Workspace) -> None:
    """Register the page's callbacks on the app."""
    _register_filters(app)
    _register_sight(app, workspace)
    _register_actions(app, workspace)


def _register_filters(app: Dash) -> None:
    """Filters go into the address when they change, and follow it back."""

    @app.callback(
        Output(URL, "search", allow_duplicate=True),
        *(Input(element, "value") for element in _FILTERS.values()),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def keep_filters(*given: str | None) -> Any:  # noqa: ANN401 - no_update
        known = TargetsQuery.parse(given[-1] or "").with_(target="")
        asked = known.with_(**dict(zip(_FILTERS, given[:-1], strict=True)))
        return no_update if asked == known else asked.to_query()

    @app.callback(
        *(Output(element, "value") for element in _FILTERS.values()),
        Input(URL, "search"),
        State(URL, "pathname"),
        prevent_initial_call=True,
    )
    def follow_address(search: str | None, path: str | None) -> tuple[Any, ...]:
        query = TargetsQuery.parse(search or "")
        known = [getattr(query, name) or ("" if name == "text" else None) for name in _FILTERS]
        return tuple(known) if path == PATH else _UNCHANGED


def _register_sight(app: Dash, workspace: Workspace) -> None:
    """What is shown follows the address."""

    @app.callback(
        *(Output(part, "children") for part in _PARTS),
        Input(URL, "search"),
        State(URL, "pathname"),
        prevent_initial_call=True,
    )
    def show(search: str | None, path: str | None) -> tuple[Any, ...]:
        if ctx.triggered_id is None or path != PATH:
            return _UNCHANGED
        return _show(workspace, search)

    def make_book(search: str) -> bytes:
        return listed_book(workspace, TargetsQuery.parse(search))

    register_book(app, Ids.SAVE, Ids.DOWNLOAD, make_book, "BPR対象業務一覧.xlsx")
    register_sight(app, Ids.VISITED, Ids.DETAIL, Ids.KEPT, [Ids.STEPS, Ids.LIST, Ids.DETAIL])


def _register_actions(app: Dash, workspace: Workspace) -> None:
    """Every button writes and shows the new state in one answer, with its notice."""

    @app.callback(
        *(Output(part, "children", allow_duplicate=True) for part in _PARTS),
        Input(do_id(ALL), "n_clicks"),
        State(field_id(ALL, ALL), "value"),
        State(field_id(ALL, ALL), "id"),
        State(Ids.SEEN, "data"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def act(_clicks: Any, given: Any, ids: Any, seen: Any, search: str | None) -> tuple[Any, ...]:  # noqa: ANN401 - lists by pattern
        if not pressed() or ctx.triggered_id is None:
            return _UNCHANGED
        asked = read_asked(str(ctx.triggered_id["of"]), seen, read_entries(ids, given))
        return _show(workspace, search, _say(act_on(workspace, asked)))

    @app.callback(
        *(Output(part, "children", allow_duplicate=True) for part in _PARTS[:-1]),
        Input(next_id(ALL), "n_clicks"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def move_on(_clicks: Any, search: str | None) -> tuple[Any, ...]:  # noqa: ANN401 - a list by pattern
        if not pressed() or ctx.triggered_id is None:
            return _UNCHANGED[:-1]
        _say(act_on(workspace, read_next(str(ctx.triggered_id["of"]), today(workspace))))
        return _show(workspace, search)[:-1]


def _say(outcome: Outcome) -> Entries:
    """Say what came of it; return what stays in the forms."""
    if outcome.done:
        show_done(outcome.told)
    else:
        show_error(InputError(outcome.told))
    return outcome.kept


def _show(workspace: Workspace, search: str | None, own: Entries | None = None) -> tuple[Any, ...]:
    shown = show_parts(workspace, TargetsQuery.parse(search or ""), own)
    return answer_lines(shown.answer), shown.steps, shown.listed, shown.detail
