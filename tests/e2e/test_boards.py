"""候補 as effect × ease and BPR対象 as board and schedule: by keyboard, by mouse, on a phone."""

import pytest
from playwright.sync_api import Page, expect

from bpr.tabulate.listing import TaskQuery
from tests.e2e.access import require_access
from tests.e2e.conftest import OpenPage, show
from tests.e2e.programs import Demo
from tests.e2e.test_targets import decided, walk_to

pytestmark = pytest.mark.browser

MATRIX = "/candidates?view=matrix"


def look(page: Page, demo: Demo, path: str) -> None:
    """Go to a page that holds no list of rows in sight, and wait until it is filled."""
    page.goto(demo.url + path)
    page.wait_for_selector("h1")
    page.wait_for_load_state("networkidle")


def test_by_keyboard_from_the_list_through_the_picture_to_a_task(
    open_page: OpenPage, demo: Demo
) -> None:
    page = open_page()
    show(page, demo, "/candidates")
    walk_to(page, "効果×取り組みやすさ")
    page.keyboard.press("Enter")
    expect(page.locator(".matrix-sentence")).to_contain_text("「すぐやる」業務")
    expect(page.locator("#candidates-matrix-chart .scatterlayer .trace").first).to_be_visible()
    expect(page.locator(".ag-root")).to_be_hidden()
    walk_to(page, "同じ数字を表で見る")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    name = page.evaluate("document.activeElement.firstChild.textContent")
    page.keyboard.press("Enter")
    expect(page.locator("#candidates-detail h2")).to_have_text(name)
    expect(page.locator("#candidates-opened")).to_be_focused()
    expect(page.locator(".matrix-sentence")).to_be_visible()
    page.get_by_label("手段").first.click()
    page.get_by_role("option", name="RPA", exact=True).click()
    expect(page.locator(".matrix-sentence")).to_contain_text("候補 107 業務のうち")
    assert "lever=rpa&view=matrix" in page.url
    expect(page.locator("#candidates-opened")).to_have_count(0)
    page.get_by_role("link", name="一覧", exact=True).click()
    expect(page.locator(".ag-row .task-name").first).to_be_visible()
    expect(page.locator(".matrix")).to_have_count(0)


def test_a_dot_opens_its_task(open_page: OpenPage, demo: Demo) -> None:
    page = open_page()
    look(page, demo, MATRIX)
    chart = page.locator("#candidates-matrix-chart")
    chart.scroll_into_view_if_needed()
    dots = chart.locator(".scatterlayer .trace .point")
    assert dots.count() == 60
    box = dots.nth(0).bounding_box()
    assert box is not None
    center = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(center[0] + 1, center[1])
    chart.locator(".hoverlayer .hovertext").wait_for(state="attached")
    page.mouse.click(*center)
    page.wait_for_url("**task=**")
    expect(chart.locator(".legendtext").last).to_have_text("表示中の業務")
    opened = TaskQuery.parse(page.url.partition("?")[2]).task
    expect(page.locator("#candidates-detail")).to_contain_text(f"業務ID {opened}")


def test_by_keyboard_a_card_moves_on_and_the_focus_stays(open_page: OpenPage, own: Demo) -> None:
    decided(own)
    page = open_page()
    look(page, own, "/targets")
    walk_to(page, "看板")
    page.keyboard.press("Enter")
    columns = page.locator(".board-column")
    expect(columns).to_have_count(6)
    expect(columns.nth(1).locator("li")).to_have_count(2)
    expect(columns.nth(1)).to_contain_text("予定年度を超過")
    walk_to(page, "「検討中」にする")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("を「検討中」にしました。")
    expect(columns.nth(1).locator("li")).to_have_count(1)
    expect(columns.nth(2).locator("li")).to_have_count(1)
    assert page.evaluate("document.activeElement !== document.body")
    columns.nth(2).locator("h3 a").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#target")).to_be_focused()
    expect(page.locator("#targets-detail .status")).to_have_text("検討中")
    expect(columns.nth(2).get_by_role("button")).to_have_count(0)
    page.get_by_role("link", name="予定", exact=True).click()
    expect(page.locator("table.schedule tbody tr")).to_have_count(4)
    expect(page.locator("table.schedule")).to_contain_text("予定を超過")


def test_everyone_can_use_them(page: Page, own: Demo) -> None:
    decided(own)
    for path in (MATRIX, "/targets?view=board", "/targets?view=schedule"):
        look(page, own, path)
        require_access(page)
