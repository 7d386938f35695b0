"""資料 at the screen: a paper by keyboard, the button that waits, a file that opens; by phone too."""

from pathlib import Path

import openpyxl
import polars as pl
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.access import require_access
from tests.e2e.conftest import show
from tests.e2e.programs import Demo

pytestmark = pytest.mark.browser


def test_a_paper_is_taken_by_keyboard(
    page: Page, demo: Demo, tasks: pl.DataFrame, tmp_path: Path
) -> None:
    foreign = []
    page.on("request", lambda one: foreign.append(one.url) if demo.url not in one.url else None)
    show(page, demo, "/papers")
    expect(page.locator("#papers-answer")).to_contain_text(f"{tasks.height:,} 業務")
    row = page.get_by_role("row").filter(has_text="集計表（図表9〜11）")
    button = row.get_by_role("button")
    button.focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "みどり野町_令和6年度_集計表.xlsx"
    download.value.save_as(tmp_path / "集計表.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "集計表.xlsx")["図表10 処理媒体別年間作業時間"]
    hours = sum(float(cell.value) for cell in sheet["F"][3:] if isinstance(cell.value, int | float) and cell.value > 1)  # fmt: skip
    assert hours == pytest.approx(tasks["annual_hours"].sum())
    expect(row).to_contain_text("を保存しました（")
    expect(button).to_be_enabled()
    assert not [url for url in foreign if not url.startswith(("data:", "blob:"))]


def test_the_button_waits_while_the_book_is_made(page: Page, demo: Demo) -> None:
    show(page, demo, "/papers")
    row = page.get_by_role("row").filter(has_text="全部入りブック")
    with page.expect_download(timeout=90_000) as download:
        row.get_by_role("button").click()
        expect(row.get_by_role("button")).to_be_disabled()
        expect(row).to_contain_text("作成しています")
    assert download.value.suggested_filename == "みどり野町_令和6年度_業務量調査・BPRまとめ.xlsx"
    expect(row).not_to_contain_text("作成しています")
    expect(row.get_by_role("button")).to_be_enabled()


def test_what_is_missing_leads_to_where_it_comes_from(page: Page, demo: Demo) -> None:
    show(page, demo, "/papers")
    row = page.get_by_role("row").filter(has_text="BPR対象がまだありません")
    row.get_by_role("link").click()
    expect(page).to_have_url(f"{demo.url}/candidates")


def test_everyone_can_use_it(page: Page, demo: Demo) -> None:
    show(page, demo, "/papers")
    require_access(page)
