"""BPR対象: the components of the schedule - a table of years that a phone shows as cards."""

from typing import Any

from dash import dcc, html

from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.pages.targets.schedule import Bar, Cell, Schedule, Year

_HOURS = {
    "導入前／年": "before",
    "導入後見込／年": "after",
    "実績の削減／年": "realized",
}
_SUMS = "この年度に終える予定"


def schedule_parts(schedule: Schedule) -> list[Any]:
    """The sentence, and the targets over the years."""
    heads = [
        "取組",
        *(_year_head(year) for year in schedule.years),
        *(html.Th(head, scope="col", role="columnheader", className="right") for head in _HOURS),
    ]
    rows = [_row(bar, schedule.years) for bar in schedule.bars]
    if not rows:
        return [html.P("予定に載せる対象がありません。絞り込みをゆるめてください。")]
    return [
        html.P(schedule.sentence, className="base"),
        card_table("取組の予定（年度ごと）と導入前後の時間", heads, [*rows, _sums(schedule)], "schedule"),
        html.P(
            "時間は年間です。導入前は調査の年間作業時間、導入後見込はそこから削減見込を引いた時間、実績は導入の前後を測った値です。",
            className="base",
        ),
    ]  # fmt: skip


def _year_head(year: Year) -> html.Th:
    now = [html.Small("今年度")] if year.now else []
    return html.Th(
        [year.label, *now], scope="col", role="columnheader", className="now" if year.now else None
    )


def _row(bar: Bar, years: list[Year]) -> html.Tr:
    line = bar.line
    opened = [html.Span("（下に表示中）", className="visually-hidden")] if line.opened else []
    hours = {"before": bar.before, "after": bar.after, "realized": line.realized}
    return card_row(
        [
            dcc.Link([line.name, *opened], href=line.href),
            html.Small(f"{line.status}　{line.place}"),
        ],
        [
            *(_cell(year, cell) for year, cell in zip(years, bar.cells, strict=True)),
            *(card_cell(label, hours[name], "right") for label, name in _HOURS.items()),
        ],
        "opened" if line.opened else "",
    )


def _cell(year: Year, cell: Cell) -> html.Td:
    if not cell.kind and not cell.text:
        return card_cell(year.label, "")
    text = [html.Small(cell.text)] if cell.text else []
    return card_cell(year.label, html.Div([cell.mark, *text]), f"span {cell.kind}".strip())


def _sums(schedule: Schedule) -> html.Tr:
    return card_row(
        _SUMS,
        [
            *(
                card_cell(year.label, told)
                for year, told in zip(schedule.years, schedule.sums, strict=True)
            ),
            *(card_cell(label, "") for label in _HOURS),
        ],
        "sums",
    )
