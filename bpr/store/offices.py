"""Who should return a workbook: lists are added; the latest counts as a whole."""

import polars as pl
from sqlalchemy import Connection, func, insert, select

from bpr.frames import DataFrame, Offices, types_of
from bpr.store.act import Act
from bpr.store.tables import OFFICES


def insert_offices(
    connection: Connection, edition: int, offices: DataFrame[Offices], act: Act
) -> None:
    """Add a list, which replaces the earlier ones."""
    last = connection.execute(select(func.max(OFFICES.c.list_id))).scalar() or 0
    own = {"edition_id": edition, "list_id": last + 1, "listed_at": act.when, "listed_by": act.who}
    rows = [{**row, **own} for row in offices.iter_rows(named=True)]
    connection.execute(insert(OFFICES), rows)


def select_offices(connection: Connection, edition: int) -> DataFrame[Offices]:
    """Offices of the latest list, in its order."""
    names = Offices.column_names()
    c = OFFICES.c
    latest = select(func.max(c.list_id)).where(c.edition_id == edition).scalar_subquery()
    query = select(*(c[name] for name in names)).where(c.list_id == latest)
    rows = [tuple(row) for row in connection.execute(query.order_by(c.id)).all()]
    schema = types_of(Offices)
    return Offices.validate(pl.DataFrame(rows, schema=schema, orient="row"))
