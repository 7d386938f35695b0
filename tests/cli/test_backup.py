"""`bpr backup` and `bpr restore` as people call them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bpr.cli.backup import backup, restore
from bpr.errors import InputError
from bpr.store.database import open_database
from bpr.store.tables import METADATA
from tests.store.rows import fill, read_all

SOURCE = "sqlite:///bpr-data/bpr.sqlite3"
OTHER = "sqlite:///other/bpr.sqlite3"


def call(*arguments: str, database: str | None = None) -> Result:
    commands = {"backup": backup, "restore": restore}
    runner = CliRunner(env={"BPR_DATABASE_URL": database, "TZ": "UTC"})
    return runner.invoke(commands[arguments[0]], arguments[1:], catch_exceptions=False)


@pytest.fixture
def filled(own_folder: Path) -> Path:
    database = open_database(SOURCE)
    fill(database)
    database.engine.dispose()
    return own_folder


@pytest.mark.usefixtures("filled")
def test_there_and_back() -> None:
    made = call("backup", "控え.zip")
    assert made.output.startswith("控え「控え.zip」を作り、読み直して確かめました。\n")
    checked = call("backup", "--check", "控え.zip", database="nonsense")
    assert checked.output.startswith("控え「控え.zip」は壊れていません。\n")
    restored = call("restore", "控え.zip", database=OTHER)
    assert restored.output.startswith("控え「控え.zip」をすべて戻し、控えと同じであることを")
    described = [result.output.splitlines()[1:] for result in (made, checked, restored)]
    assert described[0] == described[1] == described[2]
    assert "（表の版 " in described[0][0]
    assert "調査票（差し替え前も含む）     3" in described[0]
    stores = [open_database(url) for url in (SOURCE, OTHER)]
    before, after = (read_all(store) for store in stores)
    assert after.pop("sessions") == []
    assert before.pop("sessions")
    told = before.pop("audit_log"), after.pop("audit_log")
    assert told[0][:-1] == told[1][:-1]
    assert [rows[-1][4:6] for rows in told] == [("backup", "控え.zip"), ("restore", "控え.zip")]
    assert after == before
    for store in stores:
        store.engine.dispose()


def test_every_table_is_told_in_japanese(filled: Path) -> None:
    lines = call("backup", str(filled / "b.zip")).output.splitlines()
    told = lines[3:]
    assert len(told) == len(METADATA.tables)
    assert not [line for line in told if line.isascii()]


def test_an_existing_file_and_force(filled: Path) -> None:
    (filled / "b.zip").write_bytes(b"old")
    with pytest.raises(InputError, match="--force"):
        call("backup", "b.zip")
    assert call("backup", "--force", "b.zip").exit_code == 0
    assert (filled / "b.zip").read_bytes().startswith(b"PK")


def test_without_a_database_nothing_is_made(own_folder: Path) -> None:
    with pytest.raises(InputError, match="がないので、控えを取れません"):
        call("backup", "b.zip")
    assert list(own_folder.iterdir()) == []


@pytest.mark.usefixtures("filled")
def test_restoring_over_records_is_refused() -> None:
    call("backup", "b.zip")
    with pytest.raises(InputError, match="すでに記録があります"):
        call("restore", "b.zip")
