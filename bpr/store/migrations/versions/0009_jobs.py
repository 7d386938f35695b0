"""Jobs that survive their server: what is asked, who works on it, what came out."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the waiting files."""
    op.add_column(
        "jobs", sa.Column("started_by", sa.String(64), nullable=False, server_default="local")
    )
    op.add_column("jobs", sa.Column("worker", sa.String(64), nullable=True))
    op.add_column("jobs", sa.Column("request", sa.Text, nullable=True))
    op.add_column("jobs", sa.Column("result", sa.Text, nullable=True))
    op.create_table(
        "job_files",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("job_id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_job_files"),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name="fk_job_files_job_id"),
    )
    op.create_index("ix_job_files_job_id", "job_files", ["job_id"])
