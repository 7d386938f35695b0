"""One database: connect, bring it to our tables, run short transactions that are all or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from bpr.errors import StoreError
from bpr.store.migrate import upgrade


@dataclass(frozen=True)
class Database:
    """An engine whose failures are told in Japanese."""

    engine: Engine

    @contextmanager
    def begin(self, *, writes: bool = False) -> Iterator[Connection]:
        """Run one transaction; writers take their place at its start."""
        try:
            with self.engine.execution_options(writes=writes).begin() as connection:
                yield connection
        except DBAPIError as error:
            raise StoreError(_explain(self.engine.url, error)) from error


def open_database(url: str) -> Database:
    """Connect, create or upgrade the tables; StoreError where that cannot be done."""
    try:
        parsed = make_url(url)
        if parsed.database and parsed.get_backend_name() == "sqlite":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed)
    except (ArgumentError, ModuleNotFoundError) as error:
        msg = f"データベースの指定「{url.rsplit('@', maxsplit=1)[-1]}」が使えません。BPR_DATABASE_URL を確かめてください。"
        raise StoreError(msg) from error
    except OSError as error:
        msg = f"データベースを置くフォルダ「{Path(parsed.database or '').parent}」を作れません。書き込める場所を指定してください。"
        raise StoreError(msg) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_at_once)
    try:
        upgrade(engine)
    except DBAPIError as error:
        raise StoreError(_explain(parsed, error)) from error
    return Database(engine)


def _prepare_sqlite(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    """Let readers and one writer work side by side, and wait for a lock instead of failing.

    Python's driver would end a transaction at every CREATE TABLE; we begin and end them ourselves.
    """
    connection.isolation_level = None
    for pragma in ("busy_timeout=10000", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}").close()
    _use_wal(connection)


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL; SQLite does not wait for locks there, so we do."""
    for wait in (0.05, 0.1, 0.2, 0.4, 0.8, 1.6):
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            sleep(wait)
        else:
            return
    connection.execute("PRAGMA journal_mode=WAL").close()


def _begin_at_once(connection: Connection) -> None:
    """Writers take their place at the start, so that nobody is refused half-way."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _explain(url: URL, error: DBAPIError) -> str:
    """Say in Japanese which database failed and what to do."""
    cause = str(error.orig).lower()
    place = url.database or url.host or ""
    if "readonly" in cause or "read-only" in cause:
        hint = "読み取り専用です。ファイルとフォルダの書き込み権限を確かめてください。"
    elif "locked" in cause:
        hint = "ほかのプログラムが使用中です。終わるのを待つか、二重に起動していないか確かめてください。"
    elif "full" in cause:
        hint = "ディスクの空きがありません。空きを作ってからやり直してください。"
    elif "not a database" in cause or "malformed" in cause:
        hint = "データベースのファイルではないか、壊れています。別の場所を指定するか、控えから戻してください。"
    elif "unable to open" in cause:
        hint = "ファイルを開けません。フォルダの場所と権限を確かめてください。"
    else:
        hint = "接続先と権限を確かめてください。"
    return f"データベース「{place}」を読み書きできません。{hint}"
