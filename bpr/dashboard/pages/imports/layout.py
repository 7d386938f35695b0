"""取込: the page - what is there, what to do next, the place for files, the table, the details."""

from typing import Any

from dash import dcc, html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.cards import page_head
from bpr.dashboard.components.sight import sight_stores
from bpr.dashboard.pages.imports.collection import collection_section
from bpr.dashboard.pages.imports.detail import findings_section, readings_section
from bpr.dashboard.pages.imports.findings import view_findings
from bpr.dashboard.pages.imports.ids import Ids
from bpr.dashboard.pages.imports.query import ImportsQuery
from bpr.dashboard.pages.imports.readings import find_table, view_readings
from bpr.dashboard.pages.imports.situation import Progress, Situation, view_situation
from bpr.dashboard.pages.imports.todo import Todo
from bpr.workspace import Workspace

QUESTION = "調査票は集まったか、直す所はどこか"
_KINDS = ".xlsx .xlsm .xls .xlsb .ods .csv .tsv .zip（フォルダのままでも）"


def render(workspace: Workspace, search: str) -> Any:  # noqa: ANN401 - a Dash component
    """Lay out the page for the workbook and the findings in the address."""
    situation = view_situation(workspace)
    query = ImportsQuery.parse(search)
    return html.Div(
        [
            page_head(QUESTION, situation.answer, Ids.ANSWER),
            html.Div(
                [_drop_zone(), html.Section(todo_list(situation), id=Ids.TODO, className="card")],
                id=Ids.INTAKE,
                className=intake_class(query),
            ),
            _part(Ids.COLLECTION, collection_section(situation.rows, query, "")),
            _part(Ids.DETAIL, detail_sections(workspace, query)),
            _unseen(),
        ]
    )


def _part(part: Ids, children: list[Any]) -> html.Div:
    """Part of the page that is made anew; it takes the focus where the focused button is gone."""
    keeps: dict[str, Any] = {"data-keeps-focus": "true"}
    return html.Div(children, id=part, tabIndex="-1", **keeps)


def intake_class(query: ImportsQuery) -> str:
    """Look of the upper part; it makes room while one file is looked at."""
    return "columns intake away" if query.workbook else "columns intake"


def _drop_zone() -> html.Section:
    return html.Section(
        [
            dcc.Upload(
                html.Button(
                    [
                        html.B("調査票をここに置く"),
                        html.Span("または、押して選ぶ"),
                        html.Small(_KINDS),
                    ],
                    id=Ids.UPLOAD_BUTTON,
                    className="drop",
                    type="button",
                ),
                id=Ids.UPLOAD,
                multiple=True,
                className="upload",
                className_active="upload active",
            ),
            html.Div(id=Ids.PROGRESS, role="status", className="progress", **aria(live="polite")),
            html.Div(
                [
                    html.Button(
                        "空の調査票をつくる",
                        id=Ids.TEMPLATES,
                        className="button outline",
                        type="button",
                    ),
                    dcc.Upload(
                        html.Button(
                            "課の一覧を登録",
                            id=Ids.OFFICES_BUTTON,
                            className="button outline",
                            type="button",
                            title="「課」の列のある Excel か CSV",
                        ),
                        id=Ids.OFFICES,
                        className="upload inline",
                        className_active="upload inline active",
                    ),
                ],
                className="buttons",
            ),
        ],
        className="card",
        **aria(label="調査票を取り込む"),
    )


def todo_list(situation: Situation) -> list[Any]:
    """What to do next, the most urgent first."""
    steps = [html.Li(html.Div(_step(step))) for step in situation.todo]
    return [html.H2("次にすること"), html.Ol(steps, className="todo") if steps else html.P(_DONE)]


_DONE = "直す所はありません。「概況」で結果を見てください。"


def _step(step: Todo) -> list[Any]:
    if step.kind == "return":
        button = html.Button(
            "指摘のある調査票をまとめて返す（zip）",
            id=Ids.RETURN_ALL,
            className="button",
            type="button",
        )
        return [html.P(step.text), button]
    if step.href:
        return [html.P(step.text), dcc.Link(step.label, href=step.href, className="button outline")]
    return [html.P(step.text)]


def detail_sections(workspace: Workspace, query: ImportsQuery) -> list[Any]:
    """Findings of what the address asks for, and the columns of its workbook."""
    report = workspace.report()
    if not report.workbooks.height:
        return []
    sections = [findings_section(view_findings(report, query), query)]
    if query.workbook:
        chosen = find_table(report, query)
        samples = (
            workspace.sample_columns(query.workbook, chosen.sheet, chosen.table) if chosen else {}
        )
        view = view_readings(report, query, samples, chosen) if chosen else None
        sections.append(readings_section(view))
    return sections


def progress_line(progress: Progress | None) -> list[Any]:
    """How far the job is, for eyes and for screen readers, and what went wrong."""
    if progress is None:
        return []
    bar = html.Progress(
        value=str(progress.done),
        max=str(max(progress.total, 1)),
        **aria(label="取り込みの進み具合"),
    )
    return [
        *([bar] if progress.running else []),
        html.P(progress.text, className="error" if progress.failed else None),
    ]


def _unseen() -> html.Div:
    """Parts that only callbacks see."""
    return html.Div(
        [
            dcc.Store(id=Ids.JOB, storage_type="session"),
            dcc.Interval(id=Ids.POLL, interval=400, disabled=True),
            dcc.Store(id=Ids.SORT, data=""),
            dcc.Store(id=Ids.CHANGED),
            *sight_stores(Ids.VISITED, Ids.KEPT),
            dcc.Store(id=Ids.WITHDRAWING),
            dcc.ConfirmDialog(id=Ids.ASK),
            dcc.Download(id=Ids.DOWNLOAD),
        ]
    )
