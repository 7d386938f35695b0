"""Tables come from migrations alone; a database of a newer release is left as it is."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import op
from sqlalchemy import Column, Engine, Table, create_engine, func, insert, inspect, select, text

from bpr.errors import StoreError
from bpr.store import Act, ConfirmedForm, Store, open_store
from bpr.store.revisions import find_tables, migrate
from bpr.store.tables import METADATA
from tests.store.kept import APPEND_ONLY, LOCAL, NOW, execute_sqlite
from tests.store.old_releases import FIRST_RELEASE, SECOND_RELEASE
from tests.store.schema import describe, differences, triggers, version

pytestmark = pytest.mark.usefixtures("real_migrations")

Opener = Callable[[], Store]
PREVIOUS = "0005"
EMPTY = (0, 0, 0, 0, 0)
WORDS = {"work_class": "core", "automatic_class": "routine", "action": "confirm"}
"""Columns that take none but these."""
Rows = dict[str, list[dict[str, Any]]]


@contextmanager
def bare(url: str) -> Iterator[Engine]:
    """The database without our program."""
    engine = create_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def opened(url: str) -> Iterator[Store]:
    store = open_store(url)
    try:
        yield store
    finally:
        store.engine.dispose()


def test_the_migrations_make_the_tables_that_the_program_uses(store: Store) -> None:
    assert differences(store.engine) == []


def test_an_empty_database_gets_the_tables(empty_url: str) -> None:
    with opened(empty_url) as store:
        assert store.revision() == EMPTY
        assert {*inspect(store.engine).get_table_names()} == {*METADATA.tables, "alembic_version"}
        [edition] = store.list_editions()
        assert (edition.id, edition.name, edition.closed_at) == (1, "", None)


def test_an_empty_file_gets_the_tables(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with opened(f"sqlite:///{path}") as store:
        assert store.revision() == EMPTY


def test_opening_again_changes_nothing(store: Store, reopen: Opener) -> None:
    before, number = describe(store.engine), version(store.engine)
    again = reopen()
    assert describe(again.engine) == before
    assert version(again.engine) == number
    assert len(number) == 1


def test_a_newer_database_is_refused_and_left_alone(store: Store, url: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    before = describe(store.engine)
    with pytest.raises(StoreError) as refused:
        open_store(url)
    assert str(store.engine.url.database) in str(refused.value)
    assert "この版より新しい bpr で作られています。新しい版の bpr で開いてください。" in str(
        refused.value
    )
    assert version(store.engine) == ["9999"]
    assert describe(store.engine) == before


@contextmanager
def power_cut(patch: pytest.MonkeyPatch, at: str) -> Iterator[None]:
    """Let a migration fail when it is about to make a table."""
    real = op.create_table

    def make(name: str, *args: Any, **named: Any) -> object:
        if name == at:
            raise RuntimeError("power cut")
        return real(name, *args, **named)

    with patch.context() as patched:
        patched.setattr(op, "create_table", make)
        yield


@pytest.mark.parametrize("table", ["corrections", "weight_sets", "kpi_values"])
def test_an_interrupted_migration_leaves_nothing_behind(
    table: str, empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All or nothing: after a failure half-way the next start succeeds."""
    with power_cut(monkeypatch, at=table), pytest.raises(RuntimeError, match="power cut"):
        open_store(empty_url)
    with bare(empty_url) as engine:
        assert inspect(engine).get_table_names() == []
    with opened(empty_url) as store:
        assert store.revision() == EMPTY
        assert differences(store.engine) == []


# --- from the releases before -------------------------------------------------------------------


def make_release(url: str, revision: str) -> Rows:
    """A database as that release left it, with three rows in each table; return them."""
    with bare(url) as engine, engine.begin() as connection:
        migrate(connection, revision)
        rows = {}
        for table in find_tables(connection, revision):
            rows[table.name] = [make_row(table, number) for number in (1, 2, 3)]
            for row in rows[table.name]:
                connection.execute(insert(table), {k: v for k, v in row.items() if k != "id"})
    return rows


def make_row(table: Table, number: int) -> dict[str, Any]:
    return {column.name: make_value(column, number) for column in table.columns}


def make_value(column: Column[Any], number: int) -> object:
    """Each row differs from the others; the last has nulls where there may be any."""
    if column.nullable and number == 3:
        return None
    if column.name in {"columns", "multipliers"}:
        return f'{{"件数": "field-{number}"}}'
    if column.name in WORDS:
        return WORDS[column.name]
    kind = column.type.python_type
    values: dict[type, object] = {
        bytes: f"PK\0{number}".encode(),
        datetime: NOW.replace(tzinfo=None, minute=number),
        date: date(2027, 6, number),
        float: number / 3,
        int: number,
    }
    return values.get(kind, f"{column.name}-{number}"[-16:])


def read_back(engine: Engine, rows: Rows) -> Rows:
    """Those columns of those tables, as they are now."""
    found = {}
    with engine.connect() as connection:
        for name, given in rows.items():
            table = METADATA.tables[name]
            query = select(*(table.c[column] for column in given[0])).order_by(table.c.id)
            found[name] = [
                {key: _plain(value) for key, value in row.items()}
                for row in connection.execute(query).mappings()
            ]
    return found


def _plain(value: object) -> object:
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC).replace(tzinfo=None)
    return value


@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004", PREVIOUS])
def test_every_row_of_an_earlier_release_is_still_there_in_the_first_edition(
    revision: str, empty_url: str
) -> None:
    rows = make_release(empty_url, revision)
    with opened(empty_url) as store:
        assert read_back(store.engine, rows) == rows
        assert differences(store.engine) == []
        with store.engine.connect() as connection:
            for name in rows:
                table = METADATA.tables[name]
                if "edition_id" in table.c:
                    query = select(table.c.edition_id, func.count()).group_by(table.c.edition_id)
                    assert connection.execute(query).all() == [(1, 3)]
        [edition] = store.list_editions()
        assert (edition.id, edition.name, edition.closed_at) == (1, "", None)
        assert triggers(store.engine) == sorted(2 * APPEND_ONLY)


def test_the_previous_release_goes_on_where_it_stood(empty_url: str) -> None:
    rows = make_release(empty_url, PREVIOUS)
    assert len(rows) == 9
    with opened(empty_url) as store:
        assert store.revision() == (3, 3, 3, 3, 3)
        assert [upload.data for upload in store.list_uploads()] == [b"PK\x003"]
        assert [record.withdrawn for record in store.list_records()] == [True, True, False]
        assert store.read_corrections()["task_id"].to_list() == ["task_id-1", "task_id-2"]
        assert store.read_group_words()["group_key"].to_list()[2] == "group_key-3"
        assert store.list_forms()[0] == ConfirmedForm(
            "fingerprint-3", {"件数": "field-3"}, "label-3"
        )
        assert store.check_audit().rows == 0
        told = store.add_edition("令和9年度", None, 2027, LOCAL)
        assert told == 2
        assert store.close_edition("済み", LOCAL)
        assert store.of_edition(2).revision() == (0, 0, 3, 0, 0)
        assert store.check_audit().rows == 2


def test_an_interrupted_upgrade_leaves_the_previous_release_whole(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = make_release(empty_url, PREVIOUS)
    with bare(empty_url) as engine:
        before = describe(engine)
        with (
            power_cut(monkeypatch, at="target_events"),
            pytest.raises(RuntimeError, match="power cut"),
        ):
            open_store(empty_url)
        assert describe(engine) == before
        assert version(engine) == [PREVIOUS]
    with opened(empty_url) as store:
        assert read_back(store.engine, rows) == rows


# --- as the first releases really left them -----------------------------------------------------


def test_a_database_of_the_first_release_keeps_its_files_and_words(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as old, old:
        old.executescript(FIRST_RELEASE)
    store = open_store(f"sqlite:///{path}")
    assert [(u.name, u.data) for u in store.list_uploads()] == [("a.xlsx", b"new"), ("b.csv", b"b")]
    records = [(r.id, r.name, r.given_name, r.withdrawn) for r in store.list_records()]
    assert records == [(3, "a.xlsx", "a.xlsx", False), (2, "b.csv", "b.csv", False)]
    assert store.read_corrections().rows() == [("t1", "core", "理由", None, 1)]
    assert store.revision() == (3, 1, 0, 0, 0)
    assert execute_sqlite(path, "select id, name, given_name, data from uploads order by id") == [
        (1, "a.xlsx", "a.xlsx", b"old"),
        (2, "b.csv", "b.csv", b"b"),
        (3, "a.xlsx", "a.xlsx", b"new"),
    ]
    assert differences(store.engine) == []
    store.engine.dispose()


def test_decisions_of_the_second_release_become_batches_that_can_be_undone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as old, old:
        old.executescript(SECOND_RELEASE)
    store = open_store(f"sqlite:///{path}")
    assert store.read_corrections().rows() == [
        ("t2", "expert", None, None, 3),
        ("t1", "routine", "様式", None, 4),
    ]
    assert store.revision() == (0, 5, 0, 0, 0)
    said = [(h.work_class, h.reason, h.decided_by, h.undoes) for h in store.read_history("t1")]
    assert said == [
        ("core", "理由", "local", None),
        (None, None, "local", None),
        ("routine", "様式", "local", None),
    ]
    assert execute_sqlite(path, "select id, batch, undoes, automatic_class from corrections") == [
        (number, number, None, None) for number in range(1, 6)
    ]
    assert store.last_decision("local") == 4
    now = datetime(2025, 4, 3, tzinfo=UTC)
    assert store.undo_corrections(4, Act("local", now)) == ["t1"]
    assert store.read_corrections()["task_id"].to_list() == ["t2"]
    assert differences(store.engine) == []
    store.engine.dispose()
