"""比較, years: the two editions, the chart, the tables, and the pairs that people confirm or deny."""

from typing import Any

import dash_mantine_components as dmc
from dash import html

from bpr.dashboard.components.cards import section
from bpr.dashboard.components.chart import readable_chart
from bpr.dashboard.components.numbers import Numbers
from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.figures.compare import changes_figure, rows_height
from bpr.dashboard.pages.compare.divisions_part import right_head
from bpr.dashboard.pages.compare.ids import Ids, Parts, part_id
from bpr.dashboard.pages.compare.reading import Pair
from bpr.dashboard.pages.compare.years import PARTS, LinkLine, YearsView

_ROW = 34
_NOTE = (
    "件数の増減＝件数が変わったために増減した時間。1 件の時間の増減＝1 件あたりの時間が変わったために増減した時間。"
    "分けられない分＝件数の分からない業務など。前の年度の時間も、後の年度の課に組み替えています。"
)


def lonely_year() -> html.Section:
    """What to do where there is only one survey."""
    return html.Section(
        [
            html.H2("前の年度と比べるには"),
            html.P("前の年度（または次の年度）の調査を始め、その調査票を取り込んでください。"),
            html.Pre("bpr edition open みどり野町 2025\nbpr import --edition 2 フォルダ"),
            html.P(
                "取り込むと、増えた業務・減った業務・なくなった業務・新しい業務と、その理由（件数か、1 件の時間か）がここに出ます。"
            ),
        ],
        className="card",
    )


def year_sections(view: YearsView, pair: Pair, *, may_say: bool) -> list[Any]:
    """Everything about two years."""
    figure = changes_figure(view.bars, PARTS)
    height = rows_height(len(view.bars), _ROW)
    chart = readable_chart(
        figure, view.sentence, _numbers(view), Ids.CHART, height, "課ごとの増減とその理由"
    )
    more = (
        f"ほかに {view.more_tasks:,} 業務が変わっています。すべては Excel で見られます。"
        if view.more_tasks
        else "変わった業務のすべてです。"
    )
    return [
        _choices(view, pair),
        section(view.heading, view.base, [chart, html.P(_NOTE, className="base")]),
        section("変わり方の大きい業務", more, [_task_table(view)]),
        _links(view, may_say=may_say),
    ]


def _choices(view: YearsView, pair: Pair) -> html.Div:
    data = [{"value": number, "label": label} for number, label in pair.choices]
    return html.Div(
        [
            _select(Ids.BEFORE, "前の年度", data, str(pair.before)),
            _select(Ids.AFTER, "後の年度", data, str(pair.after)),
            html.Button(
                "比較を Excel で保存",
                id=Ids.EXCEL,
                className="button outline",
                type="button",
                title=view.heading,
            ),
        ],
        className="filters",
    )


def _select(element: Ids, label: str, data: list[dict[str, str]], value: str) -> dmc.Select:
    return dmc.Select(id=element, label=label, data=data, value=value, allowDeselect=False, w=280)


def _numbers(view: YearsView) -> Numbers:
    header = ["課", "前の時間", "後の時間", "差", *PARTS, "未確認の組"]
    return Numbers(
        caption=f"{view.heading}（時間／年）。{view.base}",
        header=header,
        rows=[
            [line.division, line.before, line.after, line.difference, *line.parts, line.unconfirmed]
            for line in view.divisions
        ],
        right=range(1, len(header)),
    )


def _task_table(view: YearsView) -> html.Table:
    labels = ["時間／年（前 → 後）", "差", "件数の増減", "1 件の時間"]
    rows = [
        card_row(
            line.name,
            [
                card_cell("課", line.division),
                card_cell("変化", line.change),
                *(
                    card_cell(label, value, "right")
                    for label, value in zip(
                        labels,
                        [line.hours, line.difference, line.volume, line.unit_time],
                        strict=True,
                    )
                ),
            ],
        )
        for line in view.tasks
    ]
    heads = ["業務", "課", "変化", *map(right_head, labels)]
    return card_table("変わり方の大きい業務", heads, rows, "compare-tasks")


def _links(view: YearsView, *, may_say: bool) -> html.Section:
    total = sum(count for _, count in view.waiting)
    data = [{"value": name, "label": f"{name}（{count:,}）"} for name, count in view.waiting]
    choice = dmc.Select(
        id=Ids.DIVISION,
        label="課（未確認の組の数）",
        data=data,
        value=view.chosen or None,
        placeholder="すべての課",
        clearable=True,
        searchable=True,
        nothingFoundMessage="ありません",
        clearButtonProps={"aria-label": "課の絞り込みを外す"},
        w=280,
    )
    told = (
        "名前が似ているので同じ業務と見なした組です。「同じ業務」を押すと確定し、「別の業務」を押すと、なくなった業務と新しい業務に分かれます。"
        if total
        else "すべての組が、整理番号か業務名で決まったか、人が確かめたものです。"
    )
    shown = [html.P(f"ほかに {view.more_links:,} 組あります。課で絞るか、上から確かめてください。", className="base")]  # fmt: skip
    return html.Section(
        [
            html.H2(f"同じ業務かどうか、まだ確かめていない組（{total:,}）", id=Ids.LINKS, tabIndex="-1"),
            html.P(told),
            html.Div([choice, *_confirm_all(view, may_say=may_say)], className="filters", hidden=not total),
            *([_link_table(view, may_say=may_say)] if view.links else []),
            *(shown if view.more_links else []),
        ],
        className="card",
    )  # fmt: skip


def _confirm_all(view: YearsView, *, may_say: bool) -> list[Any]:
    count = dict(view.waiting).get(view.chosen, 0)
    if not may_say or not count:
        return []
    label = f"{view.chosen}の {count:,} 組をすべて「同じ業務」にする"
    return [html.Button(label, id=Ids.CONFIRM_ALL, className="button", type="button")]


def _link_table(view: YearsView, *, may_say: bool) -> html.Table:
    heads = ["前の年度の業務", "後の年度の業務", right_head("時間／年（前 → 後）"), "組にした理由"]
    rows = [
        card_row(
            line.before,
            [
                card_cell("後の年度", line.after),
                card_cell("時間", line.hours, "right"),
                card_cell("理由", line.reason),
                *([card_cell("確認", _buttons(line))] if may_say else []),
            ],
        )
        for line in view.links
    ]
    if may_say:
        heads.append("確認")
    return card_table("まだ確かめていない組", heads, rows, "compare-links")


def _buttons(line: LinkLine) -> html.Div:
    told = html.Span(f"（{line.before} と {line.after}）", className="visually-hidden")
    return html.Div(
        [
            html.Button(
                [label, told], id=part_id(kind, line.token), className="small-action", type="button"
            )
            for kind, label in ((Parts.SAME, "同じ業務"), (Parts.OTHER, "別の業務"))
        ],
        className="row-actions",
    )
