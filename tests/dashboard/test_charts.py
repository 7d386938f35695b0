"""Every chart on every page: a sentence, a table, three files that hold the table's numbers."""

import csv
import io
import json
import re
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest

from bpr.dashboard.app import create_app
from bpr.dashboard.components.chart import pack
from bpr.dashboard.components.numbers import Link, Numbers, numbers_table, print_cell
from bpr.dashboard.figures.compare import ChangeBar, DivisionBar, changes_figure, divisions_figure
from bpr.dashboard.figures.labels import plain_label
from bpr.dashboard.pages import PAGES
from bpr.workspace import Workspace
from tests.dashboard.browser import Browser, components, texts
from tests.dashboard.kpi_town import decide, enter_shares
from tests.dashboard.people import Member, add_person
from tests.tabulate.town import town_workbook
from tests.workspace.common_town import common_town
from tests.workspace.two_years import open_two_years

DASHBOARD: Final = Path(__file__).parents[2] / "bpr" / "dashboard"
SEARCHES: Final = (
    ("/candidates", "?view=matrix"),
    ("/compare", "?view=years"),
    ("/compare", "?view=towns"),
    ("/compare", "?view=divisions&measure=routine"),
    ("/kpi", "?kpi=e_approval"),
    ("/kpi", "?kpi=saved_hours"),
    ("/common", "?group=family%3Apayments"),
)
"""Addresses that show charts which a page's plain address does not."""
BUTTONS: Final = ["表をCSVで保存", "表をExcelで保存", "図をPNGで保存"]


def trees(browser: Browser) -> Iterator[tuple[str, Any]]:
    """Every page as it opens, and what comes a moment later; with its path."""
    for path, search in (*((page.path, "") for page in PAGES), *SEARCHES):
        yield path, browser.page(path, search)
    beyond = {"portfolio_result__children": ["x"], "url__search": "?tasks=1"}
    for path, output, values in (
        ("/weights", "weights-swaps.children", {"weights_swaps_asked__data": ""}),
        ("/portfolio", "portfolio-beyond.children", beyond),
    ):
        yield path, browser.call(output, **values)["response"]


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Browser]]:
    """A town with targets, a town asked twice, a town with common work."""
    folder = tmp_path_factory.mktemp("charts")
    opened = {
        name: Workspace.open(f"sqlite:///{folder}/{name}.sqlite3")
        for name in ("decided", "twice", "common")
    }
    opened["decided"].import_workbooks([town_workbook()])
    enter_shares(decide(opened["decided"]), (2023, 22.5), (2024, 41.0), (2025, 62.5))
    open_two_years(opened["twice"])
    opened["common"].import_workbooks([common_town()])
    yield {name: Browser(create_app(workspace)) for name, workspace in opened.items()}
    for workspace in opened.values():
        workspace.store.engine.dispose()


Chart = tuple[str, str, dict[str, Any], Browser]
"""Town, path, the chart's component, the browser that has it."""


@pytest.fixture(scope="module")
def charts(towns: dict[str, Browser]) -> list[Chart]:
    return [
        (town, path, one, browser)
        for town, browser in towns.items()
        for path, tree in trees(browser)
        for one in components(tree)
        if one["props"].get("className") == "chart"
    ]


def find(tree: Any, kind: str) -> list[dict[str, Any]]:
    return [one["props"] for one in components(tree) if one["type"] == kind]


def packed(chart: dict[str, Any]) -> dict[str, Any]:
    [data] = [store["data"] for store in find(chart, "Store") if store.get("data")]
    return dict(data)


def table_texts(chart: dict[str, Any]) -> list[list[str]]:
    """Texts of the table as one sees them, head first."""
    return [
        ["".join(seen(cell)) for cell in row["children"]]
        for row in find(find(chart, "Table")[0], "Tr")
    ]


def seen(tree: Any) -> list[str]:
    hidden = "visually-hidden"
    if isinstance(tree, dict) and tree["props"].get("className") == hidden:
        return []
    if isinstance(tree, dict) and "props" in tree:
        return seen(tree["props"].get("children"))
    if isinstance(tree, list):
        return [text for part in tree for text in seen(part)]
    return [tree] if isinstance(tree, str) else []


def press(browser: Browser, chart: dict[str, Any], kind: str, clicks: int | None = 1) -> Any:
    """Answer to a button of a chart; without clicks it has only appeared."""
    data = packed(chart)

    def part(name: str, **more: str) -> dict[str, str]:
        return {"chart": data["chart"], **more, "type": f"chart-{name}"}

    def told(element: dict[str, Any]) -> str:
        return json.dumps(element, sort_keys=True, separators=(",", ":"))

    buttons = {one: part("file", format=one) for one in ("csv", "xlsx")}
    body = {
        "output": told({"chart": ["MATCH"], "type": "chart-download"}) + ".data",
        "outputs": {"id": part("download"), "property": "data"},
        "inputs": [
            {"id": button, "property": "n_clicks", "value": clicks if one == kind else None}
            for one, button in buttons.items()
        ],
        "changedPropIds": [told(buttons[kind]) + ".n_clicks"],
        "state": [{"id": part("numbers"), "property": "data", "value": data}],
    }
    return browser.post(body).json


def save(browser: Browser, chart: dict[str, Any], kind: str) -> tuple[str, bytes]:
    """Name and bytes of a chart's file."""
    [done] = press(browser, chart, kind)["response"].values()
    return done["data"]["filename"], b64decode(done["data"]["content"])


def number_in(text: str) -> float | None:
    """The one number of a printed cell, however it is signed or named; None where it is none."""
    plain = text.replace(",", "").replace("−", "-").replace("±", "")
    found = re.fullmatch(r"([+-]?\d+(?:\.\d+)?) ?(?:%|[ァ-ヶー一-龠/]+)?", plain)
    return float(found[1]) if found else None


# --- all charts ----------------------------------------------------------------------------------


def test_charts_are_made_in_one_place() -> None:
    makers = [path.name for path in DASHBOARD.rglob("*.py") if "Graph(" in path.read_text("utf-8")]
    assert makers == ["chart.py"]


def test_the_charts_of_every_page_are_looked_at(charts: list[Chart]) -> None:
    drawing = {
        path.relative_to(DASHBOARD / "pages").parts[0]
        for path in (DASHBOARD / "pages").rglob("*.py")
        if "readable_chart(" in path.read_text("utf-8")
    }
    packages = {page.path: page.render.__module__.split(".")[3] for page in PAGES}
    assert len(drawing) >= 6
    assert drawing == {packages[path] for _, path, _, _ in charts}


def test_each_has_a_sentence_a_table_and_three_buttons(charts: list[Chart]) -> None:
    for town, path, chart, _ in charts:
        data = packed(chart)
        [picture] = [one["props"] for one in components(chart) if one["props"].get("role") == "img"]
        assert picture["aria-label"] == data["sentence"], (town, path)
        assert len(data["sentence"]) > 10
        assert data["caption"]
        assert len(table_texts(chart)) > 1
        labels = ["".join(texts(one["children"])) for one in find(chart, "Button")]
        assert labels == [f"{label}（{data['name']}）" for label in BUTTONS]
        assert 0 < len(data["file"]) <= 60
        assert not set(data["file"]) & set('\\/:*?"<>| \n')


def test_the_csv_holds_the_numbers_of_the_table(charts: list[Chart]) -> None:
    compared = 0
    for town, path, chart, browser in charts:
        data = packed(chart)
        name, content = save(browser, chart, "csv")
        assert name == f"{data['file']}.csv"
        head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        shown = table_texts(chart)
        assert all(one.startswith(label) for one, label in zip(head, shown[0], strict=True))
        for row, printed in zip(rows, shown[1:], strict=False):
            for place, (value, text) in enumerate(zip(row, printed, strict=True)):
                number = number_in(text) if place in data["right"] else None
                if number is not None:
                    assert float(value) == number, (town, path, text)
                    compared += 1
                else:
                    assert value == ("" if place in data["right"] and text == "–" else text)
        notes = {row[0]: row[1] for row in rows[len(shown) :]}
        assert notes["読み取れること"] == data["sentence"]
        assert notes["内容"] == data["caption"]
        assert "調査" in notes["出所"] or "年度" in notes["出所"]
    assert compared > 200


def test_the_sheet_holds_the_numbers_of_the_table(charts: list[Chart]) -> None:
    compared = 0
    for town, path, chart, browser in charts:
        data = packed(chart)
        name, content = save(browser, chart, "xlsx")
        assert name == f"{data['file']}.xlsx"
        [sheet] = openpyxl.load_workbook(io.BytesIO(content)).worksheets
        shown = table_texts(chart)
        lines = [list(row) for row in sheet.iter_rows(min_row=6)]
        for row, printed in zip(lines, shown[1:], strict=True):
            for place, (cell, text) in enumerate(zip(row, printed, strict=True)):
                number = number_in(text) if place in data["right"] else None
                if number is None:
                    assert cell.value == (
                        None if text in {"", "–"} and place in data["right"] else text or None
                    )
                else:
                    share = 100 if cell.number_format.endswith("%") else 1
                    assert isinstance(cell.value, int | float), (town, path, text)
                    assert cell.value * share == pytest.approx(number), (town, path, text)
                    compared += 1
        head = [str(sheet.cell(row, 1).value) for row in range(1, 5)]
        assert head[:3] == [
            data["name"],
            f"読み取れること：{data['sentence']}",
            f"内容：{data['caption']}",
        ]
        assert head[3].startswith("出所：")
    assert compared > 200


def test_a_share_leaves_with_its_base_and_evidence(charts: list[Chart]) -> None:
    own = [one for one in charts if one[:2] == ("decided", "/kpi")]
    [found] = [one for one in own if packed(one[2])["name"].startswith("文書決裁事務の電子化率")]
    _, content = save(found[3], found[2], "csv")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    [row] = [row for row in rows if row["年度"] == "令和7年度"]
    told = [row[name] for name in ("予定（%）", "実績（%）", "母数", "根拠")]
    assert told == ["60", "62.5", "8400", "実績"]


def test_a_button_that_only_appears_gives_no_file(charts: list[Chart]) -> None:
    _, _, chart, browser = charts[0]
    assert press(browser, chart, "csv", None).get("response", {}) == {}


def test_a_division_may_save_what_it_sees(tmp_path: Path) -> None:
    workspace = Workspace.open(f"sqlite:///{tmp_path}/own.sqlite3")
    workspace.import_workbooks([town_workbook()])
    add_person(workspace, "kanri", "admin")
    add_person(workspace, "zeimu", "division", "税務課")
    member = Member(create_app(workspace), workspace, "zeimu")
    own = [one for one in components(member.page("/")) if one["props"].get("className") == "chart"]
    assert own
    for chart in own:
        assert save(member, chart, "csv")[1].startswith(b"\xef\xbb\xbf")
    workspace.store.engine.dispose()


# --- numbers and names ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, "–"),
        (1234, "1,234"),
        (-12.34, "−12.3"),
        ("±0", "±0"),
        (Link("3 業務", "/x"), "3 業務"),
    ],
)
def test_cells_as_printed(cell: Any, text: str) -> None:
    assert print_cell(cell) == text


def test_the_table_links_and_greys() -> None:
    numbers = Numbers("表", ["課", "数"], [[Link("税務課", "/a"), 1], ["小課", None]], (1,), (1,))
    tree = json.loads(json.dumps(numbers_table(numbers), default=lambda one: one.to_plotly_json()))
    assert [one["href"] for one in find(tree, "Link")] == ["/a"]
    assert [row.get("className") for row in find(tree, "Tr")] == [None, None, "quiet"]
    assert table_texts({"props": {"children": tree}, "type": "Div", "namespace": "x"}) == [
        ["課", "数"], ["税務課", "1"], ["小課", "–"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("課ごとの 紙/電子", "課ごとの_紙_電子"),
        ('a<b>:c|"d"?*\\e', "a_b_c_d_e"),
        ("\u202egnp.exe", "gnp.exe"),
        ("..", "図"),
        ("長" * 99, "長" * 60),
    ],
)
def test_a_file_name_is_one_that_every_system_takes(name: str, file: str) -> None:
    assert pack("x", name, "文", Numbers("表", [], []))["file"] == file


# --- survey text in figures ----------------------------------------------------------------------


def test_tags_in_a_name_stay_letters() -> None:
    hostile = '<a href="javascript:alert(1)">x</a>'
    assert plain_label("<b>課</b>&") == "&lt;b&gt;課&lt;/b&gt;&amp;"
    assert plain_label("長" * 2000) == "長" * 23 + "…"
    for figure in (
        divisions_figure([DivisionBar(hostile, 0.5, "near")], 0.4, "全庁 40%"),
        changes_figure([ChangeBar(hostile, [1.0])], ["件数"]),
    ):
        assert "<a" not in figure.to_json().replace("\\u003c", "<")
