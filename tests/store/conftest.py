"""A fresh store on SQLite and on PostgreSQL, closed at the end."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from bpr.store import Store, database, open_store
from bpr.store.migrate import upgrade
from tests import engines

Opener = Callable[[], Store]
any_url = engines.url
postgresql_url = engines.postgresql_url
empty_postgresql_url = engines.empty_postgresql_url


@pytest.fixture
def real_migrations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let new files get their tables as they do outside of tests."""
    monkeypatch.setattr(database, "upgrade", upgrade)


@pytest.fixture
def url(any_url: str) -> str:
    """Address of a database of one's own, once for each kind; SQLite's file is not yet there."""
    engine = create_engine(any_url)
    if engine.dialect.name == "postgresql":
        _trust_the_power(str(engine.url.query["host"]), engine)
    engine.dispose()
    return any_url


@cache
def _trust_the_power(_server: str, engine: Engine) -> None:
    """Let a server not wait for its disk: making and dropping a database takes a fifth then."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ALTER SYSTEM SET fsync = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a test that looks into SQLite's file itself has it."""
    return tmp_path / "data" / "bpr.sqlite3"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, path: Path) -> str:
    """Address of a database without any table, once for each kind."""
    if request.param == "sqlite":
        path.parent.mkdir()
        return f"sqlite:///{path}"
    return str(request.getfixturevalue("empty_postgresql_url"))


@pytest.fixture
def reopen(url: str) -> Iterator[Opener]:
    """Opens the same database again, as another run of the program would."""
    opened: list[Store] = []

    def open_again() -> Store:
        opened.append(open_store(url))
        return opened[-1]

    yield open_again
    for store in opened:
        store.engine.dispose()


@pytest.fixture
def store(reopen: Opener) -> Store:
    return reopen()
