"""Totals that no word betrays: rows without a name of their own whose numbers add up their members.

Statistics and municipal tables often put the total above its members (賦課 300, then 100 and 200).
"""

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from bpr.read.numbers import plain_number
from bpr.read.row_marks import FROM_ABOVE

_LEVELS: Final = ("process_category", "process_group", "process", "task_name", "activity_name")
_NUMBERS: Final = ("annual_hours", "annual_count", "fte")
_OFFICE = r"(?:部|[^賦公日放]課|.係|局|室|班|担当)$"
_HALF: Final = 0.5
_TOLERANCE: Final = 1e-6
_PAIR: Final = 2
"""Members of a total that has no name at all: one equal number may be chance."""


@dataclass(frozen=True)
class _Suspect:
    """A row that may be a total: of how many members at least, and of which names."""

    least: int
    names: int
    """How many levels of names its members share with it; 0: it may add up rows of any name."""


def find_subtotals(seen: pl.DataFrame) -> pl.DataFrame:
    """Set `kind` to total-row where a coarser row equals the sum of the rows below or above it."""
    answers = seen.filter(pl.col("kind") == "answer", "numbered")
    filled = [
        pl.when(pl.col(name).is_not_null().mean().over("table") >= _HALF).then(pl.lit(name))
        for name in reversed(_LEVELS)
    ]
    finest = pl.coalesce(filled)
    coarse = answers.with_columns(finest=finest).filter(_is_coarse() | pl.col("leads"))
    if not coarse.height:
        return seen
    unnamed = pl.all_horizontal(pl.col(name).is_null() for name in _LEVELS)
    depths = [
        pl.when(pl.col(name).is_not_null()).then(pl.lit(depth))
        for depth, name in reversed(list(enumerate(_LEVELS, start=1)))
    ]
    shared = (
        pl.when(_is_office() | pl.col("leads") | unnamed).then(0).otherwise(pl.coalesce(depths))
    )
    suspects = {
        (table, row): _Suspect(_PAIR if bare else 1, names)
        for table, row, bare, names in coarse.select(
            "table", "row", bare=unnamed, names=shared
        ).iter_rows()
    }
    found: list[tuple[int, int]] = []
    tables = answers.filter(pl.col("table").is_in(coarse["table"].unique().to_list()))
    for (table,), rows in tables.group_by("table", maintain_order=True):
        field = next((n for n in _NUMBERS if rows[n].null_count() < rows.height), None)
        if field is not None:
            number = int(str(table))
            values = [plain_number(text) for text in rows[field].to_list()]
            places = rows["row"].to_list()
            names = rows.select(
                pl.when(~pl.col(_LEVELS).is_in(FROM_ABOVE)).then(pl.col(_LEVELS)).forward_fill()
            ).rows()
            known = [suspects.get((number, row)) for row in places]
            found.extend((number, places[i]) for i in _sums(values, names, known))
    if not found:
        return seen
    totals = pl.DataFrame(found, schema={"table": pl.Int64, "row": pl.Int64}, orient="row")
    totals = totals.with_columns(total=pl.lit(value=True))
    joined = seen.join(totals, on=["table", "row"], how="left", maintain_order="left")
    kind = pl.when(pl.col("total").is_not_null()).then(pl.lit("total-row")).otherwise("kind")
    return joined.with_columns(kind=kind).drop("total")


def _is_coarse() -> pl.Expr:
    """Rows whose finest name is blank, or that are named like an office, not like a task."""
    blank = pl.any_horizontal((pl.col("finest") == n) & pl.col(n).is_null() for n in _LEVELS)
    unnamed = pl.all_horizontal(pl.col(n).is_null() for n in _LEVELS)
    return blank | unnamed | _is_office()


def _is_office() -> pl.Expr:
    name = pl.coalesce(*reversed(_LEVELS)).str.strip_chars(" 　")
    return name.str.contains(_OFFICE).fill_null(value=False)


def _sums(
    values: list[float | None],
    names: Sequence[Sequence[str | None]],
    suspects: Sequence[_Suspect | None],
) -> list[int]:
    """Positions of suspects that equal the sum of the plain rows right below or right above.

    Only rows that bear its names are members, unless it adds up all plain rows of the table. A sum
    of one member may be chance: it counts only in a table that has totals of several.
    """
    plain = [i for i, suspect in enumerate(suspects) if suspect is None]
    found: dict[int, int] = {}
    for i, suspect in enumerate(suspects):
        if suspect is None or not values[i]:
            continue
        below = bisect(plain, i)
        for order in (plain[below:], plain[:below][::-1]):
            size = _count_members(values[i] or 0.0, (values[j] or 0.0 for j in order))
            own = all(_bears(names[j], names[i], suspect.names) for j in order[:size])
            if size >= suspect.least and (own or _PAIR <= size == len(plain)):
                found[i] = size
                break
    several = any(size >= _PAIR for size in found.values())
    return [i for i, size in found.items() if several or size >= _PAIR]


def _bears(names: Sequence[str | None], own: Sequence[str | None], depth: int) -> bool:
    pairs = zip(names[:depth], own[:depth], strict=True)
    return all(name == other or name is None or other is None for name, other in pairs)


def _count_members(total: float, values: Iterable[float]) -> int:
    """How many of the values, from the first on, add up to the total; 0 where none do."""
    running = 0.0
    for size, value in enumerate(values, start=1):
        running += value
        if abs(running - total) <= _TOLERANCE * max(1.0, total):
            return size
        if running > total:
            break
    return 0
