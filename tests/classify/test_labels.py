"""The labelled examples: enough, complete, resolved where two labellings differ, never leaked."""

import polars as pl
import pytest

from bpr.classify.labels import (
    LABEL_COLUMNS,
    UNKNOWN_MEDIUM,
    read_cases,
    read_held_out,
    read_labels,
)
from bpr.terms import MEDIUM_GROUPS, WORK_CLASSES
from bpr.text import squeeze

LABELS = read_labels()
NAME = ["division", "task_name", "activity_name"]


def test_there_are_enough_of_many_divisions() -> None:
    assert LABELS.height >= 1500
    assert LABELS["division"].n_unique() >= 35
    assert tuple(LABELS.columns) == LABEL_COLUMNS


@pytest.mark.parametrize(
    ("column", "legal"),
    [
        ("work_class", set(WORK_CLASSES)),
        ("first_class", set(WORK_CLASSES)),
        ("second_class", set(WORK_CLASSES)),
        ("certainty", {"1", "2", "3"}),
        ("medium", {*MEDIUM_GROUPS, UNKNOWN_MEDIUM, ""}),
    ],
)
def test_every_value_is_one_that_is_meant(column: str, legal: set[str]) -> None:
    assert set(LABELS[column]) <= legal


def test_every_class_was_labelled() -> None:
    assert set(LABELS["work_class"]) == set(WORK_CLASSES)


@pytest.mark.parametrize("column", ["kind", "division", "task_name"])
def test_nobody_is_nameless(column: str) -> None:
    assert LABELS.filter(pl.col(column).str.strip_chars() == "").height == 0


def test_a_division_is_of_one_kind() -> None:
    """Else leaving out a kind would not leave out the division."""
    kinds = LABELS.group_by("division").agg(pl.col("kind").unique())
    assert kinds.filter(pl.col("kind").list.len() > 1).rows() == []


def test_where_two_labellings_agree_that_is_the_class() -> None:
    agreed = LABELS.filter(pl.col("first_class") == pl.col("second_class"))
    assert agreed.filter(pl.col("work_class") != pl.col("first_class")).rows() == []


def test_where_they_differ_somebody_says_why() -> None:
    differ = LABELS.filter(pl.col("first_class") != pl.col("second_class"))
    assert differ.height > 0
    assert differ.filter(pl.col("resolution").str.strip_chars() == "").rows() == []


def test_no_name_of_a_division_is_labelled_twice() -> None:
    assert LABELS.filter(LABELS.select("unit", *NAME).is_duplicated()).rows() == []


# --- never learned from -------------------------------------------------------------------------


def test_the_held_out_list_can_be_measured_on() -> None:
    rows = read_held_out()
    assert set(rows["work_class"]) == set(WORK_CLASSES)
    assert rows.filter(pl.col("task_name") == "").height == 0
    assert {*NAME, "unit"} < set(rows.columns)


def test_no_row_of_the_held_out_list_was_labelled_for_learning() -> None:
    labels, held_out = (
        {squeeze("\0".join(row)) for row in rows.select(NAME[1:]).iter_rows()}
        for rows in (LABELS, read_held_out())
    )
    assert held_out & labels == set()


def test_published_cases_hold_names_and_sources_only() -> None:
    cases = read_cases()
    assert cases.columns == [
        "id", "municipality", "department", "task_name", "label_core", "whole_category",
        "source_url",
    ]  # fmt: skip
    assert cases["id"].is_unique().all()
    assert set(cases["label_core"]) == set(cases["whole_category"]) == {"0", "1"}
    assert cases["source_url"].str.contains("^https?://").all()
