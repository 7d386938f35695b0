"""A frozen evaluation as a workbook: one sheet with what it was made with and all its tasks."""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl
from openpyxl.utils import get_column_letter

from bpr.export import styles
from bpr.export.cells import safe_value
from bpr.export.sheets import new_book, save
from bpr.export.values import LEVER_LABELS
from bpr.frames import DataFrame
from bpr.frames.evaluations import EvaluationRows

SHEET: Final = "評価"
_COLUMNS: Final[dict[str, tuple[str, float]]] = {
    "rank": ("順位", 8),
    "rank_low": ("順位\n（上限）", 9),
    "rank_high": ("順位\n（下限）", 9),
    "division": ("課", 18),
    "task_name": ("業務", 60),
    "lever": ("手段", 20),
    "score": ("適性\n（100点）", 10),
    "score_low": ("適性\n（下限）", 10),
    "score_high": ("適性\n（上限）", 10),
    "saving_hours": ("削減見込\n（時間/年）", 12),
    "saving_hours_low": ("削減見込\n（下限）", 12),
    "saving_hours_high": ("削減見込\n（上限）", 12),
    "gate": ("制約", 20),
    "task_id": ("業務ID", 18),
}
"""Field -> label and width."""
_DECIMALS: Final = 1
"""Numbers are rounded, not formatted: a style for each cell of thousands of rows takes seconds."""


def write_evaluation(
    notes: Sequence[str], rows: DataFrame[EvaluationRows], gates: Mapping[str, str]
) -> bytes:
    """Workbook of a frozen ranking, all tasks by rank.

    `notes`: lines that say what it is (title, date, weights); `gates`: labels of the gates that are
    known, any other stands as it was frozen.
    """
    book = new_book()
    sheet = book.create_sheet(SHEET)
    header = 2 + len(notes)
    styles.set_page(sheet, [width for _, width in _COLUMNS.values()], header)
    sheet.append(styles.title_row(sheet, SHEET))
    for note in notes:
        sheet.append(styles.note_row(sheet, f"・{note}"))
    sheet.append(styles.header_row(sheet, [label for label, _ in _COLUMNS.values()]))
    shown = rows.with_columns(
        pl.col("lever").replace(LEVER_LABELS),
        pl.col("gate").replace(dict(gates)),
        pl.col(pl.Float64).round(_DECIMALS),
    )
    for row in shown.select(list(_COLUMNS)).iter_rows():
        sheet.append([safe_value(sheet, value) for value in row])
    if rows.height:
        last = get_column_letter(len(_COLUMNS))
        sheet.auto_filter.ref = f"A{header}:{last}{header + rows.height}"
    return save(book)
