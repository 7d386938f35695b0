"""Editions: opened, closed and opened again; what belongs to one never shows in another."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bpr.errors import InputError
from bpr.store import Act, ConfirmedForm, Correction, Edition, NewEvaluation, Store, make_upload
from tests.store.kept import LOCAL, NOW, kept
from tests.store.rows import read_all
from tests.store.writes import ROWS, TOLD, group_words, offices, prepare

LATER = datetime(2025, 9, 1, 15, 0, tzinfo=UTC)
WORD = ("family:payments", None, "confirm", None, None)


def write_into(store: Store, name: str) -> None:
    """A workbook, a class, a list of offices, a word on a group and a ranking."""
    store.add_upload(make_upload("a.xlsx", name.encode()), f"{name}.xlsx", None, LOCAL)
    store.add_corrections([Correction("t1", "core", name, None)], LOCAL)
    store.add_offices(offices(name), LOCAL)
    store.add_group_words(group_words((f"family:{name}", None, "confirm", None, None)), LOCAL)
    store.add_evaluation(NewEvaluation(name, None, None, {}, "d", 1), ROWS, LOCAL)


def show(store: Store) -> dict[str, object]:
    return {
        "uploads": [upload.data.decode() for upload in store.list_uploads()],
        "records": [record.given_name for record in store.list_records()],
        "corrections": store.read_corrections()["reason"].to_list(),
        "history": [past.reason for past in store.read_history("t1")],
        "offices": store.read_offices()["division"].to_list(),
        "words": store.read_group_words()["group_key"].to_list(),
        "rankings": [ranking.title for ranking in store.list_evaluations()],
    }


def own(*names: str) -> dict[str, object]:
    """What an edition shows into which these were written."""
    return {
        "uploads": [*names[-1:]],
        "records": [f"{name}.xlsx" for name in names[-1:]],
        "corrections": [*names[-1:]],
        "history": [*names],
        "offices": [*names[-1:]],
        "words": [f"family:{name}" for name in names],
        "rankings": [*reversed(names)],
    }


def test_there_is_a_first_edition_without_a_name(store: Store) -> None:
    [first] = store.list_editions()
    assert (first.id, first.name, first.municipality, first.fiscal_year) == (1, "", None, None)
    assert first.closed_at is None


def test_an_edition_is_opened(store: Store) -> None:
    number = store.add_edition("令和8年度", "架空市", 2026, Act("hanako", LATER))
    assert number == 2
    assert store.list_editions()[1] == Edition(2, "令和8年度", "架空市", 2026, LATER, None)
    assert kept(store.engine, "editions", "id opened_by")[1] == (2, "hanako")
    assert store.add_edition("", None, None, LOCAL) == 3


def test_rows_of_one_edition_never_show_in_another(store: Store) -> None:
    numbers = [1, *(store.add_edition(name, None, None, LOCAL) for name in "乙丙")]
    for number, name in zip(numbers, "甲乙丙", strict=True):
        write_into(store.of_edition(number), name)
    assert [show(store.of_edition(number)) for number in numbers] == [own(n) for n in "甲乙丙"]
    assert show(store.of_edition(4)) == own()


def test_names_and_numbers_of_one_edition_say_nothing_in_another(store: Store) -> None:
    write_into(store, "甲")
    second = store.of_edition(store.add_edition("乙", None, None, LOCAL))
    assert second.read_upload("a.xlsx") is None
    assert not second.knows_upload("a.xlsx", make_upload("a.xlsx", "甲".encode()).sha256)
    assert not second.withdraw_upload("a.xlsx", LOCAL)
    assert second.undo_corrections(1, LOCAL) == []
    assert second.last_decision("local") is None
    assert second.read_evaluation(1) is None
    assert show(store) == own("甲")
    assert second.add_upload(make_upload("a.xlsx", b"2"), "a.xlsx", None, LOCAL)
    assert second.withdraw_upload("a.xlsx", LOCAL)
    assert show(store) == own("甲")
    assert store.read_evaluation(1) is not None


def test_a_change_in_one_edition_is_none_in_another(store: Store) -> None:
    second = store.of_edition(store.add_edition("乙", None, None, LOCAL))
    before = store.revision(), store.report_revision()
    write_into(second, "乙")
    assert (store.revision(), store.report_revision()) == before
    assert second.revision() == (1, 1, 0, 1, 1)
    assert second.report_revision() == (1, 1, 0, 1)


def test_batches_of_corrections_are_numbered_through_all_editions(store: Store) -> None:
    second = store.of_edition(store.add_edition("乙", None, None, LOCAL))
    given = [Correction("t1", "core", None, None)]
    assert [one.add_corrections(given, LOCAL) for one in (store, second, store)] == [1, 2, 3]
    assert second.undo_corrections(3, LOCAL) == []
    assert store.undo_corrections(3, LOCAL) == ["t1"]
    assert second.read_corrections().height == 1


# --- closing ------------------------------------------------------------------------------------


def test_an_edition_is_closed_and_opened_again(store: Store) -> None:
    assert store.close_edition("公表した", Act("hanako", LATER))
    assert store.list_editions()[0].closed_at == LATER
    assert not store.close_edition("もう一度", LOCAL)
    assert store.reopen_edition("誤りがあった", Act("taro", LATER + timedelta(days=1)))
    assert store.list_editions()[0].closed_at is None
    assert not store.reopen_edition(None, LOCAL)
    assert store.close_edition(None, Act("hanako", LATER + timedelta(days=2)))
    assert store.list_editions()[0].closed_at == LATER + timedelta(days=2)
    assert kept(store.engine, "edition_events", "edition_id action reason decided_by") == [
        (1, "close", "公表した", "hanako"),
        (1, "reopen", "誤りがあった", "taro"),
        (1, "close", None, "hanako"),
    ]


def test_each_edition_is_closed_on_its_own(store: Store) -> None:
    second = store.of_edition(store.add_edition("乙", None, None, LOCAL))
    second.close_edition(None, LOCAL)
    assert [one.closed_at for one in store.list_editions()] == [None, NOW]
    write_into(store, "甲")
    assert show(store) == own("甲")


def test_an_edition_that_is_not_there_is_neither_closed_nor_opened(store: Store) -> None:
    assert not store.of_edition(7).close_edition(None, LOCAL)
    assert not store.of_edition(7).reopen_edition(None, LOCAL)
    assert kept(store.engine, "edition_events", "id") == []


REFUSED: dict[str, Callable[[Store], object]] = {
    "add_upload": lambda s: s.add_upload(make_upload("n.xlsx", b"1"), "n.xlsx", None, LOCAL),
    "withdraw_upload": lambda s: s.withdraw_upload("a.xlsx", LOCAL),
    "restore_upload": lambda s: s.restore_upload("b.xlsx", LOCAL),
    "add_corrections": lambda s: s.add_corrections([Correction("t", None, None, None)], LOCAL),
    "undo_corrections": lambda s: s.undo_corrections(1, LOCAL),
    "add_group_words": lambda s: s.add_group_words(group_words(WORD), LOCAL),
    "add_form": lambda s: s.add_form(ConfirmedForm("f", {}, "x"), LOCAL),
    "add_offices": lambda s: s.add_offices(offices("税務課"), LOCAL),
}


def test_every_write_that_asks_whether_the_edition_is_open_is_tried_here(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(store)
    asked = set()
    for name, write in TOLD.items():
        with monkeypatch.context() as patch:
            looks = list[object]()
            patch.setattr("bpr.store.transactions.require_open", lambda *at: looks.append(at))  # noqa: B023 - called in this turn
            write.call(store)
        asked |= {name} if looks else set()
    assert asked == {*REFUSED}


def test_a_closed_edition_refuses_every_change_and_keeps_nothing_of_it(store: Store) -> None:
    write_into(store, "甲")
    store.add_upload(make_upload("b.xlsx", b"1"), "b.xlsx", None, LOCAL)
    store.withdraw_upload("b.xlsx", LOCAL)
    store.close_edition(None, LOCAL)
    before = read_all(store.database)
    for name, write in REFUSED.items():
        with pytest.raises(InputError) as refused:
            write(store)
        assert "先に締め切りを解いてください。" in str(refused.value), name
        assert read_all(store.database) == before, name
    store.reopen_edition(None, LOCAL)
    for name, write in REFUSED.items():
        write(store)
        assert read_all(store.database) != before, name
        before = read_all(store.database)


def test_what_reads_and_ranks_goes_on_in_a_closed_edition(store: Store) -> None:
    write_into(store, "甲")
    store.close_edition(None, LOCAL)
    assert show(store) == own("甲")
    assert store.add_evaluation(NewEvaluation("乙", None, None, {}, "d", 1), ROWS, LOCAL) == 2
