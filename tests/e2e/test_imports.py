"""取込 at the screen: files dropped, mended, returned, their columns confirmed - by keyboard too."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import openpyxl
import pytest
from playwright.sync_api import Browser, FileChooser, Locator, Page, expect

from bpr.pipeline import Workbook
from tests.dashboard.surveys import CLEAN
from tests.e2e.access import require_access
from tests.e2e.conftest import SAMPLE, OpenPage
from tests.e2e.programs import Demo, Served
from tests.e2e.surveys import OFFICES, WRONG, odd, payload
from tests.e2e.test_work import press_until

pytestmark = pytest.mark.browser


@pytest.fixture
def served(browser: Browser, tmp_path: Path) -> Iterator[Demo]:
    """`bpr serve` on a store of its own, with nothing in it."""
    assert browser.is_connected()
    running = Served(tmp_path, command="serve")
    running.start()
    yield running
    running.stop()


def visit(page: Page, served: Demo, search: str = "") -> None:
    page.goto(f"{served.url}/imports{search}")
    page.wait_for_selector("h1")
    page.wait_for_load_state("networkidle")


def drop(page: Page, *books: Workbook) -> None:
    """Give files to the zone and wait until they are read."""
    page.set_input_files("#imports-upload input", [payload(book) for book in books])
    told = f"{len(books)} ファイルのうち {len(books)} ファイルを取り込みました"
    expect(page.locator("#imports-progress")).to_contain_text(told)


def row(page: Page, division: str) -> Locator:
    return page.locator(".collection tbody tr", has=page.get_by_role("rowheader", name=division))


def cells(page: Page, division: str) -> list[str]:
    line = row(page, division)
    line.wait_for()  # the sentence above the table may come first
    return [text.split("\n")[0] for text in line.locator("td").all_inner_texts()]


# --- files in -----------------------------------------------------------------------------------


def test_dropped_files_are_followed_and_shown(page: Page, served: Demo) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    visit(page, served)
    head = page.locator("#imports-answer")
    expect(head).to_contain_text("まだ調査票がありません。")
    expect(page.locator("#imports-todo")).to_contain_text("bpr import フォルダ")
    drop(page, CLEAN, WRONG)
    expect(head).to_contain_text("2 冊を取り込みました。1 冊にエラーがあります。")
    assert page.locator("#imports-progress").get_attribute("role") == "status"
    expect(page.locator(".collection tbody tr").first).to_contain_text("水道課")
    assert cells(page, "税務課")[:5] == ["● 提出済み", "税務課.xlsx", "2", "300", "0"]
    assert cells(page, "水道課")[:5] == ["▲ エラーあり", "水道課.xlsx", "1", "100", "1"]
    expect(page.locator(".collection tbody tr").first).to_contain_text("水道課")
    expect(page.locator(".header-title")).to_be_visible()
    places = [urlsplit(url) for url in asked]
    hosts = {place.netloc for place in places if place.scheme not in {"data", "blob"}}
    assert hosts == {f"127.0.0.1:{served.port}"}


def test_what_cannot_be_read_is_not_lost(page: Page, served: Demo) -> None:
    visit(page, served)
    drop(page, CLEAN, Workbook("墓地.xlsx", b"\x00\x01 no workbook"), Workbook("空.xlsx", b""))
    expect(page.locator("#imports-progress")).to_contain_text("読めない 2")
    expect(page.locator("#imports-todo")).to_contain_text("読めない 2 冊を送り直してもらう")
    page.get_by_role("link", name="理由を見る").click()
    expect(page.locator("#findings")).to_be_focused()
    expect(page.locator("#imports-detail .mark-error").first).to_be_visible()


def test_progress_goes_on_after_a_look_elsewhere(page: Page, served: Demo) -> None:
    visit(page, served)
    files = sorted(SAMPLE.iterdir())
    books = [Workbook(f"{i}_{file.name}", file.read_bytes()) for i in range(2) for file in files]
    page.set_input_files("#imports-upload input", [payload(book) for book in books])
    bar = page.get_by_role("progressbar")
    expect(bar).to_have_attribute("max", "64")
    page.get_by_role("link", name="候補").click()
    page.get_by_role("link", name="取込").click()
    head = page.locator("#imports-answer")
    expect(head).to_contain_text("64 冊を取り込みました。", timeout=120_000)
    expect(bar).to_have_count(0)


def test_a_list_of_offices_tells_who_is_missing(page: Page, served: Demo) -> None:
    visit(page, served)
    drop(page, CLEAN, WRONG)
    page.set_input_files("#imports-offices input", payload(OFFICES))
    expect(page.locator("#notice")).to_have_text("課の一覧（3 課）を登録しました。")
    expect(page.locator("#imports-answer")).to_contain_text(
        "3 課のうち 2 課が提出。1 課が未提出、1 課にエラーがあります（締切まで"
    )
    assert cells(page, "出納室")[0] == "□ 未提出"
    expect(page.locator("#imports-todo")).to_contain_text("未提出の 1 課に連絡する（出納室）")
    with page.expect_download() as download:
        page.click("#imports-templates")
    assert download.value.suggested_filename == "調査票.zip"


# --- findings and the way back to the sender ----------------------------------------------------


def test_an_error_goes_back_to_its_sender_in_color(
    page: Page, served: Demo, tmp_path: Path
) -> None:
    visit(page, served)
    drop(page, CLEAN, WRONG)
    row(page, "水道課").get_by_role("link", name="件のエラー").click()
    page.wait_for_url(lambda url: "severity=error" in url)
    expect(page.locator("#findings")).to_have_text("水道課.xlsx の指摘")
    expect(page.locator("#findings")).to_be_focused()
    listed = page.get_by_role("table", name="指摘の一覧").locator("tbody tr")
    expect(listed).to_have_count(1)
    expect(listed).to_contain_text("B3")
    with page.expect_download() as download:
        row(page, "水道課").get_by_role("button", name="返送用を保存").click()
    assert download.value.suggested_filename == "水道課_指摘あり.xlsx"
    download.value.save_as(tmp_path / "back.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "back.xlsx")["調査票"]
    assert sheet["B3"].fill.fill_type == "solid"
    assert sheet["B3"].comment is not None
    assert sheet["B2"].fill.fill_type is None
    for button, name in (("#imports-xlsx", "指摘一覧.xlsx"), ("#imports-csv", "指摘一覧.csv")):
        with page.expect_download() as download:
            page.click(button)
        assert download.value.suggested_filename == name
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == 2
    assert "B3" in text
    page.get_by_role("link", name="← すべての課に戻る").click()
    with page.expect_download() as download:
        page.click("#imports-return-all")
    assert download.value.suggested_filename == "返送用の調査票.zip"


def test_the_address_brings_the_findings_back(open_page: OpenPage, served: Demo) -> None:
    page = open_page()
    visit(page, served)
    drop(page, CLEAN, WRONG)
    again = open_page()
    visit(again, served, f"?workbook={quote('水道課.xlsx')}&severity=error")
    expect(again.locator("#findings")).to_have_text("水道課.xlsx の指摘")
    expect(again.locator("#imports-intake")).to_be_hidden()
    assert again.input_value("#imports-severity") == "エラー"
    again.get_by_role("link", name="← すべての課に戻る").click()
    expect(again.locator("#imports-intake")).to_be_visible()
    again.go_back()
    expect(again.locator("#findings")).to_have_text("水道課.xlsx の指摘")


def test_a_file_is_withdrawn_after_a_question_and_put_back(page: Page, served: Demo) -> None:
    visit(page, served)
    drop(page, CLEAN, WRONG)
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    page.once("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog"):
        row(page, "水道課").get_by_role("button", name="取り下げ").click()
    assert asked == ["「水道課.xlsx」を集計から外します。よろしいですか。後で戻せます。"]
    page.once("dialog", lambda dialog: dialog.accept())
    row(page, "水道課").get_by_role("button", name="取り下げ").click()
    expect(page.locator("#notice")).to_contain_text("「水道課.xlsx」を取り下げました。")
    expect(page.locator("#imports-answer")).to_contain_text(
        "1 冊を取り込みました。エラーはありません。"
    )
    gone = page.locator(".collection tr.status-withdrawn")
    expect(gone).to_contain_text("水道課.xlsx")
    expect(page.locator("#imports-collection")).to_be_focused()
    gone.get_by_role("button", name="戻す").click()
    expect(page.locator("#imports-answer")).to_contain_text("2 冊を取り込みました。")


# --- how columns are read -----------------------------------------------------------------------


def test_a_confirmed_column_counts_for_every_workbook_of_its_form(page: Page, served: Demo) -> None:
    visit(page, served)
    drop(page, odd("契約課"), odd("管財課"))
    row(page, "契約課").get_by_role("link", name="列の読み方").click()
    expect(page.locator("#readings")).to_be_focused()
    choice = page.get_by_role("textbox", name="C 列「しごとの中身」の読み方")
    assert choice.input_value() == "使わない"
    expect(page.get_by_role("row", name="しごとの中身")).to_contain_text(
        "公告の作成 ／ 契約書の作成"
    )
    choice.click()
    page.get_by_role("option", name="作業名").click()
    page.click("#imports-confirm")
    expect(page.locator("#notice")).to_have_text(
        "「契約課.xlsx」の列の読み方を確定しました。同じ様式のほかの 1 冊も、これで決まりました。"
    )
    expect(page.get_by_role("row", name="しごとの中身")).to_contain_text("確定済み")
    page.get_by_role("link", name="業務", exact=True).click()
    expect(page.locator(".ag-row .task-name").first).to_contain_text("作成")
    shown = page.locator(".ag-row .task-name").all_inner_texts()
    assert sorted(shown) == sorted(["入札／公告の作成", "契約／契約書の作成"] * 2)


# --- by keyboard alone --------------------------------------------------------------------------


def test_everything_by_keyboard(page: Page, served: Demo) -> None:
    opened: list[FileChooser] = []
    page.on("filechooser", lambda chooser: opened.append(chooser))  # noqa: PLW0108 - from the start: asking later may come too late
    visit(page, served)
    press_until(page, "Tab", "imports-upload-button", 24)
    page.keyboard.press("Enter")
    for _ in range(50):
        if opened:
            break
        page.wait_for_timeout(100)
    opened[0].set_files([payload(CLEAN), payload(WRONG), payload(odd("契約課"))])
    expect(page.locator("#imports-answer")).to_contain_text("3 冊を取り込みました。")
    assert "imports-upload-button" in str(page.evaluate("document.activeElement.id"))

    press_until(page, "Tab", "sort", 12)
    assert "division" in str(page.evaluate("document.activeElement.id"))
    for _ in range(3):
        page.keyboard.press("Tab")
    assert json.loads(str(page.evaluate("document.activeElement.id")))["of"] == "tasks"
    page.keyboard.press("Enter")
    expect(page.locator(".collection th[aria-sort=ascending]")).to_contain_text("業務数")
    expect(page.locator(".collection tbody tr").first).to_contain_text("水道課")
    expect(page.locator(".collection th[aria-sort=ascending] button")).to_be_focused()

    wanted = row(page, "契約課").get_by_role("link", name="列の読み方")
    for _ in range(30):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#readings")).to_be_focused()
    choice = page.get_by_role("textbox", name="C 列「しごとの中身」の読み方")
    for _ in range(20):
        page.keyboard.press("Tab")
        if choice.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Control+A")
    page.keyboard.type("作業名")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(choice).to_have_value("作業名")
    press_until(page, "Tab", "imports-confirm", 20)
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("列の読み方を確定しました。")


# --- for everyone -------------------------------------------------------------------------------


def test_axe_finds_nothing_whatever_the_state(page: Page, served: Demo) -> None:
    visit(page, served)
    states = ["", "", f"?workbook={quote('水道課.xlsx')}", f"?workbook={quote('契約課.xlsx')}"]
    for number, search in enumerate(states):
        if number == 1:
            drop(page, CLEAN, WRONG, odd("契約課"), Workbook("空.xlsx", b""))
        else:
            visit(page, served, search)
        require_access(page)
