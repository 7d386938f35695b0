"""Rows of people's decisions and of the audit log stand for ever: the database itself sees to it."""

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Executable

from bpr.store import Store, open_store
from bpr.store.tables import METADATA
from tests.store.kept import APPEND_ONLY
from tests.store.rows import ROWS, fill, read_all

pytestmark = pytest.mark.usefixtures("real_migrations")


def refuse(store: Store, statement: Executable, table: str) -> None:
    """What another program, or a mistake in ours, might try."""
    with (
        pytest.raises(DBAPIError, match=f"append-only table: {table}"),
        store.engine.begin() as connection,
    ):
        connection.execute(statement)


def test_no_row_is_changed_or_removed(store: Store) -> None:
    fill(store.database)
    before = read_all(store.database)
    for name in APPEND_ONLY:
        table = METADATA.tables[name]
        key = table.c.id == before[name][0][0]
        for column in table.columns:
            refuse(store, update(table).where(key).values({column.name: column}), name)
        refuse(store, update(table).values(id=table.c.id + 100), name)
        refuse(store, delete(table).where(key), name)
        refuse(store, delete(table), name)
    assert read_all(store.database) == before


def test_no_table_of_postgresql_is_emptied_at_once(postgresql_url: str) -> None:
    store = open_store(postgresql_url)
    fill(store.database)
    before = read_all(store.database)
    for name in APPEND_ONLY:
        refuse(store, text(f"TRUNCATE {name} CASCADE"), "")
    assert read_all(store.database) == before


def test_rows_are_still_added(store: Store) -> None:
    fill(store.database)
    for name, rows in read_all(store.database).items():
        table = METADATA.tables[name]
        values = dict(zip(table.c.keys(), rows[-1], strict=True))
        values["id"] = "new" if isinstance(values["id"], str) else 1_000
        values |= {column: "new" for column in ("name",) if column in values}
        with store.engine.begin() as connection:
            connection.execute(insert(table).values(values))
    assert {name: len(rows) for name, rows in read_all(store.database).items()} == dict.fromkeys(
        METADATA.tables, ROWS + 1
    )
