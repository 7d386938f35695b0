"""What people said of groups of the same work: rows are added, and read in their order."""

import polars as pl
from sqlalchemy import Connection, insert, select

from bpr.frames import DataFrame, GroupWords, types_of
from bpr.store.act import Act
from bpr.store.tables import GROUP_WORDS


def insert_group_words(
    connection: Connection, edition: int, words: DataFrame[GroupWords], act: Act
) -> None:
    """Add words on groups and on tasks in them."""
    own = {"edition_id": edition, "decided_at": act.when, "decided_by": act.who}
    rows = [{**row, **own} for row in words.iter_rows(named=True)]
    if rows:
        connection.execute(insert(GROUP_WORDS), rows)


def select_group_words(connection: Connection, edition: int) -> DataFrame[GroupWords]:
    """Return all words, the first first."""
    columns = [GROUP_WORDS.c[name] for name in GroupWords.column_names()]
    query = select(*columns).where(GROUP_WORDS.c.edition_id == edition).order_by(GROUP_WORDS.c.id)
    rows = [tuple(row) for row in connection.execute(query).all()]
    return GroupWords.validate(
        pl.DataFrame(rows, schema=types_of(GroupWords), orient="row"), cast=True
    )
