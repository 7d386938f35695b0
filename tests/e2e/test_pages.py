"""What a person sees equals what the analysis says; nothing comes from elsewhere."""

from urllib.parse import parse_qsl, urlsplit

import polars as pl
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage, show
from tests.e2e.programs import Demo

pytestmark = pytest.mark.browser


# --- candidates ---------------------------------------------------------------------------------


def shown_rows(page: Page, count: int) -> list[tuple[str, str, str]]:
    """Rank, name and hours of the first rows as they stand on the screen."""
    found = []
    for index in range(count):
        row = f'.ag-row[row-index="{index}"]'
        rank = page.locator(f'{row} [col-id="rank"]').inner_text()
        name = page.locator(f"{row} .task-name").inner_text()
        found.append((rank.split()[0], name, page.locator(f'{row} [col-id="annual_hours"]').inner_text()))  # fmt: skip
    return found


def expected_rows(tasks: pl.DataFrame, count: int) -> list[tuple[str, str, str]]:
    return [
        (f"{task['rank']:,}", "／".join(filter(None, (task["task_name"], task["activity_name"]))), f"{task['annual_hours']:,.0f}")
        for task in tasks.sort("rank").head(count).iter_rows(named=True)
    ]  # fmt: skip


def test_the_first_ten_candidates_are_the_ranking(
    page: Page, demo: Demo, tasks: pl.DataFrame
) -> None:
    show(page, demo, "/candidates")
    assert shown_rows(page, 10) == expected_rows(tasks, 10)
    best = tasks.filter(pl.col("best_lever").is_not_null()).sort("rank")
    top = best.head(25)
    low, high = top["saving_hours_low"].sum(), top["saving_hours_high"].sum()
    first, second = page.inner_text("#candidates-answer").split("\n")
    assert first == (
        f"候補は {best.height:,} 業務。上位 25 業務の削減見込は年 {low:,.0f}〜{high:,.0f} 時間です。"
    )
    assert "倍に変えても上位 25 に残" in second


def test_filters_go_into_the_address_and_the_address_brings_them_back(
    open_page: OpenPage, demo: Demo, tasks: pl.DataFrame
) -> None:
    page = open_page()
    show(page, demo, "/candidates")
    page.fill("#candidates-text", "入力")
    page.wait_for_url(lambda url: "text=" in url)
    page.click("#candidates-lever")
    page.get_by_role("option", name="RPA").click()
    page.wait_for_url(lambda url: "lever=rpa" in url)
    assert dict(parse_qsl(urlsplit(page.url).query)) == {"text": "入力", "lever": "rpa"}

    searched = pl.concat_str(
        ["task_name", "activity_name", "division", "unit", "legal_basis", "systems"],
        ignore_nulls=True, separator=" ",
    )  # fmt: skip
    wanted = tasks.filter(searched.str.contains("入力"), pl.col("best_lever") == "rpa")
    assert 5 < wanted.height < tasks.height / 10
    answer = f"候補は {wanted.height:,} 業務。"
    expect(page.locator("#candidates-answer")).to_contain_text(answer)
    first = expected_rows(wanted, 1)[0][1]
    expect(page.locator('.ag-row[row-index="0"] .task-name')).to_have_text(first)
    assert shown_rows(page, 5) == expected_rows(wanted, 5)

    again = open_page()
    again.goto(page.url)
    expect(again.locator("#candidates-answer")).to_contain_text(answer)
    expect(again.locator('.ag-row[row-index="0"] .task-name')).to_have_text(first)
    assert shown_rows(again, 5) == expected_rows(wanted, 5)
    assert again.input_value("#candidates-text") == "入力"
    assert again.input_value("#candidates-lever") == "RPA"


def test_only_sure_candidates_and_the_way_to_the_weights(page: Page, demo: Demo) -> None:
    show(page, demo, "/candidates?weights=volume:2")
    page.click("#candidates-certainty")
    page.get_by_role("option", name="確実").click()
    page.wait_for_url(lambda url: "certainty=certain" in url)
    expect(page.locator("#candidates-answer")).to_contain_text("全体の上位 25")
    marks = page.locator(".ag-row .tag.certainty")
    expect(marks.first).to_have_text("確実")
    assert set(marks.all_inner_texts()) == {"確実"}
    expect(page.locator("#candidates-ways")).to_contain_text("重み：試している重み")
    page.get_by_role("link", name="重みを試す").click()
    page.wait_for_url(lambda url: "/weights?weights=volume%3A2" in url)


def test_a_click_on_a_row_explains_it(page: Page, demo: Demo, tasks: pl.DataFrame) -> None:
    show(page, demo, "/candidates")
    page.click('.ag-row[row-index="2"] .task-name')
    detail = page.locator("#candidates-detail")
    expect(detail.locator("h2")).to_have_text(expected_rows(tasks, 3)[2][1])
    expect(detail).to_contain_text("3 位")
    opened = detail.locator("details[open] > summary")
    expect(opened).to_have_count(1)
    assert detail.evaluate("element => element.scrollWidth <= element.clientWidth")


def test_back_and_forward_bring_the_filters_of_a_list(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.url}/tasks")
    page.wait_for_selector(".ag-row .task-name")
    page.fill("#tasks-text", "入力")
    page.wait_for_url(lambda url: "text=" in url)
    page.click("#tasks-work-class")
    page.get_by_role("option", name="III 定型").click()
    page.wait_for_url(lambda url: "work_class=routine" in url)
    page.go_back()
    expect(page.locator("#tasks-work-class")).to_have_value("")
    expect(page.locator("#tasks-text")).to_have_value("入力")
    page.go_back()
    expect(page.locator("#tasks-text")).to_have_value("")
    page.go_forward()
    page.go_forward()
    expect(page.locator("#tasks-work-class")).to_have_value("III 定型")
    assert "work_class=routine" in page.url


def test_a_filter_without_any_task_says_so(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.url}/tasks?text=どこにもない言葉")
    expect(page.locator("#tasks-answer")).to_have_text(
        "この条件に当てはまる業務はありません。絞り込みをゆるめてください。"
    )
    expect(page.locator(".ag-row .task-name")).to_have_count(0)


def test_the_list_goes_on_as_one_scrolls(page: Page, demo: Demo, tasks: pl.DataFrame) -> None:
    show(page, demo, "/candidates")
    page.locator(".ag-body-viewport").evaluate("element => { element.scrollTop = 150 * 88 }")
    wanted = expected_rows(tasks, 152)[151]
    expect(page.locator('.ag-row[row-index="151"] .task-name')).to_have_text(wanted[1])
