"""Papers for people outside the tool: the report, the one workbook, the open data."""

import re
from collections.abc import Sequence
from typing import Final

import polars as pl

import bpr
from bpr.classify.accuracy import find_accuracy
from bpr.errors import InputError
from bpr.export.book import write_book
from bpr.export.kpi_sheets import KpiRecord
from bpr.export.open_data import write_open_data
from bpr.export.report import write_report
from bpr.export.report_matter import TOP, KpiLine, Matter
from bpr.export.targets import tell_made, write_targets
from bpr.export.values import write_fiscal_year
from bpr.frames import DataFrame, Targets
from bpr.report import Report
from bpr.tabulate.collection import collect_returns, summarize_collection
from bpr.workspace.deciding import TargetCases
from bpr.workspace.rights import Right, needs
from bpr.workspace.words import title

_NOT_IN_NAMES: Final = re.compile(
    r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\s\\/:*?"<>|.]'
)
"""What Windows takes in no name, and what would turn or hide a part of it."""
_LONGEST_PART: Final = 40


class ReportCases(TargetCases):
    """The workspace's use cases about papers; `Workspace` inherits them."""

    @needs(Right.WHOLE)
    def export_report(self) -> bytes:
        """Return the report for a decision and for the council: one HTML file, offline, printable."""
        return write_report(self._gather())

    @needs(Right.WHOLE)
    def export_book(self) -> bytes:
        """Return everything as one workbook with an index."""
        return write_book(self._gather())

    @needs(Right.WHOLE)
    def export_open_data(self) -> bytes:
        """Return a zip of CSV files without single tasks, small counts hidden."""
        return write_open_data(self._require_tasks(), self._today())

    @needs(Right.WHOLE)
    def export_candidates(self) -> bytes:
        """Return the BPR対象業務一覧 of the first candidates, to be decided on."""
        tasks = self._require_tasks().tasks.filter(pl.col("best_lever").is_not_null())
        return self.export_target_list(tasks.sort("rank")["task_id"].head(TOP).to_list())

    @needs(Right.WHOLE)
    def name_paper(self, name: str) -> str:
        """Return 「みどり野町_令和6年度_集計表」: a file's name without what no file may be called."""
        report = self.report()
        year = report.fiscal_year
        parts = [report.municipality, write_fiscal_year(year) if year else None, name]
        kept = (_NOT_IN_NAMES.sub("", part)[:_LONGEST_PART] for part in parts if part)
        return "_".join(part for part in kept if part)

    @needs(Right.READ)
    def export_targets(self, target_ids: Sequence[int]) -> bytes:
        """Workbook 「BPR対象業務一覧」 of targets, in the order given."""
        order = pl.DataFrame({"target_id": target_ids}, schema={"target_id": pl.Int64})
        found = order.join(self.list_targets(), on="target_id", maintain_order="left")
        if found.is_empty():
            raise InputError("保存するBPR対象がありません。絞り込みをゆるめてください。")
        rows = Targets.validate(found.select(Targets.column_names()))
        made = tell_made(self.report(), self._today())
        return write_targets(rows, self.list_effects(), self._tasks_of(rows), made)

    def _tasks_of(self, targets: DataFrame[Targets]) -> pl.DataFrame:
        """Columns edition_id, task_id, work_class, medium of the targets' editions."""
        shape = {"task_id": pl.String, "work_class": pl.String, "medium": pl.String}
        tasks = [pl.DataFrame(schema={**shape, "edition_id": pl.Int64})]
        for number in targets["edition_id"].drop_nulls().unique():
            own = self._report_of(number).tasks.select(pl.col(*shape).cast(pl.String))
            tasks.append(own.with_columns(edition_id=pl.lit(number, pl.Int64)))
        return pl.concat(tasks)

    def _require_tasks(self) -> Report:
        report = self.report()
        if not report.tasks.height:
            raise InputError(
                "まだ調査票が取り込まれていません。bpr import フォルダ で取り込んでください。"
            )
        return report

    def _gather(self) -> Matter:
        report, today = self._require_tasks(), self._today()
        collection = collect_returns(
            report.workbooks, report.tasks, report.diagnostics, self._here.read_offices(), today
        )
        sensitivity = self.sensitivity()
        good = report.tasks.filter(pl.col("best_lever").is_not_null())
        first = good.sort("rank")["task_id"].head(TOP).to_list()
        targets = self.list_targets()
        return Matter(
            report=report,
            title=title(report),
            version=bpr.__version__,
            made_on=today,
            collection=summarize_collection(collection),
            sensitivity=sensitivity,
            reasons={task_id: self.explain(task_id).why for task_id in first},
            realism=self.realism(),
            accuracy=find_accuracy(report.settings.acts),
            targets=targets,
            target_tasks=self._tasks_of(targets),
            saved=self.list_effects(),
            proofs=self.prove_targets(),
            effects=self.summarize_effects(),
            kpi=[
                KpiLine(
                    KpiRecord(
                        view.definition,
                        view.progress,
                        view.units,
                        view.values,
                        view.forecast.sentence,
                    ),
                    view.forecast.sentence,
                )
                for view in map(self.read_kpi, self.list_kpi())
            ],
        )
