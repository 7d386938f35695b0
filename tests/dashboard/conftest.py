"""Workspaces in a file of their own, and apps over them."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest

from bpr.dashboard.app import create_app
from bpr.pipeline import Report, Workbook
from bpr.workspace import Workspace
from tests.dashboard.browser import Browser
from tests.tabulate.town import town_report, town_workbook

MakeWorkspace = Callable[..., Workspace]
Prepare = Callable[[Workspace], object]
CopyTown = Callable[[Prepare], Workspace]


@pytest.fixture
def make_workspace(tmp_path: Path) -> Iterator[MakeWorkspace]:
    opened: list[Workspace] = []

    def make(*books: Workbook) -> Workspace:
        workspace = Workspace.open(f"sqlite:///{tmp_path}/{len(opened)}.sqlite3")
        opened.append(workspace)
        workspace.import_workbooks(books)
        return workspace

    yield make
    for workspace in opened:
        workspace.store.engine.dispose()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Prepare], Workspace]]:
    """The town as a function leaves it; the function runs once."""
    made: dict[Prepare, Workspace] = {}

    def make(prepare: Prepare) -> Workspace:
        if prepare not in made:
            made[prepare] = Workspace.open(f"sqlite:///{tmp_path_factory.mktemp('town')}/1.sqlite3")
            made[prepare].import_workbooks([town_workbook()])
            prepare(made[prepare])
        return made[prepare]

    yield make
    for workspace in made.values():
        workspace.store.engine.dispose()


@pytest.fixture
def copy_town(prepared: Callable[[Prepare], Workspace], make_workspace: MakeWorkspace) -> CopyTown:
    """The town as a function leaves it, for one test to change as it likes."""

    def copy(prepare: Prepare) -> Workspace:
        source, own = prepared(prepare), make_workspace()
        with closing(connect(_file(source))) as there, closing(connect(_file(own))) as here:
            there.backup(here)
        own.clock = source.clock
        return own

    return copy


def _file(workspace: Workspace) -> str:
    return workspace.store.engine.url.database or ""


def with_a_core_task(town: Workspace) -> None:
    """福祉課-4 is core by a person's word."""
    town.correct_classes(["福祉課-4"], "core", None)


@pytest.fixture
def workspace(copy_town: CopyTown) -> Workspace:
    """The town; 福祉課-4 is core by a person's word."""
    return copy_town(with_a_core_task)


@pytest.fixture
def browser(workspace: Workspace) -> Browser:
    return Browser(create_app(workspace))


@pytest.fixture(scope="session")
def report() -> Report:
    return town_report()
