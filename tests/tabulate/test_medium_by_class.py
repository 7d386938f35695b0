"""図表10: hours by medium and class, and the use of paper, summed by hand."""

import polars as pl

from bpr.pipeline import Report, run
from bpr.terms import WORK_CLASSES
from tests.builder import SETTINGS, Rows, assert_rows, workbook


def test_every_cell_with_tasks(report: Report) -> None:
    table = report.tables.medium_by_class.filter(scope="all").filter(pl.col("task_count") > 0)
    assert_rows(
        table,
        "medium work_class hours task_count",
        [
            ["paper_many", "routine", 400.0, 1],
            ["paper_many", "total", 400.0, 1],
            ["mixed_few", "routine", 200.0, 1],
            ["mixed_few", "total", 200.0, 1],
            ["paper", "core", 100.0, 1],
            ["paper", "total", 100.0, 1],
            ["electronic", "core", 100.0, 1],
            ["electronic", "nonroutine", 50.0, 1],
            ["electronic", "total", 150.0, 2],
            ["none", "expert", 150.0, 1],
            ["none", "total", 150.0, 1],
            ["unknown", "nonroutine", 0.0, 1],
            ["unknown", "total", 0.0, 1],
            ["total", "core", 200.0, 2],
            ["total", "expert", 150.0, 1],
            ["total", "routine", 600.0, 2],
            ["total", "nonroutine", 50.0, 2],
            ["total", "total", 1000.0, 7],
        ],
    )


def test_every_class_stands_beside_every_medium(report: Report) -> None:
    table = report.tables.medium_by_class
    for (scope, medium), cells in table.group_by("scope", "medium"):
        assert sorted(cells["work_class"]) == sorted([*WORK_CLASSES, "total"]), (scope, medium)


def test_the_published_hours_stand_beside_their_own_cells(report: Report) -> None:
    table = report.tables.medium_by_class.filter(scope="all")
    rows = {
        (medium, name): hours
        for medium, name, hours in table.select("medium", "work_class", "ami_hours").rows()
    }
    assert rows["paper_huge", "expert"] == 15
    assert rows["none", "nonroutine"] == 14384
    assert rows["total", "total"] == 616364
    assert rows["paper", "core"] is None
    assert rows["unknown", "total"] is None


def test_tasks_without_a_medium_stay_in_the_base(report: Report) -> None:
    assert_rows(
        report.tables.media_ratios.filter(scope="all"),
        "work_class base_hours paper_hours electronic_hours paper_use_ratio electronic_use_ratio",
        [
            ["core", 200.0, 100.0, 100.0, 0.5, 0.5],
            ["expert", 150.0, 0.0, 0.0, 0.0, 0.0],
            ["routine", 600.0, 600.0, 0.0, 1.0, 0.0],
            ["nonroutine", 50.0, 0.0, 50.0, 0.0, 1.0],
            ["total", 1000.0, 700.0, 150.0, 0.7, 0.15],
        ],
    )


def test_none_of_the_media_counts_as_paper_or_electronic() -> None:
    """該当なし: 100 of 400 hours lower both ratios."""
    rows: Rows = [
        ["業務名", "年間作業時間", "処理媒体"],
        ["入力", 200, "紙"],
        ["照合", 100, "電子"],
    ]
    book = workbook([*rows, ["巡回", 100, "該当なし"]])
    ratios = run([book], SETTINGS).tables.media_ratios.filter(work_class="total")
    assert_rows(
        ratios,
        "scope base_hours paper_use_ratio electronic_use_ratio ami_paper_use_ratio ami_electronic_use_ratio",
        [["all", 400.0, 0.5, 0.25, 0.805, 0.094]],
    )


def test_without_hours_there_is_no_ratio() -> None:
    book = workbook([["課", "業務名", "処理媒体"], ["税務課", "申告書の入力", "紙"]])
    ratios = run([book], SETTINGS).tables.media_ratios.filter(work_class="total")
    assert_rows(ratios, "base_hours paper_use_ratio electronic_use_ratio", [[0.0, None, None]])
