"""設定, KPI: the tables of definitions and of grades, and where they are changed."""

from typing import Any

from dash import dcc, html

from bpr.dashboard.components.cards import section
from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.pages.settings.kpi import DefinitionsView

_WHERE = (
    "定義は kpi.toml で変えます。変えたら version を 1 つ上げ、いつの年度から使うかを valid_from に書き、"
    "bpr を開き直してください。年度ごとの目標値と実績値は「KPI」のページで入れます。"
)


def definition_sections(view: DefinitionsView) -> list[Any]:
    """Everything about the definitions."""
    return [
        section("何を数えるか", view.confirmed, [_definitions(view)], "settings-kpi"),
        section("進み具合の評価", view.grade_source, [_grades(view)]),
        html.Section(
            [
                html.H2("どこで変えるか"),
                html.P(_WHERE),
                dcc.Link("「KPI」を開く", href="/kpi", className="button outline"),
            ],
            className="card",
        ),
    ]


def _definitions(view: DefinitionsView) -> html.Table:
    heads = ["KPI", "数えるもの", "いつから", "要る根拠", "現状値 → 目標値", "出所"]
    rows = [
        card_row(
            line.label,
            [
                card_cell("数えるもの", line.counts),
                card_cell("いつから", line.begins),
                card_cell("要る根拠", line.evidence),
                card_cell("目標", line.goal),
                card_cell("出所", line.source),
            ],
        )
        for line in view.lines
    ]
    return card_table("KPI の定義", heads, rows, "settings-definitions")


def _grades(view: DefinitionsView) -> html.Table:
    rows = [
        card_row(line.grade, [card_cell("言葉", line.label), card_cell("比", line.bound)])
        for line in view.grades
    ]
    return card_table("進み具合の評価", ["評価", "言葉", "伸びの比"], rows, "settings-grades")
