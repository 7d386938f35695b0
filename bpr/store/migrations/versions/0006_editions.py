"""Editions: surveys of several years and municipalities side by side."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_OF_AN_EDITION = ("uploads", "corrections", "offices", "group_words", "evaluations", "jobs")


def upgrade() -> None:
    """Add the tables; all that is there belongs to the first edition."""
    editions = op.create_table(
        "editions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("municipality", sa.String(255), nullable=True),
        sa.Column("fiscal_year", sa.Integer, nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_editions"),
    )
    first = {"name": "", "opened_at": datetime.now(UTC), "opened_by": "local"}
    op.get_bind().execute(sa.insert(editions).values(first))
    op.create_table(
        "edition_events",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("edition_id", sa.Integer, nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_edition_events"),
    )
    op.create_index("ix_edition_events_edition_id", "edition_events", ["edition_id"])
    op.create_table(
        "link_words",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("before_edition", sa.Integer, nullable=False),
        sa.Column("after_edition", sa.Integer, nullable=False),
        sa.Column("before_id", sa.String(255), nullable=False),
        sa.Column("after_id", sa.String(255), nullable=True),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_link_words"),
    )
    for table in _OF_AN_EDITION:
        op.add_column(
            table, sa.Column("edition_id", sa.Integer, nullable=False, server_default="1")
        )
