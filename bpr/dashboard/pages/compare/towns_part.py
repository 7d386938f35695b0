"""比較, towns: the chart and its table, common work, and the files that towns swap."""

from typing import Any

from dash import dcc, html

from bpr.dashboard.components.cards import section
from bpr.dashboard.components.chart import readable_chart
from bpr.dashboard.components.fields import text_field
from bpr.dashboard.components.numbers import Numbers
from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.figures.compare import rows_height, towns_figure
from bpr.dashboard.pages.compare.ids import Ids, Parts, part_id, token
from bpr.dashboard.pages.compare.towns import OURS, SHARES, TownsView

_ROW = 40
_OTHERS = "{names}は、共通業務の分け方（common_work.toml）が違うので、共通業務では並べていません。"


def town_sections(view: TownsView, *, may_add: bool) -> list[Any]:
    """Everything about other towns."""
    labels = list(SHARES.values())
    figure = towns_figure(view.dots, labels)
    height = rows_height(len(labels), _ROW)
    chart = readable_chart(
        figure, view.sentence, _numbers(view), Ids.CHART, height, "業務の中身の割合（団体の比較）"
    )
    notes = [html.P(note, className="base") for note in view.notes]
    return [
        section(view.heading, view.base, [chart, *notes]),
        *_family_section(view),
        _exchange(view, may_add=may_add),
    ]


def _numbers(view: TownsView) -> Numbers:
    return Numbers(
        caption=f"{view.heading}。{view.base}。{view.notes[0]}",
        header=["割合", *(f"{one.name}（{one.note}）" for one in view.columns)],
        rows=[
            [label, *(_percent(one.shares[index]) for one in view.columns)]
            for index, label in enumerate(SHARES.values())
        ],
        right=range(1, len(view.columns) + 1),
    )


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _family_section(view: TownsView) -> list[Any]:
    others = [html.P(_OTHERS.format(names="、".join(view.others)), className="base")] if view.others else []  # fmt: skip
    if not view.families:
        return others
    names = [OURS, *view.family_towns]
    rows = [
        card_row(
            line.label,
            [card_cell(name, value) for name, value in zip(names, line.values, strict=True)],
        )
        for line in view.families
    ]
    table = card_table("どの課にもある仕事", ["共通業務", *names], rows, "compare-families")
    base = "全時間に占める割合と、1 件あたりの時間の中央値（カッコ内は下位 25%〜上位 25%）。うちの時間の多い順"
    return [section("どの課にもある仕事を、団体で並べる", base, [table, *others])]


def _exchange(view: TownsView, *, may_add: bool) -> html.Section:
    parts: list[Any] = [
        html.H2("ほかの団体と、集計を交換する"),
        html.P(
            "交換ファイル（Excel）には、共通業務と、性質×媒体ごとの集計だけが入ります。職員・課・業務の名前は入らず、"
            "5 業務に満たない数と、そこから逆算できる数は伏せます。"
        ),
        html.Div(
            [
                text_field(
                    id=Ids.POPULATION,
                    label="人口（1 万人あたりの計算に使う）",
                    placeholder="例：48000",
                    value="",
                    w=280,
                ),
                html.Button(
                    "交換ファイルをつくる", id=Ids.EXPORT, className="button", type="button"
                ),
            ],
            className="filters naming",
        ),
    ]
    if may_add:
        parts += [html.H3("ほかの団体のファイルを登録する"), _add_form(), *_loaded(view)]
    return html.Section(parts, className="card")


def _add_form() -> html.Div:
    return html.Div(
        [
            text_field(
                id=Ids.TOWN, label="団体の呼び名", placeholder="例：湖町、A町", value="", w=280
            ),
            dcc.Upload(
                html.Button(
                    "ファイルを選ぶ",
                    id=Ids.UPLOAD_BUTTON,
                    className="button outline",
                    type="button",
                ),
                id=Ids.UPLOAD,
                className="upload inline",
                className_active="upload inline active",
            ),
        ],
        className="filters naming",
    )


def _loaded(view: TownsView) -> list[Any]:
    if not view.loaded:
        return [html.P("登録した団体は、まだありません。", className="base")]
    items = [
        html.Li(
            [
                name,
                html.Button(
                    ["外す", html.Span(f"（{name}）", className="visually-hidden")],
                    id=part_id(Parts.WITHDRAW, token(name)),
                    className="small-action",
                    type="button",
                ),
            ]
        )
        for name in view.loaded
    ]
    return [html.H3("登録した団体"), html.Ul(items, className="towns")]
