"""Help at the screen: words tell their meaning by mouse, keyboard and touch; the guide leads on."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.access import find_violations
from tests.e2e.conftest import OpenPage, show
from tests.e2e.programs import Demo
from tests.e2e.test_work import focus

pytestmark = pytest.mark.browser

TARGET = 44


def word(page: Page, place: str, name: str) -> tuple[Locator, Locator]:
    """A word and its meaning."""
    told = f"explain-{place}-{name}"
    return page.locator(f'[aria-describedby="{told}"]'), page.locator(f"#{told}")


def test_by_mouse_it_can_be_pointed_at_and_goes_when_left(page: Page, demo: Demo) -> None:
    show(page, demo, "/kpi")
    term, told = word(page, "kpi", "base")
    expect(told).to_be_hidden()
    term.hover()
    expect(told).to_be_visible()
    expect(told).to_be_in_viewport(ratio=1)
    told.hover()
    page.wait_for_timeout(300)
    expect(told).to_be_visible()
    page.mouse.move(5, 5)
    expect(told).to_be_hidden()


def test_by_keyboard_it_shows_on_focus_and_escape_puts_it_away(page: Page, demo: Demo) -> None:
    show(page, demo, "/tasks")
    term, told = word(page, "tasks", "core")
    term.focus()
    expect(told).to_be_visible()
    expect(term).to_have_accessible_description(told.inner_text())
    assert find_violations(page) == []
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    expect(term).to_be_focused()
    page.keyboard.press("Enter")
    expect(told).to_be_visible()
    page.keyboard.press("Tab")
    expect(told).to_be_hidden()


def test_a_row_of_words_is_one_stop_for_tab(page: Page, demo: Demo) -> None:
    show(page, demo, "/tasks")
    first, last = word(page, "tasks", "core")[0], word(page, "tasks", "split")[0]
    first.focus()
    page.keyboard.press("ArrowRight")
    expect(word(page, "tasks", "noncore")[0]).to_be_focused()
    expect(word(page, "tasks", "noncore")[1]).to_be_visible()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(last).to_be_focused()
    page.keyboard.press("Tab")
    assert "ag-" in focus(page)
    page.keyboard.press("Shift+Tab")
    expect(last).to_be_focused()


def test_escape_puts_away_what_the_mouse_shows_and_one_shows_at_a_time(
    page: Page, demo: Demo
) -> None:
    show(page, demo, "/kpi")
    term, told = word(page, "kpi", "bpr_done")
    other, other_told = word(page, "kpi", "measured")
    other.focus()
    term.hover()
    expect(told).to_be_visible()
    expect(other_told).to_be_hidden()
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    page.mouse.move(5, 5)
    term.hover()
    expect(told).to_be_visible()


def test_it_is_not_cut_where_its_table_or_panel_ends(page: Page, demo: Demo) -> None:
    show(page, demo, "/candidates")
    term, told = word(page, "panel", "certainty")
    term.scroll_into_view_if_needed()
    term.hover()
    expect(told).to_be_in_viewport(ratio=1)
    page.mouse.move(5, 5)
    show(page, demo, "/kpi")
    term, told = word(page, "kpi-list", "forecast")
    term.hover()
    expect(told).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("path", ["/tasks", "/review", "/candidates", "/kpi", "/weights"])
def test_on_a_phone_a_tap_shows_it_whole(open_page: OpenPage, demo: Demo, path: str) -> None:
    page = open_page(400, 800)
    show(page, demo, path)
    for term in page.locator(".explained-row .term").all():
        term.click()
        told = page.locator(f"#{term.get_attribute('aria-describedby')}")
        expect(told).to_be_in_viewport(ratio=1)
        box = told.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 400
    expect(page.locator(".explanation:visible")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_a_finger_finds_each_word(open_page: OpenPage, demo: Demo) -> None:
    page = open_page(400, 800)
    show(page, demo, "/kpi")
    reach = """(term) => {
      const { left, top, width, height } = term.getBoundingClientRect();
      const x = left + width / 2, middle = top + height / 2;
      const hit = (y) => document.elementFromPoint(x, y) === term;
      let up = 0, down = 0;
      while (hit(middle - up - 1)) up += 1;
      while (hit(middle + down + 1)) down += 1;
      return up + down + 1;
    }"""
    for term in page.locator(".explained-row .term").all():
        term.scroll_into_view_if_needed()
        assert term.evaluate(reach) >= TARGET - 2


def test_unseen_heads_on_a_phone_take_no_focus(open_page: OpenPage, demo: Demo) -> None:
    page = open_page(400, 800)
    show(page, demo, "/kpi")
    term, _ = word(page, "kpi-list", "grade")
    term.evaluate("one => one.focus()")
    expect(term).not_to_be_focused()


def test_the_guide_leads_to_the_next_step_by_keyboard(page: Page, demo: Demo) -> None:
    show(page, demo, "/guide")
    expect(page.locator("#guide-answer")).to_contain_text("次は「分類を確かめる」です。")
    following = page.locator("[aria-current=step] .button")
    following.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{demo.url}/review")
    expect(page.locator("#review-heading")).to_be_visible()
