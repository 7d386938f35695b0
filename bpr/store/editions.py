"""Editions: one survey of one municipality and year, open or closed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, insert, select

from bpr.errors import InputError
from bpr.store.act import Act
from bpr.store.tables import EDITION_EVENTS, EDITIONS

_E, _V = EDITIONS.c, EDITION_EVENTS.c
_CLOSED: Final = (
    select(_V.edition_id, _V.decided_at)
    .where(_V.id.in_(select(func.max(_V.id)).group_by(_V.edition_id)), _V.action == "close")
    .subquery()
)
_ALL: Final = (  # made once, for every request asks
    select(_E.id, _E.name, _E.municipality, _E.fiscal_year, _E.opened_at, _CLOSED.c.decided_at)
    .join_from(EDITIONS, _CLOSED, _CLOSED.c.edition_id == _E.id, isouter=True)
    .order_by(_E.id)
)


@dataclass(frozen=True)
class Edition:
    """One survey; `name` "" where its workbooks tell it. `closed_at`: None while it is open."""

    id: int
    name: str
    municipality: str | None
    fiscal_year: int | None
    opened_at: datetime
    closed_at: datetime | None


def insert_edition(
    connection: Connection, name: str, municipality: str | None, fiscal_year: int | None, act: Act
) -> int:
    """Open an edition; return its id."""
    values = {
        "name": name,
        "municipality": municipality,
        "fiscal_year": fiscal_year,
        "opened_at": act.when,
        "opened_by": act.who,
    }
    key = connection.execute(insert(EDITIONS).values(values)).inserted_primary_key
    return int(key[0]) if key else 0


def select_editions(connection: Connection) -> list[Edition]:
    """All editions, the first first."""
    return [
        Edition(number, name, town, year, opened, end)
        for number, name, town, year, opened, end in connection.execute(_ALL).all()
    ]


def insert_edition_event(
    connection: Connection, edition: int, action: str, reason: str | None, act: Act
) -> None:
    """Close an edition or open it again."""
    values = {
        "edition_id": edition,
        "action": action,
        "reason": reason,
        "decided_at": act.when,
        "decided_by": act.who,
    }
    connection.execute(insert(EDITION_EVENTS).values(values))


def is_closed(connection: Connection, edition: int) -> bool:
    """Tell whether an edition is closed."""
    query = select(_V.action).where(_V.edition_id == edition).order_by(_V.id.desc()).limit(1)
    return connection.execute(query).scalar() == "close"


def require_open(connection: Connection, edition: int) -> None:
    """Raise `InputError` where an edition is closed."""
    if is_closed(connection, edition):
        raise InputError(
            "この調査は締め切ってあるので、変えられません。直すときは、先に締め切りを解いてください。"
        )
