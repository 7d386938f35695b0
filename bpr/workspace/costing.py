"""Unit costs: what an hour and a tool cost, and the office's own numbers in their place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Final, get_args

from bpr.errors import InputError
from bpr.settings import Settings
from bpr.settings.costs import HOURLY, apply_unit_costs, list_unit_costs
from bpr.settings.savings import Evidence, Factor
from bpr.store import OwnCost
from bpr.terms import LEVERS, STAFF_TYPES
from bpr.workspace.office import Office
from bpr.workspace.rights import Right, needs
from bpr.workspace.words import kept_reason

KINDS: Final[tuple[str, ...]] = get_args(Evidence)
"""What may stand behind a unit cost."""
_MOST: Final = 1e10
_FIELDS: Final = {
    "licence_yen": "ライセンス料（1 本）",
    "paid_hour_yen": "委託料の単価",
    "setup_yen": "初期費用",
    "yearly_yen": "毎年の費用",
}


@dataclass(frozen=True)
class UnitCost:
    """A cost as it counts now; `given`: the number of the settings, `own` whether it is replaced."""

    cost: str
    label: str
    factor: Factor
    given: Factor
    own: bool


class CostCases(Office):
    """The workspace's use cases about unit costs; `Workspace` inherits them before all others."""

    @needs(Right.WHOLE)
    def list_costs(self) -> list[UnitCost]:
        """Every unit cost as it counts now."""
        used = list_unit_costs(self._settings_now().savings)
        own = self.store.list_unit_costs()
        return [
            UnitCost(cost, label_cost(cost), used[cost], given, own=own.get(cost) == used[cost])
            for cost, given in list_unit_costs(self.settings.savings).items()
        ]

    @needs(Right.WHOLE)
    def read_cost_history(self, cost: str) -> list[OwnCost]:
        """Everything that was said of a unit cost, the first first."""
        return self.store.read_cost_history(cost)

    @needs(Right.MANAGE)
    def set_cost(self, cost: str, amounts: Sequence[float], kind: str, source: str) -> bool:
        """Let a unit cost count as [low, middle, high] from now on; False where it does already.

        Rankings and expectations that were frozen stay as they are.
        """
        given = self._find_cost(cost)
        label = label_cost(cost)
        low, middle, high = amounts
        if not all(isfinite(one) and 0 <= one <= _MOST for one in amounts):
            msg = f"「{label}」の金額は、0 から {_MOST:,.0f} までの数にしてください。"
            raise InputError(msg)
        if not low <= middle <= high:
            told = "、".join(f"{one:,g}" for one in amounts)
            msg = f"「{label}」の金額（{told}）は、下限・中央・上限の順に大きくしてください。"
            raise InputError(msg)
        if kind not in KINDS:
            msg = f"根拠区分「{kind}」はありません。{'、'.join(KINDS)} から選んでください。"
            raise InputError(msg)
        told_source = kept_reason(source)
        if told_source is None:
            msg = f"「{label}」の出所がありません。「令和6年度決算」のように書いてください。"
            raise InputError(msg)
        factor = Factor((low, middle, high), given.unit, kind, told_source)  # type: ignore[arg-type] # one of KINDS
        return self.store.add_unit_cost(cost, label, factor, self._act())

    @needs(Right.MANAGE)
    def restore_cost(self, cost: str) -> bool:
        """Let the number of the settings count again; False where it does already."""
        self._find_cost(cost)
        return self.store.add_unit_cost(cost, label_cost(cost), None, self._act())

    def _find_cost(self, cost: str) -> Factor:
        found = list_unit_costs(self.settings.savings).get(cost)
        if found is None:
            msg = f"単価「{cost}」はありません。設定の「計算の前提」から選び直してください。"
            raise InputError(msg)
        return found

    def _settings_revision(self) -> tuple[object, ...]:
        return (*super()._settings_revision(), repr(self.store.list_unit_costs()))

    def _settings_now(self) -> Settings:
        """Return the settings with the office's own unit costs."""
        settings, own = super()._settings_now(), self.store.list_unit_costs()
        if not own:
            return settings
        return replace(
            settings, savings=apply_unit_costs(settings.savings, own), own_costs=repr(own)
        )


def label_cost(cost: str) -> str:
    """Return what people call a unit cost (人件費：正規職員, RPA：初期費用)."""
    group, _, name = cost.partition(".")
    if group == HOURLY:
        return (
            f"1 時間の人件費：{STAFF_TYPES[name].label if name in STAFF_TYPES else '担い手が不明'}"
        )
    return f"{LEVERS[group].label}：{_FIELDS[name]}"
