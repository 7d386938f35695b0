"""People: accounts, logins that end by themselves, and the audit log."""

import re
import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from bpr.errors import InputError, RefusedError
from bpr.export.audit import write_audit_book
from bpr.frames import DataFrame
from bpr.frames.people import Accounts, AuditEntries
from bpr.store import Account, Act, AuditPage, AuditQuery, ChainCheck
from bpr.terms import ROLES
from bpr.text import normalize
from bpr.workspace.acting import Person
from bpr.workspace.office import Office
from bpr.workspace.passwords import check_password, hash_password, is_password
from bpr.workspace.rights import Right, needs

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@\\-]{0,63}")
_TOUCH: Final = timedelta(minutes=1)
"""How exactly it is kept when somebody was last at work."""


class PeopleCases(Office):
    """The workspace's use cases about people; `Workspace` inherits them."""

    # --- accounts --------------------------------------------------------------------------------

    @needs(Right.OPEN)
    def has_accounts(self) -> bool:
        """Tell whether there is any account."""
        return self.store.has_accounts()

    @needs(Right.MANAGE)
    def list_accounts(self) -> DataFrame[Accounts]:
        """All accounts in the order of names."""
        return self.store.list_accounts()

    @needs(Right.MANAGE)
    def add_account(
        self,
        name: str,
        display_name: str,
        role: str,
        division: str | None = None,
        password: str | None = None,
    ) -> None:
        """Add an account; without a password only a trusted proxy can let the person in.

        The first account must be an administrator's. A given password is to be changed at once.
        """
        if not _NAME.fullmatch(name):
            msg = f"アカウントの名前「{name}」は使えません。半角の英数字と . _ @ - を 64 文字まで使ってください。"
            raise InputError(msg)
        if role != "admin" and not self.store.has_accounts():
            raise InputError("最初のアカウントは管理者（admin）にしてください。")
        own = _check_role(role, division)
        kept = None
        if password is not None:
            check_password(password, name, self.settings.security.password)
            kept = hash_password(password)
        shown = normalize(display_name) or name
        account = Account(0, name, shown, role, own, kept, must_change=kept is not None)
        self.store.add_account(account, self._act())

    @needs(Right.MANAGE)
    def change_role(self, name: str, role: str, division: str | None = None) -> bool:
        """Give an account another role; False where it has it already."""
        return self._change(name, role=role, division=_check_role(role, division))

    @needs(Right.MANAGE)
    def disable_account(self, name: str, *, disabled: bool = True) -> bool:
        """Let nobody log in with an account any more, or let them again; False where that is so."""
        return self._change(name, disabled=disabled)

    @needs(Right.MANAGE)
    def set_password(self, name: str, password: str) -> None:
        """Give an account a password, which its owner must change at the next login."""
        check_password(password, name, self.settings.security.password)
        self._change(name, password_hash=hash_password(password), must_change=True)

    @needs(Right.OPEN)
    def change_password(self, name: str, old: str, new: str, place: str) -> None:
        """Change one's own password; all its logins end. `RefusedError` where the old one is wrong."""
        self._require_known(name, old, place)
        check_password(new, name, self.settings.security.password)
        if old == new:
            raise InputError("前と同じパスワードです。違うものにしてください。")
        changes = {"password_hash": hash_password(new), "must_change": False}
        self.store.change_account(name, changes, Act(name, self.clock(), place))

    def _change(self, name: str, **changes: Any) -> bool:  # noqa: ANN401 - columns of the account
        return self.store.change_account(name, changes, self._act())

    # --- logins ----------------------------------------------------------------------------------

    @needs(Right.OPEN)
    def log_in(self, name: str, password: str, place: str) -> str:
        """Let somebody in; return the token that proves it. `RefusedError` where that cannot be."""
        account = self._require_known(name, password, place)
        if account.must_change:
            raise PasswordExpiredError("最初のパスワードを、自分だけが知るものに変えてください。")
        token = secrets.token_urlsafe(32)
        self.store.open_session(account, _hash(token), Act(name, self.clock(), place))
        return token

    @needs(Right.OPEN)
    def log_out(self, token: str, place: str) -> None:
        """End a login."""
        session = self.store.read_session(_hash(token))
        if session:
            act = Act(session.account.name, self.clock(), place)
            self.store.end_session(_hash(token), act)

    @needs(Right.OPEN)
    def find_person(self, token: str, place: str) -> Person | None:
        """Return who holds a token; None where the login has ended."""
        session = self.store.read_session(_hash(token))
        if session is None:
            return None
        now, rules = self.clock(), self.settings.security.session
        idle = now - session.seen_at > timedelta(minutes=rules.idle_minutes)
        if idle or now - session.started_at > timedelta(hours=rules.longest_hours):
            act = Act(session.account.name, now, place)
            self.store.end_session(_hash(token), act, "login.expire")
            return None
        if now - session.seen_at > _TOUCH:
            self.store.touch_session(_hash(token), now)
        return _person(session.account)

    @needs(Right.OPEN)
    def find_vouched(self, *names: str) -> Person | None:
        """Return the person whom a trusted proxy names, by the first of `names` that is an account.

        None where there is no such account, or where it is disabled.
        """
        accounts = filter(None, map(self.store.read_account, names))
        account = next(accounts, None)
        return _person(account) if account and not account.disabled else None

    def _require_known(self, name: str, password: str, place: str) -> Account:
        """Return the account of a name and password; slow guessing down."""
        rules = self.settings.security.login
        since = self.clock() - timedelta(minutes=rules.within_minutes)
        by_name, by_place = self.store.count_failures(name, place, since)
        if by_name >= rules.tries_per_name or by_place >= rules.tries_per_place:
            msg = f"ログインの失敗が続いたので、止めています。{rules.within_minutes} 分ほど待ってから、やり直してください。"
            raise RefusedError(msg)
        account = self.store.read_account(name)
        right = is_password(account.password_hash if account else None, password)
        if account is None or account.disabled or not right:
            known = account.name if account else None
            self.store.add_failure(name, Act(known or "", self.clock(), place), known)
            raise RefusedError("アカウントの名前かパスワードが違います。")
        return account

    # --- audit -----------------------------------------------------------------------------------

    @needs(Right.MANAGE)
    def read_audit(
        self,
        *,
        who: str | None = None,
        action: str | None = None,
        text: str | None = None,
        most: int | None = None,
    ) -> DataFrame[AuditEntries]:
        """Rows of the audit log, the newest first."""
        return self.store.read_audit(who=who, action=action, text=text, most=most)

    @needs(Right.MANAGE)
    def find_audit(self, wanted: AuditQuery, most: int | None = None, skip: int = 0) -> AuditPage:
        """Return some of the rows that are wanted, the newest first, and how many there are."""
        return self.store.find_audit(wanted, most, skip)

    @needs(Right.MANAGE)
    def list_audit_people(self) -> list[str]:
        """Everybody of whom the audit log tells."""
        return self.store.list_audit_people()

    @needs(Right.MANAGE)
    def export_audit(self, wanted: AuditQuery) -> bytes:
        """Workbook of the rows that are wanted."""
        return write_audit_book(self.store.find_audit(wanted).entries)

    @needs(Right.MANAGE)
    def check_audit(self) -> ChainCheck:
        """Recompute the seals of the audit log."""
        return self.store.check_audit()


class PasswordExpiredError(RefusedError):
    """The password is right, but must be changed before anything else."""


def _check_role(role: str, division: str | None) -> str | None:
    """Return the division to keep with a role; `InputError` where they do not fit."""
    if role not in ROLES:
        known = "、".join(f"{name}（{term.label}）" for name, term in ROLES.items())
        msg = f"役割「{role}」はありません。{known} から選んでください。"
        raise InputError(msg)
    if role != "division":
        return None
    if not (division or "").strip():
        raise InputError("所管課のアカウントには、課の名前が要ります（--division 税務課 など）。")
    return (division or "").strip()


def _person(account: Account) -> Person:
    return Person(account.name, account.display_name, account.role, account.division)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
