"""The BPR targets that were decided on (BPR対象業務一覧): expected and realized, ready to print."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bpr.decide.effects import Effect
from bpr.deciding_terms import EXPECTATION_EVIDENCES, TARGET_STATUSES
from bpr.export import styles
from bpr.export.cells import Value
from bpr.export.sheets import save
from bpr.export.values import LEVER_LABELS, in_words
from bpr.frames import DataFrame, Targets
from bpr.report import Report
from bpr.terms import EVIDENCES, SHORT_WORK_CLASSES

_COLUMNS: Final[dict[str, tuple[str, float, str | None]]] = {
    "target_id": ("対象\nNo", 6, None),
    "task_ids": ("業務No", 14, None),
    "division": ("所属\n（主管課）", 12, None),
    "name": ("業務名", 26, None),
    "work_class": ("区分", 9, None),
    "medium": ("媒体", 10, None),
    "lever": ("手段", 13, None),
    "current_state": ("現状", 18, None),
    "policy": ("今後の方針", 18, None),
    "hours": ("導入前\n（時間/年）", 9, styles.HOURS),
    "hours_after": ("導入後\n（時間/年）", 9, styles.HOURS),
    "expected_hours": ("削減見込\n（時間/年）", 9, styles.HOURS),
    "expected_hours_low": ("下限", 8, styles.HOURS),
    "expected_hours_high": ("上限", 8, styles.HOURS),
    "realized_hours": ("実績の削減\n（時間/年）", 10, styles.HOURS),
    "evidence": ("根拠\n区分", 8, None),
    "difficulty": ("難易度", 8, None),
    "schedule": ("スケジュール", 18, None),
    "status": ("状態", 9, None),
    "owner": ("担当", 10, None),
}
"""Field -> label, width, number format."""
TARGETS: Final = "BPR対象業務一覧"
DIFFICULTIES: Final = ("高", "中", "低")
_NAMES: Final = list(_COLUMNS)
_SUMMED: Final = ("hours", "hours_after", "expected_hours", "expected_hours_low", "expected_hours_high", "realized_hours")  # fmt: skip
_HEADER: Final = 5
_NOTE: Final = (
    "導入後＝導入前－実績の削減（測っていないときは削減見込）。根拠区分は、測ったものは測り方、"
    "測っていないものは見込みの根拠。実績の削減は、測った期間を 1 年分に直した値。"
)


def write_targets(
    targets: DataFrame[Targets], effects: Sequence[Effect], tasks: pl.DataFrame, made: str
) -> bytes:
    """Workbook of targets in the order given, with live formulas; `made`: by whom and when.

    `tasks`: work_class and medium by edition_id and task_id.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    add_targets(book, targets, effects, tasks, made)
    return save(book)


def add_targets(
    book: Workbook,
    targets: DataFrame[Targets],
    effects: Sequence[Effect],
    tasks: pl.DataFrame,
    made: str,
) -> None:
    """Add the sheet of targets; parameters as above."""
    sheet: Worksheet = book.create_sheet(TARGETS)
    styles.set_page(sheet, [w for _, w, _ in _COLUMNS.values()], _HEADER, freeze=f"E{_HEADER + 1}")
    styles.print_on_two_pages(sheet, _NAMES.index("name") + 1)
    sheet.append(styles.title_row(sheet, TARGETS))
    sheet.append(styles.note_row(sheet, f"{made}　対象 {targets.height} 件"))
    sheet.append(styles.note_row(sheet, _NOTE))
    sheet.append([])
    labels = [label for label, _, _ in _COLUMNS.values()]
    sheet.append(styles.header_row(sheet, labels, _HEADER))
    formats = [f for _, _, f in _COLUMNS.values()]
    rows = _rows(targets, effects, tasks)
    for number, row in enumerate(rows.iter_rows(), start=_HEADER + 1):
        live = {_NAMES.index("hours_after"): _after(number)}
        sheet.append(styles.live_row(sheet, row, formats, live))
    if rows.height:
        last = _HEADER + rows.height
        sheet.append(_total_row(sheet, _HEADER + 1, last))
        letter = get_column_letter(_NAMES.index("difficulty") + 1)
        styles.offer_choices(sheet, f"{letter}{_HEADER + 1}:{letter}{last}", DIFFICULTIES)
    styles.fit_rows(sheet, _HEADER + 1)


def tell_made(report: Report, day: date) -> str:
    """Tell whose list it is, and of what day."""
    return "　".join(filter(None, (report.municipality, f"作成日 {day.isoformat()}")))


def _rows(
    targets: DataFrame[Targets], effects: Sequence[Effect], tasks: pl.DataFrame
) -> pl.DataFrame:
    known = {one.target.target_id: one.realized for one in effects if one.realized}
    hours = {number: one.hours for number, one in known.items()}
    kinds = {number: EVIDENCES[one.evidence].label for number, one in known.items()}
    expected = {name: term.label for name, term in EXPECTATION_EVIDENCES.items()}
    statuses = {name: term.label for name, term in TARGET_STATUSES.items()}
    number, kind = pl.col("target_id"), pl.col("expected_evidence").cast(pl.String)
    told = targets.join(_describe(targets, tasks), on="target_id", maintain_order="left")
    return told.with_columns(
        task_ids=pl.col("task_ids").str.replace_all("、", "\n"),
        name=pl.concat_str("name", pl.format("（{}）", "part"), ignore_nulls=True),
        lever=pl.concat_str(
            pl.col("lever").replace(LEVER_LABELS),
            pl.when(pl.col("means") != "").then("means"),
            separator="\n",
            ignore_nulls=True,
        ),
        hours_after=pl.lit(None, pl.Float64),
        realized_hours=number.replace_strict(hours, default=None, return_dtype=pl.Float64),
        evidence=pl.coalesce(
            number.replace_strict(kinds, default=None, return_dtype=pl.String),
            kind.replace_strict(expected, default=None, return_dtype=pl.String),
        ),
        schedule=pl.col("schedule").map_elements(_tell_schedule, return_dtype=pl.String),
        status=pl.when(pl.col("merged_into").is_not_null())
        .then(pl.format("対象 {} に統合", "merged_into"))
        .otherwise(pl.col("status").cast(pl.String).replace(statuses)),
    ).select(_NAMES)


def _describe(targets: DataFrame[Targets], tasks: pl.DataFrame) -> pl.DataFrame:
    """Class and medium of each target's tasks, each named once."""
    own = targets.select(
        "target_id", "edition_id", task_id=pl.col("task_ids").str.split("、")
    ).explode("task_id")
    told = tasks.with_columns(
        pl.col("work_class").cast(pl.String).replace(SHORT_WORK_CLASSES),
        pl.col("medium").cast(pl.String),
    )
    joined = in_words(
        own.join(told, on=["edition_id", "task_id"], how="left", maintain_order="left")
    )
    words = pl.col("work_class", "medium").drop_nulls().unique(maintain_order=True).str.join("\n")
    return joined.group_by("target_id", maintain_order=True).agg(words)


def _tell_schedule(text: str) -> str:
    return "\n".join(f"{year} {told}" for year, told in sorted(json.loads(text).items()))


def _after(row: int) -> str:
    """Hours before less what was measured, else less what is expected."""
    before, real, wanted = (
        f"{get_column_letter(_NAMES.index(name) + 1)}{row}"
        for name in ("hours", "realized_hours", "expected_hours")
    )
    saved = f"IF(ISNUMBER({real}),{real},IF(ISNUMBER({wanted}),{wanted},0))"
    return f'=IF(ISNUMBER({before}),{before}-{saved},"")'


def _total_row(sheet: Worksheet, first: int, last: int) -> list[Cell]:
    """Return the row of sums, as formulas that follow later edits."""
    values: list[Value] = ["合計" if name == "name" else None for name in _NAMES]
    letters = {_NAMES.index(n): get_column_letter(_NAMES.index(n) + 1) for n in _SUMMED}
    sums = {at: f"=SUM({letter}{first}:{letter}{last})" for at, letter in letters.items()}
    return styles.live_row(sheet, values, [f for _, _, f in _COLUMNS.values()], sums)
