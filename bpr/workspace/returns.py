"""Under which names marked workbooks go back to their offices, all of them different."""

from collections import Counter
from collections.abc import Sequence

from bpr.export.returned import returned_name


def name_returns(names: Sequence[str]) -> dict[str, str]:
    """Workbook -> the name under which it goes back; with its folder where two would be alike."""
    count = Counter(returned_name(name) for name in names)
    given: dict[str, str] = {}
    for name in names:
        plain, long = possible_returns(name)
        wanted = long if count[plain] > 1 else plain
        free, number = wanted, 1
        while free in given.values():
            number += 1
            stem, dot, suffix = wanted.rpartition(".")
            free = f"{stem}({number}){dot}{suffix}"
        given[name] = free
    return given


def possible_returns(name: str) -> tuple[str, str]:
    """Name under which a workbook goes back, alone and with its folder before it.

    >>> possible_returns("総務部/調査票.xls")
    ('調査票_指摘あり.xlsx', '総務部_調査票_指摘あり.xlsx')
    """
    plain = returned_name(name)
    folder = name.rpartition("/")[0].replace("/", "_")
    return plain, f"{folder}_{plain}" if folder else plain
