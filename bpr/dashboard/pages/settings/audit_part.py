"""設定, audit: the filters, a page of the log, the check of its seals, and the file."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.fields import text_field
from bpr.dashboard.components.filters import filter_select
from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.pages.settings.audit import AuditView, write_who
from bpr.dashboard.pages.settings.ids import Ids
from bpr.dashboard.pages.settings.query import SettingsQuery
from bpr.terms import AUDIT_ACTIONS

_SEALS = (
    "1 件ごとに、その前までの記録を含む封（ハッシュ）が付いています。検査では、すべての封を計算し直します。"
    "件数と終わりの封を月に 1 度ほど紙などに控えておくと、丸ごと作り直されたことも bpr audit verify --expect で分かります。"
)


def audit_sections(view: AuditView, query: SettingsQuery, people: Sequence[str]) -> list[Any]:
    """Everything about the log."""
    return [
        html.Section(
            [
                html.H2("改ざん検査"),
                html.P(_SEALS, className="base"),
                html.Button("改ざん検査をする", id=Ids.VERIFY, className="button", type="button"),
                html.Div(id=Ids.VERIFIED, className="notice", role="status", **aria(live="polite")),
            ],
            className="card",
        ),
        html.Section(
            [
                html.H2("だれが、いつ、何をしたか", id="settings-log", tabIndex="-1"),
                _filters(query, people),
                *_log(view),
                html.Div(
                    [
                        *_pages(view),
                        html.Button(
                            "当てはまる記録を Excel で保存",
                            id=Ids.EXPORT,
                            className="button outline",
                            type="button",
                        ),
                    ],
                    className="buttons",
                ),
            ],
            className="card",
        ),
    ]


def _filters(query: SettingsQuery, people: Sequence[str]) -> html.Div:
    actions = [(name, term.label) for name, term in AUDIT_ACTIONS.items()]
    return html.Div(
        [
            filter_select(
                Ids.WHO, "だれが", [(name, write_who(name)) for name in people], query.who
            ),
            filter_select(Ids.ACTION, "操作", actions, query.action),
            text_field(
                id=Ids.TEXT, label="対象の言葉", placeholder="すべて", value=query.text, w=190
            ),
            _day(Ids.FIRST, "いつから", query.first),
            _day(Ids.LAST, "いつまで", query.last),
        ],
        className="filters",
        role="search",
        **aria(label="監査記録の絞り込み"),
    )


def _day(element: str, label: str, value: str) -> Any:  # noqa: ANN401 - a Dash component
    return text_field(
        id=element,
        label=label,
        value=value,
        placeholder="例：2026-04-01",
        inputProps={"inputMode": "numeric", "autoComplete": "off"},
        w=160,
    )


def _log(view: AuditView) -> list[Any]:
    if not view.lines:
        return [html.P("当てはまる記録がありません。絞り込みをゆるめてください。")]
    heads = ["番号", "日時", "だれが", "どこから", "操作", "対象", "変わったこと"]
    rows = [
        card_row(
            line.number,
            [
                card_cell("日時", line.when),
                card_cell("だれが", line.who),
                card_cell("どこから", line.place or "–"),
                card_cell("操作", line.action),
                card_cell("対象", line.object),
                card_cell("変わったこと", line.change or "–"),
            ],
        )
        for line in view.lines
    ]
    table = card_table("監査記録", heads, rows, "settings-audit")
    return [html.P(view.base, className="base"), table]


def _pages(view: AuditView) -> list[Any]:
    return [
        dcc.Link(label, href=href, className="button outline")
        for label, href in (("新しい記録へ", view.newer), ("古い記録へ", view.older))
        if href
    ]
