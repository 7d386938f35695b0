"""One-to-one pairs with the most gain in all, out of many that could be."""

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching


def choose_pairs(candidates: pl.DataFrame) -> pl.DataFrame:
    """Rows of `candidates` (`b`, `a`: numbers of the tasks; `gain` above 0) that are chosen.

    Optimal over all candidates at once: no other choice of pairs has a higher sum of gains. The
    sparse form of scipy's linear_sum_assignment; each `b` may stay alone for no gain.
    """
    if candidates.is_empty():
        return candidates
    ordered = candidates.sort("b", "a")
    rows, columns = _number(ordered["b"]), _number(ordered["a"])
    gains = ordered["gain"].to_numpy()
    alone = gains.max() + 1  # costs are above 0: a sparse matrix would not hold a 0
    height, width = int(rows.max()) + 1, int(columns.max()) + 1
    each = np.arange(height)
    costs = csr_array(
        (
            np.concatenate([alone - gains, np.full(height, alone)]),
            (np.concatenate([rows, each]), np.concatenate([columns, width + each])),
        ),
        shape=(height, width + height),
    )
    row, column = min_weight_full_bipartite_matching(costs)
    partner = np.full(height, -1)
    partner[row] = column
    return ordered.filter(pl.Series(partner[rows] == columns))


def _number(ids: pl.Series) -> NDArray[np.int64]:
    """Numbers 0, 1, … for the values of a column, in their order."""
    return ids.rank("dense").to_numpy().astype(np.int64) - 1
