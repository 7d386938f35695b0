"""How alike the names of two tasks are: task and activity each by its letters, less across divisions.

Character 2-3-grams, TF-IDF, cosine; the geometric mean of both names, so that one of them alone
says little. Where there is no activity, the task's name stands for it.
"""

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfVectorizer

_GRAMS: Final = (2, 3)
_LONGEST: Final = 120
"""Letters of a name that are compared."""
_BLOCK: Final = 256
"""Rows of one product: no matrix of all names against all others."""
_MOST: Final = 30
"""Candidates of one task, those of its own division first."""
_ELSEWHERE: Final = 0.7
"""Share of a likeness that counts in another division with which nothing is shared."""
_RENAMED: Final = 0.95
"""The same in a division that shares every name: it was renamed."""
_FEW: Final = 3
"""So many names more would be needed to be sure of it."""
_SHARED_BY: Final = 3
"""A name that more divisions have (庶務) does not tell which of them is which."""
_NAMES: Final = ["task", "activity"]


class Likeness:
    """Compares the tasks of two years (`division`, `task`, `activity`: bare names, "" for none)."""

    def __init__(self, before: pl.DataFrame, after: pl.DataFrame) -> None:
        self._divisions = (before["division"], after["division"])
        self._affinity = _compare_divisions(before, after)
        told = [_fill_activity(tasks) for tasks in (before, after)]
        texts = pl.concat([tasks[name] for tasks in told for name in _NAMES]).unique().sort()
        vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=_GRAMS, sublinear_tf=True)
        letters = [text[:_LONGEST] or "-" for text in texts.to_list()]
        matrix = csr_array(vectorizer.fit_transform(letters or ["-"]))
        self._before, self._after = (
            [matrix[texts.search_sorted(tasks[name]).to_numpy()] for name in _NAMES]
            for tasks in told
        )

    def measure_pairs(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Add `likeness` and `elsewhere` (another division) to pairs of row numbers `b`, `a`."""
        both = [
            (before[pairs["b"].to_numpy()] * after[pairs["a"].to_numpy()]).sum(axis=1)
            for before, after in zip(self._before, self._after, strict=True)
        ]
        return self._weigh(pairs.with_columns(names=np.sqrt(both[0] * both[1])))

    def find_alike(self, before: NDArray[np.int64], after: NDArray[np.int64]) -> pl.DataFrame:
        """Pairs of the given rows whose names share letters (b, a, likeness, elsewhere)."""
        (task, activity), others = self._before, [names[after].T for names in self._after]
        found = []
        for start in range(0, max(len(before), 1), _BLOCK):
            rows = before[start : start + _BLOCK]
            both = (task[rows] @ others[0]) * (activity[rows] @ others[1])
            alike = both.tocoo()
            found.append(self._keep_best(rows[alike.row], after[alike.col], np.sqrt(alike.data)))
        return self._weigh(pl.concat(found))

    def _keep_best(
        self, b: NDArray[np.int64], a: NDArray[np.int64], names: NDArray[np.float64]
    ) -> pl.DataFrame:
        """The best candidates of every row `b`."""
        near = self._divisions[0][b].eq_missing(self._divisions[1][a])
        order = -(pl.col("names") + pl.col("near"))
        return (
            pl.DataFrame({"b": b, "a": a, "names": names, "near": near})
            .filter(pl.col("names") > _ELSEWHERE / 3)
            .filter(order.rank("ordinal").over("b") <= _MOST)
            .drop("near")
        )

    def _weigh(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Likeness of the names, less where the divisions differ."""
        before, after = self._divisions
        places = pairs.with_columns(division=before[pairs["b"]], other=after[pairs["a"]])
        elsewhere = pl.col("division").ne_missing(pl.col("other"))
        weight = _ELSEWHERE + (_RENAMED - _ELSEWHERE) * pl.col("affinity").fill_null(0)
        return (
            places.join(
                self._affinity,
                on=["division", "other"],
                how="left",
                nulls_equal=True,
                maintain_order="left",
            )
            .with_columns(elsewhere=elsewhere)
            .with_columns(
                likeness=(pl.col("names") * pl.when("elsewhere").then(weight).otherwise(1))
                .clip(0, 1)
                .round(6)
            )
            .drop("names", "division", "other", "affinity")
        )


def _fill_activity(tasks: pl.DataFrame) -> pl.DataFrame:
    activity = pl.when(pl.col("activity") == "").then("task").otherwise("activity")
    return tasks.select("task", activity=activity)


def _compare_divisions(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Share of names that two divisions have in common (division, other, affinity 0-1)."""
    told, others = (_distinctive_names(tasks) for tasks in (before, after))
    sizes = [
        tasks.group_by("division").agg(size=pl.len()).rename({"size": size})
        for tasks, size in ((told, "size"), (others, "other_size"))
    ]
    return (
        told.join(others.rename({"division": "other"}), on=_NAMES)
        .group_by("division", "other")
        .agg(shared=pl.len())
        .join(sizes[0], on="division", nulls_equal=True)
        .join(sizes[1], left_on="other", right_on="division", nulls_equal=True)
        .select(
            "division",
            "other",
            affinity=pl.col("shared") / (pl.min_horizontal("size", "other_size") + _FEW),
        )
    )


def _distinctive_names(tasks: pl.DataFrame) -> pl.DataFrame:
    names = tasks.select("division", *_NAMES).unique()
    return names.filter(pl.len().over(_NAMES) <= _SHARED_BY)
