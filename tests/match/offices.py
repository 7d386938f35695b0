"""Tasks of several divisions as small tables, and words on them."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from bpr.frames import DataFrame, GroupWords, empty
from bpr.match.groups import group_tasks
from bpr.match.words import Grouping
from bpr.settings.common_work import Wording

COLUMNS: Final = ("task_id", "division", "task_name", "activity_name")
SCHEMA: Final = {
    **dict.fromkeys(COLUMNS, pl.String),
    "annual_hours": pl.Float64,
    "annual_count": pl.Float64,
}
FAMILIES: Final = {
    "payments": Wording(label="支出伝票の処理", patterns=("伝票", "支払"), counter_tasks=("審査",)),
    "meetings": Wording(label="会議の運営", patterns=("会議",), counter_patterns=("会議室",)),
}

Row = Sequence[str | float | None]
Word = tuple[str | None, ...]
"""(group_key, task_id, action) and, for a rename, the name."""


def offices(*rows: Row) -> pl.DataFrame:
    """Rows of division, task name, activity, hours, cases (from the right: null); ids t1, t2, …"""
    full = [
        (f"t{number}", *row, *[None] * (5 - len(row))) for number, row in enumerate(rows, start=1)
    ]
    return pl.DataFrame(full, schema=SCHEMA, orient="row")


def said(*words: Word) -> DataFrame[GroupWords]:
    """Words in the order given."""
    rows = [(*word[:3], word[3] if len(word) > 3 else None, None) for word in words]
    return GroupWords.validate(
        pl.DataFrame(rows, schema=empty(GroupWords).schema, orient="row"), cast=True
    )


def grouped(tasks: pl.DataFrame, *words: Word) -> Grouping:
    """Group tasks by the two families here, then by names."""
    return group_tasks(tasks, FAMILIES, said(*words))


def keys(grouping: Grouping) -> dict[str, str | None]:
    """Task -> its group."""
    return dict(grouping.memberships.select("task_id", "group_key").iter_rows())
