"""A page of the task list: filter, sort, slice - the same for the screen and for exports."""

from dataclasses import dataclass, replace
from typing import Final, Self
from urllib.parse import parse_qs, urlencode

import polars as pl

from bpr.frames import DataFrame, TaskTable
from bpr.text import squeeze

PAGE_ROWS: Final = 100
_SEARCHED: Final = ("task_name", "activity_name", "division", "unit", "legal_basis", "systems")


@dataclass(frozen=True)
class TaskQuery:
    """Which tasks are wanted, in which order; its text form is the query string of a page."""

    text: str = ""
    division: str = ""
    work_class: str = ""
    source: str = ""
    confidence: str = ""
    lever: str = ""
    medium: str = ""
    task: str = ""
    """A task that is shown in detail; it does not filter."""

    @classmethod
    def parse(cls, query: str) -> Self:
        """Read a query string (`?division=税務課&lever=rpa`); unknown keys are passed over."""
        given = parse_qs(query.removeprefix("?"))
        return cls(**{key: given[key][0][:200] for key in _KEYS if key in given})

    def to_query(self) -> str:
        """Return the query string, empty where nothing is set."""
        pairs = {key: value for key in _KEYS if (value := getattr(self, key))}
        return f"?{urlencode(pairs)}" if pairs else ""

    def with_(self, **values: str | None) -> Self:
        """Return the query with some values replaced."""
        return replace(self, **{key: value or "" for key, value in values.items()})


_KEYS: Final = tuple(TaskQuery.__dataclass_fields__)


@dataclass(frozen=True)
class Order:
    """Sort by one column of the task table."""

    column: str = "rank"
    descending: bool = False


def filter_tasks(tasks: DataFrame[TaskTable], query: TaskQuery) -> pl.DataFrame:
    """Tasks that satisfy every part of the query, by rank.

    The text matches parts of names whatever the width of letters and the case.
    """
    conditions = [pl.lit(value=True)]
    for column, value in (
        ("division", query.division),
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
        found = found.filter(_holds(found, query.text))
    return found.sort("rank")


def _holds(tasks: pl.DataFrame, text: str) -> pl.Series:
    """Tell which rows hold all the words."""
    words = [squeeze(word) for word in text.split()]
    rows = tasks.select(_SEARCHED).iter_rows()
    haystacks = (squeeze(" ".join(cell for cell in row if cell)) for row in rows)
    return pl.Series([all(word in hay for word in words) for hay in haystacks], dtype=pl.Boolean)


def sort_tasks(tasks: pl.DataFrame, order: Order) -> pl.DataFrame:
    """Sort by a column of the table; ties and unknown columns keep the rank."""
    if order.column not in tasks.columns:
        return tasks
    return tasks.sort(
        order.column, descending=order.descending, nulls_last=True, maintain_order=True
    )
