"""The model: linear, with probabilities that add up, and cut-offs that must be earned."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from bpr.classify.features import gather_texts
from bpr.classify.labels import UNKNOWN_MEDIUM, read_held_out
from bpr.classify.model import (
    NEVER,
    Cutoffs,
    Model,
    choose_cutoffs,
    softmax,
    wilson,
)
from bpr.classify.predict import predict
from bpr.terms import CONFIDENCES, MEDIUM_GROUPS, WORK_CLASSES


@pytest.fixture(scope="module")
def texts() -> pl.DataFrame:
    return gather_texts(read_held_out())


def test_the_classes_are_those_of_the_glossary(model: Model, medium_model: Model) -> None:
    assert set(model.classes) == set(WORK_CLASSES)
    assert set(medium_model.classes) == {*MEDIUM_GROUPS, UNKNOWN_MEDIUM}
    assert set(model.cutoffs) == set(model.classes)


def test_the_probabilities_of_a_name_add_up_to_one(model: Model, texts: pl.DataFrame) -> None:
    chances = model.probabilities(texts)
    assert chances.shape == (texts.height, len(WORK_CLASSES))
    assert_allclose(chances.sum(axis=1), 1, rtol=1e-12)
    assert chances.min() >= 0


def test_the_scores_are_linear_in_the_features(model: Model, texts: pl.DataFrame) -> None:
    matrix = model.features.transform(texts)
    bare = model.scores(matrix) - model.intercepts
    assert_allclose(model.scores(3 * matrix) - model.intercepts, 3 * bare, atol=1e-9)
    blocks = model.features.blocks().values()
    parts = sum(matrix[:, block] @ model.coefficients[block] for block in blocks)
    assert_allclose(parts, bare, atol=1e-9)


def test_softmax_of_large_scores() -> None:
    found = softmax(np.array([[0.0, np.log(3)], [1e5, 0.0]]))
    assert_allclose(found, np.array([[0.25, 0.75], [1.0, 0.0]]))


# --- confidence ---------------------------------------------------------------------------------


class Rows:
    """Predictions of class "x", the surest first, no two equally sure."""

    def __init__(self) -> None:
        self.levels: list[float] = []
        self.right: list[bool] = []

    def add(self, count: int, high: float, low: float, wrong_every: int = 0) -> "Rows":
        """Add rows from `high` down to `low`; each `wrong_every`-th is wrong, 0 = none."""
        self.levels += np.linspace(high, low, count).tolist()
        self.right += [not wrong_every or n % wrong_every > 0 for n in range(1, count + 1)]
        return self

    def cutoffs(self) -> Cutoffs:
        truth = np.array(["x" if right else "y" for right in self.right])
        chances = np.array([[p, 1 - p] for p in self.levels])
        return choose_cutoffs(["x", "y"], truth, chances)["x"]


def test_a_class_that_is_always_right_is_certain_from_90_and_likely_from_60_percent() -> None:
    assert Rows().add(200, 0.99, 0.51).cutoffs() == Cutoffs(0.90, 0.60)


def test_certain_asks_for_95_percent_by_the_lower_end_of_the_interval() -> None:
    assert Rows().add(100, 0.99, 0.95, wrong_every=20).cutoffs().certain == NEVER
    assert Rows().add(1000, 0.99, 0.95, wrong_every=100).cutoffs().certain == 0.95


def test_likely_asks_for_80_percent_of_what_is_not_certain() -> None:
    sure = Rows().add(200, 0.99, 0.95)
    assert sure.add(100, 0.89, 0.70, wrong_every=5).cutoffs() == Cutoffs(0.90, 0.70)
    sure = Rows().add(200, 0.99, 0.95)
    assert sure.add(100, 0.89, 0.70, wrong_every=4).cutoffs() == Cutoffs(0.90, 0.90)


def test_too_few_rows_earn_nothing() -> None:
    assert Rows().add(19, 0.99, 0.95).cutoffs() == Cutoffs(NEVER, NEVER)
    assert Rows().add(200, 0.99, 0.95).add(19, 0.85, 0.80).cutoffs() == Cutoffs(0.90, 0.90)


@given(
    runs=st.lists(
        st.tuples(st.integers(1, 300), st.sampled_from([0, 1, 2, 4, 6, 10, 25, 100])),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_called_certain_was_right_in_95_percent(runs: list[tuple[int, int]]) -> None:
    rows, step = Rows(), 0.48 / len(runs)
    for number, (count, wrong_every) in enumerate(runs):
        high = 0.99 - number * step
        rows.add(count, high, high - 0.9 * step, wrong_every)
    found = rows.cutoffs()
    right = [r for p, r in zip(rows.levels, rows.right, strict=True) if p >= found.certain]
    assert found.certain >= 0.90
    assert found.likely <= found.certain
    if right and found.certain > 0.90:
        assert len(right) >= 20
        assert wilson(sum(right), len(right), 1.28)[0] >= 0.95


@pytest.mark.parametrize(
    ("probability", "confidence"),
    [(0.90, "A"), (0.8999, "B"), (0.60, "B"), (0.5999, "C"), (None, None)],
)
def test_confidence_by_the_cutoffs(
    model: Model, probability: float | None, confidence: str | None
) -> None:
    own = Model(
        model.features,
        model.classes,
        model.coefficients,
        model.intercepts,
        {"core": Cutoffs(0.90, 0.60)},
    )
    rows = pl.DataFrame(
        {"c": ["core" if probability else None], "p": [probability]},
        schema={"c": pl.String, "p": pl.Float64},
    )
    said = own.confidences(pl.col("c"), pl.col("p"))
    assert rows.select(said).to_series().to_list() == [confidence]


def test_every_prediction_carries_the_confidence_of_its_class(
    model: Model, texts: pl.DataFrame
) -> None:
    seen = set()
    for name, chance, confidence, _ in predict(model, texts).drop_nulls().iter_rows():
        own = model.cutoffs[name]
        assert confidence == (
            "A" if chance >= own.certain else "B" if chance >= own.likely else "C"
        )
        seen.add(confidence)
    assert seen == set(CONFIDENCES)


# --- intervals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_wilsons_interval(right: int, total: int, low: float, high: float) -> None:
    """The last line is the example of Newcombe (1998)."""
    assert wilson(right, total) == pytest.approx((low, high), abs=5e-5)
