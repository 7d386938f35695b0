"""What a KPI counts: from when, until when, and every task once."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from bpr.decide.units import count_units
from bpr.errors import InputError
from bpr.frames import DataFrame, KpiUnits, Measurements
from bpr.settings import KpiSettings
from tests.builder import assert_rows
from tests.decide.records import KPI, History, hours, measured

DAY = date.fromisoformat
NONE = measured()
COLUMNS = "unit_key target_id counted_on until reason"


def defined(kpi: str, **changed: Any) -> KpiSettings:
    return replace(KPI, kpi={**KPI.kpi, kpi: replace(KPI.kpi[kpi], **changed)})


def count(
    history: History,
    kpi: str = "bpr_done",
    measurements: DataFrame[Measurements] = NONE,
    **changed: Any,
) -> DataFrame[KpiUnits]:
    return count_units(kpi, history.events, measurements, defined(kpi, **changed))


def test_a_unit_counts_from_done_on_and_stays_when_confirmed() -> None:
    history = History().create(1, "2024-04-10", "t1", division="税務課")
    history.move(1, "2024-05-01", "selected", "running")
    assert count(history).is_empty()
    history.move(1, "2025-03-31", "done").move(1, "2025-09-01", "confirmed")
    assert_rows(
        count(history),
        "kpi unit_key target_id task_id label division counted_on fiscal_year until reason hours",
        [["bpr_done", "t1", 1, "t1", "取組1", "税務課", DAY("2025-03-31"), 2024, None, None, None]],
    )


def test_a_step_back_ends_it_and_a_new_stay_begins_later() -> None:
    history = History().create(1, "2024-04-10", "t1").finish(1, "2024-06-01")
    history.move(1, "2024-08-01", "running", reason="入力の誤り").move(1, "2025-05-01", "done")
    history.move(1, "2025-07-01", "withdrawn", reason="制度がなくなった")
    assert_rows(
        count(history),
        COLUMNS,
        [
            ["t1", 1, DAY("2024-06-01"), DAY("2024-08-01"), "実施中：入力の誤り"],
            ["t1", 1, DAY("2025-05-01"), DAY("2025-07-01"), "取下げ：制度がなくなった"],
        ],
    )


def test_done_and_back_on_one_day_never_counted() -> None:
    history = History().create(1, "2024-04-10", "t1").finish(1, "2024-06-01")
    history.move(1, "2024-06-01", "running", reason="誤り")
    assert count(history).is_empty()


def test_one_task_counts_once_in_each_kpi() -> None:
    history = History().create(1, "2024-04-10", "t1", lever="rpa").finish(1, "2024-06-01")
    assert count(history, "bpr_done")["unit_key"].to_list() == ["t1"]
    assert count(history, "ai_rpa_introduced")["unit_key"].to_list() == ["t1"]


def test_only_its_levers_count_and_a_corrected_lever_counts_from_the_day_it_holds() -> None:
    history = History().create(1, "2024-04-10", "t1", lever="simplify").finish(1, "2024-06-01")
    assert count(history, "ai_rpa_introduced").is_empty()
    history.add(1, "edit", "2024-09-01", lever="ai_ocr")
    found = count(history, "ai_rpa_introduced")
    assert_rows(found, COLUMNS, [["t1", 1, DAY("2024-09-01"), None, None]])
    history.add(1, "edit", "2024-10-01", lever="simplify")
    found = count(history, "ai_rpa_introduced")
    assert_rows(
        found, COLUMNS, [["t1", 1, DAY("2024-09-01"), DAY("2024-10-01"), "手段か業務の変更"]]
    )


def test_an_edit_of_other_fields_breaks_nothing() -> None:
    history = History().create(1, "2024-04-10", "t1").finish(1, "2024-06-01")
    history.add(1, "edit", "2024-09-01", name="新しい名前")
    assert_rows(count(history), "label counted_on until", [["新しい名前", DAY("2024-06-01"), None]])


TWICE = (
    History()
    .create(1, "2024-04-10", "t1").create(2, "2024-04-10", "t1")
    .finish(1, "2024-06-01").finish(2, "2024-07-01")
)  # fmt: skip


@pytest.mark.parametrize("split", ["once", "each"])
def test_two_targets_on_one_task_count_once(split: str) -> None:
    assert_rows(count(TWICE, split=split), COLUMNS, [["t1", 1, DAY("2024-06-01"), None, None]])


def test_an_edit_does_not_make_the_first_of_two_the_second() -> None:
    history = History()
    history.rows = list(TWICE.rows)
    history.add(1, "edit", "2024-09-01", notes="会議で確認")
    assert count(history)["target_id"].to_list() == [1]


def test_when_the_first_of_two_goes_the_second_counts() -> None:
    history = History()
    history.rows = list(TWICE.rows)
    history.move(1, "2024-09-01", "withdrawn", reason="重複")
    assert_rows(
        count(history),
        COLUMNS,
        [
            ["t1", 1, DAY("2024-06-01"), DAY("2024-09-01"), "取下げ：重複"],
            ["t1", 2, DAY("2024-09-01"), None, None],
        ],
    )


def test_parts_of_a_task_count_once_or_each() -> None:
    history = History().create(1, "2024-04-10", "t1", part="受付").finish(1, "2024-06-01")
    history.create(2, "2024-04-10", "t1", part="入力").finish(2, "2024-07-01")
    assert count(history, split="once")["unit_key"].to_list() == ["t1"]
    assert count(history, split="each")["unit_key"].to_list() == ["t1／受付", "t1／入力"]
    history.create(3, "2024-08-01", "t1").finish(3, "2024-08-01")
    whole = count(history, split="each").filter(pl.col("until").is_null())
    assert whole["unit_key"].to_list() == ["t1"]


def test_several_tasks_rebuilt_as_one_count_once_or_each() -> None:
    history = History().create(1, "2024-04-10", "t2", "t1").finish(1, "2024-06-01")
    assert count(history, merge="once")["unit_key"].to_list() == ["t1"]
    assert count(history, merge="each")["unit_key"].to_list() == ["t1", "t2"]
    history.create(2, "2024-04-10", "t2").finish(2, "2024-07-01")
    assert count(history, merge="once")["target_id"].to_list() == [1]
    history.create(3, "2024-04-10", "t2", "t3").finish(3, "2024-08-01")
    assert count(history, merge="once")["unit_key"].to_list() == ["t1", "t3"]


def test_merged_targets_count_once_or_per_task() -> None:
    history = History().create(1, "2024-04-10", "t1").finish(1, "2024-06-01")
    history.create(2, "2024-04-10", "t2").finish(2, "2024-07-01")
    history.merge(2, 1, "2024-10-01", "t2")
    assert_rows(
        count(history, merge="once"),
        COLUMNS,
        [
            ["t1", 1, DAY("2024-06-01"), None, None],
            ["t2", 2, DAY("2024-07-01"), DAY("2024-10-01"), "対象 1 に統合"],
        ],
    )
    each = count(history, merge="each").filter(pl.col("until").is_null())
    assert_rows(
        each,
        "unit_key target_id counted_on",
        [["t1", 1, DAY("2024-06-01")], ["t2", 1, DAY("2024-10-01")]],
    )


def test_targets_without_a_task_count_by_themselves() -> None:
    history = History().create(1, "2024-04-10").create(2, "2024-04-10")
    history.finish(1, "2024-06-01").finish(2, "2024-06-01")
    found = count(history)
    assert found["unit_key"].to_list() == ["target:1", "target:2"]
    assert found["task_id"].to_list() == [None, None]


def test_where_evidence_is_asked_for_a_unit_counts_from_then_on() -> None:
    history = History().create(1, "2024-04-10", "t1").finish(1, "2024-06-01")
    weak, strong = hours(1, 9, 5, evidence="opinion"), hours(1, 9, 5)
    assert count(history, measurements=measured(weak), evidence=("measured",)).is_empty()
    found = count(history, measurements=measured(weak, strong), evidence=("measured",))
    assert_rows(found, COLUMNS, [["t1", 1, DAY("2025-03-31"), None, None]])
    replaced = measured(strong, weak)
    assert count(history, measurements=replaced, evidence=("measured",)).is_empty()


def test_saved_hours_follow_the_measurements() -> None:
    history = History().create(1, "2024-04-10", "t1").finish(1, "2024-04-15")
    later = {"after_from": DAY("2025-04-01"), "after_to": DAY("2026-03-31")}
    found = count(history, "saved_hours", measured(hours(1, 300, 180), hours(1, 300, 150, **later)))
    assert_rows(
        found,
        "unit_key hours counted_on until reason",
        [
            ["t1", 120, DAY("2025-03-31"), DAY("2026-03-31"), "測定した値が変わった"],
            ["t1", 150, DAY("2026-03-31"), None, None],
        ],
    )


def test_hours_of_one_task_are_not_added_twice() -> None:
    both = measured(hours(1, 300, 180), hours(2, 300, 180))
    assert count(TWICE, "saved_hours", both)["hours"].to_list() == [120]


def test_entered_kpi_have_no_units_and_unknown_ones_are_named() -> None:
    assert count(TWICE, "e_approval").is_empty()
    with pytest.raises(
        InputError, match=r"「bpr_don」は kpi\.toml にありません（bpr_done のことですか）"
    ):
        count_units("bpr_don", TWICE.events, NONE, KPI)
