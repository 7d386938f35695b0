"""What stands behind a KPI: hours before and after, kinds of evidence, units of a day."""

from datetime import date

import pytest

from bpr.decide.evidence import Proof, prove_targets, units_at, units_gone
from bpr.decide.progress import measure_progress
from bpr.decide.targets import Target, fold_targets
from bpr.decide.units import count_units
from tests.decide.records import KPI, TODAY, History, entered, hours, measured

SINCE = date(2024, 4, 1)
TARGET = Target(1, "done", SINCE, SINCE, 1)
DONE = KPI.kpi["bpr_done"]


def prove(*rows: dict[str, object]) -> Proof:
    return prove_targets([TARGET], measured(*rows))[1]


def test_the_hours_before_are_those_of_a_year() -> None:
    """600 hours in half a year are 1,200 a year; afterwards 300 in a whole one."""
    proof = prove(hours(1, 600, 300, before_from=date(2023, 10, 1)))
    assert proof.before_hours == pytest.approx(1200)
    assert proof.realized is not None
    assert proof.realized.hours == pytest.approx(900)
    assert proof.evidence == "measured"


def test_minutes_per_case_count_with_the_cases_afterwards() -> None:
    """30 minutes at 120 cases are 60 hours, 10 minutes are 20."""
    minutes = {"target_id": 1, "figure": "minutes_per_case", "before": 30.0, "after": 10.0}
    cases = {"target_id": 1, "figure": "count", "before": 500.0, "after": 120.0}
    proof = prove(minutes, {**cases, "evidence": "expected"})
    assert proof.before_hours == pytest.approx(60)
    assert proof.realized is not None
    assert proof.realized.hours == pytest.approx(40)
    assert proof.evidence == "expected"


def test_what_shows_no_hours_is_evidence_all_the_same() -> None:
    row = {"target_id": 1, "figure": "satisfaction", "before": 50.0, "after": 70.0}
    proof = prove({**row, "evidence": "opinion"}, {**row, "figure": "waiting_minutes"})
    assert (proof.before_hours, proof.realized, proof.evidence) == (None, None, "measured")
    assert prove().evidence is None


def test_the_last_word_on_the_freed_hours_stands() -> None:
    proof = prove(
        hours(1, 100, 40, freed_use="counter"),
        hours(1, 100, 50, freed_use="training"),
        hours(1, 9, 8),
    )
    assert proof.freed_use == "training"
    assert prove(hours(1, 9, 8)).freed_use is None


def story() -> History:
    """One done before the baseline was taken, two after it, of which one goes back."""
    history = History().create(1, "2022-05-01", "a").finish(1, "2022-06-01")
    history.create(2, "2023-05-01", "b").finish(2, "2023-06-01")
    history.create(3, "2023-05-01", "c").finish(3, "2024-06-01")
    return history.move(2, "2025-05-01", "running", reason="やり直し")


@pytest.mark.parametrize(
    ("year", "there", "gone"),
    [(2022, [], []), (2023, ["b"], []), (2024, ["b", "c"], []), (2025, ["c"], ["b"])],
)
def test_the_units_of_a_year(year: int, there: list[str], gone: list[str]) -> None:
    events = story().events
    units = count_units("bpr_done", events, measured(), KPI)
    assert units_at(units, DONE, year, TODAY)["unit_key"].to_list() == there
    assert units_gone(units, DONE, year, TODAY)["unit_key"].to_list() == gone
    progress = measure_progress("bpr_done", units, entered(), KPI, [year], TODAY)
    assert progress["actual"].item() == len(there)


def test_a_unit_that_came_back_is_not_gone() -> None:
    history = story().move(2, "2025-07-01", "done")
    units = count_units("bpr_done", history.events, measured(), KPI)
    assert units_gone(units, DONE, 2025, TODAY).is_empty()
    assert units_at(units, DONE, 2025, TODAY)["unit_key"].to_list() == ["c", "b"]


def test_what_ended_in_another_target_is_not_done_by_itself() -> None:
    history = story().create(4, "2024-05-01", "d").merge(3, 4, "2025-08-01", "c")
    proofs = prove_targets(fold_targets(history.events), measured())
    assert [number for number, proof in proofs.items() if proof.is_done] == [1]
