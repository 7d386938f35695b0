"""候補: what the page says of the ranking and of one task, checked against numbers by hand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from bpr import terms
from bpr.dashboard.pages.candidates import words
from bpr.dashboard.pages.candidates.detail import Detail, view_cases
from bpr.dashboard.pages.candidates.layout import read_detail
from bpr.dashboard.pages.candidates.saving import UNKNOWN, SavingView, view_saving
from bpr.dashboard.pages.candidates.view import (
    ranked_ids,
    view_answer,
    view_excesses,
    view_rows,
)
from bpr.dashboard.words import between, whole
from bpr.frames import Judgements, PublishedCases, RankCertainty, RealismChecks, empty
from bpr.match.cases import load_cases
from bpr.score.explain import LeverLines, SavingLines
from bpr.score.sensitivity import Sensitivity
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Workspace
from tests.builder import workbook
from tests.dashboard.conftest import MakeWorkspace
from tests.tabulate.town import IDS, capped_report, town_workbook

TOWN = TaskQuery()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The town; 福祉課-4 is core by a person's word. Nothing here changes it."""
    address = f"sqlite:///{tmp_path_factory.mktemp('town')}/town.sqlite3"
    town = Workspace.open(address)
    town.import_workbooks([town_workbook()])
    town.correct_classes(["福祉課-4"], "core", None)
    yield town
    town.store.engine.dispose()


def sensitivity(top_ratios: Mapping[str, float], top: int = 25) -> Sensitivity:
    """1,000 samples in which tasks are among the best so often."""
    labels = {True: "certain", False: "depends"}
    rows = [
        (task_id, ratio, 0.0, 1, 1, 9, "out" if ratio <= 0.05 else labels[ratio >= 0.95])
        for task_id, ratio in top_ratios.items()
    ]
    frame = pl.DataFrame(rows, schema=empty(RankCertainty).schema, orient="row")
    return Sensitivity(RankCertainty.validate(frame), empty(Judgements), 1000, top, 3.0)


def tasks(*savings: tuple[float | None, float | None], lever: str | None = "rpa") -> pl.DataFrame:
    """Tasks a, b, c … by rank, with the ends of their savings."""
    return pl.DataFrame(
        {
            "task_id": list("abcdefg")[: len(savings)],
            "best_lever": [lever] * len(savings),
            "saving_hours": [None if low is None else low + 1 for low, _ in savings],
            "saving_hours_low": [low for low, _ in savings],
            "saving_hours_high": [high for _, high in savings],
        },
        schema_overrides=dict.fromkeys(
            ("saving_hours", "saving_hours_low", "saving_hours_high"), pl.Float64
        )
        | {"best_lever": pl.String},
    )


# --- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"), [(1234.5, "1,234"), (-0.4, "0"), (-20.6, "−21"), (-1234.0, "−1,234")]
)
def test_below_zero_has_a_minus_sign(value: float, text: str) -> None:
    assert whole(value) == text


def test_ranges() -> None:
    assert between(-200, 6950) == "−200〜6,950"
    assert between(-0.2, 0.3) == "0"
    assert between(None, 3) == "–"
    assert words.ends((1, 2, 3), 1) == ("2.0", "（1.0〜3.0）")
    assert words.ends((2, 2, 2), 3) == ("2.000", "")


@pytest.mark.parametrize(
    ("ratio", "text"), [(1.0, "100 %"), (0.999, "99 %"), (0.949, "94 %"), (0.051, "6 %")]
)
def test_percent_crosses_no_threshold(ratio: float, text: str) -> None:
    assert words.percent(ratio) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(0.886, "割合", "88.6"), (150000.0, "円", "150,000"), (209.5, "時間/年", "209.5"), (0.0, "円", "0")],
)  # fmt: skip
def test_factors_as_printed(value: float, unit: str, text: str) -> None:
    assert words.exact(value, unit) == text


def test_money_and_times_as_printed() -> None:
    assert [words.yen(n) for n in (9999.6, 262_981, 12_000_000)] == [
        "10,000 円", "26.3 万円", "1,200.0 万円",
    ]  # fmt: skip
    assert [words.span(n) for n in (0.01, 0.34, 1.99, 2.94)] == [
        "1 か月", "5 か月", "24 か月", "2.9 年",
    ]  # fmt: skip


# --- the answer ---------------------------------------------------------------------------------


def test_the_answer_counts_sums_and_says_how_sure() -> None:
    found = tasks((-300, 100), (100, 2000), (50, 60))
    assert view_answer(found, sensitivity({"a": 1.0, "b": 0.9, "c": 0.2}, 2)) == [
        "候補は 3 業務。上位 2 業務の削減見込は年 −200〜2,100 時間です。",
        "うち 1 業務は、重みを 3 分の 1〜3 倍に変えても上位 2 に残ります（1,000 通りの 95% 以上）。",
    ]


def test_a_filtered_answer_does_not_speak_of_the_whole_top() -> None:
    found = tasks((-300, 100), (100, 2000))
    assert view_answer(found, sensitivity({"a": 0.96, "b": 0.9, "x": 1.0}, 5)) == [
        "候補は 2 業務。順位の高い 2 業務の削減見込は年 −200〜2,100 時間です。",
        "うち 1 業務は、重みを 3 分の 1〜3 倍に変えても全体の上位 5 に残ります（1,000 通りの 95% 以上）。",
    ]
    assert view_answer(found, sensitivity({"a": 0.9, "b": 0.9, "x": 1.0}, 5))[1] == (
        "重みを 3 分の 1〜3 倍に変えても全体の上位 5 に残る業務はありません（1,000 通りの 95% 以上）。"
    )


def test_unknown_hours_are_told() -> None:
    sure = sensitivity({"a": 1.0, "b": 1.0})
    assert (
        "削減見込は年 1〜2 時間です（時間の分からない 1 業務を除く）。"
        in (view_answer(tasks((1, 2), (None, None)), sure)[0])
    )
    assert view_answer(tasks((None, None)), sure)[0] == (
        "候補は 1 業務。時間が書かれていないので、削減見込は出せません。"
    )
    assert view_answer(tasks((1, 2), lever=None), sure) == [
        "この条件に当てはまる候補はありません。絞り込みをゆるめてください。"
    ]


def test_only_what_is_beyond_published_results_is_a_notice() -> None:
    rows = [
        (name, name, "1 業務の平均", 1.0, 200.0, 3.0, 40.0, 67.0, 120.0, "時間/年", beyond, "超えています。", "つくば市")
        for name, beyond in (("RPA", True), ("上位", False))
    ]  # fmt: skip
    checks = pl.DataFrame(rows, schema=empty(RealismChecks).schema, orient="row")
    [excess] = view_excesses(RealismChecks.validate(checks))
    assert excess.short == "RPAの削減見込は、公表された実績を超えています。"
    assert excess.message == "超えています。"
    assert excess.source == "比べた元：1 業務の平均。公表値：つくば市"


# --- rows ---------------------------------------------------------------------------------------


def rows(workspace: Workspace) -> dict[str, dict[str, Any]]:
    found = view_rows(workspace.list_tasks(TOWN), workspace.report(), workspace.sensitivity())
    return {row["task_id"]: row for row in found}


def test_rows_are_by_rank_with_the_best_score(workspace: Workspace) -> None:
    report = workspace.report()
    found = rows(workspace)
    assert list(found) == report.tasks.sort("rank")["task_id"].to_list()
    first = found["税務課-1"]
    best = {row["task_id"]: row for row in report.best_scores().iter_rows(named=True)}
    assert [task_id for task_id, row in found.items() if row["best_lever"] != "–"] == list(best)
    for task_id, scores in best.items():
        for end in ("score", "score_low", "score_high"):
            assert found[task_id][end] == round(scores[end], 1)
    other = report.scores.filter(task_id="福祉課-1")["score"].max()
    assert found["福祉課-1"]["score"] == pytest.approx(other, abs=0.05)
    assert first["best_lever"] == "AI-OCR"
    assert (first["task_name"], first["place"], first["annual_hours"]) == (
        "賦課／申告書の入力", "税務課・紙（量多い）・1,000\u00a0件", "400",
    )  # fmt: skip


def test_rows_say_how_the_work_would_be_handed_over(workspace: Workspace) -> None:
    found = rows(workspace)
    assert (found["税務課-3"]["best_lever"], found["税務課-3"]["kind"]) == (
        "外部委託", "会計年度任用職員",
    )  # fmt: skip
    assert found["税務課-1"]["kind"] == ""


def test_only_a_gate_that_splits_is_marked(workspace: Workspace) -> None:
    found = rows(workspace)
    assert found["福祉課-4"]["split"]
    assert not found["福祉課-3"]["split"]
    report = capped_report()
    [row] = view_rows(report.tasks, report, sensitivity({"税務課-1": 0.5}))
    assert row["split"]


@pytest.mark.parametrize(
    ("ratio", "told"),
    [(0.98, ("確実", "98 %")), (0.74, ("重み次第", "74 %")), (0.01, ("圏外", ""))],
)
def test_rows_say_how_sure_they_are(ratio: float, told: tuple[str, str]) -> None:
    report = capped_report()
    [row] = view_rows(report.tasks, report, sensitivity({"税務課-1": ratio}))
    assert (row["certainty_label"], row["certainty_share"]) == told


def test_chosen_tasks_are_put_in_order(workspace: Workspace) -> None:
    ids = ["福祉課-2", "ない", "税務課-1", "福祉課-2"]
    assert ranked_ids(workspace.report().tasks, ids) == ["税務課-1", "福祉課-2"]


# --- one task -----------------------------------------------------------------------------------


def test_the_head_of_a_task(workspace: Workspace) -> None:
    detail = read_detail(workspace, TOWN, "税務課-1")
    assert detail.heading == "賦課／申告書の入力"
    assert detail.place == "税務課　業務ID 税務課-1　調査票.xlsx 2 行"
    assert (detail.rank, detail.certainty_label) == ("1 位", "確実 100 %")
    assert detail.why.endswith("AI-OCRに向きます。")
    assert "「申告書」" in detail.why
    assert detail.change.startswith("紙の読み取りは AI-OCR が行い")
    assert detail.question is None
    assert detail.kind is None


@pytest.mark.parametrize("task_id", IDS)
@pytest.mark.parametrize("weights", ["", "volume:3,work:0.5"])
def test_every_score_can_be_recomputed_from_what_is_printed(
    workspace: Workspace, task_id: str, weights: str
) -> None:
    detail = read_detail(workspace, TaskQuery(weights=weights), task_id)
    assert {lever.lever for lever in detail.levers} == set(terms.LEVERS)
    for lever in detail.levers:
        weight = sum(float(row.weight) for row in lever.rows)
        points = sum(float(row.weight) * float(row.value) for row in lever.rows)
        assert float(lever.weight_sum) == pytest.approx(weight)
        assert float(lever.points_sum) == pytest.approx(100 * points / weight, abs=0.1)
        numbers = [float(n) for n in re.findall(r"[\d.]+", lever.steps)] or [float(lever.score)] * 3
        assert numbers[2] == pytest.approx(min(numbers[0], numbers[1]), abs=0.05)
        assert float(lever.score) == numbers[2]
        assert bool(lever.steps) == bool(lever.gate)


def test_levers_are_by_score_and_the_low_ones_folded(workspace: Workspace) -> None:
    detail = read_detail(workspace, TOWN, "税務課-1")
    scores = [float(lever.score) for lever in detail.levers]
    assert scores == sorted(scores, reverse=True)
    assert detail.levers[0].label == "AI-OCR"
    assert [lever.folded for lever in detail.levers] == [score < 30 for score in scores]
    assert {True, False} == {lever.folded for lever in detail.levers}


def test_a_gate_says_its_cap_its_reason_and_its_source(workspace: Workspace) -> None:
    levers = read_detail(workspace, TOWN, "福祉課-4").levers
    core = next(lever for lever in levers if lever.lever == "ai_ocr")
    assert core.gate.startswith("コア業務：35.0 点まで。職員の判断や公権力の行使が中心です。")
    assert "（根拠 A：" in core.gate
    assert core.steps.endswith("→ 上限 35.0 点 → 35.0 点")


def test_what_is_not_answered_is_an_interval(workspace: Workspace) -> None:
    levers = {lever.lever: lever for lever in read_detail(workspace, TOWN, "税務課-1").levers}
    row = next(row for row in levers["rpa"].rows if row.label == "使用システムの数")
    assert (row.answer, row.value, row.value_interval) == ("未回答", "0.500", "（0.000〜1.000）")
    row = next(row for row in levers["e_approval"].rows if row.label == "決裁・起案の言葉")
    assert row.answer == "業務名から読み取れない"


def test_a_gate_that_may_apply_lowers_only_the_interval(workspace: Workspace) -> None:
    """The hours of 福祉課-2 are unknown: they may be too few."""
    outsourcing = next(
        lever
        for lever in read_detail(workspace, TOWN, "福祉課-2").levers
        if lever.lever == "outsourcing"
    )
    assert outsourcing.interval.startswith("（20.0〜")
    assert outsourcing.note.startswith("幅の下限は、当てはまるかどうか")


def test_the_question_names_whom_to_ask_and_how_far_the_rank_moves(workspace: Workspace) -> None:
    asked = workspace.questions().filter(task_id="福祉課-2").row(0, named=True)
    question = read_detail(workspace, TOWN, "福祉課-2").question
    assert question is not None
    assert (question.whom, question.text) == ("福祉課に", "年間の作業時間は何時間ですか。")
    assert question.effect == f"答えによって {asked['rank_best']}〜{asked['rank_worst']} 位"


def test_the_kind_of_outsourcing_has_its_reason(workspace: Workspace) -> None:
    kind = read_detail(workspace, TOWN, "税務課-3").kind
    assert kind is not None
    assert kind.label == "会計年度任用職員"
    assert kind.reason.endswith("合います。")
    assert kind.evidence.startswith("根拠 C：")


def test_other_weights_give_another_explanation(workspace: Workspace) -> None:
    def weights(text: str) -> list[str]:
        lever = read_detail(workspace, TaskQuery(weights=text), "税務課-1").levers[0]
        return [row.weight for row in lever.rows if row.label == "年間件数"]

    assert (weights(""), weights("volume:2.5")) == (["3"], ["7.5"])


# --- savings ------------------------------------------------------------------------------------


def best(workspace: Workspace, task_id: str = "税務課-1") -> LeverLines:
    return workspace.explain(task_id).levers[0]


def saving(workspace: Workspace, **changed: Any) -> SavingView:
    lines = best(workspace)
    changed_lines: SavingLines = replace(lines.saving, **changed)
    return view_saving(workspace.report(), "税務課-1", replace(lines, saving=changed_lines))


@pytest.mark.parametrize("task_id", ["税務課-1", "税務課-3"])
def test_the_saving_can_be_recomputed_from_what_is_printed(
    workspace: Workspace, task_id: str
) -> None:
    view = read_detail(workspace, TOWN, task_id).saving
    assert view is not None
    hours, share, rate, cost, result = (
        float(n) for n in re.findall(r"[\d.]+", view.formula.replace(",", ""))
    )
    assert result == pytest.approx(hours * share / 100 * rate / 100 - cost, abs=0.2)
    assert view.result.startswith(f"年 {result:,.0f} 時間（")
    labels = [factor.label for factor in view.factors]
    assert labels[:2] == ["年間作業時間", "業務名に書かれた作業の割合"]
    assert all(factor.kind and factor.source and factor.unit for factor in view.factors)


def test_a_loss_is_said_in_words(workspace: Workspace) -> None:
    assert saving(workspace, hours=(10.0, 20.0, 30.0)).words == ""
    view = saving(workspace, hours=(-10.0, 20.0, 30.0))
    assert (view.result, view.words) == (
        "年 20 時間（−10〜30）", "悪くすると、手間のほうが大きくなります。",
    )  # fmt: skip
    view = saving(workspace, hours=(-30.0, -20.0, 0.0))
    assert (view.result, view.words) == (
        "年 −20 時間（−30〜0）", "手間のほうが大きい見込みです。",
    )  # fmt: skip


def test_money_is_said_in_words(workspace: Workspace) -> None:
    view = saving(
        workspace, yen=262_981.0, setup_yen=50_000.0, licence_yen=600_000.0, payback_years=0.2,
        payback_alone_years=None,
    )  # fmt: skip
    assert view.money == [
        "お金にすると、年 26.3 万円の効果に当たる見込みです（人件費に換算し、毎年の費用を引いた額。ライセンス料は別）。",
        "初期費用 5.0 万円、ライセンス料 年 60.0 万円（1 本で 20 業務まで）。",
        "かけた費用は、ライセンスをこの業務だけで使うと、回収できない見込みです。20 業務で分け合うと、3 か月で回収できる見込みです。",
    ]
    view = saving(
        workspace, yen=-33_000.0, setup_yen=0.0, licence_yen=0.0, payback_years=None,
        payback_alone_years=None,
    )  # fmt: skip
    assert view.money == [
        "お金にすると、年 3.3 万円の持ち出しになる見込みです（人件費に換算し、毎年の費用を引いた額）。",
        "初期費用なし。",
        "かけた費用は、回収できない見込みです。",
    ]
    view = saving(
        workspace, yen=5_000.0, setup_yen=0.0, licence_yen=0.0, payback_years=0.0,
        payback_alone_years=0.0,
    )  # fmt: skip
    assert view.money[2] == "かけた費用は、初年から回収できる見込みです。"


def test_without_hours_or_a_lever_nothing_is_promised(workspace: Workspace) -> None:
    view = saving(workspace, hours=None, yen=None)
    assert (view.result, view.formula, view.money) == (UNKNOWN, "", [])
    assert read_detail(workspace, TOWN, "福祉課-4").saving is None


# --- published cases, means -----------------------------------------------------------------------


def test_a_case_of_several_levers_stands_once() -> None:
    cases = load_cases().filter(pl.col("case_id").str.starts_with("C0016-"))
    [case] = view_cases(PublishedCases.validate(cases))
    assert (case.municipality, case.levers, case.evidence) == (
        "千葉市 課税管理課", "AI-OCR・RPA", "実績",
    )  # fmt: skip
    assert case.source.startswith("https://")


def moved(make_workspace: MakeWorkspace) -> Detail:
    """A task that published cases are about."""
    town = make_workspace(
        workbook([["課", "業務名", "作業名", "年間作業時間"], ["町民課", "住民異動届の処理", "入力", 500]])
    )  # fmt: skip
    return read_detail(town, TOWN, town.report().tasks["task_id"].item())


def test_near_cases_means_and_pitfalls_are_told(make_workspace: MakeWorkspace) -> None:
    detail = moved(make_workspace)
    assert "住民異動届の処理" in {case.task for case in detail.cases}
    assert 0 < len(detail.pitfalls) <= 4
    assert all(p.check.endswith("か。") and "根拠 " in p.evidence for p in detail.pitfalls)


def test_means_say_what_to_settle_first(workspace: Workspace) -> None:
    shown = read_detail(workspace, TOWN, "税務課-1").means
    fitting = workspace.list_means("税務課-1")
    assert fitting
    assert [(m.label, m.first) for m in shown] == [(m.label, m.first) for m in fitting]
