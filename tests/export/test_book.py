"""The one workbook: an index that leads everywhere, live totals, charts, text that stays text."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bpr.export.book import INDEX, TASKS, write_book
from bpr.export.book_lists import CANDIDATES, PREMISES
from bpr.export.finding_list import FINDINGS
from bpr.export.kpi_sheets import TABLE, UNITS, VALUES, YEARS
from bpr.export.tables import TABLES
from bpr.export.targets import TARGETS
from bpr.pipeline import Report
from tests.decide.records import History
from tests.export.matters import matter_of
from tests.export.recalculated import find_errors, needs_office, recalculate

Opened = Callable[[bytes], openpyxl.Workbook]
KPI_SHEETS = [TABLE, YEARS, UNITS, VALUES]


def rows(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def row_of(sheet: Any, name: Any, column: int = 0) -> list[Any]:
    return next(row for row in rows(sheet) if row[column] == name)


def decided() -> Any:
    values = {"edition_id": 1, "hours": 400.0, "expected_hours": 120.0, "expected_hours_low": 60.0, "expected_hours_high": 200.0}  # fmt: skip
    history = History().create(1, "2026-05-01", "税務課-1", status="selected", **values)
    return history.create(2, "2026-05-01", "税務課-3", status="selected", **values).events


def test_the_index_leads_to_every_sheet(town: Report, opened: Opened) -> None:
    book = opened(write_book(matter_of(town)))
    names = [*TABLES, TASKS, CANDIDATES, TARGETS, *KPI_SHEETS, FINDINGS, PREMISES]
    assert book.sheetnames == [INDEX, *names]
    index = book[INDEX]
    links = {
        cell.value: cell.hyperlink.location
        for row in index.iter_rows(max_col=1)
        for cell in row
        if cell.hyperlink
    }
    assert links == {name: f"'{name}'!A1" for name in names}
    assert row_of(index, TABLES[0])[2] == "1,000 時間／年（時間の分かる業務）"
    assert row_of(index, TASKS)[2] == "7 業務"
    assert all(answer and base for _, answer, base in rows(index)[-len(names) :])


def test_totals_and_shares_are_formulas(town: Report, opened: Opened) -> None:
    book = opened(write_book(matter_of(town)))
    shares, core = [row for row in rows(book[TABLES[0]]) if row[0] == "I コア"]
    assert all(str(value).startswith("=IF($E$") for value in shares[1:4])
    assert [shares[6], shares[9]] == [0.299, 0.327]
    assert core[1:4] == [200, 0, 0]
    assert core[4].startswith("=SUM(B")
    total = row_of(book[TABLES[1]], "合計")
    assert all(str(value).startswith("=SUM(") for value in total[1:6])
    sheets: list[Any] = [book[name] for name in TABLES]
    assert [[len(chart.series) for chart in sheet._charts] for sheet in sheets] == [[3], [4], [4]]


def test_tasks_and_candidates_are_those_of_the_report(town: Report, opened: Opened) -> None:
    book = opened(write_book(matter_of(town)))
    tasks = rows(book[TASKS])
    assert len(tasks) == 1 + town.tasks.height
    place = tasks[0].index("判定の理由")
    reasons = dict(town.classes.select("task_id", "reason").iter_rows())
    assert {row[-1]: row[place] for row in tasks[1:]} == reasons
    matter = matter_of(town)
    listed = [row for row in rows(book[CANDIDATES]) if isinstance(row[0], int)]
    assert [row[16] for row in listed] == matter.candidates["task_id"].to_list()
    assert [row[0] for row in listed] == matter.candidates["rank"].to_list()
    assert [row[11] for row in listed] == pytest.approx(matter.candidates["saving_hours"].to_list())
    assert [row[15] for row in listed] == [f"理由 {row[16]}" for row in listed]


def test_targets_stand_with_their_sum(town: Report, opened: Opened) -> None:
    sheet = opened(write_book(matter_of(town, decided())))[TARGETS]
    head, row, total = row_of(sheet, "対象\nNo"), row_of(sheet, 1), row_of(sheet, "合計", 3)
    place = head.index("削減見込\n（時間/年）")
    assert [row[4:6], row[9], row[place : place + 3]] == [["III 定型", "紙（量多い）"], 400, [120, 60, 200]]  # fmt: skip
    assert total[place] == "=SUM(L6:L7)"


def test_every_sheet_prints_on_a4_with_its_header(town: Report, opened: Opened) -> None:
    for sheet in opened(write_book(matter_of(town))).worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth == (2 if sheet.title == TARGETS else 1)
        setup = sheet.sheet_properties.pageSetUpPr
        assert setup is not None
        assert setup.fitToPage
        assert sheet.print_title_rows
        assert sheet.freeze_panes


def test_the_wide_list_names_its_tasks_on_both_pages(town: Report, opened: Opened) -> None:
    sheet = opened(write_book(matter_of(town, decided())))[TARGETS]
    assert (sheet.print_title_cols, sheet.page_setup.pageOrder) == ("$A:$D", "overThenDown")
    assert sheet["D5"].value == "業務名"


def test_only_our_formulas_are_formulas(hostile: Report, opened: Opened) -> None:
    book = opened(write_book(matter_of(hostile)))
    formulas = [
        cell
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert {cell.parent.title for cell in formulas} == {*TABLES, CANDIDATES}
    assert all(str(cell.value).startswith(("=SUM(", "=SUBTOTAL(109,", "=IF(")) for cell in formulas)
    texts = {row[3] for row in rows(book[TASKS])}
    assert {"式", "タグ"} <= texts


@needs_office
def test_libreoffice_finds_our_sums(town: Report, tmp_path: Path) -> None:
    matter = matter_of(town, decided())
    [book] = recalculate(tmp_path, write_book(matter))
    shares, hours = [row for row in rows(book[TABLES[0]]) if row[0] == "合計"]
    assert shares[1:4] == pytest.approx([0.6, 0.35, 1])
    assert hours[1:5] == pytest.approx([600, 350, 50, 1000])
    assert row_of(book[TABLES[0]], "I コア")[1:4] == pytest.approx([0.2, 0, 0.2])
    assert row_of(book[TABLES[1]], "紙利用率")[5] == pytest.approx(0.7)
    sums = row_of(book[CANDIDATES], "合計（見えている行）", 4)
    assert sums[11] == pytest.approx(float(matter.candidates["saving_hours"].sum()))
    assert row_of(book[TARGETS], "合計", 3)[9:14] == pytest.approx([800, 560, 240, 120, 400])
    assert find_errors(book) == []
