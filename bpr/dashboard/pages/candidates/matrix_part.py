"""候補: the components of effect × ease - the sentence, the quarters, the picture with its numbers."""

from typing import Any

from dash import html

from bpr.dashboard.components.chart import readable_chart
from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.figures.matrix import HEIGHT, Quarters, matrix_figure
from bpr.dashboard.pages.candidates.ids import Ids
from bpr.dashboard.pages.candidates.matrix import NAMES, MatrixView, QuarterLine
from bpr.score.ease import LARGE_HOURS, QUARTERS

TITLE = "効果×取り組みやすさ"
_HEADS = ("業務数", "削減見込／年", "うち確実")


def matrix_parts(view: MatrixView | None) -> list[Any]:
    """Everything on the filtered tasks, or what to do where nothing can be placed."""
    if view is None:
        return [
            html.H2(TITLE),
            html.P(
                "削減見込の分かる候補がありません。絞り込みをゆるめるか、時間のある調査票を取り込んでください。"
            ),
        ]
    now, plan, aside, later = (NAMES[name] for name in QUARTERS)
    figure = matrix_figure(
        view.columns, view.dots, Quarters(LARGE_HOURS, (now, plan, aside, later))
    )
    return [
        html.H2(TITLE),
        html.P(html.B(view.sentence), className="matrix-sentence"),
        card_table(
            "区画ごとの業務数と削減見込（時間）",
            [
                "区画",
                *(
                    html.Th(head, scope="col", role="columnheader", className="right")
                    for head in _HEADS
                ),
            ],
            [_quarter(line) for line in view.quarters],
        ),
        readable_chart(figure, view.sentence, view.numbers, Ids.MATRIX_CHART, HEIGHT, TITLE),
        *(html.P(note, className="base") for note in view.notes),
    ]


def _quarter(line: QuarterLine) -> html.Tr:
    told = zip(_HEADS, (line.count, line.hours, line.certain), strict=True)
    return card_row(
        [line.name, html.Small(line.meaning)],
        [card_cell(head, text, "right") for head, text in told],
    )
