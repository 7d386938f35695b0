"""候補: effect × ease - what is said, drawn and listed, by numbers worked out by hand."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from bpr.dashboard.app import create_app
from bpr.dashboard.components.numbers import Link
from bpr.dashboard.figures.matrix import Column, Dot, Quarters, matrix_figure
from bpr.dashboard.pages.candidates.matrix import MatrixView, view_matrix
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Workspace
from tests.builder import workbook
from tests.dashboard.browser import Browser, by_id, components, texts
from tests.dashboard.conftest import MakeWorkspace
from tests.dashboard.test_hostile import HOSTILE
from tests.tabulate.town import HEADER, town_workbook


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The town; nothing here changes it."""
    opened = Workspace.open(f"sqlite:///{tmp_path_factory.mktemp('town')}/town.sqlite3")
    opened.import_workbooks([town_workbook()])
    yield opened
    opened.store.engine.dispose()


@pytest.fixture
def browser(town: Workspace) -> Browser:
    return Browser(create_app(town))


def view(workspace: Workspace, **asked: str) -> MatrixView | None:
    query = TaskQuery(**asked)
    report, sensitivity = workspace.ranked(), workspace.sensitivity()
    return view_matrix(workspace.list_tasks(query), report, sensitivity, query)


def seen(workspace: Workspace, **asked: str) -> MatrixView:
    shown = view(workspace, **asked)
    assert shown is not None
    return shown


# --- what is said -------------------------------------------------------------------------------


def test_the_sentence_counts_what_to_do_at_once(town: Workspace) -> None:
    """AI-OCR (4 人日) saves 320 × (0.886 − 0.56) − 6 = 98.32 hours, 外部委託 (10 人日) 92."""
    assert seen(town).sentence == (
        "候補 2 業務のうち、「すぐやる」業務（導入の手間 5 人日まで、削減見込 年 67 時間以上）は"
        " 1 業務で、削減見込は合わせて年 27〜188 時間です。"
    )
    only = seen(town, lever="outsourcing").sentence
    assert only.startswith("候補 1 業務のうち、")
    assert only.endswith("はありません。")


def test_the_quarters_hold_every_task_once(town: Workspace) -> None:
    assert [(one.name, one.count, one.hours) for one in seen(town).quarters] == [
        ("すぐやる", "1", "27〜188"),
        ("計画して進める", "1", "14〜170"),
        ("ついでにやる", "0", "–"),
        ("急がない", "0", "–"),
    ]


def test_tasks_of_unknown_hours_are_counted_apart(town: Workspace) -> None:
    tasks = town.list_tasks(TaskQuery()).with_columns(
        saving_hours=pl.when(pl.col("task_id") == "税務課-1").then("saving_hours")
    )
    shown = view_matrix(tasks, town.ranked(), town.sensitivity(), TaskQuery())
    assert shown is not None
    assert shown.sentence.startswith("候補 1 業務のうち、")
    assert shown.notes[0] == (
        "時間の分からない候補 1 業務は、削減見込が出せないので入れていません。"
    )


def test_without_candidates_there_is_nothing_to_place(town: Workspace) -> None:
    assert view(town, division="福祉課") is None


# --- the picture and its numbers ----------------------------------------------------------------


def test_hard_levers_stand_left_and_every_task_is_a_dot(town: Workspace) -> None:
    shown = seen(town, task="税務課-3")
    assert shown.columns == [Column("外部委託", easy=False), Column("AI-OCR", easy=True)]
    dots = {dot.task_id: dot for dot in shown.dots}
    assert dots["税務課-1"].hours == pytest.approx((27.2, 98.32, 187.6))
    assert [(dots[i].column, dots[i].mark, dots[i].opened) for i in ("税務課-1", "税務課-3")] == [
        (1, "1", False),
        (0, "2", True),
    ]
    assert dots["税務課-1"].place == 1.0
    assert dots["税務課-3"].place == 0.0


def test_the_table_says_the_same_by_quarter_and_leads_to_each_task(town: Workspace) -> None:
    numbers = seen(town, lever="", view="matrix").numbers
    assert "母数は候補 2 業務" in numbers.caption
    link, *rest = numbers.rows[0]
    assert isinstance(link, Link)
    assert (link.text, link.href) == (
        "賦課／申告書の入力",
        "/candidates?task=%E7%A8%8E%E5%8B%99%E8%AA%B2-1&view=matrix#candidates-opened",
    )
    assert rest[:-1] == ["税務課", "すぐやる", 1, "AI-OCR", "4（2〜8）", 98.3, "27〜188"]
    assert [row[2] for row in numbers.rows] == ["すぐやる", "計画して進める"]


def test_only_the_best_are_drawn_and_the_others_counted(make_workspace: MakeWorkspace) -> None:
    rows = [
        [n, "税務課", "賦課", f"申告書{n}の入力", "正規職員", 1000 + n, 400 + n, "紙（量多い）", "無", "有", "いいえ", "いいえ", "はい"]
        for n in range(1, 66)
    ]  # fmt: skip
    workspace = make_workspace(workbook([HEADER, *rows]))
    last = str(workspace.list_tasks(TaskQuery())["task_id"][-1])
    shown = seen(workspace)
    assert (len(shown.dots), len(shown.numbers.rows)) == (60, 60)
    assert last not in {dot.task_id for dot in shown.dots}
    assert shown.quarters[0].count == "65"
    assert shown.notes[0] == (
        "図と表は順位の高い 60 業務です。残りの 5 業務も、区画ごとの数には入れています。"
    )
    assert sum(bool(dot.mark) for dot in shown.dots) == 10
    opened = seen(workspace, task=last)
    assert [(dot.task_id, dot.mark) for dot in opened.dots if dot.opened] == [(last, "65")]


def dot(**other: Any) -> Dot:
    made = Dot("a", 0, 1.0, (16.0, 100.0, 400.0), "certain", "1", "業務", opened=False)
    return replace(made, **other)


def drawn(*dots: Dot) -> dict[str, Any]:
    columns = [Column("外部委託", easy=False), Column("AI-OCR", easy=True)]
    figure = matrix_figure(columns, dots, Quarters(64.0, ("甲", "乙", "丙", "丁")))
    made: dict[str, Any] = figure.to_plotly_json()
    return made


def test_intervals_are_drawn_for_marked_dots_alone() -> None:
    """On the scale of square roots 16, 100, 400 stand at 4, 10, 20."""
    [trace] = drawn(dot(), dot(task_id="b", mark=""))["data"]
    assert list(trace["y"]) == [10, 10]
    assert list(trace["error_y"]["array"]) == [10, 0]
    assert list(trace["error_y"]["arrayminus"]) == [6, 0]
    assert drawn(dot(hours=(-16.0, -4.0, 0.0)))["data"][0]["y"][0] == -2


def test_certainty_is_told_by_shape() -> None:
    traces = drawn(dot(), dot(certainty="depends"), dot(certainty="out"))["data"]
    assert [trace["name"] for trace in traces] == ["確実", "重み次第", "圏外"]
    assert len({trace["marker"]["symbol"] for trace in traces}) == 3


def test_the_names_stand_in_their_corners() -> None:
    layout = drawn(dot(), dot(column=1))["layout"]
    corners = {one["text"]: (one["xanchor"], one["yanchor"]) for one in layout["annotations"]}
    assert corners == {
        "<b>甲</b>": ("right", "top"),
        "<b>乙</b>": ("left", "top"),
        "<b>丙</b>": ("right", "bottom"),
        "<b>丁</b>": ("left", "bottom"),
    }


@pytest.mark.parametrize("text", ["<b>太い</b>", "<a href='javascript:alert(1)'>x</a>"])
def test_names_are_text_in_the_picture(text: str) -> None:
    told = drawn(dot(told=text))["data"][0]["hovertext"][0]
    assert "<" not in told
    assert "&lt;" in told


# --- the page -----------------------------------------------------------------------------------


def test_the_address_asks_for_the_matrix(browser: Browser) -> None:
    tree = browser.page("/candidates", "?view=matrix&lever=ai_ocr")
    assert by_id(tree, "candidates-listed")["hidden"]
    assert "候補 1 業務のうち、" in "".join(texts(by_id(tree, "candidates-matrix")["children"]))
    links = [one["props"] for one in components(by_id(tree, "candidates-views")["children"]) if one["type"] == "Link"]  # fmt: skip
    assert [one["href"] for one in links] == [
        "/candidates?lever=ai_ocr", "/candidates?lever=ai_ocr&view=matrix",
    ]  # fmt: skip
    plain = browser.page("/candidates", "?lever=ai_ocr")
    assert not by_id(plain, "candidates-listed")["hidden"]
    assert by_id(plain, "candidates-matrix")["children"] == []


def test_list_and_matrix_take_turns(browser: Browser) -> None:
    def ask(search: str, path: str = "/candidates") -> dict[str, Any]:
        return browser.call("candidates-matrix.children", url__search=search, url__pathname=path)

    done = ask("?view=matrix")["response"]
    assert done["candidates-listed"]["hidden"] is True
    assert "すぐやる" in texts(done["candidates-matrix"]["children"])
    assert ask("")["response"]["candidates-listed"]["hidden"] is False
    assert "candidates-matrix" not in ask("?view=matrix", "/tasks").get("response", {})


def test_filters_keep_the_view(browser: Browser) -> None:
    done = browser.call(
        "url.search", "candidates-lever.value", candidates_lever__value="ai_ocr",
        url__search="?view=matrix&task=x",
    )  # fmt: skip
    [search] = [value for key, value in done["response"]["url"].items() if "search" in key]
    assert search == "?lever=ai_ocr&view=matrix"


def test_a_dot_leads_to_its_task(browser: Browser) -> None:
    clicked = {"points": [{"customdata": "税務課-3"}]}
    done = browser.call(
        "url.search", "candidates-matrix-chart.clickData",
        candidates_matrix_chart__clickData=clicked, url__search="?view=matrix",
    )  # fmt: skip
    [search] = [value for key, value in done["response"]["url"].items() if "search" in key]
    assert TaskQuery.parse(search) == TaskQuery(view="matrix", task="税務課-3")


@pytest.mark.parametrize(
    ("changed", "search", "shown"),
    [
        ("candidates-grid.eventData", "?task=税務課-3", "税務課-1"),
        ("url.search", "?task=税務課-3", "税務課-3"),
        ("url.search", "?lever=ai_ocr", "税務課-1"),
        ("candidates-decided.data", "?task=税務課-3", "福祉課-1"),
    ],
)
def test_what_was_pointed_at_last_is_explained(
    browser: Browser, changed: str, search: str, shown: str
) -> None:
    done = browser.call(
        "candidates-detail.children", changed, url__search=search,
        candidates_grid__eventData={"data": {"task_id": "税務課-1"}},
        candidates_shown__data="福祉課-1",
    )  # fmt: skip
    assert done["response"]["candidates-shown"]["data"] == shown


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_are_text(make_workspace: MakeWorkspace, text: str) -> None:
    row = [1, "税務課", "賦課", f"{text}申告書の入力", "正規職員", 1000, 400, "紙（量多い）", "無", "有", "いいえ", "いいえ", "はい"]  # fmt: skip
    tree = Browser(create_app(make_workspace(workbook([HEADER, row])))).page(
        "/candidates", "?view=matrix"
    )
    part = by_id(tree, "candidates-matrix")["children"]
    assert any(text in told for told in texts(part))
    chart = by_id(part, "candidates-matrix-chart")
    told = [one["hovertext"] for one in chart["figure"]["data"]]
    assert all("<" not in line.replace("<br>", "") for lines in told for line in lines)


def test_only_the_task_of_the_address_can_be_gone_to(browser: Browser) -> None:
    def places(search: str) -> list[Any]:
        detail = by_id(browser.page("/candidates", search), "candidates-detail")["children"]
        return [one["props"].get("id") for one in components(detail)]

    assert "candidates-opened" in places("?view=matrix&task=税務課-3")
    assert "candidates-opened" not in places("?view=matrix")
