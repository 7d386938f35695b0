"""BPR対象: the components above an opened target - how many stand where, the ways to look, the list."""

from typing import Any

from dash import dcc, html

from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.components.ways import Way, way_links
from bpr.dashboard.pages.targets.query import TargetsQuery
from bpr.dashboard.pages.targets.view import Line, Step, TargetsView

VIEWS = {"": "一覧", "board": "看板", "schedule": "予定"}
_HEADS = ("取組", "状態", "完了予定", "主管課・担当", "手段", "削減見込／年", "実績／年")


def step_parts(steps: list[Step]) -> list[Any]:
    """Links to the list by status, in the order in which statuses follow one another."""
    return [html.Ol([_step(step) for step in steps], className="steps")] if steps else []


def _step(step: Step) -> html.Li:
    told = [html.Span("（表示中）", className="visually-hidden")] if step.on else []
    link = dcc.Link(
        [html.Span(step.label), html.B(step.count), html.Span("件", className="visually-hidden"), *told],
        href=step.href,
        className="on" if step.on else "",
    )  # fmt: skip
    return html.Li(link, className="ended" if step.ended else "")


def way_parts(query: TargetsQuery) -> list[Any]:
    """The ways to look at the same targets."""
    plain = query.with_(target="")
    ways = [
        Way(label, plain.with_(view=view).href(), query.view == view)
        for view, label in VIEWS.items()
    ]
    return [way_links("見方", ways, "target-ways")]


def list_parts(view: TargetsView) -> list[Any]:
    """The list with its base, or what to do where nothing is in it."""
    if not view.lines:
        return [html.P("当てはまる対象がありません。絞り込みをゆるめてください。")]
    heads = [
        html.Th(head, scope="col", role="columnheader", className="right") if "／年" in head else head
        for head in _HEADS
    ]  # fmt: skip
    return [
        html.P(view.base, className="base"),
        card_table("BPR対象の一覧", heads, [_row(line) for line in view.lines], "target-list"),
    ]


def _row(line: Line) -> html.Tr:
    opened = [html.Span("（下に表示中）", className="visually-hidden")] if line.opened else []
    late: list[Any] = [html.Strong("予定年度を超過", className="late")] if line.overdue else []
    return card_row(
        [
            dcc.Link([line.name, *opened], href=line.href),
            html.Small(f"対象 {line.target_id}"),
        ],
        [
            card_cell("状態", html.Div([line.status, html.Small(line.since)])),
            card_cell("完了予定", html.Div([line.done_by, *late]) if late else line.done_by),
            card_cell("主管課・担当", line.place),
            card_cell("手段", line.lever),
            card_cell("削減見込／年", line.expected, "right"),
            card_cell("実績／年", line.realized, "right"),
        ],
        "opened" if line.opened else "",
    )  # fmt: skip


def first_steps(*, may_decide: bool) -> list[Any]:
    """What to do while there are no targets."""
    how = (
        "「候補」の一覧の左で業務を選び、「BPR対象にする」を押すと、ここで進み具合と効果を追えます。"
        if may_decide
        else "BPR対象が決まると、ここで進み具合と効果を見られます。"
    )
    return [
        html.P(how),
        dcc.Link("「候補」を開く", href="/candidates", className="button"),
    ]
