"""A store that cannot be used says in Japanese which one, why, and what to do."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

import pytest

from bpr.errors import StoreError
from bpr.store import Store, make_upload, open_store
from tests.store.kept import LOCAL

pytestmark = pytest.mark.usefixtures("real_migrations")

_NOBODY = 65_534


def keep(store: Store, name: str, data: bytes) -> None:
    store.add_upload(make_upload(name, data), name, None, LOCAL)


def refusal(url: str) -> str:
    with pytest.raises(StoreError) as refused:
        open_store(url)
    assert refused.value.exit_status == 3
    return str(refused.value)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "調査票.xlsx"
    file.write_bytes(b"PK\x03\x04" + b"not a database " * 500)
    text = refusal(f"sqlite:///{file}")
    assert str(file) in text
    assert "データベースのファイルではないか、壊れています。" in text
    assert "別の場所を指定するか、控えから戻してください。" in text
    assert file.read_bytes().startswith(b"PK\x03\x04not a")


def test_a_database_cut_off(tmp_path: Path) -> None:
    file = tmp_path / "bpr.sqlite3"
    store = open_store(f"sqlite:///{file}")
    keep(store, "a.xlsx", b"x" * 50_000)
    store.engine.dispose()
    file.write_bytes(file.read_bytes()[:6_000])
    with pytest.raises(StoreError, match="壊れています"):
        open_store(f"sqlite:///{file}").list_uploads()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    text = refusal(f"sqlite:///{tmp_path}/file/data/bpr.sqlite3")
    assert f"「{tmp_path}/file/data」を作れません。書き込める場所を指定してください。" in text


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    text = refusal(f"sqlite:///{tmp_path}")
    assert str(tmp_path) in text
    assert "ファイルを開けません。フォルダの場所と権限を確かめてください。" in text


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "bpr.sqlite3", "postgresql+nodriver://user:Geheim1@host/db", "oracle://u:Geheim1@host/db"],
)  # fmt: skip
def test_an_address_that_is_none_and_no_password_in_the_message(url: str) -> None:
    text = refusal(url)
    assert "BPR_DATABASE_URL を確かめてください。" in text
    assert "Geheim1" not in text


@contextmanager
def ordinary_person() -> Iterator[None]:
    """Lay down root's power to write everywhere, as long as the block lasts."""
    if os.geteuid():
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def guarded() -> Iterator[Path]:
    """A folder that others may enter (pytest's own is closed to them)."""
    folder = Path(tempfile.mkdtemp(prefix="bpr-store-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    rmtree(folder)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_read_only_file_and_folder(guarded: Path) -> None:
    file = guarded / "bpr.sqlite3"
    store = open_store(f"sqlite:///{file}")
    keep(store, "a.xlsx", b"1")
    store.engine.dispose()
    for path in guarded.iterdir():
        path.chmod(0o444)
    guarded.chmod(0o555)
    with ordinary_person(), pytest.raises(StoreError) as refused:
        keep(open_store(f"sqlite:///{file}"), "b.xlsx", b"2")
    text = str(refused.value)
    assert str(file) in text
    assert "権限を確かめてください。" in text


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_read_only_file_in_a_folder_that_is_not(guarded: Path) -> None:
    file = guarded / "bpr.sqlite3"
    open_store(f"sqlite:///{file}").engine.dispose()
    file.chmod(0o444)
    guarded.chmod(0o777)
    with ordinary_person(), pytest.raises(StoreError) as refused:
        keep(open_store(f"sqlite:///{file}"), "b.xlsx", b"2")
    assert "読み取り専用です。ファイルとフォルダの書き込み権限を確かめてください。" in str(
        refused.value
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_folder_without_permission(guarded: Path) -> None:
    with ordinary_person():
        text = refusal(f"sqlite:///{guarded}/data/bpr.sqlite3")
    assert "作れません。書き込める場所を指定してください。" in text


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/bpr.sqlite3")
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="ディスクの空きがありません。"):
        keep(store, "a.xlsx", b"x" * 100_000)
    assert store.list_uploads() == []
    store.engine.dispose()
