"""共通業務: what the address of the page says - which way to sort work, and which group."""

from dataclasses import dataclass
from typing import Final

from bpr.tabulate.address import Address

PATH: Final = "/common"


@dataclass(frozen=True)
class CommonQuery(Address):
    """What is looked at; its text form is the query string of the page."""

    view: str = ""
    """A built-in view; empty: groups of the same work."""
    group: str = ""
    every: str = ""
    """Not empty: all groups are listed, not only the first."""

    def href(self, anchor: str = "") -> str:
        """Address of the page for this query, at a section of it."""
        return f"{PATH}{self.to_query()}{f'#{anchor}' if anchor else ''}"
