"""The only object with state: settings + store + clock. One short method per use case."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Self

import polars as pl

from bpr import terms
from bpr.errors import InputError
from bpr.export.tables import write_tables_book
from bpr.export.target_list import write_target_list
from bpr.pipeline import Workbook, run
from bpr.read.cells import SUFFIXES
from bpr.report import Report
from bpr.settings import Settings
from bpr.store import Store, open_store
from bpr.tabulate.listing import Order, TaskQuery, filter_tasks, sort_tasks

DEFAULT_URL = "sqlite:///bpr-data/bpr.sqlite3"
LOCAL_USER = "local"
"""Who acts while there are no accounts: the one person at this machine."""


@dataclass
class Workspace:
    """One office's surveys: import them, read the report, correct, export."""

    settings: Settings
    store: Store
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    _memo: tuple[tuple[int, int], Report] | None = None
    _lock: Lock = field(default_factory=Lock)

    @classmethod
    def open(cls, url: str | None = None, settings_folder: Path | None = None) -> Self:
        """Open the store at `url` (BPR_DATABASE_URL, else a file in the current folder)."""
        address = url or os.environ.get("BPR_DATABASE_URL") or DEFAULT_URL
        return cls(Settings.load(settings_folder), open_store(address))

    @classmethod
    def from_env(cls) -> Self:
        """Open what BPR_DATABASE_URL and BPR_SETTINGS name."""
        folder = os.environ.get("BPR_SETTINGS")
        return cls.open(settings_folder=Path(folder) if folder else None)

    def import_workbooks(self, workbooks: Iterable[Workbook]) -> list[str]:
        """Keep returned workbooks; return the names that were new or changed."""
        files = [(workbook.name, workbook.data) for workbook in workbooks]
        return self.store.add_uploads(files, self.clock(), LOCAL_USER)

    def report(self, progress: Callable[[str], None] = lambda _: None) -> Report:
        """Return the report on all current uploads, computed once per state of the store."""
        with self._lock:
            revision = self.store.revision()
            if self._memo is None or self._memo[0] != revision:
                workbooks = [Workbook(u.name, u.data) for u in self.store.list_uploads()]
                corrections = self.store.read_corrections()
                report = run(workbooks, self.settings, corrections=corrections, progress=progress)
                self._memo = (revision, report)
            return self._memo[1]

    def correct_class(self, task_id: str, work_class: str | None, reason: str | None) -> None:
        """Record a person's class for a task; None takes it back."""
        if work_class is not None and work_class not in terms.WORK_CLASSES:
            msg = f"業務の性質「{work_class}」は選べません。I～IV から選んでください。"
            raise InputError(msg)
        if task_id not in self.report().tasks["task_id"]:
            msg = f"業務ID「{task_id}」がありません。画面を開き直してください。"
            raise InputError(msg)
        text = (reason or "").strip()[:1000] or None
        self.store.add_correction(task_id, work_class, text, self.clock(), LOCAL_USER)

    def export_tables(self) -> bytes:
        """Workbook of the published table shapes, for all tasks."""
        return write_tables_book(self.report())

    def list_tasks(self, query: TaskQuery, order: Order | None = None) -> pl.DataFrame:
        """Tasks that satisfy the query, sorted."""
        found = filter_tasks(self.report().tasks, query)
        return sort_tasks(found, order) if order else found

    def list_divisions(self) -> list[str]:
        """Names of the divisions in the order of their files."""
        names = self.report().tasks["division"].drop_nulls().unique(maintain_order=True)
        return [str(name) for name in names.to_list()]

    def export_target_list(self, task_ids: Sequence[str]) -> bytes:
        """Workbook of the BPR target list with the given tasks, in their order."""
        if not self.report().tasks.height:
            raise InputError(
                "まだ調査票が取り込まれていません。bpr import フォルダ で取り込んでください。"
            )
        if not task_ids:
            raise InputError("業務が選ばれていません。一覧の左のチェックで選んでください。")
        day = self.clock().astimezone().date().isoformat()
        return write_target_list(self.report(), list(task_ids), title(self.report()), day)


def read_order(sort_model: Sequence[Mapping[str, str]]) -> Order | None:
    """Turn a grid's sort model into an order; None for the ranking itself."""
    if not sort_model:
        return None
    first = sort_model[0]
    return Order(first["colId"], descending=first["sort"] == "desc")


def title(report: Report) -> str:
    """Return 「みどり野町　令和6年度調査」 from what the workbooks say most often."""
    town = report.tasks["municipality"].drop_nulls().mode().sort()
    year = report.tasks["fiscal_year"].drop_nulls().mode().sort()
    parts = [str(town[0])] if len(town) else []
    if len(year):
        parts.append(f"令和{year[-1] - 2018}年度調査" if year[-1] > 2018 else f"{year[-1]}年度調査")  # noqa: PLR2004 - 令和元年度 is 2019
    return "　".join(parts) or "業務量調査"


def find_workbooks(paths: Sequence[Path]) -> Iterator[Workbook]:
    """Files, and what folders hold, as workbooks, each once.

    A name is relative to the folder given; where two are alike, the folder's name is put before.
    Raises `InputError` for a path that is not there and where nothing is found at all.
    """
    found: dict[Path, tuple[Path, str]] = {}
    for path in paths:
        if not path.exists():
            msg = f"「{path}」がありません。場所と名前を確かめてください。"
            raise InputError(msg)
        for file in _files(path):
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            found.setdefault(file.resolve(), (file, name))
    if not found:
        names = "」「".join(map(str, paths))
        msg = f"「{names}」に調査票（{'、'.join(SUFFIXES)}）がありません。フォルダを確かめてください。"
        raise InputError(msg)
    count = Counter(name for _, name in found.values())
    for file, name in found.values():
        own = name if count[name] == 1 else f"{file.resolve().parent.name}/{name}"
        yield Workbook(own, _read_bytes(file))


def _files(path: Path) -> list[Path]:
    """The file itself, or the workbooks of a folder; Excel's lock files (~$) are none."""
    if path.is_file():
        return [path]
    return sorted(
        file
        for file in path.rglob("*")
        if file.is_file()
        and file.suffix.lower() in SUFFIXES
        and not file.name.startswith(("~$", "."))
    )


def _read_bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        msg = f"「{file}」を開けません。ほかで開いていないか、読む権限があるか確かめてください。"
        raise InputError(msg) from error
