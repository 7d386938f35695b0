"""図表9: hours by class and kind of staff, summed by hand from the town's seven tasks."""

import polars as pl
import pytest

from bpr.pipeline import Report, run
from tests.builder import SETTINGS, assert_rows, workbook
from tests.tabulate.town import IDS

COUNTS = "work_class staff_type hours task_count unknown_hours_count base_hours share_ratio"


def test_the_town_has_the_ids_that_the_tests_speak_of(report: Report) -> None:
    assert report.tasks["task_id"].to_list() == IDS


def test_every_cell_of_all_tasks(report: Report) -> None:
    assert_rows(
        report.tables.class_by_staff.filter(scope="all"),
        COUNTS,
        [
            ["core", "regular", 200.0, 2, 0, 1000.0, 0.2],
            ["core", "nonregular", 0.0, 0, 0, 1000.0, 0.0],
            ["core", "total", 200.0, 2, 0, 1000.0, 0.2],
            ["expert", "regular", 0.0, 0, 0, 1000.0, 0.0],
            ["expert", "nonregular", 150.0, 1, 0, 1000.0, 0.15],
            ["expert", "total", 150.0, 1, 0, 1000.0, 0.15],
            ["routine", "regular", 400.0, 1, 0, 1000.0, 0.4],
            ["routine", "nonregular", 200.0, 1, 0, 1000.0, 0.2],
            ["routine", "total", 600.0, 2, 0, 1000.0, 0.6],
            ["nonroutine", None, 50.0, 1, 0, 1000.0, 0.05],
            ["nonroutine", "regular", 0.0, 1, 1, 1000.0, 0.0],
            ["nonroutine", "nonregular", 0.0, 0, 0, 1000.0, 0.0],
            ["nonroutine", "total", 50.0, 2, 1, 1000.0, 0.05],
            ["total", None, 50.0, 1, 0, 1000.0, 0.05],
            ["total", "regular", 600.0, 4, 1, 1000.0, 0.6],
            ["total", "nonregular", 350.0, 2, 0, 1000.0, 0.35],
            ["total", "total", 1000.0, 7, 1, 1000.0, 1.0],
        ],
    )


def test_the_survey_scope_leaves_out_what_a_person_or_the_model_said(report: Report) -> None:
    survey = report.tables.class_by_staff.filter(scope="survey")
    assert_rows(
        survey.filter(pl.col("staff_type") == "total"),
        "work_class hours task_count unknown_hours_count base_hours share_ratio",
        [
            ["core", 100.0, 1, 0, 900.0, 1 / 9],
            ["expert", 150.0, 1, 0, 900.0, 1 / 6],
            ["routine", 600.0, 2, 0, 900.0, 2 / 3],
            ["nonroutine", 50.0, 2, 1, 900.0, 1 / 18],
            ["total", 900.0, 6, 1, 900.0, 1.0],
        ],
    )


def test_the_published_shares_stand_beside_their_own_cells(report: Report) -> None:
    table = report.tables.class_by_staff.filter(scope="all")
    assert_rows(
        table.filter(pl.col("staff_type").is_null() | (pl.col("staff_type") != "total")),
        "work_class staff_type ami_ratio average96_ratio",
        [
            ["core", "regular", 0.299, 0.327],
            ["core", "nonregular", 0.0, 0.0],
            ["expert", "regular", 0.108, 0.053],
            ["expert", "nonregular", 0.089, 0.079],
            ["routine", "regular", 0.202, 0.235],
            ["routine", "nonregular", 0.184, 0.138],
            ["nonroutine", None, None, None],
            ["nonroutine", "regular", 0.073, 0.105],
            ["nonroutine", "nonregular", 0.044, 0.064],
            ["total", None, None, None],
            ["total", "regular", 0.682, 0.72],
            ["total", "nonregular", 0.318, 0.28],
        ],
    )


def test_without_any_hours_there_is_no_share() -> None:
    book = workbook([["課", "業務名"], ["税務課", "申告書の入力"], ["税務課", "税額の決定"]])
    table = run([book], SETTINGS).tables.class_by_staff
    assert_rows(
        table.filter(work_class="total").filter(pl.col("staff_type") == "total"),
        "scope hours task_count unknown_hours_count base_hours share_ratio",
        [["all", 0.0, 2, 2, 0.0, None]],
    )


@pytest.mark.parametrize("scope", ["all", "survey"])
def test_the_classes_add_up_to_the_total(report: Report, scope: str) -> None:
    table = report.tables.class_by_staff.filter(scope=scope).filter(pl.col("staff_type") == "total")
    whole = table.filter(work_class="total")
    others = table.filter(pl.col("work_class") != "total")
    for column in ("hours", "task_count", "unknown_hours_count"):
        assert others[column].sum() == whole[column].item()
