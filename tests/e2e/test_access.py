"""Every page is usable by everyone: axe finds nothing, all is large enough, nothing scrolls sideways."""

import pytest
from playwright.sync_api import Page

from tests.e2e.access import require_access
from tests.e2e.conftest import PAGES, show
from tests.e2e.programs import Demo

pytestmark = pytest.mark.browser

ELSEWHERE = ("/imports", "/kpi", "/papers", "/portfolio")
"""Pages whose own tests look at all their states in the same way."""
PATHS = [path for path in PAGES if path != "/" and not path.startswith(ELSEWHERE)]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_usable(page: Page, demo: Demo, path: str) -> None:
    show(page, demo, path)
    require_access(page)
