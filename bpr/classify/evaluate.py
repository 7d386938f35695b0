"""Measure the model on divisions that it has never seen, beside baselines; nothing flatters.

Each figure leaves whole groups out: one division, one kind of division, and, for contrast only, a
tenth at random. The list `held_out.csv` and the published cases are never learned from at all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl
from sklearn.metrics import cohen_kappa_score
from sklearn.model_selection import StratifiedKFold
from sklearn.utils.parallel import Parallel, delayed

from bpr.classify.acts import act_matrix
from bpr.classify.classifier import fit_class_model, fit_medium_model
from bpr.classify.features import gather_texts
from bpr.classify.labels import UNKNOWN_MEDIUM, read_cases, read_held_out, read_labels
from bpr.classify.metrics import Quality, Share, measure, ranking_quality, share
from bpr.classify.model import Model
from bpr.classify.predict import predict, predict_probability
from bpr.classify.reasons import CLASS_OF_NATURE
from bpr.settings import Acts
from bpr.terms import MEDIUM_GROUPS, WORK_CLASSES

_RANDOM_FOLDS: Final = 10
Fit = Callable[[pl.DataFrame, Acts], Model]


@dataclass(frozen=True)
class Agreement:
    """Two labellings of the same rows: share of agreement and Cohen's kappa."""

    same: Share
    kappa: float


@dataclass(frozen=True)
class Ranking:
    """AUC of P(core) on published cases, with the number of cases."""

    auc: float
    cases: int


@dataclass(frozen=True)
class Evaluation:
    """Everything that was measured."""

    labels: int
    divisions: int
    kinds: int
    agreement: Agreement
    by_division: Quality
    by_kind: Quality
    at_random: Quality
    held_out: Quality
    keywords: Quality
    majority: Quality
    cases: Ranking
    cases_of_one_task: Ranking
    medium: Quality
    medium_said: Share
    """How many names the medium model speaks about at all."""


def evaluate(acts: Acts, progress: Callable[[str], None] = lambda _: None) -> Evaluation:
    """Measure everything; takes about a second for each division and kind."""
    labels = read_labels()
    progress("課を丸ごと除いて測定")
    by_division = predict_left_out(labels, labels["division"], fit_class_model, acts)
    progress("課の種類を丸ごと除いて測定")
    by_kind = predict_left_out(labels, labels["kind"], fit_class_model, acts)
    progress("無作為に除いて測定（参考）")
    at_random = predict_left_out(labels, _random_groups(labels), fit_class_model, acts)
    progress("媒体の推定を測定")
    with_medium = labels.filter(pl.col("medium") != "")
    media = predict_left_out(
        with_medium, with_medium["kind"], fit_medium_model, acts, truth="medium"
    )
    said = media.filter(pl.col("predicted") != UNKNOWN_MEDIUM)
    model = fit_class_model(labels, acts)
    majority = str(labels["work_class"].mode().sort()[0])
    return Evaluation(
        labels=labels.height,
        divisions=labels["division"].n_unique(),
        kinds=labels["kind"].n_unique(),
        agreement=measure_agreement(labels),
        by_division=measure(by_division),
        by_kind=measure(by_kind),
        at_random=measure(at_random),
        held_out=measure(_predict_held_out(model)),
        keywords=measure(_judged(labels, predict_by_keywords(labels, acts))),
        majority=measure(_judged(labels, [majority] * labels.height)),
        cases=rank_cases(model, read_cases()),
        cases_of_one_task=rank_cases(model, read_cases().filter(whole_category="0")),
        medium=measure(said, MEDIUM_GROUPS),
        medium_said=Share(said.height, media.height),
    )


def predict_left_out(
    labels: pl.DataFrame, groups: pl.Series, fit: Fit, acts: Acts, truth: str = "work_class"
) -> pl.DataFrame:
    """Predict each group by a model that saw none of it: `PREDICTION`, `truth`, `group`."""
    splits = [groups == name for name in groups.unique(maintain_order=True)]
    parts = Parallel(n_jobs=-1)(
        delayed(_predict_group)(labels.filter(~own), labels.filter(own), fit, acts)
        for own in splits
    )
    unseen = pl.concat([labels.filter(own) for own in splits])
    predicted: pl.DataFrame = pl.concat(list(parts))
    return predicted.with_columns(truth=unseen[truth], group=unseen["division"])


def _predict_group(seen: pl.DataFrame, unseen: pl.DataFrame, fit: Fit, acts: Acts) -> pl.DataFrame:
    return predict(fit(seen, acts), gather_texts(unseen))


def _random_groups(labels: pl.DataFrame) -> pl.Series:
    folds = StratifiedKFold(_RANDOM_FOLDS, shuffle=True, random_state=0)
    groups = [0] * labels.height
    for number, (_, part) in enumerate(folds.split(labels["work_class"], labels["work_class"])):
        for row in part:
            groups[row] = number
    return pl.Series("group", groups)


def _predict_held_out(model: Model) -> pl.DataFrame:
    rows = read_held_out()
    predicted = predict(model, gather_texts(rows))
    return predicted.with_columns(truth=rows["work_class"], group=rows["division"])


def _judged(labels: pl.DataFrame, predicted: Sequence[str]) -> pl.DataFrame:
    return pl.DataFrame(
        {"truth": labels["work_class"], "predicted": predicted, "group": labels["division"]}
    )


def predict_by_keywords(labels: pl.DataFrame, acts: Acts) -> list[str]:
    """Baseline: class of the gravest act that the activity (else the task) shows; else routine."""
    order = list(CLASS_OF_NATURE)
    ranked = sorted(acts, key=lambda name: order.index(acts[name].nature))
    texts = gather_texts(labels)
    shown = zip(*(act_matrix(texts[n], acts).to_dicts() for n in ("last", "whole")), strict=True)
    return [
        next(
            (CLASS_OF_NATURE[acts[name].nature] for row in rows for name in ranked if row[name]),
            "routine",
        )
        for rows in shown
    ]


def rank_cases(model: Model, cases: pl.DataFrame) -> Ranking:
    """How well P(core) puts cases that are core above those that are not."""
    tasks = cases.select(division="department", task_name="task_name", activity_name=pl.lit(""))
    probability = predict_probability(model, gather_texts(tasks), "core").tolist()
    return Ranking(
        ranking_quality(probability, (cases["label_core"] == "1").to_list()), cases.height
    )


def measure_agreement(labels: pl.DataFrame) -> Agreement:
    """How far the two labellings agree, before their differences were resolved."""
    first, second = labels["first_class"], labels["second_class"]
    kappa = cohen_kappa_score(first.to_list(), second.to_list(), labels=list(WORK_CLASSES))
    return Agreement(share(first == second), float(kappa))
