"""取込: what the address of the page says - which workbook is looked at, and which findings."""

from dataclasses import dataclass, replace
from typing import Final, Self
from urllib.parse import parse_qs, urlencode

PATH: Final = "/imports"
_LONGEST: Final = 1000


@dataclass(frozen=True)
class ImportsQuery:
    """What is looked at; its text form is the query string of the page."""

    workbook: str = ""
    severity: str = ""
    code: str = ""
    table: str = ""
    """Which of the workbook's tables, as `TableChoice.key`."""

    @classmethod
    def parse(cls, query: str) -> Self:
        """Read a query string; unknown keys are passed over."""
        given = parse_qs(query.removeprefix("?"))
        return cls(**{key: given[key][0][:_LONGEST] for key in _KEYS if key in given})

    def to_query(self) -> str:
        """Return the query string, empty where nothing is set."""
        pairs = {key: value for key in _KEYS if (value := getattr(self, key))}
        return f"?{urlencode(pairs)}" if pairs else ""

    def with_(self, **values: str | None) -> Self:
        """Return the query with some values replaced."""
        return replace(self, **{key: value or "" for key, value in values.items()})

    def href(self, anchor: str = "") -> str:
        """Address of the page for this query, at a section of it."""
        return f"{PATH}{self.to_query()}{f'#{anchor}' if anchor else ''}"


_KEYS: Final = tuple(ImportsQuery.__dataclass_fields__)


def with_severity(query: ImportsQuery, severity: str | None) -> ImportsQuery:
    """The query for one severity, or for what is to be mended; it takes the place of a kind."""
    return query.with_(severity=severity, code=None if severity else query.code)
