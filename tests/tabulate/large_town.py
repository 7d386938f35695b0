"""The hand-computed town five times over, and one task of a kind of its own: 31 tasks, 5,400 hours."""

import polars as pl

from bpr.frames import DataFrame
from bpr.frames.exchange import ExchangeCells
from bpr.match.wordings import find_wordings
from bpr.tabulate.exchange import sum_cells
from tests.builder import SETTINGS
from tests.tabulate.town import town_report

FAMILIES = SETTINGS.common_work.families


def large_cells() -> DataFrame[ExchangeCells]:
    """Aggregates of the large town, nothing suppressed; routine x electronic holds one task."""
    tasks = town_report().tasks
    odd = tasks.head(1).with_columns(medium=pl.lit("electronic").cast(tasks.schema["medium"]))
    many = pl.concat([*[tasks] * 5, odd])
    return sum_cells(many, find_wordings(many, FAMILIES), FAMILIES, 20_000)  # type: ignore[arg-type] # the town's own table, repeated
