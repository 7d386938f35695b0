"""Every page is usable by everyone: no violation of WCAG 2.1 A and AA that axe can find."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.conftest import PAGES, Demo, OpenPage, show

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}


@pytest.mark.parametrize("size", [(1366, 900), (400, 800)], ids=["desk", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(
    open_page: OpenPage, demo: Demo, path: str, size: tuple[int, int]
) -> None:
    page = open_page(*size)
    show(page, demo, path)
    found = Axe().run(page, options=RULES).response
    assert len(found["passes"]) > 10
    assert [
        (rule["id"], [node["html"][:200] for node in rule["nodes"][:3]])
        for rule in found["violations"]
    ] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_need_not_scroll_sideways(open_page: OpenPage, demo: Demo, path: str) -> None:
    page = open_page(400, 800)
    show(page, demo, path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
