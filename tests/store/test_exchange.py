"""Files of other towns: the latest counts, nothing is erased, and a town can be taken out."""

from collections.abc import Callable

from bpr.store import Store, TownFile
from tests.store.kept import LOCAL, NOW, count, kept

Opener = Callable[[], Store]
LAKE, HILL = TownFile("湖町", b"PK\0\xff"), TownFile("丘町", b"")


def test_there_are_no_towns_at_first(store: Store) -> None:
    assert store.list_town_files() == []


def test_towns_come_back_by_name_byte_for_byte(store: Store, reopen: Opener) -> None:
    assert store.add_town_file(LAKE, LOCAL)
    assert store.add_town_file(HILL, LOCAL)
    assert reopen().list_town_files() == [HILL, LAKE]


def test_the_latest_file_of_a_town_counts_and_all_are_kept(store: Store) -> None:
    store.add_town_file(LAKE, LOCAL)
    later = TownFile(LAKE.town, b"later")
    assert store.add_town_file(later, LOCAL)
    assert store.list_town_files() == [later]
    rows = kept(store.engine, "exchange_files", "town data added_at added_by")
    assert rows == [("湖町", file.data, NOW, "local") for file in (LAKE, later)]


def test_the_same_file_again_is_no_change(store: Store) -> None:
    store.add_town_file(LAKE, LOCAL)
    assert not store.add_town_file(LAKE, LOCAL)
    assert count(store.engine, "exchange_files") == 1


def test_a_town_is_taken_out_and_may_come_again(store: Store) -> None:
    store.add_town_file(LAKE, LOCAL)
    assert store.withdraw_town_file(LAKE.town, LOCAL)
    assert store.list_town_files() == []
    assert not store.withdraw_town_file(LAKE.town, LOCAL)
    assert not store.withdraw_town_file("山町", LOCAL)
    assert store.add_town_file(LAKE, LOCAL)
    assert store.list_town_files() == [LAKE]
    assert count(store.engine, "exchange_files") == 3


def test_other_editions_see_the_same_towns(store: Store) -> None:
    store.of_edition(7).add_town_file(LAKE, LOCAL)
    assert store.list_town_files() == [LAKE]
