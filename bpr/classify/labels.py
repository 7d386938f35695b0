"""The labelled examples that come with the product (labels.csv), as frames to learn from."""

import io
from importlib import resources
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

CLASS_COLUMNS: Final = (
    "kind",
    "division",
    "unit",
    "task_name",
    "activity_name",
    "work_class",
    "certainty",
)
"""What a class is learned from."""
LABEL_COLUMNS: Final = (
    *CLASS_COLUMNS,
    "medium",
    "first_class",
    "second_class",
    "resolution",
)
UNKNOWN_MEDIUM: Final = "unknown"
"""Label of a medium: the wording does not tell."""


def read_labels() -> pl.DataFrame:
    """Labelled examples, all text; docs/classification.md tells how they were made.

    `kind`: kind of division; `certainty`: 3 = any colleague would agree … 1; `medium`: empty where
    it was not labelled twice; `first_class`, `second_class`: the two labellings; `resolution`: why
    `work_class` was chosen where they differ.
    """
    return _read("labels.csv").select(LABEL_COLUMNS)


def weigh_labels(labels: pl.DataFrame) -> NDArray[np.float64]:
    """Weight of each label: 1 for one of which any colleague would agree (certainty 3)."""
    return labels["certainty"].cast(pl.Float64).to_numpy() / 3


def read_cases() -> pl.DataFrame:
    """Published cases that say whether a task is core: names and source only, never learned from."""
    return _read("cases.csv")


def read_held_out() -> pl.DataFrame:
    """Return a town's list that is never learned from: only to measure on."""
    return _read("held_out.csv")


def _read(name: str) -> pl.DataFrame:
    data = resources.files("bpr.classify").joinpath(name).read_bytes()
    return pl.read_csv(io.BytesIO(data), infer_schema_length=0).with_columns(pl.all().fill_null(""))
