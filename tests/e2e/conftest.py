"""The real program on a free port, and a Chromium that looks at it."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import bpr

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "surveys" / "sample"
PAGES = (
    "/",
    "/imports",
    "/imports?workbook=08_%E7%A8%8E%E5%8B%99%E8%AA%B2.xlsx",
    "/tasks",
    "/candidates",
)
_READY = "画面を開きました"


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Demo:
    """`bpr demo` (or another command that opens the screen) in a folder of its own."""

    folder: Path
    command: str = "demo"
    port: int = field(default_factory=free_port)
    program: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Address without the last slash."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait for the address that it prints."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("BPR_")}
        paths = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        with (self.folder / "errors.txt").open("w", encoding="utf-8") as errors:
            self.program = subprocess.Popen(
                [sys.executable, "-m", "bpr", self.command, "--port", str(self.port)],
                cwd=self.folder, env=environment | paths,
                stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8",
            )  # fmt: skip
        assert self.program.stdout is not None
        printed = []
        for line in self.program.stdout:
            printed.append(line)
            if _READY in line:
                assert f"{self.url}/" in line
                return
        told = (self.folder / "errors.txt").read_text(encoding="utf-8")
        pytest.fail(f"bpr {self.command} ended: {''.join(printed)}{told}")

    def stop(self) -> None:
        """End it as a person who switches the machine off."""
        if self.program is not None:
            self.program.terminate()
            self.program.communicate(timeout=20)
            self.program = None


def find_chromium() -> str | None:
    """The browser of this machine, or the one that BPR_CHROMIUM names."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("BPR_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        text = "この PC に Chromium がない（BPR_CHROMIUM で場所を指定できる）"
        if os.environ.get("BPR_REQUIRE_BROWSER") == "1":
            pytest.fail(text)
        pytest.skip(text)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One running demo for all tests that change nothing; none without a browser."""
    assert browser.is_connected()
    running = Demo(tmp_path_factory.mktemp("demo"))
    running.start()
    yield running
    running.stop()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens pages in fresh contexts; at the end none of them may have complained."""
    complaints: list[str] = []
    contexts = []

    def open_one(width: int = 1366, height: int = 900) -> Page:
        viewport = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, locale="ja-JP", accept_downloads=True)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(f"pageerror: {error}"))
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("response", lambda r: complaints.append(r.url) if r.status >= 400 else None)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


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
    if path.startswith(("/tasks", "/candidates")):
        page.wait_for_selector(".ag-row .task-name, .ag-overlay-no-rows-center")
    page.wait_for_load_state("networkidle")
