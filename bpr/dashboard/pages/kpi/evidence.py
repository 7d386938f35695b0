"""KPI: the components of the evidence - units of a year, figures entered, effects."""

from typing import Any

from dash import dcc, html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.cards import section
from bpr.dashboard.components.table import bar, card_cell, card_row, card_table
from bpr.dashboard.pages.kpi.behind import Behind, EnteredLine, GoneLine, UnitLine, YearLink
from bpr.dashboard.pages.kpi.effects import EffectView, RateLine


def behind_parts(view: Behind) -> list[Any]:
    """What is behind the number of a year."""
    head: list[Any] = [html.H2(view.heading), html.P(view.note, className="base")]
    if view.by_hand:
        return [*head, *_entered(view.entered)]
    parts = [*head, _years(view.years)]
    if view.units:
        heads = ["業務", "主管課", "手段", "いつから", "前 → 後（時間/年）", "根拠"]
        if view.with_hours:
            heads.insert(5, "数えた削減")
        rows = [_unit_row(line, with_hours=view.with_hours) for line in view.units]
        parts.append(card_table(view.heading, heads, rows, "kpi-units"))
    else:
        parts.append(html.P("この年度末までに数えた業務は、ありません。"))
    if view.gone:
        parts += _gone(view.gone)
    if view.entered:
        parts.append(
            html.Details(
                [html.Summary("入れた目標値"), *_entered(view.entered)], className="numbers"
            )
        )
    return parts


def _years(years: list[YearLink]) -> html.Div:
    return html.Div(
        [
            dcc.Link(
                [html.Span(one.year), html.B(one.value)],
                href=one.href,
                className="kpi-year on" if one.chosen else "kpi-year",
            )
            for one in years
        ],
        className="kpi-year-links",
        role="group",
        **aria(label="開く年度"),
    )


def _task(name: str, part: str, href: str) -> dcc.Link:
    return dcc.Link(f"{name}（{part}）" if part else name, href=href, className="small-action")


def _unit_row(line: UnitLine, *, with_hours: bool) -> html.Tr:
    counted = [card_cell("数えた削減", line.counted, "right")] if with_hours else []
    return card_row(
        _task(line.name, line.part, line.href),
        [
            card_cell("主管課", line.division),
            card_cell("手段", line.lever),
            card_cell("いつから", line.since),
            card_cell("前 → 後", line.hours, "hours"),
            *counted,
            card_cell("根拠", html.Span(line.evidence, className="kpi-evidence")),
        ],
    )


def _gone(lines: list[GoneLine]) -> list[Any]:
    rows = [
        card_row(
            _task(line.name, "", line.href),
            [
                card_cell("主管課", line.division),
                card_cell("いつから", line.since),
                card_cell("いつまで", line.until),
                card_cell("なぜ", line.reason),
            ],
        )
        for line in lines
    ]
    heads = ["業務", "主管課", "いつから", "いつまで", "なぜ外れたか"]
    title = f"数えなくなった {len(lines)} 業務"
    return [html.H3(title), card_table(title, heads, rows, "kpi-gone")]


def _entered(lines: list[EnteredLine]) -> list[Any]:
    if not lines:
        return [html.P("まだ何も入れていません。")]
    rows = [
        card_row(
            [line.year, html.Small(line.kind)],
            [
                card_cell("値", [html.B(line.value), html.Small(line.used)]),
                card_cell("母数", line.base),
                card_cell("根拠", line.evidence),
                card_cell("メモ", line.note),
                card_cell("入れた日時と人", line.entered),
            ],
            "chosen-kpi" if line.chosen else "",
        )
        for line in lines
    ]
    heads = ["年度", "値", "母数", "根拠", "メモ", "入れた日時と人"]
    return [card_table("入れた値", heads, rows, "kpi-entered")]


def effect_parts(view: EffectView | None) -> list[Any]:
    """Effects by lever, uses of the freed hours, own rates; nothing while nothing is done."""
    if view is None:
        return []
    return [
        section(view.heading, view.note, [_effects(view)]),
        html.Div(
            [
                section("空いた時間を何に使ったか", view.uses_note, _uses(view)),
                section("うちの役場の「減る割合」", view.rates_note, [_rates(view.rates)]),
            ],
            className="columns kpi-two",
        ),
    ]


def _effects(view: EffectView) -> html.Table:
    rows = [
        card_row(
            line.lever,
            [
                card_cell("根拠", line.evidence),
                card_cell("測った対象", line.measured),
                card_cell("見込み", line.expected),
                card_cell("実績", line.realized),
                card_cell("見込みに対して", line.ratio),
            ],
        )
        for line in view.lines
    ]
    heads = [
        "手段",
        "根拠",
        "測った対象／実施済",
        "見込んだ削減",
        "実際の削減",
        "見込みに対して",
    ]
    return card_table("手段ごとの効果", heads, rows, "kpi-effects")


def _uses(view: EffectView) -> list[Any]:
    if not view.uses:
        return []
    rows = [
        card_row(
            line.use,
            [
                card_cell("時間", line.hours),
                card_cell("割合", f"{line.share:.0%}"),
                card_cell("図", bar(line.share), "nothing"),
            ],
        )
        for line in view.uses
    ]
    return [card_table("空いた時間の使い道", ["使い道", "時間／年", "割合", ""], rows, "kpi-uses")]


def _rates(lines: list[RateLine]) -> html.Table:
    rows = [
        card_row(
            line.lever,
            [
                card_cell("測った対象", line.count),
                card_cell("減る割合", line.rate),
                card_cell("状態", line.state),
            ],
        )
        for line in lines
    ]
    heads = ["手段", "実績で測った対象", "減る割合（幅）", "状態"]
    return card_table("手段ごとの、うちの役場の減る割合", heads, rows, "kpi-rates")
