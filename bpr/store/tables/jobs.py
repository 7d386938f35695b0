"""Work in the background: what is to be done, how far it has come; no decision, so rows change."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from bpr.store.tables.metadata import METADATA, Moment
from bpr.store.tables.survey import in_edition

JOBS = Table(
    "jobs",
    METADATA,
    Column("id", Integer, primary_key=True),
    in_edition(),
    Column("kind", String(32), nullable=False),
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("message", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("started_by", String(64), nullable=False, server_default="local"),
    Column("worker", String(64), nullable=True),
    Column("request", Text, nullable=True),
    Column("result", Text, nullable=True),
)
"""`status`: queued, running, done, failed. `worker`: the process that has it, as long as it keeps
`updated_at` fresh. `request`, `result`: JSON, by kind."""

JOB_FILES = Table(
    "job_files",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column(
        "job_id",
        Integer,
        ForeignKey("jobs.id", name="fk_job_files_job_id"),
        nullable=False,
        index=True,
    ),
    Column("name", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""Files that wait for a job; they go when it is done."""
