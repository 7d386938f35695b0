"""The sample town reproduces 図表10 and 図表11 of the Ami plan (March 2023), and loses no row."""

import csv
import io
import subprocess
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bpr.pipeline import Report, Workbook, run
from tests.builder import SETTINGS

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "surveys" / "sample"
FILES = sorted(path.name for path in SAMPLE.iterdir() if path.suffix in {".xlsx", ".csv"})
CLASSES = ["core", "expert", "routine", "nonroutine"]

FIGURE_10 = {
    "paper_huge": [4412, 15, 12923, 1655],
    "mixed_huge": [13343, 39, 23115, 5340],
    "paper_many": [17438, 3847, 46664, 4788],
    "mixed_many": [53060, 3083, 26859, 11064],
    "paper_few": [30016, 6357, 61904, 8805],
    "mixed_few": [62577, 7439, 54196, 37137],
    "electronic": [21264, 2445, 29476, 4630],
    "none": [11956, 2434, 33701, 14384],
}
"""Hours a year by medium, for `CLASSES`."""

FIGURE_11 = {
    "all": [393470, 34737, 3311689, 63765],
    "approval_seal": [156237, 8757, 82773, 2218],
    "resident_seal": [5238, 15, 30361, 585],
}
"""Cases a year: all, with approval seal, with resident's seal."""

SKIPPED = {"記入要領", "記入例", "マスタ"}
HEADER_WORDS = {"業務名", "業務名称", "事務の名称", "作業手順"}


@cache
def report() -> Report:
    return run([Workbook(name, (SAMPLE / name).read_bytes()) for name in FILES], SETTINGS)


def answered() -> pl.DataFrame:
    return report().tasks.filter(pl.col("work_class_source") == "survey")


def test_all_files_are_read() -> None:
    assert len(FILES) == 32
    assert report().workbooks.select("name", "status").rows() == [(name, "read") for name in FILES]
    assert report().diagnostics.filter(pl.col("severity") == "error").height == 0


@pytest.mark.parametrize("medium", FIGURE_10)
def test_figure_10(medium: str) -> None:
    hours = answered().filter(pl.col("medium") == medium)
    found = [hours.filter(pl.col("work_class") == name)["annual_hours"].sum() for name in CLASSES]
    assert found == pytest.approx(FIGURE_10[medium], abs=1e-6)


def test_figure_10_covers_every_answered_task() -> None:
    total = sum(map(sum, FIGURE_10.values()))
    assert answered()["annual_hours"].null_count() == 0
    assert answered()["annual_hours"].sum() == pytest.approx(total, abs=1e-6)


@pytest.mark.parametrize("seal", FIGURE_11)
def test_figure_11(seal: str) -> None:
    cases = answered() if seal == "all" else answered().filter(pl.col(seal))
    found = [cases.filter(pl.col("work_class") == name)["annual_count"].sum() for name in CLASSES]
    assert found == FIGURE_11[seal]


def test_ratios_that_the_plan_prints() -> None:
    tasks = answered()
    paper = tasks.filter(pl.col("medium").cast(pl.String).str.contains("paper|mixed"))
    sealed = tasks.filter("approval_seal")
    assert share(paper["annual_hours"], tasks["annual_hours"]) == 80.5
    assert share(sealed["annual_count"], tasks["annual_count"]) == 6.6


def share(part: pl.Series, whole: pl.Series) -> float:
    """Percent, as printed."""
    return round(100 * float(part.sum()) / float(whole.sum()), 1)


def test_some_tasks_are_left_to_the_model() -> None:
    silent = report().tasks.filter(pl.col("work_class_source") == "model")
    assert 0.05 < silent.height / report().tasks.height < 0.15


# --- no row is lost -----------------------------------------------------------------------------


def rows_with_content(name: str) -> dict[str, set[int]]:
    """Sheet -> numbers of the rows below the header that hold anything, by other readers."""
    data = (SAMPLE / name).read_bytes()
    if name.endswith(".csv"):
        lines = list(csv.reader(io.StringIO(data.decode("cp932"), newline="")))
        return {
            "CSV": {
                number for number, line in enumerate(lines, start=1) if number > 1 and any(line)
            }
        }
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: _below_header(sheet) for sheet in book.worksheets}


def _below_header(sheet: Worksheet) -> set[int]:
    bottom = 0
    for row in sheet.iter_rows(max_row=20):
        for cell in row:
            if "".join(str(cell.value).split()) in HEADER_WORDS:
                areas = [area for area in sheet.merged_cells.ranges if cell.coordinate in area]
                bottom = max([cell.row, bottom, *(area.max_row for area in areas)])
    return {
        cell.row
        for row in sheet.iter_rows(min_row=bottom + 1)
        for cell in row
        if cell.value not in (None, "")
    }


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_a_task_or_is_named(name: str) -> None:
    tasks, findings = (
        report().tasks.filter(workbook=name),
        report().diagnostics.filter(workbook=name),
    )
    left_out = findings.filter(pl.col("code").is_in(["total-row", "note-row", "missing-name"]))
    skipped = findings.filter(pl.col("code").str.starts_with("sheet-"))["sheet"].to_list()
    assert set(skipped) <= SKIPPED
    for sheet, rows in rows_with_content(name).items():
        if sheet in skipped:
            continue
        assert sheet not in SKIPPED
        as_tasks = set(tasks.filter(sheet=sheet)["row"])
        named = set(left_out.filter(sheet=sheet)["row"])
        assert as_tasks | named == rows
        assert not as_tasks & named
        assert len(as_tasks) > 10


def test_rows_of_two_kinds_of_staff_are_two_tasks() -> None:
    per_row: dict[tuple[str, int], int] = defaultdict(int)
    for workbook, row in report().tasks.select("workbook", "row").rows():
        per_row[workbook, row] += 1
    doubled = {workbook for (workbook, _), count in per_row.items() if count == 2}
    assert max(per_row.values()) == 2
    assert doubled == {name for name in FILES if _has_two_kinds(name)}


def _has_two_kinds(name: str) -> bool:
    if name.endswith(".csv"):
        return False
    sheet = openpyxl.load_workbook(SAMPLE / name).worksheets[0]
    groups = [sheet.cell(area.min_row, area.min_col).value for area in sheet.merged_cells.ranges]
    return "会計年度任用職員" in groups


# --- the sample itself --------------------------------------------------------------------------


def test_the_sample_is_regenerated_identically(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "surveys.build", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert done.stdout.startswith("32 files, ")
    assert sorted(path.name for path in tmp_path.iterdir()) == FILES
    for name in FILES:
        assert contents(tmp_path / name) == contents(SAMPLE / name)


def contents(path: Path) -> object:
    """Cells, merges and visibility of a workbook; the bytes of a text file."""
    if path.suffix == ".csv":
        return path.read_bytes()
    return [
        (
            sheet.title,
            sheet.sheet_state,
            sorted(map(str, sheet.merged_cells.ranges)),
            [[cell.value for cell in row] for row in sheet.iter_rows()],
        )
        for sheet in openpyxl.load_workbook(path).worksheets
    ]
