"""Opinions on weights: named sets in versions, and rankings frozen under them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "weight_sets",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("multipliers", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_weight_sets"),
        sa.UniqueConstraint("name", "version", name="uq_weight_sets_name_version"),
    )
    op.create_table(
        "evaluations",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("title", sa.String(255), nullable=False),
        sa.Column("set_name", sa.String(255), nullable=True),
        sa.Column("set_version", sa.Integer, nullable=True),
        sa.Column("multipliers", sa.Text, nullable=False),
        sa.Column("settings_digest", sa.String(64), nullable=False),
        sa.Column("base_count", sa.Integer, nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_evaluations"),
    )
    op.create_table(
        "evaluation_rows",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("evaluation_id", sa.Integer, nullable=False),
        sa.Column("task_id", sa.String(255), nullable=False),
        sa.Column("division", sa.Text, nullable=True),
        sa.Column("task_name", sa.Text, nullable=False),
        sa.Column("lever", sa.String(32), nullable=True),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("score_low", sa.Float, nullable=False),
        sa.Column("score_high", sa.Float, nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("rank_low", sa.Integer, nullable=False),
        sa.Column("rank_high", sa.Integer, nullable=False),
        sa.Column("saving_hours", sa.Float, nullable=True),
        sa.Column("saving_hours_low", sa.Float, nullable=True),
        sa.Column("saving_hours_high", sa.Float, nullable=True),
        sa.Column("gate", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_evaluation_rows"),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluations.id"], name="fk_evaluation_rows_evaluation_id"
        ),
    )
    op.create_index("ix_evaluation_rows_evaluation_id", "evaluation_rows", ["evaluation_id"])
