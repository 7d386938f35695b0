"""The model: a linear classifier of short Japanese task names, fitted from labels.csv.

Nothing is downloaded or stored: it is fitted when first needed (well under a second) and kept for
the life of the process, keyed by the labels and the acts. Same input, same output.
"""

import io
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

import polars as pl
from sklearn.linear_model import LogisticRegression

from bpr.classify.features import Features, join_names
from bpr.settings import Act, Acts

_INVERSE_REGULARIZATION: Final = 5.0
_READABLE: Final = r"[\p{Han}\p{Hiragana}\p{Katakana}].*[\p{Han}\p{Hiragana}\p{Katakana}]"
"""A text without two Japanese letters says nothing; the model does not guess from it."""


@dataclass(frozen=True)
class Classifier:
    """A fitted model."""

    features: Features
    model: LogisticRegression

    def predict(self, texts: pl.DataFrame) -> pl.DataFrame:
        """Most probable class and its probability (0-1) for each row of `join_names`.

        Null where the text is not readable Japanese.
        """
        if texts.is_empty():
            return pl.DataFrame(schema={"model_class": pl.String, "probability": pl.Float64})
        distinct = texts.unique(maintain_order=True)
        probabilities = self.model.predict_proba(self.features.transform(distinct))
        best = probabilities.argmax(axis=1)
        predicted = distinct.with_columns(
            model_class=pl.Series(self.model.classes_[best], dtype=pl.String),
            probability=pl.Series(probabilities.max(axis=1)),
            readable=distinct["whole"].str.contains(_READABLE),
        ).with_columns(
            pl.when("readable").then(pl.col(name)).alias(name)
            for name in ("model_class", "probability")
        )
        return texts.join(
            predicted, on=["whole", "last"], how="left", maintain_order="left"
        ).select("model_class", "probability")


def fit_classifier(labels: pl.DataFrame, acts: Acts) -> Classifier:
    """Fit on `task_name`, `activity_name`, `work_class`; certain labels weigh more."""
    texts = join_names(labels["task_name"], labels["activity_name"])
    features = Features.fit(texts, acts)
    model = LogisticRegression(
        C=_INVERSE_REGULARIZATION, class_weight="balanced", max_iter=1000, random_state=0
    )
    weights = labels["certainty"].cast(pl.Float64).to_numpy() / 3
    model.fit(features.transform(texts), labels["work_class"].to_numpy(), sample_weight=weights)
    return Classifier(features, model)


def read_labels() -> pl.DataFrame:
    """Labelled examples that come with the product."""
    data = resources.files("bpr.classify").joinpath("labels.csv").read_bytes()
    return pl.read_csv(io.BytesIO(data), infer_schema_length=0).with_columns(
        pl.col("activity_name", "unit").fill_null("")
    )


def load_classifier(acts: Acts) -> Classifier:
    """Return the model for these acts, fitted once per process."""
    return _fit_once(tuple(acts.items()))


@lru_cache(maxsize=4)
def _fit_once(acts: tuple[tuple[str, Act], ...]) -> Classifier:
    return fit_classifier(read_labels(), dict(acts))
