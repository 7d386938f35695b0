"""A forecast: what is planned with its odds, held against the exact Beta-binomial; or none."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from scipy.stats import betabinom

from bpr.decide.forecast import Forecast, forecast_kpi
from bpr.frames import DataFrame, KpiValues
from bpr.settings import KpiSettings
from tests.decide.records import KPI, TODAY, History, entered, measured
from tests.decide.test_units import defined

NOTHING = entered()


def forecast(
    history: History | None = None,
    kpi: str = "bpr_done",
    values: DataFrame[KpiValues] = NOTHING,
    settings: KpiSettings = KPI,
    today: date = TODAY,
) -> Forecast:
    events = (history or History()).events
    return forecast_kpi(kpi, events, measured(), values, settings, today)


def planned(count: int, status: str = "running", **values: Any) -> History:
    history = History()
    for number in range(1, count + 1):
        values = {"done_by": 2026} | values
        history.create(number, "2025-04-10", f"t{number}", status=status, **values)
    return history


@pytest.mark.parametrize(
    ("status", "came", "failed"), [("running", 4, 1), ("reviewing", 1, 3), ("selected", 1, 5)]
)
def test_it_is_the_exact_beta_binomial(status: str, came: int, failed: int) -> None:
    found = forecast(planned(12, status))
    exact = betabinom(12, came, failed)
    assert (found.low, found.point, found.high) == tuple(exact.ppf([0.1, 0.5, 0.9]))
    assert (found.fiscal_year, found.method) == (2027, "outcomes")


def test_own_outcomes_move_the_odds() -> None:
    history = planned(10)
    for number in range(11, 21):
        history.create(number, "2024-04-10", f"t{number}", status="running")
        history.move(number, "2024-05-10", "shelved", reason="中止")
    found = forecast(history)
    exact = betabinom(10, 4, 1 + 10)
    assert (found.low, found.point, found.high) == tuple(exact.ppf([0.1, 0.5, 0.9]))
    assert "実施中 10 件（進む割合 27%、自庁の結果 10 件）" in found.sentence


def test_what_counts_now_is_sure_and_shared_tasks_add_nothing() -> None:
    history = History().create(1, "2024-04-10", "t1").finish(1, "2024-05-10")
    history.create(2, "2024-04-10", "t1", status="running", done_by=2026)
    found = forecast(history)
    assert (found.low, found.point, found.high) == (1, 1, 1)


def test_a_target_of_three_tasks_brings_three_where_each_counts() -> None:
    history = History().create(
        1, "2024-04-10", "a", "b", "c", status="running", lever="rpa", done_by=2026
    )
    found = forecast(history, "ai_rpa_introduced")
    assert (found.low, found.point, found.high) == (0, 3, 3)
    assert forecast(history, "bpr_done").high == 1


def test_what_is_planned_later_or_without_a_year_is_left_out_and_told() -> None:
    late, undated = forecast(planned(3, done_by=2028)), forecast(planned(3, done_by=None))
    assert (late.low, late.high, undated.low, undated.high) == (0, 0, 0, 0)
    assert undated.sentence == (
        "2027年度までに終える予定の対象がないので、今の 0 業務のままとみた値です。"
        "完了の年度がない 3 件は数えていません。"
    )


def test_other_levers_and_candidates_are_not_planned() -> None:
    assert forecast(planned(3, lever="simplify"), "ai_rpa_introduced").high == 0
    assert forecast(planned(3, "candidate")).high == 0


def test_the_same_state_gives_the_same_forecast() -> None:
    assert forecast(planned(7)) == forecast(planned(7))


def actuals(*values: float, first: int = 2022) -> DataFrame[KpiValues]:
    return entered(*(("e_approval", first + n, "actual", v) for n, v in enumerate(values)))


def test_entered_values_go_on_by_their_last_step() -> None:
    found = forecast(kpi="e_approval", values=actuals(0, 10, 25, 33))
    assert (found.low, found.point, found.high) == (33 + 2 * 8, 33 + 2 * 8, 33 + 2 * 15)
    assert found.method == "trend"
    assert "2022〜2025年度の実績値 4 個から、最後の 1 年の伸び +8 %" in found.sentence


def test_a_share_ends_at_100() -> None:
    found = forecast(kpi="e_approval", values=actuals(0, 10, 50, 90))
    assert (found.low, found.point, found.high) == (100, 100, 100)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (actuals(), "実績値が 0 年分しかない"),
        (actuals(5, 9), "実績値が 2 年分しかない（3 年分から）"),
        (actuals(1, 2, 3, first=2022), "2022〜2024年度の 2 年間だけで、3 年先の見通しは出しません"),
        (actuals(1, 2, 3, first=2024), "実績値が 2 年分しかない"),
    ],
)
def test_too_little_is_too_little(values: DataFrame[KpiValues], said: str) -> None:
    found = forecast(kpi="e_approval", values=values)
    assert (found.low, found.point, found.high, found.method) == (None, None, None, "none")
    assert said.replace("（3 年分から）", "") in found.sentence


def test_no_forecast_of_what_cannot_be_foreseen() -> None:
    assert "削減時間は実績で" in forecast(
        kpi="saved_hours", settings=defined("saved_hours", target=9.0, target_year=2027)
    ).sentence  # fmt: skip
    assert "目標年度が決まっていない" in forecast(kpi="saved_hours").sentence
    assert "終わっている" in forecast(today=date(2028, 4, 1)).sentence
    assert (
        "累計の KPI ではない" in forecast(settings=defined("bpr_done", cumulative=False)).sentence
    )


def test_the_interval_is_a_setting() -> None:
    wide = replace(KPI, forecast=replace(KPI.forecast, interval=0.98))
    found, plain = forecast(planned(12), settings=wide), forecast(planned(12))
    assert (found.low or 0) < (plain.low or 0)
    assert "98%" in found.sentence
