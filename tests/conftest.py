"""What holds for every test: one thread, the same examples, and what need not be done each time."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

for _threads in ("POLARS_MAX_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")  # small frames gain nothing from more; before any import

import pytest  # noqa: E402
from argon2 import PasswordHasher  # noqa: E402
from hypothesis import settings  # noqa: E402
from sqlalchemy import Engine  # noqa: E402

from tests.known_reports import KnownReports  # noqa: E402

settings.register_profile("bpr", derandomize=True, database=None, deadline=None, max_examples=50)
settings.load_profile("bpr")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread the files of browser tests among the others, so that few browsers run at once.

    `--no-loadscope-reorder` keeps this order. The last fifth has none: what ends late is short.
    """
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    browser = [path for path, own in files.items() if own[0].get_closest_marker("browser")]
    others = [path for path in files if path not in browser]
    places = {path: 0.8 * n / len(browser) for n, path in enumerate(browser)}
    places |= {path: n / len(others) for n, path in enumerate(others)}
    items[:] = [item for path in sorted(files, key=places.__getitem__) for item in files[path]]


@pytest.fixture(autouse=True, scope="session")
def cheap_passwords() -> None:
    """Let a password cost a thousandth of what it costs a guesser outside of tests."""
    from bpr.workspace import passwords  # noqa: PLC0415 - after the threads are set

    passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # type: ignore[misc]


@pytest.fixture(autouse=True, scope="session")
def ready_tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Copy the tables of a new SQLite file instead of migrating it; see `real_migrations`."""
    from bpr.store import database  # noqa: PLC0415 - after the threads are set
    from bpr.store.migrate import upgrade  # noqa: PLC0415

    made = tmp_path_factory.mktemp("tables") / "empty.sqlite3"
    database.open_database(f"sqlite:///{made}").engine.dispose()

    def copy_or_migrate(engine: Engine) -> None:
        file = Path(engine.url.database or "")
        if engine.dialect.name == "sqlite" and file.suffix and not file.exists():
            with suppress(OSError):  # what cannot be written is told by the real way
                shutil.copyfile(made, file)
        upgrade(engine)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "upgrade", copy_or_migrate)
        yield


@pytest.fixture(autouse=True, scope="session")
def known_reports() -> Iterator[None]:
    """Let a workspace take a report that this process has made before of the very same input."""
    from bpr.pipeline import run  # noqa: PLC0415 - after the threads are set
    from bpr.workspace import office  # noqa: PLC0415

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(office, "run", KnownReports(run))
        yield
