"""BPR対象: the components of the board - columns that a phone shows one below the other."""

from typing import Any

from dash import dcc, html

from bpr.dashboard.pages.targets.board import Board, Card, Column
from bpr.dashboard.pages.targets.ids import next_id
from bpr.dashboard.pages.targets.view import Line

_DONE = ("done", "confirmed")


def board_parts(board: Board, base: str, *, may_decide: bool) -> list[Any]:
    """The board with its base; `may_decide`: whether cards can be moved onward."""
    columns = [_column(column, may_decide=may_decide) for column in board.columns]
    return [
        html.P(base, className="base"),
        html.Div(columns, className="board"),
        *_ended(board.ended),
    ]


def _column(column: Column, *, may_decide: bool) -> html.Section:
    cards = [_card(card, may_decide=may_decide) for card in column.cards]
    return html.Section(
        [
            html.H2([column.label, html.Span(column.count)]),
            html.P(column.base or "削減見込の分かるものはありません", className="base"),
            html.Ul(cards) if cards else html.P("この状態の取組はありません。", className="empty"),
        ],
        className="board-column" if cards else "board-column none",
    )


def _card(card: Card, *, may_decide: bool) -> html.Li:
    line = card.line
    late = [html.P(html.Strong("予定年度を超過", className="late"))] if line.overdue else []
    realized = [html.P(f"実績　{_hours(line.realized)}")] if line.standing in _DONE else []
    return html.Li(
        [
            *_heading(line),
            html.P(line.place),
            html.P(f"手段　{line.lever}"),
            html.P(f"見込　{_hours(line.expected)}"),
            *realized,
            html.P(f"完了予定　{'未定' if line.done_by == '–' else line.done_by}"),
            *late,
            *([_next(card)] if may_decide and card.next_action else []),
        ],
        className="opened" if line.opened else None,
    )


def _heading(line: Line) -> list[Any]:
    told = [html.Span("（下に表示中）", className="visually-hidden")] if line.opened else []
    return [
        html.H3(dcc.Link([line.name, *told], href=line.href)),
        html.P(f"対象 {line.target_id}", className="base"),
    ]


def _hours(hours: str) -> str:
    return "分かりません" if hours == "–" else f"年 {hours} 時間"


def _next(card: Card) -> html.Button:
    told = html.Span(f"（{card.line.name}）", className="visually-hidden")
    return html.Button(
        [f"「{card.next_label}」にする", told],
        id=next_id(card.next_action),
        className="button outline",
        type="button",
    )


def _ended(columns: list[Column]) -> list[Any]:
    """What goes on no more, folded."""
    if not columns:
        return []
    count = "、".join(f"{column.label} {column.count}" for column in columns)
    return [
        html.Details(
            [
                html.Summary(f"終わったもの（{count}）"),
                *(part for column in columns for part in _ended_list(column)),
            ],
            className="board-ended",
        )
    ]


def _ended_list(column: Column) -> list[Any]:
    items = [
        html.Li([dcc.Link(card.line.name, href=card.line.href), f"　{card.line.place}"])
        for card in column.cards
    ]
    return [html.H3(column.label), html.Ul(items)]
