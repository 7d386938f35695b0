"""Returned workbooks: rows are added; the latest of a name counts unless it is withdrawn."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, Select, func, insert, literal, null, select

from bpr.store.tables import UPLOADS


@dataclass(frozen=True)
class Upload:
    """A returned workbook as it came."""

    name: str
    sha256: str
    data: bytes


@dataclass(frozen=True)
class UploadRecord:
    """What is known of an upload besides its bytes; `id` tells a name's rows apart."""

    id: int
    name: str
    given_name: str
    sha256: str
    withdrawn: bool


def insert_upload(
    connection: Connection, upload: Upload, given_name: str, when: datetime, who: str
) -> None:
    """Add a workbook; it counts from now on."""
    values = {
        "name": upload.name,
        "given_name": given_name,
        "sha256": upload.sha256,
        "data": upload.data,
        "imported_at": when,
        "imported_by": who,
    }
    connection.execute(insert(UPLOADS).values(values))


def select_records(connection: Connection) -> list[UploadRecord]:
    """Latest row of each name, withdrawn or not, in the order of names."""
    c = UPLOADS.c
    query = select(c.id, c.name, c.given_name, c.sha256, c.withdrawn_at.is_not(None))
    rows = connection.execute(query.where(c.id.in_(_latest())).order_by(c.name)).all()
    return [UploadRecord(*row) for row in rows]


def select_uploads(connection: Connection) -> list[Upload]:
    """Workbooks that count, in the order of names."""
    c = UPLOADS.c
    query = select(c.name, c.sha256, c.data).where(c.id.in_(_latest()), c.withdrawn_at.is_(None))
    return [Upload(*row) for row in connection.execute(query.order_by(c.name)).all()]


def select_upload(connection: Connection, name: str) -> Upload | None:
    """Latest workbook of a name, withdrawn or not."""
    c = UPLOADS.c
    query = select(c.name, c.sha256, c.data).where(c.name == name).order_by(c.id.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return Upload(*row) if row else None


def latest_id(connection: Connection, name: str) -> int | None:
    """Return the id of a name's latest row."""
    return connection.execute(select(func.max(UPLOADS.c.id)).where(UPLOADS.c.name == name)).scalar()


def has_upload(connection: Connection, name: str, digest: str) -> bool:
    """Tell whether any row of a name holds these bytes."""
    c = UPLOADS.c
    query = select(c.id).where(c.name == name, c.sha256 == digest).limit(1)
    return connection.execute(query).first() is not None


def insert_again(
    connection: Connection, name: str, when: datetime, who: str, *, withdrawn: bool
) -> bool:
    """Add the latest row of a name again, now withdrawn or back; False where that changes nothing.

    The bytes are repeated, so that every row stands for itself and none is ever changed.
    """
    c = UPLOADS.c
    before = c.withdrawn_at.is_(None) if withdrawn else c.withdrawn_at.is_not(None)
    mark = [literal(when, c.withdrawn_at.type), literal(who, c.withdrawn_by.type)]
    times = [c.imported_at, c.imported_by, *mark] if withdrawn else [*mark, null(), null()]
    source = select(c.name, c.given_name, c.sha256, c.data, *times).where(
        c.id == latest_id(connection, name), before
    )
    names = ["name", "given_name", "sha256", "data"]
    names += ["imported_at", "imported_by", "withdrawn_at", "withdrawn_by"]
    return connection.execute(insert(UPLOADS).from_select(names, source)).rowcount > 0


def make_upload(name: str, data: bytes) -> Upload:
    """Upload of these bytes, with their hash."""
    return Upload(name, sha256(data).hexdigest(), data)


def _latest() -> Select[tuple[int]]:
    return select(func.max(UPLOADS.c.id)).group_by(UPLOADS.c.name)
