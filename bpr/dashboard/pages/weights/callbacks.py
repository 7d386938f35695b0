"""重み: sliders to the address, the address to what is shown, buttons to what is kept."""

from typing import Any, Final

from dash import Dash, Input, Output, State, ctx, no_update

from bpr.dashboard.components.cards import answer_lines
from bpr.dashboard.components.download import excel_file
from bpr.dashboard.components.sight import pressed, register_sight
from bpr.dashboard.notices import show_done
from bpr.dashboard.pages.weights.actions import (
    after_saving,
    export_evaluation,
    freeze_current,
    keep_weights,
    move_sliders,
)
from bpr.dashboard.pages.weights.ids import Ids, scale_id, slider_id, words_id
from bpr.dashboard.pages.weights.layout import (
    kept_evaluations,
    kept_sets,
    positions,
    scales,
    show_parts,
)
from bpr.dashboard.pages.weights.query import WeightsQuery, read_look
from bpr.dashboard.pages.weights.ranking import certainty_parts, swap_parts
from bpr.dashboard.pages.weights.swaps import view_swaps
from bpr.dashboard.pages.weights.view import say_certainty
from bpr.dashboard.shell import URL
from bpr.workspace import Workspace

_SAY: Final = """(...given) => {
  const places = given.slice(0, given.length / 2);
  const scales = given.slice(given.length / 2);
  const told = places.map((place, n) => scales[n][place + (scales[n].length - 1) / 2]);
  return [...told, ...told.map((text) => ({ thumb: { "aria-valuetext": text } }))];
}"""
"""The words of a slider follow it at once; readers hear them, not the number of the place."""


def register(app: Dash, workspace: Workspace) -> None:
    """Register the page's callbacks on the app."""
    themes = list(workspace.settings.scoring.themes)
    _register_sliders(app, workspace, themes)
    _register_sight(app, workspace, themes)
    _register_later(app, workspace)
    _register_keeping(app, workspace)


def _register_sliders(app: Dash, workspace: Workspace, themes: list[str]) -> None:
    """A slider that was moved writes the address; there is where the weights live."""
    app.clientside_callback(
        _SAY,
        *(Output(words_id(theme), "children") for theme in themes),
        *(Output(slider_id(theme), "attributes") for theme in themes),
        *(Input(slider_id(theme), "value") for theme in themes),
        *(Input(scale_id(theme), "data") for theme in themes),
    )

    @app.callback(
        Output(URL, "search", allow_duplicate=True),
        Output(URL, "hash", allow_duplicate=True),
        Output(Ids.WRITTEN, "data", allow_duplicate=True),
        *(Input(slider_id(theme), "value") for theme in themes),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def move(*given: Any) -> tuple[Any, Any, Any]:  # noqa: ANN401 - places, then the address
        asked = move_sliders(workspace, given[-1], list(given[:-1]))
        if asked is None:
            return no_update, no_update, no_update
        return asked.to_query(), "", asked.to_query()


def _register_sight(app: Dash, workspace: Workspace, themes: list[str]) -> None:
    """What is shown follows the address.

    Sliders are set unless they wrote the address themselves: somebody may be moving them on.
    """
    parts = (Ids.PROBLEM, Ids.EFFECT, Ids.SETS, Ids.EVALUATIONS, Ids.DETAIL, Ids.FREEZE_NOTE)

    @app.callback(
        Output(Ids.ANSWER, "children"),
        *(Output(part, "children") for part in parts),
        Output(Ids.FREEZE, "disabled"),
        Output(Ids.WRITTEN, "data"),
        *(Output(scale_id(theme), "data") for theme in themes),
        *(Output(slider_id(theme), "value") for theme in themes),
        Input(URL, "search"),
        State(Ids.WRITTEN, "data"),
        prevent_initial_call=True,
    )
    def show(search: str | None, written: str | None) -> tuple[Any, ...]:
        if ctx.triggered_id is None:
            return (no_update,) * (len(parts) + 3 + 2 * len(themes))
        return _show(workspace, search or "", written)

    register_sight(
        app, Ids.VISITED, Ids.EFFECT, Ids.KEPT, [Ids.EFFECT, Ids.SETS, Ids.EVALUATIONS, Ids.DETAIL]
    )


def _show(workspace: Workspace, search: str, written: str | None) -> tuple[Any, ...]:
    look = read_look(workspace, search)
    shown = show_parts(workspace, look)
    places = positions(workspace, look)
    own = written == search
    return (
        answer_lines(shown.answer),
        shown.problem,
        shown.effect,
        shown.sets,
        shown.evaluations,
        shown.detail,
        shown.freeze_note,
        bool(shown.freeze_note),
        no_update if own else None,
        *scales(workspace, look),
        *([no_update] * len(places) if own else places),
    )


def _register_later(app: Dash, workspace: Workspace) -> None:
    """What takes longer comes by itself, so that the ranking does not wait for it."""

    @app.callback(Output(Ids.SURE, "children"), Input(Ids.ASKED, "data"))
    def certainty(search: str | None) -> Any:  # noqa: ANN401 - Dash children
        opinion = read_look(workspace, search).opinion
        return certainty_parts(say_certainty(workspace.sensitivity(opinion)))

    @app.callback(Output(Ids.SWAPS, "children"), Input(Ids.SWAPS_ASKED, "data"))
    def swaps(_asked: str | None) -> Any:  # noqa: ANN401 - Dash children
        return swap_parts(view_swaps(workspace))


def _register_keeping(app: Dash, workspace: Workspace) -> None:
    """A person saves weights, freezes a ranking, takes an evaluation out as a file."""

    @app.callback(
        Output(URL, "search", allow_duplicate=True),
        Output(URL, "hash", allow_duplicate=True),
        Output(Ids.SETS, "children", allow_duplicate=True),
        Output(Ids.NAME, "value"),
        Output(Ids.NOTE, "value"),
        Input(Ids.SAVE, "n_clicks"),
        State(URL, "search"),
        State(Ids.NAME, "value"),
        State(Ids.NOTE, "value"),
        prevent_initial_call=True,
    )
    def save(
        _clicks: int | None, search: str, name: str | None, note: str | None
    ) -> tuple[Any, ...]:
        if not pressed():
            return (no_update,) * 5
        kept = keep_weights(workspace, search, name, note)
        show_done(f"「{kept.name}」の第 {kept.version} 版として保存しました。")
        query = after_saving(kept)
        return query, "", kept_sets(workspace, WeightsQuery.parse(query)), "", ""

    @app.callback(
        Output(Ids.EVALUATIONS, "children", allow_duplicate=True),
        Output(Ids.TITLE, "value"),
        Input(Ids.FREEZE, "n_clicks"),
        State(URL, "search"),
        State(Ids.TITLE, "value"),
        prevent_initial_call=True,
    )
    def freeze(_clicks: int | None, search: str, title: str | None) -> tuple[Any, Any]:
        if not pressed():
            return no_update, no_update
        kept = freeze_current(workspace, search, title)
        show_done(f"順位を評価「{kept}」として残しました。")
        return kept_evaluations(workspace, WeightsQuery.parse(search or "")), ""

    @app.callback(
        Output(Ids.DOWNLOAD, "data"),
        Input(Ids.FILE, "n_clicks"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def take_out(_clicks: int | None, search: str) -> Any:  # noqa: ANN401 - what Download takes
        if not pressed():
            return no_update
        name, data = export_evaluation(workspace, search)
        return excel_file(data, name)
