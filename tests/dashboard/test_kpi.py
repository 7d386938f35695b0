"""KPI: what the page says of a chosen KPI, of its evidence and of the effects."""

from dataclasses import replace
from datetime import date

import pytest

from bpr.dashboard.figures.kpi import Band, KpiPath, Point, kpi_figure
from bpr.dashboard.pages.kpi.behind import view_behind
from bpr.dashboard.pages.kpi.effects import EffectView, view_effects
from bpr.dashboard.pages.kpi.path import view_path
from bpr.dashboard.pages.kpi.query import Look, read_look
from bpr.dashboard.pages.kpi.view import Progress, view_lines, view_progress
from bpr.dashboard.pages.kpi.wording import amount, in_era, span, tell_chance, with_unit
from bpr.decide.forecast import Forecast
from bpr.errors import InputError
from bpr.settings import Settings
from bpr.workspace import Workspace
from tests.dashboard.conftest import CopyTown
from tests.dashboard.kpi_town import decided_town, enter_shares, measure

KPI = Settings.load().kpi
DONE, SHARE = KPI.kpi["bpr_done"], KPI.kpi["e_approval"]


@pytest.fixture
def town(copy_town: CopyTown) -> Workspace:
    return copy_town(decided_town)


def look(town: Workspace, search: str = "") -> Look:
    return read_look(town, search)


def progress(town: Workspace, search: str = "") -> Progress:
    return view_progress(look(town, search), town.prove_targets(), KPI.forecast.interval)


def effects(town: Workspace) -> EffectView:
    found = view_effects(
        town.summarize_effects(), town.prove_targets(), town.own_rates(), KPI.feedback_least
    )
    assert found is not None
    return found


# --- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "–"), (25.0, "25"), (18.219, "18.2"), (-0.5, "−0.5"), (1234.5, "1,234"), (0.0, "0")],
)
def test_numbers_are_as_exact_as_they_deserve(value: float | None, text: str) -> None:
    assert amount(value) == text


def test_units_stand_as_people_write_them() -> None:
    assert with_unit(62.5, "%") == "62.5%"
    assert with_unit(3, "業務") == "3 業務"
    assert span(3.0, 6.0, "業務") == "3〜6 業務"
    assert span(3.0, 3.01, "業務") == "3 業務"


def test_years_of_a_sentence_are_those_of_the_era() -> None:
    text = "2023〜2025年度の実績値から、2027年度まで。2026 件"
    assert in_era(text) == "令和5年度〜令和7年度の実績値から、令和9年度まで。2026 件"


@pytest.mark.parametrize(
    ("low", "point", "high", "told"),
    [
        (25, 27, 30, "90% 以上"),
        (20, 25, 30, "半分以上"),
        (20, 24, 25, "10%〜半分"),
        (3, 4, 24, "10% 以下"),
    ],
)
def test_a_chance_is_no_more_exact_than_the_interval(
    low: float, point: float, high: float, told: str
) -> None:
    forecast = Forecast(2027, low, point, high, "outcomes", "")
    text = f"目標 25 業務に届く見込みは {told}です。"
    assert tell_chance(DONE, forecast, 25, 0.8) == text
    down = replace(DONE, baseline=40.0, better="down")
    mirrored = Forecast(2027, 50 - high, 50 - point, 50 - low, "outcomes", "")
    assert tell_chance(down, mirrored, 25, 0.8) == text


def test_a_trend_bears_no_probability() -> None:
    told = [
        tell_chance(SHARE, Forecast(2027, *ends, "trend", ""), 100, 0.8)
        for ends in ((100, 100, 100), (90, 100, 100), (80, 90, 100), (70, 80, 90))
    ]
    assert [("届きます。" in text, "届きません。" in text) for text in told] == [
        (True, False), (False, True), (True, False), (False, True),
    ]  # fmt: skip
    assert "最も悪い年と同じでも" in told[0]
    assert "最後の 1 年の変わり方が続けば" in told[1]
    assert "最も良い年と同じなら" in told[2]
    assert "最も良い年と同じでも" in told[3]
    assert not [text for text in told if "見込みは" in text]


# --- the chosen KPI ------------------------------------------------------------------------------


def test_the_answer_tells_value_plan_grade_forecast_and_target(town: Workspace) -> None:
    """235 of 365 days have passed: 15 + 5 × 0.644 = 18.2 are planned by today."""
    view = progress(town)
    assert view.answer == [
        "BPR実施業務数（累計）は、いま 2 業務。今日までの予定 18.2 業務に対して「目標より遅れている」。",
        "令和9年度末の見通しは 2〜3 業務。目標 25 業務に届く見込みは 10% 以下です。",
    ]
    assert view.base == (
        "母数：BPR対象 4 件のうち、実施済まで進んだもの 2 件。令和8年11月21日現在。"
    )
    assert view.heading == "予定の線を 16.2 業務下回っている"
    assert "実施中 1 件" in view.sources[0]
    assert "完了の年度がない 1 件は数えていません" in view.sources[0]
    assert view.sources[-1].startswith("KPI の出所：阿見町DX推進計画")


def test_the_years_open_into_what_they_counted(town: Workspace) -> None:
    lines = progress(town, "?kpi=bpr_done&year=2025").years
    assert [(line.year, line.planned, line.reached, line.added) for line in lines] == [
        ("令和4年度", "0 業務", "0 業務", "–"),
        ("令和5年度", "5 業務", "0 業務", "+0"),
        ("令和6年度", "10 業務", "2 業務", "+2"),
        ("令和7年度", "15 業務", "3 業務", "+1"),
        ("令和8年度", "20 業務", "2 業務", "−1"),
        ("令和9年度", "25 業務", "–", "–"),
    ]
    assert [line.chosen for line in lines] == [False, False, False, True, False, False]
    assert lines[3].href == "/kpi?kpi=bpr_done&year=2025#kpi-evidence"
    assert lines[5].href == ""
    assert lines[4].remark == "年度の途中（11月21日まで）。前の年度から 1 業務が外れた"


def test_a_kpi_without_a_target_says_what_is_missing(town: Workspace) -> None:
    assert progress(town, "?kpi=saved_hours").answer == [
        "削減時間は、いま 300 時間/年。目標値がないので、進み具合は評価していません。",
        "目標年度が決まっていないので、見通しは出しません。",
    ]
    base = progress(town, "?kpi=saved_hours").base
    assert base.startswith("母数：実施済まで進んだ対象 2 件のうち、実績で測ったもの 1 件。")


def test_a_kpi_by_hand_asks_for_its_actuals(town: Workspace) -> None:
    before = progress(town, "?kpi=e_approval").answer
    assert before[0] == "文書決裁事務の電子化率は、実績値がまだ入っていません。"
    assert "見通しは出しません（3 年分から）" in before[1]
    enter_shares(town, (2023, 22.5), (2024, 41.0), (2025, 62.5))
    after = progress(town, "?kpi=e_approval")
    assert after.answer == [
        "文書決裁事務の電子化率は、令和7年度に 62.5%。年度末までの予定 60%に対して「目標どおり進んでいる」。",
        "令和9年度末の見通しは 99.5〜100%。最後の 1 年の変わり方が続けば目標 100%に届きますが、最も悪い年と同じなら届きません。",
    ]
    assert after.base == "母数 8,400 件（令和7年度、実績）。令和8年11月21日現在。"
    assert after.heading == "予定の線を 2.5 ポイント上回っている"


def test_all_kpi_stand_in_one_table(town: Workspace) -> None:
    enter_shares(town, (2025, 62.5))
    lines = view_lines(look(town, "?kpi=e_approval"), town.prove_targets())
    assert [(line.label, line.chosen) for line in lines] == [
        ("BPR実施業務数（累計）", False),
        ("AI・RPA導入業務数（累計）", False),
        ("文書決裁事務の電子化率", True),
        ("削減時間", False),
    ]
    done, tools, share, saved = lines
    assert (done.baseline, done.goal) == ("0（令和4年度）", "25（令和9年度）")
    assert (done.reached, done.planned) == ("2 業務", "18.2 業務")
    assert (done.grade, done.forecast) == ("C 目標より遅れている", "2〜3 業務")
    assert tools.goal == "15（令和9年度）"
    assert (share.reached, share.planned) == ("62.5%（令和7年度）", "60%（令和7年度）")
    assert share.forecast == "なし"
    assert (saved.goal, saved.reached, saved.planned) == ("なし", "300 時間/年", "–")


def test_a_yearly_target_bends_the_path(town: Workspace) -> None:
    town.enter_kpi("bpr_done", 2026, "target", 3)
    view = progress(town)
    assert [line.planned for line in view.years][-2:] == ["3 業務", "25 業務"]
    town.enter_kpi("saved_hours", 2028, "target", 900)
    line = view_lines(look(town), town.prove_targets())[-1]
    assert line.goal == "900（令和10年度）"


def test_before_any_target_nothing_is_counted_as_zero(workspace: Workspace) -> None:
    lines = view_lines(read_look(workspace, ""), workspace.prove_targets())
    assert [line.reached for line in lines] == ["記録なし"] * 4
    assert {line.grade for line in lines} == {"–"}


def test_an_address_that_names_nothing_is_told(town: Workspace) -> None:
    found = look(town, "?kpi=nothing&year=2040")
    assert (found.view.name, found.year) == ("bpr_done", 2026)
    assert found.problem == (
        "KPI「nothing」はありません。BPR実施業務数（累計）を示します。"
        "年度「2040」の実績はありません。2026年度を示します。"
    )
    assert look(town, "?kpi=saved_hours&year=2024").year == 2024


def test_settings_without_kpi_are_named(town: Workspace) -> None:
    town.settings = replace(town.settings, kpi=replace(town.settings.kpi, kpi={}))
    with pytest.raises(InputError, match=r"kpi\.toml に KPI がありません"):
        look(town)


# --- the evidence --------------------------------------------------------------------------------


def test_the_number_of_today_opens_into_its_tasks(town: Workspace) -> None:
    view = view_behind(look(town), town.prove_targets())
    assert view.heading == "令和8年度の 2 業務は、何を数えたか"
    first, second = view.units
    assert (first.name, first.division, first.lever) == ("徴収／納付書の発送", "税務課", "RPA")
    assert (first.since, first.hours, first.evidence) == ("令和6年5月1日", "200 → 150", "見込み")
    assert first.href == "/targets?target=2"
    assert (second.name, second.hours, second.evidence) == (
        "賦課／申告書の入力",
        "400 → 100",
        "実績",
    )
    [gone] = view.gone
    assert (gone.name, gone.since, gone.until) == (
        "相談／専門の相談",
        "令和7年2月1日",
        "令和8年5月1日",
    )
    assert gone.reason == "実施中：帳票が変わった"


def test_a_past_year_opens_into_what_counted_then(town: Workspace) -> None:
    view = view_behind(look(town, "?kpi=bpr_done&year=2025"), town.prove_targets())
    assert len(view.units) == 3
    assert view.gone == []
    assert view.units[1].evidence == "測定なし"
    assert view.units[1].hours == "–"
    assert [(one.value, one.chosen) for one in view.years][-2:] == [
        ("3 業務", True),
        ("2 業務", False),
    ]


@pytest.mark.parametrize("year", range(2022, 2027))
def test_the_units_of_every_year_make_its_number(town: Workspace, year: int) -> None:
    for kpi in ("bpr_done", "ai_rpa_introduced"):
        found = look(town, f"?kpi={kpi}&year={year}")
        [row] = found.view.progress.filter(fiscal_year=year).to_dicts()
        assert len(view_behind(found, town.prove_targets()).units) == row["actual"]


def test_saved_hours_open_into_their_targets(town: Workspace) -> None:
    view = view_behind(look(town, "?kpi=saved_hours"), town.prove_targets())
    assert [(one.name, one.counted) for one in view.units] == [("賦課／申告書の入力", "300")]
    assert view.with_hours


def test_what_was_entered_keeps_its_versions(town: Workspace) -> None:
    enter_shares(town, (2025, 60.0), (2025, 62.5))
    town.enter_kpi("e_approval", 2026, "target", 80)
    view = view_behind(look(town, "?kpi=e_approval&year=2025"), town.prove_targets())
    assert [line.chosen for line in view.entered] == [False, True, True]
    goal, last, first = view.entered
    assert (goal.kind, goal.value, goal.base, goal.evidence) == ("目標値", "80%", "–", "–")
    assert (last.value, last.base, last.evidence, last.used) == ("62.5%", "8,400", "実績", "")
    assert (first.value, first.used) == ("60%", "（入れ直す前の値）")
    assert last.note == "集計"
    assert last.entered.startswith("2026-11-21")
    assert last.entered.endswith("この PC の利用者")


# --- the effects ---------------------------------------------------------------------------------


def test_effects_are_told_by_evidence_with_their_base(town: Workspace) -> None:
    view = effects(town)
    wanted = town.read_target(1).target.expected_hours
    assert wanted is not None
    share = f"{300 / wanted:.0%}"
    assert (
        view.heading == f"実績で確かめた削減は 300 時間／年（比べられる対象では、見込みの {share}）"
    )
    assert view.note.startswith("母数：実施済の対象 2 件。")
    real, hoped = view.lines
    assert (real.evidence, real.measured, real.ratio) == ("実績", "1／2 件", share)
    assert real.realized == "300 時間（1 件）"
    assert (hoped.evidence, hoped.realized) == ("見込み", "50 時間（1 件）")


def test_uses_are_shares_of_the_hours_measured(town: Workspace) -> None:
    measure(town, 2, 200, 100, "measured", None)
    view = effects(town)
    assert view.uses_note == "母数：実績で確かめた削減 400 時間／年。"
    assert [(one.use, one.hours, one.share) for one in view.uses] == [
        ("住民対応・相談", "300 時間", 0.75),
        ("まだ決めていない", "100 時間", 0.25),
    ]


def test_what_takes_longer_frees_nothing(town: Workspace) -> None:
    measure(town, 1, 400, 450, "measured", "counter")
    view = effects(town)
    assert view.uses == []
    assert view.uses_note == "実績で確かめた削減がないので、まだ示せない。"
    assert view.heading.startswith("実績で確かめた削減は −50 時間／年")


def test_own_rates_need_enough_targets(town: Workspace) -> None:
    """Of the two that are done only one was measured; five are needed."""
    [rate] = effects(town).rates
    assert (rate.lever, rate.count, rate.rate, rate.state) == ("RPA", "1 件", "–", "あと 4 件")
    used = view_effects(town.summarize_effects(), town.prove_targets(), town.own_rates().clear(), 1)
    assert used is not None
    assert used.rates[0].state == "あと 0 件"


def test_own_rates_in_use_show_their_interval(town: Workspace) -> None:
    measure(town, 2, 200, 150, "measured", None)
    kpi = replace(town.settings.kpi, feedback_least=2)
    town.settings = replace(town.settings, kpi=kpi)
    row = town.own_rates().row(0, named=True)
    found = view_effects(town.summarize_effects(), town.prove_targets(), town.own_rates(), 2)
    assert found is not None
    [rate] = found.rates
    assert (rate.count, rate.state) == ("2 件", "使っている")
    assert rate.rate == f"{row['rate']:.0%}（{row['rate_low']:.0%}〜{row['rate_high']:.0%}）"


def test_nothing_done_has_no_effects(workspace: Workspace) -> None:
    rates = workspace.own_rates()
    assert view_effects(workspace.summarize_effects(), {}, rates, 5) is None


# --- the chart -----------------------------------------------------------------------------------


def test_the_running_year_stands_at_today_on_the_path(town: Workspace) -> None:
    path = view_path(look(town).view)
    assert [point.value for point in path.planned] == [0, 5, 10, 15, 20, 25]
    assert [point.value for point in path.reached] == [0, 0, 2, 3, 2]
    days = (date(2026, 11, 21) - date(2026, 3, 31)).days
    assert path.reached[-1].year == pytest.approx(2025 + days / 365)
    assert path.target == Point(2027, 25, "目標 25 業務")
    assert path.band == Band(2027, 2, 3, 3, "2〜3 業務")
    assert path.ticks[2027] == "令和<br>9年度"


def chart(reached: float, band: Band | None = None) -> KpiPath:
    ticks = {year: str(year) for year in range(2022, 2028)}
    planned = [Point(2022, 0, ""), Point(2027, 25, "")]
    done = [Point(2022, 0, ""), Point(2025.5, reached, f"実績 {reached:g} 業務")]
    return KpiPath(ticks, planned, done, Point(2027, 25, "目標 25 業務"), band)


def test_every_line_has_its_own_shape_and_its_name_beside_it() -> None:
    figure = kpi_figure(chart(9, Band(2027, 12, 14, 16, "12〜16 業務")))
    styles = {trace.name: (trace.mode, trace.line.dash, trace.fill) for trace in figure.data}
    assert styles == {
        "見通し": ("lines", None, "toself"),
        "見通しの中央": ("lines", None, None),
        "予定": ("lines", "dot", None),
        "実績": ("lines+markers", None, None),
    }
    assert figure.layout.shapes[0].line.dash == "dash"
    names = [note.text for note in figure.layout.annotations]
    assert names == ["目標 25 業務", "予定", "<b>実績 9 業務</b>", "見通し<br>12〜16 業務"]


@pytest.mark.parametrize(
    ("reached", "planned_at", "reached_at"),
    [(9, "bottom", "top"), (1, "bottom", "bottom"), (24, "top", "bottom")],
)
def test_names_keep_away_from_the_other_line(
    reached: float, planned_at: str, reached_at: str
) -> None:
    """17.5 are planned at the middle of 2025: 9 is below the line, 24 above; 1 is near the axis."""
    figure = kpi_figure(chart(reached, Band(2027, 12, 14, 26, "")))
    places = {note.text: note.yanchor for note in figure.layout.annotations}
    assert places["予定"] == planned_at
    assert places[f"<b>実績 {reached:g} 業務</b>"] == reached_at


def test_a_kpi_without_plan_and_forecast_is_drawn_all_the_same() -> None:
    path = KpiPath({2025: "令和7", 2026: "令和8"}, [], [Point(2025.6, 300, "実績")], None, None)
    figure = kpi_figure(path)
    assert len(figure.data) == 2
    assert figure.layout.yaxis.range[1] > 300
