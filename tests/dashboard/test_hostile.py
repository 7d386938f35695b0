"""Survey text is text on every page, whatever it looks like."""

from typing import Any

import pytest

from bpr.dashboard.app import create_app
from tests.builder import Rows, text_file
from tests.dashboard.browser import Browser, components, texts
from tests.dashboard.conftest import MakeWorkspace

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "=cmd|' /C calc'!A0",
    "[開く](javascript:alert(1))",
    "{{constructor.constructor('alert(1)')()}}",
    "文字" * 1000,
    "\u202eクタスク",
    "確認😀済",
]
ROWS: Rows = [
    ["団体名", "課", "業務名", "作業名", "年間作業時間", "課題", "根拠法令"],
    *([HOSTILE[0], text, text, "入力", 100, text, text] for text in HOSTILE),
]
CELLS = {None, "TaskCell", "LeverCell", "ScoreCell", "RankCell", "CertaintyCell"}
MARKUP = {"Markdown", "DangerouslySetInnerHTML", "Iframe", "Script", "ObjectEl", "Embed", "Base"}


@pytest.fixture
def browser(make_workspace: MakeWorkspace) -> Browser:
    return Browser(create_app(make_workspace(text_file(ROWS))))


def rows(browser: Browser, page: str) -> list[dict[str, Any]]:
    request = {"startRow": 0, "endRow": 100, "sortModel": []}
    values: dict[str, Any] = {f"{page}_grid__getRowsRequest": request, "url__search": ""}
    done = browser.call(f"{page}-grid.getRowsResponse", **values)
    found: list[dict[str, Any]] = done["response"][f"{page}-grid"]["getRowsResponse"]["rowData"]
    return found


@pytest.mark.parametrize("page", ["tasks", "candidates"])
def test_rows_carry_the_text_as_it_is(browser: Browser, page: str) -> None:
    names = {row["task_name"] for row in rows(browser, page)}
    assert names == {f"{text}／入力" for text in HOSTILE}


@pytest.mark.parametrize("page", ["tasks", "candidates"])
def test_details_carry_the_text_as_it_is(browser: Browser, page: str) -> None:
    heads = set()
    for row in rows(browser, page):
        search = f"?task={row['task_id']}"
        tree = browser.page(f"/{page}", search)
        assert_only_text(tree)
        heads |= {text for text in texts(tree) if text.endswith("／入力")}
    assert heads == {f"{text}／入力" for text in HOSTILE}


def test_the_overview_names_divisions_as_they_are(browser: Browser) -> None:
    tree = browser.page("/")
    assert_only_text(tree)
    assert set(texts(tree)) & set(HOSTILE)


def test_the_title_and_the_filters_stay_text(browser: Browser) -> None:
    done = browser.call("page.children", url__pathname="/tasks", url__search=f"?text={HOSTILE[0]}")
    assert done["response"]["header-title"]["children"] == HOSTILE[0]
    assert_only_text(done["response"]["page"]["children"])
    assert HOSTILE[0] not in browser.client.get(f"/tasks?text={HOSTILE[0]}").text


def assert_only_text(tree: Any) -> None:
    """No component that makes markup or code of a text, no address made of one."""
    for one in components(tree):
        props = one["props"]
        assert one["type"] not in MARKUP
        assert not [key for key in props if "danger" in key.lower() and props[key]]
        assert not [key for key in props if key.lower().startswith("on") and key != "on"]
        for key in ("href", "src", "srcDoc", "action", "formAction"):
            assert str(props.get(key, "/")).startswith(("/", "#"))
        if one["type"] == "AgGrid":
            for column in props["columnDefs"]:
                assert column.get("cellRenderer") in CELLS
                assert not {"valueGetter", "valueFormatter", "cellStyle"} & set(column)
