"""What towns swap: sums over kinds of work, without a name of a person, a division or a task."""

from dataclasses import dataclass
from typing import Final

import dataframely as dy
from dataframely import DataFrame

from bpr import terms

VERSION: Final = 1
"""Version of the file's shape."""
TOTAL: Final = "total"
UNKNOWN: Final = "unknown"
NO_FAMILY: Final = "none"
"""Row of the tasks that are of no family."""
TABLES: Final = ("total", "family", "seal", "class_medium")
CLASS_ROWS: Final = (*terms.WORK_CLASSES, UNKNOWN, TOTAL)
MEDIUM_COLUMNS: Final = (*terms.MEDIUM_GROUPS, UNKNOWN, TOTAL)
SEAL_ROWS: Final = ("yes", "no", UNKNOWN)
MINIMUM_TASKS: Final = 5
"""Fewest tasks whose sums may leave the town."""


class ExchangeCells(dy.Schema):
    """One row per cell of a table; all measures null: suppressed (`tasks` 0 is told).

    Counted are tasks whose hours a year are known and not 0. `hours`: a year, whole ones;
    `hours_per_10000`: per 10,000 inhabitants, null where their number was not told; minutes per
    case: quartiles over the tasks whose cases are known, null where these are fewer than 5.
    """

    table = dy.Enum(list(TABLES), primary_key=True)
    row_key = dy.String(primary_key=True)
    column_key = dy.String(primary_key=True)
    tasks = dy.Int64(nullable=True, min=0)
    hours = dy.Float64(nullable=True, min=0)
    hours_per_10000 = dy.Float64(nullable=True, min=0)
    lower_minutes = dy.Float64(nullable=True, min=0)
    median_minutes = dy.Float64(nullable=True, min=0)
    upper_minutes = dy.Float64(nullable=True, min=0)
    divisions = dy.Int64(nullable=True, min=0)


@dataclass(frozen=True)
class ExchangeFile:
    """One town's aggregates: of which year, of how large a town, under which definitions.

    `definitions`: digest of the families; only files of the same digest sort work alike.
    `population_class`: a key of `terms.POPULATION_CLASSES`.
    """

    fiscal_year: int
    population_class: str
    definitions: str
    cells: DataFrame[ExchangeCells]
    version: int = VERSION
