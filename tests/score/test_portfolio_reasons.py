"""Reasons name the limit that stands in the way; losses and gains agree with trying everything."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from bpr.errors import InputError
from bpr.frames import DataFrame, LeftOut, MarginalValues, Options
from bpr.score.portfolio import Licence, Limits, choose_portfolio
from bpr.score.portfolio_reasons import STEPS, explain_left_out, value_of_more
from tests.score.test_portfolio import draw, frame, most_hours, option

RPA = {"rpa": Licence(300_000, 2)}


def explain(
    options: DataFrame[Options], limits: Limits, licences: dict[str, Licence] | None = None
) -> DataFrame[LeftOut]:
    found = choose_portfolio(options, licences or {}, limits)
    return explain_left_out(options, licences or {}, found)


def only_reason(left_out: DataFrame[LeftOut]) -> str:
    assert left_out.height == 1
    return str(left_out["reason"][0])


@pytest.mark.parametrize("seed", range(40))
def test_the_loss_agrees_with_trying_everything(seed: int) -> None:
    options, licences, limits = draw(seed)
    found = choose_portfolio(options, licences, limits)
    left_out = explain_left_out(options, licences, found)
    for task_id, lost in left_out.select("task_id", "lost_hours").rows():
        forced = most_hours(options, licences, limits, task_id)
        expected = None if forced is None else found.saving_hours - forced
        assert lost == (None if expected is None else pytest.approx(expected, abs=1e-4))


@pytest.mark.parametrize("seed", range(20))
def test_each_task_is_chosen_or_left_out_with_its_best_lever(seed: int) -> None:
    options, licences, limits = draw(seed)
    found = choose_portfolio(options, licences, limits)
    left_out = explain_left_out(options, licences, found)
    assert sorted([*found.chosen["task_id"], *left_out["task_id"]]) == sorted(
        options["task_id"].unique()
    )
    best = dict(options.group_by("task_id").agg(pl.col("saving_hours").max()).iter_rows())
    hours = left_out["saving_hours"].to_list()
    assert hours == [best[task_id] for task_id in left_out["task_id"]]
    assert hours == sorted(hours, reverse=True)
    assert not left_out["reason"].str.contains("どの上限も超えない").any()


def test_no_more_are_explained_than_asked_for() -> None:
    options = frame(*(option(f"t{n}", 10.0 + n) for n in range(9)))
    found = choose_portfolio(options, {}, Limits(2))
    assert explain_left_out(options, {}, found, most=3)["task_id"].to_list() == ["t6", "t5", "t4"]
    assert explain_left_out(options, {}, found, most=0).is_empty()
    assert explain(frame(), Limits()).is_empty()


BIG, SMALL = option("a", 120.0, division="税務課"), option("b", 80.0, division="税務課")


@pytest.mark.parametrize(
    ("options", "limits", "reason"),
    [
        ([BIG, SMALL], {"tasks": 1}, "1 業務の枠に入らない（選んだうち最も小さい削減 120 時間より小さい 80 時間）"),
        ([BIG, {**BIG, "task_id": "b"}], {"tasks": 1}, "1 業務の枠が埋まっている（選んだうち最も小さい削減は 120 時間）"),
        ([BIG, SMALL], {"per_division": 1}, "税務課は上限の 1 業務に達している"),
        ([{**BIG, "setup_yen": 1_000_000.0}, {**SMALL, "setup_yen": 600_000.0, "yearly_yen": 20_000.0}], {"budget_yen": 1_300_000.0}, "予算が 320,000 円足りない"),
        ([{**BIG, "staff_days": 7.0}, {**SMALL, "staff_days": 7.0}], {"staff_days": 10.0}, "職員の手間が 4.0 人日足りない"),
        ([{**BIG, "staff_days": 1.0}, {**SMALL, "staff_days": 0.01}], {"staff_days": 1.0}, "職員の手間が 0.1 人日足りない"),
        ([BIG, option("b", -3.0)], {}, "削減より手間が大きい（年 −3 時間）"),
        ([BIG, option("b", -0.01)], {}, "手間を引くと削減が残らない"),
        ([BIG, option("b", 0.0)], {}, "手間を引くと削減が残らない"),
        ([{**BIG, "staff_days": 1.0}, {**SMALL, "staff_days": 1.0}], {"tasks": 1, "staff_days": 1.5, "per_division": 1}, "1 業務の枠に入らない（選んだうち最も小さい削減 120 時間より小さい 80 時間）。税務課は上限の 1 業務に達している。職員の手間が 0.5 人日足りない"),
    ],
)  # fmt: skip
def test_the_reason_names_the_limit(
    options: list[dict[str, Any]], limits: dict[str, Any], reason: str
) -> None:
    assert only_reason(explain(frame(*options), Limits(**limits))) == reason


def test_licences_stand_in_the_way() -> None:
    options = frame(*(option(name, hours) for name, hours in (("a", 9.0), ("b", 8.0), ("c", 7.0))))
    full = explain(options, Limits(licences={"rpa": 1}), RPA)
    assert only_reason(full) == "RPA のライセンスが上限の 1 本に達している"
    dear = explain(options, Limits(budget_yen=500_000), RPA)
    assert only_reason(dear) == "予算が 100,000 円足りない（RPA のライセンス 1 本を含む）"
    none = explain(frame(option("a", 9.0)), Limits(licences={"rpa": 0}), RPA)
    assert none["reason"].to_list() == ["RPA のライセンスが上限の 0 本に達している"]
    assert none["lost_hours"].to_list() == [None]


def test_a_task_that_saves_more_than_the_least_chosen_is_told_what_stops_it() -> None:
    """Two cheap tasks beat the dear one with more hours than either."""
    cheap = [option(name, 60.0, setup_yen=100_000.0) for name in ("a", "b")]
    options = frame(*cheap, option("c", 100.0, setup_yen=200_000.0))
    left_out = explain(options, Limits(2, budget_yen=200_000))
    assert only_reason(left_out) == (
        "2 業務の枠が埋まっている（選んだうち最も小さい削減は 60 時間）。予算が 200,000 円足りない"
    )
    assert left_out["lost_hours"].to_list() == [20.0]


def test_the_loss_of_a_task_that_costs_hours_counts_them() -> None:
    options = frame(option("a", 9.0), option("b", 8.0), option("c", -3.0))
    assert explain(options, Limits())["lost_hours"].to_list() == [3.0]
    assert explain(options, Limits(2))["lost_hours"].to_list() == [11.0]


def gain(
    options: DataFrame[Options],
    licences: Mapping[str, Licence],
    limits: Limits,
    steps: Mapping[str, Sequence[float]] = STEPS,
) -> DataFrame[MarginalValues]:
    """What more would bring to the best portfolio within the limits."""
    chosen = choose_portfolio(options, licences, limits)
    return value_of_more(options, licences, chosen, steps)


@pytest.mark.parametrize("seed", range(25))
def test_the_gain_agrees_with_trying_everything(seed: int) -> None:
    options, licences, limits = draw(seed)
    found = gain(options, licences, limits, {**STEPS, "staff_days": (0.5, 5)})
    base = most_hours(options, licences, limits) or 0.0
    for name, more, gained in found.select("limit", "more", "gained_hours").rows():
        wider = replace(limits, **{name: getattr(limits, name) + more})
        expected = (most_hours(options, licences, wider) or 0.0) - base
        assert gained == pytest.approx(expected, abs=1e-4)
    assert max(found["gap"]) <= 1e-6


def test_only_limits_that_are_set_are_widened() -> None:
    options = frame(option("a", 9.0), option("b", 8.0, setup_yen=900_000.0))
    few = gain(options, {}, Limits(1))
    assert few.rows() == [("tasks", 1.0, "業務", 8.0, pytest.approx(0, abs=1e-6))]
    many = gain(options, {}, Limits(9, 100_000, 3.5, 2)).drop("gap")
    assert many.rows() == [
        ("tasks", 1.0, "業務", 0.0),
        ("budget_yen", 100_000.0, "円", 0.0),
        ("budget_yen", 1_000_000.0, "円", 8.0),
        ("staff_days", 5.0, "人日", 0.0),
        ("per_division", 1.0, "業務/課", 0.0),
    ]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ({"tasks": (0.5,)}, "0.5 業務になっています。1 以上の整数"),
        ({"tasks": (-1,)}, "-1 業務になっています。1 以上の整数"),
        ({"budget_yen": (0,)}, "0 円になっています。0 より大きい数"),
        ({"budget_yen": (float("inf"),)}, "inf 円になっています"),
    ],
)
def test_steps_lead_somewhere(steps: dict[str, tuple[float, ...]], told: str) -> None:
    with pytest.raises(InputError, match=told):
        gain(frame(), {}, Limits(budget_yen=1.0), steps)
