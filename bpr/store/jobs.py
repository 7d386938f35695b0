"""Work in the background: what is asked, who works on it, how far it has come, how it ended."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, insert, or_, select, update

from bpr.store.act import Act
from bpr.store.tables import JOB_FILES, JOBS
from bpr.store.transactions import Transactions

SILENT: Final = timedelta(seconds=60)
"""After this long without a word from its worker, another one takes a job over."""
_C = JOBS.c
_STATE = (_C.id, _C.edition_id, _C.kind, _C.total, _C.done, _C.status, _C.message)
_ROW = (*_STATE, _C.started_by, _C.request, _C.result, _C.updated_at)


@dataclass(frozen=True)
class Job:
    """State of a piece of work; `status` is queued, running, done or failed.

    `request` and `result` are what its kind needs and yields. `silent`: nobody works on it.
    """

    id: int
    edition: int
    kind: str
    total: int
    done: int
    status: str
    message: str
    started_by: str
    request: Mapping[str, Any]
    result: Mapping[str, Any] | None
    silent: bool = False


class JobStore(Transactions):
    """The queue of jobs, shared by all processes of the server; every method is one transaction."""

    def queue_job(
        self,
        kind: str,
        total: int,
        request: Mapping[str, Any],
        files: Sequence[tuple[str, bytes]],
        act: Act,
    ) -> int:
        """Ask for work, with the files of (name, bytes) that it needs; return the job's id."""
        values = {
            "edition_id": self.edition,
            "kind": kind,
            "total": total,
            "done": 0,
            "status": "queued",
            "message": "",
            "started_at": act.when,
            "updated_at": act.when,
            "started_by": act.who,
            "request": _write(request),
        }
        with self.database.begin(writes=True) as connection:
            key = connection.execute(insert(JOBS).values(values)).inserted_primary_key
            number = int(key[0]) if key else 0
            for name, data in files:
                kept = {"job_id": number, "name": name, "data": data}
                connection.execute(insert(JOB_FILES).values(kept))
        return number

    def claim_job(self, worker: str, now: datetime) -> Job | None:
        """Take the oldest job that waits or whose worker fell silent; None where there is none."""
        waiting = or_(
            _C.status == "queued", (_C.status == "running") & (_C.updated_at < now - SILENT)
        )
        with self.database.begin(writes=True) as connection:
            row = connection.execute(
                select(*_ROW).where(waiting).order_by(_C.id).limit(1)
            ).one_or_none()
            if row is None:
                return None
            taken = {"status": "running", "worker": worker, "updated_at": now, "done": 0}
            connection.execute(update(JOBS).where(_C.id == row.id).values(taken))
        return replace(_read(row, now), status="running", done=0, silent=False)

    def tell_job(self, job: Job, worker: str, now: datetime) -> bool:
        """Keep how far a job has come; False where another worker has taken it over."""
        values = {"total": job.total, "done": job.done, "message": job.message, "updated_at": now}
        return self._change(job.id, worker, values)

    def end_job(self, job: Job, worker: str, now: datetime) -> bool:
        """Keep how a job ended, and let its files go; False where another worker has it."""
        values = {
            "total": job.total,
            "done": job.done,
            "status": job.status,
            "message": job.message,
            "result": None if job.result is None else _write(job.result),
            "updated_at": now,
        }
        return self._change(job.id, worker, values, ended=True)

    def _change(
        self, job_id: int, worker: str, values: Mapping[str, Any], *, ended: bool = False
    ) -> bool:
        mine = (_C.id == job_id) & (_C.worker == worker) & (_C.status == "running")
        with self.database.begin(writes=True) as connection:
            kept = connection.execute(update(JOBS).where(mine).values(**values)).rowcount > 0
            if kept and ended:
                connection.execute(delete(JOB_FILES).where(JOB_FILES.c.job_id == job_id))
        return kept

    def read_job(self, job_id: int, now: datetime) -> Job | None:
        """Return a job, None where there is none of this id."""
        with self.reading() as connection:
            row = connection.execute(select(*_ROW).where(_C.id == job_id)).one_or_none()
        return _read(row, now) if row else None

    def find_job(self, kind: str, request: Mapping[str, Any], now: datetime) -> Job | None:
        """Return the newest job of this edition that was asked the same."""
        asked = _C.request == _write(request)
        same = (_C.edition_id == self.edition) & (_C.kind == kind) & asked
        with self.reading() as connection:
            query = select(*_ROW).where(same).order_by(_C.id.desc()).limit(1)
            row = connection.execute(query).one_or_none()
        return _read(row, now) if row else None

    def read_job_files(self, job_id: int) -> Iterator[tuple[str, bytes]]:
        """Yield the files of (name, bytes) that a job waits with, one by one, in their order."""
        c = JOB_FILES.c
        with self.reading() as connection:
            listed = connection.execute(select(c.id).where(c.job_id == job_id).order_by(c.id))
            numbers = [int(number) for (number,) in listed.all()]
        for number in numbers:
            with self.reading() as connection:
                row = connection.execute(select(c.name, c.data).where(c.id == number)).one_or_none()
            if row is not None:
                yield str(row.name), bytes(row.data)


def _write(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _read(row: Any, now: datetime) -> Job:  # noqa: ANN401 - a row of `_ROW`
    return Job(
        id=row.id,
        edition=row.edition_id,
        kind=row.kind,
        total=row.total,
        done=row.done,
        status=row.status,
        message=row.message,
        started_by=row.started_by,
        request=json.loads(row.request) if row.request else {},
        result=json.loads(row.result) if row.result else None,
        silent=row.status == "running" and now - row.updated_at > SILENT,
    )
