"""The BPR target list: the selected tasks in their order, with totals that follow later edits."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from bpr.export.target_list import write_target_list
from bpr.pipeline import Report
from tests.export.hostile import FORMULAS
from tests.export.recalculated import needs_office, recalculate
from tests.tabulate.town import capped_report

Opened = Callable[[bytes], openpyxl.Workbook]

CHOSEN = ["税務課-3", "税務課-1", "福祉課-2", "税務課-2"]
"""Not by rank; 福祉課-2 has no hours."""
LABELS = [
    "No", "所属", "業務名", "区分", "媒体", "年間件数\n（件）", "導入前\n（時間/年）",
    "導入後\n（時間/年）", "手段", "適性\n（100点）", "削減見込\n（時間/年）", "下限", "上限",
    "根拠\n区分", "制約", "現状・課題", "今後の方針", "難易度\n高/中/低", "スケジュール", "状態",
    "業務No", "調査票",
]  # fmt: skip


def target_list(report: Report, ids: list[str]) -> bytes:
    return write_target_list(report, ids, "みどり野町　令和6年度調査", "2025-04-01")


def table(book: openpyxl.Workbook) -> list[list[object]]:
    return [list(row) for row in book.worksheets[0].iter_rows(min_row=5, values_only=True)]


def test_head_and_columns(town: Report, opened: Opened) -> None:
    book = opened(target_list(town, CHOSEN))
    sheet = book.worksheets[0]
    assert book.sheetnames == ["BPR対象業務一覧"]
    assert sheet["A1"].value == "BPR対象業務一覧"
    assert sheet["A2"].value == "みどり野町　令和6年度調査　作成日 2025-04-01　対象 4 業務"
    assert table(book)[0] == LABELS
    assert (sheet.page_setup.fitToWidth, sheet.print_title_cols) == (2, "$A:$C")


def test_the_tasks_in_the_order_given(town: Report, opened: Opened) -> None:
    rows = table(opened(target_list(town, CHOSEN)))[1:]
    assert [row[LABELS.index("業務No")] for row in rows] == [*CHOSEN, None]
    assert [row[0] for row in rows] == [1, 2, 3, 4, None]


def test_one_row_cell_by_cell(town: Report, opened: Opened) -> None:
    task = town.tasks.filter(task_id="税務課-1").row(0, named=True)
    row = table(opened(target_list(town, ["税務課-1"])))[1]
    saved = [
        pytest.approx(400 * 0.8 * (0.886 - 0.56) - 6),
        *(pytest.approx(task[f"saving_hours_{end}"]) for end in ("low", "high")),
    ]
    assert row == [
        1, "税務課", "賦課\n申告書の入力", "III 定型", "紙（量多い）", 1000, 400,
        '=IF(AND(ISNUMBER(G6),ISNUMBER(K6)),G6-K6,"")', "AI-OCR",
        pytest.approx(task["ai_ocr_score"]), *saved, "実績", None, None,
        None, None, None, "候補", "税務課-1", "調査票.xlsx 2行",
    ]  # fmt: skip


def test_what_is_capped_says_why_and_promises_nothing(opened: Opened) -> None:
    data = target_list(capped_report(), ["税務課-1"])
    row = dict(zip(LABELS, table(opened(data))[1], strict=True))
    assert row["制約"] == "コア業務"
    assert row["手段"] is row["適性\n（100点）"] is row["削減見込\n（時間/年）"] is None


def test_the_totals_are_formulas_over_all_tasks(town: Report, opened: Opened) -> None:
    total = table(opened(target_list(town, CHOSEN)))[-1]
    assert total[2] == "合計"
    assert {LABELS[i]: cell for i, cell in enumerate(total) if str(cell).startswith("=")} == {
        "導入前\n（時間/年）": "=SUM(G6:G9)",
        "導入後\n（時間/年）": "=SUM(H6:H9)",
        "削減見込\n（時間/年）": "=SUM(K6:K9)",
        "下限": "=SUM(L6:L9)",
        "上限": "=SUM(M6:M9)",
    }


def test_unknown_ids_are_passed_over_without_a_gap(town: Report, opened: Opened) -> None:
    rows = table(opened(target_list(town, ["ない", "税務課-1", "どこにもない", "税務課-3"])))[1:]
    assert [row[0] for row in rows] == [1, 2, None]
    assert rows[-1][6] == "=SUM(G6:G7)"


def test_only_the_totals_are_formulas(hostile: Report, opened: Opened) -> None:
    ids = hostile.tasks["task_id"].to_list()
    sheet = opened(target_list(hostile, ids)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    formulas = {cell.coordinate: cell.value for cell in cells if cell.data_type == "f"}
    last = 5 + len(ids)
    after = {f"H{row}" for row in range(6, last + 1)}
    assert set(formulas) == after | {f"{letter}{last + 1}" for letter in "GHKLM"}
    issues = [sheet.cell(row, LABELS.index("現状・課題") + 1).value for row in range(6, last + 1)]
    assert set(FORMULAS.values()) <= set(issues)


@needs_office
def test_libreoffice_opens_it_and_finds_the_sums(town: Report, tmp_path: Path) -> None:
    [book] = recalculate(tmp_path, target_list(town, CHOSEN))
    total = dict(zip(LABELS, table(book)[-1], strict=True))
    chosen = town.tasks.filter(town.tasks["task_id"].is_in(CHOSEN))
    assert total["導入前\n（時間/年）"] == 700
    known = chosen.drop_nulls("saving_hours")
    after = float((known["annual_hours"] - known["saving_hours"]).sum())
    assert total["導入後\n（時間/年）"] == pytest.approx(after)
    for name, column in (
        ("削減見込\n（時間/年）", "saving_hours"),
        ("下限", "saving_hours_low"),
        ("上限", "saving_hours_high"),
    ):
        assert chosen[column].sum() > 0
        assert total[name] == pytest.approx(chosen[column].sum())
