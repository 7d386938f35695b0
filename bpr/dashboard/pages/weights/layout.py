"""重み: the page - sliders on the left, what they do on the right, what is kept below."""

from dataclasses import dataclass
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.cards import page_head
from bpr.dashboard.components.empty import empty_state
from bpr.dashboard.components.explain import explain_row
from bpr.dashboard.components.sight import sight_stores
from bpr.dashboard.pages.weights.actions import list_sets, open_evaluation
from bpr.dashboard.pages.weights.ids import Ids, scale_id, slider_id, words_id
from bpr.dashboard.pages.weights.keeping import (
    detail_section,
    evaluation_parts,
    freeze_form,
    save_form,
    set_parts,
)
from bpr.dashboard.pages.weights.kept import view_evaluations, view_sets
from bpr.dashboard.pages.weights.query import PATH, Look, WeightsQuery, read_look
from bpr.dashboard.pages.weights.ranking import effect_parts
from bpr.dashboard.pages.weights.steps import (
    list_marks,
    list_steps,
    list_words,
    middle_of,
    position_of,
)
from bpr.dashboard.pages.weights.view import (
    answer_effect,
    answer_standard,
    list_criteria,
    view_effect,
)
from bpr.errors import InputError
from bpr.settings import ScoringSettings
from bpr.workspace import Workspace

QUESTION = "重みを変えると、順位はどう変わるか"
_WORDS = ("weight", "rank_range", "certainty", "suitability", "saving")
_UNSAVED = "試している重みは、まだ保存していません。上で名前を付けて保存すると、評価を残せます。"


@dataclass(frozen=True)
class Shown:
    """Everything on the page that follows the address."""

    answer: list[str]
    problem: list[Any]
    effect: list[Any]
    sets: list[Any]
    evaluations: list[Any]
    detail: list[Any]
    freeze_note: str


def render(workspace: Workspace, search: str) -> Any:  # noqa: ANN401 - a Dash component
    """Lay out the page for the weights in the address."""
    if not workspace.report().tasks.height:
        return empty_state(QUESTION)
    look = read_look(workspace, search)
    shown = show_parts(workspace, look)
    return html.Div(
        [
            page_head(QUESTION, shown.answer, Ids.ANSWER),
            html.Div(shown.problem, id=Ids.PROBLEM, className="notice"),
            explain_row("weights", _WORDS),
            html.Div(
                [
                    _sliders(workspace, look),
                    _part(Ids.EFFECT, shown.effect, "card effect"),
                    _swaps(),
                ],
                className="columns weights",
            ),
            _sets(shown),
            _evaluations(shown),
            _part(Ids.DETAIL, shown.detail),
            dcc.Store(id=Ids.WRITTEN),
            dcc.Download(id=Ids.DOWNLOAD),
            *sight_stores(Ids.VISITED, Ids.KEPT),
        ]
    )


def show_parts(workspace: Workspace, look: Look) -> Shown:
    """Make anew what follows the address."""
    report = workspace.report()
    themes = report.settings.scoring.themes
    effect = view_effect(report, workspace.ranked(look.opinion), look.query)
    standard = not look.opinion.multipliers
    return Shown(
        answer=answer_standard(workspace.sensitivity()) if standard else answer_effect(effect),
        problem=[html.P(look.problem, className="error")] if look.problem else [],
        effect=effect_parts(look, effect, themes),
        sets=kept_sets(workspace, look.query),
        evaluations=kept_evaluations(workspace, look.query),
        detail=_detail(workspace, look.query),
        freeze_note="" if standard or look.opinion.name else _UNSAVED,
    )


def kept_sets(workspace: Workspace, query: WeightsQuery) -> list[Any]:
    """The weight sets that are kept."""
    themes = workspace.settings.scoring.themes
    return set_parts(view_sets(list_sets(workspace), themes, Ids.RANKING, query.weight_set))


def kept_evaluations(workspace: Workspace, query: WeightsQuery) -> list[Any]:
    """The evaluations that are kept."""
    themes = workspace.settings.scoring.themes
    kept = workspace.list_evaluations()
    return evaluation_parts(view_evaluations(kept, themes, query, Ids.EVALUATION))


def scales(workspace: Workspace, look: Look) -> list[list[str]]:
    """For each slider its words at each place."""
    steps = list_steps(workspace.settings.scoring.weight_spread)
    return [list_words(value, steps) for value in _multipliers(workspace, look)]


def positions(workspace: Workspace, look: Look) -> list[int]:
    """Place of each slider."""
    steps = list_steps(workspace.settings.scoring.weight_spread)
    return [position_of(value, steps) for value in _multipliers(workspace, look)]


def _multipliers(workspace: Workspace, look: Look) -> list[float]:
    return [look.opinion.multipliers.get(name, 1.0) for name in workspace.settings.scoring.themes]


def _detail(workspace: Workspace, query: WeightsQuery) -> list[Any]:
    if not query.evaluation:
        return []
    try:
        return [detail_section(open_evaluation(workspace, query), query)]
    except InputError as error:
        told = html.P(str(error), className="error")
        return [html.Div(told, id=Ids.EVALUATION, tabIndex="-1", className="notice")]


def _part(part: Ids, children: list[Any], class_name: str = "") -> html.Div:
    """Part of the page that is made anew; it takes the focus where the focused link is gone."""
    keeps: dict[str, Any] = {"data-keeps-focus": "true"}
    return html.Div(children, id=part, tabIndex="-1", className=class_name, **keeps)


def _sliders(workspace: Workspace, look: Look) -> html.Section:
    scoring = workspace.settings.scoring
    places, words = positions(workspace, look), scales(workspace, look)
    sliders = [
        _slider(scoring, theme, place, told)
        for theme, place, told in zip(scoring.themes, places, words, strict=True)
    ]
    return html.Section(
        [
            html.Div(
                [
                    html.H2("観点の重み"),
                    dcc.Link("標準に戻す", href=PATH, className="button outline"),
                ],
                className="foot",
            ),
            html.P(
                "右へ動かすほど、その観点を重く見ます。矢印キーでも動きます。", className="base"
            ),
            html.Div(sliders, className="sliders"),
        ],
        className="card",
        **aria(label="観点の重み"),
    )


def _slider(scoring: ScoringSettings, theme: str, place: int, words: list[str]) -> html.Div:
    steps = list_steps(scoring.weight_spread)
    middle = middle_of(steps)
    label, told = scoring.themes[theme], words[place + middle]
    criteria = list_criteria(scoring, theme)
    return html.Div(
        [
            html.Div(
                [html.B(label), html.Span(told, id=words_id(theme), className="multiplier")],
                className="slider-head",
            ),
            dmc.Slider(
                id=slider_id(theme),
                value=place,
                min=-middle,
                max=middle,
                step=1,
                marks=[{"value": n, "label": text} for n, text in list_marks(steps)],
                label=None,
                thumbLabel=f"{label}の重み",
                thumbSize=28,
                attributes={"thumb": {"aria-valuetext": told}},
            ),
            dcc.Store(id=scale_id(theme), data=words),
            html.Details(
                [html.Summary("見る基準"), html.Ul([html.Li(line) for line in criteria])],
                className="covers",
            ),
        ],
        className="slider",
    )


def _swaps() -> html.Section:
    """Filled a moment later, so that the ranking does not wait for it."""
    waiting = html.P("観点ごとの影響を計算しています…")
    return html.Section(
        [dcc.Store(id=Ids.SWAPS_ASKED, data=""), html.Div(waiting, id=Ids.SWAPS)],
        className="card swaps",
    )


def _sets(shown: Shown) -> html.Section:
    return html.Section(
        [
            html.H2("重みを保存する"),
            html.P("同じ名前で保存すると新しい版になり、前の版も残ります。", className="base"),
            save_form(),
            _part(Ids.SETS, shown.sets),
        ],
        className="card",
    )


def _evaluations(shown: Shown) -> html.Section:
    return html.Section(
        [
            html.H2("順位を評価として残す"),
            html.P(
                "いまの全業務の順位を、重み・設定とともに残します。残した評価は後から変わりません。",
                className="base",
            ),
            freeze_form(shown.freeze_note),
            _part(Ids.EVALUATIONS, shown.evaluations),
        ],
        className="card",
    )
