"""Opinions on weights, and rankings frozen under them."""

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bpr.store.tables.metadata import METADATA, Moment
from bpr.store.tables.survey import in_edition

WEIGHT_SETS = Table(
    "weight_sets",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("version", Integer, nullable=False),
    Column("multipliers", Text, nullable=False),
    Column("note", Text, nullable=True),
    Column("saved_at", Moment, nullable=False),
    Column("saved_by", String(64), nullable=False),
    UniqueConstraint("name", "version"),
)
"""Opinions on the weights of scoring: JSON of theme -> multiplier. Saving a name again adds its
next version."""

EVALUATIONS = Table(
    "evaluations",
    METADATA,
    Column("id", Integer, primary_key=True),
    in_edition(),
    Column("title", String(255), nullable=False),
    Column("set_name", String(255), nullable=True),
    Column("set_version", Integer, nullable=True),
    Column("multipliers", Text, nullable=False),
    Column("settings_digest", String(64), nullable=False),
    Column("base_count", Integer, nullable=False),
    Column("frozen_at", Moment, nullable=False),
    Column("frozen_by", String(64), nullable=False),
)
"""Frozen rankings and what they were made with; no set: the standard weights.

`multipliers`: those of the set, as they were; `base_count`: how many tasks were ranked.
"""

EVALUATION_ROWS = Table(
    "evaluation_rows",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column(
        "evaluation_id",
        Integer,
        ForeignKey("evaluations.id", name="fk_evaluation_rows_evaluation_id"),
        nullable=False,
        index=True,
    ),
    Column("task_id", String(255), nullable=False),
    Column("division", Text, nullable=True),
    Column("task_name", Text, nullable=False),
    Column("lever", String(32), nullable=True),
    Column("score", Float, nullable=False),
    Column("score_low", Float, nullable=False),
    Column("score_high", Float, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("rank_low", Integer, nullable=False),
    Column("rank_high", Integer, nullable=False),
    Column("saving_hours", Float, nullable=True),
    Column("saving_hours_low", Float, nullable=True),
    Column("saving_hours_high", Float, nullable=True),
    Column("gate", Text, nullable=True),
)
"""The tasks of a frozen ranking in its order, with what was said of them then."""
