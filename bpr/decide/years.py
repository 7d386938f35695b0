"""Fiscal years: April to March, named by the year of the April."""

from datetime import date
from typing import Final

_APRIL: Final = 4
_MARCH_END: Final = (3, 31)


def fiscal_year(day: date) -> int:
    """Fiscal year of a day, as the western year of its April."""
    return day.year if day.month >= _APRIL else day.year - 1


def last_day(year: int) -> date:
    """Last day of a fiscal year."""
    return date(year + 1, *_MARCH_END)


def elapsed_share(year: int, today: date) -> float:
    """Share of a fiscal year that has passed at the end of today, 0-1."""
    days = (last_day(year) - last_day(year - 1)).days
    return min(max((today - last_day(year - 1)).days / days, 0.0), 1.0)
