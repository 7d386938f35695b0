"""People with accounts at the real screen: in by keyboard, their own rows, out again."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect

from bpr.workspace import Workspace
from tests.e2e.access import both_sizes, find_violations, require_one_width
from tests.e2e.conftest import OpenPage, copy_store, show
from tests.e2e.programs import Demo, Served

pytestmark = pytest.mark.browser

FIRST, SECRET = "Hajimete-0001", "Ashita-no-Tenki-7"
STORE = Path("bpr-data") / "demo.sqlite3"
TARGET = 44


@pytest.fixture
def guarded(demo: Demo, tmp_path: Path) -> Iterator[Demo]:
    """The sample town with accounts, beside it a later survey that is closed already."""
    copy_store(demo.folder, tmp_path)
    workspace = Workspace.open(f"sqlite:///{tmp_path / STORE}")
    workspace.add_account("soumu", "総務 花子", "admin", None, FIRST)
    workspace.add_account("zeimu", "税務 太郎", "division", "税務課", FIRST)
    workspace.change_password("zeimu", FIRST, SECRET, "")
    workspace.close_edition(workspace.open_edition("みどり野町", 2030))
    workspace.store.engine.dispose()
    running = Served(tmp_path)
    running.start()
    yield running
    running.stop()


def log_in(page: Page, *lines: str) -> None:
    """Type each line and press Enter; the page has put the cursor where it belongs."""
    expect(page.locator("main input:focus")).to_have_count(1)
    for number, line in enumerate(lines):
        if number:
            page.keyboard.press("Tab")
        page.keyboard.type(line)
    page.keyboard.press("Enter")


def age_logins(demo: Demo) -> None:
    """Make every login one of long ago."""
    with closing(connect(demo.folder / STORE)) as store, store:
        store.execute("UPDATE sessions SET seen_at = '2020-01-01 00:00:00.000000'")


def test_a_division_at_work(guarded: Demo, open_page: OpenPage, tasks: pl.DataFrame) -> None:
    page = open_page()
    page.goto(f"{guarded.url}/tasks")
    expect(page).to_have_url(f"{guarded.url}/login?next=%2Ftasks")
    expect(page.locator("#name")).to_be_focused()
    log_in(page, "zeimu", SECRET)
    expect(page).to_have_url(f"{guarded.url}/tasks")
    own = tasks.filter(pl.col("division") == "税務課")
    expect(page.locator("h1")).to_contain_text(f"{own.height:,} 業務")
    expect(page.locator(".ag-row .task-place").first).to_contain_text("税務課")
    shown = page.locator("nav a").all_inner_texts()
    assert {"概況", "業務"} <= {text.split()[0] for text in shown}
    assert not {"取込", "共通業務", "重み", "組合せ"} & {text.split()[0] for text in shown}
    expect(page.locator("header")).to_contain_text("税務 太郎（税務課・所管課）")

    other = tasks.filter(pl.col("division") != "税務課").row(0, named=True)
    show(page, guarded, f"/tasks?task={other['task_id']}")
    expect(page.locator("#tasks-detail")).to_contain_text("一覧で業務を選ぶと")
    assert other["task_name"] not in page.content()

    page.get_by_role("button", name="ログアウト").press("Enter")
    expect(page.get_by_role("status")).to_have_text("ログアウトしました。")
    page.goto(f"{guarded.url}/tasks")
    expect(page.locator("h1")).to_have_text("ログイン")


def test_whoever_was_away_comes_back_to_the_same_place(browser: Browser, guarded: Demo) -> None:
    page = browser.new_context(locale="ja-JP").new_page()  # a refused callback is no fault here
    page.goto(f"{guarded.url}/tasks")
    log_in(page, "zeimu", SECRET)
    page.wait_for_selector(".ag-row")
    age_logins(guarded)
    page.get_by_label("探す").fill("納税")
    expect(page.get_by_role("status")).to_contain_text("時間が経ったのでログアウトしました。")
    log_in(page, "zeimu", SECRET)
    page.wait_for_selector(".ag-row")
    assert page.url.startswith(f"{guarded.url}/tasks")
    age_logins(guarded)
    page.goto(f"{guarded.url}/candidates")
    expect(page.get_by_role("status")).to_contain_text("時間が経ったのでログアウトしました。")
    page.context.close()


def test_whoever_does_nothing_is_told_in_time_and_can_go_on(
    guarded: Demo, open_page: OpenPage
) -> None:
    page = open_page()
    page.clock.install()
    page.goto(f"{guarded.url}/guide")
    log_in(page, "zeimu", SECRET)
    expect(page.locator("#guide-answer")).to_be_visible()
    told = page.get_by_role("alert").filter(has_text="まもなく自動でログアウトします")
    page.clock.fast_forward("27:30")
    expect(told).to_have_count(0)
    page.clock.fast_forward("01:00")
    expect(told).to_be_visible()
    page.get_by_role("button", name="使い続ける").press("Enter")
    expect(told).to_have_count(0)
    page.clock.fast_forward("27:30")
    expect(told).to_have_count(0)
    age_logins(guarded)  # the clock of the server goes on as well
    page.clock.fast_forward("03:00")
    expect(page.get_by_role("status")).to_contain_text("時間が経ったのでログアウトしました。")


def test_two_tabs_on_two_surveys(guarded: Demo, open_page: OpenPage) -> None:
    """Each keeps to its own, whatever is chosen in the other; a link from elsewhere finds the login."""
    page = open_page()
    page.goto(guarded.url)
    log_in(page, "zeimu", SECRET)
    expect(page.locator("h1")).to_contain_text("時間")
    other = page.context.new_page()
    other.goto(guarded.url)
    other.get_by_role("combobox", name="調査").or_(other.get_by_label("調査")).first.click()
    other.get_by_role("option").nth(1).click()
    expect(other).to_have_url(f"{guarded.url}/?edition=2")
    expect(other.locator("header")).to_contain_text("締め切り済み（変えられません）")
    expect(other.locator("h1")).not_to_contain_text("時間")
    page.get_by_role("link", name="業務", exact=True).click()
    expect(page.locator("h1")).to_contain_text("107 業務")
    expect(page.locator("header")).not_to_contain_text("締め切り済み")

    away = guarded.url.replace("127.0.0.1", "localhost")
    other.goto(f"{away}/login")
    other.evaluate(f"window.location.assign('{guarded.url}/tasks?edition=1')")
    expect(other.locator("h1")).to_contain_text("107 業務")


def test_the_forms_are_usable_by_everyone(guarded: Demo, page: Page) -> None:
    page.goto(f"{guarded.url}/login?why=idle")
    look_at(page)
    log_in(page, "soumu", FIRST)
    expect(page.locator("h1")).to_have_text("パスワードの変更")
    expect(page.locator("#old")).to_be_focused()
    look_at(page)
    log_in(page, FIRST, SECRET, SECRET)
    expect(page.locator("header")).to_contain_text("総務 花子（管理者）")
    page.goto(f"{guarded.url}/password")
    expect(page.locator("#name")).to_have_value("soumu")
    look_at(page)
    page.goto(guarded.url)
    expect(page.get_by_role("button", name="ログアウト")).to_be_visible()
    page.wait_for_load_state("networkidle")
    for _ in both_sizes(page):
        assert find_violations(page) == []


def look_at(page: Page) -> None:
    """Nothing that axe can find; everything big enough; no scrolling sideways."""
    for _ in both_sizes(page):
        assert find_violations(page) == []
        sizes = page.locator("input:not([type=hidden]), button, main a").evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect().height)"
        )
        assert min(sizes) >= TARGET
        require_one_width(page)
