"""A backup holds everything as of one moment and comes back the same, in any kind of database."""

import os
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    Text,
    create_engine,
    insert,
    select,
    text,
)

from bpr.errors import InputError, StoreError
from bpr.store import backup as backup_module
from bpr.store.act import Act
from bpr.store.archive import FORMAT, Manifest, TableEntry, write_entry, write_manifest
from bpr.store.audit import Entry, append_entry, check_chain
from bpr.store.backup import restore_backup, verify_backup, write_backup
from bpr.store.database import Database, open_database
from bpr.store.revisions import (
    count_own_rows,
    current_revision,
    find_tables,
    latest_revision,
    migrate,
)
from bpr.store.rows import read_line, select_lines, write_line
from bpr.store.tables import FORMS, METADATA, UPLOADS
from tests import engines
from tests.store.rows import ROWS, fill, read_all

pytestmark = pytest.mark.usefixtures("real_migrations")

NOW = datetime(2025, 4, 1, 9, 30, tzinfo=UTC)
url = engines.url
postgresql_url = engines.postgresql_url
Opener = Callable[[str], Database]


@pytest.fixture
def open_at() -> Iterator[Opener]:
    with ExitStack() as stack:

        def open_it(address: str) -> Database:
            database = open_database(address)
            stack.callback(database.engine.dispose)
            return database

        yield open_it


@pytest.fixture(params=["sqlite", "postgresql"])
def target_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty database to restore into."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'restored' / 'bpr.sqlite3'}"
    return str(request.getfixturevalue("postgresql_url"))


def upload(name: str, data: bytes) -> dict[str, object]:
    own = {"name": name, "given_name": name, "sha256": "", "data": data}
    return {**own, "imported_at": NOW, "imported_by": "local"}


def form(label: str) -> dict[str, object]:
    own = {"fingerprint": "f", "columns": "{}", "label": label}
    return {**own, "confirmed_at": NOW, "confirmed_by": "local"}


def test_everything_comes_back_the_same_in_any_kind_of_database(
    url: str, target_url: str, tmp_path: Path, open_at: Opener
) -> None:
    source = open_at(url)
    fill(source)
    kept = read_all(source)
    assert all(len(rows) == ROWS for rows in kept.values())
    file = tmp_path / "控え.zip"
    made = write_backup(source, file, NOW)
    assert (made.made_at, made.revision) == (NOW, latest_revision())
    assert made.tables == dict.fromkeys(METADATA.tables, ROWS)
    assert made.size_bytes == file.stat().st_size
    assert restore_backup(target_url, file) == made == verify_backup(file)
    assert read_all(open_at(target_url)) == kept


def test_numbers_go_on_from_the_largest(url: str, tmp_path: Path, open_at: Opener) -> None:
    source = open_at(f"sqlite:///{tmp_path}/source.sqlite3")
    fill(source)
    write_backup(source, tmp_path / "b.zip", NOW)
    restore_backup(url, tmp_path / "b.zip")
    numbered = [table for table in METADATA.sorted_tables if isinstance(table.c.id.type, Integer)]
    with open_at(url).begin(writes=True) as connection:
        for table in numbered:
            last = connection.execute(select(table).where(table.c.id == 10 * ROWS)).one()
            values = {**last._mapping, "id": None, "name": "new"}
            new = {c.name: values[c.name] for c in table.columns if c.name != "id"}
            key = connection.execute(insert(table).values(new)).inserted_primary_key
            assert key is not None
            assert key[0] == 10 * ROWS + 1
    assert len(numbered) == len(METADATA.tables) - 1  # sessions have no numbers


def test_the_chain_of_the_audit_log_stays_whole(
    url: str, target_url: str, tmp_path: Path, open_at: Opener
) -> None:
    source = open_at(url)
    with source.begin(writes=True) as connection:
        for number in range(3):
            append_entry(Entry(connection, "form.add", f"様式 {number}"), Act("local", NOW))
        seal = check_chain(connection).last_hash
    write_backup(source, tmp_path / "b.zip", NOW)
    restore_backup(target_url, tmp_path / "b.zip")
    with open_at(target_url).begin(writes=True) as connection:
        assert check_chain(connection).last_hash == seal
        append_entry(Entry(connection, "form.add", "戻した後"), Act("local", NOW))
        found = check_chain(connection)
    assert (found.rows, found.broken_at) == (4, None)


def test_a_backup_is_of_one_moment_whatever_others_write_meanwhile(
    url: str, tmp_path: Path, open_at: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, other = open_at(url), open_at(url)
    with database.begin(writes=True) as connection:
        connection.execute(insert(FORMS).values(form("前から")))
    written: list[str] = []

    def write_and_disturb(*args: object) -> TableEntry:
        with other.begin(writes=True) as connection:
            for table, values in ((FORMS, form("途中")), (UPLOADS, upload("途中", b"x"))):
                connection.execute(insert(table).values(values))
        written.append(str(args[1]))
        return write_entry(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(backup_module, "write_entry", write_and_disturb)
        made = write_backup(database, tmp_path / "b.zip", NOW)
    assert (made.tables["forms"], made.tables["uploads"]) == (1, 0)
    assert len(written) == len(METADATA.tables)
    again = write_backup(database, tmp_path / "c.zip", NOW)
    assert (again.tables["forms"], again.tables["uploads"]) == (1 + len(written), len(written))


def test_the_same_rows_make_the_same_entries_in_both_kinds(
    postgresql_url: str, tmp_path: Path, open_at: Opener
) -> None:
    """The server of PostgreSQL keeps the time of Japan, as in most town halls."""
    first, server = open_at(f"sqlite:///{tmp_path}/a.sqlite3"), create_engine(postgresql_url)
    with server.begin() as connection:
        zone = f"ALTER DATABASE {server.url.database} SET timezone TO 'Asia/Tokyo'"
        connection.execute(text(zone))
    server.dispose()
    fill(first)
    write_backup(first, tmp_path / "a.zip", NOW)
    restore_backup(postgresql_url, tmp_path / "a.zip")
    write_backup(open_at(postgresql_url), tmp_path / "b.zip", NOW)
    with ZipFile(tmp_path / "a.zip") as a, ZipFile(tmp_path / "b.zip") as b:
        assert a.namelist() == b.namelist()
        assert [a.read(name) for name in a.namelist()] == [b.read(name) for name in b.namelist()]


def test_memory_stays_flat(url: str, tmp_path: Path, open_at: Opener) -> None:
    """Twenty workbooks of 1 MB; at no time more than a few of them are held."""
    database = open_at(url)
    for number in range(20):
        with database.begin(writes=True) as connection:
            row = upload(f"{number}.xlsx", os.urandom(1_000_000))
            connection.execute(insert(UPLOADS).values(row))
    tracemalloc.start()
    try:
        write_backup(database, tmp_path / "b.zip", NOW)
        written = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        restore_backup(f"sqlite:///{tmp_path}/restored.sqlite3", tmp_path / "b.zip")
        restored = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert written < 13_000_000
    assert restored < 18_000_000


def test_a_database_with_records_is_refused_and_left_alone(
    url: str, tmp_path: Path, open_at: Opener
) -> None:
    database = open_at(url)
    write_backup(database, tmp_path / "b.zip", NOW)
    with database.begin(writes=True) as connection:
        connection.execute(insert(FORMS).values(form("前から")))
    before = read_all(database)
    with pytest.raises(InputError) as refused:
        restore_backup(url, tmp_path / "b.zip")
    assert "すでに記録があります（forms）。" in str(refused.value)
    assert "BPR_DATABASE_URL に新しい場所を指定してください。" in str(refused.value)
    assert read_all(database) == before


def test_an_earlier_revision_is_brought_to_this_one(
    target_url: str, tmp_path: Path, open_at: Opener
) -> None:
    file = tmp_path / "old.zip"
    write_old_backup(file, "0002")
    made = restore_backup(target_url, file)
    assert (made.revision, made.tables["corrections"]) == ("0002", 2)
    engine = create_engine(target_url)
    with engine.connect() as connection:
        assert current_revision(connection) == latest_revision()
    engine.dispose()
    database = open_at(target_url)
    rows = read_all(database)
    assert {name: len(rows[name]) for name in rows} == {
        **count_own_rows(),
        "corrections": 2,
        "uploads": 1,
    }
    with database.begin() as connection:
        c = METADATA.tables["corrections"].c
        query = select(c.id, c.task_id, c.work_class, c.decided_at, c.batch).order_by(c.id)
        found = [tuple(row) for row in connection.execute(query)]
    assert [(n, task, word, batch) for n, task, word, _, batch in found] == [
        (4, "t1", "core", 4),
        (7, "t1", None, 7),
    ]
    assert {when.replace(tzinfo=UTC) for *_, when, _ in found} == {NOW}
    assert rows["uploads"][0][1] == 1  # the first edition
    with pytest.raises(StoreError), database.begin(writes=True) as connection:
        connection.execute(text("DELETE FROM corrections"))


def write_old_backup(file: Path, revision: str) -> None:
    """As a release of that revision would have written it."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        migrate(connection, revision)
        tables = find_tables(connection, revision)
        by_name = {table.name: table for table in tables}
        connection.execute(insert(by_name["uploads"]).values(upload("a.xlsx", b"\0a")))
        for number, word in ((4, "core"), (7, None)):
            values = {"id": number, "task_id": "t1", "work_class": word}
            own = {"decided_at": NOW, "decided_by": "local"}
            connection.execute(insert(by_name["corrections"]).values({**values, **own}))
        entries = []
        for table in tables:
            columns = list(table.columns.keys())
            lines = select_lines(connection, table, columns)
            entries.append(write_entry(archive, table.name, columns, lines))
        write_manifest(archive, Manifest(FORMAT, "0.0.1", revision, NOW, tuple(entries)))
    engine.dispose()


@pytest.mark.parametrize(
    ("column", "value"), [("label", "x\0y"), ("label", "長" * 256), ("id", 2**31)]
)
def test_what_does_not_fit_into_postgresql_is_told_and_nothing_is_kept(
    postgresql_url: str, tmp_path: Path, open_at: Opener, column: str, value: object
) -> None:
    """SQLite takes texts of any length with any character, and larger numbers."""
    source = open_at(f"sqlite:///{tmp_path}/source.sqlite3")
    with source.begin(writes=True) as connection:
        connection.execute(insert(UPLOADS).values(upload("a", b"a")))
        connection.execute(insert(FORMS).values({**form("x"), column: value}))
    write_backup(source, tmp_path / "b.zip", NOW)
    with pytest.raises(InputError, match="表 forms に、このデータベースには入らない値があります"):
        restore_backup(postgresql_url, tmp_path / "b.zip")
    target = read_all(open_at(postgresql_url))
    assert {name: len(rows) for name, rows in target.items()} == count_own_rows()
    again = f"sqlite:///{tmp_path}/again.sqlite3"
    restore_backup(again, tmp_path / "b.zip")
    assert read_all(open_at(again)) == read_all(source)


COLUMNS: tuple[Column[Any], ...] = (
    Column("text", Text, nullable=True),
    Column("data", LargeBinary, nullable=False),
    Column("at", DateTime(timezone=True), nullable=True),
    Column("day", Date, nullable=False),
)
TIMES = st.datetimes(timezones=st.just(UTC))


@given(st.tuples(st.none() | st.text(), st.binary(), st.none() | TIMES, st.dates()))
def test_a_line_comes_back_as_it_was(values: tuple[object, ...]) -> None:
    line = write_line(values)
    assert line.count(b"\n") == 1
    assert tuple(read_line(line, COLUMNS).values()) == values
