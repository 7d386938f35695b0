"""Savings: units, intervals, costs and yen, recomputed by hand."""

from typing import Any

import polars as pl
import pytest

from bpr.score.savings import list_licences, share_of_acts
from tests.builder import ROUTINE, SETTINGS, Scored, score, task, tasks_frame

SAVINGS = SETTINGS.savings
LEVERS = list(SAVINGS.levers)
BASE: dict[str, Any] = {**ROUTINE, "annual_hours": 1000.0, "staff_type": "regular"}


def saved(found: Scored, lever: str, task_id: str = "賦課") -> dict[str, Any]:
    rows = found.savings.filter(pl.col("lever") == lever, task_id=task_id)
    return rows.row(0, named=True)


def one(activity: str, **known: Any) -> Scored:
    return score(tasks_frame(task("賦課", activity, **{**BASE, **known})))


def test_a_saving_can_be_recomputed_on_paper() -> None:
    """申告書の入力: one act, taken over whole; 80 % of the hours are those of the named act."""
    row = saved(one("申告書の入力"), "ai_ocr")
    taken = 1000 * 0.8 * 1.0
    assert row["share"] == pytest.approx(0.8)
    assert row["cost_hours"] == pytest.approx(taken * 0.56 + 6)
    assert row["saving_hours"] == pytest.approx(taken * (0.886 - 0.56) - 6)
    assert row["saving_hours_low"] == pytest.approx(600 * (0.86 - 0.68) - 16)
    assert row["saving_hours_high"] == pytest.approx(1000 * (0.934 - 0.46) - 2)
    assert row["saving_yen"] == pytest.approx(row["saving_hours"] * 3285 - 60_000)


def test_the_net_rate_of_ai_ocr_is_the_published_one() -> None:
    """Kanagawa 2020: 25 % on 100 sheets, 40 % on 1,000; ours lies between and around."""
    lever = SAVINGS.levers["ai_ocr"]
    assert 0.25 < lever.rate.range[1] - lever.checking.range[1] < 0.40
    assert lever.rate.range[0] - lever.checking.range[2] < 0.25
    assert lever.rate.range[2] - lever.checking.range[0] > 0.40


def test_what_is_paid_for_outsourcing_is_taken_off() -> None:
    row = saved(one("申込書の受領"), "outsourcing")
    taken = 1000 * 0.8
    assert row["saving_hours"] == pytest.approx(taken * (0.9 - 0.2) - 20)
    assert row["yearly_yen"] == pytest.approx(taken * 2600)
    assert row["saving_yen"] == pytest.approx(row["saving_hours"] * 3285 - taken * 2600)


@pytest.mark.parametrize(
    ("activity", "share"),
    [
        ("申告書の入力", 1.0),
        ("申告書の受付・入力", 0.5),
        ("申告書の入力、照合", 0.65),
        ("窓口での相談", 0.0),
    ],
)
def test_the_share_is_that_of_the_acts_taken_over(activity: str, share: float) -> None:
    assert saved(one(activity), "ai_ocr")["share"] == pytest.approx(0.8 * share)


def test_where_no_act_is_found_the_share_is_the_settings_interval() -> None:
    row = saved(one("特命事項"), "ai_ocr")
    parts = (row["share_low"], row["share"], row["share_high"])
    assert parts == pytest.approx((0.6 * 0.0, 0.8 * 0.3, 1.0 * 0.6))


@pytest.mark.parametrize(
    "acts", [["input"], ["input", "receive"], ["receive"], ["input", "collate", "file"]]
)
def test_the_ends_of_the_share_are_the_extremes_of_all_weightings(acts: list[str]) -> None:
    """Every act takes from 1/2 to 2 times as long as another: no choice of weights goes beyond."""
    lever, spread = SAVINGS.levers["ai_ocr"], SAVINGS.act_spread
    taken = [lever.acts.get(act, 0.0) for act in acts]
    weights = [1 / spread, 0.8, 1.0, 1.3, spread]
    means = [0.0]
    means.clear()
    for a in weights:
        for b in weights:
            for c in weights:
                own = [a, b, c][: len(taken)]
                means.append(sum(w * t for w, t in zip(own, taken, strict=True)) / sum(own))
    low, _, high = share_of_acts(lever, acts, SAVINGS)
    assert low == pytest.approx(0.6 * min(means))
    assert high == pytest.approx(1.0 * max(means))


@pytest.mark.parametrize("lever", LEVERS)
def test_intervals_hold_the_point(lever: str) -> None:
    for activity in ("申告書の入力", "受付・入力", "発送", "審査", "特命事項", "議事録の作成"):
        row = saved(one(activity), lever)
        assert row["share_low"] <= row["share"] <= row["share_high"]
        assert row["cost_hours_low"] <= row["cost_hours"] <= row["cost_hours_high"]
        assert row["saving_hours_low"] <= row["saving_hours"] <= row["saving_hours_high"]


@pytest.mark.parametrize("lever", LEVERS)
def test_twice_the_hours_take_over_twice_the_hours(lever: str) -> None:
    """All but the upkeep, which does not hang on the volume, is proportional."""
    upkeep = SAVINGS.levers[lever].upkeep.range
    once, twice = (saved(one("書類の作成、入力", annual_hours=h), lever) for h in (500.0, 1000.0))
    for end, part in enumerate(("saving_hours_low", "saving_hours", "saving_hours_high")):
        fixed = upkeep[2 - end]
        assert twice[part] + fixed == pytest.approx(2 * (once[part] + fixed))


def test_a_lever_that_costs_more_than_it_saves_is_negative() -> None:
    row = saved(one("申告書の入力", annual_hours=10.0), "rpa")
    assert row["saving_hours"] == pytest.approx(10 * 0.8 * (0.56 - 0.05) - 10)
    assert row["saving_hours"] < 0
    assert row["saving_yen"] < 0


def test_unknown_hours_give_no_saving() -> None:
    row = saved(one("申告書の入力", annual_hours=None), "rpa")
    assert [
        row[n] for n in ("saving_hours_low", "saving_hours", "saving_hours_high", "saving_yen")
    ] == [None] * 4
    assert row["yearly_yen"] == 10_000


def test_yen_follow_the_kind_of_staff() -> None:
    yen = [
        saved(one("申告書の入力", staff_type=staff), "rpa")["saving_yen"]
        for staff in ("nonregular", None, "regular")
    ]
    assert yen == sorted(yen)
    assert len(set(yen)) == 3


def test_licences_are_those_of_the_settings() -> None:
    licences = list_licences(SAVINGS)
    assert set(licences) == {"ai_ocr", "rpa"}
    assert (licences["rpa"].yen, licences["rpa"].tasks) == (300_000, 10)


def test_every_task_has_a_saving_for_every_lever() -> None:
    found = score(tasks_frame(task("a", "入力", **BASE), task("b", None)))
    assert found.savings.height == 2 * len(LEVERS)
    assert found.savings.select("task_id", "lever").is_unique().all()
