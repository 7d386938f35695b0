"""Frozen rankings: kept whole with all that they were made with, and never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
from sqlalchemy import Connection, insert, select

from bpr.frames import DataFrame, types_of
from bpr.frames.evaluations import EvaluationRows
from bpr.store.act import Act
from bpr.store.tables import EVALUATION_ROWS, EVALUATIONS
from bpr.store.weights import read_multipliers, write_multipliers

_C = EVALUATIONS.c
_SHOWN = (
    _C.id,
    _C.title,
    _C.set_name,
    _C.set_version,
    _C.multipliers,
    _C.settings_digest,
    _C.base_count,
    _C.frozen_at,
    _C.frozen_by,
)


@dataclass(frozen=True)
class NewEvaluation:
    """A ranking about to be frozen; `set_name` None: the standard weights."""

    title: str
    set_name: str | None
    set_version: int | None
    multipliers: Mapping[str, float]
    settings_digest: str
    base_count: int


@dataclass(frozen=True)
class Evaluation:
    """A frozen ranking and what it was made with; `base_count`: how many tasks were ranked."""

    id: int
    title: str
    set_name: str | None
    set_version: int | None
    multipliers: dict[str, float]
    settings_digest: str
    base_count: int
    frozen_at: datetime
    frozen_by: str


@dataclass(frozen=True)
class FrozenRanking:
    """A frozen ranking with its rows, in its order."""

    evaluation: Evaluation
    rows: DataFrame[EvaluationRows]


def insert_evaluation(
    connection: Connection,
    edition: int,
    evaluation: NewEvaluation,
    rows: DataFrame[EvaluationRows],
    act: Act,
) -> int:
    """Add a ranking with its rows; return its id."""
    values = {
        **vars(evaluation),
        "multipliers": write_multipliers(evaluation.multipliers),
        "edition_id": edition,
        "frozen_at": act.when,
        "frozen_by": act.who,
    }
    key = connection.execute(insert(EVALUATIONS).values(values)).inserted_primary_key
    number = int(key[0]) if key else 0
    listed = [{**row, "evaluation_id": number} for row in rows.iter_rows(named=True)]
    if listed:
        connection.execute(insert(EVALUATION_ROWS), listed)
    return number


def select_evaluations(connection: Connection, edition: int) -> list[Evaluation]:
    """All frozen rankings, the newest first."""
    query = select(*_SHOWN).where(_C.edition_id == edition).order_by(_C.id.desc())
    return [_read(row) for row in connection.execute(query).all()]


def select_evaluation(
    connection: Connection, edition: int, evaluation_id: int
) -> FrozenRanking | None:
    """Return one frozen ranking with its rows, or None where it is not there."""
    row = connection.execute(
        select(*_SHOWN).where(_C.edition_id == edition, _C.id == evaluation_id)
    ).one_or_none()
    return FrozenRanking(_read(row), _select_rows(connection, evaluation_id)) if row else None


def _select_rows(connection: Connection, evaluation_id: int) -> DataFrame[EvaluationRows]:
    c = EVALUATION_ROWS.c
    query = select(*(c[name] for name in EvaluationRows.column_names()))
    query = query.where(c.evaluation_id == evaluation_id).order_by(c.id)
    rows = [tuple(row) for row in connection.execute(query).all()]
    schema = types_of(EvaluationRows)
    return EvaluationRows.validate(pl.DataFrame(rows, schema=schema, orient="row"))


def _read(row: Sequence[Any]) -> Evaluation:
    number, title, name, version, multipliers, digest, count, when, who = row
    kept = read_multipliers(multipliers)
    return Evaluation(number, title, name, version, kept, digest, count, when, who)
