"""Learn from what people decided: refit with the corrections of a division once there are enough.

Whether that helps is measured on held-out corrections only, and a division's corrections are used
only where they do not make its held-out predictions worse.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
import polars as pl
from sklearn.linear_model import RidgeClassifier

from bpr.classify.classifier import fit_class_model, load_classifier
from bpr.classify.features import Features, gather_texts
from bpr.classify.labels import CLASS_COLUMNS, read_labels, weigh_labels
from bpr.classify.metrics import Share
from bpr.classify.model import Model, make_ridge
from bpr.classify.predict import predict
from bpr.frames import Corrections, DataFrame, SurveyTasks
from bpr.settings import Act, Acts

ENOUGH: Final = 20
"""Reviewed tasks of a division from which on the model learns from them."""
STEP: Final = 10
"""The model is fitted again after every so many more."""
_FOLDS: Final = 5
_CERTAINTY: Final = "3"
"""A person's word weighs as much as a certain label of the product."""
Row = tuple[str, ...]


@dataclass(frozen=True)
class Lesson:
    """What a division taught: reviewed tasks, how many were learned from, and whether it helped.

    `before`, `after`: share of its held-out corrections that the model predicts without and with
    the other corrections of the division; None until there are enough. `changed`: tasks of the
    division, not reviewed, whose automatic class is another one since.
    """

    division: str
    reviewed: int
    learned: int
    before: Share | None = None
    after: Share | None = None
    changed: int = 0

    @property
    def is_used(self) -> bool:
        """Learned from, and not to the worse."""
        return (
            self.before is not None
            and self.after is not None
            and (self.after.right >= self.before.right)
        )


@dataclass(frozen=True)
class Taught:
    """The model after the lessons, and the lessons by number of reviewed tasks."""

    model: Model
    lessons: tuple[Lesson, ...]


def teach(tasks: DataFrame[SurveyTasks], corrections: DataFrame[Corrections], acts: Acts) -> Taught:
    """Fit the model with the corrections of every division that has enough of them."""
    reviewed = _reviewed(tasks, corrections)
    lessons = []
    taught: list[Row] = []
    for (division,), rows in reviewed.group_by("division", maintain_order=True):
        learned = rows.head(rows.height // STEP * STEP if rows.height >= ENOUGH else 0)
        before, after = (
            _measure(tuple(learned.rows()), _key(acts)) if learned.height else (None, None)
        )
        lesson = Lesson(str(division), rows.height, learned.height, before, after)
        lessons.append(lesson)
        if lesson.is_used:
            taught.extend(learned.rows())
    plain = load_classifier(acts).work_class
    if not taught:
        return Taught(plain, _most_first(lessons))
    model = _refit(tuple(taught), _key(acts))
    unreviewed = tasks.join(corrections.select("task_id"), on="task_id", how="anti")
    return Taught(model, _most_first(_count_changes(lessons, unreviewed, plain, model)))


def _count_changes(
    lessons: list[Lesson], tasks: pl.DataFrame, before: Model, after: Model
) -> list[Lesson]:
    """Tell for each lesson that is used how many automatic classes of its division it changed."""
    counted = []
    for lesson in lessons:
        changed = 0
        if lesson.is_used:
            own = gather_texts(tasks.filter(division=lesson.division))
            first, second = (predict(model, own)["predicted"] for model in (before, after))
            changed = int(first.ne_missing(second).sum())
        counted.append(replace(lesson, changed=changed))
    return counted


def _most_first(lessons: list[Lesson]) -> tuple[Lesson, ...]:
    return tuple(sorted(lessons, key=lambda lesson: -lesson.reviewed))


def _reviewed(tasks: DataFrame[SurveyTasks], corrections: DataFrame[Corrections]) -> pl.DataFrame:
    """Tasks that people decided, in the order of the decisions, as labels of `CLASS_COLUMNS`."""
    return (
        corrections.lazy()
        .sort("sequence")
        .join(
            tasks.lazy().select("task_id", "division", "unit", "task_name", "activity_name"),
            on="task_id",
            maintain_order="left",
        )
        .filter(pl.col("division").is_not_null())
        .select(
            kind=pl.col("division"),
            division="division",
            unit="unit",
            task_name="task_name",
            activity_name="activity_name",
            work_class=pl.col("work_class").cast(pl.String),
            certainty=pl.lit(_CERTAINTY),
        )
        .with_columns(pl.col("unit", "activity_name").fill_null(""))
        .select(CLASS_COLUMNS)
        .collect()
    )


def _with_labels(rows: tuple[Row, ...]) -> pl.DataFrame:
    own = pl.DataFrame(rows, schema=dict.fromkeys(CLASS_COLUMNS, pl.String), orient="row")
    return pl.concat([read_labels().select(CLASS_COLUMNS), own])


def _key(acts: Acts) -> tuple[tuple[str, Act], ...]:
    return tuple(acts.items())


@lru_cache(maxsize=4)
def _refit(rows: tuple[Row, ...], acts: tuple[tuple[str, Act], ...]) -> Model:
    return fit_class_model(_with_labels(rows), dict(acts))


@lru_cache(maxsize=64)
def _measure(rows: tuple[Row, ...], acts: tuple[tuple[str, Act], ...]) -> tuple[Share, Share]:
    """Held-out corrections predicted right, without and with the others of the division."""
    labels = _with_labels(rows)
    texts = gather_texts(labels)
    matrix = Features.fit(texts, dict(acts)).transform(texts)
    truth = labels["work_class"].to_numpy()
    weights = weigh_labels(labels)
    own = np.arange(labels.height - len(rows), labels.height)
    known = np.arange(labels.height - len(rows))

    def fit(chosen: np.ndarray) -> RidgeClassifier:
        return make_ridge().fit(matrix[chosen], truth[chosen], sample_weight=weights[chosen])

    before = (fit(known).predict(matrix[own]) == truth[own]).sum()
    after = 0
    for fold in range(_FOLDS):
        held = own[fold::_FOLDS]
        others = np.setdiff1d(own, held)
        predicted = fit(np.concatenate([known, others])).predict(matrix[held])
        after += int((predicted == truth[held]).sum())
    return Share(int(before), len(rows)), Share(after, len(rows))
