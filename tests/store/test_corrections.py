"""People's words on classes: in batches, undone by adding, never erased."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bpr.store import Act, Correction, PastCorrection, Store
from tests.builder import assert_rows
from tests.store.kept import LOCAL, NOW, kept

Opener = Callable[[], Store]


def say(
    store: Store, word: str | None, *tasks: str, reason: str | None = None, who: str = "local"
) -> int:
    """One decision on tasks; the machine says "routine" of all."""
    given = [Correction(task, word, reason, "routine") for task in tasks]
    return store.add_corrections(given, Act(who, NOW))


def undo(store: Store, batch: int) -> list[str]:
    return store.undo_corrections(batch, Act("local", NOW + timedelta(hours=1)))


def undo_last(store: Store) -> list[str]:
    batch = store.last_decision("local")
    assert batch is not None
    return undo(store, batch)


def counting(store: Store) -> dict[str, str]:
    """What counts now: task -> class."""
    return dict(store.read_corrections().select("task_id", "work_class").iter_rows())


# --- what counts --------------------------------------------------------------------------------


def test_the_last_word_counts_and_none_is_erased(store: Store) -> None:
    say(store, "core", "t1", reason="審査がある")
    say(store, "expert", "t2")
    say(store, "routine", "t1", reason="様式が決まっている")
    assert_rows(
        store.read_corrections(),
        "task_id work_class reason automatic_class sequence",
        [
            ["t2", "expert", None, "routine", 2],
            ["t1", "routine", "様式が決まっている", "routine", 3],
        ],
    )
    assert kept(store.engine, "corrections", "task_id work_class") == [
        ("t1", "core"),
        ("t2", "expert"),
        ("t1", "routine"),
    ]


def test_null_takes_a_word_back_and_keeps_the_history(store: Store) -> None:
    say(store, "core", "t1")
    say(store, None, "t1", reason="誤り")
    assert counting(store) == {}
    assert kept(store.engine, "corrections", "work_class") == [("core",), (None,)]
    say(store, "expert", "t1")
    assert counting(store) == {"t1": "expert"}


def test_one_decision_on_many_tasks_is_one_batch(store: Store) -> None:
    assert [say(store, "core", "t1", "t2", "t3"), say(store, "expert", "t2")] == [1, 2]
    assert counting(store) == {"t1": "core", "t3": "core", "t2": "expert"}
    assert kept(store.engine, "corrections", "batch task_id") == [
        (1, "t1"),
        (1, "t2"),
        (1, "t3"),
        (2, "t2"),
    ]


def test_who_when_and_what_the_machine_said_are_kept(store: Store) -> None:
    say(store, "core", "t1", who="someone")
    store.add_corrections([Correction("t2", "core", None, None)], LOCAL)
    assert kept(store.engine, "corrections", "decided_at decided_by automatic_class") == [
        (NOW, "someone", "routine"),
        (NOW, "local", None),
    ]


# --- undoing ------------------------------------------------------------------------------------


def test_undoing_the_first_word_leaves_none(store: Store) -> None:
    say(store, "core", "t1")
    assert undo_last(store) == ["t1"]
    assert counting(store) == {}


def test_undoing_puts_back_the_former_word_with_its_reason(store: Store) -> None:
    say(store, "core", "t1", reason="審査がある")
    say(store, "expert", "t1", reason="誤り")
    assert undo_last(store) == ["t1"]
    assert_rows(
        store.read_corrections(), "task_id work_class reason", [["t1", "core", "審査がある"]]
    )


def test_undoing_a_withdrawal_puts_the_word_back(store: Store) -> None:
    say(store, "core", "t1")
    say(store, None, "t1")
    undo_last(store)
    assert counting(store) == {"t1": "core"}


def test_a_decision_on_many_tasks_is_undone_as_a_whole(store: Store) -> None:
    say(store, "core", "t2")
    say(store, "expert", "t1", "t2", "t3")
    assert undo_last(store) == ["t1", "t2", "t3"]
    assert counting(store) == {"t2": "core"}
    assert kept(store.engine, "corrections", "batch undoes task_id work_class")[4:] == [
        (3, 2, "t1", None),
        (3, 2, "t2", "core"),
        (3, 2, "t3", None),
    ]


def test_what_was_decided_since_is_left_alone(store: Store) -> None:
    bulk = say(store, "core", "t1", "t2")
    say(store, "expert", "t1")
    assert undo(store, bulk) == ["t2"]
    assert counting(store) == {"t1": "expert"}


def test_where_all_was_decided_since_nothing_is_undone(store: Store) -> None:
    first = say(store, "core", "t1")
    say(store, "expert", "t1")
    assert undo(store, first) == []
    assert counting(store) == {"t1": "expert"}
    assert len(kept(store.engine, "corrections", "id")) == 2


def test_a_decision_is_undone_once(store: Store) -> None:
    batch = say(store, "core", "t1")
    assert undo(store, batch) == ["t1"]
    assert undo(store, batch) == []
    assert len(kept(store.engine, "corrections", "id")) == 2


def test_undoing_twice_goes_back_two_decisions(store: Store) -> None:
    say(store, "core", "t1")
    say(store, "expert", "t2")
    assert [undo_last(store), undo_last(store)] == [["t2"], ["t1"]]
    assert counting(store) == {}
    assert store.last_decision("local") is None


def test_undoing_twice_goes_back_two_words_on_the_same_task(store: Store) -> None:
    """The first undoing is no decision that stands in the way of the second."""
    say(store, "core", "t1")
    say(store, "expert", "t1")
    assert undo_last(store) == ["t1"]
    assert undo_last(store) == ["t1"]
    assert counting(store) == {}


def test_a_word_after_an_undoing_can_be_undone(store: Store) -> None:
    say(store, "core", "t1")
    undo_last(store)
    say(store, "expert", "t1")
    assert undo_last(store) == ["t1"]
    assert counting(store) == {}


def test_undoing_what_was_never_decided(store: Store) -> None:
    assert undo(store, 7) == []
    assert store.last_decision("local") is None


def test_only_ones_own_decisions_are_the_last(store: Store) -> None:
    own = say(store, "core", "t1")
    say(store, "expert", "t2", who="other")
    assert store.last_decision("local") == own
    assert store.last_decision("nobody") is None


# --- history ------------------------------------------------------------------------------------


def test_the_history_of_a_task(store: Store, reopen: Opener) -> None:
    say(store, "core", "t1", reason="審査がある")
    say(store, "expert", "t2")
    say(store, "expert", "t1", who="other")
    undo(store, 3)
    lines = [
        (h.work_class, h.reason, h.automatic_class, h.decided_by, h.undoes)
        for h in reopen().read_history("t1")
    ]
    assert lines == [
        ("core", "審査がある", "routine", "local", None),
        ("expert", None, "routine", "other", None),
        ("core", "審査がある", "routine", "local", 3),
    ]


def test_the_history_tells_when(store: Store) -> None:
    say(store, "core", "t1")
    [line] = store.read_history("t1")
    assert line == PastCorrection("core", None, "routine", line.decided_at, "local", None)
    assert line.decided_at == NOW
    assert store.read_history("t2") == []


@pytest.mark.parametrize("count", [2, 300])
def test_many_tasks_in_one_decision(store: Store, count: int) -> None:
    tasks = [f"t{number}" for number in range(count)]
    say(store, "core", *tasks)
    assert store.read_corrections()["task_id"].to_list() == tasks
    assert undo_last(store) == tasks
