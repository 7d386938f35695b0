"""共通業務: the sections of one group - compare its divisions, confirm or rename it, its tasks."""

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.chart import readable_chart
from bpr.dashboard.components.fields import text_field
from bpr.dashboard.components.numbers import Numbers, numbers_table
from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.figures.minutes import minutes_figure, minutes_height
from bpr.dashboard.pages.common_work.group import GroupView, TaskLine
from bpr.dashboard.pages.common_work.ids import Ids
from bpr.tabulate.listing import TaskQuery


def group_sections(view: GroupView) -> list[Any]:
    """Everything about one group."""
    return [_comparison(view), _words(view), _members(view), _addition(view)]


def _comparison(view: GroupView) -> html.Section:
    numbers = _numbers(view)
    parts: list[Any] = [
        html.H2(view.heading, id=Ids.GROUP, tabIndex="-1"),
        html.P(view.base, className="base"),
        html.P(view.sentence),
    ]
    if view.bars:
        figure = minutes_figure(view.bars, view.median, view.median_text)
        height = minutes_height(len(view.bars))
        parts += [
            readable_chart(
                figure,
                view.sentence,
                numbers,
                Ids.CHART,
                height,
                f"{view.name}の1件あたり時間（課ごと）",
            ),
            html.P(view.difference, className="base"),
        ]
    else:
        parts.append(numbers_table(numbers))
    return html.Section(parts, className="card")


def _numbers(view: GroupView) -> Numbers:
    header = [
        "課",
        "業務数",
        "時間／年",
        "件数／年",
        "1 件あたり（分）",
        "中央値との差（時間／年）",
    ]
    caption = f"{view.heading}。{view.base}"
    return Numbers(caption, header, view.divisions, right=range(1, len(header)))


def _words(view: GroupView) -> html.Section:
    renamed = view.name != view.own_name
    own = html.Button(
        f"元の名前「{view.own_name}」に戻す",
        id=Ids.OWN_NAME,
        className="button outline",
        type="button",
        hidden=not renamed,
    )
    return html.Section(
        [
            html.H2("まとまりの確認と名前"),
            html.P(
                "確認済みです。次の取込でも、このまとまりとして残ります。"
                if view.confirmed
                else "業務の一覧を見て、同じ仕事といえるときは、確認してください。"
            ),
            html.Div(
                [
                    html.Button(
                        "同じ業務として確認する",
                        id=Ids.CONFIRM,
                        className="button",
                        type="button",
                        hidden=view.confirmed,
                    ),
                    html.Button(
                        "確認を取り消す",
                        id=Ids.UNCONFIRM,
                        className="button outline",
                        type="button",
                        hidden=not view.confirmed,
                    ),
                ],
                className="buttons",
            ),
            html.Div(
                [
                    text_field(id=Ids.NAME, label="まとまりの名前", value=view.name, w=360),
                    html.Button(
                        "名前を変える", id=Ids.RENAME, className="button outline", type="button"
                    ),
                    own,
                ],
                className="filters naming",
            ),
        ],
        className="card",
    )


def _members(view: GroupView) -> html.Section:
    parts: list[Any] = [
        html.H2(f"このまとまりの業務（{len(view.members) + view.hidden:,}）"),
        html.P("違う仕事が混じっていたら、チェックを入れて外してください。いつでも戻せます。"),
    ]
    if view.members:
        parts += [
            task_ticks(Ids.MEMBERS, "このまとまりの業務", view.members, "入れた理由"),
            *_hidden(view),
            html.Div(
                [
                    text_field(
                        id=Ids.REASON,
                        label="理由（後で分かるように）",
                        placeholder="例：審査の仕事で、起票とは違うため",
                        value="",
                        w=360,
                    ),
                    html.Button(
                        "選んだ業務を外す",
                        id=Ids.TAKE_OUT,
                        className="button outline",
                        type="button",
                    ),
                ],
                className="filters naming",
            ),
        ]
    else:
        parts.append(html.P("いまの調査票には、このまとまりの業務がありません。"))
    if view.taken_out:
        parts += [
            html.H3(f"外した業務（{len(view.taken_out):,}）"),
            task_ticks(Ids.OUTSIDE, "外した業務", view.taken_out, "外した理由"),
            html.Div(
                html.Button(
                    "選んだ業務を戻す", id=Ids.PUT_BACK, className="button outline", type="button"
                ),
                className="buttons",
            ),
        ]
    return html.Section(parts, className="card")


def _hidden(view: GroupView) -> list[Any]:
    if not view.hidden:
        return []
    return [
        html.P(
            f"ほかに {view.hidden:,} 業務あります。すべては Excel で見られます。", className="base"
        )
    ]


def _addition(view: GroupView) -> html.Section:
    return html.Section(
        [
            html.H2("ほかの業務を入れる"),
            html.P(f"言葉で探して、「{view.name}」と同じ業務を入れられます。"),
            html.Div(
                [
                    text_field(
                        id=Ids.TEXT,
                        label="探す",
                        placeholder="業務名・作業名・課・法令",
                        value="",
                        w=360,
                    ),
                    html.Button("探す", id=Ids.FIND, className="button outline", type="button"),
                ],
                className="filters naming",
            ),
            html.Div(id=Ids.FOUND, role="status", **aria(live="polite")),
        ],
        className="card",
    )


def found_tasks(lines: Sequence[TaskLine], limit: int) -> list[Any]:
    """What a search brought, each with the group it is in now."""
    if not lines:
        return [html.P("この言葉の業務は、このまとまりの外にありません。")]
    many = f"先頭の {limit} 業務です。言葉を足すと絞れます。" if len(lines) >= limit else ""
    return [
        html.P(f"{len(lines):,} 業務が見つかりました。{many}"),
        task_ticks(Ids.CHOSEN, "見つかった業務", lines, "いまのまとまり"),
        html.Div(
            html.Button("選んだ業務を入れる", id=Ids.PUT_IN, className="button", type="button"),
            className="buttons",
        ),
    ]


def task_ticks(
    group_id: Ids, caption: str, lines: Sequence[TaskLine], remark: str
) -> dmc.CheckboxGroup:
    """Tasks that can be ticked; the value is the list of their ids."""
    heads = ["業務（選ぶ）", "課", _right("時間／年"), _right("件数／年"), remark, "詳しく"]
    rows = [_tick_row(line, remark) for line in lines]
    return dmc.CheckboxGroup(
        id=group_id,
        value=[],
        label=caption,
        labelProps={"className": "visually-hidden"},
        children=card_table(caption, heads, rows, "ticks"),
        className=group_id.value,
    )


def _right(label: str) -> html.Th:
    return html.Th(label, scope="col", role="columnheader", className="right")


def _tick_row(line: TaskLine, remark: str) -> html.Tr:
    told = html.Span(f"（{line.name}）", className="visually-hidden")
    link = dcc.Link(
        ["業務を見る", told],
        href=f"/tasks{TaskQuery(task=line.task_id).to_query()}",
        className="small-action",
    )
    return card_row(
        dmc.Checkbox(value=line.task_id, label=line.name),
        [
            card_cell("課", html.Div([line.division, html.Small(line.staff)])),
            card_cell("時間／年", line.hours, "right"),
            card_cell("件数／年", line.cases, "right"),
            card_cell(remark, line.remark),
            card_cell("詳しく", link),
        ],
    )
