"""Backup and restore: all tables at one moment in one file, and back into any empty database."""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Connection, Table, delete, func, insert, make_url, select
from sqlalchemy.exc import ArgumentError, DataError, IntegrityError

from bpr.errors import InputError
from bpr.store.archive import (
    FORMAT,
    Archive,
    Manifest,
    TableEntry,
    open_archive,
    report_damage,
    write_entry,
    write_manifest,
)
from bpr.store.database import Database, open_database
from bpr.store.revisions import (
    count_own_rows,
    count_rows,
    current_revision,
    find_tables,
    knows_revision,
    latest_revision,
    list_tables,
    migrate,
    rebuild,
)
from bpr.store.rows import read_line, select_lines
from bpr.store.tables import METADATA

_BATCH_BYTES: Final = 1 << 22
_NO_SPACE: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True)
class BackupSummary:
    """What a backup holds: table -> rows, and how it came to be."""

    made_at: datetime
    product_version: str
    revision: str
    tables: dict[str, int]
    size_bytes: int


def write_backup(
    database: Database, target: Path, now: datetime, *, overwrite: bool = False
) -> BackupSummary:
    """Write all tables as they are at one moment to a file, read it again, then give it its name.

    `InputError` where the file is there already or cannot be written; no half file stays.
    """
    if target.exists() and (target.is_dir() or not overwrite):
        msg = f"「{target}」はすでにあります。別の名前にするか、上書きするなら --force を付けてください。"
        raise InputError(msg)
    with _new_file(target) as file:
        _write(database, file, now)
        file.flush()
        os.fsync(file.fileno())
        return verify_backup(Path(file.name))


def verify_backup(source: Path) -> BackupSummary:
    """Read a whole backup; `InputError` where anything in it is not as it was written."""
    with open_archive(source) as archive:
        return _verify(archive)


def restore_backup(database_url: str, source: Path) -> BackupSummary:
    """Put a backup into an empty database: all of it or nothing.

    `InputError` where the backup is damaged or of a later release, or the database is in use.
    """
    with open_archive(source) as archive:
        summary = _verify(archive)
        database = open_database(database_url)
        try:
            with database.begin(writes=True) as connection:
                _require_empty(connection)
                _restore(connection, archive)
        finally:
            database.engine.dispose()
    return summary


def require_database(database_url: str) -> None:
    """Raise `InputError` where the address is that of an SQLite file that is not there."""
    try:
        url = make_url(database_url)
    except ArgumentError:  # `open_database` says what is wrong
        return
    file = url.database if url.get_backend_name() == "sqlite" else None
    if file and not Path(file).exists():
        msg = f"データベース「{file}」がないので、控えを取れません。作業フォルダか BPR_DATABASE_URL を確かめてください。"
        raise InputError(msg)


@contextmanager
def _new_file(target: Path) -> Iterator[IO[bytes]]:
    """Write beside the target; what is whole takes its place, what fails vanishes.

    Only its owner may read the file: it holds accounts and all that people entered.
    """
    temporary: Path | None = None
    try:
        with NamedTemporaryFile(dir=target.parent, prefix=".bpr-", delete=False) as file:
            temporary = Path(file.name)
            yield file
        temporary.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        hint = "フォルダがあるか、書き込む権限があるかを確かめてください。"
        if error.errno in _NO_SPACE:
            hint = "ディスクの空きがありません。空きを作るか、別の場所を指定してください。"
        msg = f"控え「{target}」を書き込めません。{hint}"
        raise InputError(msg) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the system can (Windows does so by itself)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _write(database: Database, target: IO[bytes], now: datetime) -> None:
    with _snapshot(database) as connection, ZipFile(target, "w", ZIP_DEFLATED) as file:
        revision = current_revision(connection)
        entries = []
        for table in METADATA.sorted_tables:
            columns = [column.name for column in table.columns]
            lines = select_lines(connection, table, columns)
            entries.append(write_entry(file, table.name, columns, lines))
        write_manifest(file, Manifest(FORMAT, _product_version(), revision, now, tuple(entries)))


def _product_version() -> str:
    try:
        return version("bpr")
    except PackageNotFoundError:  # run from a plain checkout
        return "?"


@contextmanager
def _snapshot(database: Database) -> Iterator[Connection]:
    """Read as of one moment, whatever others write meanwhile; SQLite always does."""
    engine = database.engine
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with Database(engine).begin() as connection:
        yield connection


def _verify(archive: Archive) -> BackupSummary:
    manifest, source = archive.manifest, archive.source
    if not knows_revision(manifest.revision):
        msg = f"控え「{source}」は、この版より新しい bpr（{manifest.product_version}）のものです。新しい版の bpr で戻してください。"
        raise InputError(msg)
    tables = {table.name: table for table in list_tables(manifest.revision)}
    if strange := {*tables} ^ {entry.name for entry in manifest.tables}:
        raise report_damage(source, f"版 {manifest.revision} の表と合いません：{min(strange)}")
    for entry in manifest.tables:
        table = tables[entry.name]
        if sorted(entry.columns) != sorted(table.columns.keys()):
            raise report_damage(source, f"表 {entry.name} の列が版 {manifest.revision} と違います")
        _verify_rows(archive, entry, table)
    rows = {entry.name: entry.rows for entry in manifest.tables}
    size = source.stat().st_size
    return BackupSummary(manifest.made_at, manifest.product_version, manifest.revision, rows, size)


def _verify_rows(archive: Archive, entry: TableEntry, table: Table) -> None:
    columns = [table.c[name] for name in entry.columns]
    for number, line in enumerate(archive.read_lines(entry), start=1):
        try:
            read_line(line, columns)
        except ValueError as error:
            what = f"表 {entry.name} の {number} 行目の値が読めません"
            raise report_damage(archive.source, what) from error


def _require_empty(connection: Connection) -> None:
    """Refuse a database that holds more than its own migrations put there."""
    own = count_own_rows()
    used = [name for name, rows in count_rows(connection).items() if rows != own[name]]
    if used:
        place = connection.engine.url.database
        msg = (
            f"データベース「{place}」には、すでに記録があります（{'、'.join(used)}）。控えは空の"
            "データベースにだけ戻せます。BPR_DATABASE_URL に新しい場所を指定してください。"
        )
        raise InputError(msg)


def _restore(connection: Connection, archive: Archive) -> None:
    """Load into tables of the backup's revision, compare, then bring them to this release's."""
    revision = archive.manifest.revision
    if revision != latest_revision():
        rebuild(connection, revision)
    tables = find_tables(connection, revision)
    for table in reversed(tables):
        connection.execute(delete(table))
    entries = {entry.name: entry for entry in archive.manifest.tables}
    for table in tables:
        _load(connection, archive, entries[table.name], table)
    for table in tables:
        _compare(connection, archive, entries[table.name], table)
    if connection.dialect.name == "postgresql":
        _reset_sequences(connection, tables)
    migrate(connection, "head")


def _load(connection: Connection, archive: Archive, entry: TableEntry, table: Table) -> None:
    columns = [table.c[name] for name in entry.columns]
    batch: list[dict[str, object]] = []
    size = 0
    try:
        for line in archive.read_lines(entry):
            batch.append(read_line(line, columns))
            size += len(line)
            if size > _BATCH_BYTES:
                connection.execute(insert(table), batch)
                batch, size = [], 0
        if batch:
            connection.execute(insert(table), batch)
    except (DataError, IntegrityError) as error:
        cause = str(error.orig).strip().split("\n")[0]
        msg = (
            f"控え「{archive.source}」の表 {entry.name} に、このデータベースには入らない値があります"
            f"（{cause}）。何も書き込んでいません。別の種類のデータベース（SQLite など）に戻してください。"
        )
        raise InputError(msg) from error


def _compare(connection: Connection, archive: Archive, entry: TableEntry, table: Table) -> None:
    """Read again what was loaded; it must be what was written, byte for byte."""
    digest = sha256()
    for line in select_lines(connection, table, entry.columns):
        digest.update(line)
    if digest.hexdigest() != entry.sha256:
        msg = (
            f"控え「{archive.source}」の表 {entry.name} は、このデータベースに同じ形では入りません。"
            "何も書き込んでいません。別の種類のデータベース（SQLite など）に戻してください。"
        )
        raise InputError(msg)


def _reset_sequences(connection: Connection, tables: Sequence[Table]) -> None:
    """Let PostgreSQL count on from the largest number of each table."""
    quote = connection.dialect.identifier_preparer.format_table
    for table in tables:
        for key in table.primary_key.columns:
            sequence = connection.execute(
                select(func.pg_get_serial_sequence(quote(table), key.name))
            ).scalar()
            if sequence:
                connection.execute(
                    select(func.setval(sequence, select(func.max(key)).scalar_subquery()))
                )
