"""The sample town on a free port, and a Chromium that looks at it."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from typing import Any
from urllib.parse import urlsplit

import polars as pl
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

import bpr
from tests.e2e.browsers import GONE, Chromium, find_chromium
from tests.e2e.programs import ROOT, Demo, Served

SAMPLE = ROOT / "surveys" / "sample"
PAGES = (
    "/",
    "/imports",
    "/imports?workbook=08_%E7%A8%8E%E5%8B%99%E8%AA%B2.xlsx",
    "/review",
    "/tasks",
    "/common",
    "/common?group=family%3Apayments",
    "/common?view=mamurogawa",
    "/candidates",
    "/candidates?view=matrix",
    "/weights",
    "/portfolio?tasks=5",
    "/compare",
    "/compare?view=years",
    "/compare?view=towns",
    "/targets",
    "/kpi",
    "/kpi?kpi=e_approval",
    "/guide",
    "/papers",
)
"""Pages of the sample town that need no preparation."""
expect.set_options(timeout=20_000)  # a page may wait for a busy machine, never for ever


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a test begin again, once, whose browser no longer answered; and only then."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=[GONE]))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    path = find_chromium()
    if path is None:
        text = "この PC に Chromium がない（BPR_CHROMIUM で場所を指定できる）"
        if os.environ.get("BPR_REQUIRE_BROWSER") == "1":
            pytest.fail(text)
        pytest.skip(text)
    with sync_playwright() as playwright:
        running = Chromium(playwright, path)
        yield running
        running.close()


@pytest.fixture
def browser(chromium: Chromium) -> Iterator[Browser]:
    patience = chromium.watch()
    try:
        yield chromium.browser()
    finally:
        patience.cancel()


@pytest.fixture(scope="session")
def demo(chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One running demo for all tests that change nothing; none without a browser."""
    assert chromium.browser().is_connected()
    running = Demo(tmp_path_factory.mktemp("demo"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def own(demo: Demo, tmp_path: Path) -> Iterator[Demo]:
    """A demo of its own, in which things may be decided; the sample is there already."""
    running = Served(tmp_path)
    copy_store(demo.folder, tmp_path)
    running.start()
    yield running
    running.stop()


def copy_store(source: Path, target: Path) -> None:
    """Copy what a demo keeps, while it runs."""
    kept = Path("bpr-data") / "demo.sqlite3"
    (target / kept).parent.mkdir()
    with closing(connect(source / kept)) as there, closing(connect(target / kept)) as here:
        there.backup(here)


OpenPage = Callable[..., Page]
_OPEN: list[BrowserContext] = []
"""Contexts of the test that runs."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """Close the pages before their server ends, so that none complains of it."""
    while _OPEN:
        context = _OPEN.pop()
        if context.browser and context.browser.is_connected():
            context.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens pages in fresh contexts; at the end none may have complained or asked another host."""
    complaints: list[str] = []

    def heed_host(request: Request) -> None:
        place = urlsplit(request.url)
        here = place.hostname in {"127.0.0.1", "localhost"}
        if place.scheme not in {"data", "blob", "file"} and not here:
            complaints.append(f"elsewhere: {request.url}")

    def open_one(width: int = 1366, height: int = 900) -> Page:
        viewport = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, locale="ja-JP", accept_downloads=True)  # type: ignore[arg-type]
        _OPEN.append(context)
        context.on("request", heed_host)
        page = context.new_page()
        page.set_default_timeout(15_000)
        _wait_for_the_app(page)
        page.on("pageerror", lambda error: complaints.append(f"pageerror: {error}"))
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("response", lambda r: complaints.append(r.url) if r.status >= 400 else None)
        return page

    yield open_one
    assert complaints == []


def _wait_for_the_app(page: Page) -> None:
    """Let `goto` return when the app has taken the place of what the document holds."""
    load = page.goto

    def load_and_wait(url: str, **options: Any) -> Response | None:
        answer = load(url, **options)
        page.locator("#first-paint").wait_for(state="detached")
        return answer

    page.goto = load_and_wait  # type: ignore[method-assign]


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


@pytest.fixture(scope="session")
def tasks() -> pl.DataFrame:
    """The tasks of the sample town, computed apart from the server."""
    return bpr.analyze([SAMPLE]).tasks


def show(page: Page, demo: Demo, path: str) -> None:
    """Go to a page and wait until it is filled."""
    page.goto(demo.url + path)
    page.wait_for_selector("h1")
    if path.startswith(("/tasks", "/candidates")) and "view=" not in path:
        rows = ".ag-row .task-name, .ag-overlay-no-rows-center"
        page.wait_for_selector(rows, state="attached")
        page.locator(".ag-root").scroll_into_view_if_needed()  # a grid draws what is in sight
        page.wait_for_selector(rows)
        page.evaluate("window.scrollTo(0, 0)")
    page.wait_for_load_state("networkidle")
