"""重み: the components of what is kept - weight sets, evaluations, and an opened evaluation."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from bpr.dashboard.components.fields import text_field
from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.pages.weights.ids import Ids
from bpr.dashboard.pages.weights.kept import EvaluationLine, EvaluationView, SetCard, SetLine
from bpr.dashboard.pages.weights.query import WeightsQuery
from bpr.dashboard.pages.weights.ranking import ranking_table


def save_form() -> html.Div:
    """Name and note for the weights of now."""
    return html.Div(
        [
            text_field(
                id=Ids.NAME,
                label="名前",
                placeholder="例：窓口の負担を重く",
                value="",
                w=260,
            ),
            text_field(
                id=Ids.NOTE,
                label="メモ（後で分かるように）",
                placeholder="例：6 月の庁内会議での意見",
                value="",
                w=320,
            ),
            html.Button("この重みを保存する", id=Ids.SAVE, className="button", type="button"),
        ],
        className="filters naming",
    )


def set_parts(cards: Sequence[SetCard]) -> list[Any]:
    """The kept sets, each with its earlier versions behind it."""
    if not cards:
        return [html.P("保存した重みは、まだありません。", className="base")]
    heads = ["名前", "重み", "メモ", "保存", "見る"]
    return [card_table("保存した重み", heads, [_set_row(card) for card in cards], "sets")]


def _set_row(card: SetCard) -> html.Tr:
    line = card.latest
    earlier = [_earlier(card.earlier)] if card.earlier else []
    return card_row(
        [line.name, html.Small(line.version)],
        [
            card_cell("重み", html.Div([line.weights, *earlier])),
            card_cell("メモ", line.note),
            card_cell("保存", line.saved),
            card_cell("見る", html.Div(_set_links(line), className="row-actions")),
        ],
    )


def _set_links(line: SetLine) -> list[Any]:
    whose = html.Span(f"（{line.name} {line.version}）", className="visually-hidden")
    here = (
        html.B("表示中", className="looked-at")
        if line.looked_at
        else dcc.Link(["この重みで見る", whose], href=line.href, className="small-action")
    )
    return [
        here,
        dcc.Link(["候補", whose], href=line.candidates, className="small-action"),
    ]


def _earlier(lines: Sequence[SetLine]) -> html.Details:
    items = [
        html.Li(
            [
                f"{line.version}　{line.weights}　{line.saved}　{line.note}",
                html.Div(_set_links(line), className="row-actions"),
            ]
        )
        for line in lines
    ]
    return html.Details(
        [html.Summary(f"前の版（{len(lines)}）"), html.Ul(items)], className="earlier"
    )


def freeze_form(note: str) -> html.Div:
    """Title for the ranking of now; `note` says why it cannot be frozen, empty where it can."""
    return html.Div(
        [
            html.Div(
                [
                    text_field(
                        id=Ids.TITLE,
                        label="題名",
                        placeholder="例：令和8年度 BPR 対象の選定",
                        value="",
                        w=360,
                    ),
                    html.Button(
                        "この順位を評価として残す",
                        id=Ids.FREEZE,
                        className="button",
                        type="button",
                        disabled=bool(note),
                    ),
                ],
                className="filters naming",
            ),
            html.P(note, id=Ids.FREEZE_NOTE, role="status", className="freeze-note"),
        ]
    )


def evaluation_parts(lines: Sequence[EvaluationLine]) -> list[Any]:
    """The frozen evaluations, the newest first."""
    if not lines:
        return [html.P("残した評価は、まだありません。", className="base")]
    heads = ["題名", "残した日時", "重み", "業務数", "設定", "見る"]
    return [card_table("残した評価", heads, [_evaluation_row(line) for line in lines], "sets")]


def _evaluation_row(line: EvaluationLine) -> html.Tr:
    whose = html.Span(f"（{line.title}）", className="visually-hidden")
    action = (
        html.B("下に表示中", className="looked-at")
        if line.opened
        else dcc.Link(["今と比べる", whose], href=line.href, className="small-action")
    )
    return card_row(
        line.title,
        [
            card_cell("残した日時", line.frozen),
            card_cell("重み", html.Div([line.set_name, html.Small(line.weights)])),
            card_cell("業務数", line.tasks),
            card_cell("設定", html.Code(line.digest)),
            card_cell("見る", action),
        ],
    )


def detail_section(view: EvaluationView, query: WeightsQuery) -> html.Section:
    """An opened evaluation beside today."""
    count = len(view.lines)
    return html.Section(
        [
            html.H2(view.heading, id=Ids.EVALUATION, tabIndex="-1"),
            html.P(view.base, className="base"),
            html.Ul([html.Li(view.settings), html.Li(view.data)]),
            html.Div(
                [
                    html.Button(
                        "この評価を Excel で保存", id=Ids.FILE, className="button", type="button"
                    ),
                    dcc.Link(
                        "閉じる",
                        href=query.with_(evaluation="").href(),
                        className="button outline",
                    ),
                ],
                className="buttons",
            ),
            ranking_table(
                f"評価の上位 {count} と今の順位",
                ("評価での順位", "今の順位"),
                view.lines,
                "frozen",
            ),
            html.P(
                "今の順位は、評価と同じ重みで、今の調査票と設定から計算しています。手段と適性は評価のときのものです。",
                className="base",
            ),
        ],
        className="card",
    )
