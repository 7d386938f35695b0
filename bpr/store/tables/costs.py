"""The office's own unit costs: rows are only added."""

from sqlalchemy import Column, Integer, String, Table, Text

from bpr.store.tables.metadata import METADATA, Moment

UNIT_COSTS = Table(
    "unit_costs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("cost", String(64), nullable=False, index=True),
    Column("factor", Text, nullable=True),
    Column("saved_at", Moment, nullable=False),
    Column("saved_by", String(64), nullable=False),
)
"""JSON of range, unit, kind and source; the latest row of a cost counts, and one without a factor
gives the place back to the settings' own number."""
