"""比較: what the page says of divisions, years and towns, and what its buttons do."""

from base64 import b64decode, b64encode
from io import BytesIO

import openpyxl
import polars as pl
import pytest

from bpr.dashboard.app import create_app
from bpr.dashboard.pages.compare.divisions import view_divisions
from bpr.dashboard.pages.compare.ids import token
from bpr.dashboard.pages.compare.query import CompareQuery
from bpr.dashboard.pages.compare.reading import find_pair, read_years
from bpr.dashboard.pages.compare.towns import SHARES, view_towns
from bpr.dashboard.pages.compare.years import PARTS
from bpr.pipeline import Report, run
from bpr.workspace import Workspace
from tests.builder import SETTINGS, workbook
from tests.dashboard.browser import Browser, components, texts
from tests.dashboard.conftest import MakeWorkspace
from tests.tabulate.town import HEADER
from tests.workspace.two_years import open_two_years

CLASSES = {"core": ("はい", None, None), "routine": ("いいえ", "いいえ", "はい")}


def rows_of(division: str, papers: int, others: int) -> list[list[object]]:
    """Tasks of 10 hours each: so many on paper and routine, so many electronic and core."""
    kinds = [("紙", "routine")] * papers + [("電子", "core")] * others
    return [
        [n, division, "窓口", f"受付{n}", "正規職員", 100, 10, medium, "有", "無", *CLASSES[name]]
        for n, (medium, name) in enumerate(kinds, 1)
    ]


@pytest.fixture(scope="module")
def three() -> Report:
    """紙課 90 % paper of 20 tasks, 電子課 25 % of 20, 小課 100 % of 4: in all 27 of 44 tasks."""
    rows = [*rows_of("紙課", 18, 2), *rows_of("電子課", 5, 15), *rows_of("小課", 4, 0)]
    return run([workbook([HEADER, *rows], name="調査票.xlsx")], SETTINGS)


# --- divisions ----------------------------------------------------------------------------------


def test_divisions_beside_the_town(three: Report) -> None:
    view = view_divisions(three, "paper")
    assert view is not None
    assert view.mean == pytest.approx(27 / 44)
    assert [(bar.division, bar.share, bar.kind) for bar in view.bars] == [
        ("紙課", 0.9, "apart"),
        ("電子課", 0.25, "apart"),
        ("小課", 1.0, "small"),
    ]
    assert view.answer == [
        "紙利用率が全庁（61.4%）より目立って高いのは 紙課 90%。",
        "目立って低いのは 電子課 25%。",
    ]
    assert "440 時間" in view.base
    assert "2 課（全 3 課）" in view.base


def test_a_small_division_is_greyed_and_says_why(three: Report) -> None:
    view = view_divisions(three, "routine")
    assert view is not None
    small = view.lines[-1]
    assert (small.division, small.small) == ("小課", True)
    assert small.remark == "母数が小さい（20 業務未満）"
    assert "小課" not in "".join(view.answer)
    first = view.lines[0]
    assert (first.tasks, first.hours, first.difference) == ("20", "200", "+28.6 ポイント")
    assert first.href == "/tasks?division=%E7%B4%99%E8%AA%B2"


def test_a_division_whose_medium_is_not_told_is_not_judged() -> None:
    rows = rows_of("紙課", 20, 20) + [
        [*row[:7], None, *row[8:]] for row in rows_of("無記入課", 30, 0)
    ]
    view = view_divisions(run([workbook([HEADER, *rows])], SETTINGS), "paper")
    assert view is not None
    assert [line.remark for line in view.lines if line.division == "無記入課"] == [
        "記入のない時間が多い"
    ]


def test_the_share_of_the_town_is_that_of_the_overview(three: Report) -> None:
    ratios = three.tables.media_ratios.filter(scope="all", work_class="total")
    view = view_divisions(three, "paper")
    assert view is not None
    assert view.mean == pytest.approx(ratios["paper_use_ratio"].to_list()[0])


def test_without_hours_there_is_no_comparison() -> None:
    rows = [[*row[:6], None, *row[7:]] for row in rows_of("紙課", 3, 0)]
    none = [[*row[:5], None, *row[6:]] for row in rows]
    assert view_divisions(run([workbook([HEADER, *none])], SETTINGS), "paper") is None


# --- towns --------------------------------------------------------------------------------------


def test_our_shares_beside_the_published_ones(workspace: Workspace) -> None:
    report = workspace.report()
    view = view_towns(report, workspace.own_cells(), [], {})
    assert view is not None
    names = list(SHARES)
    ours, mean, ami = (dict(zip(names, c.shares, strict=True)) for c in view.columns)
    assert [c.name for c in view.columns] == ["うち", "96自治体平均", "阿見町"]
    assert (ours["core"], ours["routine"], ours["paper"]) == (0.2, 0.6, 0.7)
    assert ours["seal_hours"] == pytest.approx(0.25)
    assert (mean["core"], mean["paper"], mean["seal_cases"]) == (0.327, None, None)
    assert (ami["core"], ami["paper"]) == (0.299, 0.805)
    assert ami["seal_cases"] == pytest.approx(249_985 / 3_803_661)
    assert "「III 定型」で、うちは 60.0%、平均は 37.3%" in view.answer[0]


# --- the page -----------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["divisions", "years", "towns", "nonsense"])
def test_every_view_opens_with_an_answer(browser: Browser, view: str) -> None:
    tree = browser.page("/compare", f"?view={view}&measure=nonsense&before=x&after=99")
    assert "ほかと何が違うか" in texts(tree)
    assert any(one["props"].get("id") == "compare-answer" for one in components(tree))


def test_one_survey_alone_says_how_to_begin_another(browser: Browser) -> None:
    told = texts(browser.page("/compare", "?view=years"))
    assert "比べる前の年度の調査が、まだありません。" in told
    assert any("bpr edition open" in text for text in told)


@pytest.fixture
def two(make_workspace: MakeWorkspace) -> tuple[Workspace, Browser]:
    town = make_workspace()
    open_two_years(town)
    return town, Browser(create_app(town))


def test_two_years(two: tuple[Workspace, Browser]) -> None:
    """税務課: 700 -> 520 hours; 福祉課: 300 -> 280, of which one task of 50 is gone."""
    told = texts(two[1].page("/compare", "?view=years"))
    assert "令和8年度調査の業務は、令和7年度調査より年間 −200 時間（−20.0%）です。" in told
    assert "いちばん減ったのは税務課（−180 時間）です。" in told
    sentence = next(
        text for text in told if text.startswith("令和7年度調査から令和8年度調査への差")
    )
    for part, hours in zip(PARTS, ("−10", "−140", "−50", "±0"), strict=False):
        assert part in sentence, hours


def test_parts_add_up_to_the_difference(two: tuple[Workspace, Browser]) -> None:
    query = CompareQuery(view="years")
    pair = find_pair(two[0], query)
    assert pair is not None
    view = read_years(two[0], pair, query)
    _, summary = two[0].compare_editions(pair.before, pair.after)
    sums = {
        row["division"]: row["difference_hours"]
        for row in summary.filter(pl.col("scope") == "division").iter_rows(named=True)
    }
    assert {bar.division: pytest.approx(sum(bar.parts)) for bar in view.bars} == sums


def links_of(workspace: Workspace) -> list[tuple[str, str]]:
    changes, _ = workspace.compare_editions(2, 3)
    sure = changes.filter(pl.col("how") == "person")
    return list(sure.select("before_id", "after_id").iter_rows())


def test_a_pair_is_confirmed_by_its_button(two: tuple[Workspace, Browser]) -> None:
    town, browser = two
    done = browser.press(
        "compare-body.children",
        "compare-same",
        token("税務課-3", "税務課-3"),
        url__search="?view=years",
    )
    assert "同じ業務と記録しました" in "".join(texts(done["sideUpdate"]["notice"]["children"]))
    assert links_of(town) == [("税務課-3", "税務課-3")]
    again = browser.press(
        "compare-body.children",
        "compare-same",
        token("税務課-3", "税務課-3"),
        url__search="?view=years",
    )
    assert "もう確かめてある" in "".join(texts(again["sideUpdate"]["notice"]["children"]))


def test_a_pair_is_denied_by_its_button(two: tuple[Workspace, Browser]) -> None:
    town, browser = two
    browser.press(
        "compare-body.children",
        "compare-other",
        token("税務課-3", "税務課-3"),
        url__search="?view=years",
    )
    changes, _ = town.compare_editions(2, 3)
    assert changes.filter(before_id="税務課-3")["after_id"].to_list() == [None]


def test_all_pairs_of_a_division(two: tuple[Workspace, Browser]) -> None:
    town, browser = two
    body = "compare-body.children"
    search = "?view=years&division=税務課"
    done = browser.call(body, "compare-confirm-all.n_clicks", compare_confirm_all__n_clicks=1, url__search=search)  # fmt: skip
    assert "税務課の 1 組を" in "".join(texts(done["sideUpdate"]["notice"]["children"]))
    assert links_of(town) == [("税務課-3", "税務課-3")]


def test_the_workbook_of_two_years(two: tuple[Workspace, Browser]) -> None:
    done = two[1].call(
        "compare-download.data",
        "compare-excel.n_clicks",
        compare_excel__n_clicks=1,
        url__search="?view=years",
    )
    data = b64decode(done["response"]["compare-download"]["data"]["content"])
    assert openpyxl.load_workbook(BytesIO(data)).sheetnames[0] == "前年度との比較"


def test_choices_change_the_address_only_where_they_differ(two: tuple[Workspace, Browser]) -> None:
    def choose(**values: str | None) -> dict[str, object]:
        body = two[1].request(
            "url.search", "compare-before.value", url__search="?view=years", **values
        )
        answer = two[1].post(body)
        return {} if answer.status_code == 204 else dict(answer.json["response"])

    same = {"compare_before__value": "2", "compare_after__value": "3"}
    assert choose(**same) == {}
    other = choose(**same, compare_division__value="税務課")
    assert "division=%E7%A8%8E%E5%8B%99%E8%AA%B2" in str(other["url"])
    turned = choose(compare_before__value="3", compare_after__value="2")
    assert "before=3&after=2" in str(turned["url"])


def test_a_town_comes_in_and_goes_out(workspace: Workspace) -> None:
    rows = [[2025, *row] for d in ("甲課", "乙課") for row in rows_of(d, 20, 20)]
    workspace.import_workbooks([workbook([["年度", *HEADER], *rows], name="別.xlsx")])
    browser = Browser(create_app(workspace))
    body, search = "compare-body.children", {"url__search": "?view=towns"}
    made = browser.call(
        "compare-download.data", "compare-export.n_clicks",
        compare_export__n_clicks=1, compare_population__value="４８,０００人",
    )  # fmt: skip
    content = made["response"]["compare-download"]["data"]["content"]
    assert openpyxl.load_workbook(BytesIO(b64decode(content))).sheetnames == ["集計", "定義"]
    sent = {"compare_upload__contents": f"data:;base64,{content}"}
    done = browser.call(
        body, "compare-upload.contents", compare_town__value="<b>湖町", **sent, **search
    )
    assert "「<b>湖町」の交換ファイルを登録しました。" in "".join(
        texts(done["sideUpdate"]["notice"]["children"])
    )
    told = texts(browser.page("/compare", "?view=towns"))
    assert "<b>湖町" in told
    assert "交換ファイルを受け取った 1 団体とも並べています。" in told
    browser.press(body, "compare-withdraw", token("<b>湖町"), **search)
    assert workspace.list_towns() == []


@pytest.mark.parametrize("typed", ["", "多い", "4.8万", None, "99"])
def test_a_wrong_number_of_inhabitants_is_told(browser: Browser, typed: str | None) -> None:
    done = browser.call(
        "compare-download.data", "compare-export.n_clicks",
        compare_export__n_clicks=1, compare_population__value=typed,
    )  # fmt: skip
    assert "人口「" in "".join(texts(done["sideUpdate"]["notice"]["children"]))


def test_a_broken_file_is_told(browser: Browser) -> None:
    broken = f"data:;base64,{b64encode(b'a,b').decode()}"
    done = browser.call(
        "compare-body.children", "compare-upload.contents",
        compare_upload__contents=broken, compare_town__value="湖町", url__search="?view=towns",
    )  # fmt: skip
    assert "交換ファイル" in "".join(texts(done["sideUpdate"]["notice"]["children"]))
