"""取込: what stands below the table - the findings, and how the columns were read."""

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from bpr import terms
from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.pages.imports.collection import status_mark
from bpr.dashboard.pages.imports.findings import FindingKind, FindingLine, Findings
from bpr.dashboard.pages.imports.ids import Ids, Parts, part_id
from bpr.dashboard.pages.imports.query import ImportsQuery
from bpr.dashboard.pages.imports.readings import ColumnLine, Readings, field_choices


def findings_section(view: Findings, query: ImportsQuery) -> html.Section:
    """Findings by kind with their counts, then the list at their places."""
    parts: list[Any] = [
        html.H2(view.heading, id=Ids.FINDINGS, tabIndex="-1"),
        html.P(view.sentence),
    ]
    if view.kinds:
        chosen = query != ImportsQuery()
        rest = _list(view, query) if chosen else [html.P("種類を選ぶと、場所の一覧が出ます。")]
        parts += [_kinds(view), _bar(view, query), *rest]
    return html.Section(parts, className="card")


def _kinds(view: Findings) -> html.Div:
    """Kinds to mend or to check; what needs nothing stands folded away."""
    to_mend = [kind for kind in view.kinds if kind.severity != "info"]
    to_know = [kind for kind in view.kinds if kind.severity == "info"]
    counts = view.counts
    return html.Div(
        [
            *_fold(
                f"直す所・確かめる所（エラー {counts['error']:,}、要確認 {counts['warning']:,}）",
                to_mend,
                opened=True,
            ),
            *_fold(
                f"お知らせ（{counts['info']:,}）：直さなくてよいもの",
                to_know,
                opened=any(kind.chosen for kind in to_know),
            ),
        ]
    )


def _fold(summary: str, kinds: Sequence[FindingKind], *, opened: bool) -> list[Any]:
    if not kinds:
        return []
    rows = [
        card_row(
            _kind(kind),
            [
                card_cell("重さ", _severity(kind)),
                card_cell("件数", f"{kind.count:,}", "right"),
                card_cell("直し方", kind.remedy),
            ],
        )
        for kind in kinds
    ]
    table = card_table(summary, ["何が問題か", "重さ", _right("件数"), "直し方"], rows, "kinds")
    return [html.Details([html.Summary(summary), table], open=opened)]


def _right(label: str) -> html.Th:
    return html.Th(label, scope="col", role="columnheader", className="right")


def _kind(kind: FindingKind) -> dcc.Link:
    shown = [html.Span("（表示中）", className="visually-hidden")] if kind.chosen else []
    return dcc.Link([kind.text, *shown], href=kind.href, className="kind on" if shown else "kind")


def _severity(finding: FindingKind | FindingLine) -> html.Span:
    return status_mark(finding.severity, terms.SEVERITIES[finding.severity].label)


def _bar(view: Findings, query: ImportsQuery) -> html.Div:
    """The filter by severity, and the two files of what is shown."""
    severities = [{"value": name, "label": term.label} for name, term in terms.SEVERITIES.items()]
    return html.Div(
        [
            dmc.Select(
                id=Ids.SEVERITY,
                label="重さ",
                data=severities,
                value=query.severity or None,
                placeholder="上で選んだ種類" if query.code else "エラーと要確認",
                clearable=True,
                clearButtonProps={"aria-label": "重さの絞り込みを外す"},
                w=190,
            ),
            _save("この一覧を Excel で保存", Ids.XLSX, shown=bool(view.lines)),
            _save("CSV で保存", Ids.CSV, shown=bool(view.lines)),
        ],
        className="filters findings-bar",
    )


def _save(label: str, button: Ids, *, shown: bool) -> html.Button:
    return html.Button(
        label, id=button, className="button outline", disabled=not shown, type="button"
    )


def _list(view: Findings, query: ImportsQuery) -> list[Any]:
    if not view.lines:
        return [html.P("ここに出す指摘はありません。お知らせは「重さ」で選ぶと出ます。")]
    heads = ["場所", "重さ", "値", "何が問題か", "直し方", "規則"]
    rows = [
        card_row(
            _place(line, whole=not query.workbook),
            [
                card_cell("重さ", _severity(line)),
                card_cell("値", line.value),
                card_cell("何が問題か", line.message),
                card_cell("直し方", line.remedy),
                card_cell("規則", line.rule),
            ],
        )
        for line in view.lines
    ]
    more = f"ほかに {view.hidden:,} 件あります。保存したファイルには全部入ります。"
    return [
        card_table("指摘の一覧", heads, rows, "findings"),
        *([html.P(more)] if view.hidden else []),
    ]


def _place(line: FindingLine, *, whole: bool) -> html.Div:
    """Cell and sheet; among the findings of all files, the file too."""
    texts = [html.B(line.cell), html.Small(line.sheet)]
    return html.Div([*texts, html.Small(line.workbook)] if whole else texts, className="place")


def readings_section(view: Readings | None) -> html.Section:
    """How each column was read, with a choice for every one."""
    heading = html.H2("列の読み方", id=Ids.READINGS, tabIndex="-1")
    if view is None:
        text = "このファイルには、列で読む表がありません。"
        return html.Section([heading, html.P(text)], className="card")
    return html.Section(
        [
            heading,
            html.P(view.sentence),
            _tables(view),
            *_columns("見てほしい列", view.first, opened=True),
            *_columns(
                "ほかの列" if view.first else "すべての列",
                view.rest,
                opened=not view.first or view.status != "similar",
            ),
            html.Div(
                html.Button("この読み方で確定", id=Ids.CONFIRM, className="button", type="button"),
                className="buttons",
            ),
            dcc.Store(id=Ids.PLACE, data=[view.workbook, view.sheet, view.table]),
        ],
        className="card",
    )


def _tables(view: Readings) -> Any:  # noqa: ANN401 - a Dash component
    """The sheet; links to the workbook's tables where it has several."""
    if len(view.tables) == 1:
        return html.P(f"シート「{view.sheet}」", className="base")
    own = (view.sheet, view.table)
    links = [
        dcc.Link(
            choice.label,
            href=ImportsQuery(workbook=view.workbook, table=choice.key).href(Ids.READINGS),
            className="small-action on" if (choice.sheet, choice.table) == own else "small-action",
        )
        for choice in view.tables
    ]
    return html.Div([html.Span("表："), *links], className="row-actions")


def _columns(caption: str, lines: Sequence[ColumnLine], *, opened: bool) -> list[Any]:
    if not lines:
        return []
    choices = [{"value": value, "label": label} for value, label in field_choices()]
    heads = ["列", "見出し", "見本の値", "読み方", "確からしさ・理由"]
    table = card_table(caption, heads, [_column(line, choices) for line in lines], "readings")
    summary = html.Summary(f"{caption}（{len(lines)}）")
    return [html.Details([summary, table], open=opened)]


def _column(line: ColumnLine, choices: list[dict[str, str]]) -> html.Tr:
    doubtful = line.unsure or line.changed
    mark = "前と違う列" if line.changed else line.certainty
    told = status_mark("warning", mark) if doubtful else html.Span(mark)
    choice = dmc.Select(
        id=part_id(Parts.FIELD, line.column),
        data=choices,
        value=line.field,
        allowDeselect=False,
        searchable=True,
        nothingFoundMessage="ありません",
        **aria(label=f"{line.column} 列「{line.header}」の読み方"),
    )
    return card_row(
        line.column,
        [
            card_cell("見出し", line.header),
            card_cell("見本の値", " ／ ".join(line.samples) or "（空）", "samples"),
            card_cell("読み方", choice),
            card_cell("確からしさ", html.Div([told, html.Small(line.reason)])),
        ],
        "unsure" if doubtful else "",
    )
