"""BPR対象: the components of an opened target - its state, what may follow, effect, forms, history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from bpr.dashboard.components.fields import text_area, text_field
from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.pages.targets.detail import DetailView, Fact, MeasuredLine, TaskLink
from bpr.dashboard.pages.targets.forms import Entries, Field
from bpr.dashboard.pages.targets.ids import Ids, do_id, field_id

FORMS: Final = {
    "edit": ("内容を直す", "保存する"),
    "refreeze": ("見込みを取り直す", "取り直す"),
    "effect": ("効果を記録する", "効果を記録する"),
    "survey": ("後の調査から測る", "後の調査から測る"),
    "unmeasure": ("測定を取り消す", "取り消す"),
    "split": ("切り分ける", "切り分ける"),
    "merge": ("ほかの対象に統合する", "統合する"),
}
"""Form -> its heading, and what its button says."""
_NOTES: Final = {
    "refreeze": "調査や設定が変わったときに、今の値から取り直します。前の値と理由は記録に残ります。",
    "effect": "同じ項目を、導入の前と後で測った値を入れます。同じ項目は、後から入れたものを使います。",
    "survey": "後の年度の調査にある時間と件数を、導入後の実績として記録します。",
    "unmeasure": "間違えて入れた測定を、効果とKPIの数から外します。取り消した値と理由は記録に残ります。",
    "split": "初めの部分がこの対象に残り、ほかの部分は新しい対象になります。割合は合わせて 100 % にします。",
    "merge": "この対象は終わり、業務は残す対象に移ります。元には戻せません。",
}
_MEASURES: Final = ("effect", "survey", "unmeasure")
_HEADS: Final = ("項目", "前 → 後", "変化", "期間", "母数", "根拠区分", "使い道・メモ", "記録")


@dataclass(frozen=True)
class Opened:
    """An opened target with the forms that the person may use, and what was typed there.

    `seen`: what the page remembers of it, for the next button.
    """

    view: DetailView
    forms: Mapping[str, Sequence[Field]]
    own: Entries
    seen: dict[str, Any]
    way_back: str


def detail_panel(opened: Opened) -> list[Any]:
    """Everything on one target."""
    view = opened.view
    return [
        dcc.Store(id=Ids.SEEN, data=opened.seen),
        html.Section(
            [
                html.Div(
                    [
                        html.H2(view.heading, id=Ids.TARGET, tabIndex="-1"),
                        dcc.Link("一覧へ戻る", href=opened.way_back, className="small-action"),
                    ],
                    className="foot",
                ),
                html.P([html.B(view.status, className="status"), f"　{view.since}"]),
                html.P(view.result, className="result"),
                *_way_on(view),
                *_move_part(opened),
            ],
            className="card",
        ),
        html.Div(
            [
                _card("内容", [_facts(view.facts), *_links(view.links), *_folded("edit", opened)]),
                _card(
                    "決めたときの見込み",
                    [
                        html.P("決めたときの重みと設定のまま残り、取り直すまで変わりません。", className="base"),
                        _facts(view.expected),
                        html.H3("もとの業務"),
                        html.Ul([_task(task) for task in view.tasks], className="own-tasks"),
                        *_folded("refreeze", opened),
                    ],
                ),
            ],
            className="columns halves",
        ),
        _card("効果（導入の前と後）", [*_measured(view.measured), *(p for f in _MEASURES for p in _folded(f, opened))]),
        *_cut_part(opened),
        _card("これまでの記録", [html.Ul([html.Li(line) for line in view.history], className="history")]),
    ]  # fmt: skip


def _card(heading: str, children: list[Any]) -> html.Section:
    return html.Section([html.H2(heading), *children], className="card")


def _way_on(view: DetailView) -> list[Any]:
    if not view.way_on:
        return []
    return [dcc.Link("統合した先の対象を開く", href=view.way_on, className="button outline")]


def _move_part(opened: Opened) -> list[Any]:
    """The statuses that may follow: onward first, then those that need a reason."""
    fields, moves = opened.forms.get("move"), opened.view.moves
    if not fields or not moves:
        return []
    buttons = [
        _do(f"move:{one.status}", f"「{one.label}」にする", outline=one.back)
        for one in sorted(moves, key=lambda one: one.back)
    ]
    return [
        html.H3("次に進める"),
        html.Div([_input("move", field, opened.own) for field in fields], className="filters"),
        html.Div(buttons, className="buttons"),
    ]


def _cut_part(opened: Opened) -> list[Any]:
    parts = [part for form in ("split", "merge") for part in _folded(form, opened)]
    return [_card("切り分け・統合", parts)] if parts else []


def _folded(form: str, opened: Opened) -> list[Any]:
    """A form behind its heading; nothing where the person may not use it."""
    fields = opened.forms.get(form)
    if not fields:
        return []
    heading, button = FORMS[form]
    note = [html.P(_NOTES[form], className="base")] if form in _NOTES else []
    return [
        html.Details(
            [
                html.Summary(heading),
                *note,
                html.Div([_input(form, field, opened.own) for field in fields], className="entry"),
                html.Div(_do(form, button), className="buttons"),
            ],
            open=bool(opened.own.get(form)),
            className=f"form-{form}",
        )
    ]


def _do(action: str, label: str, *, outline: bool = False) -> html.Button:
    look = "button outline" if outline else "button"
    return html.Button(label, id=do_id(action), className=look, type="button")


def _input(form: str, field: Field, own: Entries) -> Any:  # noqa: ANN401 - a Dash component
    """A field that holds what the person typed, else what it holds at first."""
    value = own.get(form, {}).get(field.name, field.value)
    given: dict[str, Any] = {
        "id": field_id(form, field.name),
        "label": field.label if field.needed or form in {"edit", "move"} else f"{field.label}（任意）",
        "description": field.hint or None,
        "size": "md",
        "className": f"entry-{field.kind}",
    }  # fmt: skip
    if field.kind == "lines":
        return text_area(value=value, autosize=True, minRows=2, **given)
    if field.kind == "text":
        return text_field(value=value, **given)
    return dmc.Select(
        value=value or None,
        data=[{"value": key, "label": label} for key, label in field.options],
        placeholder="選ぶ",
        clearable=not field.needed,
        allowDeselect=not field.needed,
        clearButtonProps={"aria-label": f"{field.label}を空にする"},
        **given,
    )


def _facts(facts: Sequence[Fact]) -> html.Dl:
    return html.Dl(
        [part for fact in facts for part in (html.Dt(fact.label), html.Dd(fact.text))],
        className="facts",
    )


def _links(links: Sequence[str]) -> list[Any]:
    if not links:
        return []
    return [html.H3("資料のリンク"), html.Ul([html.Li(_link(link)) for link in links])]


def _link(link: str) -> Any:  # noqa: ANN401 - Dash children
    """A web address as a link; a folder is only told, since a browser opens none."""
    if not link.startswith(("https://", "http://")):
        return link
    return html.A(link, href=link, target="_blank", rel="noopener noreferrer")


def _task(task: TaskLink) -> html.Li:
    if not task.tasks:
        return html.Li(task.name)
    told = html.Span(f"（{task.name}）", className="visually-hidden")
    return html.Li(
        [
            task.name,
            dcc.Link(["業務", told], href=task.tasks, className="small-action"),
            dcc.Link(["候補での点", told], href=task.candidates, className="small-action"),
        ]
    )


def _measured(lines: Sequence[MeasuredLine]) -> list[Any]:
    if not lines:
        return [html.P("まだ測っていません。効果を記録すると、見込みと比べられます。")]
    return [card_table("導入の前と後の測定", _HEADS, [_measured_row(one) for one in lines])]


def _measured_row(one: MeasuredLine) -> html.Tr:
    older = [] if one.counts else [html.Small("（前に入れた値。使っていません）")]
    return card_row(
        [one.figure, *older],
        [
            card_cell("前 → 後", one.values),
            card_cell("変化", html.B(one.change)),
            card_cell("期間", one.periods),
            card_cell("母数", one.base),
            card_cell("根拠区分", one.evidence),
            card_cell("使い道・メモ", one.use),
            card_cell("記録", one.signed),
        ],
    )
