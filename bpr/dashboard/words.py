"""Numbers and identifiers as the pages write them."""

from bpr import terms

SOURCES = {name: term.label for name, term in terms.CLASS_SOURCES.items()}
LEVERS = {name: term.label for name, term in terms.LEVERS.items()}
MINUS = "−"
MEDIA = {name: term.label for name, term in terms.MEDIA.items()}


def number(value: float | None, unit: str = "") -> str:
    """1234.5 -> 1,235 (no decimals); a dash where nothing is known."""
    return "–" if value is None else f"{value:,.0f}{unit}"


def whole(value: float) -> str:
    """-1234.5 -> −1,234: no decimals, a minus sign that cannot be taken for a dash."""
    rounded = round(value)
    return f"{MINUS}{-rounded:,}" if rounded < 0 else f"{rounded:,}"


def between(low: float | None, high: float | None) -> str:
    """Low to high (−200〜6,950); one number where they are equal, a dash where nothing is known."""
    if low is None or high is None:
        return "–"
    first, last = whole(low), whole(high)
    return first if first == last else f"{first}〜{last}"


def joined(*parts: str | None, by: str = "・") -> str:
    """Join what is known."""
    return by.join(part for part in parts if part)


def chance(probability: float) -> str:
    """0.874 -> 87%; nothing that is estimated is said to be sure (99%以上, 1%未満)."""
    if probability > _SURE:
        return "99%以上"
    return "1%未満" if probability < 1 - _SURE else f"{probability:.0%}"


_SURE = 0.99
