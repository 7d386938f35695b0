"""Which counts of a nested table must stay hidden, so that none below five can be worked out.

The table has divisions as rows and leaves (class, medium, staff) as columns. Published are sums
over one division or over all, and over a leaf or a group of leaves; groups nest. Small counts are
hidden first. Then whatever still lets somebody work one of them out is hidden too: a sum can be
worked out exactly if it is a linear combination of published sums (over the cells that hold
anything; that somebody may know which do is taken for granted). Tables of two nested margins are
flows in a network, so that where no linear combination tells a count, whole numbers tell it
neither: at least two of them fit everything that is published.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.integer[Any]]
Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]

LEAST: Final = 5
"""Smallest count that may be published."""
_TINY: Final = 1e-7


@dataclass(frozen=True)
class _Cells:
    """Every sum that holds anything: where it stands, what it counts, which base cells it sums.

    `place`: level of columns, row (0: all divisions) and group; `within` (cells x base cells) holds
    0 and 1. `base`: the cell that each base cell is; `sums`: all others. `parts`: of each sum the
    cells of the next level, and those of the divisions, as sets that make it up.
    """

    place: Ints
    count: Ints
    within: Floats
    base: Ints
    sums: Ints
    parts: list[tuple[int, Ints]]
    same: Ints


def hide_counts(counts: Ints, levels: Sequence[Ints], least: int = LEAST) -> list[Bools]:
    """For each level, what to hide: (divisions + 1) x groups, the sum of all divisions first.

    `counts`: divisions x leaves; `levels`: of each level of columns the group of every leaf, from
    the coarsest to the finest (each leaf its own group); each level refines the one before.
    """
    cells = _list_cells(counts, levels)
    shown = cells.count >= least
    while found := _find_leaks(cells, shown, least):
        shown[np.isin(cells.same, cells.same[found])] = False
    hidden = [np.ones((len(counts) + 1, level.max(initial=-1) + 1), np.bool_) for level in levels]
    for level, row, group in cells.place[shown]:
        hidden[level][row, group] = False
    return hidden


def sum_groups(values: npt.NDArray[Any], groups: Ints) -> npt.NDArray[Any]:
    """Sums by group of leaves, of all divisions (first row) and of each."""
    sums = np.zeros((len(values), groups.max(initial=-1) + 1), values.dtype)
    np.add.at(sums.T, groups, values.T)
    return np.vstack([sums.sum(axis=0), sums])


def _list_cells(counts: Ints, levels: Sequence[Ints]) -> _Cells:
    rows, leaves = np.nonzero(counts)
    places, sums, members = [], [], []
    for number, groups in enumerate(levels):
        table = sum_groups(counts, groups)
        for row, group in zip(*np.nonzero(table), strict=True):
            places.append((number, row, group))
            sums.append(table[row, group])
            members.append((groups[leaves] == group) & ((rows == row - 1) | (row == 0)))
    place = np.array(places, np.int64).reshape(-1, 3)
    within = np.array(members, np.float64).reshape(len(members), len(rows))
    is_base = (place[:, 0] == len(levels) - 1) & (place[:, 1] > 0)
    at = np.zeros((len(counts) + 1, counts.shape[1]), np.int64)
    at[place[is_base, 1], place[is_base, 2]] = np.flatnonzero(is_base)
    base = at[rows + 1, levels[-1][leaves]]
    parts = _find_parts(place, levels, np.flatnonzero(~is_base))
    numbers: dict[bytes, int] = {}
    same = [numbers.setdefault(row.tobytes(), len(numbers)) for row in within]
    return _Cells(
        place, np.array(sums, np.int64), within, base, np.flatnonzero(~is_base), parts,
        np.array(same, np.int64),
    )  # fmt: skip


def _find_parts(place: Ints, levels: Sequence[Ints], sums: Ints) -> list[tuple[int, Ints]]:
    """Pairs of a sum and the cells that it is the sum of: of the next level, of the divisions."""
    above = [
        dict(zip(fine.tolist(), coarse.tolist(), strict=True)) for coarse, fine in pairwise(levels)
    ]
    inside: dict[tuple[str, int, int, int], list[int]] = {}
    for number, (level, row, group) in enumerate(place.tolist()):
        if level:
            inside.setdefault(("level", level - 1, row, above[level - 1][group]), []).append(number)
        if row:
            inside.setdefault(("row", level, 0, group), []).append(number)
    found = []
    for number in sums.tolist():
        level, row, group = place[number].tolist()
        kinds = (inside.get((kind, level, row, group)) for kind in ("level", "row"))
        found += [(number, np.array(parts)) for parts in kinds if parts]
    return found


def _find_leaks(cells: _Cells, shown: Bools, least: int) -> list[int]:
    """Return more cells to hide, one for each leak; none where nothing leaks.

    The one that is small and weighs much in the combination that tells the secret.
    """
    unknown, sums = ~shown[cells.base], cells.sums[shown[cells.sums]]
    equations = cells.within[sums][:, unknown]
    targets = _list_secrets(cells, shown, unknown, least)
    scale, turned = np.linalg.eigh(equations @ equations.T)
    real = scale > _TINY
    right = (turned[:, real] / np.sqrt(scale[real])).T @ equations
    parts = targets @ right.T
    told = (parts**2).sum(axis=1) > (targets**2).sum(axis=1) - _TINY
    used = (parts[told] / np.sqrt(scale[real])) @ turned[:, real].T
    weights = np.abs(np.hstack([used, used @ cells.within[sums][:, ~unknown]]))
    numbers = np.concatenate([sums, cells.base[~unknown]])
    found: set[int] = set()
    for weight in weights:
        takes = np.flatnonzero(weight > _TINY)
        cheapest = np.argmin(cells.count[numbers[takes]] / weight[takes])
        found.add(int(numbers[takes[cheapest]]))
    return sorted(found)


def _list_secrets(cells: _Cells, shown: Bools, unknown: Bools, least: int) -> Floats:
    """Sets of unknown base cells whose sum nobody may work out: small, but not empty.

    Small cells; and what is left of a published sum without its published parts.
    """
    rests = [cells.within[cells.count < least], cells.within[cells.sums[shown[cells.sums]]]]
    for number, parts in cells.parts:
        if shown[number]:
            taken = cells.within[parts[shown[parts]]].sum(axis=0)
            rests.append((cells.within[number] - taken)[np.newaxis])
    found = np.vstack(rests)[:, unknown]
    total = found @ cells.count[cells.base[unknown]]
    secrets = found[(total > 0) & (total < least)]
    different = {row.tobytes(): number for number, row in enumerate(secrets)}
    return secrets[sorted(different.values())]
