"""One request looks at the store once; any write of this process makes it look again."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, Scene, enter_scene, leave_scene
from tests.tabulate.town import town_workbook
from tests.workspace.conftest import Opener


@contextmanager
def request() -> Iterator[None]:
    """What the dashboard does around one request."""
    token = enter_scene(Scene(LOCAL, glance={}))
    try:
        yield
    finally:
        leave_scene(token)


@pytest.fixture
def asked(workspace: Workspace) -> list[str]:
    """Statements that reach the database."""
    found: list[str] = []
    event.listen(
        workspace.store.engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_: found.append(statement),
    )
    return found


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    workspace.import_workbooks([town_workbook()])
    workspace.report()
    return workspace


def test_a_request_asks_once(town: Workspace, asked: list[str]) -> None:
    town.list_targets()
    for _ in range(2):
        del asked[:]
        with request():
            town.report()
            first = len(asked)
            town.report()
            town.list_targets()
            town.ranked()
            assert len(asked) == first > 0


def test_what_lasts_looks_each_time(town: Workspace, asked: list[str]) -> None:
    town.report()
    first = len(asked)
    town.report()
    assert len(asked) == 2 * first > 0


def test_a_request_sees_what_it_writes(town: Workspace) -> None:
    with request():
        before = town.report()
        assert town.list_targets().is_empty()
        town.create_targets(["税務課-1"])
        assert town.list_targets().height == 1
        town.correct_classes(["福祉課-4"], "core", None)
        after = town.report()
        assert after is not before
        town.withdraw("調査票.xlsx")
        assert town.report().tasks.is_empty()


def test_the_next_request_sees_what_another_process_wrote(reopen: Opener, town: Workspace) -> None:
    other = reopen()
    with request():
        assert town.list_targets().is_empty()
    other.create_targets(["税務課-1"])
    with request():
        assert town.list_targets().height == 1
