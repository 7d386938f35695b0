"""取込: what the address of the page says - which workbook is looked at, and which findings."""

from dataclasses import dataclass
from typing import Final

from bpr.tabulate.address import Address

PATH: Final = "/imports"


@dataclass(frozen=True)
class ImportsQuery(Address):
    """What is looked at; its text form is the query string of the page."""

    workbook: str = ""
    severity: str = ""
    code: str = ""
    table: str = ""
    """Which of the workbook's tables, as `TableChoice.key`."""

    def href(self, anchor: str = "") -> str:
        """Address of the page for this query, at a section of it."""
        return f"{PATH}{self.to_query()}{f'#{anchor}' if anchor else ''}"


def with_severity(query: ImportsQuery, severity: str | None) -> ImportsQuery:
    """The query for one severity, or for what is to be mended; it takes the place of a kind."""
    return query.with_(severity=severity, code=None if severity else query.code)
