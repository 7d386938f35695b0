"""Words on groups: kept in their order, never erased, and they change the revision."""

from collections.abc import Callable

import polars as pl

from bpr.frames import DataFrame, GroupWords, empty
from bpr.store import Store
from tests.store.kept import LOCAL, NOW, kept

Opener = Callable[[], Store]
WORDS = [
    ("family:payments", None, "confirm", None, None),
    ("family:payments", "税務課-1", "take_out", None, "審査だから"),
    ("family:payments", None, "rename", "伝票", None),
    ("family:payments", None, "unconfirm", None, None),
]


def words(*rows: tuple[str | None, ...]) -> DataFrame[GroupWords]:
    return GroupWords.validate(pl.DataFrame(rows, schema=empty(GroupWords).schema, orient="row"))


def test_nobody_has_said_anything(store: Store) -> None:
    assert store.read_group_words().equals(empty(GroupWords))


def test_words_come_back_in_their_order(store: Store, reopen: Opener) -> None:
    store.add_group_words(words(*WORDS[:2]), LOCAL)
    store.add_group_words(words(*WORDS[2:]), LOCAL)
    assert reopen().read_group_words().rows() == WORDS


def test_who_and_when_are_kept_and_nothing_is_erased(store: Store) -> None:
    store.add_group_words(words(*WORDS), LOCAL)
    assert kept(store.engine, "group_words", "id action decided_at decided_by") == [
        (number, word[2], NOW, "local") for number, word in enumerate(WORDS, start=1)
    ]


def test_a_word_changes_the_revision_but_not_the_reports(store: Store) -> None:
    before, of_report = store.revision(), store.report_revision()
    store.add_group_words(words(WORDS[0]), LOCAL)
    assert store.revision() != before
    assert store.report_revision() == of_report


def test_no_words_are_no_change(store: Store) -> None:
    before = store.revision()
    store.add_group_words(words(), LOCAL)
    assert store.revision() == before
