"""The app over a workspace: pages by address, callbacks, and what happens when one fails."""

import io
import logging
import re
from base64 import b64decode
from typing import Any

import openpyxl
import pytest

from bpr.dashboard.app import create_app
from bpr.dashboard.pages import PAGES
from bpr.workspace import Workspace
from tests.builder import workbook
from tests.dashboard.browser import Browser, by_id, components, texts
from tests.dashboard.conftest import MakeWorkspace

ROWS = {"startRow": 0, "endRow": 100, "sortModel": []}


def notice(done: dict[str, Any]) -> str:
    """What the live region says after a callback."""
    return "".join(texts(done["sideUpdate"]["notice"]["children"]))


def sheet_of(download: dict[str, Any]) -> Any:
    return openpyxl.load_workbook(io.BytesIO(b64decode(download["content"]))).worksheets[0]


# --- pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "answer", "sentence"),
    [
        ("/", "overview-answer", "年間 1,000 時間のうち、職員でなければできない仕事は 20.0%。いちばん多いのは専門性のいらない定型作業で、60.0% です。"),
        ("/tasks", "tasks-answer", "7 業務、年 1,000 時間（時間不明 1 業務を除く）。確信度 C の業務はありません。"),
    ],
)  # fmt: skip
def test_each_page_answers_its_question(
    browser: Browser, path: str, answer: str, sentence: str
) -> None:
    tree = browser.page(path)
    assert "".join(texts(by_id(tree, answer)["children"])) == sentence
    assert [one["type"] for one in components(tree)].count("H1") == 1


@pytest.mark.parametrize(
    ("path", "search"),
    [(page.path, "") for page in PAGES] + [("/tasks", "?text=%E5%85%A5%E5%8A%9B")],
)
def test_the_layout_holds_the_page_of_the_address(browser: Browser, path: str, search: str) -> None:
    """So that its data are there with the first paint; the address is told with it."""
    asked = {"Referer": f"http://localhost{path}{search}"}
    layout = browser.client.get("/_dash-layout", headers=asked).json
    assert by_id(layout, "page")["children"] == browser.page(path, search)
    address = by_id(layout, "url")
    assert (address["pathname"], address["search"]) == (path, search)


@pytest.mark.parametrize(
    "asked", [{}, {"Referer": "http://localhost/candidates?weight_set=nobody"}]
)
def test_where_the_layout_cannot_hold_it_the_page_comes_by_callback(
    browser: Browser, asked: dict[str, str]
) -> None:
    """No address is told, or one that only a notice can answer."""
    layout = browser.client.get("/_dash-layout", headers=asked)
    assert layout.status_code == 200
    assert by_id(layout.json, "page")["children"] is None
    assert "pathname" not in by_id(layout.json, "url")


def test_the_navigation_marks_the_page(browser: Browser) -> None:
    done = browser.call("page.children", url__pathname="/tasks")
    links = done["response"]["navigation"]["children"]
    assert [link["props"]["href"] for link in links] == [
        "/", "/imports", "/review", "/tasks", "/common", "/candidates", "/weights", "/portfolio",
        "/targets", "/kpi", "/compare", "/papers", "/guide", "/settings",
    ]  # fmt: skip
    assert [link["props"]["className"] for link in links] == ["", "", "", "on", *[""] * 10]
    assert texts(links) == [
        "概況",
        "取込",
        "確認",
        "業務",
        "（今のページ）",
        "共通業務",
        "候補",
        "重み",
        "組合せ",
        "BPR対象",
        "KPI",
        "比較",
        "資料",
        "使い方",
        "設定",
    ]
    assert done["response"]["header-title"]["children"] == "業務量調査"


def test_an_unknown_page_shows_the_way(browser: Browser) -> None:
    assert texts(browser.page("/nope")) == [
        "このページはありません。",
        "左の「概況」「取込」「確認」「業務」「共通業務」「候補」「重み」「組合せ」「BPR対象」「KPI」「比較」「資料」「使い方」「設定」から選んでください。",
    ]


def test_the_numbers_of_the_overview(browser: Browser) -> None:
    tree = browser.page("/")
    ids = ("core-ratio", "paper-ratio", "regular-noncore-ratio", "seal-ratio")
    assert [by_id(tree, name)["children"] for name in ids] == ["20.0", "70.0", "66.7", "23.8"]


@pytest.mark.parametrize(
    "path", ["/", "/tasks", "/common", "/candidates", "/weights", "/portfolio"]
)
def test_an_empty_workspace_says_what_to_do(make_workspace: MakeWorkspace, path: str) -> None:
    shown = texts(Browser(create_app(make_workspace())).page(path))
    assert "まだ調査票が取り込まれていません。" in shown
    assert "bpr import フォルダ" in shown


def test_a_survey_without_hours_is_not_called_missing(make_workspace: MakeWorkspace) -> None:
    """課 and 業務名 alone are a survey too: the overview must say what it lacks."""
    rows = [["課", "業務名"], ["税務課", "申告書の入力"]]
    shown = "".join(texts(Browser(create_app(make_workspace(workbook(rows)))).page("/")))
    assert "まだ調査票が取り込まれていません。" not in shown
    assert "時間" in shown


def test_two_apps_live_side_by_side(workspace: Workspace, make_workspace: MakeWorkspace) -> None:
    other = make_workspace(workbook([["業務名", "年間作業時間"], ["入力", 30]]))
    first, second = Browser(create_app(workspace)), Browser(create_app(other))
    for browser, start in (
        (first, "年間 1,000 時間"),
        (second, "年間 30 時間"),
        (first, "年間 1,000"),
    ):
        answer = by_id(browser.page("/"), "overview-answer")["children"]
        assert texts(answer)[0].startswith(start)


# --- lists and filters --------------------------------------------------------------------------


def grid_rows(browser: Browser, page: str, search: str = "", **request: Any) -> Any:
    values: dict[str, Any] = {f"{page}_grid__getRowsRequest": ROWS | request, "url__search": search}
    done = browser.call(f"{page}-grid.getRowsResponse", **values)
    return done["response"][f"{page}-grid"]["getRowsResponse"]


@pytest.mark.parametrize("page", ["tasks", "candidates"])
def test_rows_come_in_parts_and_by_rank(browser: Browser, workspace: Workspace, page: str) -> None:
    ranked = workspace.report().tasks.sort("rank")["task_id"].to_list()
    everything = grid_rows(browser, page)
    assert [row["task_id"] for row in everything["rowData"]] == ranked
    part = grid_rows(browser, page, startRow=2, endRow=5)
    assert [row["task_id"] for row in part["rowData"]] == ranked[2:5]
    assert everything["rowCount"] == part["rowCount"] == 7
    assert grid_rows(browser, page, startRow=100, endRow=200) == {"rowData": [], "rowCount": 7}


@pytest.mark.parametrize("page", ["tasks", "candidates"])
def test_rows_are_filtered_by_the_address_and_sorted_by_a_column(
    browser: Browser, page: str
) -> None:
    sort = [{"colId": "annual_hours", "sort": "desc"}]
    found = grid_rows(browser, page, "?division=福祉課", sortModel=sort)
    assert [row["task_id"] for row in found["rowData"]] == [
        "福祉課-1",
        "福祉課-4",
        "福祉課-3",
        "福祉課-2",
    ]
    assert found["rowCount"] == 4


def test_filters_go_into_the_address(browser: Browser) -> None:
    done = browser.call("url.search", "tasks-text.value", tasks_text__value="入力 a&b")
    [search] = [value for key, value in done["response"]["url"].items() if "search" in key]
    assert search == "?text=%E5%85%A5%E5%8A%9B+a%26b"
    done = browser.call(
        "url.search", "candidates-lever.value", candidates_lever__value="ai_ocr",
        candidates_division__value="税務課",
    )  # fmt: skip
    [search] = [value for key, value in done["response"]["url"].items() if "search" in key]
    assert search == "?division=%E7%A8%8E%E5%8B%99%E8%AA%B2&lever=ai_ocr"


def test_an_address_with_filters_gives_the_page_back(browser: Browser) -> None:
    tree = browser.page("/tasks", "?text=入力&division=税務課&work_class=routine")
    assert by_id(tree, "tasks-text")["value"] == "入力"
    assert by_id(tree, "tasks-division")["value"] == "税務課"
    assert by_id(tree, "tasks-work-class")["value"] == "routine"
    assert texts(by_id(tree, "tasks-answer")["children"])[0].startswith("1 業務、年 400 時間。")


# --- detail, corrections, downloads -------------------------------------------------------------


def test_the_detail_follows_the_focus(browser: Browser) -> None:
    event = {"data": {"task_id": "福祉課-1"}}
    done = browser.call("candidates-detail.children", candidates_grid__eventData=event)
    shown = texts(done["response"]["candidates-detail"]["children"])
    assert shown[0] == "相談／専門の相談"
    done = browser.call("tasks-shown.data", tasks_grid__eventData=event)
    assert done["response"]["tasks-shown"]["data"] == "福祉課-1"


def correct(browser: Browser, button: str, choice: str, task_id: str = "税務課-1") -> Any:
    return browser.call(
        "tasks-changed.data", f"tasks-{button}.n_clicks", tasks_save__n_clicks=1,
        tasks_undo__n_clicks=None, tasks_shown__data=task_id, tasks_choice__value=choice,
        tasks_reason__value="試しに",
    )  # fmt: skip


def test_a_correction_is_kept_and_taken_back(browser: Browser, workspace: Workspace) -> None:
    def judged() -> tuple[Any, ...]:
        tasks = workspace.report().tasks.filter(task_id="税務課-1")
        return tasks.select("work_class", "work_class_source").row(0)

    assert notice(correct(browser, "save", "expert")) == "「II 要専門性」と記録しました。"
    assert judged() == ("expert", "person")
    done = browser.call("tasks-detail.children", tasks_shown__data="税務課-1")
    shown = texts(done["response"]["tasks-detail"]["children"])
    assert "人が確認しました：試しに" in shown
    assert done["response"]["tasks-undo"]["disabled"] is False
    assert done["response"]["tasks-choice"]["value"] == "expert"
    assert notice(correct(browser, "undo", "expert")) == "訂正を取り消しました。"
    assert judged() == ("routine", "survey")


def test_the_tables_are_saved(browser: Browser) -> None:
    done = browser.call("overview-download.data", overview_download_button__n_clicks=1)
    download = done["response"]["overview-download"]["data"]
    assert download["filename"] == "集計表.xlsx"
    assert sheet_of(download)["A1"].value == "図表9 コア・ノンコア比率"


# --- when it fails ------------------------------------------------------------------------------


def test_what_a_person_can_mend_is_said(browser: Browser, workspace: Workspace) -> None:
    done = browser.call(
        "candidates-download.data", "candidates-save.n_clicks", candidates_save__n_clicks=1
    )
    assert notice(done) == "業務が選ばれていません。一覧の左のチェックで選んでください。"
    unknown = notice(correct(browser, "save", "expert", "x"))
    assert unknown == "業務ID「x」がありません。画面を開き直してください。"
    assert notice(correct(browser, "save", "")).startswith("業務の性質「」は選べません。")
    assert workspace.store.read_corrections().height == 1


def test_a_bug_is_a_number_without_its_text(
    browser: Browser,
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    content = "山田太郎"

    def break_down(_: Workspace) -> bytes:
        raise ZeroDivisionError(content)

    monkeypatch.setattr(Workspace, "export_tables", break_down)
    caplog.set_level(logging.ERROR)
    body = browser.request("overview-download.data", overview_download_button__n_clicks=1)
    response = browser.post(body)
    text = notice(response.json)
    [number] = re.findall(r"受付番号 ([0-9A-F]{8})", text)
    assert text.startswith("思わぬ不具合が起きました")
    assert "山田太郎" not in response.get_data(as_text=True)
    assert "ZeroDivisionError" not in response.get_data(as_text=True)
    assert number in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "山田太郎" not in caplog.text
    assert workspace.report().tasks.height == 7
