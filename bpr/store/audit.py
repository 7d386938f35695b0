"""The audit log: a row for every write, each sealed with the hash of the row before it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any, Final

import polars as pl
from sqlalchemy import ColumnElement, Connection, func, insert, select

from bpr.frames import DataFrame, types_of
from bpr.frames.people import AuditEntries
from bpr.store.act import Act
from bpr.store.tables import AUDIT_LOG

_C = AUDIT_LOG.c
_SEALED: Final = (_C.id, _C.at, _C.who, _C.place, _C.action, _C.object, _C.before, _C.after)
_FIRST: Final = "0" * 64
"""What stands for the row before the first."""


@dataclass
class Entry:
    """What a transaction will say of itself: to be completed while it runs.

    `silent`: nothing was changed, so nothing is to be told.
    """

    connection: Connection
    action: str
    object: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    silent: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class AuditQuery:
    """Which rows of the log are wanted; every part that is given must hold.

    `text` is looked for in the objects; `first` and `last` are days of this place.
    """

    who: str | None = None
    action: str | None = None
    text: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class AuditPage:
    """Some rows of the log, the newest first, and how many there are in all."""

    entries: DataFrame[AuditEntries]
    count: int


@dataclass(frozen=True)
class ChainCheck:
    """Whether the log is whole: how many rows, the last seal, the first row that does not fit."""

    rows: int
    last_hash: str
    broken_at: int | None


def append_entry(entry: Entry, act: Act) -> None:
    """Add a row in the transaction of what it tells; writers come one by one, so the chain is one."""
    last = entry.connection.execute(
        select(_C.id, _C.hash).order_by(_C.id.desc()).limit(1)
    ).one_or_none()
    number, seal = (last.id, last.hash) if last else (0, _FIRST)
    at = _write_moment(act.when)
    told = (entry.action, entry.object, _write(entry.before), _write(entry.after))
    row = (number + 1, at, act.who, act.place, *told)
    values = dict(zip((column.name for column in _SEALED), row, strict=True))
    entry.connection.execute(insert(AUDIT_LOG).values(**values, hash=_seal(seal, row)))


def check_chain(connection: Connection) -> ChainCheck:
    """Recompute every seal."""
    seal, count = _FIRST, 0
    for row in connection.execute(select(*_SEALED, _C.hash).order_by(_C.id)):
        *values, kept = row
        count += 1
        seal = _seal(seal, values)
        if values[0] != count or seal != kept:
            return ChainCheck(count, kept, int(values[0]))
    return ChainCheck(count, seal, None)


def select_entries(
    connection: Connection, wanted: AuditQuery, most: int | None = None, skip: int = 0
) -> AuditPage:
    """Rows of the log, the newest first."""
    conditions = _conditions(wanted)
    query = select(*_SEALED, _C.hash).where(*conditions).order_by(_C.id.desc())
    found = connection.execute(query.limit(most).offset(skip)).all()
    rows = [tuple(row) for row in found]
    frame = pl.DataFrame(rows, schema=types_of(AuditEntries), orient="row")
    count = connection.execute(select(func.count(_C.id)).where(*conditions)).scalar_one()
    return AuditPage(AuditEntries.validate(frame), count)


def select_people(connection: Connection) -> list[str]:
    """Everybody of whom the log tells, in the order of names."""
    rows = connection.execute(select(_C.who).distinct().order_by(_C.who)).all()
    return [str(row.who) for row in rows]


def _conditions(wanted: AuditQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.who:
        found.append(_C.who == wanted.who)
    if wanted.action:
        found.append(_C.action == wanted.action)
    if wanted.text:
        found.append(_C.object.contains(wanted.text, autoescape=True))
    if wanted.first:
        found.append(_C.at >= _write_moment(_midnight(wanted.first)))
    if wanted.last:
        found.append(_C.at < _write_moment(_midnight(wanted.last + timedelta(days=1))))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min).astimezone()


def _write_moment(moment: datetime) -> str:
    """Texts of the log's moments sort as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _seal(before: str, row: Sequence[Any]) -> str:
    text = json.dumps(list(row), ensure_ascii=False, separators=(",", ":"))
    return sha256(f"{before}\n{text}".encode()).hexdigest()


def _write(values: Mapping[str, Any] | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False, sort_keys=True)
