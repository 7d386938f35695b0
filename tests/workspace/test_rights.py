"""Every use case names its right, and every role is held to it."""

import inspect
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from bpr.errors import InputError, RefusedError
from bpr.terms import ROLES
from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, Person, acting
from bpr.workspace.rights import RIGHTS, Right, has_right, right_of
from tests.tabulate.town import town_workbook
from tests.workspace.conftest import Opener

USE_CASES = {
    name: method
    for name, method in inspect.getmembers(Workspace, inspect.isfunction)
    if not name.startswith("_") and name not in {one.name for one in fields(Workspace)}
}
PEOPLE = {
    role: Person(role, role, role, "税務課" if role == "division" else None) for role in ROLES
}


@pytest.fixture
def town(reopen: Opener) -> Workspace:
    workspace = reopen()
    workspace.import_workbooks([town_workbook()])
    workspace.needs_login = True
    return workspace


def test_there_is_something_to_guard() -> None:
    assert {"list_tasks", "correct_classes", "add_account", "export_tables"} <= set(USE_CASES)
    assert len(USE_CASES) > 60


@pytest.mark.parametrize("name", USE_CASES)
def test_every_use_case_names_its_right(name: str) -> None:
    assert isinstance(right_of(USE_CASES[name]), Right)


def test_what_each_role_may() -> None:
    """Stated once more, by hand: a change of rights must be meant."""
    assert {role: sorted(rights) for role, rights in RIGHTS.items()} == {
        "admin": ["classify", "collect", "decide", "manage", "measure", "open", "read", "weigh", "whole"],
        "decider": ["classify", "decide", "measure", "open", "read", "weigh", "whole"],
        "division": ["classify", "measure", "open", "read"],
        "viewer": ["open", "read", "whole"],
    }  # fmt: skip
    assert set(RIGHTS) == set(ROLES)


OPEN = {
    "change_password",
    "edition",
    "find_person",
    "find_vouched",
    "has_accounts",
    "log_in",
    "log_out",
    "person",
    "resume_jobs",
}
"""What is done before anybody is known; nothing of a survey comes out of it."""


def test_what_is_open_to_everybody() -> None:
    assert {name for name, method in USE_CASES.items() if right_of(method) is Right.OPEN} == OPEN


def is_refused(call: Callable[[], Any]) -> bool:
    """Whether it is refused; whatever else happens comes after the question of rights."""
    try:
        call()
    except RefusedError:
        return True
    except Exception:  # noqa: BLE001 - called without arguments
        return False
    return False


@pytest.mark.parametrize("name", sorted(set(USE_CASES) - OPEN))
def test_every_role_is_held_to_its_rights(town: Workspace, name: str) -> None:
    right = right_of(USE_CASES[name])
    assert right is not None
    refused = {}
    for role, person in PEOPLE.items():
        with acting(person):
            refused[role] = is_refused(getattr(town, name))
    assert refused == {role: right not in RIGHTS[role] for role in ROLES}


@pytest.mark.parametrize("name", sorted(set(USE_CASES) - OPEN))
def test_nobody_unknown_gets_anything(town: Workspace, name: str) -> None:
    assert is_refused(getattr(town, name))
    with acting(Person("x", "x", "no such role")):
        assert is_refused(getattr(town, name))


def test_without_accounts_the_one_at_this_machine_may_everything() -> None:
    assert all(has_right(LOCAL, right) for right in Right)


def test_a_division_writes_only_to_its_own_rows(town: Workspace) -> None:
    with acting(PEOPLE["division"]):
        town.correct_classes(["税務課-1"], "core", None)
        with pytest.raises(InputError, match="福祉課-1"):
            town.correct_classes(["福祉課-1"], "core", None)
    with acting(PEOPLE["admin"]):
        town.correct_classes(["福祉課-2"], "core", None)
    with acting(PEOPLE["division"]):
        assert town.undo_correction() == ["税務課-1"]
        with pytest.raises(InputError, match="元に戻せる記録がありません"):
            town.undo_correction()
    with acting(PEOPLE["admin"]):
        assert town.read_history("福祉課-1") == []
        assert len(town.read_history("福祉課-2")) == 1


def what_comes_of(ask: Callable[[str], Any], task: str) -> str:
    """The answer, or the error; without the name that was asked for."""
    try:
        told = ask(task)
    except InputError as error:
        told = error
    return str(told).replace(task, "?")


def test_a_task_of_others_is_as_one_that_is_not_there(town: Workspace) -> None:
    with acting(PEOPLE["admin"]):
        town.correct_classes(["福祉課-2"], "core", "秘密の理由")
        assert what_comes_of(town.read_history, "福祉課-2") != "[]"
    asks: list[Callable[[str], Any]] = [
        town.read_history, town.explain, town.rank_classes, town.list_means, town.near_cases,
        town.list_same_names, lambda task: town.list_pitfalls(task, "rpa"),
        lambda task: town.correct_classes([task], "core", None),
    ]  # fmt: skip
    with acting(PEOPLE["division"]):
        assert town.list_divisions() == ["税務課"]
        for ask in asks:
            assert what_comes_of(ask, "福祉課-2") == what_comes_of(ask, "なし")
        assert what_comes_of(town.explain, "税務課-2") != what_comes_of(town.explain, "なし")
