"""確認: the page."""

from enum import StrEnum
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from bpr import terms
from bpr.dashboard.components.accuracy import accuracy_badge
from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.cards import page_head
from bpr.dashboard.components.empty import empty_state
from bpr.dashboard.components.explain import explain_row
from bpr.dashboard.components.filters import filter_select
from bpr.dashboard.components.judgement import judgement_notes, reason_list
from bpr.dashboard.components.table import bar, plain_table
from bpr.dashboard.pages.review.view import QueueLine, ReviewItem, ReviewPage, view_review
from bpr.dashboard.words import chance
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Workspace

QUESTION = "どの業務の分類を、人が確かめるとよいか"
_WORDS = ("core", "noncore", "expertise", "routine", "confidence", "source", "split")
REASONS = (
    "手順が決まっている",
    "その都度判断がいる",
    "資格や専門技術がいる",
    "職員が決める仕事",
    "審査・決定は別の課が行う",
    "調査票の記入誤り",
)
"""Reasons that are often given; any other can be typed."""


class Ids(StrEnum):
    """Ids of the page; review.js knows those of the buttons."""

    ANSWER = "review-answer"
    DIVISION = "review-division"
    CAUSE = "review-cause"
    BODY = "review-body"
    HEADING = "review-heading"
    CHOICE = "review-choice"
    REASON = "review-reason"
    ALSO = "review-also"
    SAVE = "review-save"
    NEXT = "review-next"
    BACK = "review-back"
    UNDO = "review-undo"
    SHOWN = "review-shown"
    SEEN = "review-seen"
    FOCUSED = "review-focused"


def render(workspace: Workspace, search: str) -> Any:  # noqa: ANN401 - a Dash component
    """Lay out the queue for the filters in the address."""
    if not workspace.report().tasks.height:
        return empty_state(QUESTION)
    query = TaskQuery.parse(search)
    page = view_review(workspace, query)
    return html.Div(
        [
            page_head(QUESTION, page.answer, Ids.ANSWER),
            html.Div(
                [_filters(query, workspace.list_divisions()), accuracy_badge(workspace.accuracy())],
                className="review-bar",
            ),
            explain_row("review", _WORDS),
            html.Div(review_body(page), id=Ids.BODY),
            dcc.Store(id=Ids.FOCUSED),
        ]
    )


def _filters(query: TaskQuery, divisions: list[str]) -> html.Div:
    causes = [(name, term.label) for name, term in terms.REVIEW_CAUSES.items()]
    return html.Div(
        [
            filter_select(Ids.DIVISION, "課", [(d, d) for d in divisions], query.division),
            filter_select(Ids.CAUSE, "確かめる理由", causes, query.cause),
        ],
        className="filters",
    )


def review_body(page: ReviewPage) -> list[Any]:
    """Return what changes from task to task."""
    return [
        html.Div(
            [
                html.Div([_task(page.item) if page.item else _nothing_left(), _lessons(page)]),
                _queue(page),
            ],
            className="columns review",
        )
    ]


def _nothing_left() -> html.Section:
    return html.Section(
        [
            html.H2("確かめる業務はありません", id=Ids.HEADING, tabIndex="-1"),
            *_hidden_controls(),
            html.Div([_undo()], className="buttons"),
        ],
        className="card",
    )


def _hidden_controls() -> list[Any]:
    """Keep the ids that callbacks read, where there is no task to decide on."""
    names = (Ids.CHOICE, Ids.REASON, Ids.ALSO, Ids.SAVE, Ids.NEXT, Ids.BACK)
    stores = [dcc.Store(id=Ids.SHOWN, data=""), dcc.Store(id=Ids.SEEN, data=0)]
    return [*stores, *(html.Span(id=name, hidden=True) for name in names)]


def _task(item: ReviewItem) -> html.Section:
    return html.Section(
        [
            html.P(item.cause, className="cause"),
            html.H2(item.heading, id=Ids.HEADING, tabIndex="-1"),
            html.P(item.place, className="review-place"),
            html.P(item.facts, className="base"),
            _opinion(item),
            _decision(item),
            dcc.Store(id=Ids.SHOWN, data=item.task_id),
            dcc.Store(id=Ids.SEEN, data=len(item.history)),
            *_past(item),
        ],
        className="card review-task",
        **aria(label="確かめる業務"),
    )


def _opinion(item: ReviewItem) -> html.Div:
    judgement = item.judgement
    now = terms.SHORT_WORK_CLASSES.get(judgement.work_class, "判定できない")
    by_person = judgement.source == terms.CLASS_SOURCES["model"].label
    verdict = html.P(
        [html.B(f"今の分類：{now}"), f"　{judgement.source}・確信度 {judgement.confidence}"],
        className="verdict",
    )
    return html.Div(
        [
            html.Div(
                [
                    verdict,
                    *([] if by_person else [html.P(judgement.reason)]),
                    html.H3("自動判定の理由"),
                    *reason_list(judgement),
                    *judgement_notes(judgement),
                ]
            ),
            html.Div(
                [
                    html.H3("自動判定の候補"),
                    plain_table(
                        "自動判定の候補と確からしさ",
                        ["区分", "確からしさ", ""],
                        [[name, chance(part), bar(part)] for name, part in item.chances],
                        (1,),
                    ),
                ]
            ),
        ],
        className="opinion",
    )


def _decision(item: ReviewItem) -> html.Div:
    return html.Div(
        [
            dmc.RadioGroup(
                id=Ids.CHOICE,
                label="正しい分類（数字キー 1〜4）",
                value=item.judgement.work_class,
                children=html.Div(
                    [
                        dmc.Radio(
                            value=name,
                            label=f"{number}　{label}",
                            description=terms.WORK_CLASSES[name].note,
                        )
                        for number, (name, label) in enumerate(
                            terms.SHORT_WORK_CLASSES.items(), start=1
                        )
                    ],
                    className="choices",
                ),
            ),
            html.Div(
                [
                    dmc.Autocomplete(
                        id=Ids.REASON,
                        label="理由（分類を変えるときは、後で分かるように）",
                        data=list(REASONS),
                        value="",
                        debounce=True,  # as in `components.fields`
                    ),
                    _button("記録して次へ（Enter）", Ids.SAVE, "button"),
                ],
                className="record",
            ),
            _same_names(item),
            html.Div(
                [_button("飛ばす（N）", Ids.NEXT), _button("前へ（B）", Ids.BACK), _undo()],
                className="row-actions",
            ),
        ],
        className="correction",
    )


def _undo() -> html.Button:
    return _button("直前の記録を元に戻す（U）", Ids.UNDO)


def _button(label: str, name: str, class_name: str = "small-action") -> html.Button:
    return html.Button(label, id=name, className=class_name, type="button")


def _same_names(item: ReviewItem) -> html.Div:
    count = len(item.same_names)
    if not count:
        return html.Div(dmc.Checkbox(id=Ids.ALSO, checked=False, style={"display": "none"}))
    return html.Div(
        [
            dmc.Checkbox(
                id=Ids.ALSO,
                checked=False,
                label=f"名前が同じほかの {count} 業務にも、同じ分類を記録する（A）",
            ),
            html.Details(
                [
                    html.Summary(f"その {count} 業務を見る"),
                    html.Ul([html.Li(text) for text in item.same_names]),
                ]
            ),
        ],
        className="also",
    )


def _past(item: ReviewItem) -> list[Any]:
    if not item.history:
        return []
    return [
        html.Details(
            [
                html.Summary(f"この業務の記録（{len(item.history)} 件）"),
                html.Ul([html.Li(text) for text in item.history]),
            ]
        )
    ]


def _queue(page: ReviewPage) -> html.Section:
    rows = [_queue_row(line) for line in page.lines]
    return html.Section(
        [
            html.H2("確かめる業務の列"),
            html.P("誤りかもしれない時間（時間 × 誤りの見込み）の多い順", className="base"),
            html.Ol(rows, className="queue"),
            html.P(f"ほか {page.more:,} 件" if page.more else "", className="base"),
        ],
        className="card",
    )


def _queue_row(line: QueueLine) -> html.Li:
    place = html.Small(f"{line.place}　{line.hours} 時間／年　{line.cause}")
    current = aria(current="true") if line.current else {}
    return html.Li(
        dcc.Link(
            [html.Span(line.name), place],
            href=line.address,
            refresh=False,
        ),
        className="on" if line.current else "",
        **current,
    )


def _lessons(page: ReviewPage) -> html.Section:
    rows = [[line.division, line.reviewed, line.effect] for line in page.lessons]
    told = (
        plain_table("課ごとの学習", ["課", "確認済み", "学習の効果"], rows)
        if rows
        else html.P("まだ確認した業務がありません。")
    )
    return html.Section(
        [
            html.H2("確認から学んだこと"),
            html.P(
                "課で 20 件確認するごとに判定を学び直します。効果は、その課の確認済み業務を 5 つに分け、"
                "伏せた分だけで測ります。",
                className="base",
            ),
            told,
        ],
        className="card",
    )
