"""BPR targets, their measured effects, and what people entered for the KPI."""

import sqlalchemy as sa
from alembic import op

from bpr.store.migrations.append_only import forbid_changes

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_APPEND_ONLY = (
    "corrections",
    "group_words",
    "forms",
    "offices",
    "weight_sets",
    "evaluations",
    "evaluation_rows",
    "edition_events",
    "link_words",
    "target_events",
    "measurements",
    "kpi_values",
)


def upgrade() -> None:
    """Add the tables; from now on the database itself keeps people's decisions as they are."""
    op.create_table(
        "target_events",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("target_id", sa.Integer, nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=True),
        sa.Column("happened_on", sa.Date, nullable=False),
        sa.Column("reason", sa.Text, nullable=True),
        sa.Column("values", sa.Text, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_target_events"),
    )
    op.create_index("ix_target_events_target_id", "target_events", ["target_id"])
    op.create_table(
        "measurements",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("target_id", sa.Integer, nullable=False),
        sa.Column("figure", sa.String(32), nullable=False),
        sa.Column("before", sa.Float, nullable=False),
        sa.Column("after", sa.Float, nullable=False),
        sa.Column("before_from", sa.Date, nullable=False),
        sa.Column("before_to", sa.Date, nullable=False),
        sa.Column("after_from", sa.Date, nullable=False),
        sa.Column("after_to", sa.Date, nullable=False),
        sa.Column("base", sa.Float, nullable=True),
        sa.Column("base_note", sa.Text, nullable=True),
        sa.Column("evidence", sa.String(16), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("freed_use", sa.String(16), nullable=True),
        sa.Column("freed_note", sa.Text, nullable=True),
        sa.Column("note", sa.Text, nullable=True),
        sa.Column("measured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("measured_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_measurements"),
    )
    op.create_index("ix_measurements_target_id", "measurements", ["target_id"])
    op.create_table(
        "kpi_values",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kpi", sa.String(64), nullable=False),
        sa.Column("fiscal_year", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("value", sa.Float, nullable=False),
        sa.Column("base", sa.Float, nullable=True),
        sa.Column("evidence", sa.String(16), nullable=True),
        sa.Column("note", sa.Text, nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_kpi_values"),
    )
    op.create_index("ix_kpi_values_kpi", "kpi_values", ["kpi"])
    for table in _APPEND_ONLY:
        forbid_changes(table)
