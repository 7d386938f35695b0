"""組合せ at the screen: from the limits to the chosen tasks and the files, by keyboard too."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import pytest
from playwright.sync_api import Page, Route, expect

import bpr
from bpr.frames.portfolio import Limits, Portfolio
from bpr.report import Report
from bpr.score.portfolio import choose_portfolio
from bpr.score.savings import list_licences
from bpr.workspace.choosing import list_options
from tests.e2e.access import require_access
from tests.e2e.conftest import SAMPLE, show
from tests.e2e.programs import Demo
from tests.e2e.test_work import press_until

pytestmark = pytest.mark.browser

SEARCH = "/portfolio?tasks=5&days=60"
SLOW = 120_000
"""Milliseconds that solving may take on a busy machine."""


@pytest.fixture(scope="module")
def report() -> Report:
    """The sample town, computed apart from the server."""
    return bpr.analyze([SAMPLE])


@pytest.fixture(scope="module")
def best(report: Report) -> Portfolio:
    licences = list_licences(report.settings.savings)
    return choose_portfolio(list_options(report), licences, Limits(5, staff_days=60.0))


def wait(page: Page) -> None:
    """Wait until everything is computed."""
    expect(page.locator("#portfolio-answer")).to_contain_text("時間を生む", timeout=SLOW)
    expect(page.locator("#portfolio-beyond h2").last).to_be_visible(timeout=SLOW)
    expect(page.locator("#portfolio-beyond-status")).to_be_empty()


def test_the_portfolio_is_that_of_the_solver(
    page: Page, demo: Demo, report: Report, best: Portfolio
) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    show(page, demo, SEARCH)
    wait(page)
    head = page.locator("#portfolio-answer")
    count = best.chosen.height
    expect(head).to_contain_text(f"{count} 業務で年 {best.saving_hours:,.0f} 時間を生む")
    shown = [
        text.split("\t")[3].strip().split("\n")[0]
        for text in page.locator(".chosen tr").all_inner_texts()
    ]
    assert shown[1:-1] == [f"{hours:,.0f}" for hours in best.chosen["saving_hours"]]
    assert shown[-1] == f"{best.saving_hours:,.0f}"
    expect(page.locator("#portfolio-result")).to_contain_text(f"全 {report.tasks.height:,} 業務の")
    hosts = {p.netloc for p in map(urlsplit, asked) if p.scheme not in {"data", "blob"}}
    assert hosts == {f"127.0.0.1:{demo.port}"}


def test_people_are_told_to_wait(page: Page, demo: Demo) -> None:
    """The answer of the server is held back meanwhile."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        body = json.loads(route.request.post_data or "{}")
        if "portfolio-head.children" in str(body.get("output")):
            held.append(route)
        else:
            route.continue_()

    page.route("**/_dash-update-component*", hold)
    page.goto(demo.url + SEARCH)
    status, button = (
        page.locator("[role=status]#portfolio-status"),
        page.locator("#portfolio-choose"),
    )
    expect(status).to_contain_text("計算しています")
    expect(button).to_have_text("選んでいます…")
    expect(page.locator("#portfolio-answer")).to_contain_text("選んでいます")
    for _ in range(200):
        if held:
            break
        page.wait_for_timeout(50)
    held[0].continue_()
    wait(page)
    expect(status).to_be_empty()
    expect(button).to_have_text("組み合わせを選ぶ")


def test_by_keyboard_from_the_limits_to_the_file(page: Page, demo: Demo, tmp_path: Path) -> None:
    show(page, demo, SEARCH)
    wait(page)
    press_until(page, "Tab", "portfolio-tasks", 25)
    page.keyboard.press("Control+A")
    page.keyboard.type("4")
    press_until(page, "Tab", "portfolio-days", 3)
    page.keyboard.press("Control+A")
    page.keyboard.type("４５人日")
    page.keyboard.press("Enter")
    expect(page.locator("#portfolio-answer")).to_contain_text("4 業務で年", timeout=SLOW)
    assert "tasks=4" in page.url
    wait(page)
    save = page.locator("#portfolio-save")
    expect(save).to_be_enabled(timeout=SLOW)
    press_until(page, "Tab", "portfolio-save", 12)
    with page.expect_download(timeout=SLOW) as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "業務の組合せ.xlsx"
    download.value.save_as(tmp_path / "portfolio.xlsx")
    book = openpyxl.load_workbook(tmp_path / "portfolio.xlsx")
    assert book.sheetnames == ["選んだ業務", "入らなかった業務", "あと少しの価値", "条件"]
    sheet = book["選んだ業務"]
    assert sheet["G10"].value == "=SUM(G6:G9)"
    press_until(page, "Tab", "portfolio-save-targets", 2)
    with page.expect_download(timeout=SLOW) as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "targets.xlsx")
    targets = openpyxl.load_workbook(tmp_path / "targets.xlsx").worksheets[0]
    ids = {cell.value for row in targets.iter_rows(min_row=6) for cell in row}
    assert {sheet[f"M{row}"].value for row in range(6, 10)} <= ids


def test_a_wrong_number_is_named_and_then_forgotten(page: Page, demo: Demo) -> None:
    show(page, demo, SEARCH)
    wait(page)
    page.fill("#portfolio-budget", "たくさん")
    page.click("#portfolio-choose")
    notice = page.locator("#notice")
    expect(notice).to_contain_text("「予算（初年度、円）」の「たくさん」は使えません。")
    expect(notice).to_be_in_viewport()
    assert page.url.endswith(SEARCH)
    page.fill("#portfolio-budget", "")
    page.fill("#portfolio-tasks", "3")
    page.click("#portfolio-choose")
    expect(page.locator("#portfolio-answer")).to_contain_text("3 業務で年", timeout=SLOW)
    expect(notice).to_be_empty()
    page.go_back()
    expect(page.locator("#portfolio-answer")).to_contain_text("5 業務で年", timeout=SLOW)
    expect(page.locator("#portfolio-tasks")).to_have_value("5")
    wait(page)


def test_what_more_would_bring_can_be_read(page: Page, demo: Demo) -> None:
    show(page, demo, SEARCH)
    wait(page)
    chart = page.get_by_role("img", name="職員の手間をあと 5 人日広げると")
    expect(chart).to_be_visible()
    page.get_by_text("同じ数字を表で見る").click()
    rows = page.locator(".numbers-table tbody tr")
    bars = page.locator("#portfolio-chart .bars .point")
    expect(bars).to_have_count(rows.count())
    expect(rows.first).to_contain_text("あと 1 業務")


def test_the_way_back_keeps_the_weights(page: Page, demo: Demo) -> None:
    show(page, demo, f"{SEARCH}&weights=volume:2")
    wait(page)
    page.get_by_role("link", name="候補に戻る").click()
    expect(page.locator("#candidates-answer")).to_be_visible()
    assert page.url.endswith("/candidates?weights=volume%3A2")


def test_everyone_can_use_it(page: Page, demo: Demo) -> None:
    show(page, demo, SEARCH)
    wait(page)
    for summary in page.locator("#portfolio-beyond summary").all():
        summary.click()
    require_access(page)
