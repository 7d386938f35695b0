"""Aggregates for other towns: numbers worked out by hand, and nothing small gets out."""

import polars as pl
import pytest

from bpr.frames import DataFrame
from bpr.frames.exchange import ExchangeCells
from bpr.match.wordings import find_wordings
from bpr.pipeline import Report
from bpr.tabulate.exchange import digest_families, list_sums, sum_cells, suppress_cells
from tests.builder import SETTINGS

FAMILIES = SETTINGS.common_work.families


@pytest.fixture
def cells(report: Report) -> DataFrame[ExchangeCells]:
    """The town of 1,000 hours; one of its seven tasks tells no hours."""
    family = find_wordings(report.tasks, FAMILIES)
    return sum_cells(report.tasks, family, FAMILIES, population=20_000)


def of(cells: pl.DataFrame, table: str, row: str, column: str = "total") -> dict[str, object]:
    return cells.filter(table=table, row_key=row, column_key=column).row(0, named=True)


def test_the_whole_town(cells: pl.DataFrame) -> None:
    """Minutes per case: 24, 60, 6, 180, 300 and 100/14; quartiles between them by hand."""
    whole = of(cells, "total", "total")
    assert (whole["tasks"], whole["hours"], whole["hours_per_10000"]) == (6, 1000, 500)
    assert whole["divisions"] == 2
    assert whole["median_minutes"] == pytest.approx((24 + 60) / 2)
    low, high = 50 / 7, 60.0
    assert whole["lower_minutes"] == pytest.approx(low + 0.25 * (24 - low), abs=0.05)
    assert whole["upper_minutes"] == pytest.approx(high + 0.75 * (180 - high), abs=0.05)


def test_classes_media_and_seals(cells: pl.DataFrame) -> None:
    assert of(cells, "class_medium", "core")["hours"] == 200
    assert of(cells, "class_medium", "total", "paper")["hours"] == 500
    assert of(cells, "class_medium", "total", "mixed")["hours"] == 200
    assert of(cells, "class_medium", "routine", "paper")["hours"] == 400
    assert of(cells, "seal", "yes")["hours"] == 250
    assert of(cells, "seal", "no")["tasks"] == 3


def test_few_cases_tell_no_minutes(cells: pl.DataFrame) -> None:
    """Quartiles of fewer than 5 tasks would be those tasks themselves."""
    told = cells.filter(pl.col("median_minutes").is_not_null())
    assert told["tasks"].to_list()
    assert min(told["tasks"]) >= 5


def test_every_sum_is_the_sum_of_its_parts(cells: pl.DataFrame) -> None:
    counts, hours = cells["tasks"].to_list(), cells["hours"].to_list()
    sums = list_sums(cells)
    assert len(sums) == 4 + 5 + 5
    for one in sums:
        assert counts[one.total] == sum(counts[part] for part in one.parts)
        assert hours[one.total] == sum(hours[part] for part in one.parts)


def test_nothing_of_fewer_than_five_tasks_is_told(cells: DataFrame[ExchangeCells]) -> None:
    told = suppress_cells(cells)
    counts = told["tasks"].drop_nulls().to_list()
    assert all(count == 0 or count >= 5 for count in counts)
    hidden = told.filter(pl.col("tasks").is_null())
    assert hidden.height > 5
    assert all(hidden[name].null_count() == hidden.height for name in hidden.columns[3:])
    shown = told.filter(pl.col("tasks").is_not_null())
    assert shown.equals(cells.join(shown, on=cells.columns[:3], how="semi", maintain_order="left"))


def test_a_sum_with_one_suppressed_part_is_suppressed_too(cells: DataFrame[ExchangeCells]) -> None:
    counts = suppress_cells(cells)["tasks"].to_list()
    for one in list_sums(cells):
        if counts[one.total] is not None:
            assert [counts[part] for part in one.parts].count(None) != 1


def test_without_inhabitants_there_is_no_number_per_inhabitant(report: Report) -> None:
    found = sum_cells(report.tasks, find_wordings(report.tasks, FAMILIES), FAMILIES)
    assert found["hours_per_10000"].null_count() == found.height


def test_the_digest_tells_other_families() -> None:
    digest = digest_families(FAMILIES)
    assert digest == digest_families(dict(FAMILIES))
    assert digest != digest_families({name: FAMILIES[name] for name in list(FAMILIES)[1:]})
