"""What the papers are made from: a report and all that was found out and decided beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from bpr import terms
from bpr.classify.accuracy import Accuracy
from bpr.decide.effects import Effect
from bpr.decide.evidence import Proof
from bpr.decide.targets import find_standing
from bpr.export.kpi_sheets import KpiRecord
from bpr.frames import DataFrame, LeverEffects, RealismChecks, Targets
from bpr.report import Report
from bpr.score.sensitivity import Sensitivity
from bpr.tabulate.collection import CollectionSummary
from bpr.tabulate.evaluation import leading_scores

TOP: Final = 25
"""Candidates that the papers explain one by one."""


@dataclass(frozen=True)
class KpiLine:
    """One KPI with what the forecast says of it."""

    record: KpiRecord
    forecast: str


@dataclass(frozen=True)
class Matter:
    """Everything that goes into the papers.

    `reasons`: why, of the first candidates by task. `target_tasks`: work_class and medium by
    edition_id and task_id. `saved`: what each target that is done really saved; `effects`: the same
    summed up by lever.
    """

    report: Report
    title: str
    version: str
    made_on: date
    collection: CollectionSummary
    sensitivity: Sensitivity
    reasons: Mapping[str, str]
    realism: DataFrame[RealismChecks]
    accuracy: Accuracy | None
    targets: DataFrame[Targets]
    target_tasks: pl.DataFrame
    saved: Sequence[Effect]
    proofs: Mapping[int, Proof]
    effects: DataFrame[LeverEffects]
    kpi: Sequence[KpiLine]

    @property
    def hours(self) -> float:
        """Hours a year of all tasks whose hours are known."""
        return float(self.report.tasks["annual_hours"].sum())

    @property
    def standing(self) -> DataFrame[Targets]:
        """Targets that stand for themselves: neither merged nor withdrawn."""
        return find_standing(self.targets)

    @property
    def candidates(self) -> pl.DataFrame:
        """Tasks with a recommended lever by rank, with its score, the certainty and the gate's name."""
        tasks, gates = self.report.tasks, self.report.settings.scoring.gates
        sure = self.sensitivity.certainty.select("task_id", "certainty", "top_ratio")
        labels = {name: gate.label for name, gate in gates.items()}
        certainties = {name: term.label for name, term in terms.CERTAINTIES.items()}
        return (
            tasks.filter(pl.col("best_lever").is_not_null())
            .sort("rank")
            .join(leading_scores(tasks, self.report.scores), on="task_id", maintain_order="left")
            .join(sure, on="task_id", how="left", maintain_order="left")
            .with_columns(
                pl.col("gate").replace(labels),
                pl.col("certainty").cast(pl.String).replace(certainties),
                task=pl.concat_str(
                    "task_name",
                    pl.when(pl.col("activity_name") != pl.col("task_name")).then("activity_name"),
                    separator="／",
                    ignore_nulls=True,
                ),
            )
        )

    @property
    def returned(self) -> str:
        """How many of the divisions that were asked have returned."""
        found = self.collection
        if not found.listed:
            return f"提出した課 {found.returned:,}（課の一覧がないため、回収率は出せない）"
        return f"{found.returned:,}／{found.listed:,} 課（{found.returned / found.listed:.1%}）"
