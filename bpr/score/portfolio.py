"""The best portfolio of tasks under the limits of a town: an integer program, solved exactly.

Binary x per option, integer y per licensed lever; maximize the hours saved a year with one lever
per task at most, within `Limits`, and sum of x of a lever <= tasks per licence * y. HiGHS solves
it over a core of promising options; prices of the limits (Lagrange multipliers) prove that no
option outside the core can do better.
"""

import math
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_array, csr_array, vstack

from bpr.frames import DataFrame, Options
from bpr.frames.portfolio import Licence, Limits, Portfolio, refuse_levers

__all__ = ["SECONDS", "Licence", "Limits", "Portfolio", "choose_portfolio", "save_with_each"]

SECONDS: Final = 20.0
"""Time limit of one choice; only where it strikes may the result depend on the machine."""

_RELATIVE_GAP = 1e-6
_CORE = 250
_GROWTH, _BLOCK = 8, 512
_SLACK = 1e-5  # in units of the rows: a hundredth of a yen, a second of a day
_TIE_BREAK = 1e-7  # of its own hours: among equals the first by task_id and lever wins
_YEN_UNIT = 1000.0  # keeps the solver's tolerance (1e-6) far below one yen
_COSTS = ("setup_yen", "yearly_yen")
_ORDER = ("task_id", "lever")
_Floats: TypeAlias = npt.NDArray[np.float64]
_Flags: TypeAlias = npt.NDArray[np.bool_]
_Places: TypeAlias = npt.NDArray[np.intp]


def choose_portfolio(
    options: DataFrame[Options],
    licences: Mapping[str, Licence],
    limits: Limits,
    *,
    seconds: float = SECONDS,
) -> Portfolio:
    """Return the portfolio that saves the most hours a year; the order of rows does not matter.

    Options that save nothing are never chosen. Raises InputError for levers that cannot be.
    """
    program = _build_program(options, licences, limits)
    picked, bound = _solve(program, seconds, np.zeros(program.saving.size, dtype=np.bool_))
    chosen = program.pool.filter(picked).sort(-pl.col("saving_hours"), *_ORDER)
    levers = chosen["lever"].cast(pl.String).to_list()
    paid = [name for name in licences if name in levers]
    bought = {name: math.ceil(levers.count(name) / licences[name].tasks) for name in paid}
    saving, setup_yen, yearly_yen = (math.fsum(chosen[k]) for k in ("saving_hours", *_COSTS))
    licence_yen = math.fsum(licences[name].yen * bought[name] for name in paid)
    return Portfolio(
        chosen=Options.validate(chosen),
        saving_hours=saving,
        setup_yen=setup_yen,
        yearly_yen=yearly_yen,
        licence_yen=licence_yen,
        licences=bought,
        first_year_yen=setup_yen + yearly_yen + licence_yen,
        staff_days=math.fsum(chosen["staff_days"]),
        gap=min(1.0, max(0.0, 1 - saving / bound)) if bound > 0 else 0.0,
        limits=limits,
    )


def save_with_each(
    options: DataFrame[Options],
    licences: Mapping[str, Licence],
    limits: Limits,
    task_ids: Collection[str],
    *,
    seconds: float,
) -> dict[str, float | None]:
    """Hours a year of the best portfolio that holds each task, by whichever lever; None: none does.

    Among many options only the most promising are tried: at least so many hours, seldom more.
    """
    program = _build_program(options, licences, limits)
    hours: dict[str, float | None] = dict.fromkeys(task_ids)
    for task_id in hours:
        forced = (program.pool["task_id"] == task_id).to_numpy()
        if forced.any():
            picked, _ = _solve(program, seconds, forced, grow=False)
            hours[task_id] = math.fsum(program.saving[picked])
    return hours


@dataclass(frozen=True)
class _Program:
    """Maximize saving @ x with matrix @ (x, y) <= upper, y <= most, one option per task.

    `useful`: options that a best portfolio may need; `task`: number of each option's task;
    `prices`: hours that one unit of each row is worth.
    """

    pool: pl.DataFrame
    saving: _Floats
    useful: _Flags
    task: _Places
    matrix: csc_array
    upper: _Floats
    most: _Floats
    prices: _Floats


def _build_program(
    options: DataFrame[Options], licences: Mapping[str, Licence], limits: Limits
) -> _Program:
    """Options that keep to the limits at least alone, in a fixed order, and the limits as rows."""
    refuse_levers(licences, limits)
    lever = pl.col("lever").cast(pl.String)
    yen = pl.sum_horizontal(_COSTS)
    prices = {name: licence.yen for name, licence in licences.items()}
    fits = ~lever.is_in([name for name, most in limits.licences.items() if most == 0])
    if limits.budget_yen is not None:
        licence_yen = lever.replace_strict(prices, default=0.0, return_dtype=pl.Float64)
        fits &= yen + licence_yen <= limits.budget_yen
    if limits.staff_days is not None:
        fits &= pl.col("staff_days") <= limits.staff_days
    if options.select(*_ORDER).is_duplicated().any():
        raise ValueError("options hold a task and lever twice")
    pool = options.filter(fits).sort(*_ORDER)
    paid = [name for name in licences if name in set(pool["lever"].cast(pl.String))]
    none = [0.0] * len(paid)
    rows: list[tuple[pl.Expr, list[float], float]] = [(pl.lit(1), none, limits.tasks)]
    if limits.budget_yen is not None:
        a_licence = [prices[name] / _YEN_UNIT for name in paid]
        rows.append((yen / _YEN_UNIT, a_licence, limits.budget_yen / _YEN_UNIT))
    if limits.staff_days is not None:
        rows.append((pl.col("staff_days"), none, limits.staff_days))
    for name in paid:
        carried = [-float(licences[name].tasks) * (name == other) for other in paid]
        rows.append((lever == name, carried, 0))
    if limits.per_division is not None:
        divisions = pool["division"].drop_nulls().unique().sort()
        rows.extend((pl.col("division") == name, none, limits.per_division) for name in divisions)
    enough = [(name, math.ceil(limits.tasks / licences[name].tasks)) for name in paid]
    return _price(
        _Program(
            pool=pool,
            saving=pool["saving_hours"].to_numpy(),
            useful=_find_useful(pool, limits),
            task=pool["task_id"].rank("dense").to_numpy().astype(np.intp) - 1,
            matrix=vstack([_row(pool, *row[:2]) for row in rows], format="csc"),
            upper=np.array([row[2] for row in rows], dtype=np.float64),
            most=np.array([float(limits.licences.get(*each)) for each in enough]),
            prices=np.zeros(len(rows)),
        )
    )


def _row(pool: pl.DataFrame, option: pl.Expr, licence: list[float]) -> csr_array:
    column = pool.select(pl.zeros(pl.len()) + option.cast(pl.Float64).fill_null(0.0)).to_series()
    return csr_array(np.concatenate([column.to_numpy(), licence])[None])


def _find_useful(pool: pl.DataFrame, limits: Limits) -> _Flags:
    """Options that save hours, and that not every portfolio could swap for a better one.

    Where as many tasks as there is room for save no less and cost no more by the same lever (in
    the same division, if divisions are limited), one of them is always free to be taken instead.
    """
    divided = limits.per_division is not None
    room = pl.when(divided & pl.col("division").is_not_null()).then(limits.per_division)
    best_first = (
        pool.with_row_index("place")
        .filter(pl.col("saving_hours") > 0)
        .with_columns(
            room=pl.min_horizontal(room, limits.tasks),
            yen=pl.lit(0.0) if limits.budget_yen is None else pl.sum_horizontal(_COSTS),
            days=pl.lit(0.0) if limits.staff_days is None else "staff_days",
        )
        .sort(-pl.col("saving_hours"), "yen", "days", *_ORDER)
    )
    useful = np.zeros(pool.height, dtype=np.bool_)
    for kind in best_first.partition_by("lever", *["division"] * divided):
        yen, days, places = (kind[name].to_numpy() for name in ("yen", "days", "place"))
        keep = np.ones(kind.height, dtype=np.bool_)
        for start in range(0, kind.height, _BLOCK):
            block = np.arange(start, min(start + _BLOCK, kind.height))
            rivals = np.concatenate([np.flatnonzero(keep[:start]), block])
            cheaper = (yen[rivals] <= yen[block, None]) & (days[rivals] <= days[block, None])
            keep[block] = (cheaper & (rivals < block[:, None])).sum(axis=1) < kind["room"][0]
        useful[places[keep]] = True
    return useful


def _price(program: _Program) -> _Program:
    """Price the rows by the linear relaxation; any prices prove bounds, the right ones the best."""
    free = np.zeros(program.saving.size, dtype=np.bool_)
    core = np.argsort(np.where(program.useful, -program.saving, 0), kind="stable")[:_CORE]
    core = core[program.useful[core]]
    for _ in range(30 if core.size else 0):
        goal, rows, upper, most = _narrow(program, core)
        found = linprog(-goal, rows, upper, bounds=[(0, end) for end in most])  # type: ignore[call-overload] # sparse rows
        if found.x is None:
            break
        prices = np.maximum(0.0, -found.ineqlin.marginals[: program.upper.size])
        program = replace(program, prices=prices)
        wanted = _bound_each(program, free)[1][:_CORE]
        if np.isin(wanted, core).all():
            break
        core = np.union1d(core, wanted)
    return program


def _narrow(program: _Program, core: _Places) -> tuple[_Floats, csc_array, _Floats, _Floats]:
    """Goal, rows (last: one option a task), upper ends of rows and of columns (licences last)."""
    size = program.saving.size
    goal = program.saving[core] * (1 + _TIE_BREAK * (1 - core / size))
    tasks, row = np.unique(program.task[core], return_inverse=True)
    shape = (tasks.size, core.size + program.most.size)
    once = csr_array((np.ones(core.size), (row, np.arange(core.size))), shape=shape)
    shared = program.matrix[:, np.concatenate([core, np.arange(size, program.matrix.shape[1])])]
    return (
        np.concatenate([goal, 0 * program.most]),
        vstack([shared, once], format="csc"),
        np.concatenate([program.upper, np.ones(tasks.size)]),
        np.concatenate([np.ones(core.size), program.most]),
    )


def _bound_each(program: _Program, forced: _Flags) -> tuple[_Floats, _Places]:
    """Hours that no portfolio with this option exceeds; the useful options, most promising first.

    Lagrange: with the limits paid by their prices each task may take its best option for itself.
    One of the `forced` options (of one task) is in every portfolio; they come first.
    """
    worth = np.concatenate([program.saving, 0 * program.most])
    worth -= program.matrix.T @ program.prices
    own, licence = np.split(worth, [program.saving.size])
    useful = forced | program.useful
    best = np.zeros(program.task.max(initial=-1) + 1)
    np.maximum.at(best, program.task[useful], own[useful])
    if forced.any():
        best[program.task[forced]] = own[forced].max()
    total = program.prices @ program.upper + best.sum() + np.maximum(0, licence) @ program.most
    bounds = np.where(useful, total - best[program.task] + own, -np.inf)
    order = np.lexsort((-own, -bounds, ~forced))
    return bounds, order[useful[order]]


def _solve(
    program: _Program, seconds: float, forced: _Flags, *, grow: bool = True
) -> tuple[_Flags, float]:
    """Which options to take, one of `forced` among them, and proven: no portfolio saves more."""
    end = time.monotonic() + seconds
    bounds, order = _bound_each(program, forced)
    picked = np.zeros(program.saving.size, dtype=np.bool_)
    if forced.any():
        picked[np.argmax(np.where(forced, program.saving, -np.inf))] = True
    hours, proven = program.saving[picked].sum(), bounds.max(initial=0.0)
    size = min(_CORE, order.size)
    while size:
        core, left = np.sort(order[:size]), max(0.1, end - time.monotonic())
        taken, bound = _solve_core(program, core, forced, left)
        if program.saving[taken].sum() > hours and (taken & forced).any() == forced.any():
            picked, hours = taken, program.saving[taken].sum()
        proven = min(proven, max(bound, bounds[order[size:]].max(initial=-np.inf)))
        needed = (forced | (bounds > hours + _RELATIVE_GAP * abs(hours)))[order].sum()
        if needed <= size or not grow or time.monotonic() > end:
            break
        size = min(needed, size * _GROWTH)
    return picked, float(proven)


def _solve_core(
    program: _Program, core: _Places, forced: _Flags, seconds: float
) -> tuple[_Flags, float]:
    """Return the best portfolio within the core, and the bound of all of these."""
    goal, rows, upper, most = _narrow(program, core)
    lower = np.full(upper.size, -np.inf)
    must = np.isin(np.unique(program.task[core]), program.task[forced])
    lower[program.upper.size :][must] = 1
    found = milp(
        -goal,
        integrality=np.ones(goal.size, dtype=np.int64),
        bounds=Bounds(0, most),
        constraints=LinearConstraint(rows, lower, upper),
        options={"mip_rel_gap": _RELATIVE_GAP, "time_limit": seconds, "presolve": False},
    )
    bound = math.inf if found.mip_dual_bound is None else -found.mip_dual_bound
    whole = np.zeros(goal.size) if found.x is None else np.rint(found.x)
    taken = whole[: core.size] == 1
    while (rows @ whole > upper + _SLACK).any() and (free := taken & ~forced[core]).any():
        least = np.argmin(np.where(free, goal[: core.size], np.inf))
        taken[least], whole[least] = False, 0.0
    picked = np.zeros(program.saving.size, dtype=np.bool_)
    picked[core[taken]] = True
    return picked, bound
