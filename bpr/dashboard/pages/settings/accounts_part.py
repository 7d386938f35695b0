"""設定, accounts: the list, the form for a new one, the one that is opened, a password shown once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.components.cards import section
from bpr.dashboard.components.fields import text_field
from bpr.dashboard.components.table import card_cell, card_row, card_table
from bpr.dashboard.pages.settings.accounts import AccountsView, Opened
from bpr.dashboard.pages.settings.ids import Ids
from bpr.dashboard.pages.settings.query import SettingsQuery
from bpr.terms import ROLES

_FIRST = (
    "ほかの PC からも使うときや、人によって見える範囲を分けるときに作ります。最初の 1 人は管理者です。"
    "作った時から、この PC でも、画面を開くにはログインが要ります。"
)
_OWN = "自分の役割は変えられません。ほかの管理者に頼んでください。"
_LOGINS = {
    "password": "パスワード（自動で作る）",
    "proxy": "前のサーバーが認証（パスワードなし）",
}


@dataclass(frozen=True)
class Issued:
    """A password that was made just now; it is shown once. `first`: of the first account."""

    name: str
    password: str | None
    first: bool = False


def account_sections(
    view: AccountsView, divisions: Sequence[str], issued: Issued | None, *, vouched: bool
) -> list[Any]:
    """Everything about accounts; `vouched`: a server in front may say who somebody is."""
    if issued and issued.first:
        return [_issued(issued)]
    shown = [_issued(issued)] if issued else []
    if view.opened:
        shown.append(_panel(view.opened, divisions))
    if view.lines:
        shown.append(_list(view))
    return [*shown, _new(divisions, first=not view.lines, vouched=vouched)]


def _issued(issued: Issued) -> html.Section:
    told = (
        [
            html.P(html.Code(issued.password, className="settings-password")),
            html.P(
                "この画面にいま 1 度だけ出しています。書き写して、本人に直接渡してください。"
                "本人は、最初のログインで自分だけのパスワードに変えます。"
            ),
        ]
        if issued.password
        else [html.P("パスワードはありません。前のサーバーが認証した人だけが入れます。")]
    )
    after = (
        [
            html.P("これからは、画面を開くときにログインが要ります。"),
            html.A("書き写したので、ログインへ進む", href="/login", className="button"),
        ]
        if issued.first
        else []
    )
    head = html.H2(f"アカウント「{issued.name}」のパスワード")
    return html.Section(
        [head, *told, *after], id=Ids.ISSUED, className="card settings-issued", tabIndex="-1"
    )


def _list(view: AccountsView) -> html.Section:
    heads = ["アカウント", "役割", "課", "状態", "ログイン", "最後の変更", "変える"]
    rows = [
        card_row(
            [line.name, html.Small(f"{line.display}{'（あなた）' if line.own else ''}")],
            [
                card_cell("役割", line.role),
                card_cell("課", line.division or "–"),
                card_cell("状態", line.state),
                card_cell("ログイン", line.login),
                card_cell("最後の変更", line.changed),
                card_cell("変える", _opener(line.name, line.href)),
            ],
        )
        for line in view.lines
    ]
    note = "、".join(f"{term.label}：{term.note.removesuffix('。')}" for term in ROLES.values())
    return section(
        "アカウントの一覧", note, [card_table("アカウント", heads, rows, "settings-accounts")]
    )


def _opener(name: str, href: str) -> Any:  # noqa: ANN401 - a Dash component
    told = html.Span(f"（{name}）", className="visually-hidden")
    return dcc.Link(["変える", told], href=href, className="small-action")


def _panel(one: Opened, divisions: Sequence[str]) -> html.Section:
    close = dcc.Link(
        "閉じる", href=SettingsQuery(part="accounts").href(), className="button outline"
    )
    head = html.H2(f"「{one.name}」（{one.display}）を変える")
    if one.own:
        password = html.A("自分のパスワードを変える", href="/password", className="button outline")
        parts = [head, html.P(_OWN), html.Div([password, close], className="buttons")]
        return html.Section(parts, id=Ids.ACCOUNT, className="card", tabIndex="-1")
    ended = "また使えるようにする" if one.disabled else "止める"
    known = sorted({*divisions, *([one.division] if one.division else [])})
    return html.Section(
        [
            head,
            html.P(
                "変えると、その人はログインし直します。止めても、その人の記録は残ります。",
                className="base",
            ),
            html.Div(
                [
                    _choose_role(Ids.ROLE, one.role),
                    _choose_division(Ids.DIVISION, known, one.division),
                    html.Button(
                        "役割を変える", id=Ids.CHANGE_ROLE, className="button", type="button"
                    ),
                ],
                className="filters settings-form",
                role="group",
                **aria(label="役割の変更"),
            ),
            html.Div(
                [
                    html.Button(
                        "パスワードを作り直す",
                        id=Ids.RESET,
                        className="button outline",
                        type="button",
                    ),
                    html.Button(ended, id=Ids.DISABLE, className="button outline", type="button"),
                    close,
                ],
                className="buttons",
            ),
        ],
        id=Ids.ACCOUNT,
        className="card",
        tabIndex="-1",
    )


def _new(divisions: Sequence[str], *, first: bool, vouched: bool) -> html.Section:
    hidden = {} if vouched else {"display": "none"}
    return html.Section(
        [
            html.H2("最初の管理者をつくる" if first else "アカウントをつくる"),
            html.P(
                _FIRST if first else "パスワードは自動で作り、1 度だけ画面に出します。",
                className="base",
            ),
            html.Div(
                [
                    text_field(
                        id=Ids.NEW_NAME,
                        label="アカウントの名前（半角）",
                        placeholder="例：soumu01",
                        value="",
                        inputProps={"autoComplete": "off", "autoCapitalize": "none"},
                        w=220,
                    ),
                    text_field(
                        id=Ids.NEW_DISPLAY,
                        label="画面に出す名前",
                        placeholder="例：総務 花子",
                        value="",
                        w=200,
                    ),
                    _choose_role(Ids.NEW_ROLE, "admin" if first else "viewer", only=first),
                    _choose_division(Ids.NEW_DIVISION, divisions, None, hidden=first),
                    html.Div(
                        dmc.Select(
                            id=Ids.NEW_LOGIN,
                            label="ログイン",
                            data=[{"value": k, "label": v} for k, v in _LOGINS.items()],
                            value="password",
                            allowDeselect=False,
                            w=300,
                        ),
                        style=hidden,
                    ),
                    html.Button("つくる", id=Ids.ADD, className="button", type="button"),
                ],
                className="filters settings-form",
                role="group",
                **aria(label="新しいアカウント"),
            ),
        ],
        className="card",
    )


def _choose_role(element: str, value: str, *, only: bool = False) -> dmc.Select:
    roles = {value: ROLES[value]} if only else ROLES
    return dmc.Select(
        id=element,
        label="役割",
        data=[{"value": name, "label": term.label} for name, term in roles.items()],
        value=value,
        allowDeselect=False,
        w=160,
    )


def _choose_division(
    element: str, divisions: Sequence[str], value: str | None, *, hidden: bool = False
) -> html.Div:
    choice = dmc.Select(
        id=element,
        label="課（所管課のとき）",
        data=list(divisions),
        value=value,
        clearable=True,
        searchable=True,
        placeholder="選ぶ",
        nothingFoundMessage="ありません。先に、調査票か課の一覧を取り込んでください。",
        clearButtonProps={"aria-label": "課を外す"},
        w=220,
    )
    return html.Div(choice, style={"display": "none"} if hidden else {})
