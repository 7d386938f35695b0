"""Unit costs: what the office says counts at once; what was frozen stays; wrong numbers are refused."""

from math import inf, nan
from typing import Any

import polars as pl
import pytest

from bpr.errors import InputError
from bpr.score.savings import list_licences
from bpr.settings.costs import list_unit_costs
from bpr.tabulate.evaluation import freeze_ranking
from bpr.workspace import Workspace
from bpr.workspace.costing import KINDS, UnitCost, label_cost
from tests.builder import SETTINGS
from tests.tabulate.town import town_workbook
from tests.workspace.conftest import Opener

HOUR = "hourly.regular"
GIVEN = SETTINGS.savings.hourly_yen["regular"]
OWN: tuple[Any, ...] = ([4000.0, 6570.0, 8000.0], "実績", "令和6年度決算")


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    workspace.import_workbooks([town_workbook()])
    return workspace


def find(workspace: Workspace, cost: str = HOUR) -> UnitCost:
    return next(one for one in workspace.list_costs() if one.cost == cost)


def yen_of(workspace: Workspace, staff: str) -> list[float]:
    report = workspace.report()
    ids = report.tasks.filter(pl.col("staff_type").cast(pl.String) == staff)["task_id"]
    found = report.savings.filter(pl.col("task_id").is_in(ids.to_list()), pl.col("lever") == "rpa")
    return (found["saving_yen"] + found["yearly_yen"]).drop_nulls().to_list()


def test_at_first_the_settings_hold(town: Workspace) -> None:
    assert {one.cost: one.factor for one in town.list_costs()} == list_unit_costs(SETTINGS.savings)
    assert not any(one.own for one in town.list_costs())
    assert town.report().settings.digest == SETTINGS.digest
    labels = [one.label for one in town.list_costs()]
    assert len(set(labels)) == len(labels) == 22
    assert label_cost(HOUR) == "1 時間の人件費：正規職員"
    assert label_cost("rpa.licence_yen") == "RPA：ライセンス料（1 本）"


def test_the_yen_of_an_hour_is_followed_by_every_saving(town: Workspace, reopen: Opener) -> None:
    regular, others = yen_of(town, "regular"), yen_of(town, "nonregular")
    hours = town.report().tasks["saving_hours"].to_list()
    assert any(regular)
    assert town.set_cost(HOUR, *OWN)
    assert yen_of(town, "regular") == pytest.approx([2 * yen for yen in regular])
    assert yen_of(town, "nonregular") == others
    assert town.report().tasks["saving_hours"].to_list() == hours
    assert town.report().settings.digest != SETTINGS.digest
    explained = town.explain(town.report().tasks["task_id"][0])
    assert "令和6年度決算" in repr(explained)
    again = find(reopen())
    assert (again.factor.range, again.given, again.own) == ((4000.0, 6570.0, 8000.0), GIVEN, True)


def test_what_a_tool_costs_is_told_of_every_task(town: Workspace) -> None:
    def licences() -> dict[str, float]:
        levers = town.explain(town.report().tasks["task_id"][0]).levers
        return {one.lever: one.saving.licence_yen for one in levers}

    before = licences()
    assert before["rpa"] > 0
    town.set_cost("rpa.licence_yen", [1.0, 7.0, 9.0], "見込み", "見積書")
    assert licences() == before | {"rpa": 7.0}
    assert list_licences(town.report().settings.savings)["rpa"].yen == 7.0


def test_the_settings_come_back(town: Workspace) -> None:
    before = yen_of(town, "regular")
    assert not town.restore_cost(HOUR)
    town.set_cost(HOUR, *OWN)
    assert not town.set_cost(HOUR, *OWN)
    assert town.restore_cost(HOUR)
    assert yen_of(town, "regular") == before
    assert town.report().settings.digest == SETTINGS.digest
    history = town.read_cost_history(HOUR)
    assert [past.factor and past.factor.source for past in history] == ["令和6年度決算", None]
    assert town.read_audit(action="cost.set")["object"].to_list() == [label_cost(HOUR)] * 2


def test_what_was_frozen_and_decided_stays(town: Workspace) -> None:
    report = town.report()
    [number] = town.create_targets([report.tasks.sort("rank")["task_id"][0]])
    rows = freeze_ranking(report.tasks, report.scores)
    kept = town.freeze_evaluation("予算", rows, None, None, {})
    target, frozen = town.read_target(number).target, town.read_evaluation(kept)
    town.set_cost(HOUR, *OWN)
    assert town.read_target(number).target == target
    assert town.read_evaluation(kept).evaluation == frozen.evaluation
    assert town.read_evaluation(kept).rows.equals(frozen.rows)
    assert frozen.evaluation.settings_digest == SETTINGS.digest


@pytest.mark.parametrize(
    ("cost", "amounts", "kind", "source", "reason"),
    [
        ("hourly.mayor", [1, 2, 3], "実績", "決算", "単価「hourly.mayor」はありません"),
        (HOUR, [3, 2, 1], "実績", "決算", "（3、2、1）は、下限・中央・上限の順に"),
        (HOUR, [1, 3, 2], "実績", "決算", "下限・中央・上限の順に"),
        (HOUR, [-1, 2, 3], "実績", "決算", "0 から 10,000,000,000 までの数"),
        (HOUR, [1, 2, inf], "実績", "決算", "までの数"),
        (HOUR, [nan, 2, 3], "実績", "決算", "までの数"),
        (HOUR, [1, 2, 3], "勘", "決算", f"根拠区分「勘」はありません。{'、'.join(KINDS)} から"),
        (HOUR, [1, 2, 3], "実績", "  ", "出所がありません"),
    ],
)
def test_wrong_numbers_are_refused_and_change_nothing(
    workspace: Workspace, cost: str, amounts: list[float], kind: str, source: str, reason: str
) -> None:
    with pytest.raises(InputError, match=reason):
        workspace.set_cost(cost, amounts, kind, source)
    assert workspace.store.list_unit_costs() == {}
    assert workspace.read_audit().height == 0
