"""概況: the sections of the page - tables, and the two charts."""

from collections.abc import Sequence
from typing import Any, Final

from dash import dcc, html

from bpr import terms
from bpr.dashboard.components.cards import section
from bpr.dashboard.components.chart import readable_chart
from bpr.dashboard.components.numbers import Numbers
from bpr.dashboard.components.table import bar, card_cell, card_row, card_table, plain_table
from bpr.dashboard.figures.media import media_figure
from bpr.dashboard.figures.shares import shares_figure, shares_height
from bpr.dashboard.pages.overview.classes import ClassTable
from bpr.dashboard.pages.overview.compared import Comparison
from bpr.dashboard.pages.overview.costs import Cost
from bpr.dashboard.pages.overview.ids import Ids
from bpr.dashboard.pages.overview.media import MediaChart
from bpr.dashboard.pages.overview.rows import TopTask
from bpr.dashboard.pages.overview.seals import SEALS, SealTable
from bpr.dashboard.pages.overview.view import Overview
from bpr.dashboard.pages.overview.wording import percent

_CLASSES: Final = tuple(terms.SHORT_WORK_CLASSES.values())


def class_section(classes: ClassTable) -> html.Section:
    """The mix of classes beside others' as a chart, and class by staff as a table."""
    rows = [
        [row.label, *(_stack(cell.hours, cell.share, cell.compared) for cell in row.cells)]
        for row in classes.rows
    ]
    table = _number_table(
        "業務の性質 × 職員区分（時間／年と割合）",
        ["性質", *classes.staff],
        rows,
        "overview-classes",
    )
    notes = [html.P(classes.unclear, className="base")] if classes.unclear else []
    return section(classes.heading, classes.note, [*_shares_chart(classes), table, *notes], "wide")


def _shares_chart(classes: ClassTable) -> list[Any]:
    if not classes.bars:
        return []
    numbers = Numbers(
        "業務の性質の割合（全職員、年間作業時間）",
        ["", *_CLASSES],
        [
            [one.label, *(percent(one.shares[name]) for name in terms.WORK_CLASSES)]
            for one in classes.bars
        ],
        right=range(1, 5),
    )
    figure, height = shares_figure(classes.bars), shares_height(len(classes.bars))
    name = "業務の性質の割合"
    return [readable_chart(figure, classes.sentence, numbers, Ids.CLASSES, height, name)]


def cost_section(cost: Cost, settings: str) -> html.Section:
    """Yen by class, the unit costs with their sources, and where they are changed (may be empty)."""
    heads = ["性質", "時間／年", "人件費／年", "割合"]
    rows = [[row.label, row.hours, _stack(row.yen, row.between), row.share] for row in cost.rows]
    units = [
        html.Li([html.B(one.staff), f"　{one.yen}", html.Small(one.source)]) for one in cost.units
    ]
    return section(
        cost.heading,
        cost.note,
        [
            _number_table("人件費の内訳", heads, rows),
            html.H3("1 時間の単価と出所"),
            html.Ul(units, className="overview-units"),
            *(
                [dcc.Link("単価を「設定」で確かめる", href=settings, className="small-action")]
                if settings
                else []
            ),
        ],
    )


def media_section(media: MediaChart) -> html.Section:
    """Hours by medium and class."""
    total = sum(one.total for one in media.bars)
    numbers = Numbers(
        f"処理媒体 × 業務の性質、年間作業時間（時間）。母数 {total:,.0f} 時間",
        ["媒体", *_CLASSES, "合計", "割合", f"{media.compared}の割合"],
        [
            [
                one.label,
                *(f"{one.hours[name]:,.0f}" for name in terms.WORK_CLASSES),
                f"{one.total:,.0f}",
                percent(one.total / total),
                percent(one.compared_share),
            ]
            for one in media.bars
        ],
        right=range(1, 8),
    )
    figure = media_figure(media.bars, media.compared)
    chart = readable_chart(figure, media.sentence, numbers, Ids.MEDIA, name="処理媒体と業務の性質")
    return section(media.heading, numbers.caption, [chart], "wide")


def division_section(view: Overview) -> list[html.Section]:
    """Divisions with most routine work, each the way to its own overview."""
    if not view.divisions:
        return []
    rows = [
        [
            dcc.Link(row.division, href=row.href, className="small-action"),
            f"{row.hours:,.0f}",
            bar(row.share_of_first),
        ]
        for row in view.divisions
    ]
    heads = ["課", "時間／年", "最も多い課との比"]
    note = (
        "III 定型（専門性不要・定型）の時間が多い課、上位 5。課を選ぶと、その課だけを表示します。"
    )
    table = plain_table("定型作業の多い課", heads, rows, right=(1,))
    return [
        section(view.divisions_heading, note, [html.Div(table, className="overview-divisions")])
    ]


def comparison_section(comparison: Comparison) -> html.Section:
    """Each share beside what it is elsewhere, with both bases."""
    rows = [
        card_row(
            row.label,
            [
                card_cell(comparison.own, _stack(row.value, row.base), "right"),
                *(
                    card_cell(name, _stack(cell.value, cell.difference, cell.base), "right")
                    for name, cell in zip(comparison.others, row.cells, strict=True)
                ),
            ],
        )
        for row in comparison.rows
    ]
    heads = ["比べるもの", *map(_right_head, [comparison.own, *comparison.others])]
    notes = [html.P(note) for note in comparison.notes]
    return section(
        "ほかと比べると",
        f"割合と、その母数。＋と−は、「{comparison.own}」がどれだけ多いか、少ないか",
        [card_table("ほかとの比較", heads, rows, "overview-compared"), *notes],
        "wide",
    )


def top_section(view: Overview) -> html.Section:
    """Tasks that take most hours."""
    labels = ["所属", "性質", "媒体", "時間／年", "割合", "候補の手段"]
    heads = ["業務", *labels[:3], *map(_right_head, labels[3:5]), labels[5]]
    rows = [_top_row(task, labels) for task in view.top]
    table = card_table("時間の多い業務", heads, rows, "overview-top")
    note = "年間作業時間の多い順。業務名を選ぶと業務の内訳、手段を選ぶと計算の内訳を表示します。"
    return section(view.top_heading, note, [table])


def _top_row(task: TopTask, labels: Sequence[str]) -> html.Tr:
    lever: Any = task.lever
    if task.candidate:
        spoken = html.Span(f"（{task.name}の候補）", className="visually-hidden")
        lever = dcc.Link([task.lever, spoken], href=task.candidate, className="small-action")
    contents = [task.place, task.work_class, task.medium, task.hours, task.share, lever]
    return card_row(
        dcc.Link(task.name, href=task.href, className="small-action"),
        [
            card_cell(label, content, "right" if place in {3, 4} else "")
            for place, (label, content) in enumerate(zip(labels, contents, strict=True))
        ],
    )


def seal_section(seals: SealTable) -> html.Section:
    """Seals by class."""
    if not seals.rows:
        return section(seals.heading, seals.note, [])
    rows = [
        [
            row.label,
            row.cases,
            *(_stack(cell.share, cell.cases, cell.compared) for cell in row.cells),
        ]
        for row in seals.rows
    ]
    heads = ["性質", "件数／年", *SEALS.values()]
    return section(seals.heading, seals.note, [_number_table("印鑑", heads, rows)])


def _number_table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[Any]], class_name: str = ""
) -> html.Div:
    """Table of numbers so small that it fits a phone as it is."""
    table = plain_table(caption, heads, rows, right=range(1, len(heads)))
    return html.Div(table, className=f"overview-numbers {class_name}".strip())


def _stack(value: str, *more: str) -> Any:  # noqa: ANN401 - Dash children
    """A number with what belongs to it in small letters below."""
    if value == "–" and not any(more):
        return value
    return html.Div([html.B(value), *(html.Small(text) for text in more if text)])


def _right_head(label: str) -> html.Th:
    return html.Th(label, scope="col", role="columnheader", className="right")
