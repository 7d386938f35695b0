"""Aggregates of other towns, to compare with."""

import sqlalchemy as sa
from alembic import op

from bpr.store.migrations.append_only import forbid_changes

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "exchange_files",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("town", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("data", sa.LargeBinary, nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_exchange_files"),
    )
    forbid_changes("exchange_files")
