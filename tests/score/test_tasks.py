"""Scores, the recommended lever, savings, and the ranking with its interval."""

from typing import Any

import polars as pl
import pytest

from tests.builder import ROUTINE, SETTINGS, assert_rows, read, score, task, tasks_frame, workbook

BEST: dict[str, Any] = {
    **ROUTINE,
    "annual_count": 50000.0,
    "annual_hours": 5000.0,
    "medium": "paper_huge",
    "staff_type": "nonregular",
    "systems": "文書管理、財務会計",
    "peak_months": "3月",
    "resident_seal": True,
    "division": "税務課",
    "minutes_per_case": 6.0,
    "approval_seal": False,
}


def test_the_best_task_has_the_full_score() -> None:
    found = score(tasks_frame(task("賦課", "申告書の入力", **BEST)))
    assert found.score("賦課", "ai_ocr") == pytest.approx(100)
    assert found.score("賦課", "ai_ocr") <= 100


def test_the_best_lever_stands_beside_its_savings() -> None:
    found = score(tasks_frame(task("賦課", "申告書の入力", **BEST)))
    saved = found.savings.filter(pl.col("lever") == "ai_ocr").row(0, named=True)
    parts = ["saving_hours_low", "saving_hours", "saving_hours_high"]
    assert_rows(
        found.ranks.with_columns(pl.col("best_lever").cast(pl.String)),
        f"best_lever gate {' '.join(parts)} rank rank_low rank_high",
        [["ai_ocr", None, *(saved[part] for part in parts), 1, 1, 1]],
    )
    assert 0 < saved["saving_hours_low"] < saved["saving_hours"] < saved["saving_hours_high"]


def test_below_the_recommended_score_there_is_no_lever_and_no_saving() -> None:
    found = score(
        tasks_frame(
            task(
                "相談",
                "育児相談",
                annual_hours=10.0,
                medium="electronic",
                needs_expertise=True,
                must_be_staff=False,
            )
        )
    )
    assert max(found.scores["score"]) < SETTINGS.scoring.recommended_score
    assert_rows(
        found.ranks.with_columns(pl.col("best_lever").cast(pl.String)),
        "best_lever saving_hours",
        [[None, None]],
    )


@pytest.mark.parametrize(("count", "minutes"), [(60, 10), (1, 1), (1200, 7)])
def test_doubling_the_count_doubles_the_hours(count: int, minutes: int) -> None:
    header = ["課", "業務名", "件数", "1件あたり時間（分）"]
    rows = [["税務課", "賦課", count, minutes], ["税務課", "徴収", 2 * count, minutes]]
    once, twice = read(workbook([header, *rows])).tasks["annual_hours"].to_list()
    assert once == pytest.approx(count * minutes / 60)
    assert twice == pytest.approx(2 * once)


MANY = tasks_frame(
    *[
        task(
            f"業務{n:02}",
            activity,
            annual_count=10.0**n,
            medium=medium,
            annual_hours=30.0 * (n + 1),
        )
        for n, (activity, medium) in enumerate(
            [
                ("入力", "paper_huge"),
                ("審査", "paper"),
                (None, None),
                ("差押", "electronic"),
                ("発送", "mixed"),
                ("相談", None),
            ]
        )
    ],
    task("同点1", "入力", **BEST),
    task("同点2", "入力", **BEST),
)


def test_ranks_are_an_order_by_best_score() -> None:
    found = score(MANY)
    best = found.scores.group_by("task_id").agg(pl.col("score").max())
    ordered = found.ranks.sort("rank").join(best, on="task_id", maintain_order="left")
    assert ordered["rank"].to_list() == list(range(1, MANY.height + 1))
    assert ordered["score"].to_list() == sorted(ordered["score"], reverse=True)
    assert ordered["task_id"].to_list()[:2] == ["同点1", "同点2"]


def test_ranks_lie_in_their_interval() -> None:
    ranks = score(MANY).ranks
    for rank, low, high in ranks.select("rank", "rank_low", "rank_high").rows():
        assert 1 <= low <= rank <= high <= MANY.height


def test_the_interval_of_ranks_is_wide_where_little_is_known() -> None:
    known = [
        task(
            f"業務{n:02}", "入力", **{**BEST, "annual_hours": 50.0 * 1.5**n, "medium": "electronic"}
        )
        for n in range(10)
    ]
    ranks = score(tasks_frame(*known, task("申請書のデータ入力"))).ranks
    width = dict(ranks.select("task_id", pl.col("rank_high") - pl.col("rank_low")).iter_rows())
    assert width.pop("申請書のデータ入力") >= 5
    assert max(width.values()) <= 2


def test_scores_stand_side_by_side() -> None:
    found = score(MANY)
    for lever in ("ai_ocr", "rpa", "outsourcing"):
        for part in ("score", "score_low", "score_high"):
            wide = dict(
                found.ranks.select("task_id", part.replace("score", f"{lever}_score")).iter_rows()
            )
            assert wide == {name: found.score(name, lever, part) for name in MANY["task_id"]}


def test_a_bare_list_of_names_is_scored_with_wide_intervals() -> None:
    found = score(tasks_frame(task("申請書のデータ入力")))
    for lever in ("ai_ocr", "rpa", "outsourcing"):
        assert (
            found.score("申請書のデータ入力", lever, "score_high")
            - found.score("申請書のデータ入力", lever, "score_low")
            > 20
        )
    assert found.savings["saving_hours"].null_count() == found.savings.height
