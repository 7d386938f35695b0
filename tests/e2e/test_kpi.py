"""KPI at the screen: from the answer to the evidence behind a number, by keyboard and by phone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from playwright.sync_api import Page, expect

from bpr.decide.measurements import Measurement
from bpr.workspace import Workspace
from tests.e2e.access import require_access
from tests.e2e.conftest import copy_store, show
from tests.e2e.programs import Demo, Served
from tests.e2e.test_work import press_until

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def decided(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo with six targets: three done, one measured, one that went back, two under way."""
    running = Served(tmp_path_factory.mktemp("kpi"))
    copy_store(demo.folder, running.folder)
    workspace = Workspace.open(f"sqlite:///{running.folder}/bpr-data/demo.sqlite3")
    ids = workspace.report().tasks.sort("rank")["task_id"].to_list()[:6]
    numbers = workspace.create_targets(ids, happened_on=date(2023, 5, 1), values={"done_by": 2027})

    def move(number: int, status: str, day: date, reason: str | None = None) -> None:
        seen = workspace.read_target(number).target.version
        workspace.move_target(number, seen, status, day, reason)

    for place, number in enumerate(numbers):
        move(number, "running", date(2023, 10, 1))
        if place < 4:
            move(number, "done", date(2024, 6 + place, 1))
    move(numbers[3], "running", date(2025, 5, 1), "帳票が変わった")
    periods = (date(2022, 4, 1), date(2023, 3, 31), date(2024, 10, 1), date(2025, 9, 30))
    workspace.measure_target(
        Measurement(numbers[0], "hours", 410, 96, *periods, "measured", freed_use="counter")
    )
    workspace.store.engine.dispose()
    running.start()
    yield running
    running.stop()


def test_the_answer_stands_on_top_and_opens_into_tasks(
    page: Page, decided: Demo, tasks: pl.DataFrame
) -> None:
    show(page, decided, "/kpi")
    expect(page.locator("#kpi-answer")).to_contain_text("BPR実施業務数（累計）は、いま 3 業務")
    expect(page.locator(".chosen-kpi")).to_contain_text("BPR実施業務数（累計）")
    rows = page.locator("#kpi-evidence .kpi-units tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("410 → 96")
    expect(rows.first).to_contain_text("実績")
    expect(page.locator(".kpi-gone tbody tr")).to_contain_text("実施中：帳票が変わった")
    best = tasks.sort("rank")["task_name"][0]
    link = rows.first.get_by_role("link")
    expect(link).to_contain_text(best)
    assert link.get_attribute("href") == "/targets?target=1"


def test_by_keyboard_to_another_year_and_kpi(page: Page, decided: Demo) -> None:
    show(page, decided, "/kpi")
    press_until(page, "Tab", "kpi-link", 25)
    page.get_by_text("同じ数字を表で見る").focus()
    page.keyboard.press("Enter")
    press_until(page, "Tab", "small-action", 3)
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#kpi-evidence h2")).to_have_text("令和6年度の 4 業務は、何を数えたか")
    assert page.url.endswith("/kpi?kpi=bpr_done&year=2024#kpi-evidence")
    expect(page.locator("#kpi-evidence")).to_be_focused()
    expect(page.locator("#kpi-evidence")).to_be_in_viewport()
    page.go_back()
    expect(page.locator("#kpi-evidence .kpi-units tbody tr")).to_have_count(3)
    page.get_by_role("link", name="削減時間").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#kpi-answer")).to_contain_text("削減時間は、いま 314 時間/年")
    assert page.url.endswith("/kpi?kpi=saved_hours")


def test_a_figure_is_entered_and_shown_at_once(page: Page, decided: Demo) -> None:
    show(page, decided, "/kpi?kpi=e_approval")
    expect(page.locator("#kpi-answer")).to_contain_text("実績値がまだ入っていません")
    press_until(page, "Tab", "kpi-value", 60)
    page.keyboard.type("６２．５")
    page.keyboard.press("Tab")
    page.keyboard.type("8,400")
    press_until(page, "Tab", "kpi-note", 4)
    page.keyboard.type("文書管理システムの集計")
    press_until(page, "Tab", "kpi-enter", 2)
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("実績値を 62.5 %として記録しました。")
    expect(page.locator("#kpi-answer")).to_contain_text("いま 62.5%")
    row = page.locator(".kpi-entered tbody tr").first
    expect(row).to_contain_text("8,400")
    expect(row).to_contain_text("文書管理システムの集計")
    expect(page.locator("#kpi-value")).to_have_value("")
    expect(page.locator("#kpi-enter")).to_be_focused()
    page.reload()
    expect(page.locator("#kpi-answer")).to_contain_text("いま 62.5%")


def test_the_table_leaves_as_a_workbook(page: Page, decided: Demo, tmp_path: Path) -> None:
    show(page, decided, "/kpi")
    with page.expect_download() as download:
        page.click("#kpi-excel")
    assert download.value.suggested_filename == "KPI進捗管理表.xlsx"
    download.value.save_as(tmp_path / "kpi.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "kpi.xlsx").worksheets[0]
    assert sheet["A7"].value == "BPR実施業務数（累計）"


@pytest.mark.parametrize("search", ["", "?kpi=saved_hours", "?kpi=bpr_done&year=2024"])
def test_everyone_can_use_it(page: Page, decided: Demo, search: str) -> None:
    show(page, decided, f"/kpi{search}")
    for summary in page.locator("main summary").all():
        summary.click()
    require_access(page)
