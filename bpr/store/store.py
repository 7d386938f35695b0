"""Uploads and decisions over one database; every method is one transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, select

from bpr.frames import Corrections, DataFrame, Offices
from bpr.store import corrections, forms, jobs, offices, uploads
from bpr.store.database import Database, open_database
from bpr.store.forms import ConfirmedForm
from bpr.store.jobs import Job
from bpr.store.tables import CORRECTIONS, FORMS, OFFICES, UPLOADS
from bpr.store.uploads import Upload, UploadRecord

_DECIDED = (UPLOADS, CORRECTIONS, FORMS, OFFICES)


@dataclass(frozen=True)
class Store:
    """Uploads and decisions; every method is one transaction."""

    database: Database

    @property
    def engine(self) -> Engine:
        """The engine below, to be disposed of at the end."""
        return self.database.engine

    def revision(self) -> tuple[int, ...]:
        """Return numbers that change with every upload, withdrawal and decision."""
        latest = [select(func.max(table.c.id)).scalar_subquery() for table in _DECIDED]
        with self.database.begin() as connection:
            return tuple(number or 0 for number in connection.execute(select(*latest)).one())

    def add_upload(
        self,
        upload: Upload,
        given_name: str,
        seen: int | None,
        when: datetime,
        who: str,
    ) -> bool:
        """Keep a workbook; False where its name's latest row is no longer `seen`."""
        with self.database.begin(writes=True) as connection:
            if uploads.latest_id(connection, upload.name) != seen:
                return False
            uploads.insert_upload(connection, upload, given_name, when, who)
            return True

    def list_uploads(self) -> list[Upload]:
        """Workbooks that count, in the order of names."""
        with self.database.begin() as connection:
            return uploads.select_uploads(connection)

    def list_records(self) -> list[UploadRecord]:
        """What is known of the latest upload of each name, withdrawn ones too."""
        with self.database.begin() as connection:
            return uploads.select_records(connection)

    def read_upload(self, name: str) -> Upload | None:
        """Latest workbook of a name, withdrawn or not."""
        with self.database.begin() as connection:
            return uploads.select_upload(connection, name)

    def knows_upload(self, name: str, sha256: str) -> bool:
        """Tell whether these bytes ever came under a name."""
        with self.database.begin() as connection:
            return uploads.has_upload(connection, name, sha256)

    def withdraw_upload(self, name: str, when: datetime, who: str) -> bool:
        """Take a workbook out of the count; False where it does not count."""
        with self.database.begin(writes=True) as connection:
            return uploads.insert_again(connection, name, when, who, withdrawn=True)

    def restore_upload(self, name: str, when: datetime, who: str) -> bool:
        """Let a withdrawn workbook count again; False where none is withdrawn."""
        with self.database.begin(writes=True) as connection:
            return uploads.insert_again(connection, name, when, who, withdrawn=False)

    def add_correction(
        self, task_id: str, work_class: str | None, reason: str | None, when: datetime, who: str
    ) -> None:
        """Record a person's word on a task's class; None takes it back."""
        values = {
            "task_id": task_id,
            "work_class": work_class,
            "reason": reason,
        }
        with self.database.begin(writes=True) as connection:
            corrections.insert_correction(connection, values, when, who)

    def read_corrections(self) -> DataFrame[Corrections]:
        """Latest word on each task that is not taken back."""
        with self.database.begin() as connection:
            return corrections.select_corrections(connection)

    def add_form(self, form: ConfirmedForm, when: datetime, who: str) -> None:
        """Record what a person confirmed of a form."""
        with self.database.begin(writes=True) as connection:
            forms.insert_form(connection, form, when, who)

    def list_forms(self) -> list[ConfirmedForm]:
        """Latest word on each form, the last confirmed first."""
        with self.database.begin() as connection:
            return forms.select_forms(connection)

    def add_offices(self, listed: DataFrame[Offices], when: datetime, who: str) -> None:
        """Record a list of offices, which replaces the earlier ones."""
        with self.database.begin(writes=True) as connection:
            offices.insert_offices(connection, listed, when, who)

    def read_offices(self) -> DataFrame[Offices]:
        """Offices of the latest list, in its order."""
        with self.database.begin() as connection:
            return offices.select_offices(connection)

    def start_job(self, kind: str, total: int, when: datetime) -> int:
        """Begin a job; return its id."""
        with self.database.begin(writes=True) as connection:
            return jobs.insert_job(connection, kind, total, when)

    def update_job(self, job: Job, when: datetime) -> None:
        """Keep how far a job has come."""
        with self.database.begin(writes=True) as connection:
            jobs.update_job(connection, job, when)

    def read_job(self, job_id: int, now: datetime) -> Job | None:
        """Return a job; one that fell silent has failed."""
        with self.database.begin() as connection:
            return jobs.select_job(connection, job_id, now)


def open_store(url: str) -> Store:
    """Connect, create or upgrade the tables; StoreError where that cannot be done."""
    return Store(open_database(url))
