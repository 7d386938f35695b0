"""Classes that people gave to tasks: rows are added in batches; the latest of a task counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
from sqlalchemy import Connection, Row, func, insert, select

from bpr.errors import ChangedMeanwhileError
from bpr.frames import Corrections, DataFrame, empty
from bpr.store.act import Act
from bpr.store.tables import CORRECTIONS
from bpr.terms import WORK_CLASSES

_C = CORRECTIONS.c


@dataclass(frozen=True)
class Correction:
    """A person's word on one task; `work_class` None takes it back.

    `automatic_class`: what survey or model says of it at that time.
    """

    task_id: str
    work_class: str | None
    reason: str | None
    automatic_class: str | None


@dataclass(frozen=True)
class PastCorrection:
    """A line of the history: who said what of a task, when and why."""

    work_class: str | None
    reason: str | None
    automatic_class: str | None
    decided_at: datetime
    decided_by: str
    undoes: int | None


def insert_corrections(
    connection: Connection,
    edition: int,
    corrections: Sequence[Correction],
    act: Act,
    undoes: int | None = None,
) -> int:
    """Add one decision on one or more tasks; return the number of its batch."""
    batch = (connection.execute(select(func.max(_C.batch))).scalar() or 0) + 1
    own = {"edition_id": edition, "decided_at": act.when, "decided_by": act.who}
    own |= {"batch": batch, "undoes": undoes}
    connection.execute(insert(CORRECTIONS), [{**vars(c), **own} for c in corrections])
    return int(batch)


def require_seen(connection: Connection, edition: int, task_id: str, seen: int) -> None:
    """Raise `ChangedMeanwhileError` where more was said of a task than somebody has seen."""
    for word in select_history(connection, edition, task_id)[seen:]:
        term = WORK_CLASSES.get(word.work_class or "")
        said = f"「{term.label}」と記録しました" if term else "訂正を取り消しました"
        when = word.decided_at.astimezone().strftime("%m月%d日 %H:%M")
        msg = f"この業務は、開いてから {word.decided_by} が {when} に{said}。何も書き込んでいません。業務を開き直し、今の内容を見てから記録してください。"
        raise ChangedMeanwhileError(msg)


def undo_batch(connection: Connection, edition: int, batch: int, act: Act) -> list[str]:
    """Put back what counted before a batch, for those of its tasks that nobody decided since."""
    own = select(_C.task_id).where(_C.edition_id == edition, _C.batch == batch)
    query = select(CORRECTIONS).where(_C.edition_id == edition, _C.task_id.in_(own))
    rows = connection.execute(query.order_by(_C.id)).all()
    undone = {(row.task_id, row.undoes) for row in rows if row.undoes is not None}
    standing: dict[str, list[Row[Any]]] = {}
    for row in rows:
        if row.undoes is None and (row.task_id, row.batch) not in undone:
            standing.setdefault(row.task_id, []).append(row)
    restored = []
    for task_id, words in sorted(standing.items(), key=lambda item: int(item[1][-1].id)):
        if words[-1].batch == batch:
            before = words[-2] if len(words) > 1 else None
            work_class, reason = (before.work_class, before.reason) if before else (None, None)
            restored.append(Correction(task_id, work_class, reason, words[-1].automatic_class))
    if restored:
        insert_corrections(connection, edition, restored, act, undoes=batch)
    return [correction.task_id for correction in restored]


def last_batch(connection: Connection, edition: int, who: str) -> int | None:
    """Return a person's latest decision that is neither an undoing nor undone."""
    undone = select(_C.undoes).where(_C.undoes.is_not(None))
    return connection.execute(
        select(func.max(_C.batch)).where(
            _C.edition_id == edition,
            _C.decided_by == who,
            _C.undoes.is_(None),
            _C.batch.not_in(undone),
        )
    ).scalar()


def select_history(connection: Connection, edition: int, task_id: str) -> list[PastCorrection]:
    """Everything that people said of a task, the first first."""
    query = (
        select(
            _C.work_class, _C.reason, _C.automatic_class, _C.decided_at, _C.decided_by, _C.undoes
        )
        .where(_C.edition_id == edition, _C.task_id == task_id)
        .order_by(_C.id)
    )
    return [PastCorrection(*row) for row in connection.execute(query).all()]


def select_corrections(connection: Connection, edition: int) -> DataFrame[Corrections]:
    """Latest word on each task that is not taken back."""
    latest = select(func.max(_C.id)).where(_C.edition_id == edition).group_by(_C.task_id)
    query = select(_C.task_id, _C.work_class, _C.reason, _C.automatic_class, _C.id).where(
        _C.id.in_(latest), _C.work_class.is_not(None)
    )
    rows = [tuple(row) for row in connection.execute(query.order_by(_C.id)).all()]
    schema = {**dict.fromkeys(Corrections.column_names(), pl.String), "sequence": pl.Int64}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return Corrections.validate(frame, cast=True) if rows else empty(Corrections)
