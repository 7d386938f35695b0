"""What is kept: returned files as they came, and what people decided; nothing is ever lost."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Barrier, Thread

from bpr.store import Store
from tests.builder import assert_rows

Opener = Callable[[], Store]
ROOT = Path(__file__).parents[2]
NOW = datetime(2025, 4, 1, 9, 30, tzinfo=UTC)


def add(store: Store, *files: tuple[str, bytes]) -> list[str]:
    return store.add_uploads(files, NOW, "local")


def correct(store: Store, task_id: str, work_class: str | None, reason: str | None = None) -> None:
    store.add_correction(task_id, work_class, reason, NOW, "local")


def kept(path: Path, query: str) -> list[tuple[object, ...]]:
    """What the file really holds, read without our program."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


# --- uploads ------------------------------------------------------------------------------------


def test_an_empty_store(store: Store) -> None:
    assert store.list_uploads() == []
    assert store.read_corrections().height == 0
    assert store.revision() == (0, 0)


def test_files_come_back_as_they_were_in_the_order_of_names(store: Store) -> None:
    assert add(store, ("b.xlsx", b"\x00\xff"), ("a.csv", b"")) == ["b.xlsx", "a.csv"]
    found = [(upload.name, upload.data, upload.sha256) for upload in store.list_uploads()]
    assert found == [
        ("a.csv", b"", sha256(b"").hexdigest()),
        ("b.xlsx", b"\x00\xff", sha256(b"\x00\xff").hexdigest()),
    ]


def test_the_same_bytes_again_are_not_new(store: Store, path: Path) -> None:
    add(store, ("a.xlsx", b"1"), ("b.xlsx", b"2"))
    before = store.revision()
    assert add(store, ("a.xlsx", b"1"), ("b.xlsx", b"2")) == []
    assert store.revision() == before
    assert kept(path, "select count(*) from uploads") == [(2,)]


def test_changed_bytes_are_new_and_the_latest_counts(store: Store, path: Path) -> None:
    add(store, ("a.xlsx", b"1"), ("b.xlsx", b"2"))
    assert add(store, ("a.xlsx", b"3"), ("b.xlsx", b"2")) == ["a.xlsx"]
    assert [(upload.name, upload.data) for upload in store.list_uploads()] == [
        ("a.xlsx", b"3"),
        ("b.xlsx", b"2"),
    ]
    assert kept(path, "select name, data from uploads order by id") == [
        ("a.xlsx", b"1"),
        ("b.xlsx", b"2"),
        ("a.xlsx", b"3"),
    ]


def test_going_back_to_earlier_bytes_is_a_change(store: Store) -> None:
    for data in (b"1", b"2", b"1"):
        assert add(store, ("a.xlsx", data)) == ["a.xlsx"]
    assert [upload.data for upload in store.list_uploads()] == [b"1"]


def test_names_in_japanese_and_of_folders(store: Store) -> None:
    names = ["税務課/調査票（最終）.xlsx", "税務課/調査票（最終）コピー.xlsx"]
    add(store, *((name, b"x") for name in names))
    assert sorted(upload.name for upload in store.list_uploads()) == sorted(names)


def test_who_and_when_are_kept(store: Store, path: Path) -> None:
    add(store, ("a.xlsx", b"1"))
    correct(store, "t1", "core")
    assert kept(path, "select imported_at, imported_by from uploads") == [
        ("2025-04-01 09:30:00.000000", "local")
    ]
    assert kept(path, "select decided_at, decided_by from corrections") == [
        ("2025-04-01 09:30:00.000000", "local")
    ]


# --- corrections --------------------------------------------------------------------------------


def test_the_last_word_counts_and_none_is_erased(store: Store, path: Path) -> None:
    correct(store, "t1", "core", "審査がある")
    correct(store, "t2", "expert")
    correct(store, "t1", "routine", "様式が決まっている")
    assert_rows(
        store.read_corrections().sort("task_id"),
        "task_id work_class reason",
        [["t1", "routine", "様式が決まっている"], ["t2", "expert", None]],
    )
    assert kept(path, "select task_id, work_class from corrections order by id") == [
        ("t1", "core"),
        ("t2", "expert"),
        ("t1", "routine"),
    ]


def test_null_takes_a_word_back_and_keeps_the_history(store: Store, path: Path) -> None:
    correct(store, "t1", "core")
    correct(store, "t1", None, "誤り")
    assert store.read_corrections().height == 0
    assert kept(path, "select work_class from corrections order by id") == [("core",), (None,)]
    correct(store, "t1", "expert")
    assert_rows(store.read_corrections(), "task_id work_class", [["t1", "expert"]])


def test_every_change_shows_in_the_revision(store: Store) -> None:
    seen = [store.revision()]
    for change in (
        lambda: add(store, ("a.xlsx", b"1")),
        lambda: correct(store, "t1", "core"),
        lambda: correct(store, "t1", None),
        lambda: add(store, ("a.xlsx", b"2")),
    ):
        change()
        seen.append(store.revision())
    assert len(set(seen)) == len(seen)


def test_another_run_sees_everything(store: Store, reopen: Opener) -> None:
    add(store, ("a.xlsx", b"1"))
    correct(store, "t1", "core", "審査がある")
    other = reopen()
    assert [upload.name for upload in other.list_uploads()] == ["a.xlsx"]
    assert_rows(
        other.read_corrections(), "task_id work_class reason", [["t1", "core", "審査がある"]]
    )
    assert other.revision() == store.revision()


# --- two at once --------------------------------------------------------------------------------


def at_once(*works: Callable[[], None]) -> list[BaseException]:
    """Run the works side by side from the same moment; return what they raised."""
    start, raised = Barrier(len(works)), list[BaseException]()

    def run(work: Callable[[], None]) -> None:
        start.wait()
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - handed to the test
            raised.append(error)

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def write_many(store: Store, who: str) -> None:
    for number in range(25):
        add(store, (f"{who}{number}.xlsx", who.encode()))
        correct(store, f"{who}{number}", "core")


def test_two_threads_lose_nothing(store: Store) -> None:
    raised = at_once(lambda: write_many(store, "a"), lambda: write_many(store, "b"))
    assert raised == []
    assert len(store.list_uploads()) == 50
    assert store.read_corrections().height == 50


def test_two_programs_lose_nothing(reopen: Opener) -> None:
    first, second = reopen(), reopen()
    raised = at_once(lambda: write_many(first, "a"), lambda: write_many(second, "b"))
    assert raised == []
    assert len(first.list_uploads()) == 50
    assert second.read_corrections().height == 50


def test_a_reader_beside_a_writer_sees_whole_states(store: Store, reopen: Opener) -> None:
    """One call of add_uploads is seen as a whole or not at all."""
    reader, sizes = reopen(), set[int]()

    def write() -> None:
        for number in range(20):
            add(store, *((f"{number}-{part}.xlsx", b"x") for part in range(5)))

    def read() -> None:
        for _ in range(60):
            sizes.add(len(reader.list_uploads()))

    assert at_once(write, read) == []
    assert {size % 5 for size in sizes} == {0}


START = """
import sys, time
from pathlib import Path
from bpr.store import open_store

print("ready", flush=True)
while not Path(sys.argv[2]).exists():
    time.sleep(0.001)
print(open_store(sys.argv[1]).revision())
"""


def test_two_programs_that_start_together_make_one_store(path: Path, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", START, f"sqlite:///{path}", str(gate)],
            cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]  # fmt: skip
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    gate.touch()
    ended = [program.communicate(timeout=60) for program in programs]
    assert [out for out, _ in ended] == ["(0, 0)\n"] * 2, [error[-300:] for _, error in ended]
