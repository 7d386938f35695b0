"""Why a portfolio leaves a task out, and what more room under a limit would be worth.

Integers have no honest shadow prices, so both are answered by choosing again: with the task taken
by force, or with the limit one step wider.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import polars as pl

from bpr.errors import InputError
from bpr.frames import DataFrame, LeftOut, Options
from bpr.frames.portfolio import (
    STEP_UNITS,
    Licence,
    Limits,
    MarginalValues,
    Portfolio,
    lever_label,
)
from bpr.score.portfolio import choose_portfolio, save_with_each

STEPS: Final[Mapping[str, Sequence[float]]] = {
    "tasks": (1,),
    "budget_yen": (100_000, 1_000_000),
    "staff_days": (5,),
    "per_division": (1,),
}
FORCED_SECONDS: Final = 1.0
STEP_SECONDS: Final = 3.0

_WHOLE = ("tasks", "per_division")
_NO_LIMIT_REACHED = (
    "加えてもどの上限も超えない（差が計算の精度より小さいか、計算が時間内に終わらなかった）"
)


def explain_left_out(
    options: DataFrame[Options],
    licences: Mapping[str, Licence],
    portfolio: Portfolio,
    *,
    most: int = 30,
) -> DataFrame[LeftOut]:
    """Tasks of which nothing is chosen, most hours first, each by its lever with most hours.

    `reason`: the limits that adding this option would break. `lost_hours`: by how much the best
    portfolio with this task, by whichever lever, is worse; among many options at most so much, see
    `save_with_each`. Null: no portfolio can hold the task.
    """
    best = (
        options.join(portfolio.chosen, on="task_id", how="anti")
        .sort(-pl.col("saving_hours"), "task_id", "lever")
        .unique("task_id", keep="first", maintain_order=True)
        .head(most)
    )
    hours = save_with_each(
        options, licences, portfolio.limits, best["task_id"].to_list(), seconds=FORCED_SECONDS
    )
    lost = [None if h is None else max(0.0, portfolio.saving_hours - h) for h in hours.values()]
    reasons = [
        "。".join(_find_obstacles(option, licences, portfolio)) or _NO_LIMIT_REACHED
        for option in best.iter_rows(named=True)
    ]
    told = best.with_columns(
        reason=pl.Series(reasons, dtype=pl.String), lost_hours=pl.Series(lost, dtype=pl.Float64)
    )
    return LeftOut.validate(told.select(LeftOut.column_names()))


def value_of_more(
    options: DataFrame[Options],
    licences: Mapping[str, Licence],
    portfolio: Portfolio,
    steps: Mapping[str, Sequence[float]] = STEPS,
) -> DataFrame[MarginalValues]:
    """Hours a year that each step of each limit that is set adds to a portfolio, one at a time.

    `steps`: how much more of a limit (a key of `STEP_UNITS`) to try.
    """
    limits = portfolio.limits
    tried = [
        (name, more)
        for name, widths in steps.items()
        if getattr(limits, name) is not None
        for more in widths
    ]
    wider = [
        choose_portfolio(options, licences, _widen(limits, name, more), seconds=STEP_SECONDS)
        for name, more in tried
    ]
    columns = {
        "limit": [name for name, _ in tried],
        "more": [float(more) for _, more in tried],
        "unit": [STEP_UNITS[name] for name, _ in tried],
        "gained_hours": [max(0.0, found.saving_hours - portfolio.saving_hours) for found in wider],
        "gap": [max(found.gap, portfolio.gap) for found in wider],
    }
    return MarginalValues.validate(pl.DataFrame(columns), cast=True)


def _widen(limits: Limits, name: str, more: float) -> Limits:
    if not 0 < more < math.inf or (name in _WHOLE and more != int(more)):
        kind = "1 以上の整数" if name in _WHOLE else "0 より大きい数"
        msg = (
            f"上限を増やす量が {more:,} {STEP_UNITS[name]}になっています。{kind}を入れてください。"
        )
        raise InputError(msg)
    now = getattr(limits, name)
    wider = now + int(more) if name in _WHOLE else now + more
    return replace(limits, **{name: wider})


def _find_obstacles(
    option: dict[str, Any], licences: Mapping[str, Licence], portfolio: Portfolio
) -> Iterator[str]:
    """Tell each limit that the portfolio and this option together would break."""
    limits, chosen, hours = portfolio.limits, portfolio.chosen, option["saving_hours"]
    if hours <= 0:
        number = _number(hours)
        none = number in {"0", "−0"}
        yield "手間を引くと削減が残らない" if none else f"削減より手間が大きい（年 {number} 時間）"
        return
    if chosen.height >= limits.tasks:
        yield _tell_rank(hours, chosen["saving_hours"][-1], limits.tasks)
    division = option["division"]
    if limits.per_division is not None and division is not None:
        same = chosen.filter(pl.col("division") == division).height
        if same >= limits.per_division:
            yield f"{division}は上限の {limits.per_division} 業務に達している"
    lever = option["lever"]
    used = chosen.filter(pl.col("lever") == lever).height
    bought = portfolio.licences.get(lever, 0)
    full = lever in licences and used + 1 > bought * licences[lever].tasks
    yen = option["setup_yen"] + option["yearly_yen"] + (licences[lever].yen if full else 0.0)
    if limits.budget_yen is not None:
        short = math.ceil(round(portfolio.first_year_yen + yen - limits.budget_yen, 2))
        licence = f"（{lever_label(lever)} のライセンス 1 本を含む）" if full else ""
        if short > 0:
            yield f"予算が {short:,} 円足りない{licence}"
    if limits.staff_days is not None:
        days = portfolio.staff_days + option["staff_days"] - limits.staff_days
        short = math.ceil(round(10 * days, 4))
        if short > 0:
            yield f"職員の手間が {short / 10:,.1f} 人日足りない"
    if full and bought >= limits.licences.get(lever, math.inf):
        yield f"{lever_label(lever)} のライセンスが上限の {bought} 本に達している"


def _tell_rank(hours: float, least: float, tasks: int) -> str:
    own, smallest = _number(hours), _number(least)
    if hours > least or own == smallest:
        return f"{tasks:,} 業務の枠が埋まっている（選んだうち最も小さい削減は {smallest} 時間）"
    return f"{tasks:,} 業務の枠に入らない（選んだうち最も小さい削減 {smallest} 時間より小さい {own} 時間）"


def _number(value: float) -> str:
    """One decimal where it tells something: 1,200, 0.4, −3."""
    return f"{value:,.1f}".removesuffix(".0").replace("-", "−")
