"""設定 at the screen: by keyboard from the first account to the log that tells of it all."""

import re
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from playwright.sync_api import Page, expect

from bpr.workspace import Workspace
from tests.e2e.access import find_violations, require_access
from tests.e2e.conftest import OpenPage, show
from tests.e2e.programs import Demo
from tests.e2e.test_login import SECRET, log_in
from tests.e2e.test_work import focus, press_until

pytestmark = pytest.mark.browser

PARTS = (
    "/settings",
    "/settings?cost=hourly.regular#settings-cost",
    "/settings?part=kpi",
    "/settings?part=accounts",
    "/settings?part=audit",
)


def type_into(page: Page, wanted: str, text: str) -> None:
    """Go on to a field by keyboard and type."""
    press_until(page, "Tab", wanted, 40)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


@pytest.mark.parametrize("path", PARTS)
def test_every_part_is_usable_by_everyone(page: Page, demo: Demo, path: str) -> None:
    show(page, demo, path)
    for summary in page.locator("main summary").all():
        summary.click()
    require_access(page)


def test_by_keyboard_a_unit_cost_of_our_own(page: Page, own: Demo) -> None:
    show(page, own, "/settings")
    expect(page.locator("#settings-answer")).to_contain_text("3,285 円（実績）")
    page.get_by_role("link", name=re.compile("変える.*（正規職員）")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#settings-cost")).to_be_focused()
    for name, text in (("low", "3000"), ("middle", "6570"), ("high", "7000")):
        type_into(page, f"settings-cost-{name}", text)
    type_into(page, "settings-cost-source", "令和6年度決算")
    press_until(page, "Tab", "settings-cost-set", 2)
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_have_text(
        "「1 時間の人件費：正規職員」を変えました。これからの集計に効きます。"
    )
    expect(page.locator("#settings-answer")).to_contain_text("6,570 円（実績）")
    assert "settings-cost-set" in focus(page)
    expect(page.locator("#settings-cost tbody tr")).to_contain_text("令和6年度決算")
    workspace = Workspace.open(f"sqlite:///{own.folder}/bpr-data/demo.sqlite3")
    best = workspace.report().tasks.filter(pl.col("staff_type").cast(pl.String) == "regular")
    workspace.store.engine.dispose()
    show(page, own, f"/candidates?task={best.sort('rank')['task_id'][0]}")
    expect(page.locator("#candidates-detail")).to_contain_text("6,570")


def test_by_keyboard_from_the_first_account_to_the_log(
    page: Page, own: Demo, tmp_path: Path
) -> None:
    first = add_the_first(page, own)
    issued = add_and_change_another(page, own)
    assert issued != first
    assert issued not in read_the_log(page, tmp_path)


def add_the_first(page: Page, own: Demo) -> str:
    """Make the first account and log in with it; return the password that was shown."""
    show(page, own, "/settings?part=accounts")
    expect(page.locator("h1")).to_contain_text("アカウントはまだありません。")
    type_into(page, "settings-new-name", "soumu01")
    type_into(page, "settings-new-display", "総務 花子")
    press_until(page, "Tab", "settings-add", 3)
    page.keyboard.press("Enter")
    first = page.locator(".settings-password").inner_text()
    page.wait_for_load_state("networkidle")
    assert page.url.endswith("/settings?part=accounts")  # the password stays to be read
    page.get_by_role("link", name="書き写したので、ログインへ進む").focus()
    page.keyboard.press("Enter")
    log_in(page, "soumu01", first)
    expect(page.locator("h1")).to_have_text("パスワードの変更")
    log_in(page, first, SECRET, SECRET)
    expect(page.locator("header")).to_contain_text("総務 花子（管理者）")
    return first


def add_and_change_another(page: Page, own: Demo) -> str:
    """Make a second account, then one of a division; return the password that was shown."""
    show(page, own, "/settings?part=accounts")
    expect(page.locator("h1")).to_contain_text("ログインできるのは 1 人（うち管理者 1 人）です。")
    type_into(page, "settings-new-name", "zeimu01")
    type_into(page, "settings-new-display", "税務 太郎")
    press_until(page, "Tab", "settings-add", 6)
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_have_text("アカウント「zeimu01」（閲覧）を作りました。")
    expect(page.locator(".settings-accounts tbody tr")).to_have_count(2)
    issued = page.locator(".settings-password").inner_text()

    page.get_by_role("link", name=re.compile("変える.*（zeimu01）")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#settings-account")).to_be_focused()
    expect(page.locator(".settings-password")).to_have_count(0)
    press_until(page, "Tab", "settings-role", 2)
    choose_by_keyboard(page, "所管課")
    press_until(page, "Tab", "settings-division", 2)
    page.keyboard.type("税務")
    choose_by_keyboard(page, "税務課", opened=True)
    press_until(page, "Tab", "settings-change-role", 3)
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_have_text(
        "アカウント「zeimu01」の役割を「所管課・税務課」に変えました。"
    )
    assert "settings-change-role" in focus(page)
    assert find_violations(page) == []
    return issued


def read_the_log(page: Page, tmp_path: Path) -> str:
    """See both acts in the log, check its seals and take the rows along; return them."""
    page.get_by_role("link", name="監査記録").focus()
    page.keyboard.press("Enter")
    newest = page.locator(".settings-audit tbody tr").first
    expect(newest).to_contain_text("アカウントの変更")
    expect(newest).to_contain_text("soumu01")
    expect(newest).to_contain_text("課：なし → 税務課、役割：閲覧 → 所管課")
    press_until(page, "Tab", "settings-verify", 6)
    page.keyboard.press("Enter")
    expect(page.locator("#settings-verified")).to_contain_text("すべてつながっています")
    type_into(page, "settings-text", "zeimu01")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("当てはまる記録は 2 件です")
    assert "text=zeimu01" in page.url
    assert "settings-text" in focus(page)
    with page.expect_download() as waited:
        press_until(page, "Tab", "settings-export", 8)
        page.keyboard.press("Enter")
    file = tmp_path / waited.value.suggested_filename
    waited.value.save_as(file)
    rows = list(openpyxl.load_workbook(file).worksheets[0].values)
    assert [row[rows[0].index("操作")] for row in rows[1:]] == [
        "アカウントの追加",
        "アカウントの変更",
    ]
    return str(rows)


def choose_by_keyboard(page: Page, label: str, *, opened: bool = False) -> None:
    """Choose an option of the list that has the focus."""
    if not opened:
        page.keyboard.press("ArrowDown")
    option = page.get_by_role("option", name=label, exact=True)
    expect(option).to_be_visible()
    for _ in range(8):
        if option.get_attribute("data-combobox-selected") == "true":
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(option).to_be_hidden()


def test_who_only_looks_on_sees_the_rules(open_page: OpenPage, own: Demo) -> None:
    workspace = Workspace.open(f"sqlite:///{own.folder}/bpr-data/demo.sqlite3")
    for name, role in (("soumu01", "admin"), ("mori", "viewer")):
        workspace.add_account(name, name, role, None, "Hajimete-0001")
        workspace.change_password(name, "Hajimete-0001", SECRET, "")
    workspace.store.engine.dispose()
    page = open_page()
    page.goto(f"{own.url}/settings?part=audit")
    log_in(page, "mori", SECRET)
    expect(page.locator("h1")).to_contain_text("この操作は「閲覧」のアカウントではできません。")
    shown = page.locator(".settings-ways a")
    expect(shown).to_have_text(["計算の前提", "KPI の定義"])
    shown.first.click()
    expect(page.locator("h1")).to_contain_text("正規職員の 1 時間は 3,285 円")
    expect(page.get_by_role("link", name="変える")).to_have_count(0)
