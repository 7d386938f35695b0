"""Twenty people decide on the same hundred targets: nothing is lost, nothing is decided twice."""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from random import Random

import polars as pl
import pytest

from bpr.errors import ChangedMeanwhileError
from bpr.store import Act, Record, Ruling, Store, TargetEvent
from tests.store.at_once import at_once
from tests.store.kept import LOCAL, NOW
from tests.store.writes import DAY, keep, target

PEOPLE, TARGETS, AT_A_TIME = 20, 100, 10
Opener = Callable[[], Store]


def follow_up(targets: list[int], seen: dict[int, int] | None) -> Callable[[Record], Ruling]:
    """Give each target the next number; refused where one has other words than were `seen`."""

    def rule(record: Record) -> Ruling:
        words = count_words(record)
        if seen is not None and any(words[one] != seen[one] for one in targets):
            raise ChangedMeanwhileError("ほかの人が変えました。")
        events = [
            TargetEvent(one, "edit", None, DAY, None, {"notes": str(words[one] + 1)})
            for one in targets
        ]
        return Ruling(events, f"{targets}", {}, {})

    return rule


def count_words(record: Record) -> dict[int, int]:
    """Target -> what was said of it since it was made."""
    return {one: words - 1 for one, words in record.events.group_by("target_id").len().iter_rows()}


def decide_all(store: Store, number: int, refused: list[str]) -> None:
    """Say a word on each target once, some at a time, in an order of one's own.

    At first everybody believes that nobody has said anything; who is refused looks again.
    """
    who, chance = f"人{number:02}", Random(number)  # noqa: S311 - no secret
    order = chance.sample(range(1, TARGETS + 1), TARGETS)
    for start in range(0, TARGETS, AT_A_TIME):
        targets = order[start : start + AT_A_TIME]
        seen = None if start else dict.fromkeys(targets, 0)
        act = Act(who, NOW + timedelta(seconds=start), "192.0.2.7")
        try:
            store.decide("target.edit", follow_up(targets, seen), act)
        except ChangedMeanwhileError:
            refused.append(who)
            store.decide("target.edit", follow_up(targets, None), act)


@pytest.fixture
def programs(store: Store, reopen: Opener) -> list[Store]:
    """Two processes of the server would have a pool of connections each."""
    store.decide("target.create", keep(*[target() for _ in range(TARGETS)]), LOCAL)
    return [store, reopen()]


def test_no_decision_is_lost_or_made_twice(programs: list[Store]) -> None:
    store, refused = programs[0], list[str]()
    works = [partial(decide_all, programs[number % 2], number, refused) for number in range(PEOPLE)]
    assert at_once(*works) == []
    events = store.read_record().events.filter(pl.col("action") == "edit")
    assert events.height == PEOPLE * TARGETS
    said: dict[int, list[str]] = {}
    for one, values in events.select("target_id", "values").iter_rows():
        said.setdefault(one, []).append(json.loads(values)["notes"])
    numbered = [str(number) for number in range(1, PEOPLE + 1)]
    assert said == dict.fromkeys(range(1, TARGETS + 1), numbered)
    own = events.group_by("decided_by", "target_id").len()
    assert own.height == PEOPLE * TARGETS
    assert len(refused) >= PEOPLE - TARGETS // AT_A_TIME, "so many cannot all be the first"
    told = store.read_audit(action="target.edit")
    assert told.height == PEOPLE * TARGETS // AT_A_TIME
    check = store.check_audit()
    assert (check.rows, check.broken_at) == (told.height + 1, None)
