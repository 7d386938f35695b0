"""What is kept: returned files as they came, and what people decided; nothing is ever lost."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Barrier, Thread

import polars as pl

from bpr.frames import DataFrame, Offices, empty
from bpr.store import ConfirmedForm, Job, Store, make_upload
from tests.builder import assert_rows

Opener = Callable[[], Store]
ROOT = Path(__file__).parents[2]
NOW = datetime(2025, 4, 1, 9, 30, tzinfo=UTC)
EMPTY = (0, 0, 0, 0)


def add(store: Store, *files: tuple[str, bytes]) -> None:
    """Keep files whatever is there already."""
    for name, data in files:
        seen = next((r.id for r in store.list_records() if r.name == name), None)
        assert store.add_upload(make_upload(name, data), name, seen, NOW, "local")


def correct(store: Store, task_id: str, work_class: str | None, reason: str | None = None) -> None:
    store.add_correction(task_id, work_class, reason, NOW, "local")


def kept(path: Path, query: str) -> list[tuple[object, ...]]:
    """What the file really holds, read without our program."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def offices(*divisions: str) -> DataFrame[Offices]:
    rows = [{"division": name} for name in divisions]
    return Offices.validate(pl.DataFrame(rows, schema=empty(Offices).schema))


# --- uploads ------------------------------------------------------------------------------------


def test_an_empty_store(store: Store) -> None:
    assert store.list_uploads() == []
    assert store.read_corrections().height == 0
    assert store.list_records() == []
    assert store.list_forms() == []
    assert store.read_offices().height == 0
    assert store.revision() == EMPTY


def test_files_come_back_as_they_were_in_the_order_of_names(store: Store) -> None:
    add(store, ("b.xlsx", b"\x00\xff"), ("a.csv", b""))
    found = [(upload.name, upload.data, upload.sha256) for upload in store.list_uploads()]
    assert found == [
        ("a.csv", b"", sha256(b"").hexdigest()),
        ("b.xlsx", b"\x00\xff", sha256(b"\x00\xff").hexdigest()),
    ]


def test_changed_bytes_are_new_and_the_latest_counts(store: Store, path: Path) -> None:
    add(store, ("a.xlsx", b"1"), ("b.xlsx", b"2"))
    add(store, ("a.xlsx", b"3"))
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
        add(store, ("a.xlsx", data))
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
        lambda: store.withdraw_upload("a.xlsx", NOW, "local"),
        lambda: store.restore_upload("a.xlsx", NOW, "local"),
        lambda: store.add_form(ConfirmedForm("f", {"件数": "annual_count"}, "x"), NOW, "local"),
        lambda: store.add_offices(offices("税務課"), NOW, "local"),
        lambda: store.add_offices(offices("税務課"), NOW, "local"),
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


# --- withdrawals --------------------------------------------------------------------------------


def test_a_withdrawn_workbook_does_not_count_and_nothing_is_erased(
    store: Store, path: Path
) -> None:
    add(store, ("a.xlsx", b"1"), ("b.xlsx", b"2"))
    later = datetime(2025, 5, 1, tzinfo=UTC)
    assert store.withdraw_upload("a.xlsx", later, "who")
    assert [upload.name for upload in store.list_uploads()] == ["b.xlsx"]
    assert [(r.name, r.withdrawn) for r in store.list_records()] == [
        ("a.xlsx", True),
        ("b.xlsx", False),
    ]
    upload = store.read_upload("a.xlsx")
    assert upload is not None
    assert upload.data == b"1"
    assert kept(path, "select name, data, imported_at, withdrawn_at, withdrawn_by from uploads where name = 'a.xlsx' order by id") == [
        ("a.xlsx", b"1", "2025-04-01 09:30:00.000000", None, None),
        ("a.xlsx", b"1", "2025-04-01 09:30:00.000000", "2025-05-01 00:00:00.000000", "who"),
    ]  # fmt: skip


def test_a_withdrawn_workbook_comes_back(store: Store, path: Path) -> None:
    add(store, ("a.xlsx", b"1"))
    store.withdraw_upload("a.xlsx", NOW, "first")
    assert store.restore_upload("a.xlsx", NOW, "second")
    assert [upload.data for upload in store.list_uploads()] == [b"1"]
    assert kept(path, "select imported_by, withdrawn_by from uploads order by id") == [
        ("local", None),
        ("local", "first"),
        ("second", None),
    ]


def test_only_what_counts_is_withdrawn_and_only_what_is_withdrawn_comes_back(store: Store) -> None:
    assert not store.withdraw_upload("a.xlsx", NOW, "local")
    assert not store.restore_upload("a.xlsx", NOW, "local")
    add(store, ("a.xlsx", b"1"))
    assert not store.restore_upload("a.xlsx", NOW, "local")
    assert store.withdraw_upload("a.xlsx", NOW, "local")
    assert not store.withdraw_upload("a.xlsx", NOW, "local")


def test_a_new_file_of_a_withdrawn_name_counts(store: Store) -> None:
    add(store, ("a.xlsx", b"1"))
    store.withdraw_upload("a.xlsx", NOW, "local")
    add(store, ("a.xlsx", b"2"))
    assert [upload.data for upload in store.list_uploads()] == [b"2"]


def test_what_was_decided_on_an_old_state_is_refused(store: Store) -> None:
    """Another program kept a file of this name in between."""
    upload = make_upload("a.xlsx", b"1")
    assert store.add_upload(upload, "a.xlsx", None, NOW, "local")
    assert not store.add_upload(make_upload("a.xlsx", b"2"), "a.xlsx", None, NOW, "local")
    assert [kept.data for kept in store.list_uploads()] == [b"1"]


# --- forms, offices, jobs -----------------------------------------------------------------------


def test_the_last_word_on_a_form_counts(store: Store, path: Path) -> None:
    old = ConfirmedForm("a", {"件数": "annual_count", "備考": None}, "税務課.xlsx / 調査票")
    other = ConfirmedForm("b", {"業務": "task_name"}, "福祉課.xlsx / 調査票")
    new = ConfirmedForm("a", {"件数": None, "備考": "issues"}, "税務課.xlsx / 調査票")
    for form in (old, other, new):
        store.add_form(form, NOW, "local")
    assert store.list_forms() == [new, other]
    assert kept(path, "select fingerprint, columns from forms order by id") == [
        ("a", '{"件数": "annual_count", "備考": null}'),
        ("b", '{"業務": "task_name"}'),
        ("a", '{"件数": null, "備考": "issues"}'),
    ]


def test_the_last_list_counts_as_a_whole(store: Store, path: Path) -> None:
    first = pl.DataFrame(
        {
            "division": ["税務課", "福祉課"],
            "department": [None, "福祉部"],
            "due": [date(2027, 6, 30), None],
            "regular_staff": [8.5, None],
            "nonregular_staff": [None, 0.0],
        },
        schema=empty(Offices).schema,
    )
    store.add_offices(Offices.validate(first), NOW, "local")
    assert store.read_offices().equals(first)
    store.add_offices(offices("総務課"), NOW, "local")
    assert store.read_offices()["division"].to_list() == ["総務課"]
    assert kept(path, "select list_id, division from offices order by id") == [
        (1, "税務課"),
        (1, "福祉課"),
        (2, "総務課"),
    ]


def test_a_job_tells_how_far_it_is(store: Store) -> None:
    job_id = store.start_job("import", 3, NOW)
    assert store.read_job(job_id, NOW) == Job(job_id, "import", 3, 0, "running", "")
    store.update_job(Job(job_id, "import", 4, 4, "done", "済み"), NOW)
    assert store.read_job(job_id, NOW) == Job(job_id, "import", 4, 4, "done", "済み")
    assert store.read_job(job_id + 1, NOW) is None


def test_a_job_that_fell_silent_was_interrupted(store: Store) -> None:
    job_id = store.start_job("import", 3, NOW)
    store.update_job(Job(job_id, "import", 3, 1, "running", "税務課.xlsx"), NOW)
    soon = store.read_job(job_id, NOW + timedelta(minutes=4))
    late = store.read_job(job_id, NOW + timedelta(minutes=6))
    assert soon is not None
    assert soon.status == "running"
    assert late is not None
    assert (late.status, late.done) == ("failed", 1)
    assert late.message.startswith("中断しました。")
    done = Job(job_id, "import", 3, 3, "done", "")
    store.update_job(done, NOW)
    assert store.read_job(job_id, NOW + timedelta(days=30)) == done


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
    """A list of offices is seen as a whole or not at all."""
    reader, sizes = reopen(), set[int]()

    def write() -> None:
        for number in range(20):
            store.add_offices(offices(*(f"{number}-{part}課" for part in range(5))), NOW, "local")

    def read() -> None:
        for _ in range(60):
            sizes.add(reader.read_offices().height)

    assert at_once(write, read) == []
    assert sizes <= {0, 5}


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
    assert [out for out, _ in ended] == [f"{EMPTY}\n"] * 2, [error[-300:] for _, error in ended]
