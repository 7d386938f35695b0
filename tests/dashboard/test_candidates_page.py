"""候補: the page and its callbacks, as a browser asks for them."""

import io
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest

from bpr.dashboard.app import create_app
from bpr.dashboard.explanations import EXPLANATIONS
from bpr.workspace import Workspace
from tests.builder import workbook
from tests.dashboard.browser import Browser, by_id, components, texts
from tests.dashboard.conftest import MakeWorkspace
from tests.listed import read_ids
from tests.tabulate.town import town_workbook

ROWS = {"startRow": 0, "endRow": 100, "sortModel": []}
FIRST = {"data": {"task_id": "税務課-1"}}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The town; nothing here changes it."""
    address = f"sqlite:///{tmp_path_factory.mktemp('town')}/town.sqlite3"
    opened = Workspace.open(address)
    opened.import_workbooks([town_workbook()])
    opened.correct_classes(["福祉課-4"], "core", None)
    yield opened
    opened.store.engine.dispose()


@pytest.fixture
def browser(town: Workspace) -> Browser:
    return Browser(create_app(town))


def said(tree: Any) -> str:
    """What is read at once: without the meanings of words, which show when they are asked for."""
    asked = {term.note for term in EXPLANATIONS.values()}
    return "".join(text for text in texts(tree) if text not in asked)


def hrefs(tree: Any) -> list[str]:
    return [one["props"]["href"] for one in components(tree) if one["props"].get("href")]


def notice(done: dict[str, Any]) -> str:
    return said(done["sideUpdate"]["notice"]["children"])


def rows(browser: Browser, search: str = "") -> list[dict[str, Any]]:
    values: dict[str, Any] = {"candidates_grid__getRowsRequest": ROWS, "url__search": search}
    done = browser.call("candidates-grid.getRowsResponse", **values)
    found: list[dict[str, Any]] = done["response"]["candidates-grid"]["getRowsResponse"]["rowData"]
    return found


def panel(browser: Browser, search: str = "", event: Any = None) -> tuple[str, str]:
    """What the panel says, and which task it is about."""
    done = browser.call(
        "candidates-detail.children", candidates_grid__eventData=event, url__search=search
    )["response"]
    return said(done["candidates-detail"]["children"]), done["candidates-shown"]["data"]


def book(download: dict[str, Any]) -> Any:
    return openpyxl.load_workbook(io.BytesIO(b64decode(download["content"])))


# --- the page -----------------------------------------------------------------------------------


def test_the_page_says_it_in_the_order_of_a_decision(browser: Browser) -> None:
    score = rows(browser)[0]["score"]
    tree = browser.page("/candidates")
    assert said(by_id(tree, "candidates-answer")["children"]).startswith(
        "候補は 2 業務。上位 2 業務"
    )
    told = said(by_id(tree, "candidates-detail")["children"])
    order = [
        "賦課／申告書の入力", "順位　1 位", "確からしさ　", "なぜ　", "何が変わるか　", "聞くべき一問　",
        "削減見込（AI-OCR）　", "計算に使った数と出典", "先行事例　", "見直しの方法　", "落とし穴",
        "手段ごとの点", f"AI-OCR　{score} 点", "合計", "基準の根拠", "ほかの手段（",
    ]  # fmt: skip
    places = [told.find(term) for term in order]
    assert -1 not in places
    assert places == sorted(places)
    assert by_id(tree, "candidates-shown")["data"] == "税務課-1"


def test_only_the_best_lever_is_open(browser: Browser) -> None:
    tree = by_id(browser.page("/candidates"), "candidates-detail")["children"]
    opened = [
        said(one["props"]["children"][0])
        for one in components(tree)
        if one["type"] == "Details" and one["props"].get("open")
    ]
    assert opened == [f"AI-OCR　{rows(browser)[0]['score']} 点"]


def test_what_is_too_good_is_a_notice_with_its_source(browser: Browser) -> None:
    """The town's two candidates would save more than a tenth of its 1,000 hours."""
    told = said(by_id(browser.page("/candidates"), "candidates-notice")["children"])
    assert told.startswith("注意　候補 2 業務のすべての削減見込は、公表された実績を超えています。")
    assert "公表値：東海村" in told


def test_addresses_of_published_cases_are_text(make_workspace: MakeWorkspace) -> None:
    survey = workbook([["課", "業務名", "作業名", "年間作業時間"], ["町民課", "住民異動届の処理", "入力", 500]])  # fmt: skip
    tree = Browser(create_app(make_workspace(survey))).page("/candidates")
    assert "https://tech.nikkeibp.co.jp/" in said(tree)
    assert all(href.startswith("/") for href in hrefs(tree))


def test_columns_are_drawn_by_known_cells(browser: Browser) -> None:
    [grid] = [one for one in components(browser.page("/candidates")) if one["type"] == "AgGrid"]
    columns = grid["props"]["columnDefs"]
    assert [column["headerName"] for column in columns] == [
        "順位（幅）", "業務", "手段", "適性（幅）", "時間／年", "削減見込／年", "確からしさ",
    ]  # fmt: skip
    drawn = {column["cellRenderer"] for column in columns if "cellRenderer" in column}
    assert drawn == {"RankCell", "TaskCell", "LeverCell", "ScoreCell", "CertaintyCell"}
    assert {column["field"] for column in columns} <= set(rows(browser)[0])


# --- filters and weights ------------------------------------------------------------------------


def test_certainty_and_weights_go_into_the_address(browser: Browser) -> None:
    done = browser.call(
        "url.search", "candidates-certainty.value", candidates_certainty__value="depends",
        candidates_weights__value="住民の声@1", url__search="?task=x",
    )  # fmt: skip
    [search] = [value for key, value in done["response"]["url"].items() if "search" in key]
    assert search == "?certainty=depends&weight_set=%E4%BD%8F%E6%B0%91%E3%81%AE%E5%A3%B0%401"


def test_a_filter_keeps_the_weights_that_are_tried(browser: Browser) -> None:
    done = browser.call(
        "url.search", "candidates-lever.value", candidates_lever__value="rpa",
        url__search="?weights=volume:2",
    )  # fmt: skip
    [search] = [value for key, value in done["response"]["url"].items() if "search" in key]
    assert search == "?lever=rpa&weights=volume%3A2"


def test_every_lever_and_every_certainty_can_be_chosen(browser: Browser) -> None:
    tree = browser.page("/candidates")
    assert len(by_id(tree, "candidates-lever")["data"]) == 8
    assert [one["label"] for one in by_id(tree, "candidates-certainty")["data"]] == [
        "確実", "重み次第", "圏外",
    ]  # fmt: skip


def test_rows_are_filtered_by_certainty(browser: Browser) -> None:
    """A town of seven tasks: all of them are among the best 25 whatever the weights."""
    assert len(rows(browser, "?certainty=certain")) == 7
    assert rows(browser, "?certainty=depends") == []


def test_kept_weights_rank_and_explain(workspace: Workspace) -> None:
    browser = Browser(create_app(workspace))
    workspace.save_weights("紙を重く", {"media": 8.0, "volume": 0.2}, None)
    search = "?weight_set=紙を重く@1"
    assert rows(browser, search)[0]["score"] != rows(browser)[0]["score"]
    tree = browser.page("/candidates", search)
    select = by_id(tree, "candidates-weights")
    assert (select["value"], select["data"]) == (
        "紙を重く@1", [{"value": "紙を重く@1", "label": "紙を重く（第 1 版）"}],
    )  # fmt: skip
    ways = by_id(tree, "candidates-ways")["children"]
    assert said(ways) == "重みを試す組合せを選ぶ重み：紙を重く（第 1 版）標準に戻す"
    carried = "?weight_set=%E7%B4%99%E3%82%92%E9%87%8D%E3%81%8F%401"
    assert hrefs(ways) == [f"/weights{carried}", f"/portfolio{carried}", "/candidates"]


def test_an_older_version_in_the_address_stays_chosen(workspace: Workspace) -> None:
    browser = Browser(create_app(workspace))
    for weight in (2.0, 3.0):
        workspace.save_weights("声", {"media": weight}, None)
    select = by_id(browser.page("/candidates", "?weight_set=声@1"), "candidates-weights")
    assert [one["label"] for one in select["data"]] == ["声（第 2 版）", "声（第 1 版）"]
    assert select["value"] == "声@1"


def test_the_head_follows_the_address(browser: Browser) -> None:
    done = browser.call("candidates-answer.children", url__search="?lever=ai_ocr&weights=volume:2")[
        "response"
    ]
    assert said(done["candidates-answer"]["children"]).startswith(
        "候補は 1 業務。順位の高い 1 業務の削減見込は年 "
    )
    assert "注意" in said(done["candidates-notice"]["children"])
    ways = done["candidates-ways"]["children"]
    assert hrefs(ways)[:2] == ["/weights?weights=volume%3A2", "/portfolio?weights=volume%3A2"]
    assert hrefs(ways)[2] == "/candidates?lever=ai_ocr"
    assert done["candidates-weights"]["placeholder"] == "試している重み"
    done = browser.call("candidates-answer.children", url__search="")["response"]
    assert hrefs(done["candidates-ways"]["children"]) == ["/weights", "/portfolio"]
    assert done["candidates-weights"]["placeholder"] == "標準"


def test_unknown_weights_are_said(browser: Browser) -> None:
    done = browser.call("candidates-answer.children", url__search="?weight_set=ない@1")
    assert notice(done).startswith("重み「ない」は保存されていません。")


# --- the panel ----------------------------------------------------------------------------------


def test_the_panel_follows_the_focused_row(browser: Browser) -> None:
    told, shown = panel(browser, event={"data": {"task_id": "福祉課-1"}})
    assert (told[:8], shown) == ("相談／専門の相談", "福祉課-1")


def test_the_panel_follows_the_weights(browser: Browser) -> None:
    standard, shown = panel(browser, event=FIRST)
    tried, same = panel(browser, "?weights=volume:0.1", FIRST)
    assert shown == same == "税務課-1"
    score = rows(browser)[0]["score"]
    assert f"AI-OCR　{score} 点" in standard
    assert f"AI-OCR　{score} 点" not in tried


def test_without_a_focused_row_the_panel_shows_the_first_of_the_list(browser: Browser) -> None:
    assert panel(browser, "?division=福祉課")[1] == rows(browser, "?division=福祉課")[0]["task_id"]
    assert panel(browser, "?task=福祉課-2")[1] == "福祉課-2"
    told, shown = panel(browser, "?text=どこにもない")
    assert (told, shown) == ("一覧で業務を選ぶと、順位と点の内訳を表示します。", "")


# --- the workbooks ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "labels", "disabled"),
    [
        ([], ["この業務の計算書（Excel）", "業務を選ぶと Excel で保存"], True),
        (["税務課-1", "税務課-3"], ["選んだ 2 業務の計算書（Excel）", "選んだ 2 業務を Excel で保存"], False),
    ],
)  # fmt: skip
def test_the_buttons_count_the_ticked_tasks(
    browser: Browser, chosen: list[str], labels: list[str], *, disabled: bool
) -> None:
    ticked = [{"task_id": task_id} for task_id in chosen]
    done = browser.call("candidates-save.children", candidates_grid__selectedRows=ticked)
    found = done["response"]
    assert [
        found["candidates-calculate"]["children"],
        found["candidates-save"]["children"],
    ] == labels
    assert found["candidates-save"]["disabled"] is disabled


def test_the_target_list_is_by_rank(browser: Browser) -> None:
    chosen = [{"task_id": "税務課-3"}, {"task_id": "税務課-1"}]
    done = browser.call(
        "candidates-download.data", "candidates-save.n_clicks", candidates_save__n_clicks=1,
        candidates_grid__selectedRows=chosen,
    )  # fmt: skip
    download = done["response"]["candidates-download"]["data"]
    assert download["filename"] == "BPR対象業務一覧.xlsx"
    assert read_ids(b64decode(download["content"])) == ["税務課-1", "税務課-3"]


@pytest.mark.parametrize(
    ("chosen", "names"),
    [(["税務課-3", "税務課-1"], ["賦課／申告書の入力", "徴収／納付書の発送"]), ([], ["相談／専門の相談"])],
)  # fmt: skip
def test_the_calculation_is_of_the_ticked_tasks_else_of_the_shown_one(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, chosen: list[str], names: list[str]
) -> None:
    asked: list[Any] = []

    def export(self: Workspace, task_ids: list[str], opinion: Any) -> bytes:
        report = self.ranked(opinion).tasks
        joined = {row["task_id"]: f"{row['task_name']}／{row['activity_name']}" for row in report.iter_rows(named=True)}  # fmt: skip
        asked.append(([joined[task_id] for task_id in task_ids], dict(opinion.multipliers)))
        return b"book"

    monkeypatch.setattr(Workspace, "export_calculation", export)
    done = browser.call(
        "candidates-download.data", "candidates-calculate.n_clicks", candidates_calculate__n_clicks=1,
        candidates_grid__selectedRows=[{"task_id": task_id} for task_id in chosen],
        candidates_shown__data="福祉課-1", url__search="?weights=volume:2",
    )  # fmt: skip
    [download] = [value for key, value in done["response"]["candidates-download"].items() if "data" in key]  # fmt: skip
    assert download["filename"] == "計算書.xlsx"
    assert asked == [(names, {"volume": 2.0})]


def test_the_calculation_is_a_workbook(browser: Browser) -> None:
    done = browser.call(
        "candidates-download.data", "candidates-calculate.n_clicks", candidates_calculate__n_clicks=1,
        candidates_shown__data="税務課-1",
    )  # fmt: skip
    [download] = [value for key, value in done["response"]["candidates-download"].items() if "data" in key]  # fmt: skip
    cells = [cell for sheet in book(download) for row in sheet.iter_rows(values_only=True) for cell in row]  # fmt: skip
    assert any("申告書の入力" in str(cell) for cell in cells)


def test_without_a_task_nothing_is_saved(browser: Browser) -> None:
    for button in ("save", "calculate"):
        values = {f"candidates_{button}__n_clicks": 1, "candidates_shown__data": ""}
        done = browser.call("candidates-download.data", f"candidates-{button}.n_clicks", **values)
        assert notice(done) == "業務が選ばれていません。一覧の左のチェックで選んでください。"
