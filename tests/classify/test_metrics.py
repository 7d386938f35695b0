"""Measures, each computed by hand."""

import polars as pl
import pytest

from bpr.classify.metrics import (
    Share,
    calibration_error,
    measure,
    ranking_quality,
    share,
    worst_group,
)

ROWS = pl.DataFrame(
    [
        ("core", "core", 0.95, "A", "税務課"),
        ("core", "core", 0.85, "A", "税務課"),
        ("core", "routine", 0.65, "C", "税務課"),
        ("expert", "expert", 0.75, "B", "福祉課"),
        ("expert", None, None, None, "福祉課"),
        ("routine", "routine", 0.95, "A", "福祉課"),
        ("routine", "routine", 0.75, "B", "福祉課"),
        ("nonroutine", "routine", 0.45, "C", "福祉課"),
    ],
    schema=["truth", "predicted", "probability", "confidence", "group"],
    orient="row",
)


def test_accuracy_counts_silence_as_wrong() -> None:
    assert measure(ROWS).accuracy == Share(5, 8)


def test_core_or_not_is_easier_than_four_classes() -> None:
    """Wrong only: the core task called routine."""
    assert measure(ROWS).core_accuracy == Share(7, 8)


def test_macro_f1_is_the_mean_over_the_classes() -> None:
    """F1 = 2 x right / (said + true): core 4/5, expert 2/3, routine 4/6, nonroutine 0."""
    assert measure(ROWS).macro_f1 == pytest.approx((4 / 5 + 2 / 3 + 4 / 6 + 0) / 4)


def test_recall_by_class() -> None:
    assert measure(ROWS).recall == {
        "core": Share(2, 3),
        "expert": Share(1, 2),
        "routine": Share(2, 2),
        "nonroutine": Share(0, 1),
    }


def test_accuracy_by_confidence_with_its_coverage() -> None:
    assert measure(ROWS).by_confidence == {"A": Share(3, 3), "B": Share(2, 2), "C": Share(0, 2)}


def test_the_calibration_error_is_the_mean_gap_of_ten_bins() -> None:
    """0.9-1: two, gap 0.05; 0.8: 0.15; 0.7: two, 0.25; 0.6: 0.65; 0.4: 0.45; of seven in all."""
    gaps = 2 * 0.05 + 0.15 + 2 * 0.25 + 0.65 + 0.45
    assert measure(ROWS).calibration_error == pytest.approx(gaps / 7)


def test_a_probability_of_one_falls_in_the_last_bin() -> None:
    error = calibration_error(pl.Series([1.0, 0.9]), pl.Series([True, False]))
    assert error == pytest.approx(abs(0.95 - 0.5))


def test_what_was_not_given_is_not_measured() -> None:
    found = measure(ROWS.select("truth", "predicted"))
    assert (found.by_confidence, found.calibration_error, found.worst_group) == ({}, None, None)


def test_other_classes_can_be_measured() -> None:
    rows = pl.DataFrame({"truth": ["paper", "none"], "predicted": ["paper", "paper"]})
    found = measure(rows, ("paper", "none"))
    assert found.macro_f1 == pytest.approx((2 / 3 + 0) / 2)
    assert found.recall == {"paper": Share(1, 1), "none": Share(0, 1)}


def test_the_worst_group_has_at_least_ten_rows() -> None:
    groups = pl.Series(["少"] * 9 + ["悪"] * 10 + ["良"] * 20)
    right = pl.Series([False] * 9 + [True] * 6 + [False] * 4 + [True] * 13 + [False] * 7)
    assert worst_group(groups, right) == ("悪", Share(6, 10))
    assert worst_group(groups.head(9), right.head(9)) is None


def test_a_share_with_its_interval() -> None:
    assert share(pl.Series([True, False, True])) == Share(2, 3)
    assert Share(81, 263).value == pytest.approx(0.308, abs=5e-4)
    assert Share(81, 263).interval == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert (Share(0, 0).value, Share(0, 0).interval) == (0.0, (0.0, 1.0))


@pytest.mark.parametrize(
    ("probability", "quality"),
    [([0.9, 0.8, 0.2, 0.1], 1.0), ([0.1, 0.2, 0.8, 0.9], 0.0), ([0.9, 0.2, 0.8, 0.1], 0.75)],
)
def test_ranking_quality_counts_pairs_in_the_right_order(
    probability: list[float], quality: float
) -> None:
    assert ranking_quality(probability, [True, True, False, False]) == quality
