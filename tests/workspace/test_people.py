"""Accounts, logins that end by themselves, and what the log tells of them."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import polars as pl
import pytest

from bpr.errors import InputError, RefusedError
from bpr.workspace import Workspace
from bpr.workspace.acting import (
    LOCAL,
    Person,
    Scene,
    acting,
    current_scene,
    enter_scene,
    leave_scene,
)
from bpr.workspace.passwords import check_password, hash_password, is_password
from bpr.workspace.people import PasswordExpiredError
from tests.builder import SETTINGS
from tests.workspace.conftest import NOW, Opener

FIRST, SECRET = "Hajimete-0001", "Ashita-no-Tenki-7"
HERE, THERE = "192.0.2.1", "192.0.2.2"
RULES = SETTINGS.security


class Watch:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> Any:
        return self.now

    def pass_(self, **time: float) -> None:
        """Move it on."""
        self.now += timedelta(**time)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def office(reopen: Opener, watch: Watch) -> Workspace:
    """An administrator and a person of 税務課, who have chosen their passwords."""
    workspace = reopen()
    workspace.clock = watch
    for name, role, division in (("soumu", "admin", None), ("zeimu", "division", "税務課")):
        workspace.add_account(name, f"{name}さん", role, division, FIRST)
        workspace.change_password(name, FIRST, SECRET, HERE)
    return workspace


def told(workspace: Workspace, **asked: Any) -> list[tuple[str, str, str]]:
    """Who, what and about whom, the first first."""
    found = workspace.read_audit(**asked).sort("id")
    return list(found.select("who", "action", "object").iter_rows())


# --- accounts ------------------------------------------------------------------------------------


def test_the_first_account_is_an_administrator(workspace: Workspace) -> None:
    assert not workspace.has_accounts()
    with pytest.raises(InputError, match="最初のアカウントは管理者"):
        workspace.add_account("zeimu", "", "viewer", None, FIRST)
    assert not workspace.has_accounts()
    workspace.add_account("soumu", "", "admin", None, FIRST)
    assert workspace.has_accounts()
    assert workspace.list_accounts()["display_name"].to_list() == ["soumu"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": "soumu"}, "もうあります"),
        ({"name": "総務"}, "半角の英数字"),
        ({"name": ""}, "半角の英数字"),
        ({"name": "a" * 65}, "64 文字まで"),
        ({"name": "-a"}, "半角の英数字"),
        ({"role": "king"}, "役割「king」はありません"),
        ({"role": "division"}, "課の名前が要ります"),
        ({"role": "division", "division": " "}, "課の名前が要ります"),
        ({"password": "short"}, "10 文字以上"),
        ({"password": "a" * 20}, "2 種類以上"),
        ({"password": "Shinjin-0001"}, "アカウントの名前を入れない"),
        ({"password": "Aa1-" * 65}, "256 文字まで"),
    ],
)
def test_an_account_that_cannot_be(office: Workspace, change: dict[str, str], message: str) -> None:
    given: dict[str, Any] = {
        "name": "shinjin",
        "display_name": "",
        "role": "viewer",
        "password": FIRST,
    }
    before = office.list_accounts()
    with pytest.raises(InputError, match=message):
        office.add_account(**{**given, **change})
    assert office.list_accounts().equals(before)
    assert told(office, action="account.add") == [("local", "account.add", "soumu"), ("local", "account.add", "zeimu")]  # fmt: skip


def test_only_a_division_has_a_division(office: Workspace) -> None:
    office.add_account("kacho", "", "viewer", "税務課", FIRST)
    assert office.change_role("zeimu", "decider", "税務課")
    assert not office.change_role("zeimu", "decider")
    kept = office.list_accounts().select("name", "role", "division").rows()
    assert kept == [("kacho", "viewer", None), ("soumu", "admin", None), ("zeimu", "decider", None)]


def test_one_administrator_stays(office: Workspace) -> None:
    with pytest.raises(InputError, match="管理者がいなくなる"):
        office.disable_account("soumu")
    with pytest.raises(InputError, match="管理者がいなくなる"):
        office.change_role("soumu", "viewer")
    office.change_role("zeimu", "admin")
    assert office.disable_account("soumu")
    assert not office.disable_account("soumu")
    assert office.disable_account("soumu", disabled=False)


def test_an_unknown_account_is_told(office: Workspace) -> None:
    for change in (
        lambda: office.disable_account("inai"),
        lambda: office.change_role("inai", "viewer"),
        lambda: office.set_password("inai", FIRST),
    ):
        with pytest.raises(InputError, match="アカウント「inai」はありません"):
            change()


# --- logins --------------------------------------------------------------------------------------


def test_a_login_is_found_by_its_token_only(office: Workspace) -> None:
    token = office.log_in("zeimu", SECRET, HERE)
    assert office.find_person(token, HERE) == Person("zeimu", "zeimuさん", "division", "税務課")
    assert office.find_person(token + "x", HERE) is None
    assert office.find_person("", HERE) is None
    assert office.log_in("zeimu", SECRET, HERE) != token
    assert len(token) >= 40


@pytest.mark.parametrize("name", ["zeimu", "inai", "ZEIMU", ""])
def test_a_wrong_login_does_not_tell_what_is_wrong(office: Workspace, name: str) -> None:
    with pytest.raises(RefusedError, match=r"^アカウントの名前かパスワードが違います。$"):
        office.log_in(name, SECRET if name != "zeimu" else "chigau", HERE)


def test_a_login_ends_when_nobody_works(office: Workspace, watch: Watch) -> None:
    token = office.log_in("zeimu", SECRET, HERE)
    watch.pass_(minutes=RULES.session.idle_minutes)
    assert office.find_person(token, HERE)
    watch.pass_(minutes=RULES.session.idle_minutes, seconds=1)
    assert office.find_person(token, HERE) is None
    assert told(office)[-1] == ("zeimu", "login.expire", "zeimu")
    watch.pass_(minutes=-5)
    assert office.find_person(token, HERE) is None


def test_a_login_ends_after_the_longest_day(office: Workspace, watch: Watch) -> None:
    token = office.log_in("zeimu", SECRET, HERE)
    for _ in range(RULES.session.longest_hours * 4):
        watch.pass_(minutes=15)
        assert office.find_person(token, HERE)
    watch.pass_(seconds=1)
    assert office.find_person(token, HERE) is None


@pytest.mark.parametrize("change", ["role", "disable", "password"])
def test_a_change_of_the_account_ends_its_logins(office: Workspace, change: str) -> None:
    token, other = office.log_in("zeimu", SECRET, HERE), office.log_in("soumu", SECRET, HERE)
    if change == "role":
        office.change_role("zeimu", "viewer")
    elif change == "disable":
        office.disable_account("zeimu")
    else:
        office.set_password("zeimu", FIRST)
    assert office.find_person(token, HERE) is None
    assert office.find_person(other, HERE)


def test_log_out_ends_one_login(office: Workspace) -> None:
    one, two = office.log_in("zeimu", SECRET, HERE), office.log_in("zeimu", SECRET, THERE)
    office.log_out(one, HERE)
    office.log_out(one, HERE)
    office.log_out("nothing", HERE)
    assert office.find_person(one, HERE) is None
    assert office.find_person(two, THERE)
    assert told(office, action="logout") == [("zeimu", "logout", "zeimu")]


def test_guessing_is_slowed_down(office: Workspace, watch: Watch) -> None:
    for _ in range(RULES.login.tries_per_name):
        with pytest.raises(RefusedError, match="違います"):
            office.log_in("zeimu", "chigau", THERE)
    with pytest.raises(RefusedError, match="止めています"):
        office.log_in("zeimu", SECRET, HERE)
    assert office.log_in("soumu", SECRET, THERE)
    watch.pass_(minutes=RULES.login.within_minutes, seconds=1)
    assert office.log_in("zeimu", SECRET, HERE)


def test_guessing_of_many_names_is_slowed_down_too(office: Workspace) -> None:
    for number in range(RULES.login.tries_per_place):
        with pytest.raises(RefusedError, match="違います"):
            office.log_in(f"inai{number}", "chigau", THERE)
    with pytest.raises(RefusedError, match="止めています"):
        office.log_in("soumu", SECRET, THERE)
    assert office.log_in("soumu", SECRET, HERE)


def test_old_passwords_are_guessed_no_faster(office: Workspace) -> None:
    for _ in range(RULES.login.tries_per_name):
        with pytest.raises(RefusedError, match="違います"):
            office.change_password("zeimu", "chigau", SECRET + "x", THERE)
    with pytest.raises(RefusedError, match="止めています"):
        office.change_password("zeimu", SECRET, SECRET + "x", THERE)


def test_a_login_that_works_forgives_the_failures(office: Workspace) -> None:
    for _ in range(3):
        for _ in range(RULES.login.tries_per_name - 1):
            with pytest.raises(RefusedError, match="違います"):
                office.log_in("zeimu", "chigau", HERE)
        assert office.log_in("zeimu", SECRET, HERE)


# --- passwords -----------------------------------------------------------------------------------


def test_a_given_password_opens_nothing_but_its_change(office: Workspace) -> None:
    office.set_password("zeimu", FIRST)
    with pytest.raises(PasswordExpiredError):
        office.log_in("zeimu", FIRST, HERE)
    with pytest.raises(RefusedError, match="違います"):
        office.log_in("zeimu", SECRET, HERE)
    with pytest.raises(InputError, match="前と同じ"):
        office.change_password("zeimu", FIRST, FIRST, HERE)
    office.change_password("zeimu", FIRST, SECRET, HERE)
    assert office.log_in("zeimu", SECRET, HERE)


def test_without_a_password_only_a_proxy_lets_in(office: Workspace) -> None:
    office.add_account("kacho", "課長", "decider")
    for given in ("", "nobody", "None"):
        with pytest.raises(RefusedError, match="違います"):
            office.log_in("kacho", given, HERE)
    assert office.find_vouched("kacho") == Person("kacho", "課長", "decider", None)
    assert office.find_vouched("inai") is None
    office.add_account("SOUMU", "総務", "viewer")
    office.disable_account("kacho")
    assert office.find_vouched("kacho") is None
    assert office.find_vouched("kacho", "SOUMU") is None, "who is disabled is nobody else"
    assert office.find_vouched("inai", "SOUMU") == Person("SOUMU", "総務", "viewer", None)


def test_outside_of_tests_a_password_costs_what_the_standard_asks() -> None:
    """RFC 9106, second recommended choice: argon2id, 3 passes over 64 MiB, 4 lanes."""
    code = "from bpr.workspace.passwords import hash_password as h; print(h('Kaze-to-2027'))"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_hashes_tell_nothing() -> None:
    one, two = hash_password(SECRET), hash_password(SECRET)
    assert one != two
    assert one.startswith("$argon2id$")
    assert SECRET not in one
    assert is_password(one, SECRET)
    assert not is_password(one, SECRET + " ")
    assert not is_password(None, "nobody")
    assert not is_password("rubbish", "rubbish")


@pytest.mark.parametrize("password", ["Abcdefgh12", "業務の量を測る-2027", "abc def ghi"])
def test_passwords_that_are_good(password: str) -> None:
    check_password(password, "zeimu", RULES.password)


# --- the log -------------------------------------------------------------------------------------


def test_the_log_tells_who_did_what_from_where(office: Workspace, watch: Watch) -> None:
    office.log_in("zeimu", SECRET, HERE)
    with pytest.raises(RefusedError):
        office.log_in("soumu", "chigau", THERE)
    watch.pass_(hours=1)
    with acting(Person("soumu", "", "admin"), THERE):
        office.disable_account("zeimu")
    found = office.read_audit(most=3).select("at", "who", "place", "action", "object").rows()
    assert found == [
        ("2027-06-20T04:00:00.000000+00:00", "soumu", THERE, "account.change", "zeimu"),
        ("2027-06-20T03:00:00.000000+00:00", "soumu", THERE, "login.refuse", "soumu"),
        ("2027-06-20T03:00:00.000000+00:00", "zeimu", HERE, "login", "zeimu"),
    ]
    assert office.read_audit(who="zeimu")["action"].to_list()[:1] == ["login"]
    assert office.read_audit(text="eim", action="login").height == 1
    assert office.check_audit().broken_at is None


def test_no_password_stands_anywhere(office: Workspace, tmp_path: Any) -> None:
    with pytest.raises(RefusedError):
        office.log_in("zeimu", "Kore-ha-Himitsu", HERE)
    token = office.log_in("zeimu", SECRET, HERE)
    log = office.read_audit().select(pl.all().cast(pl.String)).rows()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for secret in (SECRET, FIRST, "Kore-ha-Himitsu", token, "argon2"):
        assert secret not in str(log)
    for secret in (SECRET, FIRST, "Kore-ha-Himitsu", token):
        assert secret.encode() not in kept


# --- scenes --------------------------------------------------------------------------------------


@contextmanager
def broken() -> Iterator[None]:
    with pytest.raises(ZeroDivisionError):
        yield


def test_a_scene_ends_whatever_happens(workspace: Workspace) -> None:
    outer = enter_scene(Scene(LOCAL, HERE))
    with broken(), acting(Person("a", "", "viewer"), THERE):
        assert workspace.person().account == "a"
        raise ZeroDivisionError
    assert current_scene() == Scene(LOCAL, HERE)
    leave_scene(outer)
    assert current_scene() is None
    assert workspace.person() == LOCAL
    workspace.needs_login = True
    with pytest.raises(RefusedError, match="ログインしてください"):
        workspace.person()
