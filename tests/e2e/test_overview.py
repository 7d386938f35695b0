"""概況 at the screen: its numbers are the report's, its filters the address's; by keyboard, on paper."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

import polars as pl
import pytest
from playwright.sync_api import Page, expect

from bpr import terms
from tests.e2e.access import require_access
from tests.e2e.conftest import OpenPage, show
from tests.e2e.programs import Demo
from tests.e2e.test_work import press_until

pytestmark = pytest.mark.browser

HOURS = pl.col("annual_hours")
MEDIUM = pl.col("medium").cast(pl.String)
CORE = pl.col("work_class") == "core"
REGULAR = pl.col("staff_type") == "regular"
YEN: Mapping[str, float] = {"regular": 3285, "nonregular": 1500}


def hours(tasks: pl.DataFrame, *conditions: pl.Expr) -> float:
    return float(tasks.filter(*conditions)["annual_hours"].sum())


def shares(tasks: pl.DataFrame) -> dict[str, float]:
    """Id of a figure -> its share, by hand."""
    sealed = float(tasks.filter("approval_seal")["annual_count"].sum())
    return {
        "core-ratio": hours(tasks, CORE) / hours(tasks),
        "paper-ratio": hours(tasks, MEDIUM.str.contains("paper|mixed")) / hours(tasks),
        "regular-noncore-ratio": 1 - hours(tasks, CORE, REGULAR) / hours(tasks, REGULAR),
        "seal-ratio": sealed / float(tasks["annual_count"].sum()),
    }


def yen(tasks: pl.DataFrame) -> float:
    return sum(hours(tasks, pl.col("staff_type") == kind) * one for kind, one in YEN.items())


def cells(page: Page, table: str) -> list[list[str]]:
    """Texts of a table's rows, white space made one."""
    rows = page.locator(f"{table} tbody tr").all()
    return [[" ".join(c.inner_text().split()) for c in row.locator("th, td").all()] for row in rows]


def test_the_numbers_of_the_overview(page: Page, demo: Demo, tasks: pl.DataFrame) -> None:
    show(page, demo, "/")
    total, expected = hours(tasks), shares(tasks)
    for name, ratio in expected.items():
        assert page.inner_text(f"#{name}") == f"{100 * ratio:.1f}"
    routine = hours(tasks, pl.col("work_class") == "routine") / total
    assert page.inner_text("#overview-answer").split("\n") == [
        f"年間 {total:,.0f} 時間のうち、職員でなければできない仕事は {expected['core-ratio']:.1%}。",
        f"いちばん多いのは専門性のいらない定型作業で、{routine:.1%} です。",
    ]
    assert page.inner_text("#cost") == f"{yen(tasks) / 1e8:.1f}"


def test_class_by_staff_is_the_published_shape(page: Page, demo: Demo, tasks: pl.DataFrame) -> None:
    show(page, demo, "/")
    kinds = {"regular": REGULAR, "nonregular": ~REGULAR, "total": pl.lit(value=True)}
    rows = cells(page, ".overview-classes")
    for row, name in zip(rows, (*terms.WORK_CLASSES, "total"), strict=True):
        own = pl.lit(value=True) if name == "total" else pl.col("work_class") == name
        for cell, kind in zip(row[1:], kinds.values(), strict=True):
            known = hours(tasks, own, kind)
            assert cell.startswith(f"{known:,.0f} {known / hours(tasks):.1%}")
    assert "（平均 32.7%）" in rows[0][1]


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
    chart = page.locator(".chart", has=page.locator("#overview-media"))
    table = chart.locator(".numbers table")
    expect(table).to_be_hidden()
    chart.get_by_text("同じ数字を表で見る").click()
    expect(table).to_be_visible()
    rows = [row.split("\t") for row in table.locator("tbody tr").all_inner_texts()]
    expected = []
    for label, pattern in GROUPS.items():
        own = tasks.filter(MEDIUM.str.contains(pattern))
        parts = [hours(own, pl.col("work_class") == name) for name in terms.WORK_CLASSES]
        told = [f"{hours(own) / hours(tasks):.1%}", f"{AMI[label] / 616_364:.1%}"]
        expected.append([label, *(f"{part:,.0f}" for part in (*parts, hours(own))), *told])
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
    assert [row[:2] for row in cells(page, ".overview-divisions")] == [
        [division, f"{value:,.0f}"] for division, value in first.iter_rows()
    ]


def test_the_tasks_of_most_hours_open(page: Page, demo: Demo, tasks: pl.DataFrame) -> None:
    show(page, demo, "/")
    first = tasks.sort("annual_hours", "rank", descending=[True, False]).head(10)
    assert [row[4] for row in cells(page, ".overview-top")] == [
        f"{value:,.0f}" for value in first["annual_hours"]
    ]
    name = "／".join(filter(None, first.select("task_name", "activity_name").row(0)))
    page.locator(".overview-top").get_by_role("link", name=name, exact=True).first.click()
    expect(page.locator("#tasks-detail h2")).to_have_text(name)
    assert urlsplit(page.url).path == "/tasks"


def test_filters_go_into_the_address_and_count_as_the_report(
    open_page: OpenPage, demo: Demo, tasks: pl.DataFrame
) -> None:
    page = open_page()
    show(page, demo, "/")
    page.click("#overview-division")
    page.get_by_role("option", name="税務課", exact=True).click()
    page.wait_for_url(lambda url: "division=" in url)
    page.click("#overview-staff")
    page.get_by_role("option", name="正規職員", exact=True).click()
    page.wait_for_url(lambda url: "staff_type=regular" in url)
    asked = {"division": "税務課", "staff_type": "regular"}
    assert dict(parse_qsl(urlsplit(page.url).query)) == asked
    own = tasks.filter(REGULAR, division="税務課")
    answer = f"税務課・正規職員の業務は年間 {hours(own):,.0f} 時間で、全体の {hours(own) / hours(tasks):.1%} です。"
    expect(page.locator("#overview-answer")).to_contain_text(answer)
    expect(page.locator("#overview-head")).to_contain_text("「税務課・正規職員」で絞り込んでいます")
    for name, ratio in shares(own).items():
        expect(page.locator(f"#{name}")).to_have_text(f"{100 * ratio:.1f}")
    again = open_page()
    again.goto(page.url)
    expect(again.locator("#overview-answer")).to_contain_text(answer)
    assert again.input_value("#overview-staff") == "正規職員"
    page.go_back()
    expect(page.locator("#overview-staff")).to_have_value("")
    expect(page.locator("#overview-head")).to_contain_text("「税務課」で絞り込んでいます")


def test_by_keyboard_into_a_division_and_back(page: Page, demo: Demo) -> None:
    show(page, demo, "/")
    page.locator(".overview-divisions a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#overview-head")).to_be_focused()
    expect(page.locator("#overview-head")).to_be_in_viewport()
    expect(page.locator("#overview-answer")).to_contain_text("全体の")
    press_until(page, "Tab", "small-action", 2)
    page.keyboard.press("Enter")
    expect(page.locator("#overview-answer")).to_contain_text("職員でなければできない仕事は")
    assert urlsplit(page.url).query == ""
    expect(page.locator("#overview-head")).to_be_focused()


@pytest.mark.parametrize(
    "search", ["?division=税務課&staff_type=regular", "?work_class=routine", "?division=ない課"]
)
def test_everyone_can_use_it(page: Page, demo: Demo, search: str) -> None:
    show(page, demo, f"/{search}")
    for summary in page.locator("main summary").all():
        summary.click()
    require_access(page)


def test_nothing_is_cut_inside_a_card_on_a_phone(open_page: OpenPage, demo: Demo) -> None:
    page = open_page(400, 800)
    show(page, demo, "/")
    wide = page.evaluate(
        """() => [...document.querySelectorAll('.overview .card')]
        .filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent.slice(0, 60))"""
    )
    assert wide == []


def test_on_paper_there_are_numbers_and_no_buttons(page: Page, demo: Demo) -> None:
    show(page, demo, "/")
    page.set_viewport_size({"width": 700, "height": 1000})
    page.emulate_media(media="print")
    for gone in ("nav", ".filters", "#overview-download-button", ".chart-files"):
        expect(page.locator(gone).first).to_be_hidden()
    for there in ("#overview-answer", "#core-ratio", "#overview-media", ".overview-classes"):
        expect(page.locator(there)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
