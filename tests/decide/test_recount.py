"""Whatever people decide in whatever order: the KPI equals a count that knows no spells."""

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bpr.decide.entries import check_edit, check_merge, check_split
from bpr.decide.moves import Move, check_move
from bpr.decide.progress import measure_progress
from bpr.decide.targets import Target, fold_targets
from bpr.decide.units import count_units
from bpr.decide.years import fiscal_year, last_day
from bpr.deciding_terms import TARGET_STATUSES
from bpr.errors import InputError
from tests.decide.records import KPI, History, entered, hours, measured

NOTHING = entered()
PROVEN = measured(*(hours(number, 10, 5) for number in range(1, 9)))
FIRST, LAST = date(2023, 4, 1), date(2026, 3, 31)
YEARS = range(2022, 2026)
TASKS = st.lists(st.sampled_from(["t1", "t2", "t3"]), max_size=2, unique=True)
LEVERS = st.sampled_from(["rpa", "simplify", None])


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Decisions as the checks let them pass; most moves go forward, so that much gets done."""
    history, today = History(), FIRST
    for _ in range(draw(st.integers(1, 16))):
        today = min(today + timedelta(days=draw(st.integers(0, 120))), LAST)
        known = {target.target_id: target for target in fold_targets(history.events)}
        choice = draw(st.integers(0, 9))
        if not known or (choice == 0 and len(known) < 6):
            status = draw(st.sampled_from(["candidate", "running"]))
            part = draw(st.sampled_from([None, None, "受付"]))
            tasks, lever = draw(TASKS), draw(LEVERS)
            number = len(known) + 1
            history.create(number, str(today), *tasks, lever=lever, part=part, status=status)
        else:
            target = known[draw(st.sampled_from(sorted(known)))]
            try:
                decide(draw, history, target, known, choice, today)
            except InputError:
                continue
    return history


def decide(
    draw: st.DrawFn,
    history: History,
    target: Target,
    known: dict[int, Target],
    choice: int,
    today: date,
) -> None:
    day, number = str(today), target.target_id
    if choice == 1:
        back = target.created_on if draw(st.booleans()) else today
        lever = draw(LEVERS)
        check_edit(target, {"lever": lever}, back, today)
        history.add(number, "edit", str(back), lever=lever)
    elif choice == 2:
        kept = known[draw(st.sampled_from(sorted(known)))]
        check_merge(target, kept, today, today)
        history.merge(number, kept.target_id, day, *target.task_ids)
    elif choice == 3:
        check_split(target, ["受付", "入力"], today, today)
        history.add(number, "split", day, part="受付")
        history.create(
            max(known) + 1, day, *target.task_ids, part="入力", lever=target.lever,
            status=target.status, split_from=number,
        )  # fmt: skip
    else:
        line = list(TARGET_STATUSES)
        ahead = line[min(line.index(target.status) + 1, 5)]
        status = ahead if choice < 8 else draw(st.sampled_from(line))
        check_move(target, Move(status, today, "理由"), PROVEN, KPI.confirm_evidence, today)
        history.move(number, day, status, reason="理由")


def recount(
    rows: list[dict[str, Any]], end: date, levers: tuple[str, ...], split: str, merge: str
) -> int:
    """Count on a day, by walking through every day on which anything happened."""
    since: dict[int, date] = {}
    count = 0
    for day in sorted({row["happened_on"] for row in rows if row["happened_on"] <= end}):
        state: dict[int, dict[str, Any]] = {}
        for row in (r for r in rows if r["happened_on"] <= day):
            values = json.loads(row["values"])
            one = state.setdefault(row["target_id"], {"ended": False})
            if row["action"] == "merge":
                one["ended"] = True
                other = state[values["merged_into"]]
                other["task_ids"] = other["task_ids"] + values["task_ids"]
            else:
                one.update(values)
                one["status"] = row["status"] or one["status"]
        standing = {
            number
            for number, one in state.items()
            if one["status"] in {"done", "confirmed"}
            and not one["ended"]
            and (not levers or one["lever"] in levers)
        }
        since = {number: since.get(number, day) for number in standing}
        covered: set[tuple[str, str | None]] = set()
        count = 0
        whole = [n for n in standing if split == "once" or state[n]["part"] is None]
        parts = [n for n in standing if n not in whole]
        for group in (whole, parts):
            for number in sorted(group, key=lambda n: (since[n], n)):
                tasks = set(state[number]["task_ids"]) or {f"none{number}"}
                part = state[number]["part"] if split == "each" else None
                new = {t for t in tasks if (t, None) not in covered and (t, part) not in covered}
                count += len(new) if merge == "each" else min(len(new), 1)
                covered |= {(t, part) for t in tasks}
    return count


ONCE_OR_EACH = st.sampled_from(["once", "each"])


@pytest.mark.parametrize("kpi", ["bpr_done", "ai_rpa_introduced"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=histories(), split=ONCE_OR_EACH, merge=ONCE_OR_EACH)
def test_the_kpi_after_every_event_equals_a_recount(
    kpi: str, history: History, split: Literal["once", "each"], merge: Literal["once", "each"]
) -> None:
    definition = replace(KPI.kpi[kpi], split=split, merge=merge)
    own = replace(KPI, kpi={kpi: definition})
    for length in range(1, len(history.rows) + 1):
        part = History()
        part.rows = history.rows[:length]
        units = count_units(kpi, part.events, measured(), own)
        found = measure_progress(kpi, units, NOTHING, own, YEARS, LAST)
        expected = [
            recount(part.rows, last_day(year), definition.levers, split, merge) for year in YEARS
        ]
        assert found["actual"].to_list() == expected
        assert found["units"].to_list() == expected


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=histories())
def test_a_closed_year_stays_unless_something_is_dated_back_into_it(history: History) -> None:
    def levels(rows: list[dict[str, Any]]) -> list[float]:
        part = History()
        part.rows = rows
        units = count_units("bpr_done", part.events, measured(), KPI)
        found = measure_progress("bpr_done", units, NOTHING, KPI, YEARS, LAST)
        return [float(value) for value in found["actual"]]

    rows = history.rows
    final = levels(rows)
    for length in range(1, len(rows)):
        first_change = min(row["happened_on"] for row in rows[length:])
        closed = [year < fiscal_year(first_change) for year in YEARS]
        now = levels(rows[:length])
        kept = [a == b for a, b, shut in zip(now, final, closed, strict=True) if shut]
        assert all(kept)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=histories())
def test_no_unit_is_counted_twice_at_a_time(history: History) -> None:
    units = count_units("bpr_done", history.events, measured(), KPI)
    for rows in units.partition_by("unit_key"):
        spells = rows.sort("counted_on").select("counted_on", "until").rows()
        assert all(a[1] is not None and a[1] <= b[0] for a, b in pairwise(spells))
        assert all(until is None or start < until for start, until in spells)
