"""The file of a backup is whole or not there; none is replaced or made by mistake."""

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from bpr.errors import InputError
from bpr.store.backup import require_database, verify_backup, write_backup
from bpr.store.database import Database, open_database
from bpr.store.tables import UPLOADS

NOW = datetime(2025, 4, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database with an upload of 200 kB."""
    database = open_database(f"sqlite:///{tmp_path}/a.sqlite3")
    row = {"name": "a", "given_name": "a", "sha256": "", "data": os.urandom(200_000)}
    with database.begin(writes=True) as connection:
        connection.execute(insert(UPLOADS).values(**row, imported_at=NOW, imported_by="local"))
    yield database
    database.engine.dispose()


def test_an_existing_file_is_only_replaced_when_asked(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    file.write_bytes(b"old")
    with pytest.raises(
        InputError, match="すでにあります。別の名前にするか、上書きするなら --force"
    ):
        write_backup(database, file, NOW)
    assert file.read_bytes() == b"old"
    made = write_backup(database, file, NOW, overwrite=True)
    assert verify_backup(file) == made
    with pytest.raises(InputError, match="すでにあります"):
        write_backup(database, tmp_path, NOW, overwrite=True)


def test_a_full_disk_leaves_the_old_backup_and_no_half_one(
    database: Database, tmp_path: Path
) -> None:
    """A limit on the size of files fails in the midst of writing, as a full disk does."""
    resource = pytest.importorskip("resource")
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "b.zip").write_bytes(b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(InputError) as refused:
            write_backup(database, folder / "b.zip", NOW, overwrite=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert "b.zip」を書き込めません。ディスクの空きがありません。" in str(refused.value)
    assert [path.name for path in folder.iterdir()] == ["b.zip"]
    assert (folder / "b.zip").read_bytes() == b"old"


def test_a_folder_that_is_not_there(database: Database, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="書き込めません。フォルダがあるか、"):
        write_backup(database, tmp_path / "none" / "b.zip", NOW)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_only_the_owner_may_read_a_backup(database: Database, tmp_path: Path) -> None:
    write_backup(database, tmp_path / "b.zip", NOW)
    assert (tmp_path / "b.zip").stat().st_mode & 0o777 == 0o600


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    file = tmp_path / "typo.sqlite3"
    with pytest.raises(InputError, match=r"typo\.sqlite3」がないので、控えを取れません"):
        require_database(f"sqlite:///{file}")
    assert not file.exists()
    file.touch()
    require_database(f"sqlite:///{file}")
    require_database("postgresql://user@nowhere/db")
    require_database("nonsense")
