"""BPR対象: what the address of the page says - filters, and the target that is opened."""

from dataclasses import dataclass
from typing import Final

from bpr.tabulate.address import Address

PATH: Final = "/targets"
_LONGEST_NUMBER: Final = 9


@dataclass(frozen=True)
class TargetsQuery(Address):
    """What is looked at; its text form is the query string of the page."""

    text: str = ""
    status: str = ""
    """A key of `deciding_terms.TARGET_STATUSES`, or `overdue`, or `merged`."""
    division: str = ""
    lever: str = ""
    view: str = ""
    """How the targets are shown: as a list, on a `board`, over the years (`schedule`)."""
    target: str = ""
    """Number of the target that is opened; it does not filter."""

    def href(self, anchor: str = "") -> str:
        """Address of the page for this query, at a section of it."""
        return f"{PATH}{self.to_query()}{f'#{anchor}' if anchor else ''}"

    @property
    def target_id(self) -> int | None:
        """The number as a number; None where it is none."""
        text = self.target
        known = text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
        return int(text) if known else None
