"""Gates: rules that cap a score whatever the criteria say; each tells its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from bpr.score.conditions import hold_all
from bpr.score.value import Numbers
from bpr.settings.scoring import Gate

NO_CAP = 100.0


@dataclass(frozen=True)
class Caps:
    """The lowest cap of every task at the low end, at the point and at the high end; and whose.

    `gate` holds an index into `names`, -1 where none applies at the point.
    """

    low: Numbers
    point: Numbers
    high: Numbers
    gate: npt.NDArray[np.int64]
    names: tuple[str, ...]


@dataclass(frozen=True)
class AppliedGate:
    """What one gate means for every task: its cap (100: none) at the low end and at the point."""

    name: str
    levers: tuple[str, ...]
    low: Numbers
    point: Numbers


def apply_gates(facts: pl.DataFrame, gates: Mapping[str, Gate]) -> list[AppliedGate]:
    """Caps of all gates, in the order of the settings."""
    certain = hold_all([gate.when for gate in gates.values()], facts)
    maybe = iter(hold_all([gate.may for gate in gates.values() if gate.may is not None], facts))
    found = []
    for (name, gate), applies in zip(gates.items(), certain, strict=True):
        cap = _cap(gate, facts)
        point = np.where(applies & ~np.isnan(cap), cap, NO_CAP)
        doubtful = applies & np.isnan(cap)
        if gate.may is not None:
            doubtful = doubtful | next(maybe)
        low = np.where(doubtful, gate.lowest_cap, point)
        found.append(AppliedGate(name, gate.levers, low, point))
    return found


def cap_lever(lever: str, gates: Sequence[AppliedGate], size: int) -> Caps:
    """Caps of one lever for `size` tasks; where several gates apply the lowest cap wins, of equals the first."""
    low, point = np.full(size, NO_CAP), np.full(size, NO_CAP)
    found = np.full(size, -1)
    for number, gate in enumerate(gates):
        if lever in gate.levers:
            found = np.where(gate.point < point, number, found)
            point = np.minimum(point, gate.point)
            low = np.minimum(low, gate.low)
    return Caps(low, point, point, found, tuple(gate.name for gate in gates))


def _cap(gate: Gate, facts: pl.DataFrame) -> Numbers:
    """Cap of every task, NaN where it hangs on hours that are not told."""
    if isinstance(gate.cap, float):
        return np.full(facts.height, gate.cap)
    hours = facts["annual_hours"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    xs, ys = zip(*gate.cap, strict=True)
    return np.asarray(np.interp(hours, xs, ys))
