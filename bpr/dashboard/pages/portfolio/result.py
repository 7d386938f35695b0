"""組合せ: the result - numbers, chosen tasks, what was left out, what more would bring."""

from typing import Any, Final, TypeAlias

from dash import dcc, html

from bpr.dashboard.components.cards import number_card, page_head, section
from bpr.dashboard.components.chart import readable_chart
from bpr.dashboard.components.numbers import Numbers, numbers_table
from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.figures.margins import margin_figure, margin_height
from bpr.dashboard.pages.portfolio.beyond import (
    LeftOutLine,
    Margins,
    view_left_out,
    view_margins,
)
from bpr.dashboard.pages.portfolio.choice import Asked, choose, read_asked, select
from bpr.dashboard.pages.portfolio.ids import Ids
from bpr.dashboard.pages.portfolio.layout import QUESTION, SAVE
from bpr.dashboard.pages.portfolio.query import PortfolioQuery
from bpr.dashboard.pages.portfolio.view import (
    Chosen,
    ChosenLine,
    view_answer,
    view_chosen,
    view_figures,
)
from bpr.errors import InputError
from bpr.workspace import Workspace

Parts: TypeAlias = tuple[Any, list[Any]]
FIRST: Final = 10
"""How many of the tasks left out are listed at first."""


def show_result(workspace: Workspace, search: str | None) -> Parts:
    """Head and chosen tasks for the address; what is wrong with it is said in their place."""
    query = PortfolioQuery.parse(search or "")
    try:
        return _result(workspace, query, read_asked(workspace, query))
    except InputError as error:
        head = page_head(QUESTION, ["条件を直してください。"], Ids.ANSWER)
        return head, [html.P(str(error), className="portfolio-error", role="alert")]


def show_beyond(workspace: Workspace, search: str | None) -> list[Any]:
    """What was left out and what more would bring; nothing where nothing was chosen."""
    query = PortfolioQuery.parse(search or "")
    try:
        asked = read_asked(workspace, query)
        selection = select(workspace, asked)
    except InputError:
        return []
    if not selection.portfolio.chosen.height:
        return []
    return [
        _left_out(view_left_out(asked.report, selection.left_out, query.weighed)),
        _margins(view_margins(selection.portfolio, selection.margins)),
    ]


def _result(workspace: Workspace, query: PortfolioQuery, asked: Asked) -> Parts:
    report, portfolio = asked.report, choose(workspace, asked)
    head = page_head(QUESTION, view_answer(report, portfolio), Ids.ANSWER)
    foot = _foot(query, asked.opinion.label, saves=portfolio.chosen.height > 0)
    if not portfolio.chosen.height:
        return head, [foot]
    cards = [number_card(figure) for figure in view_figures(report, portfolio)]
    chosen = _chosen(view_chosen(report, portfolio, query.weighed))
    return head, [html.Div(cards, className="cards"), foot, chosen]


def _foot(query: PortfolioQuery, weights: str, *, saves: bool) -> html.Div:
    buttons = [
        html.Button(SAVE, id=Ids.SAVE, className="button", type="button"),
        html.Button(
            "BPR対象業務一覧（Excel）",
            id=Ids.SAVE_TARGETS,
            className="button outline",
            type="button",
        ),
    ]
    back = dcc.Link(
        f"候補に戻る（重み：{weights}）",
        href=f"/candidates{query.weighed.to_query()}",
        className="small-action",
    )
    return html.Div([*(buttons if saves else []), back], className="buttons portfolio-buttons")


def _right(label: str) -> html.Th:
    return html.Th(label, scope="col", role="columnheader", className="right")


def _chosen(view: Chosen) -> html.Section:
    heads = [
        "業務",
        "課",
        "手段",
        _right("削減見込／年（幅）"),
        _right("初期費用（円）"),
        _right("毎年の費用（円）"),
        _right("手間（人日）"),
        _right("適性の順位"),
    ]
    rows = [_chosen_row(line) for line in view.lines]
    rows.append(_chosen_row(view.totals, "totals"))
    hidden = (
        [
            html.P(
                f"ほかに {view.hidden:,} 業務あります。すべては Excel で見られます。",
                className="base",
            )
        ]
        if view.hidden
        else []
    )
    bought = view.licences or ["買う必要のあるライセンスはありません。"]
    return html.Section(
        [
            html.H2(view.heading),
            html.P(view.base, className="base"),
            card_table(view.heading, heads, rows, "chosen"),
            *hidden,
            html.P([html.B("ライセンス　"), "。".join(bought).removesuffix("。"), "。"]),
            *(html.P(note) for note in view.notes),
        ]
    )


def _chosen_row(line: ChosenLine, class_name: str = "") -> html.Tr:
    name = dcc.Link(line.name, href=line.href, className="small-action") if line.href else line.name
    return card_row(
        name,
        [
            card_cell("課", line.division),
            card_cell("手段", html.Div([line.lever, html.Small(line.other)])),
            card_cell(
                "削減見込／年", html.Div([line.saving, html.Small(f"（{line.interval}）")]), "right"
            ),
            card_cell("初期費用（円）", line.setup, "right"),
            card_cell("毎年の費用（円）", line.yearly, "right"),
            card_cell("手間（人日）", line.days, "right"),
            card_cell("適性の順位", line.rank, "right"),
        ],
        class_name,
    )


def _left_out(lines: list[LeftOutLine]) -> html.Section:
    heading = "入らなかった業務と、その理由"
    if not lines:
        return section(heading, "勧める点に届いた業務は、すべて入りました。", [])
    base = (
        f"入らなかった中で、削減見込の大きい順に {len(lines):,} 業務。"
        "「無理に入れると」は、その業務を必ず入れて選び直したときの、全体の変化です。"
    )
    first, rest = lines[:FIRST], lines[FIRST:]
    more = html.Details(
        [html.Summary(f"残り {len(rest):,} 業務も見る"), _left_out_table(heading, rest)]
    )
    return html.Section(
        [
            html.H2(heading),
            html.P(base, className="base"),
            _left_out_table(heading, first),
            *([more] if rest else []),
        ]
    )


def _left_out_table(heading: str, lines: list[LeftOutLine]) -> html.Table:
    heads = ["業務", "課", "手段", _right("削減見込／年"), "なぜ入らないか", "無理に入れると"]
    rows = [
        card_row(
            dcc.Link(line.name, href=line.href, className="small-action"),
            [
                card_cell("課", line.division),
                card_cell("手段", line.lever),
                card_cell("削減見込／年", line.saving, "right"),
                card_cell("なぜ入らないか", line.reason),
                card_cell("無理に入れると", line.forced),
            ],
        )
        for line in lines
    ]
    return card_table(heading, heads, rows, "left")


def _margins(view: Margins) -> html.Section:
    if not view.lines:
        return section(view.heading, view.sentence, [])
    header = [
        "上限",
        "広げる量",
        "増える時間／年",
        "今の平均なら",
        "今の平均に対して",
        "今の全体に対して",
    ]
    rows = [
        [line.limit, line.more, line.gained, line.average, line.ratio, line.share]
        for line in view.lines
    ]
    numbers = Numbers(f"{view.heading}。{view.note}", header, rows, right=(2, 3, 4, 5))
    if not view.bars:
        return section(view.heading, view.note, [html.P(view.sentence), numbers_table(numbers)])
    figure, height = margin_figure(view.bars), margin_height(len(view.bars))
    chart = readable_chart(
        figure, view.sentence, numbers, Ids.CHART, height, "上限を広げると増える時間"
    )
    return section(view.heading, view.note, [html.P(view.sentence), chart])
