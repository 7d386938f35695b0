"""重み: the components of a ranking - the top with what moved, who left it, how sure it is."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.chart import readable_chart
from bpr.dashboard.components.numbers import Numbers
from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.pages.weights.ids import Ids
from bpr.dashboard.pages.weights.query import CANDIDATES, Look
from bpr.dashboard.pages.weights.steps import say_multipliers
from bpr.dashboard.pages.weights.swaps import Swaps, swaps_figure, swaps_height
from bpr.dashboard.pages.weights.view import Effect, Line, Move


def effect_parts(look: Look, effect: Effect, themes: dict[str, str]) -> list[Any]:
    """The top under the weights; how sure it is comes a moment later."""
    opinion = look.opinion
    weights = say_multipliers(opinion.multipliers, themes)
    return [
        html.Div(
            [
                html.Div(
                    [
                        html.H2(
                            f"この重みでの上位 {effect.top}：{opinion.label}",
                            id=Ids.RANKING,
                            tabIndex="-1",
                        ),
                        html.P(weights, className="base"),
                    ]
                ),
                dcc.Link(
                    "この重みで候補を見る",
                    href=f"{CANDIDATES}{look.query.tasks().to_query()}",
                    className="button outline",
                ),
            ],
            className="foot",
        ),
        html.Div(
            html.P("順位の確かさを計算しています…"), id=Ids.SURE, role="status", className="sure"
        ),
        dcc.Store(id=Ids.ASKED, data=look.query.to_query()),
        ranking_table(
            f"この重みでの上位 {effect.top}", ("順位", "標準での順位"), effect.lines, "moves"
        ),
        *_left(effect),
    ]


def ranking_table(
    caption: str, ranks: tuple[str, str], lines: Sequence[Line], class_name: str
) -> html.Table:
    """Tasks with the rank that heads the row, the rank to compare it with, and the change."""
    labels = [ranks[1], "変化", "業務", "課", "手段", "適性"]
    heads = [ranks[0], *labels[:-1], html.Th(labels[-1], scope="col", role="columnheader", className="right")]  # fmt: skip
    by_today = class_name == "frozen"
    rows = [
        card_row(
            line.before if by_today else line.now,
            [
                card_cell(labels[0], line.now if by_today else line.before),
                card_cell("変化", _move(line.move)),
                card_cell("業務", dcc.Link(line.name, href=line.href)),
                card_cell("課", line.division),
                card_cell("手段", line.lever),
                card_cell("適性", line.score, "right"),
            ],
            f"row-{line.move.kind}",
        )
        for line in lines
    ]
    return card_table(caption, heads, rows, f"ranking {class_name}")


def _move(move: Move) -> html.Span:
    """The mark to see, and the same in words to hear."""
    return html.Span(
        [
            html.Span(move.mark, **aria(hidden="true")),
            html.Span(move.told, className="visually-hidden"),
        ],
        className=f"move move-{move.kind}",
    )


def _left(effect: Effect) -> list[Any]:
    if not effect.left:
        return []
    labels = ["課", "標準での順位", "この重みでの順位"]
    rows = [
        card_row(
            dcc.Link(line.name, href=line.href),
            [
                card_cell(label, text)
                for label, text in zip(labels, (line.division, line.before, line.now), strict=True)
            ],
        )
        for line in effect.left
    ]
    return [
        html.H3(f"上位 {effect.top} から外れる {len(effect.left)} 業務"),
        card_table(f"上位 {effect.top} から外れる業務", ["業務", *labels], rows, "left-behind"),
    ]


def certainty_parts(lines: Sequence[str]) -> list[Any]:
    """How sure it is, with what the words mean behind it."""
    told, meaning = lines
    return [html.Details([html.Summary(told), html.P(meaning, className="base")])]


def swap_parts(swaps: Swaps) -> list[Any]:
    """Which theme moves most, as a sentence, bars and a table."""
    rows = [[bar.label, f"{bar.count}", f"{bar.count / swaps.top:.0%}"] for bar in swaps.bars]
    base = f"入れ替わる業務の数（母数：上位 {swaps.top}）"
    header = ["2 倍にする観点", "入れ替わる業務", f"割合（母数 {swaps.top}）"]
    return [
        html.H2("どの観点が順位を動かすか"),
        html.P(swaps.sentence),
        html.P(base, className="base"),
        readable_chart(
            swaps_figure(swaps.bars, swaps.top),
            swaps.sentence,
            Numbers(base, header, rows, right=(1, 2)),
            Ids.CHART,
            swaps_height(len(swaps.bars)),
            "観点を2倍にすると入れ替わる業務",
        ),
    ]
