"""BPR対象 at the screen: from a ticked candidate to a proven effect, by keyboard alone."""

from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from playwright.sync_api import Page, expect

from bpr.decide.measurements import Measurement
from bpr.workspace import Workspace
from tests.e2e.access import require_access
from tests.e2e.conftest import OpenPage, show
from tests.e2e.programs import Demo
from tests.e2e.test_work import focus, names, press_until

pytestmark = pytest.mark.browser


def decided(demo: Demo, count: int = 3) -> list[str]:
    """Make the first tasks targets, one of them done and measured; return their ids."""
    workspace = Workspace.open(f"sqlite:///{demo.folder}/bpr-data/demo.sqlite3")
    ids: list[str] = workspace.report().tasks.sort("rank")["task_id"].to_list()[:count]
    workspace.create_targets(ids, values={"done_by": 2025}, happened_on=date(2025, 4, 10))
    for status in ("running", "done"):
        workspace.move_target(1, workspace.read_target(1).target.version, status, date(2025, 6, 1))
    year = (date(2024, 4, 1), date(2025, 3, 31), date(2025, 7, 1), date(2026, 6, 30))
    workspace.measure_target(Measurement(1, "hours", 900, 300, *year, "measured", base=1200))
    workspace.store.engine.dispose()
    return ids


def walk_to(page: Page, text: str, at_most: int = 60) -> None:
    """Press Tab until the focus is on what says or is labeled so."""
    tell = """() => {
      const e = document.activeElement;
      if (!e.matches('a, button, summary, input, textarea')) return '';
      const label = e.id && document.querySelector(`label[for="${CSS.escape(e.id)}"]`);
      return `${e.innerText || ''} ${label ? label.innerText : ''}`;
    }"""
    for _ in range(at_most):
        if text in str(page.evaluate(tell)):
            return
        page.keyboard.press("Tab")
    assert text in str(page.evaluate(tell))


def test_by_keyboard_from_a_tick_to_a_proven_effect(
    open_page: OpenPage, own: Demo, tasks: pl.DataFrame
) -> None:
    page = open_page()
    notice = page.locator("#notice")
    name = names(tasks)[0]
    show(page, own, "/candidates")
    press_until(page, "Tab", "ag-", 40)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator("#candidates-decide")).to_have_text("選んだ 1 業務をBPR対象にする")
    press_until(page, "Shift+Tab", "candidates-owner", 20)
    page.keyboard.type("山田")
    page.wait_for_timeout(300)  # a field tells the page its last letters a moment later
    press_until(page, "Tab", "candidates-decide", 2)
    page.keyboard.press("Enter")
    expect(notice).to_contain_text("1 業務をBPR対象に選定しました（重み：標準）。")
    expect(page.locator('.ag-row[row-index="0"] .task-place')).to_contain_text("BPR対象（選定）")
    expect(page.locator("#candidates-detail")).to_contain_text("BPR対象（選定）")
    expect(page.locator("#candidates-decide")).to_have_text("この業務をBPR対象にする")
    page.keyboard.press("Enter")
    expect(notice).to_contain_text("は、もう対象 1")

    show(page, own, "/targets")
    expect(page.locator("#targets-answer")).to_contain_text(
        "1 件を選び、実施済のものはまだありません。"
    )
    walk_to(page, name)
    page.keyboard.press("Enter")
    expect(page.locator("#target")).to_be_focused()
    expect(page.locator("#targets-detail")).to_contain_text("山田")

    for status in ("実施中", "実施済"):
        walk_to(page, f"「{status}」にする")
        page.keyboard.press("Enter")
        expect(notice).to_have_text(f"対象 1 を「{status}」にしました。")
        expect(page.locator("#targets-detail .status")).to_have_text(status)
        page.locator("#target").focus()
    walk_to(page, "「効果確認済」にする")
    page.keyboard.press("Enter")
    expect(notice).to_contain_text("先に効果を実績として入れてください")

    walk_to(page, "効果を記録する")
    page.keyboard.press("Enter")
    for label, text in (
        ("導入前の値", "900"),
        ("導入後の値", "300"),
        ("導入後の期間（初日）", "2025-07-01"),
        ("導入後の期間（最終日）", "2026/06/30"),
        ("母数（任意）", "1,200"),
    ):
        walk_to(page, label)
        page.keyboard.type(text)
    page.keyboard.press("Tab")
    walk_to(page, "効果を記録する")
    page.keyboard.press("Enter")
    expect(notice).to_contain_text("対象 1 の効果を記録しました。")
    expect(page.locator("#targets-detail .result")).to_contain_text("実績 年 600 時間")

    page.locator("#target").focus()
    walk_to(page, "「効果確認済」にする")
    page.keyboard.press("Enter")
    expect(notice).to_have_text("対象 1 を「効果確認済」にしました。")
    expect(page.locator("#targets-answer")).to_contain_text("実績で確かめた削減は年 600 時間")
    assert focus(page).strip() != ""


def test_two_editors_see_each_other_and_lose_nothing(open_page: OpenPage, own: Demo) -> None:
    decided(own)
    first, second = open_page(), open_page()
    for page in (first, second):
        show(page, own, "/targets?target=2")
        page.get_by_text("内容を直す").click()
    first.get_by_label("担当者").fill("佐藤")
    first.get_by_role("button", name="保存する", exact=True).click()
    expect(first.locator("#notice")).to_have_text("対象 2 の担当者を保存しました。")

    second.get_by_label("今後の方針").fill("様式を見直す")
    second.get_by_role("button", name="保存する", exact=True).click()
    expect(second.locator("#notice")).to_contain_text("担当者：（なし） → 佐藤")
    expect(second.get_by_label("今後の方針")).to_have_value("様式を見直す")
    expect(second.get_by_label("担当者")).to_have_value("佐藤")
    second.get_by_role("button", name="保存する", exact=True).click()
    expect(second.locator("#notice")).to_have_text("対象 2 の今後の方針を保存しました。")
    facts = second.locator(".facts").first
    expect(facts).to_contain_text("佐藤")
    expect(facts).to_contain_text("様式を見直す")


def test_a_manager_filters_opens_and_takes_the_list_away(
    open_page: OpenPage, own: Demo, tmp_path: Path
) -> None:
    decided(own)
    page = open_page()
    show(page, own, "/targets")
    answer = page.locator("#targets-answer")
    expect(answer).to_contain_text("3 件を選び、1 件を実施しました。")
    expect(answer).to_contain_text("実績で確かめた削減は年 600 時間")
    expect(page.locator(".target-list tbody tr")).to_have_count(3)
    expect(page.locator(".target-list .late")).to_have_count(2)
    page.locator(".steps a", has_text="実施済").click()
    expect(page).to_have_url(f"{own.url}/targets?status=done")
    expect(page.locator(".target-list tbody tr")).to_have_count(1)
    expect(page.locator("#targets-status")).to_have_value("実施済")
    with page.expect_download() as download:
        page.click("#targets-save")
    download.value.save_as(tmp_path / "list.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0]
    assert [sheet["A6"].value, sheet["O6"].value, sheet["S6"].value] == [1, 600, "実施済"]
    assert sheet["D7"].value == "合計"
    page.go_back()
    expect(page.locator(".target-list tbody tr")).to_have_count(3)


def test_a_measurement_entered_wrong_is_taken_back(open_page: OpenPage, own: Demo) -> None:
    decided(own)
    page = open_page()
    show(page, own, "/targets?target=1")
    expect(page.locator("#targets-answer")).to_contain_text("実績で確かめた削減は年 600 時間")
    page.locator("summary", has_text="測定を取り消す").click()
    page.get_by_role("textbox", name="取り消す測定").click()
    page.get_by_role("option", name="作業時間 900 → 300 時間（実績、").click()
    form = page.locator(".form-unmeasure")
    form.get_by_label("理由").fill("別の業務の値だった")
    form.get_by_role("button", name="取り消す").click()
    expect(page.locator("#notice")).to_have_text("対象 1 の測定を 1 件取り消しました。")
    expect(page.locator("#targets-answer")).to_contain_text("実績で確かめた削減はまだありません。")
    expect(page.locator(".form-unmeasure")).to_have_count(0)
    expect(page.locator(".history")).to_contain_text("理由：別の業務の値だった")


# --- for everyone -------------------------------------------------------------------------------


def test_everything_opened_is_usable_by_everyone(page: Page, own: Demo) -> None:
    decided(own)
    show(page, own, "/targets?target=1")
    expect(page.locator("#target")).to_be_visible()
    for summary in page.locator(".targets summary").all():
        summary.click()
    require_access(page)
