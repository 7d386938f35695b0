"""A fiscal year begins on the first of April."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpr.decide.years import elapsed_share, fiscal_year, last_day


@pytest.mark.parametrize(
    ("day", "year"),
    [("2024-03-31", 2023), ("2024-04-01", 2024), ("2024-12-31", 2024), ("2025-01-01", 2024)],
)
def test_the_year_of_its_april(day: str, year: int) -> None:
    assert fiscal_year(date.fromisoformat(day)) == year


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_lies_in_its_year(day: date) -> None:
    year = fiscal_year(day)
    assert last_day(year - 1) < day <= last_day(year)


def test_how_much_of_a_year_has_passed() -> None:
    assert elapsed_share(2025, date(2025, 3, 31)) == 0
    assert elapsed_share(2025, date(2025, 4, 1)) == pytest.approx(1 / 365)
    assert elapsed_share(2023, date(2024, 3, 31)) == 1
    assert elapsed_share(2023, date(2030, 1, 1)) == 1
