"""資料: the page - the answer, and a line with a button for every paper."""

from typing import Any, Final

from dash import dcc, html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.cards import page_head
from bpr.dashboard.components.empty import empty_state
from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.pages.papers.ids import Ids, Parts, part_id
from bpr.dashboard.pages.papers.reading import read_stock
from bpr.dashboard.pages.papers.view import Line, view_papers
from bpr.workspace import Workspace

QUESTION: Final = "会議に何を持っていくか"
_HEADS: Final = ("資料", "だれに", "中身（母数）", "形式", "保存")
_NOTE: Final = (
    "Excel の資料は A4 横で印刷でき、合計と割合は計算式です。書き換えて使えます。"
    "業務の名前が入らないのは、オープンデータと交換ファイルだけです。"
)


def render(workspace: Workspace, _search: str) -> Any:  # noqa: ANN401 - a Dash component
    """Lay out the page."""
    if not workspace.report().tasks.height:
        return empty_state(QUESTION)
    view = view_papers(read_stock(workspace))
    rows = [_row(line) for line in view.lines]
    return html.Div(
        [
            page_head(QUESTION, view.answer, Ids.ANSWER),
            card_table("資料の一覧", _HEADS, rows, "paper-list"),
            html.P(_NOTE, className="base"),
        ],
        className="papers",
    )


def _row(line: Line) -> html.Tr:
    return card_row(
        [line.name, html.Small(line.about)],
        [
            card_cell("だれに", line.readers),
            card_cell("中身（母数）", line.holds),
            card_cell("形式", line.form),
            card_cell("保存", _action(line), "paper-action"),
        ],
    )


def _action(line: Line) -> list[Any]:
    told = html.Span(f"（{line.name}）", className="visually-hidden")
    if not line.makes:
        link = dcc.Link([line.link, told], href=line.href, className="small-action")
        return [html.Span(line.missing), link] if line.missing else [link]
    return [
        html.Button(
            ["保存する", told],
            id=part_id(Parts.MAKE, line.paper),
            className="button outline",
            type="button",
        ),
        html.Span(id=part_id(Parts.WAIT, line.paper), className="base", **aria(live="polite")),
        html.Span(id=part_id(Parts.TOLD, line.paper), className="base", **aria(live="polite")),
        dcc.Download(id=part_id(Parts.FILE, line.paper)),
    ]
