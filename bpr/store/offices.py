"""Who should return a workbook: lists are added; the latest counts as a whole."""

from datetime import datetime

import polars as pl
from sqlalchemy import Connection, func, insert, select

from bpr.frames import DataFrame, Offices, empty
from bpr.store.tables import OFFICES


def insert_offices(
    connection: Connection, offices: DataFrame[Offices], when: datetime, who: str
) -> None:
    """Add a list, which replaces the earlier ones."""
    last = connection.execute(select(func.max(OFFICES.c.list_id))).scalar() or 0
    own = {"list_id": last + 1, "listed_at": when, "listed_by": who}
    rows = [{**row, **own} for row in offices.iter_rows(named=True)]
    connection.execute(insert(OFFICES), rows)


def select_offices(connection: Connection) -> DataFrame[Offices]:
    """Offices of the latest list, in its order."""
    names = Offices.column_names()
    latest = select(func.max(OFFICES.c.list_id)).scalar_subquery()
    query = select(*(OFFICES.c[name] for name in names)).where(OFFICES.c.list_id == latest)
    rows = [tuple(row) for row in connection.execute(query.order_by(OFFICES.c.id)).all()]
    schema = empty(Offices).schema
    return Offices.validate(pl.DataFrame(rows, schema=schema, orient="row"))
