"""Contributions: additive, open, and wider where the survey is silent."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from bpr.frames import SurveyTasks
from bpr.settings import Settings
from tests.builder import ROUTINE, SETTINGS, Scored, score, task, tasks_frame

LEVERS = list(SETTINGS.scoring.levers)
THREE = ["ai_ocr", "rpa", "outsourcing"]

FULL: dict[str, Any] = {
    **ROUTINE,
    "annual_count": 1000.0,
    "annual_hours": 200.0,
    "medium": "paper_many",
    "staff_type": "regular",
    "systems": "文書管理",
    "peak_months": "3月",
    "division": "税務課",
    "minutes_per_case": 12.0,
    "approval_seal": False,
    "resident_seal": True,
}
TOTAL = sum(c.weight for c in SETTINGS.scoring.levers["ai_ocr"].criteria.values())

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
    assert TOTAL == 16
    assert [(n, raw, v, w, round(p, 9)) for n, raw, v, w, p in rows.rows()] == [
        ("paper_volume", "紙（量多い）", 0.85, 3.0, round(100 * 3 * 0.85 / 16, 9)),
        ("annual_count", "1,000 件/年", 0.5, 3.0, round(100 * 3 * 0.5 / 16, 9)),
        ("acts", "入力・登録", 1.0, 3.0, round(100 * 3 / 16, 9)),
        ("same_layout", "申告書", 1.0, 2.0, round(100 * 2 / 16, 9)),
        ("routineness", "III 定型", 1.0, 2.0, round(100 * 2 / 16, 9)),
        ("annual_hours", "200 時間/年", 0.5, 2.0, round(100 * 2 * 0.5 / 16, 9)),
        ("resident_seal", "あり", 1.0, 1.0, round(100 / 16, 9)),
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
    numbers = ["score_low", "score", "score_high", "gate"]
    assert_frame_equal(
        straight.scores.sort(keys).select(*keys, *numbers),
        shuffled.scores.sort(keys).select(*keys, *numbers),
    )
    assert_frame_equal(straight.ranks.sort("task_id"), shuffled.ranks.sort("task_id"))


@pytest.mark.parametrize("lever", LEVERS)
@pytest.mark.parametrize("field", ["annual_count", "annual_hours"])
def test_more_cases_or_hours_never_lower_a_score(field: str, lever: str) -> None:
    amounts = [0.0, 1, 10, 24, 25, 26, 49, 50, 51, 99, 100, 101, 500, 999, 1000, 1001, 5000, 1e6]
    tasks = [
        task(f"業務{n:02}", "申告書の入力", **{**FULL, field: n_}) for n, n_ in enumerate(amounts)
    ]
    found = score(tasks_frame(*tasks)).scores.filter(pl.col("lever") == lever).sort("task_id")
    for part in ("score_low", "score", "score_high"):
        scores = found[part].to_list()
        assert scores == sorted(scores)
    used = {c.field for c in SETTINGS.scoring.levers[lever].criteria.values()}
    free = found.filter(pl.col("gate").is_null() | (pl.col("gate") == "few_hours"))
    assert not free.height or (free["score"].n_unique() > 1) == (field in used)


@pytest.mark.parametrize("lever", LEVERS)
def test_one_more_case_a_year_moves_no_score_by_more_than_a_point(lever: str) -> None:
    """The hours follow, at up to an hour a case; gates that hang on hours have no jump either."""
    counts = [*range(131), 499, 500, 999, 1000, 9999, 10000, 19999, 20000, 50000]
    for minutes in (15, 60):
        tasks = [
            task(f"業務{n}-{more}", "申告書の入力", **{**FULL, "annual_count": float(n + more), "annual_hours": (n + more) * minutes / 60})
            for n in counts
            for more in (0, 1)
        ]  # fmt: skip
        scores = score(tasks_frame(*tasks)).scores.filter(pl.col("lever") == lever)
        found = dict(scores.select("task_id", "score").iter_rows())
        steps = [found[f"業務{n}-1"] - found[f"業務{n}-0"] for n in counts]
        assert min(steps) >= 0
        assert max(steps) <= 1


def test_low_point_high_are_in_order_and_within_bounds() -> None:
    found = score(TASKS)
    for low, point, high in found.scores.select("score_low", "score", "score_high").rows():
        assert 0 <= low <= point + 1e-9
        assert point <= high + 1e-9
        assert high <= 100
    for low, point, high in found.contributions.select("value_low", "value", "value_high").rows():
        assert 0 <= low <= point <= high <= 1


FACT_OF = {"systems": "system_count", "peak_months": "has_peak", "division": "division_count"}


@pytest.mark.parametrize(
    "field",
    [
        "annual_count", "annual_hours", "medium", "staff_type", "systems", "peak_months",
        "division", "minutes_per_case", "approval_seal", "resident_seal",
    ],
)  # fmt: skip
def test_a_null_answer_widens_the_interval_around_the_known_score(field: str) -> None:
    known, unknown = one(), one(**{field: None})
    for lever, settings in SETTINGS.scoring.levers.items():
        fields = {criterion.field for criterion in settings.criteria.values()}
        low, high = (
            unknown.score("賦課", lever, "score_low"),
            unknown.score("賦課", lever, "score_high"),
        )
        widths = [
            s.score("賦課", lever, "score_high") - s.score("賦課", lever, "score_low")
            for s in (known, unknown)
        ]
        if known.scores.filter(pl.col("lever") == lever)["gate"].item() is not None:
            continue
        assert low <= known.score("賦課", lever) + 1e-9
        assert known.score("賦課", lever) <= high + 1e-9
        if FACT_OF.get(field, field) in fields:
            assert widths[1] > widths[0] + 1
        elif field != "annual_hours":
            assert widths[1] == pytest.approx(widths[0])


def test_a_task_of_which_all_is_known_has_no_interval() -> None:
    found = one()
    low, point, high = (
        found.score("賦課", "ai_ocr", part) for part in ("score_low", "score", "score_high")
    )
    assert low == pytest.approx(point)
    assert high == pytest.approx(point)


def test_a_class_that_the_model_gave_widens_the_interval() -> None:
    asked = one()
    guessed = one(must_be_staff=None, needs_expertise=None, is_routine=None)
    probability = guessed.classes["work_class_probability"].item()
    assert guessed.classes["work_class"].to_list() == ["routine"]
    assert 0.3 < probability < 1
    criteria = SETTINGS.scoring.levers["rpa"].criteria
    share = 100 * 3 / sum(c.weight for c in criteria.values())
    assert guessed.score("賦課", "rpa") == pytest.approx(asked.score("賦課", "rpa"))
    widths = [
        s.score("賦課", "rpa", "score_high") - s.score("賦課", "rpa", "score_low")
        for s in (asked, guessed)
    ]
    assert widths[1] - widths[0] == pytest.approx(share * (1 - probability))


def test_unknown_answers_take_the_settings_interval() -> None:
    every = one(medium=None).contributions
    found = every.filter(pl.col("lever") == "rpa", criterion="medium")
    assert found["missing"].item()
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


def test_words_in_the_name_count_and_are_shown() -> None:
    names = ["議事録の作成", "申告書の整理", "申告の案内", "電話の取次"]
    found = score(tasks_frame(*[task(name, **FULL) for name in names])).contributions
    rows = found.filter(pl.col("lever") == "ai_ocr", criterion="same_layout")
    assert rows.select("task_id", "raw", pl.col("value").round(9), "missing").rows() == [
        ("議事録の作成", "議事録", 0.1, False),
        ("申告書の整理", "申告書", 1.0, False),
        ("申告の案内", "申告", 0.7, False),
        ("電話の取次", None, 0.4, True),
    ]


@pytest.mark.parametrize(
    ("activity", "value"),
    [("申告書の入力", 1.0), ("申告書の受付・入力", 0.75), ("窓口での相談", 0.0), ("特命事項", 0.3)],
)
def test_acts_count_by_their_mean(activity: str, value: float) -> None:
    found = score(tasks_frame(task("賦課", activity, **FULL))).contributions
    row = found.filter(pl.col("lever") == "ai_ocr", criterion="acts").row(0, named=True)
    assert row["value"] == pytest.approx(value)
