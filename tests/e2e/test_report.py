"""The report for the council in a browser: usable by everyone, on a screen and on a phone."""

from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Page

import bpr
from bpr.export.report import write_report
from tests.e2e.access import both_sizes, find_violations, require_one_width
from tests.e2e.conftest import SAMPLE
from tests.export.matters import matter_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def report(tasks: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the sample town as a file."""
    town = bpr.analyze([SAMPLE])
    assert town.tasks.height == tasks.height
    file = tmp_path_factory.mktemp("report") / "報告書.html"
    file.write_bytes(write_report(matter_of(town)))
    return file


def test_axe_finds_nothing(page: Page, report: Path) -> None:
    page.goto(report.as_uri())
    for _ in both_sizes(page):
        require_one_width(page)
        assert find_violations(page) == []
