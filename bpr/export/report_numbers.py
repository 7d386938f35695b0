"""Numbers as the report writes them."""

from typing import Final

MINUS: Final = "−"


def write_hours(value: float | None) -> str:
    """1234.5 -> 1,234; −20 with a sign that is no dash; – where nobody knows."""
    if value is None:
        return "–"
    rounded = round(value)
    return f"{MINUS}{-rounded:,}" if rounded < 0 else f"{rounded:,}"


def write_share(ratio: float | None) -> str:
    """0.3429 -> 34.3%; – where there is no base."""
    return "–" if ratio is None else f"{ratio:.1%}"


def write_amount(value: float | None) -> str:
    """Value of a KPI: 25, 12.5; – where nobody knows."""
    return "–" if value is None else f"{value:,.1f}".removesuffix(".0")


def write_range(low: float | None, high: float | None) -> str:
    """Low to high in hours (−20〜359)."""
    return "–" if low is None or high is None else f"{write_hours(low)}〜{write_hours(high)}"
