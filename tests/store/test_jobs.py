"""The queue of jobs: one after another, each with one worker, and none is lost with its server."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bpr.store import Act, Job, Store
from bpr.store.jobs import SILENT
from tests.store.at_once import at_once
from tests.store.kept import LOCAL, NOW, count, kept

Opener = Callable[[], Store]
SOON = NOW + timedelta(seconds=10)
LATE = NOW + SILENT + timedelta(seconds=1)
FILES = [("b.xlsx", b"\0\xff"), ("税務課/a.xlsx", b"")]


def queue(store: Store, total: int = 1, act: Act = LOCAL) -> int:
    return store.queue_job("import", total, {"n": total}, [], act)


def claim(store: Store, worker: str, now: datetime = NOW) -> Job:
    job = store.claim_job(worker, now)
    assert job is not None
    return job


def read(store: Store, number: int, now: datetime = NOW) -> Job:
    job = store.read_job(number, now)
    assert job is not None
    return job


def test_nothing_waits(store: Store) -> None:
    assert store.claim_job("w", NOW) is None
    assert store.read_job(1, NOW) is None
    assert store.find_job("import", {}, NOW) is None
    assert list(store.read_job_files(1)) == []


def test_a_job_waits_is_taken_tells_and_ends(store: Store, reopen: Opener) -> None:
    number = store.queue_job("import", 2, {"name": "税務課"}, FILES, Act("hanako", NOW))
    waiting = Job(number, 1, "import", 2, 0, "queued", "", "hanako", {"name": "税務課"}, None)
    assert read(store, number) == waiting
    running = replace(waiting, status="running")
    assert claim(reopen(), "w") == running
    assert read(store, number) == running
    half = replace(running, done=1, total=3, message="税務課.xlsx")
    assert store.tell_job(half, "w", SOON)
    assert read(store, number, SOON) == half
    ended = replace(half, done=3, status="done", message="済み", result={"read": 3, "名": None})
    assert store.end_job(ended, "w", SOON)
    assert read(store, number, LATE + SILENT) == ended
    assert store.claim_job("v", LATE + SILENT) is None


def test_an_empty_result_is_one(store: Store) -> None:
    queue(store)
    assert store.end_job(replace(claim(store, "w"), status="done", result={}), "w", NOW)
    assert read(store, 1).result == {}


def test_the_oldest_is_taken_first_whatever_its_edition(store: Store) -> None:
    second = store.of_edition(store.add_edition("乙", None, None, LOCAL))
    numbers = [queue(store), queue(second), queue(store)]
    taken = [claim(store, f"w{turn}") for turn in range(3)]
    assert [job.id for job in taken] == numbers
    assert [job.edition for job in taken] == [1, 2, 1]
    assert store.claim_job("w", NOW) is None


def test_one_job_is_never_taken_by_two(store: Store, reopen: Opener) -> None:
    """Eight threads of two programs, and forty jobs."""
    programs = [store, reopen()]
    numbers = [queue(store) for _ in range(40)]
    taken: dict[str, list[int]] = {f"w{number}": [] for number in range(8)}

    def work(program: Store, worker: str) -> None:
        while job := program.claim_job(worker, NOW):
            taken[worker].append(job.id)

    works = [partial(work, programs[n % 2], worker) for n, worker in enumerate(taken)]
    assert at_once(*works) == []
    assert sorted(job for jobs in taken.values() for job in jobs) == numbers
    owners = {job: worker for worker, jobs in taken.items() for job in jobs}
    assert kept(store.engine, "jobs", "id worker") == sorted(owners.items())


# --- workers that fall silent -------------------------------------------------------------------


def test_a_job_whose_worker_fell_silent_is_taken_over(store: Store) -> None:
    number = queue(store, 3)
    first = replace(claim(store, "first"), done=2, message="b.xlsx")
    assert store.tell_job(first, "first", NOW)
    assert not read(store, number, NOW + SILENT).silent
    assert store.claim_job("second", NOW + SILENT) is None
    assert read(store, number, LATE).silent
    second = claim(store, "second", LATE)
    assert (second.id, second.status, second.done, second.silent) == (number, "running", 0, False)
    assert not read(store, number, LATE).silent


def test_the_first_worker_of_a_job_taken_over_is_told_so_and_changes_nothing(store: Store) -> None:
    number = store.queue_job("import", 3, {}, FILES, LOCAL)
    first = claim(store, "first")
    second = replace(claim(store, "second", LATE), done=1)
    assert not store.tell_job(replace(first, done=3), "first", LATE)
    assert not store.end_job(replace(first, done=3, status="done"), "first", LATE)
    assert read(store, number, LATE).done == 0
    assert [*store.read_job_files(number)] == FILES
    assert store.tell_job(second, "second", LATE)
    assert store.end_job(replace(second, status="failed", message="x"), "second", LATE)
    assert not store.end_job(replace(first, done=3, status="done"), "first", LATE)
    assert read(store, number, LATE).status == "failed"


def test_a_word_in_time_keeps_a_job(store: Store) -> None:
    number = queue(store)
    job = claim(store, "first")
    assert store.tell_job(job, "first", NOW + SILENT)
    assert store.claim_job("second", LATE) is None
    assert not read(store, number, LATE).silent


def test_who_never_had_a_job_cannot_speak_for_it(store: Store) -> None:
    queue(store)
    job = read(store, 1)
    assert not store.tell_job(replace(job, done=1), "w", NOW)
    assert not store.end_job(replace(job, status="done"), "w", NOW)
    assert read(store, 1) == job


# --- files --------------------------------------------------------------------------------------


def test_files_wait_with_their_job_and_go_when_it_ends(store: Store) -> None:
    number = store.queue_job("import", 2, {}, FILES, LOCAL)
    other = store.queue_job("import", 1, {}, [("c.csv", b"1")], LOCAL)
    job = claim(store, "w")
    assert [*store.read_job_files(number)] == FILES
    store.tell_job(replace(job, done=1), "w", NOW)
    assert [*store.read_job_files(number)] == FILES
    assert store.end_job(replace(job, status="done"), "w", NOW)
    assert [*store.read_job_files(number)] == []
    assert [*store.read_job_files(other)] == [("c.csv", b"1")]
    assert count(store.engine, "job_files") == 1


# --- asked the same -----------------------------------------------------------------------------


def test_the_newest_job_of_this_edition_that_was_asked_the_same_is_found(store: Store) -> None:
    second = store.of_edition(store.add_edition("乙", None, None, LOCAL))
    asked = {"rows": [1, 2], "名": "一覧"}
    store.queue_job("export", 1, asked, [], LOCAL)
    newest = store.queue_job("export", 1, asked, [], LOCAL)
    store.queue_job("export", 1, {"rows": [2, 1], "名": "一覧"}, [], LOCAL)
    store.queue_job("import", 1, asked, [], LOCAL)
    second.queue_job("export", 1, asked, [], LOCAL)
    found = store.find_job("export", {"名": "一覧", "rows": [1, 2]}, NOW)
    assert found is not None
    assert (found.id, found.request) == (newest, asked)
    assert store.find_job("export", {"rows": [1, 2]}, NOW) is None
