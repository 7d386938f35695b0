"""組合せ: what the address of the page says - the limits as typed, and the weights."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bpr.tabulate.address import Address
from bpr.tabulate.listing import TaskQuery
from bpr.text import squeeze

PATH: Final = "/portfolio"


@dataclass(frozen=True)
class PortfolioQuery(Address):
    """Limits as they were typed (empty: none) and the weights of the scores."""

    tasks: str = ""
    budget: str = ""
    days: str = ""
    per_division: str = ""
    licences: str = ""
    """Most licences by lever (`rpa:2,ai_ocr:1`)."""
    weight_set: str = ""
    weights: str = ""

    @property
    def licence_limits(self) -> dict[str, str]:
        """Most licences as typed, by lever."""
        pairs = (part.partition(":") for part in self.licences.split(",") if part)
        return {lever: text for lever, _, text in pairs}

    @property
    def weighed(self) -> TaskQuery:
        """The weights as the other pages name them."""
        return TaskQuery(weight_set=self.weight_set, weights=self.weights)

    def asking(
        self,
        tasks: str | None,
        budget: str | None,
        days: str | None,
        per_division: str | None,
        licences: Mapping[str, str | None],
    ) -> "PortfolioQuery":
        """Return the query with what the form holds; the weights stay."""
        typed = {lever: _plain(text) for lever, text in licences.items()}
        return self.with_(
            tasks=_plain(tasks),
            budget=_plain(budget),
            days=_plain(days),
            per_division=_plain(per_division),
            licences=",".join(f"{lever}:{text}" for lever, text in typed.items() if text),
        )


def _plain(text: str | None) -> str:
    """A number without the commas and spaces that people type."""
    return squeeze(text or "").replace(",", "").replace("、", "")
