"""The calculation: its formulas, computed by others, give the scores and savings of the report."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bpr.export.calculation import write_calculation
from bpr.pipeline import Report, Workbook, run
from bpr.score.explain import SavingLines, explain_task
from bpr.score.savings import estimate_savings
from bpr.terms import LEVERS
from tests.builder import SETTINGS
from tests.export.recalculated import find_errors, needs_office, recalculate
from tests.export.test_calculation_formulas import Calculator
from tests.tabulate.town import IDS, capped_report, town_report

Opened = Callable[[bytes], openpyxl.Workbook]
Look = Callable[[str, str], Any]
"""Sheet and cell -> value."""

GATED, UNKNOWN = "税務課-2", "福祉課-2"
"""Core by the survey's word; without hours and with hardly an answer."""


def calculation(report: Report, ids: list[str], **more: Any) -> bytes:
    return write_calculation(report, ids, "みどり野町　令和6年度調査", "2025-04-01", **more)


@cache
def sample() -> Report:
    """Return two divisions of the sample town."""
    folder = Path(__file__).parents[2] / "surveys" / "sample"
    names = ["10_町民課.xlsx", "08_税務課.xlsx"]
    return run([Workbook(name, (folder / name).read_bytes()) for name in names], SETTINGS)


@cache
def all_of_town() -> bytes:
    """Return the calculation of the whole town, made once."""
    return calculation(town_report(), IDS)


def sample_ids() -> list[str]:
    """Return the best, the middle, the last, and tasks that a model classed or a gate stopped."""
    tasks = sample().tasks.sort("rank")
    modelled = tasks.filter(pl.col("work_class_source") == "model")
    stopped = tasks.filter(pl.col("gate").is_not_null())
    picked = [tasks.head(1), tasks[tasks.height // 2], tasks.tail(1), modelled.head(2), stopped[5]]
    return pl.concat(picked)["task_id"].unique(maintain_order=True).to_list()


def rows_of(sheet: Worksheet, lever: str) -> dict[str, int]:
    """Label in column A -> row, within a lever's part of a task's sheet."""
    labels = [str(row[0]) for row in sheet.iter_rows(max_col=1, values_only=True)]
    heads = [n for n, label in enumerate(labels) if label.startswith("手段 ")]
    first = next(n for n in heads if labels[n].endswith(f"　{LEVERS[lever].label}"))
    last = next((n for n in heads if n > first), len(labels))
    return {labels[n]: n + 1 for n in range(first, last)}


def assert_as_reported(book: openpyxl.Workbook, look: Look, report: Report, ids: list[str]) -> None:
    """Hold every lever of every task, and the index, against the report."""
    first = 1 + [row[0] for row in book["計算書"].values].index("No")
    for number, task_id in enumerate(ids, start=1):
        sheet = book.worksheets[number]
        told = explained(report, task_id)
        for lever in LEVERS:
            rows = rows_of(sheet, lever)
            assert_score(look, sheet.title, rows, report, task_id, lever)
            assert_saving(look, sheet.title, rows, told[lever])
            saved = report.savings.filter(task_id=task_id, lever=lever)
            ends = saved.select("saving_hours_low", "saving_hours", "saving_hours_high").row(0)
            assert (told[lever].hours or (None,) * 3) == ends
            assert told[lever].yen == saved["saving_yen"].item()
        assert_entry(look, first + number, report, task_id)


def assert_score(
    look: Look, sheet: str, rows: dict[str, int], report: Report, task_id: str, lever: str
) -> None:
    told = report.scores.filter(task_id=task_id, lever=lever).row(0, named=True)
    found = [look(sheet, f"{column}{rows[LEVERS[lever].label + 'の点']}") for column in "HIJ"]
    ends = [told["score_low"], told["score"], told["score_high"]]
    assert found == pytest.approx(ends, abs=1e-9)
    assert look(sheet, f"I{rows['合計']}") == pytest.approx(told["uncapped_score"], abs=1e-9)
    assert look(sheet, f"I{rows['上限（制約）']}") == pytest.approx(told["cap"], abs=1e-9)


def assert_saving(look: Look, sheet: str, rows: dict[str, int], told: SavingLines) -> None:
    found = [look(sheet, f"{column}{rows['削減見込']}") for column in "DEF"]
    yen = look(sheet, f"E{rows['金額']}")
    years = [look(sheet, f"D{row}") for label, row in rows.items() if label.startswith("回収年数")]
    if told.hours is None:
        assert [*found, yen] == ["時間不明"] * 4
        assert set(years) == {"時間不明"}
        return
    assert found == pytest.approx(told.hours, abs=1e-9)
    assert yen == pytest.approx(told.yen, abs=1e-6)
    known = [told.payback_years, told.payback_alone_years][: len(years)]
    for shown, year in zip(years, known, strict=True):
        assert shown == ("回収できない" if year is None else pytest.approx(year))


def explained(report: Report, task_id: str) -> dict[str, SavingLines]:
    """Lever -> its saving as the explanation tells it."""
    settings = report.settings
    facts = report.facts.filter(task_id=task_id)
    told = explain_task(facts, settings.scoring, settings.savings, settings.acts)
    return {one.lever: one.saving for one in told.levers}


def assert_entry(look: Look, row: int, report: Report, task_id: str) -> None:
    cell = {column: look("計算書", f"{column}{row}") for column in "DEFGHIJK"}
    task = report.tasks.filter(task_id=task_id).row(0, named=True)
    told = report.scores.filter(task_id=task_id)
    ends = [told[name].max() for name in ("score_low", "score", "score_high")]
    assert cell["K"] == task_id
    assert [cell[column] for column in "EFG"] == pytest.approx(ends, abs=1e-9)
    if task["best_lever"] is None:
        assert [cell[column] for column in "DHIJ"] == ["推奨なし", "―", "―", "―"]
        return
    saved = [task["saving_hours_low"], task["saving_hours"], task["saving_hours_high"]]
    assert cell["D"] == LEVERS[task["best_lever"]].label
    assert [cell[column] for column in "HIJ"] == pytest.approx(saved, abs=1e-9)


def test_the_formulas_give_what_the_report_tells(town: Report, opened: Opened) -> None:
    book = opened(all_of_town())
    assert_as_reported(book, Calculator(book), town, IDS)


@pytest.mark.parametrize(("report", "ids"), [(capped_report, ["税務課-1"]), (sample, None)])
def test_so_they_do_for_capped_and_real_looking_tasks(
    report: Callable[[], Report], ids: list[str] | None, opened: Opened
) -> None:
    wanted = ids or sample_ids()
    book = opened(calculation(report(), wanted))
    assert_as_reported(book, Calculator(book), report(), wanted)


def test_the_tasks_looked_at_are_of_all_kinds(town: Report) -> None:
    assert town.scores.filter(task_id=GATED)["gate"].drop_nulls().to_list()
    assert town.facts.filter(task_id=UNKNOWN)["annual_hours"].null_count() == 1
    both = town.savings.filter(pl.col("saving_hours") < 0).height
    assert 0 < both < town.savings["saving_hours"].drop_nulls().len()
    known = [one.payback_years for one in explained(town, "税務課-1").values()]
    assert None in known
    assert any(known)
    classed = sample().tasks.filter(pl.col("task_id").is_in(sample_ids()))
    assert "model" in classed["work_class_source"].to_list()


@needs_office
def test_libreoffice_computes_the_same(town: Report, opened: Opened, tmp_path: Path) -> None:
    data = all_of_town()
    [book] = recalculate(tmp_path, data)
    values = {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    }
    assert find_errors(book) == []
    written = opened(data)
    assert_as_reported(written, lambda sheet, cell: values[sheet, cell], town, IDS)


def test_a_weight_changes_score_and_index(town: Report, opened: Opened) -> None:
    book = opened(calculation(town, ["税務課-1"]))
    sheet = book.worksheets[1]
    rows = rows_of(sheet, "ai_ocr")
    lines = range(rows["基準"] + 1, rows["合計"])
    before = [(sheet[f"E{row}"].value, sheet[f"G{row}"].value) for row in lines]
    sheet[f"G{lines[0]}"] = 30
    weights = [30, *(weight for _, weight in before[1:])]
    expected = 100 * sum(w * v for w, (v, _) in zip(weights, before, strict=True)) / sum(weights)
    look = Calculator(book)
    assert look(sheet.title, f"I{rows['AI-OCRの点']}") == pytest.approx(expected)
    entry = [row[0] for row in book["計算書"].values].index(1) + 1
    assert look("計算書", f"F{entry}") == pytest.approx(expected)


def test_hours_filled_in_bring_the_savings(town: Report, opened: Opened) -> None:
    book = opened(calculation(town, [UNKNOWN]))
    sheet = book.worksheets[1]
    hours = next(row for row in range(1, 40) if sheet[f"A{row}"].value == "年間作業時間")
    assert sheet[f"E{hours}"].value is None
    sheet[f"E{hours}"] = 480
    facts = town.facts.filter(task_id=UNKNOWN).with_columns(annual_hours=pl.lit(480.0))
    told = estimate_savings(facts, town.settings.savings)
    look = Calculator(book)
    for lever in LEVERS:
        row = rows_of(sheet, lever)["削減見込"]
        one = told.filter(lever=lever)
        found = [look(sheet.title, f"{column}{row}") for column in "DEF"]
        names = ("saving_hours_low", "saving_hours", "saving_hours_high")
        assert found == pytest.approx([one[name].item() for name in names])


def test_the_recommended_score_and_the_caps_can_be_changed(opened: Opened) -> None:
    report = capped_report()
    told = report.scores.filter(lever="ai_ocr").row(0, named=True)
    book = opened(calculation(report, ["税務課-1"]))
    index, sheet = book["計算書"], book.worksheets[1]
    entry = [row[0] for row in index.values].index(1) + 1
    rows = rows_of(sheet, "ai_ocr")
    score = f"I{rows['AI-OCRの点']}"
    assert Calculator(book)(sheet.title, score) == told["cap"] < told["uncapped_score"]
    sheet[f"I{rows['制約：コア業務']}"] = 100
    assert Calculator(book)(sheet.title, score) == pytest.approx(told["uncapped_score"])
    assert Calculator(book)("計算書", f"D{entry}") == "AI-OCR"
    threshold = next(row for row in range(1, 20) if index[f"A{row}"].value == "推奨の目安")
    index[f"C{threshold}"] = 99
    assert Calculator(book)("計算書", f"D{entry}") == "推奨なし"


def test_caps_tell_why_and_a_doubtful_one_holds_only_the_low_end(
    town: Report, opened: Opened
) -> None:
    book = opened(calculation(town, [GATED, UNKNOWN]))
    rows = rows_of(book.worksheets[1], "rpa")
    reason = book.worksheets[1].cell(rows["制約：コア業務"], 2).value
    assert reason == town.settings.scoring.gates["core_work"].reason
    row = rows_of(book.worksheets[2], "rpa")["制約：時間が少ない"]
    assert [book.worksheets[2][f"{column}{row}"].value for column in "HIJ"] == [20, 100, 100]
    assert "当てはまるか分からない" in str(book.worksheets[2].cell(row, 2).value)
