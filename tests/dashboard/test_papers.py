"""資料: a line for every paper with its base; a button that brings the file, and says so."""

import io
import zipfile
from base64 import b64decode
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from bpr.dashboard.app import create_app
from bpr.dashboard.pages.papers.reading import Stock, find_pair, read_stock
from bpr.dashboard.pages.papers.view import view_papers
from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, acting
from tests.builder import workbook
from tests.dashboard.browser import Browser, by_id, components, texts
from tests.dashboard.conftest import CopyTown, MakeWorkspace
from tests.dashboard.kpi_town import decided_town
from tests.dashboard.people import Member, add_person
from tests.workspace.two_years import open_two_years

STOCK = Stock(3, 120, 118, 4_500.0, 900.0, 40, 25, 4, 4, 7, None)
NAMES = {
    "report": "調査結果の報告書.html",
    "targets": "BPR対象業務一覧.xlsx",
    "candidates": "BPR対象業務一覧（候補）.xlsx",
    "tables": "集計表.xlsx",
    "kpi": "KPI進捗管理表.xlsx",
    "book": "業務量調査・BPRまとめ.xlsx",
    "open_data": "オープンデータ.zip",
}


def told(tree: Any) -> str:
    return "".join(texts(tree))


def press(page: Browser, paper: str) -> dict[str, Any]:
    """Press a paper's button as the page does."""
    [found] = [one for one in page.dependencies if "paper-file" in one["output"]]
    make, file, said = ({"of": paper, "type": f"paper-{kind}"} for kind in ("make", "file", "told"))
    name = '{"of":"' + paper + '","type":"paper-make"}.n_clicks'
    body = {
        "output": found["output"],
        "outputs": [{"id": file, "property": "data"}, {"id": said, "property": "children"}],
        "inputs": [{"id": make, "property": "n_clicks", "value": 1}],
        "changedPropIds": [name],
        "state": [],
    }
    return dict(page.post(body).json)


def file_of(done: dict[str, Any]) -> tuple[str, bytes, str]:
    [answer] = [one for key, one in done["response"].items() if "paper-file" in key]
    [said] = [one for key, one in done["response"].items() if "paper-told" in key]
    return answer["data"]["filename"], b64decode(answer["data"]["content"]), said["children"]


@pytest.fixture
def town(copy_town: CopyTown) -> Workspace:
    return copy_town(decided_town)


# --- what is said --------------------------------------------------------------------------------


def test_the_answer_tells_how_many_papers_and_of_how_much() -> None:
    assert view_papers(STOCK).answer == [
        "いま 7 種類の資料を、すぐに保存できます。",
        "数字はどれも画面と同じで、母数は 120 業務、年 4,500 時間。時間の分からない 2 業務を含む（調査票 3 冊）です。",
    ]


def test_every_paper_says_for_whom_and_over_what() -> None:
    lines = view_papers(STOCK).lines
    assert len({one.paper for one in lines}) == len(lines) == 10
    assert all(one.about and one.readers and one.holds and one.form for one in lines)
    held = {one.paper: one.holds for one in lines}
    assert held["candidates"] == "上位 25 業務（候補 40 業務のうち）"
    assert held["open_data"].startswith("時間の分かる 118 業務")


@pytest.mark.parametrize(
    ("change", "paper", "href"),
    [
        ({"targets": 0}, "targets", "/candidates"),
        ({"candidates": 0}, "candidates", "/candidates"),
        ({"timed": 0}, "open_data", "/imports"),
        ({}, "years", "/imports"),
        ({}, "exchange", "/compare?view=towns"),
    ],
)
def test_what_cannot_be_made_here_leads_on(change: dict[str, int], paper: str, href: str) -> None:
    lines = {one.paper: one for one in view_papers(replace(STOCK, **change)).lines}  # type: ignore[arg-type]
    assert not lines[paper].makes
    assert lines[paper].href == href
    assert lines[paper].link


def test_the_stock_is_that_of_the_report(town: Workspace) -> None:
    stock, report = read_stock(town), town.report()
    assert (stock.workbooks, stock.tasks, stock.timed) == (1, 7, 6)
    assert (stock.hours, stock.cases) == (1000, 4000)
    assert stock.candidates == len(report.tasks["best_lever"].drop_nulls()) > 0
    assert stock.targets == 4
    assert stock.findings == report.diagnostics.height
    assert stock.pair is None


def test_the_survey_before_is_the_one_to_compare(make_workspace: MakeWorkspace) -> None:
    town = make_workspace()
    before, after = open_two_years(town)
    for shown in (before, after):
        with acting(LOCAL, "", shown):
            pair = find_pair(town)
        assert pair is not None
        assert (pair.before, pair.after) == (before, after)
        assert pair.told == "みどり野町　令和7年度調査 と みどり野町　令和8年度調査"
    with acting(LOCAL, "", after):
        name, data, _ = file_of(press(Browser(create_app(town)), "years"))
    assert name == "前年度との比較.xlsx"
    assert "前年度との比較" in openpyxl.load_workbook(io.BytesIO(data)).sheetnames


# --- the page ------------------------------------------------------------------------------------


def test_every_line_has_a_button_or_a_way_on(town: Workspace) -> None:
    tree = Browser(create_app(town)).page("/papers")
    assert told(by_id(tree, "papers-answer")["children"]).startswith("いま 7 種類の資料を")
    ids = [
        one["props"]["id"] for one in components(tree) if isinstance(one["props"].get("id"), dict)
    ]
    made = [one["of"] for one in ids if one["type"] == "paper-make"]
    assert set(made) == set(NAMES)
    live = [
        one["props"]["id"]["of"]
        for one in components(tree)
        if one["props"].get("aria-live") == "polite" and isinstance(one["props"].get("id"), dict)
    ]
    assert sorted(live) == sorted([*made, *made])


@pytest.mark.parametrize("paper", NAMES)
def test_a_button_brings_the_paper_and_says_so(town: Workspace, paper: str) -> None:
    name, data, said = file_of(press(Browser(create_app(town)), paper))
    assert name == NAMES[paper]
    assert said.startswith(f"「{name}」を保存しました（")
    if name.endswith(".xlsx"):
        assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    elif name.endswith(".zip"):
        assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    else:
        assert data.startswith(b"<!DOCTYPE html>")


def test_the_button_waits_while_the_paper_is_made(town: Workspace) -> None:
    page = Browser(create_app(town))
    [found] = [one for one in page.dependencies if "paper-file" in one["output"]]
    assert "disabled" in str(found["running"]["running"])
    assert "作成しています" in str(found["running"]["running"])


def test_what_cannot_be_made_is_told(workspace: Workspace) -> None:
    page = Browser(create_app(workspace))
    for paper, words in (
        ("targets", "BPR対象がありません"),
        ("years", "比べる調査が 2 つありません"),
        ("x", "この資料はありません"),
    ):
        done = press(page, paper)
        assert words in told(done["sideUpdate"]["notice"]["children"])


def test_before_any_survey_the_page_says_what_to_do(make_workspace: MakeWorkspace) -> None:
    tree = Browser(create_app(make_workspace())).page("/papers")
    assert "まだ調査票が取り込まれていません。" in texts(tree)


def test_names_only_see_the_papers_too(make_workspace: MakeWorkspace) -> None:
    town = make_workspace(workbook([["課", "業務名"], ["税務課", "申告書の入力"]]))
    page = Browser(create_app(town))
    assert "時間の分かる業務がありません" in told(page.page("/papers"))
    assert file_of(press(page, "tables"))[0] == "集計表.xlsx"


def test_a_viewer_may_take_every_paper_a_division_none(town: Workspace) -> None:
    add_person(town, "kanri", "admin")
    add_person(town, "eturan", "viewer")
    add_person(town, "zeimu", "division", "税務課")
    app = create_app(town)
    viewer, division = Member(app, town, "eturan"), Member(app, town, "zeimu")
    for paper, name in NAMES.items():
        assert file_of(press(viewer, paper))[0] == name
        refused = press(division, paper)
        assert "アカウントではできません" in told(refused["sideUpdate"]["notice"]["children"])
        assert not refused.get("response")
