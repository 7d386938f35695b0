"""Savings held against published results."""

from typing import Any

import pytest

from bpr.pipeline import Report, run
from bpr.score.realism import check_realism
from tests.builder import SETTINGS, workbook

HEADER = [
    "課",
    "業務名",
    "作業名",
    "年間件数",
    "年間時間",
    "処理媒体",
    "使用システム",
    "職員でなければできない",
    "専門性",
    "定型",
]


def report(*rows: list[Any]) -> Report:
    return run([workbook([HEADER, *rows])], SETTINGS)


def check(found: Report, top: int = 25) -> dict[str, dict[str, Any]]:
    frame = check_realism(found.tasks, SETTINGS.savings, top)
    return {row["check"]: row for row in frame.iter_rows(named=True)}


ROBOT = [
    "税務課",
    "賦課",
    "給与データの転記",
    20000,
    2000,
    "電子",
    "文書管理、財務会計",
    "×",
    "×",
    "○",
]
REST = ["企画課", "総合計画", "計画の策定", 1, 1_000_000, "紙", "なし", "○", "○", "×"]


def test_too_good_to_be_true_is_said() -> None:
    found = report(ROBOT)
    rows = check(found)
    assert found.tasks["best_lever"].to_list() in (["rpa"], ["data_link"])
    assert rows["all"]["exceeded"]
    assert rows["all"]["ours"] == pytest.approx(found.tasks["saving_hours"].item() / 2000)
    assert "超えています" in rows["all"]["message"]
    assert "2,000 時間" in rows["all"]["base"]


def test_what_stays_within_is_not_blamed() -> None:
    rows = check(report(ROBOT, REST))
    assert not rows["all"]["exceeded"]
    assert "超えていません" in rows["all"]["message"]
    assert rows["all"]["published_high"] == 0.0121


def test_the_top_counts_for_itself() -> None:
    small = [*ROBOT[:2], "書類の転記", 9000, 400, *ROBOT[5:]]
    rows = check(report(ROBOT, small), top=1)
    assert rows["top"]["ours"] < rows["all"]["ours"]
    assert rows["top"]["label"] == "上位 1 業務"


def test_without_hours_there_is_nothing_to_compare() -> None:
    assert check(report(["税務課", "賦課", "入力", None, None, "紙", None, "×", "×", "○"])) == {}
