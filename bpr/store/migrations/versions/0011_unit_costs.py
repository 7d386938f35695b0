"""The office's own unit costs."""

import sqlalchemy as sa
from alembic import op

from bpr.store.migrations.append_only import forbid_changes

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "unit_costs",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("cost", sa.String(64), nullable=False),
        sa.Column("factor", sa.Text, nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unit_costs"),
    )
    op.create_index("ix_unit_costs_cost", "unit_costs", ["cost"])
    forbid_changes("unit_costs")
