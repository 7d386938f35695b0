"""What a person sees equals what the analysis says; nothing comes from elsewhere."""

from urllib.parse import parse_qsl, urlsplit

import polars as pl
import pytest
from playwright.sync_api import Page, expect

from bpr import terms
from tests.e2e.conftest import PAGES, Demo, OpenPage, show

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HOURS = pl.col("annual_hours")
MEDIUM = pl.col("medium").cast(pl.String)


def test_nothing_is_loaded_from_elsewhere_and_nothing_complains(page: Page, demo: Demo) -> None:
    """The fixture fails on any console error, page error or refused request."""
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    for path in PAGES:
        show(page, demo, path)
    places = [urlsplit(url) for url in asked]
    assert len(places) > 30
    hosts = {place.netloc for place in places if place.scheme not in {"data", "blob"}}
    assert hosts == {f"127.0.0.1:{demo.port}"}


# --- overview -----------------------------------------------------------------------------------


def hours(tasks: pl.DataFrame, *conditions: pl.Expr) -> float:
    return float(tasks.filter(*conditions)["annual_hours"].sum())


def test_the_numbers_of_the_overview(page: Page, demo: Demo, tasks: pl.DataFrame) -> None:
    show(page, demo, "/")
    total = hours(tasks)
    core = pl.col("work_class") == "core"
    regular = pl.col("staff_type") == "regular"
    paper = MEDIUM.str.contains("paper|mixed")
    sealed = float(tasks.filter("approval_seal")["annual_count"].sum())
    ratios = {
        "core-ratio": hours(tasks, core) / total,
        "paper-ratio": hours(tasks, paper) / total,
        "regular-noncore-ratio": 1 - hours(tasks, core, regular) / hours(tasks, regular),
        "seal-ratio": sealed / float(tasks["annual_count"].sum()),
    }
    for name, ratio in ratios.items():
        assert page.inner_text(f"#{name}") == f"{100 * ratio:.1f}"
    routine = hours(tasks, pl.col("work_class") == "routine") / total
    assert page.inner_text("#overview-answer").split("\n") == [
        f"年間 {total:,.0f} 時間のうち、職員でなければできない仕事は {ratios['core-ratio']:.1%}。",
        f"いちばん多いのは専門性のいらない定型作業で、{routine:.1%} です。",
    ]


GROUPS = {"紙": "^paper", "電子+紙": "^mixed", "電子": "^electronic$", "該当なし": "^none$"}
AMI = {
    "紙": 19005 + 72736 + 107082,
    "電子+紙": 41837 + 94066 + 161349,
    "電子": 57815,
    "該当なし": 62475,
}
"""Hours of 図表10 of the Ami plan; all: 616,364."""


def test_the_table_behind_the_chart(page: Page, demo: Demo, tasks: pl.DataFrame) -> None:
    show(page, demo, "/")
    table = page.locator(".numbers table")
    expect(table).to_be_hidden()
    page.get_by_text("同じ数字を表で見る").click()
    expect(table).to_be_visible()
    rows = [row.split("\t") for row in table.locator("tbody tr").all_inner_texts()]
    expected = []
    for label, pattern in GROUPS.items():
        own = tasks.filter(MEDIUM.str.contains(pattern))
        parts = [hours(own, pl.col("work_class") == name) for name in terms.WORK_CLASSES]
        shares = [f"{hours(own) / hours(tasks):.1%}", f"{AMI[label] / 616_364:.1%}"]
        expected.append([label, *(f"{part:,.0f}" for part in (*parts, hours(own))), *shares])
    assert [[cell.strip() for cell in row] for row in rows] == expected


def test_the_divisions_with_most_routine_work(page: Page, demo: Demo, tasks: pl.DataFrame) -> None:
    show(page, demo, "/")
    first = (
        tasks.filter(pl.col("work_class") == "routine")
        .group_by("division")
        .agg(HOURS.sum())
        .sort("annual_hours", descending=True)
        .head(5)
    )
    shown = page.locator("section:not(.wide) .plain-table tbody tr").all_inner_texts()
    assert [row.split("\t")[:2] for row in shown] == [
        [division, f"{value:,.0f}"] for division, value in first.iter_rows()
    ]


# --- candidates ---------------------------------------------------------------------------------


def shown_rows(page: Page, count: int) -> list[tuple[str, str, str]]:
    """Rank, name and hours of the first rows as they stand on the screen."""
    found = []
    for index in range(count):
        row = f'.ag-row[row-index="{index}"]'
        rank = page.locator(f'{row} [col-id="rank"]').inner_text()
        name = page.locator(f"{row} .task-name").inner_text()
        found.append((rank.split("（")[0], name, page.locator(f'{row} [col-id="annual_hours"]').inner_text()))  # fmt: skip
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
    assert page.inner_text("#candidates-answer") == (
        f"候補は {best.height:,} 業務。上位 25 業務で、年 {low:,.0f}〜{high:,.0f} 時間の削減が見込めます。"
    )


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
    page.locator(".ag-body-viewport").evaluate("element => { element.scrollTop = 150 * 72 }")
    wanted = expected_rows(tasks, 152)[151]
    expect(page.locator('.ag-row[row-index="151"] .task-name')).to_have_text(wanted[1])
