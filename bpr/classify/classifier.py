"""What judges names of tasks: one model of the class, one of the medium, fitted from labels.csv.

Nothing is downloaded or stored: both are fitted when first needed (about a second) and kept for the
life of the process, keyed by the acts. Same input, same output.
"""

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from bpr.classify.features import gather_texts
from bpr.classify.labels import read_labels, weigh_labels
from bpr.classify.model import Model, fit_model
from bpr.settings import Act, Acts


@dataclass(frozen=True)
class Classifier:
    """The two fitted models."""

    work_class: Model
    medium: Model


def fit_class_model(labels: pl.DataFrame, acts: Acts) -> Model:
    """Fit on names and `work_class`; certain labels weigh more."""
    return _fit(labels, "work_class", acts)


def fit_medium_model(labels: pl.DataFrame, acts: Acts) -> Model:
    """Fit on names and `medium`, where that was labelled; "unknown" is one of its classes."""
    return _fit(labels.filter(pl.col("medium") != ""), "medium", acts)


def _fit(labels: pl.DataFrame, target: str, acts: Acts) -> Model:
    truth, kinds = labels[target].to_list(), labels["kind"].to_list()
    return fit_model(gather_texts(labels), truth, kinds, weigh_labels(labels), acts)


def load_classifier(acts: Acts) -> Classifier:
    """Return the models for these acts, fitted once per process."""
    return _fit_once(tuple(acts.items()))


@lru_cache(maxsize=2)
def _fit_once(acts: tuple[tuple[str, Act], ...]) -> Classifier:
    labels = read_labels()
    return Classifier(fit_class_model(labels, dict(acts)), fit_medium_model(labels, dict(acts)))
