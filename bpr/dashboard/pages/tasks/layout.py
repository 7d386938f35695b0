"""業務: the page."""

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
from bpr.dashboard.components.fields import text_field
from bpr.dashboard.components.filters import filter_select, filter_text
from bpr.dashboard.components.grid import task_grid
from bpr.dashboard.components.judgement import judgement_notes, reason_list
from bpr.dashboard.components.table import plain_table
from bpr.dashboard.pages.tasks.view import TaskDetail, view_answer, view_detail
from bpr.dashboard.words import SOURCES
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Workspace

QUESTION = "どんな業務があり、どう分類されたか"
_WORDS = ("core", "noncore", "expertise", "routine", "source", "confidence", "medium", "split")


class Ids(StrEnum):
    """Ids of the page."""

    ANSWER = "tasks-answer"
    TEXT = "tasks-text"
    DIVISION = "tasks-division"
    WORK_CLASS = "tasks-work-class"
    SOURCE = "tasks-source"
    CONFIDENCE = "tasks-confidence"
    GRID = "tasks-grid"
    DETAIL = "tasks-detail"
    CHOICE = "tasks-choice"
    REASON = "tasks-reason"
    SAVE = "tasks-save"
    UNDO = "tasks-undo"
    SHOWN = "tasks-shown"
    SEEN = "tasks-seen"
    CHANGED = "tasks-changed"
    PURGED = "tasks-purged"


def render(workspace: Workspace, search: str) -> Any:  # noqa: ANN401 - a Dash component
    """Lay out the task list for the filters in the address."""
    report = workspace.report()
    if not report.tasks.height:
        return empty_state(QUESTION)
    query = TaskQuery.parse(search)
    tasks = workspace.list_tasks(query)
    first = query.task or (tasks["task_id"].to_list()[0] if tasks.height else "")
    detail = view_detail(report, first, workspace.read_history(first))
    return html.Div(
        [
            page_head(QUESTION, view_answer(tasks), Ids.ANSWER),
            _filters(query, workspace.list_divisions()),
            explain_row("tasks", _WORDS),
            html.Div(
                [
                    html.Div(
                        task_grid(Ids.GRID, COLUMNS, many=False),
                        className="card grid-card",
                        role="region",
                        **aria(label="業務の一覧。矢印キーで動くと、右に内訳が出ます。"),
                    ),
                    html.Section(
                        [
                            html.Div(detail_facts(detail), id=Ids.DETAIL, **aria(live="polite")),
                            _correction(detail),
                        ],
                        className="card detail",
                        tabIndex="0",
                        **aria(label="選んだ業務の内訳と分類の訂正"),
                    ),
                ],
                className="columns with-detail",
            ),
            accuracy_badge(workspace.accuracy()),
            dcc.Store(id=Ids.SHOWN, data=detail.task_id if detail else ""),
            dcc.Store(id=Ids.SEEN, data=len(detail.history) if detail else 0),
            dcc.Store(id=Ids.CHANGED),
            dcc.Store(id=Ids.PURGED),
        ]
    )


def _filters(query: TaskQuery, divisions: list[str]) -> html.Div:
    return html.Div(
        [
            filter_text(Ids.TEXT, "探す", query.text),
            filter_select(Ids.DIVISION, "課", [(d, d) for d in divisions], query.division),
            filter_select(
                Ids.WORK_CLASS,
                "業務の性質",
                list(terms.SHORT_WORK_CLASSES.items()),
                query.work_class,
            ),
            filter_select(Ids.SOURCE, "判定の根拠", list(SOURCES.items()), query.source),
            filter_select(
                Ids.CONFIDENCE, "確信度", [(c, c) for c in terms.CONFIDENCES], query.confidence
            ),
        ],
        className="filters",
    )


COLUMNS: list[dict[str, Any]] = [
    {
        "field": "task_name",
        "headerName": "業務",
        "cellRenderer": "TaskCell",
        "minWidth": 220,
        "flex": 3,
    },
    {"field": "work_class", "headerName": "性質", "width": 104},
    {"field": "work_class_source", "headerName": "判定の根拠", "width": 112},
    {"field": "confidence", "headerName": "確信度", "width": 74},
    {"field": "medium", "headerName": "媒体", "width": 104},
    {"field": "annual_hours", "headerName": "時間／年", "type": "rightAligned", "width": 84},
]


def detail_facts(detail: TaskDetail | None) -> list[Any]:
    """What is known of one task."""
    if detail is None:
        return [html.P("一覧で業務を選ぶと、内訳を表示します。")]
    judgement = detail.judgement
    shown = terms.SHORT_WORK_CLASSES.get(judgement.work_class, "判定できない")
    decided = judgement.source != terms.CLASS_SOURCES["model"].label
    parts: list[Any] = [
        html.H2(detail.heading),
        html.P(detail.place, className="base"),
        html.P(
            [html.B(shown), f"　{judgement.source}・確信度 {judgement.confidence}"],
            className="verdict",
        ),
        *([html.P(judgement.reason)] if decided else []),
        *judgement_notes(judgement),
        html.P(f"自動判定：{judgement.model}", className="base"),
        *reason_list(judgement),
        html.P(f"処理媒体：{judgement.medium}"),
    ]
    if detail.findings:
        parts += [html.H3("指摘"), html.Ul([html.Li(text) for text in detail.findings])]
    if detail.history:
        lines = html.Ul([html.Li(text) for text in detail.history])
        heading = html.Summary(f"分類の記録（{len(detail.history)} 件）")
        parts.append(html.Details([heading, lines]))
    parts.append(
        html.Details(
            [
                html.Summary("調査票の内容"),
                plain_table("調査票の内容", ["項目", "内容"], [list(f) for f in detail.facts]),
                plain_table(
                    "数値の読み方",
                    ["数値", "書かれた値", "読み方"],
                    [list(n) for n in detail.numbers],
                ),
            ],
        )
    )
    return parts


def _correction(detail: TaskDetail | None) -> html.Div:
    """Form by which a person corrects the class."""
    return html.Div(
        [
            html.H3("分類を訂正する"),
            dmc.RadioGroup(
                id=Ids.CHOICE,
                label="正しい性質",
                value=detail.judgement.work_class if detail else "",
                children=dmc.Stack(
                    [
                        dmc.Radio(value=name, label=f"{term.label}：{term.note}")
                        for name, term in terms.WORK_CLASSES.items()
                    ],
                    gap=4,
                ),
            ),
            text_field(
                id=Ids.REASON,
                label="理由（後で分かるように）",
                value="",
                placeholder="例：審査は別の課で行うため",
                mt=8,
            ),
            html.Div(
                [
                    html.Button("訂正を記録する", id=Ids.SAVE, className="button", type="button"),
                    html.Button(
                        "訂正を取り消す",
                        id=Ids.UNDO,
                        className="button outline",
                        disabled=not (detail and detail.corrected),
                        type="button",
                    ),
                ],
                className="buttons",
            ),
        ],
        className="correction",
    )
