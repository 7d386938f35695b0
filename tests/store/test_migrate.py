"""Tables come from migrations alone; a database of a newer release is left as it is."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bpr.errors import StoreError
from bpr.store import Store, open_store
from bpr.store.tables import METADATA

Opener = Callable[[], Store]


def execute(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(statement).fetchall()


def test_the_migrations_make_the_tables_that_the_program_uses(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_an_empty_file_gets_the_tables(path: Path, reopen: Opener) -> None:
    path.parent.mkdir()
    path.touch()
    assert reopen().revision() == (0, 0, 0, 0)
    tables = {name for (name,) in execute(path, "select name from sqlite_master")}
    own = {"uploads", "corrections", "forms", "offices", "jobs"}
    assert {*own, "alembic_version"} <= tables


def test_opening_again_changes_nothing(path: Path, reopen: Opener) -> None:
    reopen()
    schema = execute(path, "select name, sql from sqlite_master order by name")
    version = execute(path, "select version_num from alembic_version")
    reopen()
    assert execute(path, "select name, sql from sqlite_master order by name") == schema
    assert execute(path, "select version_num from alembic_version") == version
    assert len(version) == 1


def test_a_newer_database_is_refused_and_left_alone(path: Path, reopen: Opener) -> None:
    reopen().engine.dispose()
    execute(path, "update alembic_version set version_num = '9999'")
    with pytest.raises(StoreError) as refused:
        open_store(f"sqlite:///{path}")
    assert str(path) in str(refused.value)
    assert "この版より新しい bpr で作られています。新しい版の bpr で開いてください。" in str(
        refused.value
    )
    assert execute(path, "select version_num from alembic_version") == [("9999",)]


def test_an_interrupted_migration_leaves_nothing_behind(
    reopen: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All or nothing: after a failure half-way the next start succeeds."""
    from alembic import op  # noqa: PLC0415 - a proxy that the migration uses

    real, made = op.create_table, list[str]()

    def fail_at_the_second(name: str, *args: object, **named: object) -> object:
        if made:
            raise RuntimeError("power cut")
        made.append(name)
        return real(name, *args, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(op, "create_table", fail_at_the_second)
        with pytest.raises(RuntimeError, match="power cut"):
            reopen()
    assert made == ["uploads"]
    assert reopen().revision() == (0, 0, 0, 0)


def test_a_database_of_the_first_release_keeps_its_files_and_words(
    path: Path, reopen: Opener
) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as old, old:
        old.executescript(FIRST_RELEASE)
    store = reopen()
    assert [(u.name, u.data) for u in store.list_uploads()] == [("a.xlsx", b"new"), ("b.csv", b"b")]
    records = [(r.id, r.name, r.given_name, r.withdrawn) for r in store.list_records()]
    assert records == [(3, "a.xlsx", "a.xlsx", False), (2, "b.csv", "b.csv", False)]
    assert store.read_corrections().rows() == [("t1", "core", "理由")]
    assert store.revision() == (3, 1, 0, 0)
    assert execute(path, "select id, name, given_name, data from uploads order by id") == [
        (1, "a.xlsx", "a.xlsx", b"old"),
        (2, "b.csv", "b.csv", b"b"),
        (3, "a.xlsx", "a.xlsx", b"new"),
    ]
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


FIRST_RELEASE = """
CREATE TABLE uploads (
    id INTEGER NOT NULL, name VARCHAR(255) NOT NULL, sha256 VARCHAR(64) NOT NULL,
    data BLOB NOT NULL, imported_at DATETIME NOT NULL, imported_by VARCHAR(64) NOT NULL,
    CONSTRAINT pk_uploads PRIMARY KEY (id)
);
CREATE INDEX ix_uploads_name ON uploads (name);
CREATE TABLE corrections (
    id INTEGER NOT NULL, task_id VARCHAR(255) NOT NULL, work_class VARCHAR(16), reason TEXT,
    decided_at DATETIME NOT NULL, decided_by VARCHAR(64) NOT NULL,
    CONSTRAINT pk_corrections PRIMARY KEY (id)
);
CREATE INDEX ix_corrections_task_id ON corrections (task_id);
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version VALUES ('0001');
INSERT INTO uploads VALUES (1, 'a.xlsx', '1', CAST('old' AS BLOB), '2025-04-01 09:30:00.000000', 'local');
INSERT INTO uploads VALUES (2, 'b.csv', '2', CAST('b' AS BLOB), '2025-04-01 09:30:00.000000', 'local');
INSERT INTO uploads VALUES (3, 'a.xlsx', '3', CAST('new' AS BLOB), '2025-04-02 09:30:00.000000', 'local');
INSERT INTO corrections VALUES (1, 't1', 'core', '理由', '2025-04-01 09:30:00.000000', 'local');
"""
