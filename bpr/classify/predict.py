"""Texts -> the most probable class of each, its probability and confidence, and what speaks for it."""

from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
import polars as pl

from bpr.classify.model import Model, Numbers, softmax
from bpr.classify.reasons import explain

PREDICTION: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "predicted": pl.String,
    "probability": pl.Float64,
    "confidence": pl.String,
    "reasons": pl.List(pl.String),
}
_AT_ONCE: Final = 2_000
"""Texts that are taken apart at a time: bounds the memory."""
_FLOOR: Final = 0.35
"""Below this probability nothing is said: the model is about as often wrong as any guess."""


def predict(model: Model, texts: pl.DataFrame) -> pl.DataFrame:
    """Columns of `PREDICTION` for each row of `gather_texts`; all null where nothing can be said."""
    if texts.is_empty():
        return pl.DataFrame(schema=PREDICTION)
    keys = ["whole", "last", "context"]
    distinct = texts.unique(keys, maintain_order=True)
    said = distinct.select(keys).with_columns(_judge(model, distinct))
    return texts.join(said, on=keys, how="left", maintain_order="left").select(*PREDICTION)


def predict_once(model: Model, texts: pl.DataFrame) -> pl.DataFrame:
    """`predict`, remembering each model's latest texts: a person's word changes no prediction."""
    known = _LATEST.get(model)
    if known is None or not known[0].equals(texts):
        _LATEST[model] = known = (texts, predict(model, texts))
    return known[1]


_LATEST: Final[WeakKeyDictionary[Model, tuple[pl.DataFrame, pl.DataFrame]]] = WeakKeyDictionary()


def predict_probability(model: Model, texts: pl.DataFrame, name: str) -> Numbers:
    """Probability of one class for each text (0-1), also where `predict` says nothing."""
    return model.probabilities(texts)[:, model.classes.index(name)]


def rank_classes(model: Model, texts: pl.DataFrame) -> list[list[tuple[str, float]]]:
    """All classes of each text with their probabilities, the most probable first."""
    return [
        sorted(zip(model.classes, row, strict=True), key=lambda pair: -pair[1])
        for row in model.probabilities(texts).tolist()
    ]


def _judge(model: Model, texts: pl.DataFrame) -> list[pl.Series]:
    scored = pl.concat(_score(model, part) for part in texts.iter_slices(_AT_ONCE))
    can_say = (
        texts["readable"] & model.features.known_words(texts) & (scored["probability"] >= _FLOOR)
    )
    judged = scored.select(
        pl.col("best").replace_strict(dict(enumerate(model.classes))).alias("predicted"),
        pl.col("probability"),
        reasons=explain(model, texts, scored),
        can_say=can_say,
    ).with_columns(
        pl.when("can_say").then(pl.col(name)).alias(name)
        for name in ("predicted", "probability", "reasons")
    )
    confidence = model.confidences(pl.col("predicted"), pl.col("probability"))
    return judged.with_columns(confidence=confidence).select(*PREDICTION).get_columns()


def _score(model: Model, texts: pl.DataFrame) -> pl.DataFrame:
    """(best, second, probability, place_lead): the two most probable classes, as positions.

    `place_lead`: the part of the place in the lead of the best class over the second.
    """
    matrix = model.features.transform(texts)
    probabilities = softmax(model.scores(matrix))
    ranked = np.argsort(-probabilities, axis=1, kind="stable")
    at, best, second = np.arange(len(ranked)), ranked[:, 0], ranked[:, 1]
    block = model.features.blocks()["context"]
    place = np.asarray(matrix[:, block] @ model.coefficients[block])
    return pl.DataFrame(
        {
            "best": best,
            "second": second,
            "probability": probabilities[at, best],
            "place_lead": place[at, best] - place[at, second],
        }
    )
