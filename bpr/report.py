"""Everything that a run found, as frames: what exports write and pages show."""

from dataclasses import dataclass

import polars as pl

from bpr.classify.learning import Taught
from bpr.frames import (
    Classes,
    Columns,
    Conversions,
    DataFrame,
    Diagnostics,
    Forms,
    FoundActs,
    MediumEstimates,
    ReviewQueue,
    Savings,
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
    acts: DataFrame[FoundActs]
    classes: DataFrame[Classes]
    media: DataFrame[MediumEstimates]
    reviews: DataFrame[ReviewQueue]
    taught: Taught
    facts: pl.DataFrame
    """What scoring looked at, one row per task (see `gather_facts`)."""
    scores: DataFrame[Scores]
    savings: DataFrame[Savings]
    tasks: DataFrame[TaskTable]
    tables: Tables
    settings: Settings

    @property
    def fiscal_year(self) -> int | None:
        """Fiscal year that the workbooks tell most often, as a western year."""
        years = self.tasks["fiscal_year"].drop_nulls().mode().sort()
        return int(years[-1]) if len(years) else None

    @property
    def municipality(self) -> str | None:
        """Municipality that the workbooks tell most often."""
        towns = self.tasks["municipality"].drop_nulls().mode().sort()
        return str(towns[0]) if len(towns) else None

    def best_scores(self) -> pl.DataFrame:
        """Columns `task_id, score, score_low, score_high` of the recommended levers, by rank."""
        best = self.tasks.sort("rank").select("task_id", lever="best_lever").drop_nulls()
        found = best.join(self.scores, on=["task_id", "lever"], maintain_order="left")
        return found.select("task_id", "score", "score_low", "score_high")
