"""A page of the task list: filter, sort, slice - the same for the screen and for exports."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from bpr.frames import DataFrame, TaskTable
from bpr.tabulate.address import Address
from bpr.text import squeeze

PAGE_ROWS: Final = 100
_SEARCHED: Final = ("task_name", "activity_name", "division", "unit", "legal_basis", "systems")


@dataclass(frozen=True)
class TaskQuery(Address):
    """Which tasks are wanted, in which order; its text form is the query string of a page."""

    text: str = ""
    department: str = ""
    division: str = ""
    staff_type: str = ""
    work_class: str = ""
    source: str = ""
    confidence: str = ""
    lever: str = ""
    medium: str = ""
    cause: str = ""
    """Why a task should be reviewed; only the review queue filters by it."""
    certainty: str = ""
    """How sure it is that a task is among the best: a key of `terms.CERTAINTIES`."""
    weight_set: str = ""
    """A kept weight set as `name@version` (without a version: the latest)."""
    weights: str = ""
    """Multipliers by theme (`volume:2,routine:0.5`), where no set is named."""
    task: str = ""
    """A task that is shown in detail; it does not filter."""
    view: str = ""
    """How the page shows the tasks (`matrix`), where it knows several ways; it does not filter."""


@dataclass(frozen=True)
class Order:
    """Sort by one column of the task table."""

    column: str = "rank"
    descending: bool = False


def filter_tasks(
    tasks: DataFrame[TaskTable], query: TaskQuery, texts: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Tasks that satisfy every part of the query, by rank.

    The text matches parts of names whatever the width of letters and the case. `texts`: what
    `search_texts` gave for these tasks, where it is known already.
    """
    conditions = [pl.lit(value=True)]
    for column, value in (
        ("department", query.department),
        ("division", query.division),
        ("staff_type", query.staff_type),
        ("work_class", query.work_class),
        ("work_class_source", query.source),
        ("confidence", query.confidence),
        ("best_lever", query.lever),
        ("medium", query.medium),
    ):
        if value:
            conditions.append(pl.col(column).cast(pl.String) == value)
    found = tasks.filter(conditions)
    if query.text.strip():
        words = [squeeze(word) for word in query.text.split()]
        holds = [pl.col("searched").str.contains(word, literal=True) for word in words]
        own = (search_texts(found) if texts is None else texts).filter(holds)
        found = found.join(own, on="task_id", how="semi")
    return found.sort("rank")


def search_texts(tasks: pl.DataFrame) -> pl.DataFrame:
    """Return task_id and searched: all words of a task, squeezed for comparison."""
    rows = tasks.select(_SEARCHED).iter_rows()
    searched = [squeeze(" ".join(cell for cell in row if cell)) for row in rows]
    return tasks.select("task_id", searched=pl.Series(searched, dtype=pl.String))


def sort_tasks(tasks: pl.DataFrame, order: Order) -> pl.DataFrame:
    """Sort by a column of the table; ties and unknown columns keep the rank."""
    if order.column not in tasks.columns:
        return tasks
    return tasks.sort(
        order.column, descending=order.descending, nulls_last=True, maintain_order=True
    )
