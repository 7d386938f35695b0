"""One object over one database: short transactions, all or nothing."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from time import sleep

import polars as pl
from sqlalchemy import (
    Connection,
    Engine,
    create_engine,
    event,
    func,
    insert,
    make_url,
    select,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from bpr.errors import StoreError
from bpr.frames import Corrections, DataFrame, empty
from bpr.store.migrate import upgrade
from bpr.store.tables import CORRECTIONS, UPLOADS


@dataclass(frozen=True)
class Upload:
    """A returned workbook as it came."""

    name: str
    sha256: str
    data: bytes


@dataclass(frozen=True)
class Store:
    """Uploads and decisions; every method is one transaction."""

    engine: Engine

    def add_uploads(
        self, files: Sequence[tuple[str, bytes]], when: datetime, who: str
    ) -> list[str]:
        """Keep files of (name, bytes); return the names that were new or changed."""
        with self._begin(writes=True) as connection:
            known = dict(_current_hashes(connection))
            fresh = [
                {
                    "name": name,
                    "sha256": digest,
                    "data": data,
                    "imported_at": when,
                    "imported_by": who,
                }
                for name, data in files
                if known.get(name) != (digest := sha256(data).hexdigest())
            ]
            if fresh:
                connection.execute(insert(UPLOADS), fresh)
            return [str(row["name"]) for row in fresh]

    def list_uploads(self) -> list[Upload]:
        """Latest upload of each name, in the order of names."""
        latest = select(func.max(UPLOADS.c.id)).group_by(UPLOADS.c.name)
        query = select(UPLOADS.c.name, UPLOADS.c.sha256, UPLOADS.c.data).where(
            UPLOADS.c.id.in_(latest)
        )
        with self._begin() as connection:
            rows = connection.execute(query.order_by(UPLOADS.c.name)).all()
        return [Upload(name, digest, data) for name, digest, data in rows]

    def add_correction(
        self, task_id: str, work_class: str | None, reason: str | None, when: datetime, who: str
    ) -> None:
        """Record a person's word on a task's class; None takes it back."""
        values = {
            "task_id": task_id,
            "work_class": work_class,
            "reason": reason,
            "decided_at": when,
            "decided_by": who,
        }
        with self._begin(writes=True) as connection:
            connection.execute(insert(CORRECTIONS).values(values))

    def read_corrections(self) -> DataFrame[Corrections]:
        """Latest word on each task that is not taken back."""
        latest = select(func.max(CORRECTIONS.c.id)).group_by(CORRECTIONS.c.task_id)
        query = select(CORRECTIONS.c.task_id, CORRECTIONS.c.work_class, CORRECTIONS.c.reason).where(
            CORRECTIONS.c.id.in_(latest), CORRECTIONS.c.work_class.is_not(None)
        )
        with self._begin() as connection:
            rows = [tuple(row) for row in connection.execute(query).all()]
        schema = dict.fromkeys(Corrections.column_names(), pl.String)
        frame = pl.DataFrame(rows, schema=schema, orient="row")
        return Corrections.validate(frame, cast=True) if rows else empty(Corrections)

    def revision(self) -> tuple[int, int]:
        """Return two numbers that change with every upload and every correction."""
        with self._begin() as connection:
            uploads = connection.execute(select(func.max(UPLOADS.c.id))).scalar() or 0
            corrections = connection.execute(select(func.max(CORRECTIONS.c.id))).scalar() or 0
        return uploads, corrections

    @contextmanager
    def _begin(self, *, writes: bool = False) -> Iterator[Connection]:
        try:
            with self.engine.execution_options(writes=writes).begin() as connection:
                yield connection
        except DBAPIError as error:
            raise StoreError(_explain(self.engine.url, error)) from error


def open_store(url: str) -> Store:
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
    return Store(engine)


def _current_hashes(connection: Connection) -> list[tuple[str, str]]:
    latest = select(func.max(UPLOADS.c.id)).group_by(UPLOADS.c.name)
    query = select(UPLOADS.c.name, UPLOADS.c.sha256).where(UPLOADS.c.id.in_(latest))
    return [(name, digest) for name, digest in connection.execute(query).all()]


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
