"""Workspaces in a file of their own, and apps over them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bpr.dashboard.app import create_app
from bpr.pipeline import Report, Workbook
from bpr.workspace import Workspace
from tests.dashboard.browser import Browser
from tests.tabulate.town import town_report, town_workbook

MakeWorkspace = Callable[..., Workspace]


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


@pytest.fixture
def workspace(make_workspace: MakeWorkspace) -> Workspace:
    """The town; 福祉課-4 is core by a person's word."""
    town = make_workspace(town_workbook())
    town.correct_class("福祉課-4", "core", None)
    return town


@pytest.fixture
def browser(workspace: Workspace) -> Browser:
    return Browser(create_app(workspace))


@pytest.fixture(scope="session")
def report() -> Report:
    return town_report()
