"""Moves: one table says what is allowed; a refusal says what is allowed instead."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from bpr.decide.moves import LINE, MOVES, Move, check_move
from bpr.decide.targets import Target
from bpr.deciding_terms import TARGET_STATUSES
from bpr.errors import InputError
from bpr.frames import DataFrame, Measurements
from tests.decide.records import KPI, TODAY, hours, measured

SINCE = date(2025, 5, 1)
TARGET = Target(3, "candidate", SINCE, SINCE, 1, name="住民票の交付", task_ids=("t1",))
NONE = measured()


def say(
    old: str, move: Move, measurements: DataFrame[Measurements] = NONE, **changed: object
) -> str | None:
    """What is refused; None: nothing."""
    target = replace(TARGET, status=old, **changed)  # type: ignore[arg-type] # any field
    try:
        check_move(target, move, measurements, KPI.confirm_evidence, TODAY)
    except InputError as error:
        return str(error)
    return None


PROVEN = measured(hours(3, 100, 40))
ALLOWED = {
    *pairwise(LINE),
    ("selected", "running"),
    ("running", "selected"),
    *((new, old) for old, new in pairwise(LINE)),
    *((old, "shelved") for old in LINE[:4]),
    ("shelved", "candidate"),
    *((old, "withdrawn") for old in (*LINE, "shelved")),
}


@pytest.mark.parametrize("old", TARGET_STATUSES)
@pytest.mark.parametrize("new", TARGET_STATUSES)
def test_exactly_the_allowed_moves_pass(old: str, new: str) -> None:
    said = say(old, Move(new, TODAY, "理由"), PROVEN)
    assert (said is None) == ((old, new) in ALLOWED), said


@pytest.mark.parametrize("old", TARGET_STATUSES)
@pytest.mark.parametrize("new", TARGET_STATUSES)
def test_only_forward_needs_no_reason(old: str, new: str) -> None:
    forward = old in LINE and new in LINE and LINE.index(new) > LINE.index(old)
    passes = (old, new) in ALLOWED and forward
    assert (say(old, Move(new, TODAY, " "), PROVEN) is None) == passes


def test_every_status_has_its_moves() -> None:
    assert set(MOVES) == set(TARGET_STATUSES)


def test_a_refusal_names_target_statuses_and_what_is_allowed() -> None:
    assert say("reviewing", Move("confirmed", TODAY)) == (
        "対象 3「住民票の交付」は「検討中」から「効果確認済」にできません。"
        "次にできるのは 実施中、選定、見送り、取下げ です。"
    )


@pytest.mark.parametrize("day", [date(2025, 4, 30), date(2025, 11, 22)])
def test_a_day_before_the_last_status_or_after_today(day: date) -> None:
    said = say("candidate", Move("selected", day))
    assert said is not None
    assert f"{day} は使えません" in said
    assert "2025-05-01 から今日 2025-11-21 まで" in said


@pytest.mark.parametrize("day", [SINCE, TODAY])
def test_both_ends_are_allowed(day: date) -> None:
    assert say("candidate", Move("selected", day)) is None


@pytest.mark.parametrize(
    "weak", [NONE, measured(hours(4, 9, 1)), measured(hours(3, 9, 1, evidence="expected"))]
)
def test_nothing_is_confirmed_without_a_measurement_of_its_own(
    weak: DataFrame[Measurements],
) -> None:
    said = say("done", Move("confirmed", TODAY), weak)
    assert said is not None
    assert "実績の値がないので「効果確認済」にできません" in said


def test_what_was_merged_points_to_where_it_went() -> None:
    said = say("done", Move("running", TODAY, "理由"), merged_into=5)
    assert said is not None
    assert "対象 5 を直してください" in said


def test_a_status_that_does_not_exist() -> None:
    said = say("candidate", Move("finished", TODAY))
    assert said is not None
    assert "「finished」にできません" in said
