"""Any decisions in any order, through the workspace: nothing is lost, counted twice or untold."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bpr.decide.measurements import Measurement
from bpr.errors import InputError
from bpr.store import open_store
from bpr.workspace import Workspace
from tests.builder import SETTINGS
from tests.store.kept import kept
from tests.tabulate.town import town_workbook

TASKS: Final = ("税務課-1", "税務課-2", "税務課-3", "福祉課-3")
LEVERS: Final = ("ai_ocr", "rpa", "simplify")
START, LATER, END = date(2023, 4, 1), date(2024, 6, 1), date(2027, 6, 20)
YEARS: Final = range(2022, 2028)
COUNTED: Final = {"done", "confirmed"}
AI: Final = {"ai_ocr", "rpa", "generative_ai"}
FORWARD: Final = {
    "candidate": "selected", "selected": "running", "reviewing": "running",
    "running": "done", "done": "confirmed",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """What somebody tries: which act, on which targets, how many days after the last one."""

    act: str
    first: int
    second: int
    task: str
    lever: str
    days: int
    back: int


ACTS: Final = [
    "create",
    *["forward"] * 4,
    "back",
    "end",
    "merge",
    "split",
    "edit",
    "measure",
    "unmeasure",
]
STEPS = st.builds(
    Step,
    st.sampled_from(ACTS),
    st.integers(0, 5),
    st.integers(0, 5),
    st.sampled_from(TASKS),
    st.sampled_from(LEVERS),
    st.integers(0, 250),
    st.sampled_from([0, 0, 200, 400]),
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the town and three targets: one running, one done in 2023, one in 2024."""
    file = tmp_path_factory.mktemp("prepared") / "bpr.sqlite3"
    workspace = Workspace(SETTINGS, open_store(f"sqlite:///{file}"))
    workspace.import_workbooks([town_workbook()])
    desk = Desk(workspace)
    for task, lever in zip(TASKS, LEVERS, strict=False):
        desk.act(Step("create", 0, 0, task, lever, 0, 0))
    for number, days in ((0, 30), (1, 30), (1, 30), (2, 300), (2, 30)):
        desk.wait(days)
        assert desk.act(Step("forward", number, 0, TASKS[0], LEVERS[0], 0, 0))
    workspace.store.engine.dispose()
    return file


@dataclass
class Desk:
    """Somebody who decides, day by day."""

    workspace: Workspace
    today: date = START

    def wait(self, days: int) -> None:
        """Let some days pass."""
        self.today = min(self.today + timedelta(days=days), END)
        self.workspace.clock = lambda: datetime.combine(self.today, time(3), UTC)

    def act(self, step: Step) -> bool:
        """Try one step; tell whether it was allowed."""
        try:
            self._act(step, self.today - timedelta(days=step.back))
        except InputError:
            return False
        return True

    def _act(self, step: Step, day: date) -> None:
        workspace, known = self.workspace, self.workspace.list_targets()
        if step.act == "create" or known.is_empty():
            workspace.create_targets(
                [step.task], lever=step.lever, status="selected", happened_on=max(day, START)
            )
            return
        row = known.row(step.first % known.height, named=True)
        number, seen = row["target_id"], row["version"]
        other = known["target_id"][step.second % known.height]
        match step.act:
            case "forward":
                workspace.move_target(number, seen, FORWARD.get(row["status"], "selected"), day)
            case "back":
                back = {new: old for old, new in FORWARD.items()}.get(row["status"], "candidate")
                workspace.move_target(number, seen, back, day, "やり直す")
            case "end":
                status = "withdrawn" if step.second % 2 else "shelved"
                workspace.move_target(number, seen, status, day, "やめる")
            case "merge":
                workspace.merge_targets(number, seen, other)
            case "split":
                workspace.split_target(number, seen, {"入力": 0.6, f"確認{number}": 0.4})
            case "edit":
                workspace.edit_target(number, seen, {"lever": step.lever, "notes": "覚え"}, day)
            case "measure":
                workspace.measure_target(measure(number, 100.0, 10.0 * step.second, self.today))
            case "unmeasure":
                found = [one.measurement_id for one in workspace.read_target(number).measurements]
                workspace.withdraw_measurement(number, seen, (found or [None])[-1] or 1, "間違い")


def measure(number: int, before: float, after: float, today: date) -> Measurement:
    """Hours of a year long ago, and of the twelve months before this one."""
    now = today.replace(day=1)
    then = (now.replace(year=now.year - 1), now - timedelta(days=1))
    return Measurement(
        number, "hours", before, after, date(2020, 4, 1), date(2021, 3, 31), *then, "measured"
    )


# --- the naive recount --------------------------------------------------------------------------


def replay(rows: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """State of every target from plain rows."""
    state: dict[int, dict[str, Any]] = {}
    for row in rows:
        values = json.loads(row["values"])
        one = state.setdefault(row["target_id"], {"ended": False, "part": None})
        if row["action"] == "merge":
            one["ended"] = True
            kept_ids = state[values["merged_into"]]["task_ids"]
            kept_ids += [task for task in values["task_ids"] if task not in kept_ids]
        else:
            one.update(values)
        if row["status"] is not None:
            one["status"] = row["status"]
    return state


def count(events: list[dict[str, Any]], proofs: list[Measurement], end: date) -> dict[str, Any]:
    """Every counted KPI on a day, by walking through every day on which anything changed.

    A task that several targets share is counted by the one that stands longest.
    """
    days = {row["happened_on"] for row in events} | {one.after_to for one in proofs}
    begun: dict[str, dict[int, date]] = {"done": {}, "ai": {}, "hours": {}}
    figures: dict[str, Any] = {"bpr_done": 0, "ai_rpa_introduced": 0, "saved_hours": None}
    for day in sorted(day for day in days if day <= end):
        state = replay([row for row in events if row["happened_on"] <= day])
        there = {n for n, one in state.items() if one.get("status") in COUNTED and not one["ended"]}
        proven = {m.target_id: m for m in proofs if m.after_to <= day}
        standing = {
            "done": there,
            "ai": {n for n in there if state[n]["lever"] in AI},
            "hours": {n for n in there if n in proven},
        }
        for kind, now in standing.items():
            begun[kind] = {n: begun[kind].get(n, day) for n in now}
        orders = {k: sorted(now, key=lambda n: (begun[k][n], n)) for k, now in standing.items()}
        covered: set[str] = set()
        figures["bpr_done"] = 0
        for number in orders["done"]:
            figures["bpr_done"] += bool(set(state[number]["task_ids"]) - covered)
            covered |= set(state[number]["task_ids"])
        together = [task for n in orders["ai"] for task in state[n]["task_ids"]]
        figures["ai_rpa_introduced"] = len(set(together))
        if standing["hours"] or figures["saved_hours"] is not None:
            figures["saved_hours"] = sum_hours(state, orders["hours"], proven)
    return figures


def sum_hours(
    state: dict[int, dict[str, Any]], order: list[int], proven: dict[int, Measurement]
) -> float:
    """Hours a year saved: whole tasks first, then each part that no whole task covers."""
    taken: set[tuple[str, str | None]] = set()
    total = 0.0
    for number in sorted(order, key=lambda n: state[n]["part"] is not None):
        part = state[number]["part"]
        tasks = state[number]["task_ids"]
        if any((task, None) not in taken and (task, part) not in taken for task in tasks):
            total += proven[number].before - proven[number].after
        taken |= {(task, part) for task in tasks}
    return total


# --- what must hold -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Kept:
    """What the store holds, as plain rows."""

    events: list[dict[str, Any]]
    proofs: list[Measurement]
    log: list[dict[str, Any]]

    def figures(self, today: date) -> dict[str, Any]:
        """Every KPI of every year that has begun, by a naive count."""
        return {
            f"{kpi} {year}": value
            for year in YEARS
            if date(year, 4, 1) <= today
            for kpi, value in self._count(min(date(year + 1, 3, 31), today)).items()
        }

    def past_figures(self, today: date) -> dict[str, Any]:
        """Those of the years that are over."""
        this = today.year if today.month >= 4 else today.year - 1
        return {k: v for k, v in self.figures(today).items() if int(k[-4:]) < this}

    def _count(self, end: date) -> dict[str, Any]:
        return count(self.events, self.proofs, end)


def read_kept(workspace: Workspace) -> Kept:
    columns = "id target_id figure before after before_from before_to after_from after_to evidence"
    events = read_plain(workspace, "target_events", "target_id action status happened_on values")
    gone = {json.loads(e["values"])["measurement_id"] for e in events if e["action"] == "unmeasure"}
    rows = read_plain(workspace, "measurements", columns)
    return Kept(
        events,
        [Measurement(measurement_id=row.pop("id"), **row) for row in rows if row["id"] not in gone],
        read_plain(workspace, "audit_log", "action after"),
    )


def read_plain(workspace: Workspace, table: str, columns: str) -> list[dict[str, Any]]:
    found = kept(workspace.store.engine, table, columns)
    return [dict(zip(columns.split(), row, strict=True)) for row in found]


def check_step(before: Kept, after: Kept, today: date, *, allowed: bool) -> None:
    """One entry tells what was done, and how figures of past years moved; else nothing moved."""
    if not allowed:
        assert after == before
        return
    old, new = before.past_figures(today), after.past_figures(today)
    moved = {name: [old[name], new[name]] for name in old if old[name] != new[name]}
    entries = after.log[len(before.log) :]
    changed = (after.events, after.proofs) != (before.events, before.proofs)
    assert len(entries) == changed
    told = json.loads(entries[0]["after"]).get("kpi_changes", {}) if entries else {}
    assert told == moved


def check_end(workspace: Workspace, known: Kept, today: date) -> None:
    """State, KPI and chain are what the plain rows say."""
    state = replay(known.events)
    shown = {
        row["target_id"]: (
            row["status"], row["merged_into"] is not None, row["task_ids"], row["lever"], row["part"],
        )
        for row in workspace.list_targets().iter_rows(named=True)
    }  # fmt: skip
    assert shown == {
        number: (one["status"], one["ended"], "、".join(one["task_ids"]), one["lever"], one["part"])
        for number, one in state.items()
    }
    figures = known.figures(today)
    for kpi in ("bpr_done", "ai_rpa_introduced", "saved_hours"):
        view = workspace.read_kpi(kpi)
        actuals = dict(view.progress.select("fiscal_year", "actual").iter_rows())
        begun = [year for year in YEARS if f"{kpi} {year}" in figures]
        assert {y: actuals[y] for y in begun} == {y: figures[f"{kpi} {y}"] for y in begun}
        now = view.units.filter(view.units["until"].is_null())
        assert now["unit_key"].is_unique().all()
    assert workspace.store.check_audit().broken_at is None


BACKDATED: Final = [
    Step("forward", 0, 0, TASKS[0], "rpa", 300, 400),
    Step("edit", 1, 0, TASKS[1], "simplify", 300, 400),
    Step("end", 2, 1, TASKS[2], "rpa", 200, 400),
    Step("split", 0, 0, TASKS[0], "rpa", 10, 0),
    Step("back", 0, 0, TASKS[0], "rpa", 200, 200),
    Step("measure", 1, 3, TASKS[0], "rpa", 10, 0),
    Step("unmeasure", 1, 0, TASKS[0], "rpa", 400, 0),
]
"""Each but the cut and the first measurement changes what a year that is over showed."""


@example(steps=BACKDATED)
@settings(max_examples=7, deadline=None, suppress_health_check=[*HealthCheck])
@given(steps=st.lists(STEPS, min_size=5, max_size=10))
def test_whatever_is_decided_the_figures_follow_from_the_rows(
    prepared: Path, steps: list[Step]
) -> None:
    with opened(prepared) as workspace:
        desk = Desk(workspace, LATER)
        known = read_kept(workspace)
        for step in steps:
            desk.wait(step.days)
            allowed = desk.act(step)
            before, known = known, read_kept(workspace)
            check_step(before, known, desk.today, allowed=allowed)
        check_end(workspace, known, desk.today)


def test_one_task_under_both_kpi_counts_once_in_each(prepared: Path) -> None:
    """Target 1 is done and cut; both parts are of one task."""
    with opened(prepared) as workspace:
        desk = Desk(workspace, LATER)
        desk.wait(0)
        for act in ("forward", "split"):
            assert desk.act(Step(act, 0, 0, TASKS[0], "ai_ocr", 0, 0))
        assert workspace.list_targets().height == 4
        for kpi in ("bpr_done", "ai_rpa_introduced"):
            units = workspace.read_kpi(kpi).units
            assert units["task_id"].to_list().count(TASKS[0]) == 1
        check_end(workspace, read_kept(workspace), desk.today)


@contextmanager
def opened(prepared: Path) -> Iterator[Workspace]:
    """A workspace on a copy of the prepared store."""
    with TemporaryDirectory() as folder:
        file = shutil.copy(prepared, folder)
        workspace = Workspace(SETTINGS, open_store(f"sqlite:///{file}"))
        yield workspace
        workspace.store.engine.dispose()
