"""Charts at the screen: three files from one page by keyboard, a picture that is not blank, no markup."""

import csv
import io
import re
import struct
import zlib
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import pytest
from playwright.sync_api import Download, Page, expect

from bpr.workspace import Workspace
from tests.builder import Rows, workbook
from tests.e2e.access import both_sizes
from tests.e2e.conftest import show
from tests.e2e.programs import Demo
from tests.e2e.test_work import press_until

pytestmark = pytest.mark.browser
NAME = "課ごとの紙利用率"


def read_png(data: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and the lines of an 8-bit RGBA picture, unfiltered."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, color = struct.unpack(">IIBB", data[16:26])
    assert (depth, color) == (8, 6)
    packed, place = b"", 8
    while place < len(data):
        [length] = struct.unpack(">I", data[place : place + 4])
        if data[place + 4 : place + 8] == b"IDAT":
            packed += data[place + 8 : place + 8 + length]
        place += 12 + length
    raw, step = zlib.decompress(packed), 4 * width + 1
    return width, height, [raw[n * step : (n + 1) * step] for n in range(height)]


def press(page: Page, label: str) -> Download:
    """Press one of a chart's buttons by keyboard; return the file."""
    button = page.get_by_role("button", name=re.compile(f"^{label} ?（{NAME}）$"))
    button.focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    return download.value


def test_three_files_leave_and_nothing_is_asked_of_another_host(
    page: Page, demo: Demo, tmp_path: Path
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    show(page, demo, "/compare")
    for label, kind in (
        ("表をCSVで保存", "csv"),
        ("表をExcelで保存", "xlsx"),
        ("図をPNGで保存", "png"),
    ):
        file = press(page, label)
        assert file.suggested_filename == f"{NAME}.{kind}"
        file.save_as(tmp_path / f"chart.{kind}")
    page.get_by_text("同じ数字を表で見る").click()
    shown = [text.split("\t") for text in page.locator(".numbers-table tbody tr").all_inner_texts()]
    text = (tmp_path / "chart.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))[1 : len(shown) + 1]
    sheet = openpyxl.load_workbook(tmp_path / "chart.xlsx").worksheets[0]
    cells = [list(row) for row in sheet.iter_rows(min_row=6, values_only=True)]
    assert len(shown) == len(cells) > 20
    for seen, row, line in zip(shown, rows, cells, strict=True):
        share = float(seen[3].strip().removesuffix("%"))
        assert (row[0], float(row[3]), line[0]) == (seen[0].strip(), share, seen[0].strip())
        assert line[3] == pytest.approx(share / 100)
    own = {"", urlsplit(demo.url).netloc}
    assert {urlsplit(url).netloc for url in asked if not url.startswith("blob:")} <= own
    width, height, lines = read_png((tmp_path / "chart.png").read_bytes())
    assert width > 600
    assert height > 600
    words, bars = lines[: height // 12], lines[height // 4 : height // 2]
    for part in (words, bars):
        assert sum(len(set(line[1:])) > 1 for line in part) > len(part) // 4


def test_the_buttons_are_reached_by_tab(page: Page, demo: Demo) -> None:
    show(page, demo, "/compare")
    page.get_by_text("同じ数字を表で見る").focus()
    press_until(page, "Tab", "small-action", 1)
    with page.expect_download() as download:
        page.keyboard.press("Space")
    assert download.value.suggested_filename == f"{NAME}.csv"


def test_buttons_are_large_enough(page: Page, demo: Demo) -> None:
    show(page, demo, "/compare")
    buttons = page.locator(".chart-files button")
    expect(buttons).to_have_count(3)
    for _ in both_sizes(page):
        for button in buttons.all():
            box, size = button.bounding_box(), page.viewport_size
            assert box is not None
            assert size is not None
            assert min(box["width"], box["height"]) >= 44
            assert box["x"] + box["width"] <= size["width"]


def test_tags_in_a_division_are_drawn_as_letters(page: Page, own: Demo) -> None:
    workspace = Workspace.open(f"sqlite:///{own.folder}/bpr-data/demo.sqlite3")
    rows: Rows = [
        ["課", "業務名", "年間作業時間", "処理媒体"],
        ["<b>太字</b>&課", "点検", 100, "紙"],
    ]
    workspace.import_workbooks([workbook(rows, name="tags.xlsx")])
    workspace.store.engine.dispose()
    show(page, own, "/compare")
    labels = page.locator("#compare-chart .yaxislayer-above text, #compare-chart .ytick text")
    expect(labels.filter(has_text="太字")).to_have_text("<b>太字</b>&課　100%")
