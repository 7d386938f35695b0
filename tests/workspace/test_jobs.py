"""Jobs: they outlive the process that began them, and what they found serves every other."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bpr.store import Act, Job
from bpr.workspace import Opinion, Workspace
from bpr.workspace.acting import LOCAL, Person, acting
from tests.builder import workbook
from tests.workspace.common_town import common_town

ROOT = Path(__file__).parents[2]
HEADER = ["No", "課名", "業務名", "年間件数", "1件あたり時間（分）"]
_SLOW_SERVER = """
import sys, time
from bpr.workspace import Workspace
from bpr.workspace.intake import Desk

town, receive = Workspace.open(sys.argv[1]), Desk.receive

def slowly(self, workbook):
    found = receive(self, workbook)
    print(workbook.name, flush=True)
    time.sleep(0.2)
    return found

Desk.receive = slowly
town.resume_jobs()
time.sleep(60)
"""


def files(count: int) -> list[tuple[str, bytes]]:
    return [
        (f"{n}課.xlsx", workbook([HEADER, [n, f"{n}課", f"第{n}業務", 10, 6]]).data)
        for n in range(1, count + 1)
    ]


def wait_for(town: Workspace, job_id: int) -> Job:
    for _ in range(2_400):
        job = town.job(job_id)
        if job.status not in {"queued", "running"}:
            return job
        time.sleep(0.05)
    pytest.fail("the job does not end")


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/town.sqlite3"


@pytest.fixture
def opened(address: str) -> Callable[..., Workspace]:
    def open_town(later: timedelta = timedelta()) -> Workspace:
        town = Workspace.open(address)
        town.clock = lambda: datetime.now(UTC) + later
        return town

    return open_town


def test_an_import_outlives_its_server(address: str, opened: Callable[..., Workspace]) -> None:
    """Killed in the middle, it is taken over as soon as its worker has been silent for long."""
    town = opened()
    act = Act(LOCAL.account, datetime.now(UTC))
    job_id = town.store.queue_job("import", 12, {}, files(12), act)
    command = [sys.executable, "-c", _SLOW_SERVER, address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        assert server.stdout is not None
        done = [server.stdout.readline().strip() for _ in range(3)]
        os.kill(server.pid, signal.SIGKILL)
    assert done == ["1課.xlsx", "2課.xlsx", "3課.xlsx"]
    left = town.job(job_id)
    assert (left.status, left.silent) == ("running", False)
    before = len(town.store.list_uploads())
    assert 3 <= before < 12

    ended = wait_for(opened(timedelta(minutes=2)), job_id)
    assert (ended.status, ended.done, ended.total) == ("done", 12, 12)
    assert len(town.store.list_uploads()) == 12
    unchanged = int(ended.message.split("変わらない ")[1].split("、")[0].rstrip("）。"))
    assert unchanged == before
    assert opened().report().tasks.height == 12
    assert list(town.store.read_job_files(job_id)) == []


def test_a_job_acts_for_the_person_who_asked(opened: Callable[..., Workspace]) -> None:
    town = opened()
    with acting(Person("soumu", "総務課", "admin"), "192.0.2.7"):
        job_id = town.start_import(files(2))
    assert wait_for(town, job_id).started_by == "soumu"
    assert set(town.read_audit(action="upload.add")["who"]) == {"soumu"}


def test_a_job_works_in_the_edition_in_which_it_was_asked(opened: Callable[..., Workspace]) -> None:
    town = opened()
    first = town.edition().id
    second = town.open_edition("みどり野町", 2025)
    with acting(LOCAL, "", first):
        wait_for(town, town.start_import(files(2)))
        assert town.report().tasks.height == 2
    with acting(LOCAL, "", second):
        assert town.report().tasks.height == 0


def test_a_sample_that_a_job_drew_serves_every_process(
    opened: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    town = opened()
    theme = town.list_themes()[0]
    opinion = Opinion({theme: 2.0})
    town.import_workbooks([common_town()])
    drawn = town.sensitivity(opinion)
    job_id = opened().start_sampling(opinion)
    job = wait_for(town, job_id)
    assert job.status == "done"
    assert job.message.startswith(f"{drawn.certainty.height} 業務の順位を計算しました（")
    assert town.start_sampling(opinion) == job_id

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("drawn again")

    monkeypatch.setattr("bpr.workspace.scoring.rank_samples", refuse)
    other = opened().sensitivity(opinion)
    assert other.certainty.equals(drawn.certainty)
    assert other.judgements.equals(drawn.judgements)
    assert (other.samples, other.top, other.spread) == (drawn.samples, drawn.top, drawn.spread)
    assert town.start_sampling(Opinion({theme: 3.0})) != job_id
