"""Reviewing classes by keyboard alone: 1-4, reason, Enter, next, back, undo, look-alikes."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import show
from tests.e2e.programs import Demo

pytestmark = pytest.mark.browser

FIRST = "?division=%E5%9B%B3%E6%9B%B8%E9%A4%A8"


def task(page: Page) -> str:
    """Id of the task in the address."""
    return parse_qs(urlsplit(page.url).query).get("task", [""])[0]


def wait_for_heading(page: Page, text: str) -> None:
    """The task is shown, and its heading has the focus."""
    expect(page.locator("#review-heading")).to_have_text(text)
    expect(page.locator("#review-heading")).to_be_focused()


def test_keys_decide_move_and_undo(page: Page, demo: Demo) -> None:
    show(page, demo, "/review")
    names = page.locator(".queue a span").all_inner_texts()
    heading = page.locator("#review-heading")
    expect(heading).to_have_text(names[0])

    page.keyboard.press("n")
    wait_for_heading(page, names[1])
    second = task(page)
    page.keyboard.press("b")
    wait_for_heading(page, names[0])
    first = task(page)
    assert first != second

    page.keyboard.press("4")
    expect(page.locator("#review-reason")).to_be_focused()
    expect(page.locator('.choices input[value="nonroutine"]')).to_be_checked()
    page.keyboard.type("n は文字として入る")
    page.keyboard.press("Enter")
    wait_for_heading(page, names[1])
    expect(page.locator("#notice")).to_contain_text("「IV 非定型」と記録しました")
    expect(page.locator(".queue a span").first).not_to_have_text(names[0])

    page.keyboard.press("u")
    wait_for_heading(page, names[0])
    expect(page.locator("#notice")).to_contain_text("元に戻しました")
    expect(page.get_by_text("この業務の記録（2 件）")).to_be_visible()
    page.get_by_text("この業務の記録（2 件）").click()
    expect(page.locator(".review-task")).to_contain_text("理由：n は文字として入る")


def test_keys_pressed_before_the_next_task_is_there_decide_nothing(page: Page, demo: Demo) -> None:
    show(page, demo, "/review")
    names = page.locator(".queue a span").all_inner_texts()
    for key in ("n", "1", "Enter"):
        page.keyboard.press(key)
    wait_for_heading(page, names[1])
    expect(page.locator("#notice")).to_be_empty()
    assert page.locator(".queue a span").all_inner_texts()[:2] == names[:2]


def test_a_decision_is_seen_on_the_list_of_tasks(page: Page, demo: Demo) -> None:
    show(page, demo, "/review")
    names = page.locator(".queue a span").all_inner_texts()
    page.keyboard.press("n")
    wait_for_heading(page, names[1])
    decided = task(page)
    page.keyboard.press("1")
    page.keyboard.type("職員が決める")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("「I コア」と記録しました")
    page.goto(f"{demo.url}/tasks?task={decided}")
    expect(page.locator("#tasks-detail .verdict")).to_contain_text("I コア　人の確認")
    page.goto(f"{demo.url}/review")
    page.locator("#review-undo").click()
    expect(page.locator("#notice")).to_contain_text("元に戻しました")


def test_filters_keep_to_the_address(page: Page, demo: Demo) -> None:
    show(page, demo, f"/review{FIRST}")
    places = page.locator(".queue small").all_inner_texts()
    assert places
    assert all(place.startswith("図書館") for place in places)
    page.keyboard.press("n")
    page.wait_for_url("**task=*")
    assert parse_qs(urlsplit(page.url).query)["division"] == ["図書館"]


def test_the_badge_opens_to_its_base(page: Page, demo: Demo) -> None:
    show(page, demo, "/review")
    badge = page.locator("details.badge")
    expect(badge.locator("summary")).to_contain_text("母数")
    badge.locator("summary").click()
    expect(badge.locator("table")).to_contain_text("確信度 A")
