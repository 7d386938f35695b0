"""The only object with state: settings + store + clock. One short method per use case."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import polars as pl

from bpr.classify.accuracy import Accuracy, find_accuracy
from bpr.classify.review import find_same_names
from bpr.errors import InputError
from bpr.export.archive import write_zip
from bpr.export.returned import returned_name, write_returned
from bpr.export.tables import write_tables_book
from bpr.export.template import write_forms
from bpr.frames import Collection, DataFrame, Offices
from bpr.read.offices import ListedOffice, read_office_list
from bpr.read.samples import read_samples
from bpr.settings import Settings
from bpr.store import PastCorrection, Upload, open_store
from bpr.tabulate.collection import CollectionSummary, collect_returns, summarize_collection
from bpr.tabulate.listing import Order, TaskQuery, filter_tasks, search_texts, sort_tasks
from bpr.workspace.choosing import PortfolioCases
from bpr.workspace.collecting import (
    TemplateChoices,
    make_offices,
    plan_templates,
)
from bpr.workspace.comparing import ComparisonCases
from bpr.workspace.confirming import confirm_columns, table_rows
from bpr.workspace.costing import CostCases
from bpr.workspace.forgetting import ForgetCases
from bpr.workspace.grouping import GroupCases
from bpr.workspace.people import PeopleCases
from bpr.workspace.receiving import IntakeCases
from bpr.workspace.reporting import ReportCases
from bpr.workspace.returns import name_returns
from bpr.workspace.reviewing import list_reviews, make_corrections, rank_task
from bpr.workspace.rights import Right, needs

DEFAULT_URL = "sqlite:///bpr-data/bpr.sqlite3"


@dataclass
class Workspace(
    CostCases,
    IntakeCases,
    GroupCases,
    PortfolioCases,
    ReportCases,
    ComparisonCases,
    PeopleCases,
    ForgetCases,
):
    """One office's surveys: import them, read the report, correct, export."""

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

    # --- what came in ----------------------------------------------------------------------------

    @needs(Right.COLLECT)
    def withdraw(self, name: str) -> None:
        """Take a workbook out of the count; its bytes and this decision are kept."""
        if not self._here.withdraw_upload(name, self._act()):
            msg = (
                f"「{name}」は取り込まれていないか、もう外してあります。画面を開き直してください。"
            )
            raise InputError(msg)

    @needs(Right.COLLECT)
    def restore(self, name: str) -> None:
        """Let a withdrawn workbook count again."""
        if not self._here.restore_upload(name, self._act()):
            msg = f"「{name}」は取込から外してありません。画面を開き直してください。"
            raise InputError(msg)

    @needs(Right.COLLECT)
    def count_workbooks(self) -> int:
        """Return how many workbooks came, withdrawn ones too."""
        return len(self._here.list_records())

    @needs(Right.COLLECT)
    def list_withdrawn(self) -> list[str]:
        """Names of the workbooks that are taken out of the count."""
        return [record.name for record in self._here.list_records() if record.withdrawn]

    # --- what is read from it --------------------------------------------------------------------

    def _search_texts(self) -> pl.DataFrame:
        return self._remember(("texts",), lambda: search_texts(self._whole().tasks))

    @needs(Right.READ)
    def list_tasks(self, query: TaskQuery, order: Order | None = None) -> pl.DataFrame:
        """Tasks that satisfy the query, ranked by its weights, sorted."""
        opinion = self.read_opinion(query)
        tasks = self.ranked(opinion).tasks
        found = filter_tasks(tasks, query, self._search_texts() if query.text.strip() else None)
        if query.certainty:
            found = self.list_certain(found, query.certainty, opinion)
        return sort_tasks(found, order) if order else found

    @needs(Right.READ)
    def list_reviews(self, query: TaskQuery) -> pl.DataFrame:
        """Tasks whose class is worth a human look, the most hours at stake first."""
        return list_reviews(self.report(), query)

    @needs(Right.READ)
    def list_same_names(self, task_id: str) -> list[str]:
        """Other tasks of the same names, that one decision may cover too."""
        return find_same_names(self.report().tasks, task_id)

    @needs(Right.READ)
    def rank_classes(self, task_id: str) -> list[tuple[str, float]]:
        """Classes of a task with the model's probabilities, the most probable first."""
        return rank_task(self.report(), task_id)

    @needs(Right.READ)
    def read_history(self, task_id: str) -> list[PastCorrection]:
        """Everything that people said of a task's class, the first first."""
        if task_id not in self.report().tasks["task_id"]:
            return []
        return self._here.read_history(task_id)

    @needs(Right.READ)
    def accuracy(self) -> Accuracy | None:
        """How good the classes are on divisions never seen; None where that was not measured."""
        return find_accuracy(self.settings.acts)

    @needs(Right.READ)
    def list_divisions(self) -> list[str]:
        """Names of the divisions in the order of their files."""
        names = self.report().tasks["division"].drop_nulls().unique(maintain_order=True)
        return [str(name) for name in names.to_list()]

    @needs(Right.COLLECT)
    def sample_columns(
        self, workbook: str, sheet: str, table: int, count: int = 3
    ) -> dict[str, list[str]]:
        """Return the first values below the header of a table, by column letter."""
        header, last = table_rows(self.report(), workbook, sheet, table)
        return read_samples(self._upload(workbook).data, sheet, header, last, count)

    # --- what people decide ----------------------------------------------------------------------

    @needs(Right.CLASSIFY)
    def correct_classes(
        self,
        task_ids: Sequence[str],
        work_class: str | None,
        reason: str | None,
        seen: int | None = None,
    ) -> None:
        """Record a person's class for tasks, as one decision; None takes it back.

        `seen`: how many words on the first task the person had before them;
        `ChangedMeanwhileError` where somebody has said more of it since.
        """
        given = make_corrections(self.report(), task_ids, work_class, reason)
        self._here.add_corrections(given, self._act(), seen)

    @needs(Right.CLASSIFY)
    def undo_correction(self) -> list[str]:
        """Take back one's latest decision on classes; return the tasks it was about."""
        batch = self._here.last_decision(self.person().account)
        if batch is None:
            raise InputError("元に戻せる記録がありません。")
        restored = self._here.undo_corrections(batch, self._act())
        if not restored:
            msg = "直前の記録の後に、同じ業務へ別の記録があります。業務のページで直してください。"
            raise InputError(msg)
        return restored

    @needs(Right.COLLECT)
    def confirm_form(
        self, workbook: str, sheet: str, table: int, fields: Mapping[str, str | None]
    ) -> None:
        """Record which column is which field, for this form wherever it comes back.

        `fields`: `Forms.key` -> a field of `ANSWER_FIELDS`, None for a column not to be used.
        """
        form = confirm_columns(self.report(), workbook, sheet, table, fields)
        self._here.add_form(form, self._act())

    # --- who should return -----------------------------------------------------------------------

    @needs(Right.COLLECT)
    def read_office_list(self, name: str, data: bytes) -> list[ListedOffice]:
        """Read a list of divisions (.xlsx, .csv) without keeping it."""
        return read_office_list(name, data, self.settings.survey)

    @needs(Right.COLLECT)
    def set_offices(self, rows: Sequence[ListedOffice]) -> None:
        """Record who should return a workbook; replaces the earlier list, if it says anything else."""
        listed = make_offices(rows)
        if not listed.equals(self._here.read_offices()):
            self._here.add_offices(listed, self._act())

    @needs(Right.COLLECT)
    def list_offices(self) -> DataFrame[Offices]:
        """Who should return a workbook, in the order of the list."""
        return self._here.read_offices()

    @needs(Right.WHOLE)
    def collection(self) -> DataFrame[Collection]:
        """Who has returned what, and which workbooks cannot be read."""
        report = self.report()
        return collect_returns(
            report.workbooks,
            report.tasks,
            report.diagnostics,
            self._here.read_offices(),
            self._today(),
        )

    @needs(Right.WHOLE)
    def collection_summary(self) -> CollectionSummary:
        """Totals of the collection."""
        return summarize_collection(self.collection())

    # --- what goes out ---------------------------------------------------------------------------

    @needs(Right.READ)
    def export_tables(self) -> bytes:
        """Workbook of the published table shapes, for all tasks."""
        return write_tables_book(self.report())

    @needs(Right.READ)
    def export_returned(self, name: str) -> tuple[str, bytes]:
        """Name and bytes of a workbook with its findings marked in it, to be sent back."""
        data = write_returned(name, self._upload(name).data, self.report().diagnostics)
        return returned_name(name), data

    @needs(Right.COLLECT)
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

    @needs(Right.COLLECT)
    def export_templates(self, choices: TemplateChoices | None = None) -> bytes:
        """Zip of blank forms for the listed offices (without a list: those that have returned).

        Rows are the division's tasks in the report, else standard ones unless told otherwise.
        """
        offices = self._here.read_offices()
        chosen = choices or TemplateChoices()
        forms = plan_templates(self.report(), offices, chosen, self._today())
        return write_zip(write_forms(forms, self.settings.survey))

    def _upload(self, name: str) -> Upload:
        found = self._here.read_upload(name)
        if found is None or name not in self.report().workbooks["name"]:
            msg = f"「{name}」は取り込まれていません。画面を開き直してください。"
            raise InputError(msg)
        return found
