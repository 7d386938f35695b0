"""How good predictions are: accuracy, macro-F1, recall, coverage, calibration, the worst group."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from sklearn.metrics import f1_score, roc_auc_score

from bpr.classify.model import wilson
from bpr.terms import CONFIDENCES, WORK_CLASSES

_BINS = 10
_FEWEST = 10
"""Rows that a group must have to be called the worst."""


@dataclass(frozen=True)
class Share:
    """A share with its base and its 95 % interval (Wilson)."""

    right: int
    total: int

    @property
    def value(self) -> float:
        """0-1; 0 without a base."""
        return self.right / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end, 0-1."""
        return wilson(self.right, self.total)


@dataclass(frozen=True)
class Quality:
    """Measured on rows that the model had not seen; where it says nothing it counts as wrong."""

    accuracy: Share
    core_accuracy: Share
    macro_f1: float
    recall: dict[str, Share]
    by_confidence: dict[str, Share]
    """Confidence -> how many of those are right; the base is the coverage."""
    calibration_error: float | None
    worst_group: tuple[str, Share] | None


def measure(rows: pl.DataFrame, classes: Sequence[str] = tuple(WORK_CLASSES)) -> Quality:
    """Measure `truth`, `predicted` and, where they are there, `probability`, `confidence`, `group`."""
    truth = rows["truth"].to_list()
    said = rows["predicted"].fill_null("")
    right = said == rows["truth"]
    return Quality(
        accuracy=share(right),
        core_accuracy=share((said == "core") == (rows["truth"] == "core")),
        macro_f1=float(
            f1_score(truth, said, average="macro", labels=list(classes), zero_division=0.0)
        ),
        recall={name: share(right.filter(rows["truth"] == name)) for name in classes},
        by_confidence={
            level: share(right.filter((rows["confidence"] == level).fill_null(value=False)))
            for level in CONFIDENCES
        }
        if "confidence" in rows.columns
        else {},
        calibration_error=calibration_error(rows["probability"], right)
        if "probability" in rows.columns
        else None,
        worst_group=worst_group(rows["group"], right) if "group" in rows.columns else None,
    )


def share(right: pl.Series) -> Share:
    """Count what is true."""
    return Share(int(right.sum()), len(right))


def calibration_error(probability: pl.Series, right: pl.Series) -> float:
    """Expected calibration error: mean gap of probability and accuracy in ten equal bins (0-1)."""
    frame = pl.DataFrame({"p": probability, "right": right.cast(pl.Float64)}).drop_nulls()
    bins = frame.group_by((pl.col("p") * _BINS).floor().clip(0, _BINS - 1)).agg(
        n=pl.len(), gap=(pl.col("p").mean() - pl.col("right").mean()).abs()
    )
    return float(np.average(bins["gap"].to_numpy(), weights=bins["n"].to_numpy()))


def worst_group(groups: pl.Series, right: pl.Series) -> tuple[str, Share] | None:
    """Return the group with the lowest accuracy among those with enough rows."""
    found = (
        pl.DataFrame({"group": groups, "right": right})
        .group_by("group", maintain_order=True)
        .agg(total=pl.len(), right=pl.col("right").sum())
        .filter(pl.col("total") >= _FEWEST)
        .sort(pl.col("right") / pl.col("total"), maintain_order=True)
    )
    if not found.height:
        return None
    name, total, count = found.row(0)
    return str(name), Share(int(count), int(total))


def ranking_quality(probability: list[float], positive: list[bool]) -> float:
    """Area under the ROC curve (0.5 = chance, 1 = perfect)."""
    return float(roc_auc_score(positive, probability))
