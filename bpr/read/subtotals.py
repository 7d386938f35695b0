"""Totals that no word betrays: rows without a name of their own whose numbers add up their members.

Statistics and municipal tables often put the total above its members (賦課 300, then 100 and 200).
"""

from typing import Final

import polars as pl

from bpr.read.numbers import plain_number

_LEVELS: Final = ("process_category", "process_group", "process", "task_name", "activity_name")
_NUMBERS: Final = ("annual_hours", "annual_count", "fte")
_OFFICE = r"(?:部|[^賦公日放]課|.係|局|室|班|担当)$"
_HALF: Final = 0.5
_TOLERANCE: Final = 1e-6
_PAIR: Final = 2
"""Members of a total that has no name at all: one equal number may be chance."""


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
    suspects = {
        (table, row): _PAIR if bare else 1
        for table, row, bare in coarse.select("table", "row", bare=unnamed).iter_rows()
    }
    found: list[tuple[int, int]] = []
    tables = answers.filter(pl.col("table").is_in(coarse["table"].unique().to_list()))
    for (table,), rows in tables.group_by("table", maintain_order=True):
        field = next((n for n in _NUMBERS if rows[n].null_count() < rows.height), None)
        if field is not None:
            number = int(str(table))
            values = [plain_number(text) for text in rows[field].to_list()]
            places = rows["row"].to_list()
            known = [suspects.get((number, row), 0) for row in places]
            found.extend((number, places[i]) for i in _sums(values, known))
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
    office = pl.coalesce(*reversed(_LEVELS)).str.strip_chars(" 　").str.contains(_OFFICE)
    return blank | unnamed | office


def _sums(values: list[float | None], suspect: list[int]) -> list[int]:
    """Positions of suspects that equal the sum of the plain rows right below or right above.

    `suspect`: 0 for a plain row, else how many members the sum must have at least.
    """
    found = []
    for i, value in enumerate(values):
        if not suspect[i] or not value:
            continue
        below = range(i + 1, len(values))
        above = range(i - 1, -1, -1)
        if any(_adds_up(value, values, suspect, rows, suspect[i]) for rows in (below, above)):
            found.append(i)
    return found


def _adds_up(
    total: float, values: list[float | None], suspect: list[int], order: range, least: int
) -> bool:
    running, members = 0.0, 0
    for j in order:
        if suspect[j]:
            continue
        running += values[j] or 0.0
        members += 1
        if abs(running - total) <= _TOLERANCE * max(1.0, total):
            return members >= least
        if running > total:
            return False
    return False
