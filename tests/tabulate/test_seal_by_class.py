"""図表11: cases that need a seal, summed by hand."""

from bpr.pipeline import Report, run
from tests.builder import SETTINGS, assert_rows, workbook

CASES = "work_class cases base_cases ratio"


def test_approval_seals(report: Report) -> None:
    assert_rows(
        report.tables.seal_by_class.filter(scope="all", seal="approval_seal"),
        CASES,
        [
            ["core", 940.0, 940.0, 1.0],
            ["expert", 0.0, 50.0, 0.0],
            ["routine", 0.0, 3000.0, 0.0],
            ["nonroutine", 10.0, 10.0, 1.0],
            ["total", 950.0, 4000.0, 0.2375],
        ],
    )


def test_residents_seals(report: Report) -> None:
    assert_rows(
        report.tables.seal_by_class.filter(scope="all", seal="resident_seal"),
        CASES,
        [
            ["core", 0.0, 940.0, 0.0],
            ["expert", 0.0, 50.0, 0.0],
            ["routine", 1000.0, 3000.0, 1 / 3],
            ["nonroutine", 0.0, 10.0, 0.0],
            ["total", 1000.0, 4000.0, 0.25],
        ],
    )


def test_the_survey_scope(report: Report) -> None:
    assert_rows(
        report.tables.seal_by_class.filter(scope="survey", seal="approval_seal"),
        CASES,
        [
            ["core", 100.0, 100.0, 1.0],
            ["expert", 0.0, 50.0, 0.0],
            ["routine", 0.0, 3000.0, 0.0],
            ["nonroutine", 10.0, 10.0, 1.0],
            ["total", 110.0, 3160.0, 110 / 3160],
        ],
    )


def test_the_published_ratio_is_of_the_cases_of_its_class(report: Report) -> None:
    assert_rows(
        report.tables.seal_by_class.filter(scope="all", seal="approval_seal"),
        "work_class ami_cases ami_ratio",
        [
            ["core", 156237.0, 156237 / 393470],
            ["expert", 8757.0, 8757 / 34737],
            ["routine", 82773.0, 82773 / 3311689],
            ["nonroutine", 2218.0, 2218 / 63765],
            ["total", 249985.0, 249985 / 3803661],
        ],
    )


def test_without_counts_there_is_no_ratio() -> None:
    book = workbook([["業務名", "年間作業時間", "決裁等印鑑使用"], ["入力", 5, "有"]])
    table = run([book], SETTINGS).tables.seal_by_class
    assert_rows(
        table.filter(work_class="total", seal="approval_seal"),
        "cases base_cases ratio",
        [[0.0, 0.0, None]],
    )
