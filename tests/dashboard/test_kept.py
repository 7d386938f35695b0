"""What is kept belongs to its objects: the same ones get it again, others never do."""

from threading import Barrier, Thread

from bpr.dashboard.kept import Kept


class Thing:
    """Something that is compared by what it is, as a report."""


def test_the_same_objects_get_the_same_result() -> None:
    kept, one, calls = Kept[list[int]](), Thing(), list[int]()

    def make() -> list[int]:
        calls.append(1)
        return [*calls]

    first = kept.make_once((one, None), "a", make)
    assert kept.make_once((one, None), "a", make) is first
    assert kept.make_once((one, None), "b", make) == [1, 1]
    assert kept.make_once((Thing(), None), "a", make) == [1, 1, 1]
    assert kept.make_once((one, None), "a", make) is first


def test_the_oldest_goes_first_and_an_object_lives_as_long_as_its_result() -> None:
    kept = Kept[int](most=2)
    for number in range(5):
        made = kept.make_once((Thing(),), None, lambda number=number: number)  # type: ignore[misc]
        assert made == number  # an identity that was used before would give an older number
    assert len(kept._results) == 2


def test_threads_that_ask_at_once_all_get_an_answer() -> None:
    kept, one, start, got = Kept[int](), Thing(), Barrier(8), list[int]()

    def ask() -> None:
        start.wait()
        got.append(kept.make_once((one,), "x", lambda: 7))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [7] * 8
