"""候補: the page."""

from enum import StrEnum
from typing import Any

from dash import dcc, html

from bpr import terms
from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.cards import page_head
from bpr.dashboard.components.empty import empty_state
from bpr.dashboard.components.filters import filter_select, filter_text
from bpr.dashboard.components.grid import task_grid
from bpr.dashboard.components.table import plain_table
from bpr.dashboard.pages.candidates.view import Detail, LeverScore, view_answer, view_detail
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Workspace

QUESTION = "どの業務から手を付けるか"


class Ids(StrEnum):
    """Ids of the page."""

    ANSWER = "candidates-answer"
    TEXT = "candidates-text"
    LEVER = "candidates-lever"
    DIVISION = "candidates-division"
    WORK_CLASS = "candidates-work-class"
    GRID = "candidates-grid"
    DETAIL = "candidates-detail"
    SAVE = "candidates-save"
    DOWNLOAD = "candidates-download"
    PURGED = "candidates-purged"


def render(workspace: Workspace, search: str) -> Any:  # noqa: ANN401 - a Dash component
    """Lay out the ranking for the filters in the address."""
    report = workspace.report()
    if not report.tasks.height:
        return empty_state(QUESTION)
    query = TaskQuery.parse(search)
    tasks = workspace.list_tasks(query)
    shown = query.task or (tasks["task_id"].to_list()[0] if tasks.height else "")
    return html.Div(
        [
            page_head(QUESTION, view_answer(tasks), Ids.ANSWER),
            _filters(query, workspace.list_divisions()),
            html.Div(
                [
                    html.Div(
                        task_grid(Ids.GRID, COLUMNS, many=True),
                        className="card grid-card",
                        role="region",
                        **aria(label="候補の一覧。矢印キーで動き、スペースキーで選びます。"),
                    ),
                    html.Section(
                        detail_panel(view_detail(report, shown)),
                        id=Ids.DETAIL,
                        className="card detail",
                        tabIndex="0",
                        **aria(live="polite", label="選んだ業務の内訳"),
                    ),
                ],
                className="columns with-detail",
            ),
            dcc.Download(id=Ids.DOWNLOAD),
            dcc.Store(id=Ids.PURGED),
        ]
    )


def _filters(query: TaskQuery, divisions: list[str]) -> html.Div:
    levers = [(name, term.label) for name, term in terms.LEVERS.items()]
    classes = list(terms.SHORT_WORK_CLASSES.items())
    return html.Div(
        [
            filter_text(Ids.TEXT, "探す", query.text),
            filter_select(Ids.LEVER, "手段", levers, query.lever),
            filter_select(Ids.DIVISION, "課", [(d, d) for d in divisions], query.division),
            filter_select(Ids.WORK_CLASS, "業務の性質", classes, query.work_class),
            html.Button(
                save_label(0), id=Ids.SAVE, className="button", disabled=True, type="button"
            ),
        ],
        className="filters",
    )


def save_label(count: int) -> str:
    """Words on the button for so many ticked tasks."""
    return f"選んだ {count} 業務を Excel で保存" if count else "業務を選ぶと Excel で保存"


COLUMNS: list[dict[str, Any]] = [
    {"field": "rank", "headerName": "順位（幅）", "width": 86},
    {
        "field": "task_name",
        "headerName": "業務",
        "cellRenderer": "TaskCell",
        "minWidth": 196,
        "flex": 3,
    },
    {"field": "best_lever", "headerName": "手段", "cellRenderer": "LeverCell", "width": 100},
    {
        "field": "score",
        "headerName": "適性（幅）",
        "cellRenderer": "ScoreCell",
        "width": 112,
        "sortable": False,
    },
    {"field": "annual_hours", "headerName": "時間／年", "type": "rightAligned", "width": 78},
    {"field": "saving_hours", "headerName": "削減見込／年", "type": "rightAligned", "width": 112},
]


def detail_panel(detail: Detail | None) -> list[Any]:
    """The explanation of one task's score."""
    if detail is None:
        return [html.P("一覧で業務を選ぶと、点の内訳を表示します。")]
    return [
        html.H2(detail.heading),
        html.P(detail.place, className="base"),
        _paragraph("順位", detail.rank),
        _paragraph("なぜ", detail.why),
        _paragraph("何が変わるか", detail.change),
        _paragraph("削減見込", detail.saving),
        html.P(detail.saving_source, className="base"),
        _paragraph("業務の性質", detail.work_class),
        *(_lever(score, opened=i == 0) for i, score in enumerate(detail.levers)),
        html.P(
            "点＝100×Σ(重み×値)÷Σ重み。重みと区切りは本製品の目安で、scoring.toml で変えられます。"
            "国が定めた数値基準はありません。",
            className="base",
        ),
    ]


def _paragraph(term: str, text: str) -> html.P:
    return html.P([html.B(f"{term}　"), text])


def _lever(score: LeverScore, *, opened: bool) -> html.Details:
    rows = [
        [
            html.Span([line.label, html.Small(line.answer)], className="criterion"),
            line.value,
            line.weight,
            line.points,
        ]
        for line in score.lines
    ]
    gate = [html.P(f"制約　{score.gate}", className="gate")] if score.gate else []
    before = f"（制約の前 {score.uncapped} 点）" if score.gate else ""
    return html.Details(
        [
            html.Summary(f"{score.label}　{score.score} 点（幅 {score.interval}）{before}"),
            *gate,
            plain_table(
                f"{score.label} の点の内訳",
                ["基準と答え", "値", "重み", "寄与（点）"],
                rows,
                right=(1, 2, 3),
            ),
            html.Ul(
                [html.Li(f"{line.label}　{line.evidence}") for line in score.lines],
                className="sources base",
            ),
        ],
        open=opened,
    )
