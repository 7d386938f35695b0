"""A row as a line of JSON and back: the same row gives the same bytes in every database."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    select,
)

from bpr.store.tables.metadata import Moment

_FETCHED: Final = 500
_JSON_TYPES: Final = (
    (Boolean, bool),
    (Integer, int),
    (Float, float),
    (String, str),
    (DateTime, str),
    (Moment, str),
    (Date, str),
    (LargeBinary, str),
)
"""Type of a column -> type of its values in JSON."""
_LARGEST: Final = 2**63


def select_lines(connection: Connection, table: Table, columns: Sequence[str]) -> Iterator[bytes]:
    """Every row of a table in the order of its key, one by one; bytes are never held for many."""
    query = select(*(table.c[name] for name in columns))
    for key in table.primary_key.columns:
        bytewise = isinstance(key.type, String) and connection.dialect.name == "postgresql"
        query = query.order_by(key.collate("C") if bytewise else key)
    heavy = any(isinstance(column.type, LargeBinary) for column in table.columns)
    options = {"yield_per": 1 if heavy else _FETCHED}
    for row in connection.execute(query, execution_options=options):
        yield write_line(tuple(row))


def write_line(values: Sequence[object]) -> bytes:
    """Values as a JSON array in UTF-8: times in ISO 8601 and UTC, bytes in base64."""
    plain = [_write(value) for value in values]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read_line(line: bytes, columns: Sequence[Column[Any]]) -> dict[str, object]:
    """Values by column name; `ValueError` where `write_line` never wrote this for these columns."""
    try:
        plain = json.loads(line.decode())
    except RecursionError as error:
        raise ValueError("nested") from error
    if not isinstance(plain, list):
        raise ValueError("not a row")  # noqa: TRY004 - wrong data, as all the others
    values = [_read(value, column) for value, column in zip(plain, columns, strict=True)]
    if write_line(values) != line:
        raise ValueError("written in another way")
    return {column.name: _fit(v, column) for v, column in zip(values, columns, strict=True)}


def _write(value: object) -> object:
    match value:
        case datetime():  # SQLite keeps no time zone; ours is UTC
            return value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case bytes():
            return b64encode(value).decode()
    return value


def _read(value: object, column: Column[Any]) -> object:
    if value is None:
        if column.nullable:
            return None
        raise ValueError("null")
    kind = next(json_type for kind, json_type in _JSON_TYPES if isinstance(column.type, kind))
    if type(value) is not kind:
        raise ValueError("of another type")
    if isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
        raise ValueError("too large")
    if isinstance(value, str):
        if isinstance(column.type, LargeBinary):
            return b64decode(value, validate=True)
        if isinstance(column.type, DateTime | Moment):
            return datetime.fromisoformat(value)
        if isinstance(column.type, Date):
            return date.fromisoformat(value)
    return value


def _fit(value: object, column: Column[Any]) -> object:
    """Leave the time zone out where the column keeps none."""
    if isinstance(value, datetime) and not getattr(column.type, "timezone", False):
        return value.replace(tzinfo=None)
    return value
