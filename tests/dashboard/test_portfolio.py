"""組合せ: limits as typed, what the page says of a portfolio, and what its buttons do."""

import io
from base64 import b64decode
from dataclasses import replace
from typing import Any

import openpyxl
import polars as pl
import pytest

from bpr import terms
from bpr.dashboard.app import create_app
from bpr.dashboard.figures.margins import MarginBar, margin_figure
from bpr.dashboard.pages.portfolio.beyond import (
    tell_loss,
    tell_margins,
    view_left_out,
    view_margins,
)
from bpr.dashboard.pages.portfolio.limits import read_limits
from bpr.dashboard.pages.portfolio.query import PortfolioQuery
from bpr.dashboard.pages.portfolio.view import (
    SHOWN,
    compare_ranked,
    money,
    tell_licences,
    view_answer,
    view_chosen,
    view_figures,
)
from bpr.dashboard.words import between, whole
from bpr.errors import InputError
from bpr.frames import LeftOut, MarginalValues, Options
from bpr.frames.portfolio import Limits, Portfolio
from bpr.pipeline import Report, run
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Workspace
from tests.builder import SETTINGS, Rows, workbook
from tests.dashboard.browser import Browser, by_id, components, texts
from tests.dashboard.conftest import MakeWorkspace
from tests.tabulate.town import HEADER

ROWS: Rows = [
    HEADER,
    [1, "税務課", "賦課", "申告書の入力", "正規職員", 20000, 2000, "紙（量極大）", "無", "無", "いいえ", "いいえ", "はい"],
    [2, "税務課", "徴収", "納付書の発送", "会計年度任用職員", 8000, 900, "電子+紙（量多い）", "無", "無", "いいえ", "いいえ", "はい"],
    [1, "福祉課", "給付", "=申請書の入力", "正規職員", 12000, 1200, "紙（量多い）", "無", "無", "いいえ", "いいえ", "はい"],
    [2, "福祉課", "相談", "専門の相談", "正規職員", 50, 150, "該当なし", "無", "無", "はい", "はい", None],
]  # fmt: skip
LICENSED = ("ai_ocr", "rpa")
SEARCH = "?tasks=2&budget=2000000"


def options(*rows: tuple[str, str, str, float, float, float, float]) -> pl.DataFrame:
    return pl.DataFrame(
        rows, schema=Options.create_empty().select(ORDER).schema, orient="row"
    ).select(Options.column_names())


ORDER = ["task_id", "lever", "division", "saving_hours", "setup_yen", "yearly_yen", "staff_days"]


def portfolio(**changes: Any) -> Portfolio:
    """Two tasks: 900 hours for 1.5 million yen in the first year, 16 days."""
    chosen = options(
        ("税務課-1", "rpa", "税務課", 600.0, 100_000.0, 10_000.0, 6.0),
        ("福祉課-1", "outsourcing", "福祉課", 300.0, 0.0, 1_090_000.0, 10.0),
    )
    known = Portfolio(
        chosen=Options.validate(chosen),
        saving_hours=900.0,
        setup_yen=100_000.0,
        yearly_yen=1_100_000.0,
        licence_yen=300_000.0,
        licences={"rpa": 1},
        first_year_yen=1_500_000.0,
        staff_days=16.0,
        gap=0.0,
        limits=Limits(2, 2_000_000.0, 20.0),
    )
    return replace(known, **changes)


@pytest.fixture(scope="module")
def report() -> Report:
    """The town, each saving between 1,000 hours less and 1,000 hours more than the estimate."""
    found = run([workbook(ROWS, name="調査票.xlsx")], SETTINGS)
    ends = {"saving_hours_low": -50.0, "saving_hours": 500.0, "saving_hours_high": 800.0}
    return replace(found, savings=found.savings.with_columns(**{k: pl.lit(v) for k, v in ends.items()}))  # type: ignore[arg-type]  # fmt: skip


@pytest.fixture
def town(make_workspace: MakeWorkspace) -> Workspace:
    return make_workspace(workbook(ROWS, name="調査票.xlsx"))


@pytest.fixture
def browser(town: Workspace) -> Browser:
    return Browser(create_app(town))


def result(browser: Browser, search: str) -> tuple[str, Any]:
    """The answer and the result for an address."""
    done = browser.call(
        "portfolio-result.children", "url.search", url__search=search, url__pathname="/portfolio"
    )
    response = done["response"]
    answer = by_id(response["portfolio-head"]["children"], "portfolio-answer")
    return "".join(texts(answer["children"])), response["portfolio-result"]["children"]


# --- limits as typed ----------------------------------------------------------------------------


def test_an_address_says_what_was_typed() -> None:
    old = PortfolioQuery(weight_set="住民@2", budget="1")
    query = old.asking("２５", "5,000,000 円", None, " 3 ", {"rpa": "2", "ai_ocr": ""})
    assert query == PortfolioQuery(
        tasks="25", budget="5000000円", per_division="3", licences="rpa:2", weight_set="住民@2"
    )
    assert PortfolioQuery.parse(query.to_query()) == query
    assert query.weighed == TaskQuery(weight_set="住民@2")


@pytest.mark.parametrize(
    ("query", "limits"),
    [
        (PortfolioQuery(), Limits(25)),
        (PortfolioQuery(tasks="3", budget="0"), Limits(3, 0.0)),
        (PortfolioQuery(budget="500万円", days="12.5人日"), Limits(25, 5_000_000.0, 12.5)),
        (PortfolioQuery(per_division="2業務"), Limits(25, per_division=2)),
        (PortfolioQuery(licences="rpa:2,ai_ocr:0"), Limits(licences={"rpa": 2, "ai_ocr": 0})),
        (PortfolioQuery(licences="drone:2,rpa:"), Limits()),
    ],
)
def test_limits_are_read(query: PortfolioQuery, limits: Limits) -> None:
    assert read_limits(query, 25, LICENSED) == limits


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (PortfolioQuery(budget="たくさん"), ["予算", "「たくさん」", "空欄（上限なし）"]),
        (PortfolioQuery(tasks="2.5"), ["選ぶ業務の数", "「2.5」", "整数"]),
        (PortfolioQuery(tasks="0"), ["選ぶ業務の数", "0 業務"]),
        (PortfolioQuery(days="-5"), ["職員の手間", "-5"]),
        (PortfolioQuery(days="9" * 40), ["職員の手間", "9" * 40]),
        (PortfolioQuery(per_division="0"), ["課から選ぶ", "0 業務"]),
        (PortfolioQuery(licences="rpa:x"), ["RPA", "「x」"]),
        (PortfolioQuery(licences="rpa:-1"), ["RPA", "-1"]),
    ],
)
def test_what_is_wrong_is_named(query: PortfolioQuery, told: list[str]) -> None:
    with pytest.raises(InputError) as error:
        read_limits(query, 25, LICENSED)
    assert [part for part in told if part not in str(error.value)] == []


def test_numbers_as_printed() -> None:
    assert (whole(-0.4), whole(-1234.0), whole(1234.5)) == ("0", "−1,234", "1,234")
    assert (between(-10.0, 20.0), between(3.0, 3.0), between(None, 1.0)) == ("−10〜20", "3", "–")
    assert (money(999_999.0), money(4_812_345.0)) == ("999,999 円", "481 万円")


# --- what is said of a portfolio ----------------------------------------------------------------


def test_the_answer_holds_hours_interval_yen_and_days(report: Report) -> None:
    assert view_answer(report, portfolio()) == [
        "2 業務で年 900 時間を生む見込みです（幅 −100〜1,600）。",
        "初年度に 150 万円と、職員 16 人日が要ります。",
    ]


def test_an_empty_portfolio_says_what_to_do(report: Report) -> None:
    none = portfolio(chosen=Options.create_empty(), saving_hours=0.0)
    assert view_answer(report, none)[1] == "予算や職員の手間の上限を広げてください。"
    unknown = replace(report, tasks=report.tasks.with_columns(annual_hours=pl.lit(None, pl.Float64)))  # type: ignore[arg-type]  # fmt: skip
    assert "時間が書かれていない" in view_answer(unknown, none)[1]


def test_cards_show_base_limit_and_comparison(report: Report) -> None:
    hours, yen, days = view_figures(report, portfolio())
    assert (hours.value, yen.value, yen.unit, days.value) == ("900", "150", "万円", "16")
    assert "初期 100,000 円＋毎年 140 万円（ライセンス 300,000 円を含む）" in yen.base
    assert "予算 200 万円の 75%。1 時間あたり 1,667 円" in yen.comparison
    assert "上限 20 人日の 80%。1 人日あたり年 56 時間" in days.comparison
    free = view_figures(report, portfolio(limits=Limits(2)))
    assert free[1].comparison.startswith("予算の指定なし。")


def test_the_ranking_alone_is_the_comparison(report: Report) -> None:
    """The two best ranks with their best levers, 500 hours each by the town's savings."""
    top = report.tasks.sort("rank").head(2)
    own = top.select("task_id", lever="best_lever").join(report.savings, on=["task_id", "lever"])
    told = compare_ranked(report, portfolio())
    assert told.startswith("適性の順に上から 2 業務なら 1,000 時間（")
    assert f"{own['staff_days'].sum():.0f} 人日" in told
    assert "を超えます" not in compare_ranked(report, portfolio(limits=Limits(2)))
    tight = compare_ranked(report, portfolio(limits=Limits(2, 1.0, 1.0, 1)))
    assert "予算と職員の手間" in tight


def test_rows_name_another_lever_than_the_best(report: Report) -> None:
    view = view_chosen(report, portfolio(), TaskQuery(weights="volume:2"))
    best = dict(report.tasks.select("task_id", "best_lever").iter_rows())
    first, second = view.lines
    assert (first.name, first.lever, first.saving) == ("賦課／申告書の入力", "RPA", "600")
    assert (first.interval, first.setup, first.days) == ("−50〜800", "100,000", "6")
    assert first.href.startswith("/candidates?weights=volume%3A2&task=")
    for line, task_id, lever in ((first, "税務課-1", "rpa"), (second, "福祉課-1", "outsourcing")):
        same = best[task_id] == lever
        label = terms.LEVERS[best[task_id]].label
        assert line.other == ("" if same else f"適性が最も高いのは {label}")
    others = sum(bool(line.other) for line in view.lines)
    assert any(f"{others} 業務は、適性が最も高い手段と違う" in note for note in view.notes)


def test_totals_have_their_bases(report: Report) -> None:
    view = view_chosen(report, portfolio(), TaskQuery())
    assert view.base.startswith("全 4 業務のうち、適性が 60 点以上で")
    totals = view.totals
    assert (totals.name, totals.division, totals.saving) == ("合計（2 業務）", "2 課", "900")
    assert (totals.interval, totals.yearly, totals.days) == ("−100〜1,600", "1,100,000", "16")
    assert totals.lever == "外部委託 1、RPA 1"
    assert view.hidden == 0


def test_long_portfolios_are_cut_and_say_so(report: Report) -> None:
    rows = [(f"x{n}", "rpa", "税務課", 1.0, 0.0, 0.0, 1.0) for n in range(SHOWN + 2)]
    known = pl.concat([portfolio().chosen, options(*rows).filter(pl.col("task_id") != "")])
    tasks = pl.concat([report.tasks, *(report.tasks.head(1).with_columns(task_id=pl.lit(row[0])) for row in rows)])  # fmt: skip
    large = portfolio(chosen=Options.validate(known))
    view = view_chosen(replace(report, tasks=tasks), large, TaskQuery())  # type: ignore[arg-type]
    assert (len(view.lines), view.hidden) == (SHOWN, 4)


def test_licences_and_proof(report: Report) -> None:
    licence = report.settings.savings.levers["rpa"]
    assert licence.licence_yen is not None
    yen = f"{licence.licence_yen.range[1]:,.0f}"
    [told] = tell_licences(report, portfolio())
    assert told.startswith(f"RPA 1 本 × {yen} 円＝{yen} 円／年（1 業務。")
    sure = view_chosen(report, portfolio(gap=1e-7), TaskQuery()).notes[0]
    assert sure.endswith("（計算で確かめました）。")
    unsure = view_chosen(report, portfolio(gap=0.001), TaskQuery()).notes[0]
    assert "最良であることの証明は 0.10%の差まで" in unsure
    assert "0.01%未満" in view_chosen(report, portfolio(gap=1e-5), TaskQuery()).notes[0]


# --- beyond the portfolio -----------------------------------------------------------------------


def left_out(lost: float | None) -> Any:
    frame = pl.DataFrame(
        {"task_id": ["税務課-2"], "lever": ["outsourcing"], "reason": ["予算に入りません。"],
         "saving_hours": [480.0], "lost_hours": [lost]},
        schema=LeftOut.create_empty().select("task_id", "lever", "reason", "saving_hours", "lost_hours").schema,
    )  # fmt: skip
    return LeftOut.validate(frame.select(LeftOut.column_names()))


def test_left_out_tasks_say_why_and_what_force_costs(report: Report) -> None:
    [line] = view_left_out(report, left_out(35.0), TaskQuery())
    assert (line.name, line.division, line.lever) == ("徴収／納付書の発送", "税務課", "外部委託")
    assert (line.saving, line.reason) == ("480", "予算に入りません。")
    assert line.forced == "全体で 35 時間減ります"
    assert (tell_loss(None), tell_loss(0.2)) == ("入れられません", "全体は変わりません")


def margins(*rows: tuple[str, float, str, float, float]) -> Any:
    names = ["limit", "more", "unit", "gained_hours", "gap"]
    schema = MarginalValues.create_empty().select(names).schema
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return MarginalValues.validate(frame.select(MarginalValues.column_names()))


MORE = (
    ("tasks", 1.0, "業務", 0.0, 0.0),
    ("budget_yen", 100_000.0, "円", 85.0, 0.0),
    ("budget_yen", 1_000_000.0, "円", 300.0, 1e-4),
    ("per_division", 1.0, "業務/課", 12.0, 0.0),
)


def test_more_is_measured_by_the_average() -> None:
    view = view_margins(portfolio(), margins(*MORE))
    shown = [(line.limit, line.more, line.gained, line.ratio, line.share) for line in view.lines]
    assert shown == [
        ("選ぶ業務の数", "あと 1 業務", "+0", "0%", "+0.0%"),
        ("予算（初年度）", "あと 100,000 円", "+85", "142%", "+9.4%"),
        ("予算（初年度）", "あと 100 万円", "約 +300", "50%", "+33.3%"),
        ("1 つの課から選ぶ数", "あと 1 業務/課", "+12", "–", "+1.3%"),
    ]
    assert [bar.ratio for bar in view.bars] == pytest.approx([0.0, 85 / 60, 0.5])
    assert view.bars[1].label == "予算（初年度） あと 100,000 円"
    assert view.bars[1].hours == "+85 時間／年"


def test_the_sentence_tells_the_first_step_of_each_limit() -> None:
    told = tell_margins(portfolio(), margins(*MORE))
    assert told == (
        "選ぶ業務の数をあと 1 業務広げると、増えません（今の平均なら 450 時間）。"
        "予算（初年度）をあと 100,000 円広げると、年 85 時間増えます（今の平均なら 60 時間）。"
        "1 つの課から選ぶ数をあと 1 業務/課広げると、年 12 時間増えます。"
    )
    assert tell_margins(portfolio(), margins()) == "広げられる上限がありません。"


def test_the_figure_holds_the_bars_and_the_average() -> None:
    figure = margin_figure([MarginBar("予算", "+5", 1.4), MarginBar("手間", "+1", 0.2)])
    assert list(figure.data[0].x) == [1.4, 0.2]
    assert list(figure.data[0].y) == ["予算<br>+5", "手間<br>+1"]
    assert figure.layout.shapes[0].x0 == 1
    assert figure.layout.xaxis.range[1] > 1.4


# --- the page -----------------------------------------------------------------------------------


def test_the_page_opens_at_once_and_says_that_it_chooses(browser: Browser) -> None:
    tree = browser.page("/portfolio", "?budget=5000000&licences=rpa:2")
    assert texts(tree)[0] == "限られた予算と人手で、どの組合せが最も時間を生むか"
    assert [one["type"] for one in components(tree)].count("H1") == 1
    assert by_id(tree, "portfolio-tasks")["value"] == str(SETTINGS.scoring.top)
    assert by_id(tree, "portfolio-budget")["value"] == "5,000,000"
    assert by_id(tree, "portfolio-licence-rpa")["value"] == "2"
    assert by_id(tree, "portfolio-head")["aria-live"] == "polite"
    assert by_id(tree, "portfolio-status")["role"] == "status"


def test_no_survey_no_form(make_workspace: MakeWorkspace) -> None:
    tree = Browser(create_app(make_workspace())).page("/portfolio")
    assert "まだ調査票が取り込まれていません。" in texts(tree)


def test_the_result_is_that_of_the_workspace(town: Workspace, browser: Browser) -> None:
    answer, shown = result(browser, SEARCH)
    chosen = town.select_portfolio(Limits(2, 2_000_000.0)).portfolio
    assert answer.startswith(f"{chosen.chosen.height} 業務で年 {chosen.saving_hours:,.0f} 時間")
    words = texts(shown)
    assert f"{chosen.saving_hours:,.0f}" in words
    links = [one["props"]["href"] for one in components(shown) if one["type"] == "Link"]
    assert "/candidates" in links


def test_what_was_left_out_comes_after_the_result(browser: Browser) -> None:
    def beyond(search: str, result: Any) -> Any:
        return browser.call(
            "portfolio-beyond.children", portfolio_result__children=result, url__search=search
        )["response"]["portfolio-beyond"]["children"]

    words = texts(beyond(SEARCH, ["x"]))
    assert "入らなかった業務と、その理由" in words
    assert "あと少しで、どれだけ増えるか" in words
    assert beyond("?budget=0&days=0", ["x"]) == beyond("?budget=x", ["x"]) == []


def test_weights_stay_in_every_link(browser: Browser) -> None:
    _, shown = result(browser, f"{SEARCH}&weights=volume:2")
    links = [one["props"]["href"] for one in components(shown) if one["type"] == "Link"]
    assert len(links) > 2
    assert all("weights=volume%3A2" in link for link in links)
    assert "候補に戻る（重み：試している重み）" in texts(shown)


@pytest.mark.parametrize(
    ("search", "told"),
    [
        ("?budget=abc", "「abc」は使えません"),
        ("?weight_set=ない", "重み「ない」は保存されていません"),
    ],
)
def test_a_wrong_address_is_answered_in_its_place(browser: Browser, search: str, told: str) -> None:
    answer, shown = result(browser, search)
    assert answer == "条件を直してください。"
    assert told in "".join(texts(shown))
    assert shown[0]["props"]["role"] == "alert"


def test_nothing_fits_into_no_budget(browser: Browser) -> None:
    answer, shown = result(browser, "?budget=0&days=0")
    assert answer.startswith("この条件では、選べる業務がありません。")
    assert "この組合せを Excel で保存" not in texts(shown)


def test_another_page_is_left_alone(browser: Browser) -> None:
    done = browser.call(
        "portfolio-result.children", "url.search", url__search="", url__pathname="/tasks"
    )
    assert done["response"] == {}


def fill(**values: str | None) -> dict[str, Any]:
    return {f"portfolio_{name}__value": value for name, value in values.items()}


def test_the_form_goes_into_the_address(browser: Browser) -> None:
    typed = fill(tasks="10", budget="3,000,000", days="", per_division=None, licence_rpa="1")
    done = browser.call(
        "url.search", "portfolio-choose.n_clicks", portfolio_choose__n_clicks=1,
        url__search="?weights=volume:2&days=5", **typed,
    )  # fmt: skip
    query = PortfolioQuery.parse(done["response"]["url"]["search"])
    assert query == PortfolioQuery(
        tasks="10", budget="3000000", licences="rpa:1", weights="volume:2"
    )


def test_a_wrong_number_is_named_and_the_address_stays(browser: Browser) -> None:
    done = browser.call(
        "url.search", "portfolio-choose.n_clicks", portfolio_choose__n_clicks=1,
        url__search="", **fill(tasks="10", budget="三百万"),
    )  # fmt: skip
    assert "url" not in done.get("response", {})
    notice = "".join(texts(done["sideUpdate"]["notice"]["children"]))
    assert notice.startswith("「予算（初年度、円）」の「三百万」は使えません。")


def test_the_form_follows_the_address_back(browser: Browser) -> None:
    done = browser.call(
        "portfolio-budget.value", "url.search", url__search="?tasks=5", url__pathname="/portfolio"
    )
    values = {name: part["value"] for name, part in done["response"].items()}
    assert values["portfolio-tasks"] == "5"
    assert values["portfolio-budget"] == ""


def saved(browser: Browser, kind: str, search: str) -> tuple[str, openpyxl.Workbook]:
    button, target = f"portfolio-save{kind}", f"portfolio-download{kind}"
    values = {f"{button.replace('-', '_')}__n_clicks": 1, "url__search": search}
    done = browser.call(f"{target}.data", f"{button}.n_clicks", **values)
    data = done["response"][target]["data"]
    return data["filename"], openpyxl.load_workbook(io.BytesIO(b64decode(data["content"])))


def test_the_files_hold_the_chosen_tasks(town: Workspace, browser: Browser) -> None:
    ids = town.select_portfolio(Limits(2, 2_000_000.0)).portfolio.chosen["task_id"].to_list()
    name, book = saved(browser, "", SEARCH)
    assert name == "業務の組合せ.xlsx"
    sheet = book["選んだ業務"]
    assert [row[12].value for row in sheet.iter_rows(min_row=6)][: len(ids)] == ids
    assert "重み：標準" in str(sheet["A2"].value)
    name, book = saved(browser, "-targets", SEARCH)
    assert name == "BPR対象業務一覧.xlsx"
    cells = {cell.value for row in book.worksheets[0].iter_rows(min_row=6) for cell in row}
    assert set(ids) <= cells
