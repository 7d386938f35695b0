"""The report on the town, made once."""

import pytest

from bpr.pipeline import Report
from tests.tabulate.town import town_report


@pytest.fixture(scope="session")
def report() -> Report:
    return town_report()
