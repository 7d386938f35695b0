"""候補: the panel that explains one task."""

from typing import Any

from dash import html

from bpr.dashboard.components.explain import explain
from bpr.dashboard.components.table import plain_table
from bpr.dashboard.pages.candidates.detail import (
    NO_SAVING,
    CaseView,
    Detail,
    KindView,
    MeanView,
    PitfallView,
    QuestionView,
)
from bpr.dashboard.pages.candidates.levers import CriterionRow, LeverView
from bpr.dashboard.pages.candidates.saving import FactorRow, SavingView


def detail_panel(detail: Detail | None) -> list[Any]:
    """The explanation of one task, from its place in the ranking to the last criterion."""
    if detail is None:
        return [html.P("一覧で業務を選ぶと、順位と点の内訳を表示します。")]
    shown = [lever for lever in detail.levers if not lever.folded]
    folded = [lever for lever in detail.levers if lever.folded]
    return [
        html.H2(detail.heading),
        html.P(detail.place, className="base"),
        html.P(detail.work_class, className="base"),
        _paragraph(_word("rank_range", "順位"), detail.rank),
        *_certainty_part(detail),
        _paragraph("なぜ", detail.why),
        _paragraph("何が変わるか", detail.change),
        *_kind_part(detail.kind),
        *_question_part(detail.question),
        *_saving_part(detail.lever_label, detail.saving),
        *_case_part(detail.cases),
        *_means_part(detail.means, detail.pitfalls),
        html.H3("手段ごとの点"),
        *(_lever_part(lever, opened=number == 0) for number, lever in enumerate(shown)),
        *_folded_part(folded),
        html.P(
            "点＝100×Σ(重み×値)÷Σ重み。重みと区切りは本製品の目安で、scoring.toml で変えられます。"
            "国が定めた数値基準はありません。",
            className="base",
        ),
    ]


def _paragraph(term: Any, *parts: Any) -> html.P:  # noqa: ANN401 - Dash children
    return html.P([html.B([term, "　"]), *parts])


def _word(name: str, shown: str = "") -> html.Span:
    return explain(name, "panel", shown)


def _certainty_part(detail: Detail) -> list[Any]:
    mark = html.Span(detail.certainty_label, className=f"tag certainty {detail.certainty}")
    return [
        _paragraph(_word("certainty"), mark, f" {detail.certainty_text}"),
        html.P(detail.judgement, className="follows"),
    ]


def _kind_part(kind: KindView | None) -> list[Any]:
    if kind is None:
        return []
    return [
        _paragraph("手段の種類", html.B(kind.label), f"　{kind.reason}"),
        html.P(kind.evidence, className="base"),
    ]


def _question_part(question: QuestionView | None) -> list[Any]:
    if question is None:
        return [_paragraph("聞くべき一問", "答えが足りないために順位が動く項目はありません。")]
    return [
        html.Div(
            [
                _paragraph("聞くべき一問", f"{question.whom}：{question.text}"),
                html.P(question.effect, className="effect"),
            ],
            className="asked",
        )
    ]


def _saving_part(lever: str, saving: SavingView | None) -> list[Any]:
    if saving is None:
        return [_paragraph("削減見込", NO_SAVING)]
    words = [html.Strong(f" {saving.words}", className="warned")] if saving.words else []
    formula = [html.P(saving.formula, className="formula")] if saving.formula else []
    return [
        _paragraph(_word("saving", f"削減見込（{lever}）"), saving.result, *words),
        *formula,
        *(html.P(line) for line in saving.money),
        html.Details(
            [html.Summary("計算に使った数と出典"), _factor_table(saving.factors)],
            className="numbers",
        ),
    ]


def _factor_table(factors: list[FactorRow]) -> html.Table:
    """Factors in four columns; unit, evidence and source stand in a row of their own below."""
    heads = ["項目（単位）", "下限", "中央", "上限"]
    return html.Table(
        [
            html.Caption("削減見込の計算に使った数", className="visually-hidden"),
            html.Thead(
                html.Tr(
                    [
                        html.Th(head, scope="col", className="right" if number else None)
                        for number, head in enumerate(heads)
                    ]
                )
            ),
            html.Tbody([row for factor in factors for row in _factor_rows(factor)]),
        ],
        className="plain-table factors",
    )


def _factor_rows(factor: FactorRow) -> list[html.Tr]:
    name = html.Th([factor.label, html.Small(f"（{factor.unit}）")], scope="row")
    values = [factor.low, factor.middle, factor.high]
    evidence = f"根拠区分：{factor.kind}　出典：{factor.source}"
    return [
        html.Tr([name, *(html.Td(value, className="right") for value in values)]),
        html.Tr(html.Td(evidence, colSpan=4), className="evidence"),
    ]


def _case_part(cases: list[CaseView]) -> list[Any]:
    if not cases:
        return [_paragraph("先行事例", "名前の似た公表事例は見つかりませんでした。")]
    return [
        _paragraph("先行事例", f"{len(cases)} 件"),
        html.Ul([_case(c) for c in cases], className="cases"),
    ]


def _case(case: CaseView) -> html.Li:
    return html.Li(
        [
            html.B(case.municipality),
            f"　{case.task}（{case.levers}）",
            html.P([html.Span(case.evidence, className="tag evidence"), f" {case.effect}"]),
            html.P(["出典 ", html.Span(case.source, className="address")], className="base"),
        ]
    )


def _means_part(means: list[MeanView], pitfalls: list[PitfallView]) -> list[Any]:
    """Ways to rebuild the task, whatever the lever, and what to ask before deciding."""
    names = "、".join(mean.label for mean in means)
    ways = [
        html.Li([html.B(m.label), f"　{m.what}", *_reasons(m.first, m.evidence)]) for m in means
    ]
    checks = [html.Li([p.check, *_reasons(p.why, p.evidence)]) for p in pitfalls]
    shown: list[Any] = [_paragraph("見直しの方法", names or "当てはまる決まった方法はありません。")]
    if ways:
        shown.append(_folded_list("見直しの中身と、最初に決めること", ways))
    if checks:
        shown.append(_folded_list(f"落とし穴：決める前に確かめること（{len(checks)}）", checks))
    return shown


def _reasons(reason: str, evidence: str) -> list[html.P]:
    return [html.P(reason), html.P(evidence, className="base")]


def _folded_list(summary: str, items: list[html.Li]) -> html.Details:
    return html.Details(
        [html.Summary(summary), html.Ul(items, className="cases")], className="numbers"
    )


def _lever_part(lever: LeverView, *, opened: bool) -> html.Details:
    return html.Details(
        [html.Summary(f"{lever.label}　{lever.score} 点{lever.interval}"), *_lever_body(lever)],
        open=opened,
    )


def _folded_part(levers: list[LeverView]) -> list[Any]:
    if not levers:
        return []
    names = "、".join(f"{lever.label} {lever.score}" for lever in levers)
    return [
        html.Details(
            [
                html.Summary(f"ほかの手段（{len(levers)}）"),
                html.P(f"30 点に届かない手段です：{names}", className="base"),
                *(_lever_part(lever, opened=False) for lever in levers),
            ]
        )
    ]


def _lever_body(lever: LeverView) -> list[Any]:
    gate = [html.P([html.B("制約　"), lever.gate], className="gate")] if lever.gate else []
    steps = [html.P(lever.steps, className="formula")] if lever.steps else []
    note = [html.P(lever.note, className="base")] if lever.note else []
    total = [html.B("合計"), "", html.B(lever.weight_sum), html.B(lever.points_sum)]
    return [
        *gate,
        plain_table(
            f"{lever.label} の点の内訳",
            ["基準と答え", "値", "重み", "寄与（点）"],
            [*(_criterion(row) for row in lever.rows), total],
            right=(1, 2, 3),
        ),
        *steps,
        *note,
        html.Details(
            [
                html.Summary("基準の根拠"),
                html.Ul(
                    [html.Li(f"{row.label}　{row.evidence}") for row in lever.rows],
                    className="sources base",
                ),
            ],
            className="numbers",
        ),
    ]


def _criterion(row: CriterionRow) -> list[Any]:
    return [
        html.Span([row.label, html.Small(row.answer)], className="criterion"),
        _with_interval(row.value, row.value_interval),
        row.weight,
        _with_interval(row.points, row.points_interval),
    ]


def _with_interval(point: str, interval: str) -> Any:  # noqa: ANN401 - Dash children
    return [point, html.Small(interval, className="interval")] if interval else point
