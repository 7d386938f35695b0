"""The BPR target list (BPR対象業務一覧): the tasks that were selected, ready to edit and print."""

import polars as pl
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bpr import terms
from bpr.export import styles
from bpr.export.sheets import save
from bpr.export.values import in_words
from bpr.report import Report

_COLUMNS: dict[str, tuple[str, float, str | None]] = {
    "number": ("No", 4, None),
    "division": ("所属", 13, None),
    "task": ("業務名", 32, None),
    "work_class": ("業務の性質", 10, None),
    "medium": ("処理媒体", 11, None),
    "annual_count": ("年間件数\n（件）", 9, styles.COUNT),
    "annual_hours": ("導入前\n（時間/年）", 9, styles.HOURS),
    "best_lever": ("手段", 9, None),
    "score": ("適性\n（100点）", 8, styles.SCORE),
    "saving_hours": ("削減見込\n（時間/年）", 9, styles.HOURS),
    "saving_hours_low": ("下限", 8, styles.HOURS),
    "saving_hours_high": ("上限", 8, styles.HOURS),
    "evidence": ("根拠\n区分", 7, None),
    "gate": ("制約", 9, None),
    "issues": ("現状・課題", 18, None),
    "policy": ("今後の方針", 16, None),
    "schedule": ("スケジュール", 10, None),
    "task_id": ("業務No", 14, None),
    "place": ("調査票", 16, None),
}
"""Field -> label, width, number format. 今後の方針 and スケジュール are left for the office."""

_SUMMED = {"annual_hours", "saving_hours_low", "saving_hours", "saving_hours_high"}


def write_target_list(report: Report, task_ids: list[str], title: str, made_on: str) -> bytes:
    """Workbook of the selected tasks in the order given, with totals as live formulas.

    `made_on` is the date to print. Unknown ids are passed over.
    """
    tasks = _rows(report, task_ids)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "BPR対象業務一覧"
    header = 5
    styles.set_page(sheet, [w for _, w, _ in _COLUMNS.values()], header, freeze=f"D{header + 1}")
    first, last = header + 1, header + tasks.height
    sheet.append(styles.title_row(sheet, "BPR対象業務一覧"))
    sheet.append(styles.note_row(sheet, f"{title}　作成日 {made_on}　対象 {tasks.height} 業務"))
    sheet.append(
        styles.note_row(
            sheet,
            "削減見込＝導入前の時間×手段ごとの削減率（公表された実績・見込みの幅）。1 業務についての見込みで、実績ではない。",
        )
    )
    sheet.append([])
    sheet.append(styles.header_row(sheet, [label for label, _, _ in _COLUMNS.values()]))
    formats = [f for _, _, f in _COLUMNS.values()]
    for row in tasks.select(list(_COLUMNS)).iter_rows():
        sheet.append(styles.body_row(sheet, row, formats))
    if tasks.height:
        sheet.append(_total_row(sheet, first, last))
    styles.fit_rows(sheet, header)
    return save(book)


def _rows(report: Report, task_ids: list[str]) -> pl.DataFrame:
    order = pl.DataFrame({"task_id": task_ids}, schema={"task_id": pl.String})
    savings = {name: rate.kind for name, rate in report.settings.savings.levers.items()}
    gates = {name: gate.label for name, gate in report.settings.scoring.gates.items()}
    picked = order.join(report.tasks, on="task_id", maintain_order="left")
    picked = picked.with_row_index("number", offset=1)
    lever = pl.col("best_lever").cast(pl.String)
    score = pl.coalesce(
        pl.when(lever == name).then(pl.col(f"{name}_score")) for name in terms.LEVERS
    )
    return in_words(
        picked.with_columns(
            score=score,
            division=pl.concat_str("division", "unit", separator="\n", ignore_nulls=True),
            work_class=pl.col("work_class").cast(pl.String).replace(terms.SHORT_WORK_CLASSES),
            task=pl.concat_str(
                "task_name",
                pl.when(pl.col("activity_name") != pl.col("task_name")).then("activity_name"),
                separator="\n",
                ignore_nulls=True,
            ),
            evidence=lever.replace_strict(savings, default=None),
            gate=pl.col("gate").replace(gates),
            policy=pl.lit(None, pl.String),
            schedule=pl.lit(None, pl.String),
            place=pl.format("{} {}行", "workbook", "row"),
        )
    )


def _total_row(sheet: Worksheet, first: int, last: int) -> list[Cell]:
    """Return the row of sums, as formulas that follow later edits."""
    cells = styles.body_row(sheet, [None] * len(_COLUMNS), [f for _, _, f in _COLUMNS.values()])
    cells[2].value = "合計"
    for number, name in enumerate(_COLUMNS):
        if name in _SUMMED:
            letter = get_column_letter(number + 1)
            cells[number].value = f"=SUM({letter}{first}:{letter}{last})"
    return cells
