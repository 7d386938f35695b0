"""Numbers and identifiers as the pages write them."""

from bpr import terms

SOURCES = {name: term.label for name, term in terms.CLASS_SOURCES.items()}
LEVERS = {name: term.label for name, term in terms.LEVERS.items()}
MEDIA = {name: term.label for name, term in terms.MEDIA.items()}


def number(value: float | None, unit: str = "") -> str:
    """1234.5 -> 1,235 (no decimals); a dash where nothing is known."""
    return "–" if value is None else f"{value:,.0f}{unit}"


def interval(low: float | None, high: float | None) -> str:
    """Low and high as one text; one number where they are equal."""
    if low is None or high is None:
        return "–"
    first, last = f"{low:,.0f}", f"{high:,.0f}"
    return first if first == last else f"{first}–{last}"


def joined(*parts: str | None, by: str = "・") -> str:
    """Join what is known."""
    return by.join(part for part in parts if part)
