"""設定, rules: unit costs with the form to replace one, scoring, and the other rules."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.cards import section
from bpr.dashboard.components.fields import text_field
from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.pages.settings.ids import Ids
from bpr.dashboard.pages.settings.query import SettingsQuery
from bpr.dashboard.pages.settings.rules import CostLine, CostPast, RulesView, write_range
from bpr.workspace.costing import KINDS, UnitCost

_HOURLY = (
    "削減見込を円に直すときに掛けます。給与・手当・共済費の合計を、年間の勤務時間で割った値です。"
)
_TOOLS = "どの手段にいくらかかるか。見積書や契約書の値に置き換えると、候補の金額と「組合せ」が変わります。"
_FILES = (
    "設定ファイル（.toml）は、製品の settings フォルダから写して直し、置いたフォルダを環境変数 BPR_SETTINGS に書いて、"
    "bpr を開き直すと効きます。写さなかったファイルは製品の値のままです。"
)


def rule_sections(
    view: RulesView, opened: list[Any], folder: Path | None, *, manages: bool
) -> list[Any]:
    """Everything about rules; `opened`: the unit cost that an administrator is changing."""
    told = (
        f"いまのフォルダ：{folder}"
        if folder
        else "いまは、すべて製品の設定ファイルを使っています。"
    )
    return [
        *opened,
        section("1 時間の人件費", _HOURLY, [_cost_table(view.hourly, "1 時間の人件費", manages=manages)]),
        section("手段の費用", _TOOLS, [_tools(view, manages=manages)]),
        section(
            "点のつけ方",
            view.scoring_note,
            [
                _lever_table(view),
                html.P("変える所：scoring.toml。重みだけを試すときは「重み」のページ。", className="base"),
                dcc.Link("「重み」を開く", href="/weights", className="button outline"),
            ],
        ),
        section(
            "そのほかの決まり",
            "どこで変えるか",
            [_rule_table(view), html.P(_FILES, className="base"), *([html.P(told, className="base")] if manages else [])],
        ),
    ]  # fmt: skip


def cost_panel(cost: UnitCost, history: Sequence[CostPast]) -> html.Section:
    """Replace one unit cost, or give its place back; and what was said of it."""
    low, middle, high = (f"{one:,g}" for one in cost.factor.range)
    note = f"製品の値は {write_range(cost.given)}、{cost.given.kind}：{cost.given.source}"
    buttons: list[Any] = [
        html.Button("この単価にする", id=Ids.COST_SET, className="button", type="button")
    ]
    if cost.own:
        buttons.append(
            html.Button(
                "製品の値に戻す", id=Ids.COST_RESTORE, className="button outline", type="button"
            )
        )
    buttons.append(dcc.Link("閉じる", href=SettingsQuery().href(), className="button outline"))
    return html.Section(
        [
            html.H2(f"「{cost.label}」を変える"),
            html.P(note, className="base"),
            html.Div(
                [
                    _amount(Ids.COST_LOW, f"下限（{cost.factor.unit}）", low),
                    _amount(Ids.COST_MIDDLE, f"中央（{cost.factor.unit}）", middle),
                    _amount(Ids.COST_HIGH, f"上限（{cost.factor.unit}）", high),
                    dmc.Select(
                        id=Ids.COST_KIND,
                        label="根拠区分",
                        data=list(KINDS),
                        value=cost.factor.kind,
                        allowDeselect=False,
                        w=150,
                    ),
                    text_field(
                        id=Ids.COST_SOURCE,
                        label="出所",
                        value=cost.factor.source if cost.own else "",
                        placeholder="例：令和6年度決算、○年○月の見積書",
                        className="settings-wide",
                    ),
                ],
                className="filters",
                role="group",
                **aria(label="単価の入力"),
            ),
            html.P(
                "決めたときの見込み（BPR対象）と、残した評価は変わりません。これからの集計だけが変わります。",
                className="base",
            ),
            html.Div(buttons, className="buttons"),
            *_past(history),
        ],
        id=Ids.COST,
        className="card",
        tabIndex="-1",
    )


def _amount(element: str, label: str, value: str) -> dmc.TextInput:
    return text_field(
        id=element,
        label=label,
        value=value,
        inputProps={"inputMode": "decimal", "autoComplete": "off"},
        w=150,
    )


def _past(history: Sequence[CostPast]) -> list[Any]:
    if not history:
        return []
    rows = [
        card_row(
            past.when,
            [
                card_cell("だれが", past.who),
                card_cell("値", past.value),
                card_cell("出所", past.source),
            ],
        )
        for past in history
    ]
    table = card_table("変えた記録", ["いつ", "だれが", "値", "出所"], rows)
    return [html.H3("変えた記録（新しい順）"), table]


def _cost_table(lines: Sequence[CostLine], caption: str, *, manages: bool) -> html.Table:
    heads = ["単価", _right("いまの値"), _right("下限〜上限"), "根拠", "出所"]
    if manages:
        heads.append("変える")
    rows = [
        card_row(
            [line.label, html.Small(line.given)] if line.given else line.label,
            [
                card_cell("いまの値", line.value, "right"),
                card_cell("下限〜上限", line.interval, "right"),
                card_cell("根拠", line.evidence),
                card_cell("出所", line.source),
                *([card_cell("変える", _opener(line))] if manages else []),
            ],
        )
        for line in lines
    ]
    return card_table(caption, heads, rows, "settings-costs")


def _tools(view: RulesView, *, manages: bool) -> html.Details:
    own = sum(bool(line.given) for line in view.tools)
    told = f"{len(view.tools)} 件の単価を見る（自庁の値は {own} 件）"
    table = _cost_table(view.tools, "手段の費用", manages=manages)
    return html.Details([html.Summary(told), table])


def _right(label: str) -> html.Th:
    return html.Th(label, scope="col", role="columnheader", className="right")


def _opener(line: CostLine) -> Any:  # noqa: ANN401 - a Dash component
    told = html.Span(f"（{line.label}）", className="visually-hidden")
    return dcc.Link(["変える", told], href=line.href, className="small-action")


def _lever_table(view: RulesView) -> html.Table:
    rows = [
        card_row(
            line.label,
            [card_cell("見る項目と重み", line.criteria), card_cell("点を抑える制約", line.gates)],
        )
        for line in view.levers
    ]
    heads = ["手段", "見る項目と重み（重い順）", "点を抑える制約"]
    return card_table("点のつけ方", heads, rows, "settings-levers")


def _rule_table(view: RulesView) -> html.Table:
    rows = [
        card_row(
            line.label, [card_cell("いまの決まり", line.value), card_cell("変える所", line.where)]
        )
        for line in view.rules
    ]
    heads = ["決まり", "いまの決まり", "変える所"]
    return card_table("そのほかの決まり", heads, rows, "settings-rules")
