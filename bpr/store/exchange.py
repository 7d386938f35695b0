"""The store's part on other towns: the files that they handed over; rows are only added."""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, func, insert, select

from bpr.store.act import Act
from bpr.store.tables import EXCHANGE_FILES
from bpr.store.transactions import Transactions

_C = EXCHANGE_FILES.c


@dataclass(frozen=True)
class TownFile:
    """A town's file as it came, under the name that the office gave the town."""

    town: str
    data: bytes


class ExchangeStore(Transactions):
    """Files of other towns; every method is one transaction."""

    def add_town_file(self, file: TownFile, act: Act) -> bool:
        """Keep a town's file in place of its earlier one; False where it is the same."""
        digest = sha256(file.data).hexdigest()
        with self.writing(act, "exchange.add", file.town, {"sha256": digest}) as entry:
            known = _find_digest(entry.connection, file.town)
            entry.before = {"sha256": known} if known else None
            entry.silent = known == digest
            if not entry.silent:
                _insert(entry.connection, file.town, file.data, act)
            return not entry.silent

    def withdraw_town_file(self, town: str, act: Act) -> bool:
        """Take a town out; False where it has no file. What was kept stays."""
        with self.writing(act, "exchange.withdraw", town) as entry:
            entry.silent = _find_digest(entry.connection, town) is None
            if not entry.silent:
                _insert(entry.connection, town, None, act)
            return not entry.silent

    def list_town_files(self) -> list[TownFile]:
        """The towns that are in, by name, each with its latest file."""
        latest = select(func.max(_C.id)).group_by(_C.town)
        query = select(_C.town, _C.data).where(_C.id.in_(latest), _C.data.is_not(None))
        with self.reading() as connection:
            rows = connection.execute(query).all()
        return sorted(
            (TownFile(str(town), bytes(data)) for town, data in rows), key=lambda file: file.town
        )


def _find_digest(connection: Connection, town: str) -> str | None:
    query = select(_C.sha256).where(_C.town == town).order_by(_C.id.desc()).limit(1)
    found: str | None = connection.execute(query).scalar()
    return found


def _insert(connection: Connection, town: str, data: bytes | None, act: Act) -> None:
    digest = None if data is None else sha256(data).hexdigest()
    own = {"added_at": act.when, "added_by": act.who}
    values = {"town": town, "data": data, "sha256": digest, **own}
    connection.execute(insert(EXCHANGE_FILES).values(values))
