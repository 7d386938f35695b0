"""候補: numbers as this page writes them."""

from collections.abc import Sequence
from math import ceil, floor


def ends(values: Sequence[float], decimals: int) -> tuple[str, str]:
    """Point of (low, point, high), and its interval in brackets, empty where there is none."""
    low, point, high = (f"{value:.{decimals}f}" for value in values)
    return point, "" if low == high else f"（{low}〜{high}）"


def percent(ratio: float) -> str:
    """Whole percent, rounded toward 50, so that no threshold is crossed and only all is 100."""
    exact = round(100 * ratio, 6)
    return f"{floor(exact) if exact > 50 else ceil(exact)} %"  # noqa: PLR2004 - half of 100


def exact(value: float, unit: str) -> str:
    """Number of a factor with as many digits as it has; a share as percent."""
    if unit == "割合":
        return f"{100 * value:.4g}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"  # noqa: PLR2004 - thousands


def yen(value: float) -> str:
    """812,345 -> 81.2 万円; below ten thousand as it is."""
    return f"{value / 10_000:,.1f} 万円" if value >= 10_000 else f"{value:,.0f} 円"  # noqa: PLR2004


def span(years: float) -> str:
    """A time until money is back: months below two years."""
    return f"{max(ceil(12 * years), 1)} か月" if years < 2 else f"{years:.1f} 年"  # noqa: PLR2004
