"""A workspace in a file of its own, which can be opened again as another run would."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bpr.workspace import Workspace

Opener = Callable[[], Workspace]
NOW = datetime(2027, 6, 20, 3, 0, tzinfo=UTC)


@pytest.fixture
def reopen(tmp_path: Path) -> Iterator[Opener]:
    opened: list[Workspace] = []

    def open_again() -> Workspace:
        opened.append(Workspace.open(f"sqlite:///{tmp_path}/bpr.sqlite3"))
        opened[-1].clock = lambda: NOW
        return opened[-1]

    yield open_again
    for workspace in opened:
        workspace.store.engine.dispose()


@pytest.fixture
def workspace(reopen: Opener) -> Workspace:
    return reopen()
