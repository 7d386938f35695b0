"""設定: what the buttons ask of the workspace, from the address and what was typed."""

from dataclasses import dataclass
from math import isfinite

from bpr.dashboard.pages.settings.accounts import write_role
from bpr.dashboard.pages.settings.accounts_part import Issued
from bpr.dashboard.pages.settings.audit import tell_check
from bpr.dashboard.pages.settings.query import SettingsQuery
from bpr.errors import InputError
from bpr.text import normalize
from bpr.workspace import Workspace
from bpr.workspace.costing import label_cost
from bpr.workspace.passwords import make_password


@dataclass(frozen=True)
class Done:
    """What to say, and a password to show once."""

    told: str
    issued: Issued | None = None


def set_cost(workspace: Workspace, search: str | None, *typed: str | None) -> Done:
    """Let the unit cost of the address count as the form says."""
    cost = SettingsQuery.parse(search or "").cost
    low, middle, high, kind, source = (text or "" for text in typed)
    amounts = [_read_amount(text) for text in (low, middle, high)]
    changed = workspace.set_cost(cost, amounts, kind, source)
    told = (
        "変えました。これからの集計に効きます。"
        if changed
        else "変えていません。いまと同じ値です。"
    )
    return Done(f"「{label_cost(cost)}」を{told}")


def restore_cost(workspace: Workspace, search: str | None) -> Done:
    """Let the number of the settings count again."""
    cost = SettingsQuery.parse(search or "").cost
    told = "を製品の値に戻しました。" if workspace.restore_cost(cost) else "は、もう製品の値です。"
    return Done(f"「{label_cost(cost)}」{told}")


def add_account(workspace: Workspace, _search: str | None, *typed: str | None) -> Done:
    """Add an account, with a password by chance unless a server in front lets the person in."""
    name, display, role, division, login = ((text or "").strip() for text in typed)
    first = not workspace.has_accounts()
    password = (
        None if login == "proxy" else make_password(name, workspace.settings.security.password)
    )
    workspace.add_account(name, display, role, division or None, password)
    issued = Issued(name, password, first)
    kept = division if role == "division" else None
    return Done(f"アカウント「{name}」（{write_role(role, kept)}）を作りました。", issued)


def change_role(
    workspace: Workspace, search: str | None, role: str | None, division: str | None
) -> Done:
    """Give the account of the address another role."""
    name = _other(workspace, search)
    changed = workspace.change_role(name, role or "", division)
    words = write_role(role or "", division if role == "division" else None)
    told = f"を「{words}」に変えました" if changed else f"は、もう「{words}」です"
    return Done(f"アカウント「{name}」の役割{told}。")


def reset_password(workspace: Workspace, search: str | None) -> Done:
    """Give the account of the address a new password."""
    name = _other(workspace, search)
    password = make_password(name, workspace.settings.security.password)
    workspace.set_password(name, password)
    return Done(f"アカウント「{name}」に新しいパスワードを付けました。", Issued(name, password))


def toggle_account(workspace: Workspace, search: str | None) -> Done:
    """Stop the account of the address, or let it be used again."""
    name = _other(workspace, search)
    known = dict(workspace.list_accounts().select("name", "disabled").iter_rows())
    workspace.disable_account(name, disabled=not known.get(name, False))
    told = "また使えるようにしました" if known[name] else "止めました。ログインできなくなりました"
    return Done(f"アカウント「{name}」を{told}。")


def filter_log(search: str | None, *given: str | None) -> SettingsQuery | None:
    """Address for what the filters say; None where that is what is shown. `InputError`: no such day."""
    query = SettingsQuery.parse(search or "")
    names = ("who", "action", "text", "first", "last")
    typed = dict(zip(names, map(_clean, given), strict=True))
    if typed == {name: getattr(query, name) for name in names}:
        return None
    asked = query.with_(**typed, page="")
    _ = asked.wanted
    return asked


def verify_log(workspace: Workspace) -> str:
    """Recompute the seals; return what came of it."""
    return tell_check(workspace.check_audit())


def export_log(workspace: Workspace, search: str | None) -> bytes:
    """Workbook of what the address seeks."""
    return workspace.export_audit(SettingsQuery.parse(search or "").wanted)


def _other(workspace: Workspace, search: str | None) -> str:
    """Return the account of the address, which may not be one's own."""
    name = SettingsQuery.parse(search or "").account
    if not name:
        raise InputError("アカウントが選ばれていません。一覧の「変える」から選んでください。")
    if name == workspace.person().account:
        raise InputError(
            "自分のアカウントは、ここでは変えられません。ほかの管理者に頼んでください。"
        )
    return name


def _clean(text: str | None) -> str:
    return normalize(text or "")


def _read_amount(text: str) -> float:
    plain = normalize(text).replace(",", "").removesuffix("円")
    try:
        number = float(plain)
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        msg = f"金額「{text}」は数として読めません。3285 のように数字で入れてください。"
        raise InputError(msg)
    return number
