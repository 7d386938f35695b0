"""KPI: the page - the answer, all KPI, the chosen one's path, what is behind it, effects, the form."""

from dataclasses import dataclass
from typing import Any, Final

from dash import dcc, html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.cards import page_head, section
from bpr.dashboard.components.chart import readable_chart
from bpr.dashboard.components.explain import explain, explain_row
from bpr.dashboard.components.numbers import Cell, Link, Numbers
from bpr.dashboard.components.sight import sight_stores
from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.figures.kpi import kpi_figure
from bpr.dashboard.pages.kpi.behind import view_behind
from bpr.dashboard.pages.kpi.effects import view_effects
from bpr.dashboard.pages.kpi.evidence import behind_parts, effect_parts
from bpr.dashboard.pages.kpi.form import entry_form
from bpr.dashboard.pages.kpi.ids import Ids
from bpr.dashboard.pages.kpi.query import read_look
from bpr.dashboard.pages.kpi.view import KpiLine, Progress, YearLine, view_lines, view_progress
from bpr.errors import InputError
from bpr.workspace import Workspace

QUESTION: Final = "計画どおり進んでいるか"
EMPTY: Final = "まだ BPR対象がないので、進み具合は言えません。"
_WORDS: Final = ("bpr_done", "base", "measured", "expected", "opinion", "split")
_CHART_HEIGHT: Final = "340px"


@dataclass(frozen=True)
class Shown:
    """Everything on the page that follows the address and every change."""

    head: list[Any]
    body: list[Any]
    form: list[Any]


def render(workspace: Workspace, search: str) -> Any:  # noqa: ANN401 - a Dash component
    """Lay out the page for the KPI in the address."""
    try:
        shown = show_parts(workspace, search)
    except InputError as error:
        return page_head(QUESTION, [str(error)], Ids.ANSWER)
    return html.Div(
        [
            html.Div(shown.head, id=Ids.HEAD, **aria(live="polite")),
            explain_row("kpi", _WORDS),
            _part(Ids.BODY, shown.body),
            _part(Ids.FORM, shown.form),
            html.Div(
                html.Button(
                    "KPI進捗管理表を Excel で保存",
                    id=Ids.EXCEL,
                    className="button outline",
                    type="button",
                ),
                className="foot",
            ),
            dcc.Download(id=Ids.DOWNLOAD),
            *sight_stores(Ids.VISITED, Ids.KEPT),
        ]
    )


def show_parts(workspace: Workspace, search: str | None) -> Shown:
    """Make anew what follows the address; raises InputError where there is no KPI at all."""
    look = read_look(workspace, search)
    proofs = workspace.prove_targets()
    problem = [html.P(look.problem, className="error")] if look.problem else []
    lines = view_lines(look, proofs)
    form = entry_form(workspace, look)
    if not proofs and look.view.definition.measure != "entered":
        told = [page_head(QUESTION, [EMPTY], Ids.ANSWER), *_notice(problem)]
        return Shown(told, [_next_steps(), _all_kpi(lines)], form)
    progress = view_progress(look, proofs, workspace.settings.kpi.forecast.interval)
    effects = view_effects(
        workspace.summarize_effects(),
        proofs,
        workspace.own_rates(),
        workspace.settings.kpi.feedback_least,
    )
    body = [
        _all_kpi(lines),
        _chart(progress),
        _part(Ids.EVIDENCE, behind_parts(view_behind(look, proofs)), "card"),
        *effect_parts(effects),
    ]
    head = [page_head(QUESTION, progress.answer, Ids.ANSWER), *_notice(problem)]
    return Shown([*head, _notes(progress)], body, form)


def _part(part: Ids, children: list[Any], class_name: str = "") -> html.Div:
    """Part of the page that is made anew; it takes the focus where the focused link is gone."""
    keeps: dict[str, Any] = {"data-keeps-focus": "true"}
    return html.Div(children, id=part, tabIndex="-1", className=class_name, **keeps)


def _notice(problem: list[Any]) -> list[Any]:
    return [html.Div(problem, className="notice")] if problem else []


def _notes(progress: Progress) -> html.Div:
    more = [html.P(note, className="base") for note in progress.sources]
    return html.Div(
        [
            html.P(progress.base, className="base"),
            html.Details(
                [html.Summary("見通しの出し方と、KPI の出所"), *more], className="numbers"
            ),
        ],
        className="kpi-notes",
    )


def _next_steps() -> html.Section:
    return html.Section(
        [
            html.H2("数え始めるまで"),
            html.Ol(
                [
                    html.Li("「候補」で、見直す業務を選び、BPR対象にする。"),
                    html.Li("「BPR対象」で、実施済にする年度を決め、進んだら状態を変える。"),
                    html.Li("実施済にした業務の、導入前と後の時間を測って入れる。"),
                ]
            ),
            dcc.Link("「候補」を開く", href="/candidates", className="button"),
            dcc.Link("「使い方」を開く", href="/guide", className="small-action"),
        ],
        className="card kpi-steps",
    )


def _all_kpi(lines: list[KpiLine]) -> html.Section:
    heads = [
        "KPI項目",
        "現状値（年度）",
        "目標値（年度）",
        "実績",
        "今日までの予定",
        explain("grade", "kpi-list"),
        explain("forecast", "kpi-list"),
    ]
    return html.Section(
        [
            html.H2("すべての KPI", className="visually-hidden"),
            card_table("すべての KPI", heads, [_kpi_row(line) for line in lines], "kpi-list"),
        ],
        id=Ids.LIST,
    )


def _kpi_row(line: KpiLine) -> html.Tr:
    current = aria(current="true") if line.chosen else {}
    shown = [html.Small("表示中")] if line.chosen else []
    return card_row(
        [dcc.Link(line.label, href=line.href, className="kpi-link"), *shown],
        [
            card_cell("現状値", line.baseline),
            card_cell("目標値", line.goal),
            card_cell("実績", html.B(line.reached)),
            card_cell("予定", line.planned),
            card_cell("進捗", line.grade),
            card_cell("見通し", line.forecast),
        ],
        "chosen-kpi" if current else "",
    )


def _chart(progress: Progress) -> html.Section:
    return section(
        progress.heading,
        progress.note,
        [
            readable_chart(
                kpi_figure(progress.path),
                progress.sentence,
                _numbers(progress),
                Ids.CHART,
                _CHART_HEIGHT,
                f"{progress.label}の予定と実績",
            )
        ],
    )


def _numbers(progress: Progress) -> Numbers:
    by_hand = any(line.base != line.evidence for line in progress.years)
    return Numbers(
        caption=f"{progress.note}。{progress.base}",
        header=[
            "年度",
            "予定",
            "実績",
            "前の年度から",
            *(["母数", "根拠"] if by_hand else []),
            "評価",
            "備考",
        ],
        rows=[_year_row(line, by_hand=by_hand) for line in progress.years],
        right=(1, 2, 3, 4) if by_hand else (1, 2, 3),
    )


def _year_row(line: YearLine, *, by_hand: bool) -> list[Cell]:
    opened = f"（{line.year}に数えたもの）"
    reached = Link(line.reached, line.href, opened) if line.href else line.reached
    proof = [line.base, line.evidence] if by_hand else []
    return [line.year, line.planned, reached, line.added, *proof, line.grade, line.remark]
