"""Reports and opened workbooks that several tests of exports look at."""

import io
from collections.abc import Callable

import openpyxl
import pytest

from bpr.pipeline import Report
from tests.export.hostile import hostile_report
from tests.tabulate.town import town_report


@pytest.fixture(scope="session")
def town() -> Report:
    return town_report()


@pytest.fixture(scope="session")
def hostile() -> Report:
    return hostile_report()


@pytest.fixture(scope="session")
def opened() -> Callable[[bytes], openpyxl.Workbook]:
    return lambda data: openpyxl.load_workbook(io.BytesIO(data))
