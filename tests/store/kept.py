"""What the database really holds, read without the methods of the store; and who acts in tests."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, select

from bpr.store import Act
from bpr.store.tables import METADATA

NOW = datetime(2025, 4, 1, 9, 30, tzinfo=UTC)
LOCAL = Act("local", NOW)
CHANGEABLE = {
    *("accounts", "sessions", "login_failures", "jobs", "job_files", "editions"),
    "uploads",  # their bytes are cleared when their time is over
}
APPEND_ONLY = sorted({*METADATA.tables} - CHANGEABLE)
"""What people decided, and the log of it: every table but those named above."""


def kept(engine: Engine, table: str, columns: str) -> list[tuple[object, ...]]:
    """Columns (parted by spaces) of all rows of a table, in their order; times in UTC."""
    c = METADATA.tables[table].c
    query = select(*(c[name] for name in columns.split())).order_by(c.id)
    with engine.connect() as connection:
        return [tuple(map(_in_utc, row)) for row in connection.execute(query)]


def count(engine: Engine, table: str) -> int:
    return len(kept(engine, table, "id"))


def execute_sqlite(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(statement).fetchall()


def _in_utc(value: object) -> object:
    """SQLite keeps no time zone: what it keeps must be UTC already."""
    if not isinstance(value, datetime):
        return value
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
