"""The calculation (計算書): scores and savings of chosen tasks, line by line, with live formulas."""

from collections.abc import Iterable, Sequence
from typing import Final

import polars as pl
from openpyxl import Workbook

from bpr.errors import InputError
from bpr.export import styles
from bpr.export.calculation_grid import Formula, Grid, Input
from bpr.export.calculation_task import INDEX, TaskSheet, name_task, write_task
from bpr.export.cells import safe_text
from bpr.export.sheets import save
from bpr.frames import DataFrame, RankQuestions
from bpr.report import Report

MOST_TASKS: Final = 50
QUESTIONS: Final = "課への質問"
_FORBIDDEN: Final = "[]:*?/\\'"
"""What Excel takes in no sheet's name, and the apostrophe, which formulas would have to double."""
_LONGEST_NAME: Final = 12
_THRESHOLD: Final = "点がこれ以上の手段を推奨手段とする（本製品の目安。書き換えると推奨も変わる）"
_NOTES: Final = (
    "点＝100 × Σ（重み × 値）÷ Σ 重み と、上限（制約）の小さいほう。値は調査票の答えを 0〜1 に直したもの。答えがないところは下限〜上限の幅で示し、その中央で計算する。",
    "削減見込＝手段が引き受ける時間 ×（減る割合 − 確認の割合）− 運用の時間。1 業務についての見込みで、実績ではない。",
    "重み・値の区切り・上限・推奨の目安は本製品が置いた数で、国などの公式な数値基準はない。根拠の等級：A 法令・通知／B 公表された実績・報告／C 本製品の目安。",
    "色の付いたセルは書き換えられる。重みや値を変えると、点・削減見込・この目次が計算し直される。推奨手段は点のいちばん高い手段で、同じ点なら業務のシートで上にある手段。",
)


def write_calculation(
    report: Report,
    task_ids: Sequence[str],
    title: str,
    made_on: str,
    questions: DataFrame[RankQuestions] | None = None,
) -> bytes:
    """Workbook with an index, a sheet per task in the order given, and questions to divisions.

    `made_on` is the date to print. Unknown ids are passed over; `InputError` where none is left or
    there are more than `MOST_TASKS`.
    """
    tasks = _choose(report, task_ids)
    book = Workbook()
    index = Grid(book.worksheets[0], (5, 34, 18, 16, 9, 9, 9, 11, 11, 11, 16, 22))
    index.sheet.title = INDEX
    threshold = _write_head(index, report, title, f"{made_on}　対象 {tasks.height} 業務")
    for number, task in enumerate(tasks.iter_rows(named=True), start=1):
        sheet = book.create_sheet(_name_sheet(number, task["activity_name"] or task["task_name"]))
        written = write_task(sheet, report, task["task_id"], threshold)
        _write_entry(index, number, task, written)
    if questions is not None:
        _write_questions(book, report, tasks, questions)
    if book.calculation is not None:
        book.calculation.fullCalcOnLoad = True
    return save(book)


def _choose(report: Report, task_ids: Iterable[str]) -> pl.DataFrame:
    order = pl.DataFrame({"task_id": list(dict.fromkeys(task_ids))}, {"task_id": pl.String})
    tasks = order.join(report.tasks, on="task_id", maintain_order="left")
    if not tasks.height:
        raise InputError("計算書にする業務がありません。一覧の左のチェックで選んでください。")
    if tasks.height > MOST_TASKS:
        msg = f"計算書にできるのは一度に {MOST_TASKS} 業務までです（選ばれているのは {tasks.height} 業務）。業務を減らして選び直してください。"
        raise InputError(msg)
    return tasks


def _write_head(index: Grid, report: Report, title: str, made: str) -> str:
    """Write the head of the index; return the reference to the recommended score."""
    index.title("計算書")
    index.text(f"{title}　作成日 {made}")
    for note in _NOTES:
        index.note(note)
    score = report.settings.scoring.recommended_score
    row = index.line(
        ["推奨の目安", None, Input(score), _THRESHOLD, *[None] * 8],
        [None, None, styles.SCORE, *[None] * 9],
        {1: 2, 4: 12},
    )
    index.allow(f"C{row}", 0, 100, "0〜100 の点を入れてください。")
    index.gap()
    index.header(
        [
            "No", "業務", "課", "推奨手段", "点\n下限", "点", "上限",
            "削減見込\n（時間/年）\n下限", "中央", "上限", "業務ID", "計算のシート",
        ]
    )  # fmt: skip
    index.sheet.freeze_panes = f"A{index.row + 1}"
    index.sheet.print_title_rows = f"{index.row}:{index.row}"
    return f"'{INDEX}'!$C${row}"


def _write_entry(index: Grid, number: int, task: dict[str, str | None], written: TaskSheet) -> None:
    results: list[Formula] = [written.cell(column) for column in "BHIJDEF"]
    row = index.line(
        [number, name_task(task), task["division"], *results, task["task_id"], written.name],
        [None, None, None, None, *[styles.SCORE] * 3, *[styles.HOURS] * 3, None, None],
    )
    index.link(f"L{row}", written.name)


def _name_sheet(number: int, name: str | None) -> str:
    """Return a short name that Excel takes; the number keeps it apart from all others."""
    kept = "".join(ch for ch in safe_text(name or "") if ch.isprintable() and ch not in _FORBIDDEN)
    return f"{number:02} {kept[:_LONGEST_NAME]}".strip()


def _write_questions(
    book: Workbook, report: Report, tasks: pl.DataFrame, questions: DataFrame[RankQuestions]
) -> None:
    """Add a sheet to be filled in by the divisions, division after division."""
    grid = Grid(book.create_sheet(QUESTIONS), (18, 40, 52, 10, 16, 44))
    grid.title("課への質問")
    grid.text(
        "答えると順位がいちばん動く質問を、業務ごとに 1 つ挙げる。回答の欄に書いて返してください。"
    )
    header = grid.header(["課", "業務", "質問", "今の順位", "答えによる\n順位の幅", "回答"])
    grid.sheet.freeze_panes = f"A{header + 1}"
    grid.sheet.print_title_rows = f"{header}:{header}"
    asked = tasks.join(questions, on="task_id", maintain_order="left")
    asked = asked.with_row_index("order").sort(
        pl.col("order").min().over("division"), maintain_order=True
    )
    wording = report.settings.scoring.questions
    for row in asked.iter_rows(named=True):
        width = f"{row['rank_best']}〜{row['rank_worst']} 位"
        question = wording.get(row["field"], row["field"])
        grid.line(
            [row["division"], name_task(row), question, row["rank"], width, ""],
            [*[None] * 5, "@"],
        )
    if rest := tasks.height - asked.height:
        grid.note(f"ほかの {rest} 業務には、答えで順位が変わる質問がありません。")
