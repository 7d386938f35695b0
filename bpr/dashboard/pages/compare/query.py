"""比較: what the address of the page says - with what we compare, and in which measure."""

from dataclasses import dataclass
from typing import Final

from bpr import terms
from bpr.tabulate.address import Address

PATH: Final = "/compare"
VIEWS: Final = {"divisions": "課どうし", "years": "前の年度", "towns": "ほかの団体"}
MEASURES: Final = {"paper": "紙利用率", **terms.SHORT_WORK_CLASSES}
"""Shares that divisions are compared by."""


@dataclass(frozen=True)
class CompareQuery(Address):
    """What is looked at; its text form is the query string of the page."""

    view: str = ""
    measure: str = ""
    before: str = ""
    after: str = ""
    division: str = ""
    """Of years: the division whose unconfirmed pairs are shown."""

    @property
    def known_view(self) -> str:
        """The view that is shown: the asked one, else divisions."""
        return self.view if self.view in VIEWS else "divisions"

    @property
    def known_measure(self) -> str:
        """The share that is shown: the asked one, else that of paper."""
        return self.measure if self.measure in MEASURES else "paper"

    def href(self) -> str:
        """Address of the page for this query."""
        return f"{PATH}{self.to_query()}"
