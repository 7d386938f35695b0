"""Two years as a workbook: a sentence, live totals that agree with our own sums, every task."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from bpr.export.years import tell_years, write_years
from bpr.frames import DataFrame, TaskLinks, YearChanges, empty
from bpr.frames.years import YearNames
from bpr.tabulate.years import compare_years, summarize_years
from tests.builder import task, tasks_frame
from tests.export.recalculated import needs_office, recalculate

Opened = Callable[[bytes], openpyxl.Workbook]
NAMES = YearNames("みどり野町", "令和6年度", "令和7年度")


def links(*rows: tuple[str | None, str | None, str | None, bool]) -> DataFrame[TaskLinks]:
    full = [(before, after, how, None, sure, "業務名が同じ") for before, after, how, sure in rows]
    schema = empty(TaskLinks).schema
    return TaskLinks.validate(pl.DataFrame(full, schema=schema, orient="row"), cast=True)


def changes(evil: str = "") -> DataFrame[YearChanges]:
    def of(key: str, division: str | None, hours: float | None, count: float | None = None) -> Any:
        own = evil + division if division else division
        known = {"division": own, "annual_hours": hours, "annual_count": count}
        return task(evil + key, None, **{**known, "task_id": key})

    before = [of("b1", "市民課", 100, 600), of("b2", "税務課", 30), of("b3", "税務課", 8)]
    after = [of("a1", "市民課", 150, 750), of("a3", "税務課", None), of("a4", None, 25.5)]
    found = links(
        ("b1", "a1", "name", True),
        ("b2", None, None, False),
        ("b3", "a3", "fuzzy", False),
        (None, "a4", None, False),
    )
    return compare_years(found, tasks_frame(*before), tasks_frame(*after))


def book(found: DataFrame[YearChanges], names: YearNames = NAMES) -> bytes:
    return write_years(found, summarize_years(found), names)


def rows(sheet: Any, first: int) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(min_row=first, values_only=True)]


def test_the_sentences_tell_result_base_and_doubt() -> None:
    found = changes()
    result = (
        "結果：令和6年度の 138.0 時間が、令和7年度は 175.5 時間になりました（差 +37.5 時間、+27.2%）。"
        "内訳：増えた業務 +50.0 時間、減った業務 +0.0 時間、ほぼ同じ業務 +0.0 時間、"
        "なくなった業務 -30.0 時間、新しい業務 +25.5 時間、片方の年度の時間が不明な業務 -8.0 時間。"
    )
    base = (
        "母数：4 業務（両年度にある 2、なくなった 1、新しい 1）。時間の分からない年度がある 1 業務は、"
        "分からない時間を 0 とせず、合計に入れていません。"
    )
    sure = (
        "確認：両年度にある業務のうち 1 業務（令和7年度の 0.0 時間）は、"
        "同じ業務かどうかを人がまだ確かめていません。"
    )
    assert tell_years(found, summarize_years(found), NAMES) == [result, base, sure]


def test_the_summary_cell_by_cell(opened: Opened) -> None:
    sheet = opened(book(changes()))["前年度との比較"]
    assert sheet["A2"].value == "団体：みどり野町"
    head, citizens, taxes, untold, total = rows(sheet, 8)
    assert head[:4] == ["課", "業務数", "当時の課の\n時間\n令和6年度", "時間\n令和6年度"]
    assert citizens == [
        "市民課", 1, 100, 100, 150, "=E9-D9", '=IF(D9=0,"",F9/D9)', 50, 0, 0, 0, 0, 0,
        "=ROUND(F9-SUM(H9:M9),3)", 0, 0, 0,
    ]  # fmt: skip
    assert taxes[7:13] == [0, 0, 0, -30, 0, -8]
    assert untold[0] == "（課の記入なし）"
    assert total[:7] == [
        "合計", "=SUM(B9:B11)", "=SUM(C9:C11)", "=SUM(D9:D11)", "=SUM(E9:E11)", "=E12-D12",
        '=IF(D12=0,"",F12/D12)',
    ]  # fmt: skip
    assert sheet.freeze_panes == "B9"


def test_every_task_the_largest_difference_first(opened: Opened) -> None:
    sheet = opened(book(changes()))["業務の一覧"]
    _, first, second, third, last = rows(sheet, 1)
    assert first[:10] == ["増えた", "市民課", "市民課", "b1", "a1", 100, 150, 50, 27.5, 22.5]
    assert first[10:] == [600, 750, 10, 12, "はい", "業務名", "業務名が同じ", "b1", "a1"]
    assert [second[0], third[0], last[0]] == ["なくなった", "新しい", "時間不明"]
    assert last[5:8] == [8, None, None]
    assert sheet.auto_filter.ref == "A1:S5"


def test_nothing_to_compare_is_no_error(opened: Opened) -> None:
    found = opened(book(changes().clear()))
    assert len(rows(found["前年度との比較"], 8)) == 1


def test_only_our_formulas_are_formulas(opened: Opened) -> None:
    evil = "=1+1 "
    found = opened(book(changes(evil), YearNames(evil, evil, evil)))
    formulas = {
        cell.coordinate
        for sheet in found
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    own = {f"{letter}{row}" for letter in "FGN" for row in range(9, 13)}
    assert formulas == own | {f"{letter}12" for letter in "BCDEFGHIJKLMNOPQ"}


@needs_office
def test_libreoffice_finds_our_sums(tmp_path: Path) -> None:
    found = changes()
    [made] = recalculate(tmp_path, book(found))
    sheet = made["前年度との比較"]
    last = rows(sheet, 12)[0]
    total = summarize_years(found).row(0, named=True)
    assert last[1:6] == pytest.approx(
        [4, total["told_before_hours"], 138, 175.5, total["difference_hours"]]
    )
    assert last[6] == pytest.approx(37.5 / 138)
    assert last[7:] == pytest.approx([50, 0, 0, -30, 25.5, -8, 0, 1, 0, 1])
    assert [row[13] for row in rows(sheet, 9)] == [0, 0, 0, 0]
    assert rows(sheet, 11)[0][6] in {None, ""}
