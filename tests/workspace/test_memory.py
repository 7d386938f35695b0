"""What is remembered belongs to the report of now: the same one gets it again, another never does."""

from threading import Barrier, Thread
from typing import Any, cast

from bpr.report import Report
from bpr.workspace.memory import Memory


def a_report() -> Report:
    """Something that is compared by what it is, as a report."""
    return cast("Report", object())


def test_the_same_report_and_key_get_the_same_result() -> None:
    memory, one, calls = Memory(), a_report(), list[int]()

    def make() -> list[int]:
        calls.append(1)
        return [*calls]

    first = memory.remember(one, ("a",), make)
    assert memory.remember(one, ("a",), make) is first
    assert memory.remember(one, ("b",), make) == [1, 1]
    assert memory.remember(one, ("a",), make) is first
    assert memory.remember(a_report(), ("a",), make) == [1, 1, 1]
    assert memory.remember(one, ("a",), make) == [1, 1, 1, 1]  # the other one took its place


def test_the_oldest_goes_first() -> None:
    memory, one = Memory(most=2), a_report()
    for number in range(5):
        assert memory.remember(one, (number,), lambda number=number: number) == number  # type: ignore[misc]
    assert len(memory._results) == 2


def test_threads_that_ask_at_once_all_get_an_answer() -> None:
    memory, one, start, got = Memory(), a_report(), Barrier(8), list[Any]()

    def ask() -> None:
        start.wait()
        got.append(memory.remember(one, ("x",), lambda: 7))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [7] * 8
