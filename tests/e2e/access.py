"""What everyone needs of a page, told by axe and by measuring: nothing found means usable."""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

DESK = ViewportSize(width=1366, height=768)
PHONE = ViewportSize(width=400, height=800)
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}
"""WCAG 2.1 A and AA, which hold all of JIS X 8341-3:2016 AA; what passes is not described at length."""
_SETTLE = """new Promise((done) => {
  requestAnimationFrame(() => setTimeout(done, 250));
  setTimeout(done, 5000);  // a page that is not drawn gets no frames
})"""
_SMALL = """() => [...document.querySelectorAll(
    'main a, main button, main summary, main textarea, main label:has(input[type=checkbox]),'
    + ' main input:not([type=checkbox], [type=radio], [type=file])')]
  .filter((e) => e.offsetParent && !e.closest('.ag-root, .mantine-Input-section'))
  .filter((e) => !e.matches('.term'))
  .filter((e) => e.getBoundingClientRect().height < 43.5)
  .map((e) => e.outerHTML.slice(0, 120))"""


def both_sizes(page: Page) -> Iterator[None]:
    """Let a page be looked at on a desk and on a phone; afterwards it is as it was."""
    before = page.viewport_size
    for size in (DESK, PHONE, before):
        assert size is not None
        page.set_viewport_size(size)
        page.evaluate(_SETTLE)
        if size is not before:
            yield


def find_violations(page: Page) -> list[tuple[str, list[str]]]:
    """Rules of A and AA that axe finds broken, with the elements."""
    found = Axe().run(page, options=RULES).response
    assert len(found["passes"]) > 10  # it has looked
    return [
        (rule["id"], [node["html"][:200] for node in rule["nodes"][:3]])
        for rule in found["violations"]
    ]


def find_small_targets(page: Page) -> list[str]:
    """Elements to press that are lower than 44 px.

    Not those inside a grid or a field; explained words reach beyond their letters (test_help.py).
    """
    return list(page.evaluate(_SMALL))


def require_access(page: Page) -> None:
    """Nothing that axe finds, nothing too small to press, no scrolling sideways, on both sizes."""
    for _ in both_sizes(page):
        assert find_violations(page) == []
        assert find_small_targets(page) == []
        require_one_width(page)


def require_one_width(page: Page) -> None:
    """No scrolling sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
