"""One database: connect, bring it to our tables, run short transactions that are all or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.pool import ConnectionPoolEntry

from bpr.errors import StoreError
from bpr.store.migrate import upgrade

_PATIENCE_SECONDS: Final = 30
"""How long a writer waits for those before it."""
_WRITERS_LOCK: Final = 8_315_001
"""Number of PostgreSQL's lock that lets one writer in at a time, as SQLite does."""
_HINTS: Final = (
    (("read-only transaction",), "読み取り専用になっています。書き込めるようにするか、データベースの管理者に確かめてください。"),
    (("readonly", "read-only"), "読み取り専用です。ファイルとフォルダの書き込み権限を確かめてください。"),
    (("locked", "lock timeout"), "ほかのプログラムが使用中です。終わるのを待つか、二重に起動していないか確かめてください。"),
    (("full", "no space left"), "ディスクの空きがありません。空きを作ってからやり直してください。"),
    (("not a database", "malformed"), "データベースのファイルではないか、壊れています。別の場所を指定するか、控えから戻してください。"),
    (("unable to open",), "ファイルを開けません。フォルダの場所と権限を確かめてください。"),
    (("password authentication", "no password supplied", "role "), "利用者名かパスワードが違います。BPR_DATABASE_URL を確かめてください。"),
    (("does not exist",), "データベースがありません。名前を確かめるか、作成してください。"),
    (("terminating connection", "closed the connection", "connection is lost"), "サーバーとのつながりが途中で切れました。サーバーが動いているか、書き込みが残っているかを確かめて、やり直してください。"),
    (("refused", "could not connect", "connection failed", "connection to server", "resolve", "timeout expired"), "サーバーにつながりません。動いているか、BPR_DATABASE_URL の番地とポートを確かめてください。"),
    (("permission denied",), "権限がありません。データベースの管理者に確かめてください。"),
)  # fmt: skip
"""Words in a driver's message -> what to do about it; the first that fits."""


@dataclass
class State:
    """A mark that each write of this process replaces: what was read under another may be old."""

    mark: object = field(default_factory=object)

    def touch(self, *, writes: bool) -> None:
        """Replace the mark where something is written."""
        if writes:
            self.mark = object()


@dataclass(frozen=True)
class Database:
    """An engine whose failures are told in Japanese."""

    engine: Engine
    state: State = field(default_factory=State, compare=False)

    @contextmanager
    def begin(self, *, writes: bool = False) -> Iterator[Connection]:
        """Run one transaction; writers take their place at its start."""
        self.state.touch(writes=writes)
        try:
            with self.engine.execution_options(writes=writes).begin() as connection:
                yield connection
        except DBAPIError as error:
            raise StoreError(_explain(self.engine.url, str(error.orig))) from error
        except NoConnectionLeft as error:
            raise StoreError(_explain(self.engine.url, "locked")) from error
        finally:
            self.state.touch(writes=writes)


def open_database(url: str) -> Database:
    """Connect, create or upgrade the tables; StoreError where that cannot be done."""
    try:
        parsed = make_url(url)
        if parsed.database and parsed.get_backend_name() == "sqlite":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        if parsed.drivername in {"postgresql", "postgres"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        engine = create_engine(parsed, pool_pre_ping=parsed.get_backend_name() != "sqlite")
    except ArgumentError as error:
        shown = url.rsplit("@", maxsplit=1)[-1].split("?", maxsplit=1)[0]  # without any password
        msg = f"データベースの指定「{shown}」が使えません。BPR_DATABASE_URL を確かめてください。"
        raise StoreError(msg) from error
    except ModuleNotFoundError as error:
        msg = f"データベース「{parsed.database}」につなぐ部品 {error.name} が入っていません。PostgreSQL なら pip install 'bpr[postgresql]' で入れ、ほかのデータベースなら BPR_DATABASE_URL を確かめてください。"
        raise StoreError(msg) from error
    except OSError as error:
        msg = f"データベースを置くフォルダ「{Path(parsed.database or '').parent}」を作れません。書き込める場所を指定してください。"
        raise StoreError(msg) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_at_once)
    else:
        event.listen(engine, "begin", _wait_for_writers)
    try:
        upgrade(engine)
    except DBAPIError as error:
        engine.dispose()
        raise StoreError(_explain(parsed, str(error.orig))) from error
    except StoreError:
        engine.dispose()
        raise
    return Database(engine)


def _prepare_sqlite(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    """Let readers and one writer work side by side, and wait for a lock instead of failing.

    Python's driver would end a transaction at every CREATE TABLE; we begin and end them ourselves.
    """
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={_PATIENCE_SECONDS * 1000}",
        "foreign_keys=ON",
        "synchronous=FULL",
    ):
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


def _wait_for_writers(connection: Connection) -> None:
    """Let one writer in at a time, as SQLite does; readers never wait."""
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_PATIENCE_SECONDS}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")


def _explain(url: URL, cause: str) -> str:
    """Say in Japanese which database failed and what to do."""
    cause = cause.lower()
    place = url.database or url.host or ""
    hints = (hint for words, hint in _HINTS if any(word in cause for word in words))
    hint = next(hints, "接続先と権限を確かめてください。")
    return f"データベース「{place}」を読み書きできません。{hint}"
