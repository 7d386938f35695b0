"""使い方: the page - the steps that one may take, each with its way there, and all hard words."""

from typing import Any, Final

from dash import Dash, dcc, html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.cards import page_head, section
from bpr.dashboard.explanations import EXPLANATIONS
from bpr.dashboard.pages.guide.ids import Ids
from bpr.dashboard.pages.guide.view import Counts, State, Step, view_answer, view_steps
from bpr.workspace import Workspace
from bpr.workspace.rights import RIGHTS

PATH: Final = "/guide"
QUESTION: Final = "はじめての方へ：何から、どの順にするか"
_MARKS: Final = {State.DONE: "✓", State.GOING: "…", State.OPEN: "○"}
_ENDED: Final = ("shelved", "withdrawn")


def register(_app: Dash, _workspace: Workspace) -> None:
    """Nothing on this page calls the server."""


def render(workspace: Workspace, _search: str) -> Any:  # noqa: ANN401 - a Dash component
    """Lay out the steps of the person who looks."""
    steps = view_steps(count_work(workspace), RIGHTS[workspace.person().role])
    following = next((step for step in steps if step.state is not State.DONE), None)
    items = [_step(number, one, one is following) for number, one in enumerate(steps, 1)]
    return html.Div(
        [
            page_head(QUESTION, view_answer(steps), Ids.ANSWER),
            *([html.Ol(items, id=Ids.STEPS, className="guide-steps")] if items else []),
            _words(),
        ]
    )


def count_work(workspace: Workspace) -> Counts:
    """Count what is there and what people have done, as far as the person sees it."""
    report = workspace.report()
    severities = report.diagnostics["severity"].to_list()
    targets = workspace.list_targets()
    alive = targets.filter(~targets["status"].is_in(_ENDED) & targets["merged_into"].is_null())
    effects = workspace.list_effects()
    return Counts(
        files=report.workbooks.height,
        tasks=report.tasks.height,
        errors=severities.count("error"),
        warnings=severities.count("warning"),
        confirmed=report.tasks.filter(work_class_source="person").height,
        doubtful=report.reviews.height,
        targets=alive.height,
        done=len(effects),
        measured=sum(effect.realized is not None for effect in effects),
    )


def _step(number: int, step: Step, following: bool) -> html.Li:  # noqa: FBT001 - one flag of one row
    mark = html.Span(_MARKS[step.state], **aria(hidden="true"))
    return html.Li(
        [
            html.Span(f"{number}", className="guide-number", **aria(hidden="true")),
            html.Div(
                [
                    html.H2(step.name),
                    html.P(step.what),
                    html.P(
                        [html.B([mark, f" {step.state}"], className="guide-state"), step.told],
                        className="guide-told",
                    ),
                ],
                className="guide-text",
            ),
            dcc.Link(
                [
                    f"「{step.page}」を開く",
                    html.Span(f"（{step.name}）", className="visually-hidden"),
                ],
                href=step.href,
                className="button" if following else "button outline",
            ),
        ],
        className="card guide-step next" if following else "card guide-step",
        **(aria(current="step") if following else {}),
    )


def _words() -> html.Section:
    parts = [html.Div([html.Dt(term.label), html.Dd(term.note)]) for term in EXPLANATIONS.values()]
    words = html.Dl(parts, id=Ids.WORDS, className="guide-words")
    note = "ほかのページで点線の付いた言葉は、マウスを重ねるか、Tab キーと矢印キーで選ぶか、押すと、同じ説明が出ます。Esc キーで消えます。"
    return section("言葉の説明", note, [words])
