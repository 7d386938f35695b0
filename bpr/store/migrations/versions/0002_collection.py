"""Collecting returns: names as sent, withdrawals, confirmed forms, offices, jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns and tables; what was uploaded before was called as it is named."""
    op.add_column("uploads", sa.Column("given_name", sa.String(255), nullable=True))
    op.add_column("uploads", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("uploads", sa.Column("withdrawn_by", sa.String(64), nullable=True))
    op.execute("UPDATE uploads SET given_name = name")
    with op.batch_alter_table("uploads") as uploads:
        uploads.alter_column("given_name", existing_type=sa.String(255), nullable=False)
    op.create_index("ix_uploads_given_name", "uploads", ["given_name"])
    op.create_table(
        "forms",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("columns", sa.Text, nullable=False),
        sa.Column("label", sa.String(255), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_forms"),
    )
    op.create_index("ix_forms_fingerprint", "forms", ["fingerprint"])
    op.create_table(
        "offices",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("list_id", sa.Integer, nullable=False),
        sa.Column("division", sa.String(255), nullable=False),
        sa.Column("department", sa.String(255), nullable=True),
        sa.Column("due", sa.Date, nullable=True),
        sa.Column("regular_staff", sa.Float, nullable=True),
        sa.Column("nonregular_staff", sa.Float, nullable=True),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("listed_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_offices"),
    )
    op.create_index("ix_offices_list_id", "offices", ["list_id"])
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
    )
