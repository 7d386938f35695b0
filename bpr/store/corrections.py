"""Classes that people gave to tasks: rows are added; the latest of a task counts."""

from collections.abc import Mapping
from datetime import datetime

import polars as pl
from sqlalchemy import Connection, func, insert, select

from bpr.frames import Corrections, DataFrame, empty
from bpr.store.tables import CORRECTIONS


def insert_correction(
    connection: Connection,
    values: Mapping[str, str | None],
    when: datetime,
    who: str,
) -> None:
    """Add a person's word on a task (task_id, work_class, reason)."""
    own = {"decided_at": when, "decided_by": who}
    connection.execute(insert(CORRECTIONS).values({**values, **own}))


def select_corrections(connection: Connection) -> DataFrame[Corrections]:
    """Latest word on each task that is not taken back."""
    c = CORRECTIONS.c
    latest = select(func.max(c.id)).group_by(c.task_id)
    query = select(c.task_id, c.work_class, c.reason).where(
        c.id.in_(latest), c.work_class.is_not(None)
    )
    rows = [tuple(row) for row in connection.execute(query).all()]
    schema = dict.fromkeys(Corrections.column_names(), pl.String)
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return Corrections.validate(frame, cast=True) if rows else empty(Corrections)
