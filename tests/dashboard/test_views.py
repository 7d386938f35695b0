"""View functions: report -> exactly what the pages say, checked against sums by hand."""

import pytest

from bpr.dashboard.components.table import bar
from bpr.dashboard.pages.tasks import view as tasks
from bpr.dashboard.words import between, joined, number
from bpr.pipeline import Report, run
from tests.builder import SETTINGS, workbook


def report_on(*rows: list[str | float | None]) -> Report:
    return run(
        [workbook([["課", "業務名", "作業名", "年間作業時間", "処理媒体"], *rows])], SETTINGS
    )


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "–"), (0, "0"), (0.4, "0"), (1234.6, "1,235"), (1_000_000, "1,000,000")],
)
def test_numbers(value: float | None, text: str) -> None:
    assert number(value) == text


def test_intervals_and_lists() -> None:
    assert between(1000, 2500.4) == "1,000〜2,500"
    assert between(10.2, 10.4) == "10"
    assert between(None, 5) == between(5, None) == "–"
    assert joined("税務課", None, "", "係") == "税務課・係"
    assert number(1200, " 件") == "1,200 件"


@pytest.mark.parametrize(
    ("share", "width"), [(0, "0.0%"), (0.456, "45.6%"), (1, "100.0%"), (7, "100.0%"), (-1, "0.0%")]
)
def test_a_bar_stays_in_its_box(share: float, width: str) -> None:
    assert bar(share).to_plotly_json()["props"]["children"].style["width"] == width


# --- tasks --------------------------------------------------------------------------------------


def test_the_answer_of_the_tasks(report: Report) -> None:
    assert tasks.view_answer(report.tasks) == [
        "7 業務、年 1,000 時間（時間不明 1 業務を除く）。確信度 C の業務はありません。"
    ]
    assert tasks.view_answer(report.tasks.clear()) == [
        "この条件に当てはまる業務はありません。絞り込みをゆるめてください。"
    ]


def test_the_answer_counts_what_a_person_should_look_at() -> None:
    found = report_on(
        ["税務課", "賦課", "申告書の入力", 100, "紙"], ["税務課", "ＸＹＺ", "Qqq", 50, "紙"]
    ).tasks
    assert found["work_class"].to_list()[1] is None
    assert tasks.view_answer(found) == [
        "2 業務、年 150 時間。うち 1 業務は判定に自信がありません（確信度 C）。"
    ]


def test_unknown_hours_are_not_called_zero() -> None:
    found = report_on(["税務課", "賦課", "申告書の入力", None, "紙"])
    assert "0 時間" not in tasks.view_answer(found.tasks)[0]


def test_a_row_of_the_tasks(report: Report) -> None:
    assert tasks.view_rows(report.tasks.filter(task_id="福祉課-2")) == [
        {
            "task_id": "福祉課-2",
            "task_name": "相談／苦情への対応",
            "place": "福祉課",
            "work_class": "IV 非定型",
            "work_class_source": "調査票の回答",
            "confidence": "A",
            "medium": "–",
            "annual_hours": "–",
        }
    ]


def test_the_detail_of_a_task(report: Report) -> None:
    detail = tasks.view_detail(report, "福祉課-4")
    assert detail is not None
    assert (detail.heading, detail.judgement.work_class, detail.judgement.source) == (
        "福祉／給付の決定",
        "core",
        "人の確認",
    )
    assert detail.place == "福祉課　調査票.xlsx［調査票］8 行"
    assert detail.corrected
    assert detail.facts == [
        ("職員区分", "正規職員"),
        ("年間件数（件/年）", "840"),
        ("年間作業時間（時間/年）", "100"),
        ("処理媒体", "紙"),
        ("決裁等印鑑使用", "使う"),
    ]
    assert detail.numbers == [
        ("年間件数（件/年）", "840", "そのまま"),
        ("年間作業時間（時間/年）", "100（時間）", "そのまま"),
    ]
    [finding] = detail.findings
    assert finding.startswith("K8　「職員でなければできない」などの答えがない")
    assert tasks.view_detail(report, "ない") is None


def test_how_a_number_was_read_is_told() -> None:
    report = report_on(["税務課", "賦課", "入力", "10〜20時間", "紙"])
    detail = tasks.view_detail(report, report.tasks["task_id"].item())
    assert detail is not None
    [(label, raw, rule)] = detail.numbers
    assert (label, raw) == ("年間作業時間（時間/年）", "10〜20時間")
    assert "中央" in rule
    assert ("年間作業時間（時間/年）", "15") in detail.facts
    assert any("D2" in finding for finding in detail.findings)
