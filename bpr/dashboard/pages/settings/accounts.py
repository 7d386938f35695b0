"""設定, accounts: who may work here -> the sentence on top, the list, the one that is opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bpr.dashboard.pages.settings.query import SettingsQuery
from bpr.frames import DataFrame
from bpr.frames.people import Accounts
from bpr.terms import ROLES


@dataclass(frozen=True)
class AccountLine:
    """One account as it is listed; `own`: of the one who looks."""

    name: str
    display: str
    role: str
    division: str
    state: str
    login: str
    changed: str
    own: bool
    href: str


@dataclass(frozen=True)
class Opened:
    """The account that is being changed."""

    name: str
    display: str
    role: str
    division: str | None
    disabled: bool
    own: bool


@dataclass(frozen=True)
class AccountsView:
    """All accounts; none: the one person at this machine works without a login."""

    answer: list[str]
    lines: list[AccountLine]
    opened: Opened | None


def view_accounts(accounts: DataFrame[Accounts], own: str, opened: str) -> AccountsView:
    """Say who may work here; `own`: the account of the one who looks."""
    rows = accounts.to_dicts()
    return AccountsView(
        answer=_answer(rows),
        lines=[_line(row, own) for row in rows],
        opened=next((_open(row, own) for row in rows if row["name"] == opened), None),
    )


def write_role(role: str, division: str | None) -> str:
    """Return 「所管課・税務課」."""
    label = ROLES[role].label if role in ROLES else role
    return f"{label}・{division}" if division else label


def _answer(rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return ["アカウントはまだありません。この PC の人だけが、ログインせずに使っています。"]
    usable = [row for row in rows if not row["disabled"]]
    admins = sum(row["role"] == "admin" for row in usable)
    ended = f"、止めてあるのは {len(rows) - len(usable)} 人" if len(usable) < len(rows) else ""
    found = [f"ログインできるのは {len(usable)} 人（うち管理者 {admins} 人）{ended}です。"]
    if admins == 1:
        found.append("管理者が 1 人だけです。休みや異動に備えて、もう 1 人つくってください。")
    return found


def _line(row: Mapping[str, Any], own: str) -> AccountLine:
    return AccountLine(
        name=row["name"],
        display=row["display_name"],
        role=ROLES[row["role"]].label,
        division=row["division"] or "",
        state="止めてある" if row["disabled"] else "使える",
        login="パスワード" if row["has_password"] else "前のサーバー",
        changed=f"{row['changed_at'].astimezone():%Y-%m-%d %H:%M}",
        own=row["name"] == own,
        href=SettingsQuery(part="accounts", account=row["name"]).href("settings-account"),
    )


def _open(row: Mapping[str, Any], own: str) -> Opened:
    return Opened(
        row["name"],
        row["display_name"],
        row["role"],
        row["division"],
        row["disabled"],
        own=row["name"] == own,
    )
