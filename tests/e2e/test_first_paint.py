"""What one sees before the scripts have run, and how it makes room for the app."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from bpr.dashboard.first_paint import MOST
from tests.e2e.conftest import PAGES
from tests.e2e.programs import Demo

pytestmark = pytest.mark.browser
RENDERER = "**/*dash_renderer*"


@pytest.fixture
def slow(browser: Browser) -> Iterator[Page]:
    """A page whose scripts come late or never."""
    page = browser.new_context(locale="ja-JP").new_page()
    yield page
    page.context.close()


def test_the_page_can_be_read_before_the_scripts_are_there(slow: Page, demo: Demo) -> None:
    held: list[Route] = []
    slow.route(RENDERER, lambda route: held.append(route))  # noqa: PLW0108 - playwright wants a function
    slow.goto(demo.url, wait_until="commit")
    paint = slow.locator("#first-paint")
    expect(paint.locator("h1")).to_contain_text("職員でなければできない仕事は")
    expect(paint.locator("h1")).to_be_in_viewport()
    expect(slow.get_by_role("heading")).to_have_count(0)  # what cannot be used yet is not read out
    before = paint.locator("h1").bounding_box()
    for route in held:
        route.continue_()
    expect(paint).to_have_count(0)
    heading = slow.get_by_role("heading", level=1)
    expect(heading).to_contain_text("職員でなければできない仕事は")
    assert heading.bounding_box() == before


def show_paint(slow: Page, demo: Demo, path: str) -> None:
    """Show what the document holds on the screen of a desk; the app never comes."""
    slow.route(RENDERER, lambda _: None)
    slow.set_viewport_size({"width": 1366, "height": 900})
    slow.goto(f"{demo.url}{path}", wait_until="commit")
    slow.wait_for_selector("#first-paint main")


@pytest.mark.parametrize("path", PAGES)
def test_what_a_screen_shows_is_all_there(slow: Page, demo: Demo, path: str) -> None:
    """Nothing is left out above the lower edge of a desk's screen, in any page."""
    show_paint(slow, demo, path)
    found = slow.evaluate(
        """() => {
      const main = document.querySelector("#first-paint main");
      const all = [...main.querySelectorAll("*")];
      const leaves = all.filter((element) => element.childElementCount === 0);
      return [all.length, Math.max(...leaves.map((e) => e.getBoundingClientRect().bottom))];
    }"""
    )
    elements, bottom = found
    assert elements < MOST - 80 or bottom >= 900  # short, or longer than the screen


@pytest.mark.parametrize("path", ["/", "/compare", "/kpi", "/papers", "/guide"])
def test_no_table_ends_too_early_in_sight(slow: Page, demo: Demo, path: str) -> None:
    """A table without its last rows would tell something else for a second."""
    show_paint(slow, demo, path)
    ended = slow.evaluate(
        """() => [...document.querySelectorAll("#first-paint main table")].map((table) =>
      table.getClientRects().length && table.getBoundingClientRect().bottom < 900
        ? table.textContent : null)"""
    )
    slow.unroute(RENDERER)
    slow.reload()
    expect(slow.locator("#first-paint")).to_have_count(0)
    whole = slow.locator("#react-entry-point main table").all_text_contents()
    assert [text for text in ended if text] == [
        text for text, at_end in zip(whole, ended, strict=False) if at_end
    ]


def test_scripts_wait_until_something_is_drawn(slow: Page, demo: Demo) -> None:
    slow.goto(demo.url)
    expect(slow.locator("#first-paint")).to_have_count(0)
    drawn, fetched = slow.evaluate(
        """() => [
      performance.getEntriesByName("first-contentful-paint")[0].startTime,
      Math.min(...performance.getEntriesByType("resource")
        .filter((entry) => entry.initiatorType === "script").map((entry) => entry.startTime)),
    ]"""
    )
    assert fetched >= min(drawn, 500)  # after half a second they wait no longer


def test_a_script_that_fails_is_not_hidden_behind_it(slow: Page, demo: Demo) -> None:
    slow.route(RENDERER, lambda route: route.abort())
    slow.goto(demo.url)
    expect(slow.locator("#first-paint")).to_have_count(0)
