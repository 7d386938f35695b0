"""One workbook with everything (業務量調査・BPR まとめ): an index, then a sheet per question."""

from typing import Final

import polars as pl
from openpyxl import Workbook

from bpr import terms
from bpr.export.book_lists import CANDIDATES, PREMISES, write_candidates, write_premises
from bpr.export.calculation_grid import Grid
from bpr.export.finding_list import FINDINGS, write_findings
from bpr.export.kpi import add_kpi
from bpr.export.kpi_sheets import TABLE, UNITS, VALUES, YEARS
from bpr.export.report import tell_answer
from bpr.export.report_matter import Matter
from bpr.export.sheets import save, write_sheet
from bpr.export.tables import TABLES, write_tables
from bpr.export.targets import TARGETS, add_targets, tell_made

TITLE: Final = "業務量調査・BPR まとめ"
INDEX: Final = "目次"
TASKS: Final = "業務一覧"
_TASK_WIDTHS: Final[dict[str, float]] = {
    "division": 12, "unit": 11, "task_name": 24, "activity_name": 26, "staff_type": 10,
    "annual_count": 9, "annual_hours": 9, "medium": 14, "work_class": 12,
    "work_class_source": 11, "confidence": 6, "reason": 34, "ai_ocr_score": 8, "rpa_score": 8,
    "outsourcing_score": 8, "best_lever": 12, "gate": 10, "saving_hours": 9, "rank": 6,
    "task_id": 14,
}  # fmt: skip
"""Field -> width; the file, sheet and row of a task stand in `bpr export tasks`."""


def write_book(matter: Matter) -> bytes:
    """Workbook with the index, tables, tasks, candidates, targets, KPI, findings and premises."""
    book = Workbook()
    index = Grid(book.worksheets[0], (24, 62, 62))
    index.sheet.title = INDEX
    write_tables(book, matter.report)
    _write_tasks(book, matter)
    write_candidates(book, matter)
    made = tell_made(matter.report, matter.made_on)
    add_targets(book, matter.standing, matter.saved, matter.target_tasks, made)
    records = [line.record for line in matter.kpi]
    add_kpi(book, records, matter.proofs, matter.title, matter.made_on)
    write_findings(book, matter.report.diagnostics)
    write_premises(book, matter)
    _write_index(index, book, matter)
    if book.calculation is not None:
        book.calculation.fullCalcOnLoad = True
    return save(book)


def _write_index(index: Grid, book: Workbook, matter: Matter) -> None:
    index.title(TITLE)
    day = matter.made_on.isoformat()
    index.text(f"{matter.title}　作成日 {day}　bpr {matter.version}")
    for text in tell_answer(matter):
        index.text(f"・{text}")
    index.gap()
    head = index.header(["シート", "何が分かるか", "母数"])
    told = _describe_sheets(matter)
    for sheet in book.worksheets[1:]:
        answer, base = told[sheet.title]
        row = index.line([sheet.title, answer, base], [None, None, None])
        index.link(f"A{row}", sheet.title)
    index.sheet.freeze_panes = f"A{head + 1}"
    index.sheet.print_title_rows = f"{head}:{head}"


def _describe_sheets(matter: Matter) -> dict[str, tuple[str, str]]:
    """What each sheet answers, and over what."""
    tasks = matter.report.tasks
    hours = f"{matter.hours:,.0f} 時間／年（時間の分かる業務）"
    cases = f"{float(tasks['annual_count'].sum()):,.0f} 件／年（件数の分かる業務）"
    every = f"{tasks.height:,} 業務"
    return {
        TABLES[0]: ("職員でなければできない仕事は何割か（阿見町・96団体平均と並べて）", hours),
        TABLES[1]: ("どれだけ紙で仕事をしているか", hours),
        TABLES[2]: ("印鑑はどこで使われているか", cases),
        TASKS: ("どの業務が、どう分類され、何点か", every),
        CANDIDATES: ("どの業務から、どの手段で見直すか", f"{matter.candidates.height:,} 業務（{every}のうち、勧める手段のあるもの）"),
        TARGETS: ("何を見直すと決め、どこまで進んだか", f"{matter.standing.height:,} 件"),
        TABLE: ("目標にどこまで近づいたか", f"{len(matter.kpi)} 項目"),
        YEARS: ("年度ごとに、予定と実績はどう違うか", f"{len(matter.kpi)} 項目"),
        UNITS: ("KPI は、どの業務を数えたか", f"{sum(line.record.units.height for line in matter.kpi):,} 件（外れたものを含む）"),
        VALUES: ("KPI に、だれがいつ何を入れたか", f"{sum(line.record.values.height for line in matter.kpi):,} 件"),
        FINDINGS: ("調査票のどこを確かめるか", f"{matter.report.diagnostics.height:,} 件（調査票 {matter.report.workbooks.height:,} 冊）"),
        PREMISES: ("数はどう作られ、どこまで信じてよいか", "–"),
    }  # fmt: skip


def _write_tasks(book: Workbook, matter: Matter) -> None:
    gates = {name: gate.label for name, gate in matter.report.settings.scoring.gates.items()}
    reasons = matter.report.classes.select("task_id", "reason")
    tasks = matter.report.tasks.join(reasons, on="task_id", maintain_order="left").with_columns(
        pl.col("gate").replace(gates),
        pl.col("work_class").cast(pl.String).replace(terms.SHORT_WORK_CLASSES),
        pl.col("^.*_score$", "saving_hours", "annual_hours").round(1),
    )
    labels = {n: "判定の理由" if n == "reason" else terms.label(n) for n in _TASK_WIDTHS}
    write_sheet(book, TASKS, tasks, labels, _TASK_WIDTHS)
