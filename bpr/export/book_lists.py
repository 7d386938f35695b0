"""Sheets of the one workbook that list: candidates, premises."""

from typing import Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from bpr.export import styles
from bpr.export.calculation_grid import Formula, Grid, Item
from bpr.export.report_matter import Matter
from bpr.export.report_premises import list_factors, tell_premises, tell_sources
from bpr.export.values import LEVER_LABELS

CANDIDATES: Final = "候補"
PREMISES: Final = "前提"
_SAVINGS: Final = ("saving_hours", "saving_hours_low", "saving_hours_high")


def write_candidates(book: Workbook, matter: Matter) -> None:
    """Add the sheet of all tasks with a recommended lever, by rank; the total follows a filter."""
    labels = [
        ("順位", 7, styles.COUNT), ("順位\n上限", 7, styles.COUNT), ("順位\n下限", 7, styles.COUNT),
        ("課", 14, None), ("業務", 34, None), ("手段", 13, None), ("点", 7, styles.SCORE),
        ("点\n下限", 7, styles.SCORE), ("点\n上限", 7, styles.SCORE), ("確かさ", 10, None),
        ("導入前\n（時間/年）", 11, styles.HOURS), ("削減見込\n（時間/年）", 11, styles.HOURS),
        ("削減見込\n下限", 10, styles.HOURS), ("削減見込\n上限", 10, styles.HOURS),
        ("制約", 14, None), ("なぜ（上位だけ）", 38, None), ("業務ID", 16, None),
    ]  # fmt: skip
    tasks = matter.candidates
    grid = Grid(book.create_sheet(CANDIDATES), [width for _, width, _ in labels])
    grid.title("見直しの候補（適性の点の順）")
    grid.note(
        "合計は、見えている行だけを足す（絞り込むと変わる）。削減見込は 1 業務ごとの見込みで、足し合わせた数をそのまま目標にしない。"
    )
    first = grid.row + 3
    last = first + max(tasks.height, 1) - 1
    formats = [form for _, _, form in labels]
    total: list[Item] = [None] * len(labels)
    total[4] = "合計（見えている行）"
    for column in range(10, 14):
        letter = get_column_letter(column + 1)
        total[column] = Formula(f"SUBTOTAL(109,{letter}{first}:{letter}{last})")
    grid.line(total, formats, result=True)
    head = grid.header([label for label, _, _ in labels])
    for row in tasks.iter_rows(named=True):
        grid.line(
            [
                row["rank"], row["rank_low"], row["rank_high"], row["division"], row["task"],
                LEVER_LABELS[row["best_lever"]], row["score"], row["score_low"], row["score_high"],
                row["certainty"], row["annual_hours"], *(row[name] for name in _SAVINGS),
                row["gate"], matter.reasons.get(row["task_id"]), row["task_id"],
            ],
            formats,
        )  # fmt: skip
    _repeat_head(grid, head)
    if tasks.height:
        grid.sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(labels))}{last}"


def write_premises(book: Workbook, matter: Matter) -> None:
    """Add the sheet of premises: how the numbers came about, factors, realism, sources, version."""
    grid = Grid(book.create_sheet(PREMISES), (30, 12, 18, 12, 10, 70))
    grid.title("前提と限界、出典と版")
    for text in tell_premises(matter):
        grid.text(f"・{text}")
    grid.section("公表された実績と比べた現実味")
    for row in matter.realism.iter_rows(named=True):
        grid.text(f"・{row['message']}（母数：{row['base']}。公表値：{row['source']}）")
    grid.section("削減見込に使った数")
    grid.header(["項目", "中央", "幅", "単位", "根拠", "出所"])
    for factor in list_factors(matter):
        grid.line([str(part) for part in factor], [None] * 6)
    grid.section("出典と版")
    for text in tell_sources(matter):
        grid.text(f"・{text}")


def _repeat_head(grid: Grid, head: int) -> None:
    grid.sheet.freeze_panes = f"A{head + 1}"
    grid.sheet.print_title_rows = f"{head}:{head}"
