"""The store's part on people: accounts, who is logged in, failed logins, the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import polars as pl
from sqlalchemy import delete, func, insert, or_, select, update

from bpr.errors import InputError
from bpr.frames import DataFrame, types_of
from bpr.frames.people import Accounts, AuditEntries
from bpr.store.act import Act
from bpr.store.audit import (
    AuditPage,
    AuditQuery,
    ChainCheck,
    check_chain,
    select_entries,
    select_people,
)
from bpr.store.tables import ACCOUNTS, LOGIN_FAILURES, SESSIONS
from bpr.store.transactions import Transactions

_A, _S, _F = ACCOUNTS.c, SESSIONS.c, LOGIN_FAILURES.c
_KNOWN = (_A.id, _A.name, _A.display_name, _A.role, _A.division, _A.password_hash)
_SHOWN = (*_KNOWN, _A.disabled, _A.must_change)


@dataclass(frozen=True)
class Account:
    """Somebody who may work here. `password_hash` None: only a trusted proxy lets them in."""

    id: int
    name: str
    display_name: str
    role: str
    division: str | None
    password_hash: str | None
    disabled: bool = False
    must_change: bool = False


@dataclass(frozen=True)
class Session:
    """A login that is open."""

    account: Account
    started_at: datetime
    seen_at: datetime


class PeopleStore(Transactions):
    """Accounts, sessions and the audit log; every method is one transaction."""

    def has_accounts(self) -> bool:
        """Tell whether there is any account; without one the one person at this machine works."""
        with self.reading() as connection:
            return connection.execute(select(_A.id).limit(1)).first() is not None

    def list_accounts(self) -> DataFrame[Accounts]:
        """All accounts in the order of names."""
        has_password = _A.password_hash.is_not(None)
        query = select(
            _A.name, _A.display_name, _A.role, _A.division, _A.disabled, has_password, _A.changed_at
        )
        with self.reading() as connection:
            rows = connection.execute(query.order_by(_A.name)).all()
        kept = [tuple(row) for row in rows]
        frame = pl.DataFrame(kept, schema=types_of(Accounts), orient="row")
        return Accounts.validate(frame)

    def read_account(self, name: str) -> Account | None:
        """Return an account, disabled or not."""
        with self.reading() as connection:
            row = connection.execute(select(*_SHOWN).where(_A.name == name)).one_or_none()
        return Account(*row) if row else None

    def add_account(self, account: Account, act: Act) -> None:
        """Add an account (its id is given here); `InputError` where its name is taken."""
        values = {name: value for name, value in vars(account).items() if name != "id"}
        told = {name: values[name] for name in ("display_name", "role", "division")}
        with self.writing(act, "account.add", account.name, told) as entry:
            taken = select(_A.id).where(_A.name == account.name)
            if entry.connection.execute(taken).first():
                msg = f"アカウント「{account.name}」はもうあります。別の名前にしてください。"
                raise InputError(msg)
            own = {"created_at": act.when, "changed_at": act.when}
            entry.connection.execute(insert(ACCOUNTS).values(**values, **own))

    def change_account(self, name: str, changes: Mapping[str, Any], act: Act) -> bool:
        """Change fields of an account and end its logins; False where nothing changes.

        At least one administrator must stay who can log in. `InputError` for an unknown name.
        """
        with self.writing(act, "account.change", name) as entry:
            row = entry.connection.execute(select(ACCOUNTS).where(_A.name == name)).one_or_none()
            if row is None:
                msg = f"アカウント「{name}」はありません。bpr user list で名前を確かめてください。"
                raise InputError(msg)
            before = {field: getattr(row, field) for field in changes}
            entry.silent = before == dict(changes)
            if entry.silent:
                return False
            entry.before, entry.after = _hide(before), _hide(changes)
            entry.connection.execute(
                update(ACCOUNTS).where(_A.id == row.id).values(**changes, changed_at=act.when)
            )
            entry.connection.execute(delete(SESSIONS).where(_S.account_id == row.id))
            admins = select(func.count()).where(_A.role == "admin", _A.disabled.is_(False))
            led = row.role == "admin" and not row.disabled
            if led and not entry.connection.execute(admins).scalar():
                msg = (
                    "管理者がいなくなるので、変えられません。先に、ほかの人を管理者にしてください。"
                )
                raise InputError(msg)
        return True

    # --- logins ----------------------------------------------------------------------------------

    def open_session(self, account: Account, token_hash: str, act: Act) -> None:
        """Let somebody in; their failed logins are forgotten."""
        values = {
            "id": token_hash,
            "account_id": account.id,
            "started_at": act.when,
            "seen_at": act.when,
            "place": act.place,
        }
        with self.writing(act, "login", account.name) as entry:
            entry.connection.execute(insert(SESSIONS).values(values))
            mine = _F.name_hash == _hash(account.name)
            entry.connection.execute(delete(LOGIN_FAILURES).where(mine))

    def read_session(self, token_hash: str) -> Session | None:
        """Return an open login of an account that is not disabled."""
        query = select(*_SHOWN, _S.started_at, _S.seen_at).join_from(
            SESSIONS, ACCOUNTS, _S.account_id == _A.id
        )
        with self.reading() as connection:
            row = connection.execute(
                query.where(_S.id == token_hash, _A.disabled.is_(False))
            ).one_or_none()
        if row is None:
            return None
        *account, started, seen = row
        return Session(Account(*account), started, seen)

    def touch_session(self, token_hash: str, now: datetime) -> None:
        """Keep that somebody is still at work."""
        with self.database.begin(writes=True) as connection:
            connection.execute(update(SESSIONS).where(_S.id == token_hash).values(seen_at=now))

    def end_session(self, token_hash: str, act: Act, action: str = "logout") -> None:
        """End a login."""
        with self.writing(act, action, act.who) as entry:
            ended = entry.connection.execute(delete(SESSIONS).where(_S.id == token_hash))
            entry.silent = ended.rowcount == 0

    def end_all_sessions(self, act: Act, action: str, object_: str) -> None:
        """End every login, for the reason that the audit log tells."""
        with self.writing(act, action, object_) as entry:
            entry.connection.execute(delete(SESSIONS))

    def add_failure(self, name: str, act: Act, known: str | None) -> None:
        """Keep that somebody was not let in; only a known account is told by its name."""
        with self.writing(act, "login.refuse", known or "（知らない名前）") as entry:
            values = {"name_hash": _hash(name), "place": act.place, "failed_at": act.when}
            entry.connection.execute(insert(LOGIN_FAILURES).values(values))

    def count_failures(self, name: str, place: str, since: datetime) -> tuple[int, int]:
        """Return the failed logins since a moment: of a name, and from a place."""
        late = _F.failed_at >= since
        query = select(_F.name_hash, _F.place).where(
            late, or_(_F.name_hash == _hash(name), _F.place == place)
        )
        with self.reading() as connection:
            rows = connection.execute(query).all()
        own = sum(row.name_hash == _hash(name) for row in rows)
        return own, sum(row.place == place for row in rows)

    # --- audit -----------------------------------------------------------------------------------

    def tell(
        self, act: Act, action: str, object_: str, after: Mapping[str, Any] | None = None
    ) -> None:
        """Add a line to the audit log for what writes nothing else (an export, say)."""
        with self.writing(act, action, object_, after):
            pass

    def read_audit(
        self,
        *,
        who: str | None = None,
        action: str | None = None,
        text: str | None = None,
        most: int | None = None,
    ) -> DataFrame[AuditEntries]:
        """Rows of the audit log, the newest first."""
        return self.find_audit(AuditQuery(who, action, text), most).entries

    def find_audit(self, wanted: AuditQuery, most: int | None = None, skip: int = 0) -> AuditPage:
        """Return some of the rows that are wanted, the newest first, and how many there are."""
        with self.reading() as connection:
            return select_entries(connection, wanted, most, skip)

    def list_audit_people(self) -> list[str]:
        """Everybody of whom the audit log tells, in the order of names."""
        with self.reading() as connection:
            return select_people(connection)

    def check_audit(self) -> ChainCheck:
        """Recompute the seals of the audit log."""
        with self.reading() as connection:
            return check_chain(connection)


def _hide(values: Mapping[str, Any]) -> dict[str, Any]:
    """Tell of a password only that there is one."""
    return {k: (v is not None if k == "password_hash" else v) for k, v in values.items()}


def _hash(name: str) -> str:
    return sha256(name.encode()).hexdigest()
