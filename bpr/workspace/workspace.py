"""The only object with state: settings + store + clock. One short method per use case."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock, Thread
from typing import Self

import polars as pl

from bpr import terms
from bpr.errors import InputError
from bpr.export.archive import write_zip
from bpr.export.returned import returned_name, write_returned
from bpr.export.tables import write_tables_book
from bpr.export.target_list import write_target_list
from bpr.export.template import write_forms
from bpr.frames import Collection, DataFrame, Offices
from bpr.pipeline import Earlier, Workbook, run
from bpr.read.forms import KnownForm
from bpr.read.offices import ListedOffice, read_office_list
from bpr.read.request import Request
from bpr.read.samples import read_samples
from bpr.report import Report
from bpr.settings import Settings
from bpr.store import Job, Store, Upload, open_store
from bpr.tabulate.collection import CollectionSummary, collect_returns, summarize_collection
from bpr.tabulate.listing import Order, TaskQuery, filter_tasks, sort_tasks
from bpr.workspace.collecting import (
    TemplateChoices,
    list_staff,
    make_offices,
    plan_templates,
)
from bpr.workspace.confirming import confirm_columns, table_rows
from bpr.workspace.importing import ImportJob
from bpr.workspace.intake import Desk, Intake
from bpr.workspace.returns import name_returns
from bpr.workspace.words import title

DEFAULT_URL = "sqlite:///bpr-data/bpr.sqlite3"
LOCAL_USER = "local"
"""Who acts while there are no accounts: the one person at this machine."""


@dataclass
class Workspace:
    """One office's surveys: import them, read the report, correct, export."""

    settings: Settings
    store: Store
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    _memo: tuple[tuple[int, ...], Report] | None = None
    _earlier: Earlier = field(default_factory=dict)
    """What was read of the workbooks; a change reads only those that are new or other."""
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

    # --- what comes in ---------------------------------------------------------------------------

    def import_workbooks(
        self, workbooks: Iterable[Workbook], progress: Callable[[str], None] = lambda _: None
    ) -> list[str]:
        """Keep returned workbooks; return the names that were new or changed."""
        return self.receive_workbooks(workbooks, progress).changed

    def receive_workbooks(
        self, workbooks: Iterable[Workbook], progress: Callable[[str], None] = lambda _: None
    ) -> Intake:
        """Keep returned workbooks, each at once, and tell what became of every one."""
        desk, received = self._desk(), []
        for workbook in workbooks:
            received.append(desk.receive(workbook))
            progress(workbook.name)
        return Intake(tuple(received))

    def start_import(self, files: Sequence[tuple[str, bytes]]) -> int:
        """Import files of (name, bytes), zips too, in the background; return the job's id."""
        importing = ImportJob(self.store, self.clock, self.settings.survey.limits)
        job_id = importing.start(files)
        work = (list(files), self._desk().receive, self.report)
        Thread(target=importing.run, args=work, name=f"import-{job_id}", daemon=True).start()
        return job_id

    def job(self, job_id: int) -> Job:
        """Return how far a job has come; one that fell silent has failed (中断)."""
        found = self.store.read_job(job_id, self.clock())
        if found is None:
            msg = f"取込の番号 {job_id} がありません。画面を開き直してください。"
            raise InputError(msg)
        return found

    def withdraw(self, name: str) -> None:
        """Take a workbook out of the count; its bytes and this decision are kept."""
        if not self.store.withdraw_upload(name, self.clock(), LOCAL_USER):
            msg = (
                f"「{name}」は取り込まれていないか、もう外してあります。画面を開き直してください。"
            )
            raise InputError(msg)

    def restore(self, name: str) -> None:
        """Let a withdrawn workbook count again."""
        if not self.store.restore_upload(name, self.clock(), LOCAL_USER):
            msg = f"「{name}」は取込から外してありません。画面を開き直してください。"
            raise InputError(msg)

    def list_withdrawn(self) -> list[str]:
        """Names of the workbooks that are taken out of the count."""
        return [record.name for record in self.store.list_records() if record.withdrawn]

    # --- what is read from it --------------------------------------------------------------------

    def report(self, progress: Callable[[str], None] = lambda _: None) -> Report:
        """Return the report on all current uploads, computed once per state of the store."""
        with self._lock:
            revision = self.store.revision()
            if self._memo is None or self._memo[0] != revision:
                self._memo = (revision, self._compute(progress))
            return self._memo[1]

    def list_tasks(self, query: TaskQuery, order: Order | None = None) -> pl.DataFrame:
        """Tasks that satisfy the query, sorted."""
        found = filter_tasks(self.report().tasks, query)
        return sort_tasks(found, order) if order else found

    def list_divisions(self) -> list[str]:
        """Names of the divisions in the order of their files."""
        names = self.report().tasks["division"].drop_nulls().unique(maintain_order=True)
        return [str(name) for name in names.to_list()]

    def sample_columns(
        self, workbook: str, sheet: str, table: int, count: int = 3
    ) -> dict[str, list[str]]:
        """Return the first values below the header of a table, by column letter."""
        header, last = table_rows(self.report(), workbook, sheet, table)
        return read_samples(self._upload(workbook).data, sheet, header, last, count)

    # --- what people decide ----------------------------------------------------------------------

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

    def confirm_form(
        self, workbook: str, sheet: str, table: int, fields: Mapping[str, str | None]
    ) -> None:
        """Record which column is which field, for this form wherever it comes back.

        `fields`: `Forms.key` -> a field of `ANSWER_FIELDS`, None for a column not to be used.
        """
        form = confirm_columns(self.report(), workbook, sheet, table, fields)
        self.store.add_form(form, self.clock(), LOCAL_USER)

    # --- who should return -----------------------------------------------------------------------

    def read_office_list(self, name: str, data: bytes) -> list[ListedOffice]:
        """Read a list of divisions (.xlsx, .csv) without keeping it."""
        return read_office_list(name, data, self.settings.survey)

    def set_offices(self, rows: Sequence[ListedOffice]) -> None:
        """Record who should return a workbook; replaces the earlier list, if it says anything else."""
        listed = make_offices(rows)
        if not listed.equals(self.store.read_offices()):
            self.store.add_offices(listed, self.clock(), LOCAL_USER)

    def list_offices(self) -> DataFrame[Offices]:
        """Who should return a workbook, in the order of the list."""
        return self.store.read_offices()

    def collection(self) -> DataFrame[Collection]:
        """Who has returned what, and which workbooks cannot be read."""
        report = self.report()
        return collect_returns(
            report.workbooks,
            report.tasks,
            report.diagnostics,
            self.store.read_offices(),
            self._today(),
        )

    def collection_summary(self) -> CollectionSummary:
        """Totals of the collection."""
        return summarize_collection(self.collection())

    # --- what goes out ---------------------------------------------------------------------------

    def export_tables(self) -> bytes:
        """Workbook of the published table shapes, for all tasks."""
        return write_tables_book(self.report())

    def export_target_list(self, task_ids: Sequence[str]) -> bytes:
        """Workbook of the BPR target list with the given tasks, in their order."""
        if not self.report().tasks.height:
            raise InputError(
                "まだ調査票が取り込まれていません。bpr import フォルダ で取り込んでください。"
            )
        if not task_ids:
            raise InputError("業務が選ばれていません。一覧の左のチェックで選んでください。")
        day = self._today().isoformat()
        return write_target_list(self.report(), list(task_ids), title(self.report()), day)

    def export_returned(self, name: str) -> tuple[str, bytes]:
        """Name and bytes of a workbook with its findings marked in it, to be sent back."""
        data = write_returned(name, self._upload(name).data, self.report().diagnostics)
        return returned_name(name), data

    def export_all_returned(self) -> bytes:
        """Zip of all workbooks with errors or warnings, marked, to be sent back."""
        wanted = pl.col("severity").cast(pl.String).is_in(("error", "warning"))
        found = self.report().diagnostics.filter(wanted)["workbook"].unique(maintain_order=True)
        if not len(found):
            raise InputError("エラーや要確認のある調査票はありません。返すものはありません。")
        names = name_returns([str(name) for name in found.to_list()])
        findings = self.report().diagnostics
        return write_zip(
            {own: write_returned(n, self._upload(n).data, findings) for n, own in names.items()}
        )

    def export_templates(self, choices: TemplateChoices | None = None) -> bytes:
        """Zip of blank forms for the listed offices (without a list: those that have returned).

        Rows are the division's tasks in the report, else standard ones unless told otherwise.
        """
        offices = self.store.read_offices()
        chosen = choices or TemplateChoices()
        forms = plan_templates(self.report(), offices, chosen, self._today())
        return write_zip(write_forms(forms, self.settings.survey))

    def _upload(self, name: str) -> Upload:
        found = self.store.read_upload(name)
        if found is None or name not in self.report().workbooks["name"]:
            msg = f"「{name}」は取り込まれていません。画面を開き直してください。"
            raise InputError(msg)
        return found

    def _compute(self, progress: Callable[[str], None]) -> Report:
        return run(
            [Workbook(upload.name, upload.data) for upload in self.store.list_uploads()],
            self.settings,
            self._request(),
            self.store.read_corrections(),
            progress,
            listed_staff=list_staff(self.store.read_offices()),
            earlier=self._earlier,
        )

    def _request(self) -> Request:
        return Request(forms=[KnownForm(form.fields) for form in self.store.list_forms()])

    def _desk(self) -> Desk:
        return Desk(self.store, self.settings.survey, self._request(), self.clock, LOCAL_USER)

    def _today(self) -> date:
        return self.clock().astimezone().date()
