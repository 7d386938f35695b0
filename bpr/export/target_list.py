"""The BPR target list (BPR対象業務一覧): the tasks that were selected, ready to edit and print."""

from collections.abc import Mapping
from typing import Final

import polars as pl
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bpr import terms
from bpr.deciding_terms import TARGET_STATUSES
from bpr.export import styles
from bpr.export.cells import Value
from bpr.export.sheets import save
from bpr.export.targets import DIFFICULTIES
from bpr.export.values import in_words
from bpr.report import Report

_COLUMNS: dict[str, tuple[str, float, str | None]] = {
    "number": ("No", 4, None),
    "division": ("所属", 13, None),
    "task": ("業務名", 32, None),
    "work_class": ("区分", 10, None),
    "medium": ("媒体", 11, None),
    "annual_count": ("年間件数\n（件）", 9, styles.COUNT),
    "annual_hours": ("導入前\n（時間/年）", 9, styles.HOURS),
    "hours_after": ("導入後\n（時間/年）", 9, styles.HOURS),
    "best_lever": ("手段", 9, None),
    "score": ("適性\n（100点）", 8, styles.SCORE),
    "saving_hours": ("削減見込\n（時間/年）", 9, styles.HOURS),
    "saving_hours_low": ("下限", 8, styles.HOURS),
    "saving_hours_high": ("上限", 8, styles.HOURS),
    "evidence": ("根拠\n区分", 7, None),
    "gate": ("制約", 9, None),
    "issues": ("現状・課題", 18, None),
    "policy": ("今後の方針", 16, None),
    "difficulty": ("難易度\n高/中/低", 8, None),
    "schedule": ("スケジュール", 13, None),
    "status": ("状態", 8, None),
    "task_id": ("業務No", 14, None),
    "place": ("調査票", 16, None),
}
"""Field -> label, width, number format. 今後の方針, 難易度 and スケジュール are left for the office."""
_NAMES: Final = list(_COLUMNS)
_HEADER: Final = 5

_SAVINGS = ["saving_hours_low", "saving_hours", "saving_hours_high"]
_SUMMED: Final = ("annual_hours", "hours_after", "saving_hours", "saving_hours_low", "saving_hours_high")  # fmt: skip


def write_target_list(
    report: Report,
    task_ids: list[str],
    title: str,
    made_on: str,
    levers: Mapping[str, str] | None = None,
) -> bytes:
    """Workbook of the selected tasks in the order given, with totals as live formulas.

    `made_on` is the date to print. `levers`: what was chosen for a task instead of the recommended
    lever. Unknown ids are passed over.
    """
    tasks = _rows(report, task_ids, levers or {})
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "BPR対象業務一覧"
    styles.set_page(sheet, [w for _, w, _ in _COLUMNS.values()], _HEADER, freeze=f"D{_HEADER + 1}")
    styles.print_on_two_pages(sheet, _NAMES.index("task") + 1)
    first, last = _HEADER + 1, _HEADER + tasks.height
    sheet.append(styles.title_row(sheet, "BPR対象業務一覧"))
    sheet.append(styles.note_row(sheet, f"{title}　作成日 {made_on}　対象 {tasks.height} 業務"))
    sheet.append(
        styles.note_row(
            sheet,
            "削減見込＝導入前の時間×手段が引き受ける作業の割合×減る割合－確認と運用の時間。1 業務についての見込みで、実績ではない（内訳は計算書）。導入後＝導入前－削減見込。",
        )
    )
    sheet.append([])
    labels = [label for label, _, _ in _COLUMNS.values()]
    sheet.append(styles.header_row(sheet, labels, _HEADER))
    formats = [f for _, _, f in _COLUMNS.values()]
    for number, row in enumerate(tasks.select(_NAMES).iter_rows(), start=first):
        live = {_NAMES.index("hours_after"): _after(number)}
        sheet.append(styles.live_row(sheet, row, formats, live))
    if tasks.height:
        sheet.append(_total_row(sheet, first, last))
        letter = _letter("difficulty")
        styles.offer_choices(sheet, f"{letter}{first}:{letter}{last}", DIFFICULTIES)
    styles.fit_rows(sheet, first)
    return save(book)


def _rows(report: Report, task_ids: list[str], levers: Mapping[str, str]) -> pl.DataFrame:
    order = pl.DataFrame({"task_id": task_ids}, schema={"task_id": pl.String})
    kinds = {name: one.rate.kind for name, one in report.settings.savings.levers.items()}
    gates = {name: gate.label for name, gate in report.settings.scoring.gates.items()}
    chosen = pl.col("task_id").replace_strict(levers, default=None, return_dtype=pl.String)
    told = report.tasks.drop(_SAVINGS).with_columns(
        best_lever=pl.coalesce(chosen, pl.col("best_lever").cast(pl.String)).cast(
            report.tasks.schema["best_lever"]
        )
    )
    picked = order.join(told, on="task_id", maintain_order="left")
    for frame, wanted in ((report.scores, ["score"]), (report.savings, _SAVINGS)):
        own = frame.select("task_id", pl.col("lever").alias("best_lever"), *wanted)
        picked = picked.join(own, on=["task_id", "best_lever"], how="left", maintain_order="left")
    picked = picked.with_row_index("number", offset=1)
    lever = pl.col("best_lever").cast(pl.String)
    return in_words(
        picked.with_columns(
            division=pl.concat_str("division", "unit", separator="\n", ignore_nulls=True),
            work_class=pl.col("work_class").cast(pl.String).replace(terms.SHORT_WORK_CLASSES),
            task=pl.concat_str(
                "task_name",
                pl.when(pl.col("activity_name") != pl.col("task_name")).then("activity_name"),
                separator="\n",
                ignore_nulls=True,
            ),
            evidence=lever.replace_strict(kinds, default=None),
            gate=pl.col("gate").replace(gates),
            hours_after=pl.lit(None, pl.Float64),
            policy=pl.lit(None, pl.String),
            difficulty=pl.lit(None, pl.String),
            status=pl.lit(TARGET_STATUSES["candidate"].label),
            schedule=pl.lit(None, pl.String),
            place=pl.format("{} {}行", "workbook", "row"),
        )
    )


def _total_row(sheet: Worksheet, first: int, last: int) -> list[Cell]:
    """Return the row of sums, as formulas that follow later edits."""
    values: list[Value] = ["合計" if name == "task" else None for name in _NAMES]
    sums = {_NAMES.index(n): f"=SUM({_letter(n)}{first}:{_letter(n)}{last})" for n in _SUMMED}
    return styles.live_row(sheet, values, [f for _, _, f in _COLUMNS.values()], sums)


def _after(row: int) -> str:
    """Hours before less what is expected."""
    before, saved = f"{_letter('annual_hours')}{row}", f"{_letter('saving_hours')}{row}"
    return f'=IF(AND(ISNUMBER({before}),ISNUMBER({saved})),{before}-{saved},"")'


def _letter(name: str) -> str:
    return get_column_letter(_NAMES.index(name) + 1)
