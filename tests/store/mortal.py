"""A program that writes without end, to be killed at any moment; it tells each write that is done.

It answers each line of its input with a child, which can so be had without starting Python again.
"""

import os
import signal
import sys
from hashlib import sha256
from itertools import count
from typing import NoReturn
from unittest.mock import patch

from bpr.frames.deciding import Measurements, TargetEvents
from bpr.store import Act, Record, deciding, make_upload, open_store
from tests.store.kept import NOW
from tests.store.writes import keep, target

EVENTS = 3
"""So many rows each decision has."""


NOTHING = Record(TargetEvents.create_empty(), Measurements.create_empty())
"""What a child reads before it decides: polars stands still after a fork."""


def main(url: str) -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            with patch.object(deciding, "_read_record", return_value=NOTHING):
                write_for_ever(url, line.strip())
        os.waitpid(child, 0)
        tell("dead")


def write_for_ever(url: str, turn: str) -> NoReturn:
    signal.alarm(60)  # should it ever stand still, nobody waits for it
    tell(f"started {os.getpid()}")
    store = open_store(url)
    tell("opened")
    for number in count():
        name = f"{turn}-{number}"
        act = Act("mortal", NOW, "192.0.2.7")
        if number % 2:
            events = [target(notes=name) for _ in range(EVENTS)]
            store.decide("target.create", keep(*events, name=name), act)
        else:
            data = sha256(name.encode()).digest() * 1_000
            store.add_upload(make_upload(name, data), name, None, act)
        tell(name)
    raise AssertionError


def tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1])
