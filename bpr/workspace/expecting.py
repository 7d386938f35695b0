"""What is expected of a target when it is decided on: frozen with the weights and its evidence."""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from bpr.deciding_terms import EXPECTATION_EVIDENCES
from bpr.errors import InputError
from bpr.report import Report
from bpr.score.explain import Explanation
from bpr.terms import LEVERS
from bpr.workspace.opinion import Opinion

SCALED: Final = (
    "hours",
    "taken_hours",
    "expected_hours",
    "expected_hours_low",
    "expected_hours_high",
)
"""Fields of an expectation that a part of a task has its share of."""
_EVIDENCE_KEYS: Final = {term.label: key for key, term in EXPECTATION_EVIDENCES.items()}


def choose_lever(report: Report, task_id: str, lever: str | None) -> str | None:
    """Return the lever that was chosen for a task, else the recommended one."""
    if lever is not None and lever not in LEVERS:
        msg = f"手段「{lever}」はありません。{'、'.join(LEVERS)} から選んでください。"
        raise InputError(msg)
    best: str | None = report.tasks.filter(pl.col("task_id") == task_id)["best_lever"].item()
    return lever or best


def describe_task(report: Report, task_id: str) -> dict[str, Any]:
    """Fields of a target that its task tells: name, division, hours."""
    row = report.tasks.row(by_predicate=pl.col("task_id") == task_id, named=True)
    names = [name for name in (row["task_name"], row["activity_name"]) if name]
    return {
        "name": "／".join(names) or task_id,
        "division": row["division"],
        "current_state": row["issues"],
        "hours": row["annual_hours"],
        "rank": row["rank"],
        "settings_digest": report.settings.digest,
    }


def expect(explanation: Explanation, lever: str | None, opinion: Opinion) -> dict[str, Any]:
    """Fields of a target that its lever's lines tell; hours a year, rates 0-1."""
    found = {"weight_set": opinion.label}
    lines = next((one for one in explanation.levers if one.lever == lever), None)
    if lines is None:
        return found
    factors = {factor.name: factor for factor in lines.saving.factors}
    rate = factors["rate"]
    expected: Mapping[str, Any] = {
        "score": lines.score[1],
        "rate_low": rate.range[0],
        "rate": rate.range[1],
        "rate_high": rate.range[2],
        "expected_evidence": _EVIDENCE_KEYS[rate.kind],
    }
    if lines.saving.hours is not None:
        low, point, high = lines.saving.hours
        taken = factors["hours"].range[1] * factors["named"].range[1] * factors["own"].range[1]
        hours = {
            "taken_hours": taken,
            "expected_hours_low": low,
            "expected_hours": point,
            "expected_hours_high": high,
        }
        expected = {**expected, **hours}
    return {**found, **expected}
