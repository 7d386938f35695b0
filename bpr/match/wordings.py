"""Which wording a task shows: the activity speaks first, else the task; the first that fits wins."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from bpr.settings.common_work import Wording
from bpr.text import normalize_column, shows

_NAMES: Final = ["activity_name", "task_name"]


def find_wordings(tasks: pl.DataFrame, wordings: Mapping[str, Wording]) -> pl.Series:
    """Name of the first wording that each task shows, null where none does.

    Needs `task_name` and `activity_name`; the result has one text for each row.
    """
    names = tasks.select(normalize_column(tasks[name]) for name in _NAMES)
    shown = [
        pl.when(_shows(wording, column)).then(pl.lit(name))
        for column in _NAMES
        for name, wording in wordings.items()
    ]
    first = pl.coalesce(shown) if shown else pl.lit(None, pl.String)
    found = names.unique(maintain_order=True).lazy().with_columns(shown=first).collect()
    joined = names.join(found, on=_NAMES, how="left", maintain_order="left", nulls_equal=True)
    return joined["shown"].cast(pl.String)


def _shows(wording: Wording, column: str) -> pl.Expr:
    shown = shows(pl.col(column), wording.patterns, wording.counter_patterns)
    if wording.counter_tasks:
        shown &= ~shows(pl.col("task_name"), wording.counter_tasks, ())
    return shown
