"""Contributions: additive, open, and wider where the survey is silent."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from bpr.frames import SurveyTasks
from bpr.settings import Settings
from tests.builder import ROUTINE, SETTINGS, Scored, score, task, tasks_frame

LEVERS = ["ai_ocr", "rpa", "outsourcing"]

FULL: dict[str, Any] = {
    **ROUTINE,
    "annual_count": 1000.0,
    "annual_hours": 200.0,
    "medium": "paper_many",
    "staff_type": "regular",
    "systems": "税総合",
    "peak_months": "3月",
}

TASKS = tasks_frame(
    task("賦課", "申告書の入力", **FULL),
    task("徴収", "差押", annual_hours=50.0, medium="electronic", must_be_staff=True),
    task("受付", "窓口での受付・案内", annual_count=30000.0, medium="mixed"),
    task("相談", "育児相談"),
    task("asdf"),
    task(
        "庶務",
        "物品の整理",
        annual_hours=0.0,
        annual_count=0.0,
        medium="none",
        staff_type="nonregular",
    ),
)


def one(**known: Any) -> Scored:
    return score(tasks_frame(task("賦課", "申告書の入力", **{**FULL, **known})))


def test_contributions_sum_to_the_uncapped_score() -> None:
    found = score(TASKS)
    sums = found.contributions.group_by("task_id", "lever").agg(pl.col("points").sum())
    both = found.scores.join(sums, on=["task_id", "lever"])
    assert both.height == TASKS.height * len(LEVERS)
    assert (both["points"] - both["uncapped_score"]).abs().max() <= 1e-9  # type: ignore[operator]


def test_points_can_be_recomputed_on_paper() -> None:
    found = one(annual_count=1000.0, annual_hours=200.0).contributions
    rows = found.filter(pl.col("lever") == "ai_ocr").select(
        "criterion", "raw", "value", "weight", "points"
    )
    assert [(n, raw, v, w, round(p, 9)) for n, raw, v, w, p in rows.rows()] == [
        ("paper_volume", "紙（量多い）", 0.85, 3.0, round(100 * 3 * 0.85 / 13, 9)),
        ("annual_count", "1,000 件/年", 0.5, 3.0, round(100 * 3 * 0.5 / 13, 9)),
        ("acts", "入力", 1.0, 3.0, round(100 * 3 / 13, 9)),
        ("routineness", "III 定型", 1.0, 2.0, round(100 * 2 / 13, 9)),
        ("annual_hours", "200 時間/年", 0.5, 2.0, round(100 * 2 * 0.5 / 13, 9)),
    ]


def test_every_task_has_every_criterion_of_every_lever() -> None:
    found = score(TASKS).contributions
    wanted = sum(len(lever.criteria) for lever in SETTINGS.scoring.levers.values())
    assert found.height == TASKS.height * wanted
    assert found.select("task_id", "lever", "criterion").is_unique().all()


@pytest.mark.parametrize("factor", [7, 0.1])
def test_scaled_weights_leave_scores_unchanged(tmp_path: Path, factor: float) -> None:
    text = (Path(__file__).parents[2] / "bpr/settings/scoring.toml").read_text(encoding="utf-8")
    lines = [
        f"weight = {float(line.removeprefix('weight = ')) * factor}"
        if line.startswith("weight = ")
        else line
        for line in text.splitlines()
    ]
    assert lines != text.splitlines()
    (tmp_path / "scoring.toml").write_text("\n".join(lines), encoding="utf-8")
    scaled = score(TASKS, Settings.load(tmp_path)).scores
    numbers = ["uncapped_score", "score_low", "score", "score_high"]
    difference = scaled.select(numbers) - score(TASKS).scores.select(numbers)
    assert max(max(map(abs, row)) for row in difference.rows()) < 1e-9


def test_row_order_is_irrelevant() -> None:
    straight = score(TASKS)
    shuffled = score(SurveyTasks.validate(TASKS.sample(fraction=1.0, shuffle=True, seed=4)))
    keys = ["task_id", "lever"]
    assert straight.scores["task_id"].to_list() != shuffled.scores["task_id"].to_list()
    numbers = ["score_low", "score", "score_high", "saving_hours", "gate"]
    assert_frame_equal(
        straight.scores.sort(keys).select(*keys, *numbers),
        shuffled.scores.sort(keys).select(*keys, *numbers),
    )
    assert_frame_equal(straight.ranks.sort("task_id"), shuffled.ranks.sort("task_id"))


@pytest.mark.parametrize("lever", LEVERS)
@pytest.mark.parametrize("field", ["annual_count", "annual_hours"])
def test_more_cases_or_hours_never_lower_a_score(field: str, lever: str) -> None:
    amounts = [
        0.0,
        1,
        10,
        24,
        25,
        26,
        49,
        50,
        51,
        99,
        100,
        101,
        500,
        999,
        1000,
        1001,
        5000,
        20000,
        1e6,
    ]
    tasks = [
        task(f"業務{n:02}", "申告書の入力", **{**FULL, field: n_}) for n, n_ in enumerate(amounts)
    ]
    found = score(tasks_frame(*tasks)).scores.filter(pl.col("lever") == lever).sort("task_id")
    for part in ("score_low", "score", "score_high"):
        scores = found[part].to_list()
        assert scores == sorted(scores)
    used = {c.field for c in SETTINGS.scoring.levers[lever].criteria.values()}
    assert (found["score"].n_unique() > 3) == (field in used)


@pytest.mark.parametrize("lever", LEVERS)
def test_one_more_case_a_year_moves_no_score_by_more_than_a_point(lever: str) -> None:
    counts = [
        0,
        9,
        49,
        50,
        51,
        99,
        100,
        101,
        102,
        499,
        500,
        999,
        1000,
        9999,
        10000,
        19999,
        20000,
        50000,
    ]
    tasks = [
        task(f"業務{count}-{more}", "申告書の入力", **{**FULL, "annual_count": float(count + more), "annual_hours": (count + more) * 15 / 60})
        for count in counts
        for more in (0, 1)
    ]  # fmt: skip
    found = score(tasks_frame(*tasks))
    for count in counts:
        before, after = (found.score(f"業務{count}-{more}", lever) for more in (0, 1))
        assert 0 <= after - before <= 1


def test_low_point_high_are_in_order_and_within_bounds() -> None:
    found = score(TASKS)
    for low, point, high in found.scores.select("score_low", "score", "score_high").rows():
        assert 0 <= low <= point + 1e-9
        assert point <= high + 1e-9
        assert high <= 100
    for low, point, high in found.contributions.select("value_low", "value", "value_high").rows():
        assert 0 <= low <= point <= high <= 1


@pytest.mark.parametrize(
    "field", ["annual_count", "annual_hours", "medium", "staff_type", "systems", "peak_months"]
)
def test_a_null_answer_widens_the_interval_around_the_known_score(field: str) -> None:
    known, unknown = one(), one(**{field: None})
    for lever, settings in SETTINGS.scoring.levers.items():
        fields = {criterion.field for criterion in settings.criteria.values()}
        widths = [
            s.score("賦課", lever, "score_high") - s.score("賦課", lever, "score_low")
            for s in (known, unknown)
        ]
        if field in fields:
            assert widths[1] > widths[0] + 1
            assert unknown.score("賦課", lever, "score_low") <= known.score("賦課", lever)
            assert known.score("賦課", lever) <= unknown.score("賦課", lever, "score_high")
        else:
            assert widths[1] == pytest.approx(widths[0])


def test_a_task_of_which_all_is_known_has_no_interval() -> None:
    found = one().scores
    assert found["score_low"].to_list() == pytest.approx(found["score"].to_list())
    assert found["score_high"].to_list() == pytest.approx(found["score"].to_list())


def test_a_class_that_the_model_gave_widens_the_interval() -> None:
    asked = one()
    guessed = one(must_be_staff=None, needs_expertise=None, is_routine=None)
    probability = guessed.classes["work_class_probability"].item()
    assert guessed.classes["work_class"].to_list() == ["routine"]
    assert 0.3 < probability < 1
    share = 100 * 3 / 13
    assert guessed.score("賦課", "rpa") == pytest.approx(asked.score("賦課", "rpa"))
    width = guessed.score("賦課", "rpa", "score_high") - guessed.score("賦課", "rpa", "score_low")
    assert width == pytest.approx(share * (1 - probability))


def test_unknown_answers_take_the_settings_interval() -> None:
    found = one(medium=None).contributions.filter(criterion="medium")
    assert found.select("raw", "value_low", "value", "value_high").rows() == [(None, 0.2, 0.6, 1.0)]


@pytest.mark.parametrize(
    ("count", "value"),
    [
        (0.0, 0.0),
        (100.0, 0.0),
        (316.2277660168379, 0.25),
        (1000.0, 0.5),
        (20000.0, 1.0),
        (1e9, 1.0),
    ],
)
def test_a_ramp_on_a_log_axis(count: float, value: float) -> None:
    found = one(annual_count=count).contributions.filter(
        pl.col("lever") == "ai_ocr", criterion="annual_count"
    )
    assert found["value"].item() == pytest.approx(value)


@pytest.mark.parametrize(
    ("activity", "value"),
    [("申告書の入力", 1.0), ("申告書の受付・入力", 0.75), ("窓口での相談", 0.0), ("特命事項", 0.3)],
)
def test_acts_count_by_their_mean(activity: str, value: float) -> None:
    found = score(tasks_frame(task("賦課", activity, **FULL))).contributions
    row = found.filter(pl.col("lever") == "ai_ocr", criterion="acts").row(0, named=True)
    assert row["value"] == pytest.approx(value)
