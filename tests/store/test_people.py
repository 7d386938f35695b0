"""Accounts, logins and failed logins."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from bpr.errors import InputError
from bpr.frames import empty
from bpr.frames.people import Accounts
from bpr.store import Account, Act, Session, Store
from tests.store.kept import LOCAL, NOW, count, kept
from tests.store.rows import read_all
from tests.store.writes import find_account

Opener = Callable[[], Store]
LATER = NOW + timedelta(hours=2)
HANAKO = Account(1, "hanako", "総務 花子", "admin", None, "$argon2id$1")
TARO = Account(2, "taro", "税務 太郎", "viewer", "税務課", None, disabled=False, must_change=True)


def add_both(store: Store) -> None:
    store.add_account(HANAKO, LOCAL)
    store.add_account(TARO, LOCAL)


def refuse(store: Store, name: str, changes: dict[str, object], reason: str) -> None:
    before = read_all(store.database)
    with pytest.raises(InputError, match=reason):
        store.change_account(name, changes, LOCAL)
    assert read_all(store.database) == before


# --- accounts -----------------------------------------------------------------------------------


def test_there_is_nobody(store: Store) -> None:
    assert not store.has_accounts()
    assert store.read_account("hanako") is None
    assert store.list_accounts().equals(empty(Accounts))


def test_accounts_come_back_as_they_were_added(store: Store, reopen: Opener) -> None:
    add_both(store)
    other = reopen()
    assert other.has_accounts()
    assert [other.read_account("hanako"), other.read_account("taro")] == [HANAKO, TARO]
    assert other.list_accounts().rows() == [
        ("hanako", "総務 花子", "admin", None, False, True, NOW),
        ("taro", "税務 太郎", "viewer", "税務課", False, False, NOW),
    ]


def test_a_name_is_taken_once(store: Store) -> None:
    add_both(store)
    before = read_all(store.database)
    with pytest.raises(
        InputError, match="アカウント「taro」はもうあります。別の名前にしてください。"
    ):
        store.add_account(replace(HANAKO, name="taro"), LOCAL)
    assert read_all(store.database) == before
    store.add_account(replace(HANAKO, name="Taro"), LOCAL)


def test_an_account_is_changed(store: Store) -> None:
    add_both(store)
    assert store.change_account("taro", {"role": "editor", "division": None}, Act("x", LATER))
    assert find_account(store, "taro") == replace(TARO, role="editor", division=None)
    assert find_account(store, "hanako") == HANAKO
    assert store.list_accounts()["changed_at"].to_list() == [NOW, LATER]


def test_what_is_so_already_is_no_change_and_ends_no_login(store: Store) -> None:
    add_both(store)
    store.open_session(TARO, "token", LOCAL)
    assert not store.change_account("taro", {"role": "viewer"}, Act("x", LATER))
    assert store.read_session("token") is not None
    assert store.list_accounts()["changed_at"].to_list() == [NOW, NOW]


def test_an_unknown_name_is_told(store: Store) -> None:
    add_both(store)
    refuse(store, "jiro", {"role": "admin"}, "アカウント「jiro」はありません。")


@pytest.mark.parametrize("changes", [{"disabled": True}, {"role": "viewer"}])
def test_the_last_administrator_stays(store: Store, changes: dict[str, object]) -> None:
    add_both(store)
    store.open_session(HANAKO, "token", LOCAL)
    refuse(store, "hanako", changes, "管理者がいなくなるので、変えられません。")
    assert store.read_session("token") is not None
    store.add_account(replace(HANAKO, name="jiro", disabled=True), LOCAL)
    refuse(store, "hanako", changes, "先に、ほかの人を管理者にしてください。")
    assert store.change_account("taro", {"role": "admin"}, LOCAL)
    assert store.change_account("hanako", changes, LOCAL)
    refuse(store, "taro", changes, "管理者がいなくなる")


def test_the_last_administrator_may_have_a_new_password(store: Store) -> None:
    add_both(store)
    assert store.change_account("hanako", {"password_hash": "$new"}, LOCAL)
    assert find_account(store, "hanako").password_hash == "$new"  # noqa: S105 - made up


def test_who_is_no_administrator_is_changed_even_where_there_is_none(store: Store) -> None:
    store.add_account(TARO, LOCAL)
    assert store.change_account("taro", {"disabled": True}, LOCAL)
    assert store.change_account("taro", {"disabled": False}, LOCAL)


# --- logins -------------------------------------------------------------------------------------


def test_a_login_is_open_until_it_is_ended(store: Store, reopen: Opener) -> None:
    add_both(store)
    store.open_session(TARO, "token", Act("taro", LATER, "192.0.2.7"))
    assert reopen().read_session("token") == Session(TARO, LATER, LATER)
    assert store.read_session("other") is None
    store.touch_session("token", LATER + timedelta(minutes=5))
    assert store.read_session("token") == Session(TARO, LATER, LATER + timedelta(minutes=5))
    assert kept(store.engine, "sessions", "id account_id place") == [("token", 2, "192.0.2.7")]
    store.end_session("token", LOCAL)
    assert store.read_session("token") is None


@pytest.mark.parametrize(
    "changes",
    [{"password_hash": "$new"}, {"role": "editor"}, {"division": None}, {"disabled": True}],
)
def test_a_change_ends_all_logins_of_that_account_only(
    store: Store, changes: dict[str, object]
) -> None:
    add_both(store)
    for account, token in ((TARO, "a"), (TARO, "b"), (HANAKO, "c")):
        store.open_session(account, token, LOCAL)
    store.change_account("taro", changes, LOCAL)
    assert [store.read_session(token) is not None for token in "abc"] == [False, False, True]
    assert count(store.engine, "sessions") == 1


def test_a_disabled_account_has_no_login_even_if_a_row_is_left(store: Store) -> None:
    add_both(store)
    store.change_account("taro", {"disabled": True}, LOCAL)
    store.open_session(TARO, "token", LOCAL)
    assert store.read_session("token") is None


# --- failed logins ------------------------------------------------------------------------------


def fail(store: Store, name: str, place: str, minutes: int) -> None:
    store.add_failure(name, Act("", NOW + timedelta(minutes=minutes), place), None)


def test_failures_are_counted_by_name_and_by_place_since_a_moment(store: Store) -> None:
    for name, place, minutes in (("taro", "A", 0), ("taro", "B", 10), ("jiro", "A", 20)):
        fail(store, name, place, minutes)

    def counted(name: str, place: str, minutes: int) -> tuple[int, int]:
        return store.count_failures(name, place, NOW + timedelta(minutes=minutes))

    assert counted("taro", "A", 0) == (2, 2)
    assert counted("taro", "A", 1) == (1, 1)
    assert counted("taro", "A", 10) == (1, 1)
    assert counted("taro", "A", 11) == (0, 1)
    assert counted("jiro", "B", 0) == (1, 1)
    assert counted("Taro", "C", 0) == (0, 0)
    assert counted("taro", "A", 21) == (0, 0)


def test_letting_somebody_in_forgets_the_failures_of_that_name_only(store: Store) -> None:
    add_both(store)
    for name in ("taro", "taro", "hanako"):
        fail(store, name, "A", 0)
    store.open_session(TARO, "token", LOCAL)
    assert store.count_failures("taro", "B", NOW) == (0, 0)
    assert store.count_failures("hanako", "A", NOW) == (1, 1)


def test_what_was_typed_as_a_name_is_kept_as_a_hash_only(store: Store) -> None:
    """People type their password there."""
    typed = "ひみつのことば1"
    fail(store, typed, "A", 0)
    store.add_failure("taro", Act("taro", NOW, "A"), "taro")
    assert kept(store.engine, "login_failures", "name_hash") == [
        (sha256(name.encode()).hexdigest(),) for name in (typed, "taro")
    ]
    assert kept(store.engine, "audit_log", "action object") == [
        ("login.refuse", "（知らない名前）"),
        ("login.refuse", "taro"),
    ]
    assert typed not in str(read_all(store.database))
