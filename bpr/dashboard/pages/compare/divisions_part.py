"""比較, divisions: the ways to measure, the chart, the table."""

from typing import Any

from dash import dcc, html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.cards import section
from bpr.dashboard.components.chart import readable_chart
from bpr.dashboard.components.numbers import Cell, Link, Numbers
from bpr.dashboard.figures.compare import divisions_figure, rows_height
from bpr.dashboard.pages.compare.divisions import DivisionLine, DivisionsView
from bpr.dashboard.pages.compare.ids import Ids
from bpr.dashboard.pages.compare.query import MEASURES, CompareQuery

_NOTE = (
    "割合は年間作業時間の割合です。紙利用率は「紙」「電子+紙」の時間の割合で、該当なしと記入なしも母数に入れています（概況と同じ）。"
    "課の仕事が違えば割合も違うので、差は良し悪しではなく、話を聞くきっかけです。"
)


def division_sections(view: DivisionsView, query: CompareQuery) -> list[Any]:
    """Everything about the divisions."""
    figure = divisions_figure(view.bars, view.mean, view.mean_text)
    chart = readable_chart(
        figure,
        view.sentence,
        _numbers(view, query),
        Ids.CHART,
        rows_height(len(view.bars)),
        f"課ごとの{MEASURES[query.known_measure]}",
    )
    return [
        section(view.heading, view.base, [_measures(query), chart, html.P(_NOTE, className="base")])
    ]


def _measures(query: CompareQuery) -> html.Nav:
    links = [
        _measure(label, CompareQuery(view="divisions", measure=name), query)
        for name, label in MEASURES.items()
    ]
    return html.Nav(links, className="ways measures", **aria(label="比べる割合"))


def _measure(label: str, target: CompareQuery, query: CompareQuery) -> dcc.Link:
    chosen = target.measure == query.known_measure
    told = [html.Span("（表示中）", className="visually-hidden")] if chosen else []
    look = "button way on" if chosen else "button outline way"
    return dcc.Link([label, *told], href=target.href(), className=look)


def _numbers(view: DivisionsView, query: CompareQuery) -> Numbers:
    difference = f"{MEASURES[query.known_measure]}の差"
    header = ["課", "業務数", "時間／年", *MEASURES.values(), difference, "見方"]
    return Numbers(
        caption=f"{view.heading}。{view.base}",
        header=header,
        rows=[_row(line) for line in view.lines],
        right=range(1, len(header) - 1),
        quiet=[place for place, line in enumerate(view.lines) if line.small],
    )


def _row(line: DivisionLine) -> list[Cell]:
    name = Link(line.division, line.href) if line.href else line.division
    return [name, line.tasks, line.hours, *line.shares, line.difference, line.remark]


def right_head(label: str) -> html.Th:
    """Head of a column of numbers."""
    return html.Th(label, scope="col", role="columnheader", className="right")
