"""比較 at the screen: divisions, two years by keyboard, and a file that goes out and comes back."""

import re
from pathlib import Path
from urllib.parse import quote

import openpyxl
import polars as pl
import pytest
from playwright.sync_api import Page, expect

from bpr.workspace import Workspace
from tests.e2e.access import find_violations, require_access
from tests.e2e.conftest import show
from tests.e2e.programs import Demo
from tests.e2e.test_work import press_until
from tests.workspace.two_years import open_two_years

pytestmark = pytest.mark.browser


@pytest.fixture
def two_years(own: Demo) -> Demo:
    """A demo in which a small town was asked twice, after the sample."""
    workspace = Workspace.open(f"sqlite:///{own.folder}/bpr-data/demo.sqlite3")
    open_two_years(workspace)
    workspace.store.engine.dispose()
    return own


def test_divisions_are_those_of_the_analysis(page: Page, demo: Demo, tasks: pl.DataFrame) -> None:
    show(page, demo, "/compare")
    hours, medium = pl.col("annual_hours"), pl.col("medium").cast(pl.String)
    paper = hours.filter(medium.str.contains("^(paper|mixed)")).sum() / hours.sum()
    mean = float(tasks.select(paper).item())
    expect(page.locator("#compare-answer")).to_contain_text(f"{mean:.1%}")
    page.get_by_text("同じ数字を表で見る").click()
    rows = page.locator(".numbers-table tbody tr")
    expect(rows).to_have_count(tasks["division"].n_unique())
    shares = dict(tasks.group_by("division").agg(paper.alias("share")).iter_rows())
    for text in rows.all_inner_texts()[:5]:
        cells = [cell.strip() for cell in text.split("\t")]
        assert cells[3] == f"{shares[cells[0]]:.1%}"
    page.get_by_role("link", name="III 定型").click()
    expect(page.locator("#compare-answer")).to_contain_text("III 定型")
    assert "measure=routine" in page.url
    page.get_by_text("同じ数字を表で見る").click()
    page.locator(".numbers-table tbody a").first.click()
    page.wait_for_url("**/tasks?division=*")


def test_one_year_alone_says_what_to_do(page: Page, demo: Demo) -> None:
    show(page, demo, "/compare?view=years")
    expect(page.locator("#compare-answer")).to_have_text("比べる前の年度の調査が、まだありません。")
    expect(page.locator("pre")).to_contain_text("bpr edition open")


def test_two_years_are_usable_by_everyone(page: Page, two_years: Demo) -> None:
    show(page, two_years, f"/compare?view=years&before=2&after=3&division={quote('税務課')}")
    expect(page.locator("#compare-answer")).to_contain_text("−200 時間")
    expect(page.locator(".compare-links tbody tr")).to_have_count(1)
    require_access(page)


def test_a_pair_is_confirmed_by_keyboard(page: Page, two_years: Demo) -> None:
    show(page, two_years, "/compare?view=years&before=2&after=3")
    page.locator("#compare-before").focus()
    press_until(page, "Tab", "compare-same", 12)
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("同じ業務と記録しました。")
    expect(page.locator("#compare-links")).to_have_text(
        "同じ業務かどうか、まだ確かめていない組（0）"
    )
    focused = page.evaluate("document.activeElement.id")
    assert focused == "compare-body"


def test_a_file_goes_out_and_comes_back(page: Page, own: Demo, tmp_path: Path) -> None:
    show(page, own, "/compare?view=towns")
    page.get_by_label("人口").fill("48000")
    with page.expect_download() as waited:
        page.get_by_role("button", name="交換ファイルをつくる").click()
    file = tmp_path / waited.value.suggested_filename
    waited.value.save_as(file)
    assert openpyxl.load_workbook(file).sheetnames == ["集計", "定義"]
    page.get_by_label("団体の呼び名").fill("湖町")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="ファイルを選ぶ").click()
    chooser.value.set_files(file)
    expect(page.locator("#notice")).to_have_text("「湖町」の交換ファイルを登録しました。")
    expect(page.locator("#compare-answer")).to_contain_text("1 団体とも並べています。")
    expect(page.locator(".compare-families tbody tr").first).to_be_visible()
    assert find_violations(page) == []
    page.get_by_role("button", name=re.compile("外す.*湖町")).click()
    expect(page.locator("#notice")).to_have_text("「湖町」を外しました。")
