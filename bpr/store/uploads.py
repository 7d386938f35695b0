"""Returned workbooks: rows are added; the latest of a name counts unless it is withdrawn.

The bytes of those that no longer count may be forgotten; their rows and hashes stay.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import zip_longest
from typing import Final

from sqlalchemy import (
    Connection,
    Select,
    and_,
    bindparam,
    func,
    insert,
    literal,
    not_,
    null,
    select,
    update,
)

from bpr.errors import InputError
from bpr.store.act import Act
from bpr.store.tables import UPLOADS


@dataclass(frozen=True)
class Upload:
    """A returned workbook as it came."""

    name: str
    sha256: str
    data: bytes


@dataclass(frozen=True)
class UploadRecord:
    """What is known of an upload besides its bytes; `id` tells a name's rows apart.

    `forgotten`: its bytes are no longer kept.
    """

    id: int
    name: str
    given_name: str
    sha256: str
    withdrawn: bool
    forgotten: bool


@dataclass(frozen=True)
class PastUpload:
    """A row that does not count since `ended_at` (replaced, withdrawn), with `size` bytes kept."""

    id: int
    edition: int
    name: str
    ended_at: datetime
    size: int


_EMPTY: Final = sha256(b"").hexdigest()
_FORGOTTEN: Final = and_(func.length(UPLOADS.c.data) == 0, UPLOADS.c.sha256 != _EMPTY)
"""A file that came empty is kept as it came."""


def insert_upload(
    connection: Connection, edition: int, upload: Upload, given_name: str, act: Act
) -> None:
    """Add a workbook; it counts from now on."""
    values = {
        "edition_id": edition,
        "name": upload.name,
        "given_name": given_name,
        "sha256": upload.sha256,
        "data": upload.data,
        "imported_at": act.when,
        "imported_by": act.who,
    }
    connection.execute(insert(UPLOADS).values(values))


def select_records(connection: Connection, edition: int) -> list[UploadRecord]:
    """Latest row of each name, withdrawn or not, in the order of names."""
    c = UPLOADS.c
    marks = (c.withdrawn_at.is_not(None), _FORGOTTEN)
    query = select(c.id, c.name, c.given_name, c.sha256, *marks)
    rows = connection.execute(query.where(c.id.in_(_latest(edition))).order_by(c.name)).all()
    return [UploadRecord(*row) for row in rows]


def select_uploads(connection: Connection, edition: int) -> list[Upload]:
    """Workbooks that count, in the order of names."""
    c = UPLOADS.c
    query = select(c.name, c.sha256, c.data).where(
        c.id.in_(_latest(edition)), c.withdrawn_at.is_(None), not_(_FORGOTTEN)
    )
    return [Upload(*row) for row in connection.execute(query.order_by(c.name)).all()]


def select_upload(connection: Connection, edition: int, name: str) -> Upload | None:
    """Latest workbook of a name, withdrawn or not; None where its bytes are forgotten."""
    c = UPLOADS.c
    newest = c.id == latest_id(connection, edition, name)
    query = select(c.name, c.sha256, c.data).where(newest, not_(_FORGOTTEN))
    row = connection.execute(query).one_or_none()
    return Upload(*row) if row else None


def latest_id(connection: Connection, edition: int, name: str) -> int | None:
    """Return the id of a name's latest row."""
    c = UPLOADS.c
    query = select(func.max(c.id)).where(c.edition_id == edition, c.name == name)
    return connection.execute(query).scalar()


def has_upload(connection: Connection, edition: int, name: str, digest: str) -> bool:
    """Tell whether any row of a name holds these bytes."""
    c = UPLOADS.c
    query = select(c.id).where(c.edition_id == edition, c.name == name, c.sha256 == digest)
    return connection.execute(query.limit(1)).first() is not None


def insert_again(
    connection: Connection, edition: int, name: str, act: Act, *, withdrawn: bool
) -> bool:
    """Add the latest row of a name again, now withdrawn or back; False where that changes nothing.

    The bytes are repeated, so that every row stands for itself. `InputError` where they should
    count again but are forgotten.
    """
    c = UPLOADS.c
    newest = c.id == latest_id(connection, edition, name)
    marks = select(c.withdrawn_at.is_not(None), _FORGOTTEN).where(newest)
    is_withdrawn, is_forgotten = connection.execute(marks).one_or_none() or (None, False)
    if is_withdrawn in {None, withdrawn}:
        return False
    if is_forgotten and not withdrawn:
        msg = f"「{name}」の中身は消去してあるので、戻せません。元のファイルがあれば、名前を変えて取り込み直してください。"
        raise InputError(msg)
    mark = [literal(act.when, c.withdrawn_at.type), literal(act.who, c.withdrawn_by.type)]
    times = [c.imported_at, c.imported_by, *mark] if withdrawn else [*mark, null(), null()]
    source = select(c.edition_id, c.name, c.given_name, c.sha256, c.data, *times).where(newest)
    names = ["edition_id", "name", "given_name", "sha256", "data"]
    names += ["imported_at", "imported_by", "withdrawn_at", "withdrawn_by"]
    connection.execute(insert(UPLOADS).from_select(names, source))
    return True


def select_past(connection: Connection, ended_before: datetime) -> list[PastUpload]:
    """Rows of all editions that stopped counting before a moment and whose bytes are kept."""
    c = UPLOADS.c
    size = func.length(c.data).label("size")
    query = select(c.id, c.edition_id, c.name, size, c.imported_at, c.withdrawn_at)
    rows = connection.execute(query.order_by(c.edition_id, c.name, c.id)).all()
    past = []
    for row, after in zip_longest(rows, rows[1:]):
        ended = row.withdrawn_at
        if after is not None and (after.edition_id, after.name) == (row.edition_id, row.name):
            ended = after.withdrawn_at or after.imported_at
        if ended is not None and row.size and ended < ended_before:
            past.append(PastUpload(row.id, row.edition_id, row.name, ended, row.size))
    return past


def select_whole_edition(connection: Connection, edition: int, now: datetime) -> list[PastUpload]:
    """All rows of an edition whose bytes are kept, as if they ended now."""
    c = UPLOADS.c
    size = func.length(c.data)
    query = select(c.id, c.name, size).where(c.edition_id == edition, size > 0)
    rows = connection.execute(query.order_by(c.name, c.id)).all()
    return [PastUpload(number, edition, name, now, kept) for number, name, kept in rows]


def clear_bytes(connection: Connection, past: Iterable[PastUpload]) -> None:
    """Overwrite the bytes of rows; nothing else of them changes."""
    keys = [{"key": one.id} for one in past]
    if keys and connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")  # else they stay in the file's gaps
    if keys:
        query = update(UPLOADS).where(UPLOADS.c.id == bindparam("key")).values(data=b"")
        connection.execute(query, keys)


def make_upload(name: str, data: bytes) -> Upload:
    """Upload of these bytes, with their hash."""
    return Upload(name, sha256(data).hexdigest(), data)


def _latest(edition: int) -> Select[tuple[int]]:
    c = UPLOADS.c
    return select(func.max(c.id)).where(c.edition_id == edition).group_by(c.name)
