"""What every part of the store stands on: reading, and writing with an entry in the audit log."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from bpr.store.act import Act
from bpr.store.audit import Entry, append_entry
from bpr.store.database import Database
from bpr.store.editions import require_open


@dataclass(frozen=True)
class Transactions:
    """One database, looked at from one edition of the survey."""

    database: Database
    edition: int = 1

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Run one reading transaction."""
        with self.database.begin() as connection:
            yield connection

    @contextmanager
    def writing(
        self, act: Act, action: str, object_: str, after: Mapping[str, Any] | None = None
    ) -> Iterator[Entry]:
        """Run one writing transaction, told in the audit log; all of it holds or nothing."""
        with self.database.begin(writes=True) as connection:
            entry = Entry(connection, action, object_, after=after)
            yield entry
            if not entry.silent:
                append_entry(entry, act)

    @contextmanager
    def writing_survey(
        self, act: Act, action: str, object_: str, after: Mapping[str, Any] | None = None
    ) -> Iterator[Entry]:
        """Run one, refused where the edition is closed."""
        with self.writing(act, action, object_, after) as entry:
            require_open(entry.connection, self.edition)
            yield entry
