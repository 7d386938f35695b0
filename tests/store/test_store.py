"""What is kept: returned files as they came, and what people decided; nothing is ever lost."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import polars as pl

from bpr.frames import DataFrame, Offices, empty
from bpr.store import Act, ConfirmedForm, Correction, Store, make_upload
from tests.builder import assert_rows
from tests.store.at_once import at_once
from tests.store.kept import LOCAL, NOW, kept

Opener = Callable[[], Store]
ROOT = Path(__file__).parents[2]
EMPTY = (0, 0, 0, 0, 0)


def add(store: Store, *files: tuple[str, bytes]) -> None:
    """Keep files whatever is there already."""
    for name, data in files:
        seen = next((r.id for r in store.list_records() if r.name == name), None)
        assert store.add_upload(make_upload(name, data), name, seen, LOCAL)


def correct(store: Store, task_id: str, work_class: str | None, reason: str | None = None) -> None:
    store.add_corrections([Correction(task_id, work_class, reason, None)], LOCAL)


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


def test_changed_bytes_are_new_and_the_latest_counts(store: Store) -> None:
    add(store, ("a.xlsx", b"1"), ("b.xlsx", b"2"))
    add(store, ("a.xlsx", b"3"))
    assert [(upload.name, upload.data) for upload in store.list_uploads()] == [
        ("a.xlsx", b"3"),
        ("b.xlsx", b"2"),
    ]
    assert kept(store.engine, "uploads", "name data") == [
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


def test_who_and_when_are_kept(store: Store) -> None:
    add(store, ("a.xlsx", b"1"))
    correct(store, "t1", "core")
    assert kept(store.engine, "uploads", "imported_at imported_by") == [(NOW, "local")]
    assert kept(store.engine, "corrections", "decided_at decided_by") == [(NOW, "local")]


# --- every change ------------------------------------------------------------------------------


def test_every_change_shows_in_the_revision(store: Store) -> None:
    seen = [store.revision()]
    for change in (
        lambda: add(store, ("a.xlsx", b"1")),
        lambda: correct(store, "t1", "core"),
        lambda: correct(store, "t1", None),
        lambda: store.undo_corrections(2, LOCAL),
        lambda: add(store, ("a.xlsx", b"2")),
        lambda: store.withdraw_upload("a.xlsx", LOCAL),
        lambda: store.restore_upload("a.xlsx", LOCAL),
        lambda: store.add_form(ConfirmedForm("f", {"件数": "annual_count"}, "x"), LOCAL),
        lambda: store.add_offices(offices("税務課"), LOCAL),
        lambda: store.add_offices(offices("税務課"), LOCAL),
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


def test_a_withdrawn_workbook_does_not_count_and_nothing_is_erased(store: Store) -> None:
    add(store, ("a.xlsx", b"1"), ("b.xlsx", b"2"))
    later = datetime(2025, 5, 1, tzinfo=UTC)
    assert store.withdraw_upload("a.xlsx", Act("who", later))
    assert [upload.name for upload in store.list_uploads()] == ["b.xlsx"]
    assert [(r.name, r.withdrawn) for r in store.list_records()] == [
        ("a.xlsx", True),
        ("b.xlsx", False),
    ]
    upload = store.read_upload("a.xlsx")
    assert upload is not None
    assert upload.data == b"1"
    assert kept(store.engine, "uploads", "name data imported_at withdrawn_at withdrawn_by") == [
        ("a.xlsx", b"1", NOW, None, None),
        ("b.xlsx", b"2", NOW, None, None),
        ("a.xlsx", b"1", NOW, later, "who"),
    ]


def test_a_withdrawn_workbook_comes_back(store: Store) -> None:
    add(store, ("a.xlsx", b"1"))
    store.withdraw_upload("a.xlsx", Act("first", NOW))
    assert store.restore_upload("a.xlsx", Act("second", NOW))
    assert [upload.data for upload in store.list_uploads()] == [b"1"]
    assert kept(store.engine, "uploads", "imported_by withdrawn_by") == [
        ("local", None),
        ("local", "first"),
        ("second", None),
    ]


def test_only_what_counts_is_withdrawn_and_only_what_is_withdrawn_comes_back(store: Store) -> None:
    assert not store.withdraw_upload("a.xlsx", LOCAL)
    assert not store.restore_upload("a.xlsx", LOCAL)
    add(store, ("a.xlsx", b"1"))
    assert not store.restore_upload("a.xlsx", LOCAL)
    assert store.withdraw_upload("a.xlsx", LOCAL)
    assert not store.withdraw_upload("a.xlsx", LOCAL)


def test_a_new_file_of_a_withdrawn_name_counts(store: Store) -> None:
    add(store, ("a.xlsx", b"1"))
    store.withdraw_upload("a.xlsx", LOCAL)
    add(store, ("a.xlsx", b"2"))
    assert [upload.data for upload in store.list_uploads()] == [b"2"]


def test_what_was_decided_on_an_old_state_is_refused(store: Store) -> None:
    """Another program kept a file of this name in between."""
    upload = make_upload("a.xlsx", b"1")
    assert store.add_upload(upload, "a.xlsx", None, LOCAL)
    assert not store.add_upload(make_upload("a.xlsx", b"2"), "a.xlsx", None, LOCAL)
    assert [kept.data for kept in store.list_uploads()] == [b"1"]


# --- forms and offices ----------------------------------------------------------------------------


def test_the_last_word_on_a_form_counts(store: Store) -> None:
    old = ConfirmedForm("a", {"件数": "annual_count", "備考": None}, "税務課.xlsx / 調査票")
    other = ConfirmedForm("b", {"業務": "task_name"}, "福祉課.xlsx / 調査票")
    new = ConfirmedForm("a", {"件数": None, "備考": "issues"}, "税務課.xlsx / 調査票")
    for form in (old, other, new):
        store.add_form(form, LOCAL)
    assert store.list_forms() == [new, other]
    assert kept(store.engine, "forms", "fingerprint columns") == [
        ("a", '{"件数": "annual_count", "備考": null}'),
        ("b", '{"業務": "task_name"}'),
        ("a", '{"件数": null, "備考": "issues"}'),
    ]


def test_the_last_list_counts_as_a_whole(store: Store) -> None:
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
    store.add_offices(Offices.validate(first), LOCAL)
    assert store.read_offices().equals(first)
    store.add_offices(offices("総務課"), LOCAL)
    assert store.read_offices()["division"].to_list() == ["総務課"]
    assert kept(store.engine, "offices", "list_id division") == [
        (1, "税務課"),
        (1, "福祉課"),
        (2, "総務課"),
    ]


# --- two at once --------------------------------------------------------------------------------


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
            store.add_offices(offices(*(f"{number}-{part}課" for part in range(5))), LOCAL)

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


def test_two_programs_that_start_together_make_one_store(empty_url: str, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", START, empty_url, str(gate)],
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
