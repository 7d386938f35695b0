"""For whom a form is made, and how its file is called."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\s]+')
"""What Windows does not take in a file name, and spaces."""
_LONGEST: Final = 60
_REIWA: Final = 2018
_HEISEI: Final = 1988


@dataclass(frozen=True)
class Office:
    """A division that is asked; None: not known, to be filled in by the division."""

    division: str
    department: str | None
    municipality: str | None
    fiscal_year: int
    regular_staff: float | None
    nonregular_staff: float | None
    due: date | None


def template_name(office: Office) -> str:
    """File name of an office's form, never a path: 調査票_税務課_令和8年度.xlsx."""
    division = _FORBIDDEN.sub("_", office.division.strip())[:_LONGEST].strip("._") or "課"
    return f"調査票_{division}_{era_year(office.fiscal_year)}.xlsx"


def era_year(year: int) -> str:
    """Fiscal year by the era of its April.

    >>> era_year(2026), era_year(2019), era_year(2018), era_year(1980)
    ('令和8年度', '令和元年度', '平成30年度', '1980年度')
    """
    for era, start in (("令和", _REIWA), ("平成", _HEISEI)):
        if year > start:
            number = year - start
            return f"{era}{'元' if number == 1 else number}年度"
    return f"{year}年度"
