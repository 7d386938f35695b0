"""Fills every table with rows that are hard to carry, whatever its columns; reads all of them."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    String,
    insert,
    select,
)

from bpr.store.database import Database
from bpr.store.tables import METADATA
from bpr.store.tables.metadata import Moment

ROWS = 3
_JAPAN = timezone(timedelta(hours=9))
_TEXTS = ("", "住民票の写し\u3000「交付」\r\n\t𠮷\u2028🏛\ufeff", "'\"\\,;--")
_BYTES = (b"", b"\0\0\xff\x00" * 50, b"PK\x03\x04")
_FLOATS = (0.1 + 0.2, -1e-300, 1.7976931348623157e308)
_TIMES = (
    datetime(2025, 4, 1, 9, 30, 0, 123456, UTC),
    datetime(2025, 3, 31, 15, 0, tzinfo=UTC),
    datetime(2027, 12, 31, 23, 59, 59, 999999, _JAPAN).astimezone(UTC),
)
_DATES = (date(2025, 4, 1), date(1, 1, 1), date(9999, 12, 31))
_VALUES: tuple[tuple[type, tuple[object, ...]], ...] = (
    (Boolean, (True, False, True)),
    (Integer, (-1, 0, 2**31 - 1)),
    (Float, _FLOATS),
    (DateTime, _TIMES),
    (Moment, _TIMES),
    (Date, _DATES),
    (LargeBinary, _BYTES),
)


def fill(database: Database) -> None:
    """Put rows into each table; the first edition is there already."""
    with database.begin(writes=True) as connection:
        for table in METADATA.sorted_tables:
            there = len(connection.execute(select(*table.primary_key.columns)).all())
            for number in range(there, ROWS):
                values = {c.name: _value(c, number) for c in table.columns}
                connection.execute(insert(table).values(values))


def read_all(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables; times as UTC, which SQLite does not say."""
    with database.begin() as connection:
        return {
            table.name: [
                tuple(_with_zone(value) for value in row)
                for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in METADATA.sorted_tables
        }


def _value(column: Column[Any], number: int) -> object:
    if column.nullable and number == 1:
        return None
    if isinstance(column.type, String):
        own = str(number) if column.primary_key else ""  # a key is never twice the same
        return f"{own}{_TEXTS[number]}"[: column.type.length]
    if column.primary_key or column.foreign_keys:
        return (number + 1) * 10
    return next(values for kind, values in _VALUES if isinstance(column.type, kind))[number]


def _with_zone(value: object) -> object:
    return value.replace(tzinfo=value.tzinfo or UTC) if isinstance(value, datetime) else value
