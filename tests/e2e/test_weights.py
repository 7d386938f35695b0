"""重み at the screen: sliders by keyboard, what they move, weights and rankings that are kept."""

from pathlib import Path

import openpyxl
import polars as pl
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.access import both_sizes, find_small_targets, find_violations, require_one_width
from tests.e2e.conftest import OpenPage, show
from tests.e2e.programs import Demo
from tests.e2e.test_work import press_until

pytestmark = pytest.mark.browser

VOLUME = "量（件数・時間）の重み"
HEAVY = "/weights?weights=volume%3A2"


def ready(page: Page, demo: Demo, path: str = "/weights") -> None:
    """Show the page with all that comes later."""
    show(page, demo, path)
    expect(page.locator("#weights-sure")).to_contain_text("母数 3,616 業務")
    expect(page.locator("#weights-swaps .bars .point")).to_have_count(6)


def ranking(page: Page) -> list[list[str]]:
    """Rank, standard rank and task of each row, when no answer is awaited any more."""
    expect(page.locator("[data-dash-is-loading=true]")).to_have_count(0)
    rows = page.locator(".moves tbody tr")
    return [[cell.strip() for cell in row.split("\t")] for row in rows.all_inner_texts()]


def named(tasks: pl.DataFrame) -> list[tuple[int, str, str]]:
    """Rank, name and division of each task by rank."""
    name = pl.concat_str("task_name", "activity_name", separator="／", ignore_nulls=True)
    return list(tasks.sort("rank").select("rank", name, "division").iter_rows())


def test_the_standard_ranking_is_that_of_the_analysis(
    page: Page, demo: Demo, tasks: pl.DataFrame
) -> None:
    ready(page, demo)
    shown = ranking(page)
    assert [(row[0], row[3], row[4]) for row in shown] == [
        (f"{rank} 位", name, division) for rank, name, division in named(tasks)[:25]
    ]
    assert [row[1] for row in shown] == [row[0] for row in shown]


def test_a_slider_moves_the_ranking_by_keyboard_and_back(
    page: Page, demo: Demo, tasks: pl.DataFrame
) -> None:
    ready(page, demo)
    slider = page.get_by_role("slider", name=VOLUME)
    for _ in range(40):
        page.keyboard.press("Tab")
        if slider.evaluate("element => element === document.activeElement"):
            break
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "×2 重く見る")
    expect(page.locator("#weights-words-volume")).to_have_text("×2 重く見る")
    expect(page.locator("#ranking")).to_contain_text("試している重み")
    expect(page.locator("#weights-answer")).to_contain_text("この重みでは、上位 25 のうち")
    expect(page).to_have_url(f"{demo.url}{HEAVY}")
    expect(page.locator("#weights-effect")).to_contain_text("量（件数・時間） ×2")
    expect(slider).to_be_focused()

    known = {(f"{rank:,} 位", name, division) for rank, name, division in named(tasks)}
    shown = ranking(page)
    assert {(row[1], row[3], row[4]) for row in shown} <= known
    new = [row for row in shown if row[1] not in {f"{n} 位" for n in range(1, 26)}]
    assert new
    expect(page.locator(".left-behind tbody tr")).to_have_count(len(new))
    expect(page.locator("#weights-answer")).to_contain_text(f"{len(new)} 業務が入れ替わります")
    expect(page.locator(".moves .move-new")).to_have_count(len(new))

    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(f"{demo.url}/weights?weights=volume%3A1.5")
    expect(page.locator("#weights-effect")).to_contain_text("量（件数・時間） ×1.5")
    page.go_back()
    expect(slider).to_have_attribute("aria-valuetext", "×2 重く見る")
    expect(page.locator("#weights-effect")).to_contain_text("量（件数・時間） ×2")
    expect(page.locator(".left-behind tbody tr")).to_have_count(len(new))
    for _ in range(50):
        if ranking(page) == shown:
            break
        page.wait_for_timeout(200)
    assert ranking(page) == shown


def test_the_way_back_to_the_standard(page: Page, demo: Demo) -> None:
    ready(page, demo, HEAVY)
    expect(page.locator("#weights-words-volume")).to_have_text("×2 重く見る")
    expect(page.locator("#weights-freeze")).to_be_disabled()
    page.get_by_role("link", name="標準に戻す").click()
    expect(page.get_by_role("slider", name=VOLUME)).to_have_attribute("aria-valuetext", "×1 標準")
    expect(page.locator("#weights-freeze")).to_be_enabled()
    page.get_by_role("link", name="この重みで候補を見る").click()
    expect(page).to_have_url(f"{demo.url}/candidates")


def test_the_weights_go_with_one_to_the_candidates(page: Page, demo: Demo) -> None:
    ready(page, demo, HEAVY)
    name = ranking(page)[0][3]
    page.get_by_role("link", name="この重みで候補を見る").click()
    expect(page).to_have_url(f"{demo.url}/candidates?weights=volume%3A2")
    expect(page.locator('.ag-row[row-index="0"] .task-name')).to_have_text(name)


def test_by_keyboard_from_a_slider_to_a_kept_evaluation(
    open_page: OpenPage, own: Demo, tmp_path: Path
) -> None:
    page = open_page()
    ready(page, own, HEAVY)
    first = ranking(page)[0][3]
    page.locator("#weights-name").focus()
    page.keyboard.type("量を重く")
    press_until(page, "Tab", "weights-save", 3)
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_have_text("「量を重く」の第 1 版として保存しました。")
    expect(page.locator("#weights-sets")).to_contain_text("表示中")
    expect(page.locator("#weights-freeze")).to_be_enabled()

    press_until(page, "Tab", "weights-title", 20)
    page.keyboard.type("=令和8年度の選定")
    press_until(page, "Tab", "weights-freeze", 2)
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_have_text("順位を評価「=令和8年度の選定」として残しました。")
    link = page.get_by_role("link", name="今と比べる")
    for _ in range(20):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#evaluation")).to_be_focused()
    expect(page.locator("#evaluation")).to_contain_text("すべてが今も同じ順位です")
    expect(page.locator(".frozen tbody tr").first).to_contain_text(first)

    with page.expect_download() as download:
        page.click("#weights-file")
    download.value.save_as(tmp_path / "evaluation.xlsx")
    book = openpyxl.load_workbook(tmp_path / "evaluation.xlsx", read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    assert rows[1][0] == "・題名　=令和8年度の選定"
    assert len(rows) == 6 + 3616
    assert rows[6][4] == first

    page.goto("about:blank")
    own.stop()
    own.start()
    ready(page, own)
    page.get_by_role("link", name="この重みで見る").click()
    expect(page.locator("#ranking")).to_be_focused()
    expect(page.locator("#ranking")).to_contain_text("量を重く（第 1 版）")
    expect(page.locator("#weights-words-volume")).to_have_text("×2 重く見る")


# --- for everyone -------------------------------------------------------------------------------


def test_axe_finds_nothing_in_what_was_kept(open_page: OpenPage, own: Demo) -> None:
    page = open_page(400, 800)
    ready(page, own, HEAVY)
    page.fill("#weights-name", "案")
    page.click("#weights-save")
    expect(page.locator("#weights-sets")).to_contain_text("表示中")
    page.fill("#weights-name", "案")
    page.click("#weights-save")
    expect(page.locator("#weights-sets")).to_contain_text("前の版（1）")
    page.fill("#weights-title", "選定")
    page.click("#weights-freeze")
    page.get_by_role("link", name="今と比べる").click()
    expect(page.locator("#evaluation")).to_be_visible()
    for closed in ("前の版（1）", "同じ数字を表で見る"):
        page.get_by_text(closed).click()
    page.get_by_text("見る基準").first.click()
    page.locator("#weights-sure summary").click()
    assert find_violations(page) == []
    require_one_width(page)


def test_targets_are_large_enough(page: Page, demo: Demo) -> None:
    ready(page, demo, HEAVY)
    for _ in both_sizes(page):
        require_large_targets(page)


def require_large_targets(page: Page) -> None:
    assert find_small_targets(page) == []
    tracks = page.locator(".mantine-Slider-trackContainer")
    heights = tracks.evaluate_all("all => all.map((e) => e.getBoundingClientRect().height)")
    assert heights == [44] * 6
