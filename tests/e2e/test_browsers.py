"""A browser that no longer answers holds nobody up."""

import re

import pytest
from playwright.sync_api import Error

from tests.e2e import browsers
from tests.e2e.browsers import GONE, Chromium

pytestmark = pytest.mark.browser


def test_a_browser_that_never_answers_is_replaced(
    chromium: Chromium, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsers, "PATIENCE", 1)
    page = chromium.browser().new_page()
    chromium.watch()
    with pytest.raises(Error) as told:
        page.evaluate("new Promise(() => {})")
    assert re.search(GONE, f"{told.type.__name__}: {told.value}")
    assert chromium.browser().new_page().evaluate("1 + 1") == 2
