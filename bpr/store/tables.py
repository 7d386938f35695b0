"""The tables of the store. Rows of people's decisions are only ever added, never changed."""

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

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
    Column("given_name", String(255), nullable=False, index=True),
    Column("sha256", String(64), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("imported_at", DateTime(timezone=True), nullable=False),
    Column("imported_by", String(64), nullable=False),
    Column("withdrawn_at", DateTime(timezone=True), nullable=True),
    Column("withdrawn_by", String(64), nullable=True),
)
"""Returned workbooks as they came. The latest row of a name counts, unless it is withdrawn.

`given_name`: what the file was called when it was sent; two offices may send one name.
"""

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

FORMS = Table(
    "forms",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("fingerprint", String(64), nullable=False, index=True),
    Column("columns", Text, nullable=False),
    Column("label", String(255), nullable=False),
    Column("confirmed_at", DateTime(timezone=True), nullable=False),
    Column("confirmed_by", String(64), nullable=False),
)
"""Forms whose columns people confirmed: JSON of label key -> field or null. The latest of a
fingerprint counts."""

OFFICES = Table(
    "offices",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("list_id", Integer, nullable=False, index=True),
    Column("division", String(255), nullable=False),
    Column("department", String(255), nullable=True),
    Column("due", Date, nullable=True),
    Column("regular_staff", Float, nullable=True),
    Column("nonregular_staff", Float, nullable=True),
    Column("listed_at", DateTime(timezone=True), nullable=False),
    Column("listed_by", String(64), nullable=False),
)
"""Who should return a workbook. The latest list counts as a whole."""

JOBS = Table(
    "jobs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("message", Text, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
)
"""Work in the background, and how far it has come; no decision, so its rows change."""
