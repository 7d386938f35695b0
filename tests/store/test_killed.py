"""A program that is killed at any moment leaves whole writes, and all of those that it had done."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from bpr.store import Store
from tests.store.kept import kept
from tests.store.mortal import EVENTS

Opener = Callable[[], Store]
KILLS = 50
ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows kills otherwise")


@contextmanager
def start(url: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.store.mortal", url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, bufsize=1, **pipes) as program:  # type: ignore[call-overload] # of text
        yield program


def kill_one(program: "subprocess.Popen[str]", turn: int, chance: Random) -> list[str]:
    """Kill a child after some of its writes and a moment; return what it had told by then."""
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(f"{turn}\n")
    told = list[str]()
    lines = (line.strip() for line in program.stdout)
    pid = int(next(lines).removeprefix("started "))
    for _ in range(chance.randrange(6)):
        told.append(next(lines))
        assert told[-1] != "dead", "it died of itself"
    time.sleep(chance.uniform(0, 0.03))
    os.kill(pid, signal.SIGKILL)
    told.extend(iter(lines.__next__, "dead"))
    return [line for line in told if line != "opened"]


def read_whole(store: Store) -> set[str]:
    """Names of the writes that are there; each must be there wholly and once."""
    if store.engine.dialect.name == "sqlite":
        with store.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    uploads = kept(store.engine, "uploads", "name sha256 data")
    for name, digest, data in uploads:
        assert data == sha256(str(name).encode()).digest() * 1_000
        assert digest == sha256(data).hexdigest()
    events = kept(store.engine, "target_events", "values")
    decisions = Counter(json.loads(str(values))["notes"] for (values,) in events)
    assert set(decisions.values()) <= {EVENTS}
    assert store.read_record().events.height == len(events)
    told = [str(name) for (name,) in kept(store.engine, "audit_log", "object")]
    assert len(told) == len(set(told))
    assert {*told} == {str(name) for name, *_ in uploads} | {*decisions}
    check = store.check_audit()
    assert (check.rows, check.broken_at) == (len(told), None)
    return {*told}


def test_all_that_was_told_is_there_and_at_most_one_write_more(url: str, reopen: Opener) -> None:
    chance, there = Random(20_250_401), set[str]()  # noqa: S311 - no secret
    with start(url) as program:
        for turn in range(KILLS):
            told = kill_one(program, turn, chance)
            store = reopen()
            found = read_whole(store)
            store.engine.dispose()
            new = found - there
            assert there <= found
            assert {*told} <= new
            assert len(new) <= len(told) + 1
            assert new == {f"{turn}-{number}" for number in range(len(new))}
            there = found
        assert program.stdin is not None
        program.stdin.close()
    assert program.returncode == 0
    assert len(there) > KILLS
