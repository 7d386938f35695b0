"""BPR対象: what is said of targets - the sentence on top, how many stand where, one target, its forms."""

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpr.dashboard.pages.targets.actions import Asked, act_on, read_values
from bpr.dashboard.pages.targets.detail import name_measurements, view_detail
from bpr.dashboard.pages.targets.forms import edit_fields, first_entries, own_entries
from bpr.dashboard.pages.targets.opening import open_target
from bpr.dashboard.pages.targets.query import TargetsQuery
from bpr.dashboard.pages.targets.reading import read_day, read_number, split_lines, split_texts
from bpr.dashboard.pages.targets.view import TargetsView, view_targets
from bpr.decide.measurements import Measurement
from bpr.errors import InputError
from bpr.workspace import Workspace
from tests.dashboard.conftest import CopyTown, MakeWorkspace
from tests.export.recalculated import needs_office, recalculate
from tests.tabulate.town import town_workbook

NOW = datetime(2027, 6, 20, 3, 0, tzinfo=UTC)
TODAY = date(2027, 6, 20)
YEARS = (date(2024, 4, 1), date(2025, 3, 31), date(2026, 4, 1), date(2027, 3, 31))


@pytest.fixture
def town(copy_town: CopyTown) -> Workspace:
    return copy_town(with_targets)


def with_targets(workspace: Workspace) -> None:
    """Four targets: 1 done and measured (400 -> 100), 2 late, 3 shelved, 4 merged into 2."""
    workspace.clock = lambda: NOW
    ids = ["税務課-1", "税務課-3", "福祉課-3", "福祉課-2"]
    workspace.create_targets(ids, happened_on=date(2026, 4, 1), values={"done_by": 2026})
    for status in ("running", "done"):
        move(workspace, 1, status)
    move(workspace, 3, "shelved", "人が足りない")
    workspace.merge_targets(4, workspace.read_target(4).target.version, 2)
    workspace.measure_target(Measurement(1, "hours", 400, 100, *YEARS, "measured", base=1000))


def move(workspace: Workspace, target: int, status: str, reason: str | None = None) -> None:
    seen = workspace.read_target(target).target.version
    workspace.move_target(target, seen, status, date(2026, 5, 1), reason)


def view(workspace: Workspace, **asked: str) -> TargetsView:
    query = TargetsQuery(**asked)
    return view_targets(workspace.list_targets(), workspace.list_effects(), query, 2027)


def counts(shown: TargetsView) -> Mapping[str, str]:
    return {step.label: step.count for step in shown.steps}


# --- the list -----------------------------------------------------------------------------------


def test_the_answer_names_what_was_decided_done_and_proven(town: Workspace) -> None:
    wanted = town.read_target(1).target.expected_hours
    assert wanted is not None
    assert wanted > 0
    assert view(town).answer == [
        "2 件を選び、1 件を実施しました。予定年度を過ぎたものが 1 件あります。",
        f"実績で確かめた削減は年 300 時間（見込み {wanted:,.0f} 時間の {30000 / wanted:.0f} %、母数 1 件）です。",
    ]


def test_only_measured_effects_prove(town: Workspace) -> None:
    town.measure_target(Measurement(1, "hours", 400, 100, *YEARS, "expected"))
    assert view(town).answer[1] == "実績で確かめた削減はまだありません。"


def test_effects_without_an_expectation_stand_apart(town: Workspace) -> None:
    for status in ("running", "done"):
        move(town, 2, status)
    town.measure_target(Measurement(2, "hours", 200, 150, *YEARS, "measured"))
    effects = town.list_effects()
    before = view(town).answer[1]
    assert "年 350 時間" in before
    assert "母数 2 件" in before
    targets = town.list_targets()
    [one] = [effect for effect in effects if effect.target.target_id == 1]
    object.__setattr__(one.target, "expected_hours", None)
    told = view_targets(targets, effects, TargetsQuery(), 2027).answer[1]
    assert "（うち見込みのある 1 件では、見込み" in told


def test_the_funnel_counts_every_status_and_what_has_ended(town: Workspace) -> None:
    assert counts(view(town)) == {
        "すべて": "4", "候補": "0", "選定": "1", "検討中": "0", "実施中": "0", "実施済": "1",
        "効果確認済": "0", "見送り": "1", "取下げ": "0", "統合": "1",
    }  # fmt: skip
    assert counts(view(town, division="福祉課"))["すべて"] == "2"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [2, 1, 3, 4]),
        ({"status": "done"}, [1]),
        ({"status": "overdue"}, [2]),
        ({"status": "merged"}, [4]),
        ({"division": "福祉課"}, [3, 4]),
        ({"text": "ＮＯＵＦＵ"}, []),
        ({"text": "徴収 発送"}, [2]),
        ({"lever": "no such"}, []),
    ],
)
def test_filters_narrow_the_list(town: Workspace, asked: dict[str, str], found: list[int]) -> None:
    assert [line.target_id for line in view(town, **asked).lines] == found


def test_a_late_target_is_marked_and_one_that_has_ended_is_not(town: Workspace) -> None:
    assert {line.target_id: line.overdue for line in view(town).lines} == {
        1: False, 2: True, 3: False, 4: False,
    }  # fmt: skip
    [line] = view(town, status="done", target="1").lines
    assert line.opened
    assert line.realized == "300"
    assert line.href == "/targets?status=done&target=1#target"


def test_without_targets_the_answer_says_so(make_workspace: MakeWorkspace) -> None:
    shown = view(make_workspace(town_workbook()))
    assert shown.answer == ["BPR対象に選んだものは、まだありません。"]
    assert not shown.lines


# --- one target ---------------------------------------------------------------------------------


def test_a_target_is_told_with_its_effect_and_its_history(town: Workspace) -> None:
    detail = town.read_target(1)
    shown = view_detail(
        detail, {"税務課-1": "賦課／申告書の入力"}, "調査", TargetsQuery(target="1")
    )
    wanted = detail.target.expected_hours
    assert wanted is not None
    assert shown.result == (
        f"削減見込 年 {wanted:,.0f} 時間 → 実績 年 300 時間（見込みの {30000 / wanted:.0f} %）。"
    )
    [measured] = shown.measured
    assert (measured.values, measured.change) == ("400 → 100 時間", "−300 時間（−75 %）")
    assert measured.counts
    assert shown.tasks[0].tasks == "/tasks?task=%E7%A8%8E%E5%8B%99%E8%AA%B2-1"
    assert [(one.label, one.back) for one in shown.moves] == [
        ("効果確認済", False), ("実施中", True), ("取下げ", True),
    ]  # fmt: skip
    assert shown.history[0].startswith("状態：実施中 → 実施済（local、")
    assert {fact.label: fact.text for fact in shown.facts}["完了予定年度"] == "令和8年度"


def test_an_older_measurement_of_a_figure_counts_no_more(town: Workspace) -> None:
    town.measure_target(Measurement(1, "hours", 400, 200, *YEARS, "measured"))
    shown = view_detail(town.read_target(1), {}, "", TargetsQuery())
    assert [one.counts for one in shown.measured] == [True, False]
    assert "実績 年 200 時間" in shown.result


def test_a_measurement_is_chosen_by_what_it_said(town: Workspace) -> None:
    town.measure_target(Measurement(1, "hours", 400, 200, *YEARS, "expected"))
    named = name_measurements(town.read_target(1).measurements)
    assert named == [
        ("2", "作業時間 400 → 200 時間（見込み、local　2027-06-20）"),
        ("1", "作業時間 400 → 100 時間（実績、local　2027-06-20）"),
    ]


def test_more_saved_than_there_was_is_doubted(town: Workspace) -> None:
    town.measure_target(Measurement(1, "hours", 900, 499, *YEARS, "measured"))
    told = view_detail(town.read_target(1), {}, "", TargetsQuery()).result
    assert told.endswith("調査の年間作業時間より多いので、測った範囲を確かめてください。")
    town.measure_target(Measurement(1, "hours", 900, 500, *YEARS, "measured"))
    assert "範囲" not in view_detail(town.read_target(1), {}, "", TargetsQuery()).result


def test_a_merged_target_shows_the_way_on_and_offers_nothing(town: Workspace) -> None:
    shown = view_detail(town.read_target(4), {}, "", TargetsQuery(status="merged", target="4"))
    assert shown.status == "統合"
    assert shown.way_on == "/targets?status=merged&target=2"
    assert shown.moves == []


# --- the forms ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-21",
        "2026/11/21",
        "2026年11月21日",
        "令和8年11月21日",
        "R8.11.21",
        "２０２６－１１－２１",
    ],
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert read_day(text, "日付") == date(2026, 11, 21)


@pytest.mark.parametrize(
    "text", ["", "昨日", "2026-02-30", "8-11-21", "1999-01-01", "令和99年1月1日"]
)
def test_what_is_no_day_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(InputError, match=r"^日付.*2026-11-21 のように"):
        read_day(text, "日付")


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    assert read_day(day.isoformat(), "") == day


@pytest.mark.parametrize(
    ("text", "value"), [("1,240.5", 1240.5), ("１２０", 120), ("0", 0), ("-3", -3)]
)
def test_a_number_is_read_as_people_write_it(text: str, value: float) -> None:
    assert read_number(text, "値") == value


@pytest.mark.parametrize("text", ["", "百", "nan", "inf", "1e9", "1_000", "-"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"^値"):
        read_number(text, "値")


def test_lists_are_read() -> None:
    assert split_texts("様式の統一、 AI-OCR,\n") == ["様式の統一", "AI-OCR"]
    assert split_lines(" https://a \n\n\\\\server\\x") == ["https://a", "\\\\server\\x"]


def test_only_what_a_person_typed_is_taken(town: Workspace) -> None:
    forms = first_entries({"edit": edit_fields(town.read_target(1).target, TODAY)})
    assert own_entries(forms, forms) == {"edit": {}}
    entered = {"edit": {**forms["edit"], "owner": "佐藤", "schedule-2028": "試行", "means": "窓口"}}
    typed = own_entries(entered, forms)["edit"]
    assert read_values(typed, entered["edit"]) == {
        "owner": "佐藤", "schedule": {"2028": "試行"}, "means": ["窓口"],
    }  # fmt: skip
    assert read_values({"done_by": "", "owner": " "}, {}) == {"done_by": None, "owner": None}


def test_an_expectation_is_taken_anew_under_kept_weights(town: Workspace) -> None:
    """Target 2 took another over: what is expected of two tasks is not taken anew."""
    town.save_weights("人手重視", {town.list_themes()[0]: 2.0})
    forms = open_target(town, TargetsQuery(target="1"), {}).forms
    assert "refreeze" not in open_target(town, TargetsQuery(target="2"), {}).forms
    weights = {field.name: field.options for field in forms["refreeze"]}["weights"]
    assert weights == (("人手重視@1", "人手重視（第 1 版）"),)
    seen = town.read_target(1).target.version
    typed = {"refreeze": {"reason": "調査票が替わった", "weights": "人手重視@1"}}
    outcome = act_on(town, Asked(1, seen, "refreeze", typed, typed))
    assert (
        outcome.told
        == "対象 1 の見込みを、今の調査と「人手重視（第 1 版）」の重みで取り直しました。"
    )
    target = town.read_target(1)
    assert target.target.weight_set == "人手重視（第 1 版）"
    assert "理由：調査票が替わった" in target.history[-1]
    typed["refreeze"]["reason"] = " "
    with pytest.raises(InputError, match="見込みを取り直す理由がありません"):
        act_on(town, Asked(1, target.target.version, "refreeze", typed, typed))


# --- the workbook -------------------------------------------------------------------------------


def test_the_workbook_holds_the_list_with_live_sums(town: Workspace) -> None:
    town.edit_target(2, town.read_target(2).target.version, {"policy": "=1+1", "schedule": {"2027": "試行"}})  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(town.export_targets([1, 2, 99]))).worksheets[0]
    heads = [str(cell.value).split("\n")[0] for cell in sheet[5]]
    first, second = (dict(zip(heads, [c.value for c in sheet[n]], strict=True)) for n in (6, 7))
    assert first["業務No"] == "税務課-1"
    assert (first["区分"], first["媒体"], first["状態"]) == ("III 定型", "紙（量多い）", "実施済")
    assert (first["導入前"], first["実績の削減"], first["根拠"]) == (400, 300, "実績")
    assert second["今後の方針"] == "=1+1"
    assert sheet["I7"].data_type == "s"
    assert second["業務No"] == "税務課-3\n福祉課-2"
    assert second["スケジュール"] == "2027 試行"
    assert sheet["J8"].value == "=SUM(J6:J7)"
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.page_setup.orientation == "landscape"


def test_no_workbook_of_nothing(town: Workspace) -> None:
    with pytest.raises(InputError, match="絞り込みをゆるめてください"):
        town.export_targets([99])


@needs_office
def test_libreoffice_finds_the_hours_after(town: Workspace, tmp_path: Path) -> None:
    [book] = recalculate(tmp_path, town.export_targets([1, 2]))
    sheet = book.worksheets[0]
    wanted = town.read_target(2).target.expected_hours
    assert wanted is not None
    assert sheet["K6"].value == 100  # 400 - 300 measured
    assert sheet["K7"].value == pytest.approx(200 - wanted)
    assert sheet["J8"].value == 600
    assert sheet["K8"].value == pytest.approx(300 - wanted)
