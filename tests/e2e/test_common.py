"""共通業務 at the screen: compare the divisions, confirm, rename, take out - by keyboard too."""

from pathlib import Path
from urllib.parse import quote, urlsplit

import openpyxl
import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect

import bpr
from bpr.frames import GroupWords, empty
from bpr.workspace.grouping import GroupedWork, group_work
from tests.e2e.access import require_access
from tests.e2e.conftest import SAMPLE, OpenPage, show
from tests.e2e.programs import Demo
from tests.e2e.test_work import press_until

pytestmark = pytest.mark.browser

GROUP = f"/common?group={quote('family:inquiries')}"
NAME = "照会・調査への回答"


@pytest.fixture(scope="module")
def work() -> GroupedWork:
    """The groups of the sample town, computed apart from the server."""
    return group_work(bpr.analyze([SAMPLE]), empty(GroupWords))


def test_the_groups_are_those_of_the_analysis(page: Page, demo: Demo, work: GroupedWork) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    show(page, demo, "/common")
    rows = [text.split("\t") for text in page.locator(".groups tbody tr").all_inner_texts()]
    shown = [[row[0].strip(), *(cell.strip().split("\n")[0] for cell in row[1:4])] for row in rows]
    first = work.groups.head(40).select("name", "divisions", "tasks", "hours").rows()
    assert shown == [[n, f"{d:,}", f"{t:,}", f"{h:,.0f}"] for n, d, t, h in first]
    members = work.grouping.memberships.drop_nulls("group_key").height
    expect(page.locator("#common-answer")).to_contain_text(f"{members:,} 業務（全 3,616 業務の")
    page.get_by_role("link", name="まとまりも表示する").click()
    expect(page.locator(".groups tbody tr")).to_have_count(work.groups.height)
    places = [urlsplit(url) for url in asked]
    hosts = {place.netloc for place in places if place.scheme not in {"data", "blob"}}
    assert hosts == {f"127.0.0.1:{demo.port}"}


def test_the_chart_can_be_read_as_a_sentence_and_as_a_table(
    page: Page, demo: Demo, work: GroupedWork
) -> None:
    show(page, demo, GROUP)
    measured = work.divisions.filter(group_key="family:inquiries").drop_nulls("minutes")
    chart = page.get_by_role("img", name="1 件あたりの時間は、いちばん短い")
    expect(chart).to_be_visible()
    assert f"{measured.height} 課の中央値は" in str(chart.get_attribute("aria-label"))
    expect(page.locator(".js-plotly-plot .bars .point")).to_have_count(measured.height)
    page.get_by_text("同じ数字を表で見る").click()
    table = page.locator(".numbers tbody tr")
    expect(table).to_have_count(measured.height)
    longest = measured.sort("minutes", descending=True).row(0, named=True)
    expect(table.first).to_contain_text(longest["division"])
    expect(table.first).to_contain_text(f"{longest['minutes']:,.0f}")


def test_the_kinds_of_the_other_town(page: Page, demo: Demo) -> None:
    show(page, demo, "/common")
    page.get_by_role("link", name="真室川町の14区分").click()
    expect(page.locator("#common-answer")).to_contain_text("真室川町の14区分に当てはめると")
    assert "view=mamurogawa" in page.url
    rows = [text.split("\t") for text in page.locator(".kind-list tbody tr").all_inner_texts()]
    assert len(rows) == 15
    assert sum(int(row[4]) for row in rows[:-1]) == 96
    assert sum(int(row[1].replace(",", "")) for row in rows) == 3616
    page.go_back()
    expect(page.locator(".groups tbody tr").first).to_be_visible()


def test_by_keyboard_from_the_list_to_a_word_that_is_kept(
    browser: Browser, open_page: OpenPage, own: Demo
) -> None:
    assert browser.is_connected()
    page = open_page()
    show(page, own, "/common")
    link = page.get_by_role("link", name=NAME)
    for _ in range(40):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#group")).to_be_focused()
    press_until(page, "Tab", "common-confirm", 12)
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_have_text("同じ業務として確認しました。")
    expect(page.locator(".groups tbody")).to_contain_text("確認済み")

    press_until(page, "Tab", "common-name", 12)
    page.keyboard.press("Control+A")
    page.keyboard.type("照会への回答")
    press_until(page, "Tab", "common-rename", 3)
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_have_text("名前を「照会への回答」にしました。")

    first = page.locator(".common-members input[type=checkbox]").first
    name = page.locator(".common-members label").first.inner_text()
    for _ in range(12):
        page.keyboard.press("Tab")
        if first.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Space")
    expect(first).to_be_checked()
    page.locator("#common-take-out").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("1 業務を外しました。")
    expect(page.locator(".common-outside label")).to_have_text(name)

    own.stop()
    own.start()
    show(page, own, GROUP)
    expect(page.locator("#common-answer")).to_contain_text("「照会への回答」")
    expect(page.locator(".groups tbody")).to_contain_text("確認済み")
    page.locator(".common-outside label").click()
    page.click("#common-put-back")
    expect(page.locator("#notice")).to_have_text("1 業務を戻しました。")
    page.click("#common-own-name")
    expect(page.locator("#notice")).to_have_text(f"名前を「{NAME}」にしました。")
    page.click("#common-unconfirm")
    expect(page.locator("#notice")).to_have_text("確認を取り消しました。")
    expect(page.locator(".groups tbody")).to_contain_text("未確認")


def test_another_task_is_found_and_put_in(open_page: OpenPage, own: Demo) -> None:
    page = open_page()
    show(page, own, GROUP)
    page.fill("#common-text", "土地利用調整会議 意見照会")
    page.keyboard.press("Enter")
    found = page.locator("#common-found")
    expect(found).to_contain_text("業務が見つかりました。")
    label = found.locator("label").first
    name = label.inner_text()
    label.click()
    page.click("#common-put-in")
    expect(page.locator("#notice")).to_have_text("1 業務を入れました。")
    expect(page.locator(".common-members")).to_contain_text(name)
    expect(page.locator(".common-members")).to_contain_text("人が入れた")


def test_the_list_goes_out_to_excel(
    page: Page, demo: Demo, tmp_path: Path, work: GroupedWork
) -> None:
    show(page, demo, "/common")
    with page.expect_download() as download:
        page.click("#common-save")
    assert download.value.suggested_filename == "共通業務.xlsx"
    download.value.save_as(tmp_path / "common.xlsx")
    book = openpyxl.load_workbook(tmp_path / "common.xlsx", read_only=True)
    names = [row[0].value for row in book["共通業務"].iter_rows(min_row=5)]
    assert names == work.groups["name"].to_list()
    assert sum(1 for _ in book["業務の一覧"].iter_rows()) == 3616 + 1
    book.close()


def test_a_click_without_a_tick_is_answered_where_one_looks(
    open_page: OpenPage, demo: Demo
) -> None:
    page = open_page(1366, 768)
    show(page, demo, GROUP)
    page.locator("#common-take-out").scroll_into_view_if_needed()
    page.click("#common-take-out")
    notice = page.locator("#notice")
    expect(notice).to_contain_text("業務が選ばれていません。")
    expect(notice).to_be_in_viewport()


# --- for everyone -------------------------------------------------------------------------------


def test_axe_finds_nothing_in_a_group_that_was_changed(page: Page, own: Demo) -> None:
    show(page, own, GROUP)
    page.locator(".common-members label").first.click()
    page.click("#common-take-out")
    expect(page.locator(".common-outside label")).to_have_count(1)
    page.get_by_text("同じ数字を表で見る").click()
    page.fill("#common-text", "照会")
    page.click("#common-find")
    expect(page.locator(".common-chosen")).to_be_visible()
    require_access(page)


def test_the_sample_has_what_these_tests_need(work: GroupedWork) -> None:
    group = work.groups.row(by_predicate=pl.col("group_key") == "family:inquiries", named=True)
    assert group["name"] == NAME
    assert group["measured_divisions"] > 5
