"""Fitting from labels: once per process, the same each time, certain labels first."""

import polars as pl
import pytest
from numpy.testing import assert_array_equal

from bpr.classify.classifier import fit_class_model, fit_medium_model, load_classifier
from bpr.classify.features import gather_texts
from bpr.classify.labels import read_labels
from tests.builder import SETTINGS


def test_the_models_are_fitted_once_per_process() -> None:
    assert load_classifier(SETTINGS.acts) is load_classifier(dict(SETTINGS.acts))


@pytest.fixture(scope="module")
def few() -> pl.DataFrame:
    """Every tenth label: quick to fit."""
    return read_labels().gather_every(10)


def test_fitting_again_gives_the_same_model(few: pl.DataFrame) -> None:
    first, second = (fit_class_model(few, SETTINGS.acts) for _ in range(2))
    assert_array_equal(first.coefficients, second.coefficients)
    assert_array_equal(first.intercepts, second.intercepts)
    assert first.cutoffs == second.cutoffs


def test_a_certain_label_weighs_more_than_a_doubtful_one(few: pl.DataFrame) -> None:
    """The same two names, labelled both ways: the certain word decides."""
    name = {**few.row(0, named=True), "task_name": "鱗の鑑賞", "activity_name": ""}
    for sure, unsure in (("core", "routine"), ("routine", "core")):
        rows = [
            {**name, "work_class": sure, "certainty": "3"},
            {**name, "work_class": unsure, "certainty": "1"},
        ]
        own = pl.DataFrame(rows * 20, schema=few.schema)
        fitted = fit_class_model(pl.concat([few, own]), SETTINGS.acts)
        [chances] = fitted.probabilities(gather_texts(own.head(1)))
        assert fitted.classes[chances.argmax()] == sure


def test_the_medium_is_learned_only_where_it_was_labelled(few: pl.DataFrame) -> None:
    labelled = few.filter(pl.col("medium") != "")
    assert 0 < labelled.height < few.height
    first, second = (fit_medium_model(rows, SETTINGS.acts) for rows in (few, labelled))
    assert_array_equal(first.coefficients, second.coefficients)
