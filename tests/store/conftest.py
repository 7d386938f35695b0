"""A fresh store in a file, closed at the end."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bpr.store import Store, open_store

Opener = Callable[[], Store]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bpr.sqlite3"


@pytest.fixture
def reopen(path: Path) -> Iterator[Opener]:
    """Opens the same file again, as another run of the program would."""
    opened: list[Store] = []

    def open_again() -> Store:
        opened.append(open_store(f"sqlite:///{path}"))
        return opened[-1]

    yield open_again
    for store in opened:
        store.engine.dispose()


@pytest.fixture
def store(reopen: Opener) -> Store:
    return reopen()
