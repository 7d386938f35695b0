"""What papers are made from, for a report of a test; with or without decisions."""

from datetime import date
from typing import Any

import polars as pl

from bpr.classify.accuracy import find_accuracy
from bpr.decide.evidence import prove_targets
from bpr.decide.targets import fold_targets, list_targets
from bpr.export.report_matter import Matter
from bpr.frames import DataFrame, LeverEffects, Measurements, TargetEvents, empty
from bpr.frames.scoring import Judgements, RankCertainty
from bpr.report import Report
from bpr.score.realism import check_realism
from bpr.score.sensitivity import Sensitivity
from bpr.tabulate.collection import CollectionSummary

DAY = date(2026, 11, 21)


def certainty_of(report: Report) -> Sensitivity:
    """Every task is certain to be among the best."""
    rows = [
        {"task_id": task, "top_ratio": 1.0, "first_ratio": 0.5, "best_rank": 1,
         "weight_rank_low": 1, "weight_rank_high": 2, "certainty": "certain"}
        for task in report.tasks["task_id"]
    ]  # fmt: skip
    frame = pl.DataFrame(rows, schema=empty(RankCertainty).schema)
    return Sensitivity(RankCertainty.validate(frame), empty(Judgements), 1000, 25, 2.0)


def matter_of(
    report: Report, events: DataFrame[TargetEvents] | None = None, **changes: Any
) -> Matter:
    """Everything of a report; every candidate's reason is its id."""
    decided = empty(TargetEvents) if events is None else events
    known: dict[str, Any] = {
        "report": report,
        "title": "みどり野町　令和6年度調査",
        "version": "9.9",
        "made_on": DAY,
        "collection": CollectionSummary(4, 3, 1, 0, 0, 7, 1000.0, None),
        "sensitivity": certainty_of(report),
        "reasons": {task: f"理由 {task}" for task in report.tasks["task_id"]},
        "realism": check_realism(report.tasks, report.settings.savings, 25),
        "accuracy": find_accuracy(report.settings.acts),
        "targets": list_targets(decided),
        "target_tasks": report.tasks.select(
            pl.col("task_id", "work_class", "medium").cast(pl.String),
            edition_id=pl.lit(1, pl.Int64),
        ),
        "saved": [],
        "proofs": prove_targets(fold_targets(decided), empty(Measurements)),
        "effects": empty(LeverEffects),
        "kpi": [],
    }
    return Matter(**known | changes)
