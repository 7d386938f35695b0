"""取込: the table of who has returned what; a plain table, so that every button is one Tab away."""

from collections.abc import Sequence
from typing import Any, Final

from dash import dcc, html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.pages.imports.ids import Parts, part_id, token
from bpr.dashboard.pages.imports.query import PATH, ImportsQuery
from bpr.dashboard.pages.imports.view import SORTABLE, CollectionRow, sort_rows
from bpr.dashboard.words import number

_RIGHT: Final = {"tasks", "hours", "errors", "warnings"}
_SHAPES: Final = {
    "returned": "●",
    "errors": "▲",
    "error": "▲",
    "warning": "◆",
    "info": "○",
    "missing": "□",
    "refused": "✕",
    "withdrawn": "－",
}


def collection_section(rows: Sequence[CollectionRow], query: ImportsQuery, sort: str) -> list[Any]:
    """The table; while one file is looked at, that file alone and the way back."""
    if not query.workbook:
        return [_table(sort_rows(rows, sort), sort, sortable=True)] if rows else []
    own = [row for row in rows if row.workbook == query.workbook]
    back = dcc.Link("← すべての課に戻る", href=PATH, className="button outline")
    table = [_table(own, sort, sortable=False)] if own else []
    return [html.Div(back, className="way-back"), *table]


def status_mark(status: str, label: str) -> html.Span:
    """A state as a shape and a word, so that color is never alone."""
    shape = html.Span(_SHAPES[status], **aria(hidden="true"))
    return html.Span([shape, f" {label}"], className=f"mark mark-{status}")


def _table(rows: Sequence[CollectionRow], sort: str, *, sortable: bool) -> html.Table:
    heads = [_head(name, label, sort, sortable=sortable) for name, label in SORTABLE.items()]
    return card_table(
        "課ごとの提出の状況",
        [*heads, "すること"],
        [_row(row, place) for place, row in enumerate(rows)],
        "collection",
    )


def _head(name: str, label: str, sort: str, *, sortable: bool) -> html.Th:
    column, _, direction = sort.partition("-")
    order = ("descending" if direction == "desc" else "ascending") if column == name else "none"
    mark = {"descending": "▼", "ascending": "▲", "none": "↕"}[order]
    content: Any = label
    if sortable:
        content = html.Button(
            [label, html.Span(mark, className="sort-mark", **aria(hidden="true"))],
            id=part_id(Parts.SORT, name),
            className="sort",
            type="button",
            title=f"{label}で並べ替える",
        )
    return html.Th(
        content,
        scope="col",
        role="columnheader",
        className="right" if name in _RIGHT else None,
        **(aria(sort=order) if sortable else {}),
    )


def _row(row: CollectionRow, place: int) -> html.Tr:
    look = ImportsQuery(workbook=row.workbook)
    errors = _count(row, row.errors, look.with_(severity="error"), "エラー")
    warnings = _count(row, row.warnings, look.with_(severity="warning"), "要確認")
    return card_row(
        [row.division, html.Small(row.department)] if row.department else row.division,
        [
            card_cell("状態", status_mark(row.status, row.status_label)),
            card_cell("ファイル", _file(row), "file"),
            card_cell("業務数", number(row.tasks), "right"),
            card_cell("時間／年", number(row.hours), "right"),
            card_cell("エラー", errors, "right"),
            card_cell("要確認", warnings, "right"),
            card_cell("締切まで", row.due),
            card_cell("すること", html.Div(_actions(row, place), className="row-actions"), "wide"),
        ],
        f"status-{row.status}",
    )


def _file(row: CollectionRow) -> Any:  # noqa: ANN401 - Dash children
    """The file's name leads to what is known of it."""
    if not row.workbook or row.withdrawn:
        return row.workbook or "–"
    link = dcc.Link(row.workbook, href=ImportsQuery(workbook=row.workbook).href("findings"))
    return html.Div([link, html.Small(row.reason)]) if row.reason else link


def _count(row: CollectionRow, value: int, query: ImportsQuery, kind: str) -> Any:  # noqa: ANN401 - Dash children
    if not value or not row.workbook or row.withdrawn:
        return number(value) if row.workbook and not row.withdrawn else "–"
    told = html.Span(f" 件の{kind}（{row.workbook}）を見る", className="visually-hidden")
    return dcc.Link([f"{value:,}", told], href=query.href("findings"), className="count")


def _actions(row: CollectionRow, place: int) -> list[Any]:
    """Buttons of one row; each tells readers whose file it is about."""
    if not row.workbook:
        return []
    if row.withdrawn:
        return [_button("戻す", Parts.RESTORE, row, place)]
    look = ImportsQuery(workbook=row.workbook)
    columns = [_link("列の読み方", look.href("readings"), row)] if row.readable else []
    return [
        *columns,
        _button("返送用を保存", Parts.RETURN, row, place),
        _button("取り下げ", Parts.WITHDRAW, row, place),
    ]


def _link(label: str, href: str, row: CollectionRow) -> dcc.Link:
    return dcc.Link([label, _whose(row)], href=href, className="small-action")


def _button(label: str, kind: Parts, row: CollectionRow, place: int) -> html.Button:
    """Button of one row; `place` tells apart two rows of one file."""
    return html.Button(
        [label, _whose(row)],
        id=part_id(kind, f"{token(row.workbook)}-{place}"),
        className="small-action",
        type="button",
    )


def _whose(row: CollectionRow) -> html.Span:
    return html.Span(f"（{row.workbook}）", className="visually-hidden")
