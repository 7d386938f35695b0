"""Everything that a run found, as frames: what exports write and pages show."""

from dataclasses import dataclass

from bpr.frames import (
    Classes,
    Columns,
    Contributions,
    Conversions,
    DataFrame,
    Diagnostics,
    Forms,
    Scores,
    Sheets,
    TaskTable,
    Workbooks,
)
from bpr.settings import Settings
from bpr.tabulate.tables import Tables


@dataclass(frozen=True)
class Report:
    """Everything that a run found; `tasks` holds the contract's fields in its order."""

    workbooks: DataFrame[Workbooks]
    sheets: DataFrame[Sheets]
    forms: DataFrame[Forms]
    columns: DataFrame[Columns]
    diagnostics: DataFrame[Diagnostics]
    conversions: DataFrame[Conversions]
    classes: DataFrame[Classes]
    contributions: DataFrame[Contributions]
    scores: DataFrame[Scores]
    tasks: DataFrame[TaskTable]
    tables: Tables
    settings: Settings
