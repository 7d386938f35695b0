"""概況: the figures, the parts and the comparisons, against sums by hand; what follows the filters."""

from typing import Any

import plotly.graph_objects as go
import pytest

from bpr import terms
from bpr.dashboard.app import create_app
from bpr.dashboard.figures.media import MediumBar, media_figure
from bpr.dashboard.figures.shares import ShareBar, shares_figure
from bpr.dashboard.pages.overview.query import find_part, read_query
from bpr.dashboard.pages.overview.rows import DivisionRow
from bpr.dashboard.pages.overview.view import Overview, view_overview
from bpr.dashboard.pages.overview.wording import change, choose_money, percent, points
from bpr.pipeline import Report, run
from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, Person, acting
from tests.builder import SETTINGS, Rows, workbook
from tests.dashboard.browser import Browser, by_id, components, texts
from tests.dashboard.conftest import MakeWorkspace
from tests.workspace.two_years import open_two_years

CLASS_HEADER = ["課", "業務名", "年間作業時間", "職員でなければできない", "専門性", "定型"]


def look(workspace: Workspace, search: str = "") -> Overview:
    """What the page says for an address."""
    query = read_query(search)
    part = find_part(workspace, query)
    view = view_overview(workspace.report(), part, workspace.read_last_work(query))
    assert view is not None
    return view


@pytest.fixture
def town(report: Report) -> Overview:
    view = view_overview(report)
    assert view is not None
    return view


# --- all work -----------------------------------------------------------------------------------


def test_the_answer_and_the_figures(town: Overview) -> None:
    assert town.answer == [
        "年間 1,000 時間のうち、職員でなければできない仕事は 20.0%。",
        "いちばん多いのは専門性のいらない定型作業で、60.0% です。",
    ]
    assert town.base == ""
    assert [(f.id, f.value, f.unit, f.base) for f in town.figures] == [
        ("core-ratio", "20.0", "%", "母数 1,000 時間（2 課・7 業務、時間不明 1 業務を除く）"),
        ("paper-ratio", "70.0", "%", "700 時間／1,000 時間"),
        ("regular-noncore-ratio", "66.7", "%", "母数 正規職員の 600 時間"),
        ("seal-ratio", "23.8", "%", "950 件／4,000 件"),
        ("cost", "262", "万円", "職員の時間 × 1 時間の単価。母数 1,000 時間"),
    ]
    assert [f.comparison for f in town.figures] == [
        "96自治体平均 32.7%（参考：母数の取り方が違う）",
        "電子だけ 15.0%。阿見町は紙 80.5%、電子 9.4%",
        "96自治体平均 54.6%（参考）",
        "コア業務では 100.0%。阿見町は全体で 6.6%",
        "最も多いのは III 定型（161 万円、61.7%）",
    ]
    assert town.provenance == (
        "数値の出所：業務量調査（1 ファイル）。性質の判定：人の確認 14%、調査票の回答 86%。"
        "比較の出所：阿見町DX推進計画（令和5年3月）。"
    )


def test_what_it_costs_and_by_which_unit_costs(town: Overview) -> None:
    cost = town.cost
    assert (
        cost.sentence == "人件費にすると、年およそ 262 万円です（単価の幅により 198〜326 万円）。"
    )
    assert [(row.label, row.hours, row.yen, row.share, row.between) for row in cost.rows] == [
        ("I コア", "200", "66 万円", "25.1%", "50〜80 万円"),
        ("II 要専門性", "150", "22 万円", "8.6%", "18〜28 万円"),
        ("III 定型", "600", "161 万円", "61.7%", "124〜198 万円"),
        ("IV 非定型", "50", "12 万円", "4.6%", "6〜20 万円"),
        ("合計", "1,000", "262 万円", "100.0%", "198〜326 万円"),
    ]
    assert [(unit.staff, unit.yen) for unit in cost.units] == [
        ("正規職員", "1 時間 3,285 円（2,500〜4,000 円）"),
        ("非正規職員", "1 時間 1,500 円（1,200〜1,900 円）"),
        ("職員区分の記載なし", "1 時間 2,400 円（1,200〜4,000 円）"),
    ]
    assert cost.units[0].source.startswith("実績：宇城市の公表値から逆算")


def test_classes_by_staff_beside_the_mean(town: Overview) -> None:
    classes = town.classes
    assert classes.staff == ["正規職員", "非正規職員", "区分の記載なし", "合計"]
    cells = {row.label: [(c.hours, c.share, c.compared) for c in row.cells] for row in classes.rows}
    assert cells["I コア"] == [
        ("200", "20.0%", "（平均 32.7%）"),
        ("0", "0.0%", "（平均 0.0%）"),
        ("0", "0.0%", ""),
        ("200", "20.0%", "（平均 32.7%）"),
    ]
    assert cells["III 定型"][:2] == [
        ("400", "40.0%", "（平均 23.5%）"),
        ("200", "20.0%", "（平均 13.8%）"),
    ]
    assert cells["合計"][2:] == [("50", "5.0%", ""), ("1,000", "100.0%", "")]
    assert classes.heading == "96自治体平均との違いが大きいのは III 定型（22.7 ポイント多い）"
    assert [bar.label for bar in classes.bars] == ["この調査", "96自治体平均", "阿見町"]
    assert list(classes.bars[0].shares.values()) == [0.2, 0.15, 0.6, 0.05]
    assert "96自治体平均は、I コア 32.7%、II 要専門性 13.2%、III 定型 37.3%、IV 非定型 16.9%。" in (
        classes.sentence
    )
    assert classes.unclear == ""


def test_hours_without_a_class_are_told(make_workspace: MakeWorkspace) -> None:
    rows: Rows = [["業務名", "年間作業時間"], ["Qqq", 30], ["申告書の入力", 70]]
    classes = look(make_workspace(workbook(rows))).classes
    assert classes.unclear == "性質を判定できない 30 時間は、合計だけに入ります。"


def test_media_beside_the_published_town(town: Overview) -> None:
    media = town.media
    assert media.heading == "紙を使う定型作業が、全体の 60% を占める"
    assert media.sentence == (
        "年間作業時間 1,000 時間の内訳は、紙 50.0%、電子+紙 20.0%、電子 15.0%、該当なし 15.0%です。"
        "◇は、阿見町と同じ割合だった場合の位置です。"
    )
    assert [(b.label, b.total) for b in media.bars] == [
        ("紙", 500.0),
        ("電子+紙", 200.0),
        ("電子", 150.0),
        ("該当なし", 150.0),
    ]
    assert media.bars[0].hours == {"core": 100, "expert": 0, "routine": 400, "nonroutine": 0}
    assert [round(b.compared_share, 4) for b in media.bars] == [0.3226, 0.4823, 0.0938, 0.1014]


def test_seals_beside_the_published_town(town: Overview) -> None:
    seals = town.seals
    assert seals.heading == "決裁などの印は 23.8%、住民の印は 25.0%の件数で使う"
    assert seals.note == "件数に占める割合。母数 4,000 件（件数の分からない業務を除く）"
    rows = {
        r.label: (r.cases, [(c.share, c.cases, c.compared) for c in r.cells]) for r in seals.rows
    }
    assert rows["III 定型"] == (
        "3,000",
        [("0.0%", "0 件", "阿見町 2.5%"), ("33.3%", "1,000 件", "阿見町 0.9%")],
    )
    assert rows["合計"][1][0] == ("23.8%", "950 件", "阿見町 6.6%")


def test_without_last_year_it_says_so(town: Overview) -> None:
    comparison = town.comparison
    assert comparison.others == ["96自治体平均", "阿見町"]
    assert comparison.notes[0].startswith("前の年度の調査がまだないので")
    rows = {row.label: [(c.value, c.difference) for c in row.cells] for row in comparison.rows}
    assert rows["コア業務の割合"] == [("32.7%", "−12.7 ポイント"), ("29.9%", "−9.9 ポイント")]
    assert rows["紙を使う作業（紙利用率）"] == [("–", ""), ("80.5%", "−10.5 ポイント")]
    assert rows["人件費（同じ単価）"] == [("–", ""), ("–", "")]


def test_the_tasks_of_most_hours_lead_on(town: Overview) -> None:
    assert town.top_heading == "時間の多い 6 業務が、1,000 時間の 100% を占める"
    first = town.top[0]
    assert (first.name, first.hours, first.share) == ("賦課／申告書の入力", "400", "40.0%")
    assert (first.work_class, first.medium) == ("III 定型", "紙（量多い）")
    assert first.href.startswith("/tasks?task=")
    assert [task.hours for task in town.top] == ["400", "200", "150", "100", "100", "50"]
    assert all(bool(task.candidate) == (task.lever != "–") for task in town.top)


def test_five_divisions_of_routine_work() -> None:
    rows: Rows = [
        CLASS_HEADER,
        [None, "入力", 5000, "いいえ", "いいえ", "はい"],
        *([f"{n}課", "入力", 100 * n, "いいえ", "いいえ", "はい"] for n in range(1, 8)),
        ["総務課", "決定", 9000, "はい", None, None],
    ]
    view = view_overview(run([workbook(rows)], SETTINGS))
    assert view is not None
    assert [(row.division, row.hours) for row in view.divisions] == [
        (f"{n}課", 100.0 * n) for n in (7, 6, 5, 4, 3)
    ]
    assert view.divisions[4].share_of_first == pytest.approx(3 / 7)
    assert view.divisions_heading == "定型作業の 89% は、5 つの課にある"


def test_a_division_leads_to_its_own_overview(town: Overview) -> None:
    href = "/?division=%E7%A8%8E%E5%8B%99%E8%AA%B2#overview-head"
    assert town.divisions == [DivisionRow("税務課", 600.0, 1.0, href)]


def test_when_core_work_is_the_most_the_answer_says_so() -> None:
    rows: Rows = [
        CLASS_HEADER[1:],
        ["決定", 700, "はい", None, None],
        ["相談", 200, "いいえ", "はい", None],
        ["入力", 100, "いいえ", "いいえ", "はい"],
    ]
    view = view_overview(run([workbook(rows)], SETTINGS))
    assert view is not None
    assert view.answer[1] == "ノンコアで多いのは専門性がいる作業で、20.0% です。"


def test_what_the_form_does_not_ask_is_not_zero() -> None:
    rows: Rows = [["課", "業務名", "年間作業時間"], ["税務課", "申告書の入力", 100]]
    view = view_overview(run([workbook(rows)], SETTINGS))
    assert view is not None
    assert (view.media.bars[-1].label, view.media.bars[-1].total) == ("不明", 100.0)
    assert [f.value for f in view.figures][2:4] == ["–", "–"]
    assert view.seals.rows == []
    assert "年間件数のある業務がありません" in view.seals.note


# --- a part of the work -------------------------------------------------------------------------


def test_a_part_is_held_against_all_work(workspace: Workspace) -> None:
    view = look(workspace, "?division=税務課&text=passed-over")
    assert view.answer == [
        "税務課の業務は年間 700 時間で、全体の 70.0% です。",
        "職員でなければできない仕事は 14.3%（全体では 20.0%）。",
    ]
    assert view.base == (
        "「税務課」で絞り込んでいます。母数 700 時間（1 課・3 業務）。全体は 1,000 時間（7 業務）。"
    )
    assert [f.comparison for f in view.figures] == [
        "全体 20.0%（−5.7 ポイント）",
        "全体 70.0%（+15.7 ポイント）",
        "全体 66.7%（+13.3 ポイント）",
        "全体 23.8%（−20.5 ポイント）",
        "最も多いのは III 定型（161 万円、83.1%）",
    ]
    assert view.comparison.others == ["全体"]
    assert "公表" not in "".join(view.comparison.notes)
    sums = {row.label: row.cells[0].difference for row in view.comparison.rows[:2]}
    assert sums == {"年間作業時間": "その 70.0%", "人件費（同じ単価）": "その 74.3%"}
    assert [bar.label for bar in view.classes.bars] == ["絞り込んだ業務", "全体"]
    assert view.media.compared == "全体"
    assert [round(b.compared_share, 2) for b in view.media.bars] == [0.5, 0.2, 0.15, 0.15]
    assert view.seals.rows[-1].cells[0].compared == "全体 23.8%"
    assert view.divisions == []
    assert {task.place for task in view.top} == {"税務課"}


def test_one_class_is_not_split_into_classes(workspace: Workspace) -> None:
    view = look(workspace, "?work_class=routine")
    assert view.answer == [
        "III 定型の業務は年間 600 時間で、全体の 60.0% です。",
        "そのうち紙を使う作業は 100.0%（全体では 70.0%）。",
    ]
    assert [f.id for f in view.figures] == ["part-ratio", "paper-ratio", "seal-ratio", "cost"]
    assert view.classes.bars == []
    [row] = view.classes.rows
    assert [(c.hours, c.share, c.compared) for c in row.cells] == [
        ("400", "66.7%", ""),
        ("200", "33.3%", ""),
        ("600", "100.0%", ""),
    ]
    assert [row.label for row in view.cost.rows] == ["III 定型", "合計"]
    assert [row.label for row in view.comparison.rows][2:] == [
        "紙を使う作業（紙利用率）",
        "決裁印を使う作業",
    ]


def test_of_one_kind_of_staff_nothing_is_said_of_the_other(workspace: Workspace) -> None:
    view = look(workspace, "?staff_type=nonregular")
    assert view.answer[0].startswith("非正規職員の業務は年間 350 時間")
    assert view.classes.staff == ["合計"]
    assert "regular-noncore-ratio" not in [f.id for f in view.figures]


# --- last year ----------------------------------------------------------------------------------


def test_last_year_with_both_bases(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace()
    _, after = open_two_years(workspace)
    with acting(LOCAL, "", after):
        view = look(workspace)
        narrowed = look(workspace, "?division=税務課")
        gone = look(workspace, "?staff_type=regular&division=福祉課")
    assert view.comparison.others == ["令和7年度", "96自治体平均", "阿見町"]
    rows = {row.label: (row.base, row.cells[0]) for row in view.comparison.rows}
    base, cell = rows["紙を使う作業（紙利用率）"]
    assert base == "550／800 時間"
    assert (cell.value, cell.base, cell.difference) == ("70.0%", "700／1,000 時間", "−1.2 ポイント")
    assert rows["年間作業時間"][1].difference == "−20.0%"
    assert "令和7年度 70.0%（−1.2 ポイント）" in view.figures[1].comparison
    assert [bar.label for bar in view.classes.bars][:2] == ["この調査", "令和7年度"]
    assert narrowed.comparison.others == ["全体", "令和7年度"]
    paper = narrowed.comparison.rows[3].cells[1]
    assert (paper.value, paper.base) == ("85.7%", "600／700 時間")
    assert gone.comparison.others == ["全体", "令和7年度"]


def test_a_part_that_was_not_there_last_year(make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace()
    number = workspace.open_edition("みどり野町", 2025)
    later = workspace.open_edition("みどり野町", 2026)
    for edition, division in ((number, "税務課"), (later, "新しい課")):
        rows: Rows = [["課", "業務名", "年間作業時間"], [division, "申告書の入力", 100]]
        with acting(LOCAL, "", edition):
            workspace.import_workbooks([workbook(rows, name="調査票.xlsx")])
    with acting(LOCAL, "", later):
        view = look(workspace, "?division=新しい課&work_class=routine")
    assert view.comparison.others == ["全体"]
    assert view.comparison.notes[0] == "前の年度には、当てはまる業務がありません。"


# --- the page -----------------------------------------------------------------------------------


def test_the_page_follows_the_address(browser: Browser) -> None:
    search = "?division=税務課"
    tree = browser.page("/", search)
    assert "全体の 70.0% です。" in "".join(texts(by_id(tree, "overview-answer")["children"]))
    assert by_id(tree, "overview-division")["value"] == "税務課"
    done = browser.call("overview-head.children", url__search=search, url__pathname="/")
    assert by_id(done["response"]["overview-body"]["children"], "paper-ratio")["children"] == "85.7"
    elsewhere = browser.call("overview-head.children", url__search=search, url__pathname="/tasks")
    assert "response" not in elsewhere or not elsewhere["response"]


def test_a_filter_writes_the_address_and_keeps_the_others(browser: Browser) -> None:
    done = browser.call(
        "url.search", "overview-staff.value", overview_division__value="税務課",
        overview_staff__value="regular", url__search="?division=税務課",
    )  # fmt: skip
    assert done["response"]["url"]["search"] == (
        "?division=%E7%A8%8E%E5%8B%99%E8%AA%B2&staff_type=regular"
    )


@pytest.mark.parametrize("search", ["?division=ない課", "?work_class=%3Cscript%3E"])
def test_filters_without_any_task_say_so_and_stay(browser: Browser, search: str) -> None:
    tree = browser.page("/", search)
    answer = "".join(texts(by_id(tree, "overview-answer")["children"]))
    assert answer == "この条件に当てはまる業務はありません。絞り込みをゆるめてください。"
    assert by_id(tree, "overview-division")
    assert "絞り込みをすべて外す" in texts(tree)


def test_a_part_without_hours_is_not_called_missing(make_workspace: MakeWorkspace) -> None:
    rows: Rows = [
        ["課", "業務名", "年間作業時間"],
        ["税務課", "入力", 50],
        ["福祉課", "相談", None],
    ]
    tree = Browser(create_app(make_workspace(workbook(rows)))).page("/", "?division=福祉課")
    answer = "".join(texts(by_id(tree, "overview-answer")["children"]))
    assert answer == "福祉課の 1 業務には時間が書かれていないので、割合は出せません。"


def test_a_town_without_departments_is_not_asked_for_one(browser: Browser) -> None:
    tree = browser.page("/")
    assert _around(tree, "overview-department")["hidden"] is True


def _around(tree: dict[str, Any], name: str) -> dict[str, Any]:
    """Props of the component whose child has an id."""
    for one in components(tree):
        child = one["props"].get("children")
        if isinstance(child, dict) and child.get("props", {}).get("id") == name:
            return dict(one["props"])
    raise AssertionError(name)


def test_only_who_may_see_them_is_led_to_the_settings(workspace: Workspace) -> None:
    from bpr.dashboard.pages.overview.layout import render  # noqa: PLC0415 - needs a person

    def led(role: str) -> bool:
        with acting(Person("a", "a", role, "税務課")):
            return "/settings" in str(render(workspace, "").to_plotly_json())

    assert led("viewer")
    assert not led("division")


def test_the_whole_page_equals_the_report(browser: Browser, workspace: Workspace) -> None:
    """Every cell of class by staff as `Workspace.report()` has it."""
    table = workspace.report().tables.class_by_staff.filter(scope="all")
    shown = "".join(texts(browser.page("/")))
    for name, kind in ((n, k) for n in terms.WORK_CLASSES for k in ("regular", "total")):
        row = table.filter(work_class=name, staff_type=kind)
        assert f"{row['hours'].item():,.0f}{row['share_ratio'].item():.1%}" in shown


# --- figures and words --------------------------------------------------------------------------


def test_the_chart_draws_the_bars() -> None:
    bars = [
        MediumBar("紙", {"core": 10.0, "routine": 30.0}, 40.0, 0.25),
        MediumBar("電子", {"core": 20.0}, 20.0, 0.75),
    ]
    figure = media_figure(bars, "阿見町")
    drawn = {trace.name: (list(trace.y), list(trace.x)) for trace in figure.data}
    assert drawn == {
        "I コア": (["紙", "電子"], [10.0, 20.0]),
        "II 要専門性": (["紙", "電子"], [0.0, 0.0]),
        "III 定型": (["紙", "電子"], [30.0, 0.0]),
        "IV 非定型": (["紙", "電子"], [0.0, 0.0]),
        "阿見町の割合なら": (["紙", "電子"], [15.0, 45.0]),
    }


def test_each_part_of_a_bar_tells_its_class() -> None:
    shares = dict(zip(terms.WORK_CLASSES, (0.2, 0.1, 0.6, 0.1), strict=True))
    figure: go.Figure = shares_figure([ShareBar("この調査", shares)])
    assert [trace.text[0] for trace in figure.data] == [
        "I 20.0%",
        "II 10.0%",
        "III 60.0%",
        "IV 10.0%",
    ]
    assert [trace.x[0] for trace in figure.data] == [0.2, 0.1, 0.6, 0.1]


def test_points_and_changes() -> None:
    assert (percent(0.3427), percent(None)) == ("34.3%", "–")
    assert points(0.343, 0.327) == "+1.6 ポイント"
    assert points(0.3, 0.3123) == "−1.2 ポイント"
    assert points(0.3, 0.30001) == "±0.0 ポイント"
    assert points(None, 0.3) == points(0.3, None) == ""
    assert (change(80, 100), change(1, 0)) == ("−20.0%", "")


@pytest.mark.parametrize(
    ("total", "text", "between"),
    [
        (1_758_000_000, "17.6 億円", "0.1〜17.6 億円"),
        (2_616_000, "262 万円", "1,000〜262 万円"),
        (900, "900 円", "10,000,000〜900 円"),
    ],
)
def test_yen_in_the_unit_that_fits(total: float, text: str, between: str) -> None:
    money = choose_money(total)
    assert money.write(total) == text
    assert money.between(10_000_000, total) == between
