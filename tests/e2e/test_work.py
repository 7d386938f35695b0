"""A person's work at the screen: by keyboard alone, and what is decided stays decided."""

from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage, copy_store, show
from tests.e2e.programs import Demo
from tests.listed import read_ids

pytestmark = pytest.mark.browser


def focus(page: Page) -> str:
    """Id and classes of the element that has the focus."""
    return str(page.evaluate("`${document.activeElement.id} ${document.activeElement.className}`"))


def press_until(page: Page, key: str, wanted: str, at_most: int) -> None:
    """Press a key until the focus is where it is wanted."""
    for _ in range(at_most):
        if wanted in focus(page):
            return
        page.keyboard.press(key)
    assert wanted in focus(page)


def names(tasks: pl.DataFrame) -> list[str]:
    joined = pl.concat_str("task_name", "activity_name", separator="／", ignore_nulls=True)
    return tasks.sort("rank").select(joined).to_series().to_list()


def test_by_keyboard_from_the_page_to_the_list_in_excel(
    page: Page, demo: Demo, tasks: pl.DataFrame, tmp_path: Path
) -> None:
    show(page, demo, "/candidates")
    head, button = page.locator("#candidates-detail h2"), page.locator("#candidates-save")
    press_until(page, "Tab", "ag-", 45)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(head).to_have_text(names(tasks)[1])
    page.keyboard.press("Space")
    expect(button).to_have_text("選んだ 1 業務を Excel で保存")
    page.keyboard.press("ArrowDown")
    expect(head).to_have_text(names(tasks)[2])
    page.keyboard.press("ArrowDown")
    expect(head).to_have_text(names(tasks)[3])
    page.keyboard.press("Space")
    expect(button).to_have_text("選んだ 2 業務を Excel で保存")
    press_until(page, "Shift+Tab", "candidates-save", 60)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "BPR対象業務一覧.xlsx"
    download.value.save_as(tmp_path / "list.xlsx")
    ranked = tasks.sort("rank")["task_id"].to_list()
    assert read_ids(tmp_path / "list.xlsx") == [ranked[1], ranked[3]]


@pytest.mark.parametrize(
    ("key", "wanted"), [("Shift+Tab", "candidates-calculate"), ("Tab", "detail")]
)
def test_tab_leaves_the_list_whatever_row_it_is_in(
    page: Page, demo: Demo, key: str, wanted: str
) -> None:
    """3,616 rows of 7 cells: no one can press Tab through them."""
    show(page, demo, "/candidates")
    press_until(page, "Tab", "ag-", 45)
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    press_until(page, key, wanted, 4)


def test_the_tab_is_named_after_the_page(page: Page, demo: Demo) -> None:
    show(page, demo, "/kpi")
    expect(page).to_have_title("KPI ― 業務量調査・BPR候補")
    page.get_by_role("link", name="比較").click()
    expect(page).to_have_title("比較 ― 業務量調査・BPR候補")
    page.go_back()
    expect(page).to_have_title("KPI ― 業務量調査・BPR候補")


def test_the_skip_link_is_first_and_leads_to_the_page(page: Page, demo: Demo) -> None:
    show(page, demo, "/candidates")
    page.keyboard.press("Tab")
    assert focus(page).strip() == "skip"
    page.keyboard.press("Enter")
    press_until(page, "Tab", "candidates-text", 2)


def test_a_corrected_class_is_kept_after_a_restart(
    demo: Demo, open_page: OpenPage, tasks: pl.DataFrame, tmp_path: Path
) -> None:
    doubtful = tasks.filter(pl.col("confidence") == "C").sort("rank")
    name, task_id = names(doubtful)[1], doubtful["task_id"].to_list()[1]
    running = Demo(tmp_path)
    copy_store(demo.folder, tmp_path)
    running.start()
    try:
        page = open_page()
        show(page, running, "/tasks?confidence=C")
        page.click('.ag-row[row-index="1"] .task-name')
        expect(page.locator("#tasks-detail h2")).to_have_text(name)
        page.get_by_role("radio", name="II ノンコア（要専門性）").check()
        page.fill("#tasks-reason", "資格がいるため")
        page.click("#tasks-save")
        expect(page.locator("#notice")).to_have_text("「II 要専門性」と記録しました。")
        expect(page.locator("#tasks-answer")).to_contain_text(f"{doubtful.height - 1:,} 業務")
        page.goto("about:blank")
        running.stop()
        running.start()
        show(page, running, f"/tasks?task={task_id}")
        detail = page.locator("#tasks-detail")
        expect(detail.locator("h2")).to_have_text(name)
        expect(detail).to_contain_text("II 要専門性　人の確認・確信度 A")
        expect(detail).to_contain_text("人が確認しました：資格がいるため")
        page.click("#tasks-undo")
        expect(page.locator("#notice")).to_have_text("訂正を取り消しました。")
        expect(detail).to_contain_text("自動判定・確信度 C")
        page.goto("about:blank")
    finally:
        running.stop()
