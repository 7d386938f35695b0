"""The tables of the store. Rows of people's decisions are only ever added, never changed."""

from sqlalchemy import Column, DateTime, Integer, LargeBinary, MetaData, String, Table, Text

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

UPLOADS = Table(
    "uploads",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String(255), nullable=False, index=True),
    Column("sha256", String(64), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("imported_at", DateTime(timezone=True), nullable=False),
    Column("imported_by", String(64), nullable=False),
)
"""Returned workbooks as they came; the latest of a name counts."""

CORRECTIONS = Table(
    "corrections",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("task_id", String(255), nullable=False, index=True),
    Column("work_class", String(16), nullable=True),
    Column("reason", Text, nullable=True),
    Column("decided_at", DateTime(timezone=True), nullable=False),
    Column("decided_by", String(64), nullable=False),
)
"""Classes that people gave to tasks; null takes the word back. The latest of a task counts."""
