"""The medium: the survey's word, else an estimate that stays beside it."""

import polars as pl
import pytest

from bpr.classify.media import estimate_media
from bpr.classify.model import Model
from bpr.pipeline import run
from bpr.score.criteria import explain_criteria
from bpr.score.matrix import value_levers
from bpr.terms import MEDIA, MEDIUM_GROUPS
from tests.builder import SETTINGS, Rows, assert_rows, task, tasks_frame, workbook

COLUMNS = "medium_group medium_source medium_probability medium_confidence medium_reasons"


@pytest.mark.parametrize("medium", MEDIA)
def test_the_surveys_answer_wins_whatever_the_name_says(medium_model: Model, medium: str) -> None:
    found = estimate_media(tasks_frame(task("データ入力", medium=medium)), medium_model)
    group = medium.split("_", maxsplit=1)[0]
    assert group in MEDIUM_GROUPS
    assert_rows(
        found.drop("medium_reasons"), COLUMNS.rsplit(" ", 1)[0], [[group, "survey", 1.0, "A"]]
    )


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("データ入力", "electronic"),
        ("ホームページの更新", "electronic"),
        ("申請書の受付", "paper"),
        ("道路のパトロール", "none"),
        ("育児相談", "none"),
    ],
)
def test_without_an_answer_the_wording_is_asked(medium_model: Model, name: str, group: str) -> None:
    [row] = estimate_media(tasks_frame(task(name)), medium_model).to_dicts()
    assert (row["medium_group"], row["medium_source"]) == (group, "model")
    assert 0.35 <= row["medium_probability"] < 1
    assert row["medium_confidence"] in {"A", "B", "C"}
    assert 0 < len(row["medium_reasons"]) <= 3
    assert all("に多い" in reason for reason in row["medium_reasons"])


@pytest.mark.parametrize("name", ["エクセルへの転記", "😀😀", "asdfgh", "", "審査" * 500])
def test_what_the_wording_does_not_tell_stays_unknown(medium_model: Model, name: str) -> None:
    found = estimate_media(tasks_frame(task(name)), medium_model)
    assert_rows(found, COLUMNS, [[None, None, None, None, []]])


def test_no_tasks_no_media(medium_model: Model) -> None:
    assert estimate_media(tasks_frame(task("入力")).clear(), medium_model).height == 0


ROWS: Rows = [
    ["課", "業務名", "年間作業時間", "処理媒体"],
    ["税務課", "データ入力", 100, "紙"],
    ["税務課", "ホームページの更新", 50, None],
    ["税務課", "申請書の受付", 30, None],
]


def test_an_estimate_never_enters_the_survey_nor_the_tables() -> None:
    report = run([workbook(ROWS)], SETTINGS)
    assert report.media["medium_source"].to_list() == ["survey", "model", "model"]
    assert report.tasks["medium"].to_list() == ["paper", None, None]
    totals = report.tables.medium_by_class.filter(scope="all", work_class="total")
    assert_rows(
        totals.filter(pl.col("hours") > 0),
        "medium hours",
        [["paper", 100.0], ["unknown", 80.0], ["total", 180.0]],
    )
    ratios = report.tables.media_ratios.filter(scope="all", work_class="total")
    assert_rows(ratios, "paper_hours electronic_hours", [[100.0, 0.0]])


def test_an_estimate_changes_no_score() -> None:
    """Both open answers count as unknown, though one is thought paper and one electronic."""
    facts = run([workbook(ROWS)], SETTINGS).facts
    matrices = value_levers(facts, SETTINGS.scoring)
    scored = explain_criteria(facts, matrices, SETTINGS.scoring, SETTINGS.acts)
    unanswered = scored.filter(pl.col("missing"), criterion="paper_volume")
    assert unanswered.height == 2
    assert unanswered["value"].n_unique() == 1
