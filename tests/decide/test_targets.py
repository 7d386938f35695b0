"""The state of a target is the fold of its events, now and as of any day."""

import json
from datetime import date

from bpr.decide.targets import fold_targets, list_targets, trace_targets
from tests.decide.records import History

DAY = date.fromisoformat


def test_a_target_is_what_its_events_made_of_it() -> None:
    history = (
        History()
        .create(1, "2024-04-10", "t1", division="税務課", lever="rpa", expected_hours=80.0, rank=3)
        .move(1, "2024-05-01", "selected")
        .add(
            1, "edit", "2024-05-02", policy="転記をやめる", schedule={"2025": "試行"}, done_by=2025
        )
        .move(1, "2024-06-01", "shelved", reason="人手が足りない")
    )
    [target] = fold_targets(history.events)
    assert (target.status, target.status_since) == ("shelved", DAY("2024-06-01"))
    assert target.status_reason == "人手が足りない"
    assert (target.created_on, target.version) == (DAY("2024-04-10"), 4)
    assert (target.name, target.task_ids, target.division) == ("取組1", ("t1",), "税務課")
    assert (target.policy, target.schedule, target.done_by) == (
        "転記をやめる",
        {2025: "試行"},
        2025,
    )
    assert (target.expected_hours, target.rank) == (80.0, 3)


def test_an_expectation_is_frozen_anew_only_by_its_own_action() -> None:
    history = History().create(1, "2024-04-10", "t1", expected_hours=80.0)
    history.add(1, "refreeze", "2024-07-01", reason="件数が増えた", expected_hours=120.0)
    assert fold_targets(history.events)[0].expected_hours == 120


def test_a_merge_ends_one_target_and_gives_its_tasks_to_the_other() -> None:
    history = History().create(1, "2024-04-10", "t1").create(2, "2024-04-11", "t2", "t1")
    history.merge(2, 1, "2024-05-01", "t2", "t1")
    kept, ended = fold_targets(history.events)
    assert (kept.task_ids, kept.version, kept.merged_into) == (("t1", "t2"), 3, None)
    assert (ended.merged_into, ended.is_final, kept.is_final) == (1, True, False)


def test_a_split_leaves_a_part_and_makes_another_target() -> None:
    history = History().create(1, "2024-04-10", "t1")
    history.add(1, "split", "2024-05-01", part="受付")
    history.create(2, "2024-05-01", "t1", part="入力", split_from=1)
    first, second = fold_targets(history.events)
    assert (first.part, first.split_from) == ("受付", None)
    assert (second.part, second.split_from) == ("入力", 1)


def test_on_a_day_holds_what_had_happened_by_then() -> None:
    history = History().create(1, "2024-04-10", "t1").move(1, "2024-05-01", "selected")
    history.add(1, "edit", "2024-04-10", lever="rpa")
    spells = trace_targets(history.events)[1]
    told = [(s.start, s.end, s.target.status, s.target.lever) for s in spells]
    assert told == [
        (DAY("2024-04-10"), DAY("2024-05-01"), "candidate", "rpa"),
        (DAY("2024-05-01"), None, "selected", "rpa"),
    ]


def test_the_table_joins_what_is_many() -> None:
    history = History().create(
        1, "2024-04-10", "t1", "t2", links=["https://a/1", "file://b"], schedule={"2025": "試行"}
    )
    history.create(2, "2024-04-10")
    table = list_targets(history.events)
    assert table["target_id"].to_list() == [1, 2]
    assert table["task_ids"].to_list() == ["t1、t2", ""]
    assert table["links"][0] == "https://a/1\nfile://b"
    assert json.loads(table["schedule"][0]) == {"2025": "試行"}


def test_no_events_no_targets() -> None:
    assert fold_targets(History().events) == []
    assert list_targets(History().events).is_empty()
