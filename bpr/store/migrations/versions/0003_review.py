"""Reviewing classes: decisions in batches, what the machine said then, and what takes what back."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns; each earlier decision is a batch of its own."""
    op.add_column("corrections", sa.Column("batch", sa.Integer, nullable=True))
    op.add_column("corrections", sa.Column("undoes", sa.Integer, nullable=True))
    op.add_column("corrections", sa.Column("automatic_class", sa.String(16), nullable=True))
    op.execute("UPDATE corrections SET batch = id")
    with op.batch_alter_table("corrections") as corrections:
        corrections.alter_column("batch", existing_type=sa.Integer, nullable=False)
    op.create_index("ix_corrections_batch", "corrections", ["batch"])
