"""Which cells of a table must stay untold, so that no small one can be worked out from the others.

Cells of fewer tasks than the minimum are suppressed; then as many others as it takes until every
suppressed cell could hold a range of counts at least as wide as the minimum, whatever a reader
works out from the cells that are told and the sums between them. The sums of counts form networks
of flows, whose extremes are whole numbers: linear programs find them exactly.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import linprog

_UNBOUNDED: Final = 3
"""Status of scipy's linprog."""


@dataclass(frozen=True)
class Sum:
    """One cell is the sum of others; all by their place in the list of cells."""

    total: int
    parts: tuple[int, ...]

    @property
    def cells(self) -> tuple[int, ...]:
        """All cells of the sum."""
        return (self.total, *self.parts)


def find_suppressed(counts: Sequence[int], sums: Sequence[Sum], minimum: int) -> frozenset[int]:
    """Places of the cells that must stay untold; cells of 0 are always told."""
    small = {place for place, count in enumerate(counts) if 0 < count < minimum}
    hidden, added = set(small), list[int]()
    while unsafe := _find_unsafe(counts, sums, hidden, minimum):
        added.append(_choose_next(counts, sums, hidden, unsafe))
        hidden.add(added[-1])
    for place in sorted(added, key=lambda place: -counts[place]):
        if not _find_unsafe(counts, sums, hidden - {place}, minimum):
            hidden.remove(place)
    return frozenset(hidden)


def _choose_next(
    counts: Sequence[int], sums: Sequence[Sum], hidden: Collection[int], unsafe: Collection[int]
) -> int:
    """Return the smallest told cell beside an unsafe one; totals only where nothing else is left."""
    beside = {p for one in sums if {*one.cells} & {*unsafe} for p in one.cells}
    told = {place for place in beside if counts[place] and place not in hidden}
    totals = {one.total for one in sums}
    return min(told, key=lambda place: (place in totals, counts[place], place))


def _find_unsafe(
    counts: Sequence[int], sums: Sequence[Sum], hidden: Collection[int], minimum: int
) -> set[int]:
    """Suppressed cells whose count a reader can narrow down to less than `minimum` apart."""
    places = sorted(hidden)
    column = {place: number for number, place in enumerate(places)}
    rows, rights = [], []
    for one in sums:
        row, right = [0.0] * len(places), 0
        for place, sign in ((one.total, -1), *((part, 1) for part in one.parts)):
            if place in column:
                row[column[place]] += sign
            else:
                right -= sign * counts[place]
        if any(row):
            rows.append(row)
            rights.append(right)
    if not rows:
        return set()
    return {
        place
        for place in places
        if _width(column[place], np.array(rows), np.array(rights)) < minimum - 0.5
    }


def _width(column: int, rows: np.ndarray, rights: np.ndarray) -> float:
    """How far apart the least and the greatest count of a suppressed cell are; each is at least 1."""
    goal = np.zeros(rows.shape[1])
    ends = []
    for sign in (1.0, -1.0):
        goal[column] = sign
        found = linprog(goal, A_eq=rows, b_eq=rights, bounds=(1, None), method="highs")
        if found.status == _UNBOUNDED:
            return float("inf")
        ends.append(sign * float(found.fun or 0.0))
    return ends[1] - ends[0]
