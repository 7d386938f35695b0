"""A year of the office at the screen, by keyboard alone: thirty workbooks in, the KPI moved; on both databases."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, FileChooser, Locator, Page, expect

from bpr.pipeline import Workbook
from bpr.workspace import Workspace
from tests import engines
from tests.e2e.conftest import SAMPLE, OpenPage, show
from tests.e2e.programs import Demo
from tests.e2e.surveys import payload
from tests.e2e.test_targets import walk_to
from tests.e2e.test_work import press_until
from tests.listed import read_ids

pytestmark = pytest.mark.browser

SPOILED = "08_税務課.xlsx"
url = engines.url
SLOW = 120_000
"""Milliseconds that reading thirty workbooks may take on a busy machine."""


@pytest.fixture
def served(browser: Browser, url: str, tmp_path: Path) -> Iterator[Demo]:
    """`bpr serve` on an empty database."""
    assert browser.is_connected()
    running = Demo(tmp_path, command="serve", database=url)
    running.start()
    yield running
    running.stop()


def read_thirty() -> list[Workbook]:
    files = sorted(SAMPLE.glob("*.xlsx"))[:30]
    return [Workbook(file.name, file.read_bytes()) for file in files]


def spoil(book: Workbook) -> Workbook:
    """Leave out what the work of row 10 is called."""
    opened = openpyxl.load_workbook(BytesIO(book.data))
    sheet = opened.worksheets[0]
    sheet["B10"] = sheet["C10"] = None
    kept = BytesIO()
    opened.save(kept)
    return Workbook(book.name, kept.getvalue())


def press_to(page: Page, wanted: Locator, at_most: int = 60) -> None:
    """Press Tab until the focus is on an element."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{wanted} is not reached by Tab")


def give(page: Page, opened: list[FileChooser], *books: Workbook) -> None:
    """Press the button that takes files, and choose them."""
    known = len(opened)
    press_until(page, "Tab", "imports-upload-button", 40)
    page.keyboard.press("Enter")
    for _ in range(100):
        if len(opened) > known:
            break
        page.wait_for_timeout(100)
    opened[-1].set_files([payload(book) for book in books])


def bring_in(page: Page, served: Demo) -> None:
    """Thirty workbooks come in; one cell of one of them is wrong, and is mended."""
    opened: list[FileChooser] = []
    page.on("filechooser", lambda chooser: opened.append(chooser))  # noqa: PLW0108 - from the start: asking later may come too late
    books = read_thirty()
    place = next(number for number, book in enumerate(books) if book.name == SPOILED)
    whole, books[place] = books[place], spoil(books[place])
    show(page, served, "/imports")
    give(page, opened, *books)
    answer = page.locator("#imports-answer")
    expect(answer).to_contain_text("30 冊を取り込みました。1 冊にエラーがあります。", timeout=SLOW)
    press_to(page, page.locator(".collection tbody tr").first.get_by_role("link").first)
    page.keyboard.press("Enter")
    expect(page.locator("#findings")).to_be_focused()
    expect(page.locator("#page")).to_contain_text("B10")
    show(page, served, "/imports")
    give(page, opened, whole)
    expect(answer).to_contain_text("30 冊を取り込みました。エラーはありません。", timeout=SLOW)


def review_ten(page: Page, served: Demo) -> None:
    """Ten classes are said by a person."""
    show(page, served, "/review")
    heading = page.locator("#review-heading")
    for number in range(10):
        task = heading.inner_text(), page.url
        page.keyboard.press("4" if number % 2 else "3")
        page.keyboard.type(f"{number + 1} 件目の理由")
        page.keyboard.press("Enter")
        expect(page.locator("#notice")).to_contain_text("と記録しました")
        expect(page).not_to_have_url(task[1])
        expect(heading).to_be_focused()


def choose_five(page: Page, served: Demo, kept: Path) -> None:
    """Under other weights, the five best leave as a list and become targets."""
    show(page, served, "/weights")
    slider = page.get_by_role("slider", name="量（件数・時間）")
    press_to(page, slider)
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "×2 重く見る")
    expect(page.locator("#weights-answer")).to_contain_text("この重みでは", timeout=SLOW)
    link = page.get_by_role("link", name="この重みで候補を見る")
    expect(link).to_have_attribute("href", "/candidates?weights=volume%3A2", timeout=SLOW)
    press_to(page, link)
    page.keyboard.press("Enter")
    page.wait_for_url("**/candidates?weights=volume%3A2")
    page.wait_for_selector(".ag-row .task-name")
    press_until(page, "Tab", "ag-", 60)
    for number in range(5):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Space")
        expect(page.locator("#candidates-decide")).to_contain_text(f"選んだ {number + 1} 業務")
    press_until(page, "Shift+Tab", "candidates-save", 60)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(kept)
    press_until(page, "Shift+Tab", "candidates-decide", 60)
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("5 業務をBPR対象に選定しました")


def finish_one(page: Page, served: Demo) -> None:
    """The first target is done."""
    show(page, served, "/targets?target=1")
    for status in ("実施中", "実施済"):
        walk_to(page, f"「{status}」にする")
        page.keyboard.press("Enter")
        expect(page.locator("#notice")).to_have_text(f"対象 1 を「{status}」にしました。")
        page.locator("#target").focus()


def test_from_thirty_workbooks_to_a_kpi_that_moved(
    open_page: OpenPage, served: Demo, url: str, tmp_path: Path
) -> None:
    page = open_page()
    bring_in(page, served)
    review_ten(page, served)
    choose_five(page, served, tmp_path / "list.xlsx")
    show(page, served, "/kpi")
    expect(page.locator("#kpi-answer")).to_contain_text("いま 0 業務")
    finish_one(page, served)
    show(page, served, "/kpi")
    expect(page.locator("#kpi-answer")).to_contain_text("いま 1 業務")

    # a manager reads it on a phone
    phone = open_page(400, 800)
    show(phone, served, "/kpi")
    expect(phone.locator("#kpi-answer")).to_be_in_viewport()
    expect(phone.locator("#kpi-answer")).to_contain_text("いま 1 業務")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 400

    # and all of it is in the store
    workspace = Workspace.open(url)
    targets = workspace.list_targets().sort("target_id")
    assert targets["task_ids"].to_list() == read_ids(tmp_path / "list.xlsx")
    said = workspace.report().tasks.filter(work_class_source="person")
    assert said.height == 10
    assert workspace.check_audit().broken_at is None
    workspace.store.engine.dispose()
