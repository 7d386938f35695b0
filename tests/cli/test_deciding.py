"""`bpr decide` and `bpr kpi` as people call them."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Done
from tests.cli.test_help import assert_japanese
from tests.tabulate.town import town_workbook

YEARS = ("--before", "2023-04-01..2024-03-31", "--after", "2024-04-01..2025-03-31")
INPUT, SENDING = "税務課-1", "税務課-3"


@pytest.fixture
def town(tmp_path: Path, cli: Cli) -> Cli:
    """The town, imported into the store of the current folder."""
    file = tmp_path / "調査票.xlsx"
    file.write_bytes(town_workbook().data)
    assert cli("import", file).status == 0
    return cli


def lines(done: Done) -> list[str]:
    """Lines of the output, without the spaces that let columns line up."""
    assert (done.status, done.err) == (0, ""), done.err
    return [" ".join(line.split()) for line in done.out.splitlines()]


def finish(cli: Cli, task_id: str = INPUT) -> None:
    """Make a task target 1, done in April 2025."""
    lines(cli("decide", "add", task_id, "--date", "2024-04-01"))
    lines(cli("decide", "move", 1, "実施中", "--date", "2024-05-01"))
    lines(cli("decide", "move", 1, "done", "--date", "2025-04-01"))


# --- decide -------------------------------------------------------------------------------------


def test_targets_are_added_listed_and_shown(town: Cli) -> None:
    assert lines(town("decide", "list")) == [
        "BPR対象はありません。bpr decide add 業務ID で登録できます。"
    ]
    call = ("decide", "add", INPUT, SENDING, "--date", "2025-04-01", "--owner", "山田")
    assert lines(town(*call, "--policy", "紙をなくす", "--done-by", 2027)) == [
        "対象 1「賦課／申告書の入力」を登録しました（削減見込 98.3 時間/年）。",
        "対象 2「徴収／納付書の発送」を登録しました（削減見込 92.0 時間/年）。",
    ]
    head, first, second = lines(town("decide", "list"))
    assert head == "番号 状態 いつから 課 取組名 手段 削減見込 根拠 完了年度 担当者"
    assert first == "1 選定 2025-04-01 税務課 賦課／申告書の入力 AI-OCR 98.3 実績 2027 山田"
    assert second == "2 選定 2025-04-01 税務課 徴収／納付書の発送 外部委託 92.0 目安 2027 山田"
    shown = lines(town("decide", "show", 1))
    assert shown[:2] == ["対象 1「賦課／申告書の入力」（版 1）", "状態：選定（2025-04-01 から）"]
    for line in ("今後の方針：紙をなくす", "減る割合：88.6%", "実施済にする年度：2027年度"):
        assert line in shown
    assert shown[-1] == (
        "■ 次にできる状態：検討中、実施中、候補（理由が要る）、見送り（理由が要る）、取下げ（理由が要る）"
    )


def test_the_best_ranked_are_added_under_kept_weights(town: Cli) -> None:
    told = lines(town("decide", "add", "--top", 2, "--status", "候補", "--lever", "RPA"))
    assert [line.split("」")[0] for line in told] == [
        "対象 1「賦課／申告書の入力", "対象 2「徴収／納付書の発送",
    ]  # fmt: skip
    rows = lines(town("decide", "list", "--status", "候補", "--division", "税務課"))
    assert [row.split()[5] for row in rows[1:]] == ["RPA", "RPA"]
    assert lines(town("decide", "list", "--division", "福祉課"))[0].startswith(
        "BPR対象はありません"
    )
    done = town("decide", "add", "福祉課-1", "--weights", "ない@1")
    assert (done.status, done.out) == (2, "")
    assert "「ない」" in done.err


def test_the_way_of_a_target(town: Cli) -> None:
    finish(town)
    done = town("decide", "move", 1, "効果確認済")
    assert (done.status, done.out) == (2, "")
    assert "先に効果を実績として入れてください" in done.err
    assert lines(town("decide", "measure", 1, "作業時間", 400, 300, *YEARS, "--evidence", "実績", "--use", "counter")) == [
        "対象 1 の効果を記録しました。"
    ]  # fmt: skip
    assert lines(town("decide", "move", 1, "効果確認済")) == ["対象 1 を「効果確認済」にしました。"]
    shown = lines(town("decide", "show", 1))
    assert (
        "1 作業時間（時間） 400 300 2023-04-01..2024-03-31 2024-04-01..2025-03-31 実績 住民対応・相談"
        in shown
    )
    assert any(line.startswith("状態：実施中 → 実施済（local、") for line in shown)
    assert "根拠はこの測定だけ" in town("decide", "unmeasure", 1, 1, "--reason", "間違い").err
    lines(town("decide", "measure", 1, "hours", 400, 100, *YEARS, "--evidence", "measured"))
    assert lines(town("decide", "unmeasure", 1, 2, "--reason", "けた違い")) == [
        "対象 1 の測定 2 を取り消しました。"
    ]
    effects = lines(town("decide", "effects"))
    assert effects[1] == "AI-OCR 実績 1 1 100.0 1 98.3 100.0 102%"
    assert "まだ使っていません（手段ごとに、実績を測った業務が 5 件になってから）" in effects[2]


def test_fields_are_edited_by_their_labels(town: Cli) -> None:
    lines(town("decide", "add", INPUT, "--owner", "山田"))
    fields = [
        "担当者=", "方針=紙をなくす", "進め方=様式の統一、電子化", "手段=RPA", "完了年度=2027",
        "取組スケジュール=2026:試行；2027：本格実施", r"links=https://example.jp/a \\server\共有",
    ]  # fmt: skip
    assert lines(town("decide", "edit", 1, *fields)) == ["対象 1 を変えました。"]
    shown = lines(town("decide", "show", 1))
    for line in (
        "今後の方針：紙をなくす", "進め方：様式の統一、電子化", "手段：RPA",
        "実施済にする年度：2027年度", "取組スケジュール：2026年度 試行、2027年度 本格実施",
        r"資料のリンク：https://example.jp/a、\\server\共有",
    ):  # fmt: skip
        assert line in shown
    assert not [line for line in shown if line.startswith("担当者：")][1:]


def test_the_slower_of_two_editors_is_told(town: Cli) -> None:
    lines(town("decide", "add", INPUT))
    lines(town("decide", "edit", 1, "担当者=山田", "--seen", 1))
    done = town("decide", "edit", 1, "担当者=佐藤", "--seen", 1)
    assert (done.status, done.out) == (2, "")
    assert "担当者：（なし） → 山田（local、" in done.err
    assert "担当者：山田" in lines(town("decide", "show", 1))


def test_merging_splitting_and_a_new_expectation(town: Cli) -> None:
    lines(town("decide", "add", INPUT, SENDING))
    assert lines(town("decide", "split", 1, "入力=0.6", "確認=0.4")) == [
        "対象 1 を切り分けました。新しい対象は 3 です。"
    ]
    assert lines(town("decide", "merge", 3, 2, "--reason", "同じ道具")) == [
        "対象 3 を対象 2 に統合しました。"
    ]
    rows = lines(town("decide", "list"))[1:]
    assert [row.split()[1] for row in rows] == ["選定", "選定", "2"]
    assert "賦課／申告書の入力（入力） AI-OCR 59.0" in rows[0]
    lines(town("decide", "add", "福祉課-1", "--lever", "rpa"))
    assert (
        "削減見込を取り直しました"
        in lines(town("decide", "refreeze", 4, "--reason", "確かめた"))[0]
    )


def test_measuring_tells_what_is_doubtful(town: Cli) -> None:
    lines(town("decide", "add", INPUT))
    half = ("--before", "2023-04-01..2024-03-31", "--after", "2024-04-01..2024-09-30")
    done = town("decide", "measure", 1, "hours", 400, 120, *half, "--evidence", "expected")
    assert (done.status, done.out) == (0, "対象 1 の効果を記録しました。\n")
    assert "導入後 0.50 年です。1 年分に直して使います" in done.err


REFUSED = [
    (("add",), "業務ID か --top 件数 のどちらか"),
    (("add", INPUT, "--top", 1), "業務ID か --top 件数 のどちらか"),
    (("add", "ない-1"), "業務ID「ない-1」は今の調査票にありません"),
    (("add", INPUT, "--lever", "robot"), "手段「robot」はありません。AI-OCR（ai_ocr）"),
    (("add", INPUT, "--date", "4月1日"), "2025-04-01 のように"),
    (("add", INPUT, "--edition", 9), "調査の番号 9 がありません"),
    (("list", "--status", "進行中"), "状態「進行中」はありません。候補（candidate）"),
    (("show", 9), "対象の番号 9 がありません"),
    (("edit", 1, "担当者"), "担当者=山田 のように"),
    (("edit", 1, "色=赤"), "項目「色」はありません"),
    (("edit", 1, "削減見込=5"), "見込みの取り直し"),
    (("edit", 1, "完了年度=来年"), "年度を西暦 4 桁で"),
    (("move", 1, "見送り"), "理由を書いてください"),
    (("split", 1, "入力=六割", "確認=0.4"), "入力=0.6 のように"),
    (("split", 1, "入力=0.5", "入力=0.5"), "部分「入力」が 2 度あります"),
    (("refreeze", 1), "理由がありません"),
    (("unmeasure", 1, 1, "--reason", "間違い"), "測定 1 はありません"),
    (("measure", 1), "前の値、後の値、--before、--after、--evidence を書いてください"),
    (("measure", 1, "hours", 4, 3, "--evidence", "実績"), "--before 2024-04-01..2025-03-31"),
    (("measure", 1, "hours", 4, 3, *YEARS, "--evidence", "噂"), "根拠「噂」はありません"),
    (("measure", 1, "hours", "--survey", 2), "--survey では、項目、値"),
    (("measure", 1, "--survey", 1), "対象を決めた調査より後の調査"),
]


def test_calls_that_are_refused(town: Cli) -> None:
    """Each tells what to do; none leaves anything behind."""
    lines(town("decide", "add", SENDING))
    before = town("decide", "show", 1).out
    for call, part in REFUSED:
        done = town("decide", *call)
        assert (done.status, done.out) == (2, ""), call
        assert part in done.err
        assert "受付番号" not in done.err
    assert town("decide", "show", 1).out == before
    assert len(lines(town("decide", "list"))) == 2


# --- kpi ----------------------------------------------------------------------------------------


def test_the_kpi_and_what_is_behind_them(town: Cli) -> None:
    finish(town)
    lines(town("decide", "measure", 1, "hours", 400, 300, *YEARS, "--evidence", "measured"))
    listed = lines(town("kpi"))
    assert listed == lines(town("kpi", "list"))
    assert listed[1] == "名前 KPI 単位 現状値 目標 実績 達成 進捗"
    assert (
        listed[2]
        == "bpr_done BPR実施業務数（累計） 業務 0（2022） 25（2027） 1 4% C 目標より遅れている"
    )
    assert listed[4].endswith("0（2022） 100（2027） 不明 D 評価できない")
    assert "削減時間：目標年度が決まっていないので、見通しは出しません。" in listed
    shown = lines(town("kpi", "show", "削減時間", "--year", 2025))
    assert shown[0] == "削減時間（時間/年）"
    assert any(line.startswith("2025 100 ") for line in shown)
    at = shown.index("■ 2025年度に数えた業務（1）")
    assert shown[at + 2] == f"1 {INPUT} 賦課／申告書の入力 税務課 2025-04-01 100.0 実績"
    assert (
        lines(town("kpi", "show", "saved_hours", "--year", 2024))[-1]
        == "■ 2024年度に数えた業務（0）"
    )


def test_the_kpi_as_json(town: Cli) -> None:
    finish(town)
    found = {one["name"]: one for one in json.loads(town("kpi", "list", "--format", "json").out)}
    assert (found["bpr_done"]["target"], found["bpr_done"]["now"]["actual"]) == (25, 1.0)
    assert found["saved_hours"]["forecast"]["method"] == "none"
    shown = json.loads(town("kpi", "show", "bpr_done", "--year", 2025, "--format", "json").out)
    assert {row["fiscal_year"]: row["actual"] for row in shown["years"]}[2025] == 1.0
    [unit] = shown["units"]
    assert (unit["task_id"], unit["counted_on"], unit["until"]) == (INPUT, "2025-04-01", None)


def test_figures_are_entered(town: Cli) -> None:
    call = ("kpi", "enter", "e_approval", 2025, "実績値", 45, "--base", 1200, "--evidence", "実績")
    assert lines(town(*call)) == [
        "「文書決裁事務の電子化率」の 2025年度の実績値を 45 %にしました。"
    ]
    lines(town("kpi", "enter", "bpr_done", 2025, "target", 10, "--note", "議会で決めた"))
    years = lines(town("kpi", "show", "e_approval"))
    assert any(line.startswith("2025 60 45 1,200 実績 45% C ") for line in years)
    assert any(
        line.startswith("2025 10 0 +0 0 0% ") for line in lines(town("kpi", "show", "bpr_done"))
    )


REFUSED_KPI = [
    (("show", "bpr_dome"), "KPI「bpr_dome」はありません"),
    (("show", "bpr_done", "--year", 1999), "2022 から"),
    (("enter", "bpr_done", 2025, "actual", 3), "手では入れられません"),
    (("enter", "e_approval", 2025, "実績値", 3), "母数"),
    (("enter", "e_approval", 2025, "plan", 3), "種類「plan」はありません。目標値（target）"),
    (("enter", "e_approval", 2025, "actual", "多い"), "「多い」は使えません"),
]


def test_calls_of_kpi_that_are_refused(cli: Cli) -> None:
    for call, part in REFUSED_KPI:
        done = cli("kpi", *call)
        assert (done.status, done.out) == (2, ""), call
        assert part in done.err


@pytest.mark.parametrize(
    "command",
    [
        *(f"decide {name}" for name in ("list", "show", "add", "edit", "move", "merge", "split", "refreeze", "measure", "unmeasure", "effects")),
        *(f"kpi {name}" for name in ("list", "show", "enter")),
        *(f"edition {name}" for name in ("list", "open", "close", "reopen", "compare", "confirm", "deny")),
        *("decide", "kpi", "edition", "forget"),
    ],
)  # fmt: skip
def test_help_is_japanese(cli: Cli, command: str) -> None:
    done = cli(*command.split(), "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"使い方: bpr {command} ")
    assert_japanese(done.out)
    assert "COMMAND" not in done.out
