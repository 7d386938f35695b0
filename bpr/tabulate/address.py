"""What the address of a page says: a frozen dataclass of texts <-> a query string."""

from dataclasses import dataclass, fields, replace
from typing import Final, Self
from urllib.parse import parse_qs, urlencode

_LONGEST: Final = 1000


@dataclass(frozen=True)
class Address:
    """Base of the queries; every field is a text, empty where nothing is asked."""

    @classmethod
    def parse(cls, query: str) -> Self:
        """Read a query string (`?division=税務課&lever=rpa`); unknown keys are passed over."""
        given = parse_qs(query.removeprefix("?"))
        names = [field.name for field in fields(cls)]
        return cls(**{name: given[name][0][:_LONGEST] for name in names if name in given})

    def to_query(self) -> str:
        """Return the query string, empty where nothing is set."""
        pairs = {f.name: value for f in fields(self) if (value := getattr(self, f.name))}
        return f"?{urlencode(pairs)}" if pairs else ""

    def with_(self, **values: str | None) -> Self:
        """Return the query with some values replaced."""
        return replace(self, **{name: value or "" for name, value in values.items()})
