"""What goes into the choice of a portfolio besides its options, and what comes out.

Numbers that cannot be are refused where they are put in: a portfolio need not check them again.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import dataframely as dy

from bpr import terms
from bpr.errors import InputError
from bpr.frames.scoring import Options

STEP_UNITS: Final = {
    "tasks": "業務",
    "budget_yen": "円",
    "staff_days": "人日",
    "per_division": "業務/課",
}
"""Limits that can be widened step by step, with the unit of a step."""


class MarginalValues(dy.Schema):
    """Hours a year that the best portfolio gains if one limit is `more` wider and the others stay.

    `gap`: the larger proven gap (0-1) of the two portfolios compared; the gain is off by at most
    that share of all hours saved.
    """

    limit = dy.Enum(list(STEP_UNITS))
    more = dy.Float64(min_exclusive=0)
    unit = dy.String()
    gained_hours = dy.Float64(min=0)
    gap = dy.Float64(min=0, max=1)


@dataclass(frozen=True)
class Licence:
    """Yearly price of one licence of a lever, and how many tasks it carries."""

    yen: float
    tasks: int

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be."""
        refuse_below(0, self.yen, "ライセンスの値段", "円", "0 以上の金額を入れて")
        refuse_below(
            1, self.tasks, "1 ライセンスで動かせる業務の数", "業務", "1 以上の整数を入れて"
        )


@dataclass(frozen=True)
class Limits:
    """What a portfolio must keep to; None: no limit.

    `budget_yen`: set-up, running costs and licences of the first year; `staff_days`: to introduce
    all of it; `per_division`: most tasks of one division (tasks without a division are not
    limited); `licences`: most licences per lever (a lever not in it has no limit).
    """

    tasks: int = 25
    budget_yen: float | None = None
    staff_days: float | None = None
    per_division: int | None = None
    licences: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse limits that no portfolio can keep."""
        free = "入れるか、空欄（上限なし）にして"
        refuse_below(1, self.tasks, "選ぶ業務の数", "業務", "1 以上の整数を入れて")
        refuse_below(0, self.budget_yen, "予算", "円", f"0 以上の金額を{free}")
        refuse_below(0, self.staff_days, "職員の手間の上限", "人日", f"0 以上の数を{free}")
        refuse_below(
            1, self.per_division, "1 つの課から選ぶ業務の数", "業務", f"1 以上の整数を{free}"
        )
        for lever, most in self.licences.items():
            name = f"{lever_label(lever)} のライセンスの上限"
            refuse_below(0, most, name, "本", f"0 以上の整数を{free}")


@dataclass(frozen=True)
class Portfolio:
    """The chosen options, most hours first, what they save and cost, and how sure it is the best.

    `first_year_yen`: set-up, running costs and licences; `gap`: proven (0-1), no portfolio saves
    more than `saving_hours / (1 - gap)`.
    """

    chosen: dy.DataFrame[Options]
    saving_hours: float
    setup_yen: float
    yearly_yen: float
    licence_yen: float
    licences: dict[str, int]
    first_year_yen: float
    staff_days: float
    gap: float
    limits: Limits


def lever_label(lever: str) -> str:
    """Japanese name of a lever; raises InputError where there is no such lever."""
    if lever not in terms.LEVERS:
        known = "、".join(terms.LEVERS)
        msg = f"手段「{lever}」はありません。{known} のどれかを入れてください。"
        raise InputError(msg)
    return terms.LEVERS[lever].label


def refuse_levers(licences: Mapping[str, Licence], limits: Limits) -> None:
    """Raise InputError for levers that do not exist and for limits on licences without a price."""
    for lever in licences:
        lever_label(lever)
    for lever, most in limits.licences.items():
        if lever not in licences:
            name = lever_label(lever)
            msg = (
                f"{name} にはライセンスの値段が決まっていないので、上限 {most} 本は使えません。"
                f"{name} の値段と業務の数を入れるか、上限を空欄にしてください。"
            )
            raise InputError(msg)


def refuse_below(least: int, value: float | None, name: str, unit: str, remedy: str) -> None:
    """Raise InputError for a number below `least`, infinite or not a number; None is no number."""
    if value is not None and not least <= value < math.inf:
        msg = f"{name}が {value:,} {unit}になっています。{remedy}ください。"
        raise InputError(msg)
