"""Work in the background: how far it has come, and how it ended."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, insert, select, update

from bpr.store.tables import JOBS

_SILENT: Final = timedelta(minutes=5)
"""After this long without a word, nobody works on it any more."""
_INTERRUPTED: Final = (
    "中断しました。同じファイルをもう一度取り込んでください（済んだものは飛ばします）。"
)


@dataclass(frozen=True)
class Job:
    """State of a piece of work; `status` is running, done or failed."""

    id: int
    kind: str
    total: int
    done: int
    status: str
    message: str


def insert_job(connection: Connection, kind: str, total: int, when: datetime) -> int:
    """Add a job that begins now; return its id."""
    values = {
        "kind": kind,
        "total": total,
        "done": 0,
        "status": "running",
        "message": "",
        "started_at": when,
        "updated_at": when,
    }
    key = connection.execute(insert(JOBS).values(values)).inserted_primary_key
    return int(key[0]) if key else 0


def update_job(connection: Connection, job: Job, when: datetime) -> None:
    """Keep how far a job has come."""
    values = {"total": job.total, "done": job.done, "status": job.status, "message": job.message}
    connection.execute(update(JOBS).where(JOBS.c.id == job.id).values(**values, updated_at=when))


def select_job(connection: Connection, job_id: int, now: datetime) -> Job | None:
    """Return a job; one that fell silent has failed."""
    c = JOBS.c
    query = select(c.id, c.kind, c.total, c.done, c.status, c.message, c.updated_at)
    row = connection.execute(query.where(c.id == job_id)).one_or_none()
    if row is None:
        return None
    *values, updated = row
    job = Job(*values)
    if updated.tzinfo is None:  # SQLite keeps no time zone; ours is UTC
        updated = updated.replace(tzinfo=UTC)
    if job.status == "running" and now - updated > _SILENT:
        return Job(job.id, job.kind, job.total, job.done, "failed", _INTERRUPTED)
    return job
