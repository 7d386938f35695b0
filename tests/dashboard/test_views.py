"""View functions: report -> exactly what the pages say, checked against sums by hand."""

import polars as pl
import pytest

from bpr.dashboard.components.table import bar
from bpr.dashboard.figures.media import MediumBar, media_figure
from bpr.dashboard.pages.candidates import view as candidates
from bpr.dashboard.pages.overview.view import DivisionRow, view_overview
from bpr.dashboard.pages.tasks import view as tasks
from bpr.dashboard.words import interval, joined, number
from bpr.pipeline import Report, run
from bpr.tabulate.listing import TaskQuery, filter_tasks
from tests.builder import SETTINGS, Rows, workbook
from tests.tabulate.town import capped_report


def report_on(*rows: list[str | float | None]) -> Report:
    return run(
        [workbook([["課", "業務名", "作業名", "年間作業時間", "処理媒体"], *rows])], SETTINGS
    )


def ranked(report: Report, **wanted: str) -> pl.DataFrame:
    return filter_tasks(report.tasks, TaskQuery(**wanted))


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "–"), (0, "0"), (0.4, "0"), (1234.6, "1,235"), (1_000_000, "1,000,000")],
)
def test_numbers(value: float | None, text: str) -> None:
    assert number(value) == text


def test_intervals_and_lists() -> None:
    assert interval(1000, 2500.4) == "1,000–2,500"
    assert interval(10.2, 10.4) == "10"
    assert interval(None, 5) == interval(5, None) == "–"
    assert joined("税務課", None, "", "係") == "税務課・係"
    assert number(1200, " 件") == "1,200 件"


# --- overview -----------------------------------------------------------------------------------


def test_the_overview_of_the_town(report: Report) -> None:
    view = view_overview(report)
    assert view is not None
    assert view.answer == [
        "年間 1,000 時間のうち、職員でなければできない仕事は 20.0%。",
        "いちばん多いのは専門性のいらない定型作業で、60.0% です。",
    ]
    assert [(f.id, f.value, f.unit, f.base) for f in view.figures] == [
        ("core-ratio", "20.0", "%", "母数 1,000 時間（2 課・7 業務、時間不明 1 業務を除く）"),
        ("paper-ratio", "70.0", "%", "700 時間／1,000 時間"),
        ("regular-noncore-ratio", "66.7", "%", "母数 正規職員の 600 時間"),
        ("seal-ratio", "23.8", "%", "950 件／4,000 件"),
    ]
    assert [f.comparison for f in view.figures] == [
        "96自治体平均 32.7%（参考：母数の取り方が違う）",
        "電子だけ 15.0 %。阿見町は紙 80.5%、電子 9.4%",
        "96自治体平均 54.6%（参考）",
        "コア業務では 100.0 %。阿見町は全体で 6.6%",
    ]
    assert view.media_heading == "紙を使う定型作業が、全体の 60% を占める"
    assert view.media_sentence == (
        "年間作業時間 1,000 時間の内訳は、紙 50.0%、電子+紙 20.0%、電子 15.0%、該当なし 15.0%です。"
        "◇は、阿見町と同じ割合だった場合の位置です。"
    )
    assert view.divisions == [DivisionRow("税務課", 600.0, 1.0)]
    assert view.divisions_heading == "定型作業の 100% は、1 つの課にある"
    assert view.provenance == (
        "数値の出所：業務量調査（1 ファイル）。性質の判定：人の確認 14%、調査票の回答 86%。"
        "比較の出所：阿見町DX推進計画（令和5年3月）。"
    )


def test_the_bars_of_the_town(report: Report) -> None:
    view = view_overview(report)
    assert view is not None
    assert [(b.label, b.total) for b in view.bars] == [
        ("紙", 500.0),
        ("電子+紙", 200.0),
        ("電子", 150.0),
        ("該当なし", 150.0),
    ]
    assert view.bars[0].hours == {"core": 100.0, "expert": 0.0, "routine": 400.0, "nonroutine": 0.0}
    assert [round(b.ami_share, 4) for b in view.bars] == [0.3226, 0.4823, 0.0938, 0.1014]
    assert sum(b.ami_share for b in view.bars) == pytest.approx(1, abs=1e-4)


def test_five_divisions_of_routine_work() -> None:
    rows: Rows = [
        ["課", "業務名", "年間作業時間", "職員でなければできない", "専門性", "定型"],
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


def test_when_core_work_is_the_most_the_answer_says_so() -> None:
    rows: Rows = [
        ["業務名", "年間作業時間", "職員でなければできない", "専門性", "定型"],
        ["決定", 700, "はい", None, None],
        ["相談", 200, "いいえ", "はい", None],
        ["入力", 100, "いいえ", "いいえ", "はい"],
    ]
    view = view_overview(run([workbook(rows)], SETTINGS))
    assert view is not None
    assert view.answer[1] == "ノンコアで多いのは専門性がいる作業で、20.0% です。"


def test_media_that_the_form_does_not_ask_are_called_unknown() -> None:
    view = view_overview(report_on(["税務課", "賦課", "入力", 100, None]))
    assert view is not None
    assert [(b.label, b.total) for b in view.bars][-1] == ("不明", 100.0)
    assert [f.value for f in view.figures][2:] == ["–", "–"]


def test_the_chart_draws_the_bars() -> None:
    bars = [
        MediumBar("紙", {"core": 10.0, "routine": 30.0}, 0.25),
        MediumBar("電子", {"core": 20.0}, 0.75),
    ]
    figure = media_figure(bars)
    drawn = {trace.name: (list(trace.y), list(trace.x)) for trace in figure.data}
    assert drawn == {
        "I コア": (["紙", "電子"], [10.0, 20.0]),
        "II 要専門性": (["紙", "電子"], [0.0, 0.0]),
        "III 定型": (["紙", "電子"], [30.0, 0.0]),
        "IV 非定型": (["紙", "電子"], [0.0, 0.0]),
        "阿見町の割合なら": (["紙", "電子"], [15.0, 45.0]),
    }


@pytest.mark.parametrize(
    ("share", "width"), [(0, "0.0%"), (0.456, "45.6%"), (1, "100.0%"), (7, "100.0%"), (-1, "0.0%")]
)
def test_a_bar_stays_in_its_box(share: float, width: str) -> None:
    assert bar(share).to_plotly_json()["props"]["children"].style["width"] == width


# --- tasks --------------------------------------------------------------------------------------


def test_the_answer_of_the_tasks(report: Report) -> None:
    assert tasks.view_answer(report.tasks) == [
        "7 業務、年 1,000 時間（時間不明 1 業務を除く）。確信度 C の業務はありません。"
    ]
    assert tasks.view_answer(report.tasks.clear()) == [
        "この条件に当てはまる業務はありません。絞り込みをゆるめてください。"
    ]


def test_the_answer_counts_what_a_person_should_look_at() -> None:
    found = report_on(
        ["税務課", "賦課", "申告書の入力", 100, "紙"], ["税務課", "ＸＹＺ", "Qqq", 50, "紙"]
    ).tasks
    assert found["work_class"].to_list()[1] is None
    assert tasks.view_answer(found) == [
        "2 業務、年 150 時間。うち 1 業務は判定に自信がありません（確信度 C）。"
    ]


def test_unknown_hours_are_not_called_zero() -> None:
    found = report_on(["税務課", "賦課", "申告書の入力", None, "紙"])
    assert "0 時間" not in tasks.view_answer(found.tasks)[0]
    assert "0 時間" not in candidates.view_answer(ranked(found))[0]


def test_a_row_of_the_tasks(report: Report) -> None:
    assert tasks.view_rows(report.tasks.filter(task_id="福祉課-2")) == [
        {
            "task_id": "福祉課-2",
            "task_name": "相談／苦情への対応",
            "place": "福祉課",
            "work_class": "IV 非定型",
            "work_class_source": "調査票の回答",
            "confidence": "A",
            "medium": "–",
            "annual_hours": "–",
        }
    ]


def test_the_detail_of_a_task(report: Report) -> None:
    detail = tasks.view_detail(report, "福祉課-4")
    assert detail is not None
    assert (detail.heading, detail.work_class, detail.source) == (
        "福祉／給付の決定",
        "core",
        "人の確認",
    )
    assert detail.place == "福祉課　調査票.xlsx［調査票］8 行"
    assert detail.corrected
    assert detail.facts == [
        ("職員区分", "正規職員"),
        ("年間件数（件/年）", "840"),
        ("年間作業時間（時間/年）", "100"),
        ("処理媒体", "紙"),
        ("決裁等印鑑使用", "使う"),
    ]
    assert detail.numbers == [
        ("年間件数（件/年）", "840", "そのまま"),
        ("年間作業時間（時間/年）", "100（時間）", "そのまま"),
    ]
    [finding] = detail.findings
    assert finding.startswith("K8　「職員でなければできない」などの答えがない")
    assert tasks.view_detail(report, "ない") is None


def test_how_a_number_was_read_is_told() -> None:
    report = report_on(["税務課", "賦課", "入力", "10〜20時間", "紙"])
    detail = tasks.view_detail(report, report.tasks["task_id"].item())
    assert detail is not None
    [(label, raw, rule)] = detail.numbers
    assert (label, raw) == ("年間作業時間（時間/年）", "10〜20時間")
    assert "中央" in rule
    assert ("年間作業時間（時間/年）", "15") in detail.facts
    assert any("D2" in finding for finding in detail.findings)


# --- candidates ---------------------------------------------------------------------------------


def test_the_answer_of_the_candidates(report: Report) -> None:
    assert candidates.view_answer(ranked(report)) == [
        "候補は 2 業務。上位 2 業務で、年 160〜320 時間の削減が見込めます。"
    ]
    assert candidates.view_answer(ranked(report, work_class="core")) == [
        "この条件に当てはまる候補はありません。絞り込みをゆるめてください。"
    ]


def test_rows_of_the_candidates(report: Report) -> None:
    rows = candidates.view_rows(ranked(report))
    assert rows[1] == {
        "task_id": "税務課-1",
        "rank": "2",
        "task_name": "賦課／申告書の入力",
        "place": "税務課・紙（量多い）・1,000 件",
        "best_lever": "AI-OCR",
        "split": False,
        "score": 79.6,
        "score_low": 79.6,
        "score_high": 79.6,
        "annual_hours": "400",
        "saving_hours": "100–160",
    }
    core = next(row for row in rows if row["task_id"] == "福祉課-4")
    assert (core["best_lever"], core["split"], core["saving_hours"]) == ("–", False, "–")


def test_the_explanation_of_a_score(report: Report) -> None:
    """Σ(weight × value) / Σ weight by hand: (3 + 2.55 + 2 + 1.5 + 1.301) / 13 = 79.6."""
    detail = candidates.view_detail(report, "税務課-1")
    assert detail is not None
    assert detail.heading == "賦課／申告書の入力"
    assert detail.place == "税務課　業務ID 税務課-1　調査票.xlsx 2 行"
    assert detail.rank == "2 位"
    assert detail.why == (
        "作業の内容が「入力」、紙の量が「紙（量多い）」、定型の度合いが「III 定型」なので、AI-OCRに向きます。"
    )
    assert detail.saving == "400.0 時間 × 32.5%（25%〜40%）＝ 年 130 時間（100–160）"
    assert [lever.label for lever in detail.levers] == ["AI-OCR", "外部委託", "RPA"]
    first = detail.levers[0]
    assert (first.score, first.interval, first.gate) == ("79.6", "80", "")
    assert [(x.label, x.answer, x.value, x.weight, x.points) for x in first.lines] == [
        ("作業の内容", "入力", "1.00", "3", "23.1"),
        ("紙の量", "紙（量多い）", "0.85", "3", "19.6"),
        ("定型の度合い", "III 定型", "1.00", "2", "15.4"),
        ("年間件数", "1,000 件/年", "0.50", "3", "11.5"),
        ("年間作業時間", "400 時間/年", "0.65", "2", "10.0"),
    ]


def test_what_is_not_answered_is_an_interval(report: Report) -> None:
    detail = candidates.view_detail(report, "税務課-1")
    assert detail is not None
    systems = next(x for x in detail.levers[2].lines if x.label == "システムを使う")
    assert (systems.answer, systems.value, systems.points) == (
        "未回答",
        "0.50（0.00–1.00）",
        "3.8（0.0–7.7）",
    )


def test_a_gate_is_explained_and_promises_nothing() -> None:
    """(3 + 3 + 3 + 0 + 2) / 13 = 84.6, held down to 35."""
    report = capped_report()
    [row] = candidates.view_rows(report.tasks)
    assert (row["best_lever"], row["split"], row["saving_hours"]) == ("–", True, "–")
    assert (row["score"], row["score_high"]) == (35.0, 35.0)
    detail = candidates.view_detail(report, "税務課-1")
    assert detail is not None
    assert detail.why.startswith("職員の判断や公権力の行使が中心です。")
    assert detail.saving.startswith("削減見込は出していません")
    ai_ocr = next(lever for lever in detail.levers if lever.label == "AI-OCR")
    assert (ai_ocr.score, ai_ocr.uncapped) == ("35.0", "84.6")
    assert ai_ocr.gate.startswith("コア業務：35 点まで。")


def test_the_interval_of_a_rank_is_told(report: Report) -> None:
    detail = candidates.view_detail(report, "福祉課-2")
    assert detail is not None
    assert detail.rank == "3 位（答えのない項目や判定の不確かさを入れると 3〜5 位）"


def test_chosen_tasks_are_put_in_order(report: Report) -> None:
    ids = ["税務課-1", "ない", "税務課-3", "税務課-1"]
    assert candidates.ranked_ids(report, ids) == ["税務課-3", "税務課-1"]
    assert candidates.view_detail(report, "ない") is None
