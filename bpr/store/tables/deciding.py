"""BPR targets, their measured effects and the KPI: rows are only added."""

from sqlalchemy import Column, Date, Float, Integer, String, Table, Text

from bpr.store.tables.metadata import METADATA, Moment

TARGET_EVENTS = Table(
    "target_events",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("target_id", Integer, nullable=False, index=True),
    Column("action", String(16), nullable=False),
    Column("status", String(16), nullable=True),
    Column("happened_on", Date, nullable=False),
    Column("reason", Text, nullable=True),
    Column("values", Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("decided_by", String(64), nullable=False),
)
"""Everything decided on targets, in order; what a target is now is the fold of its rows.

`values`: JSON of the changed fields (see `bpr.decide.targets`).
"""

MEASUREMENTS = Table(
    "measurements",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("target_id", Integer, nullable=False, index=True),
    Column("figure", String(32), nullable=False),
    Column("before", Float, nullable=False),
    Column("after", Float, nullable=False),
    Column("before_from", Date, nullable=False),
    Column("before_to", Date, nullable=False),
    Column("after_from", Date, nullable=False),
    Column("after_to", Date, nullable=False),
    Column("base", Float, nullable=True),
    Column("base_note", Text, nullable=True),
    Column("evidence", String(16), nullable=False),
    Column("source", String(16), nullable=False),
    Column("freed_use", String(16), nullable=True),
    Column("freed_note", Text, nullable=True),
    Column("note", Text, nullable=True),
    Column("measured_at", Moment, nullable=False),
    Column("measured_by", String(64), nullable=False),
)
"""The same figure before and after; the latest row of a target and figure counts."""

KPI_VALUES = Table(
    "kpi_values",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kpi", String(64), nullable=False, index=True),
    Column("fiscal_year", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("value", Float, nullable=False),
    Column("base", Float, nullable=True),
    Column("evidence", String(16), nullable=True),
    Column("note", Text, nullable=True),
    Column("entered_at", Moment, nullable=False),
    Column("entered_by", String(64), nullable=False),
)
"""KPI figures that people entered: yearly targets and actuals; the latest of a year counts."""
