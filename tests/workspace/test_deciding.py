"""Targets through the workspace: what is frozen, who may change what, and what stays of it."""

import json
import math
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest

from bpr.decide.measurements import Measurement
from bpr.decide.targets import Target
from bpr.errors import ChangedMeanwhileError, InputError, RefusedError
from bpr.workspace import Opinion, Workspace
from bpr.workspace.acting import Person, acting
from tests.builder import workbook
from tests.tabulate.town import TOWN, town_workbook

YAMADA: Final = Person("yamada", "情報課 山田", "decider")
WELFARE: Final = Person("fukushi", "福祉課 佐藤", "division", "福祉課")
INPUT, SENDING, ADVICE = "税務課-1", "税務課-3", "福祉課-1"
MEASURED: Final = Measurement(
    1, "hours", 400.0, 300.0, date(2024, 4, 1), date(2025, 3, 31),
    date(2025, 4, 1), date(2026, 3, 31), "measured",
)  # fmt: skip


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    workspace.import_workbooks([town_workbook()])
    return workspace


def resend(town: Workspace, hours: int) -> None:
    """The tax division sends its workbook again, with other hours of 申告書の入力."""
    rows = [list(row) for row in TOWN]
    rows[1][6] = hours
    assert town.import_workbooks([workbook(rows, name="調査票.xlsx")]) == ["調査票.xlsx"]


def target(town: Workspace, number: int = 1) -> Target:
    return town.read_target(number).target


def move(town: Workspace, *statuses: str, number: int = 1, **more: Any) -> None:
    for status in statuses:
        town.move_target(number, target(town, number).version, status, **more)


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(InputError) as refused:
        work()
    return str(refused.value)


def audit(town: Workspace) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Action, before and after of every entry, the newest first."""
    rows = town.store.read_audit().select("action", "before", "after").rows()
    return [(a, json.loads(b or "{}"), json.loads(c or "{}")) for a, b, c in rows]


# --- creating -----------------------------------------------------------------------------------


def test_a_new_target_holds_what_was_expected_of_it(town: Workspace) -> None:
    """320 hours of 400 are named; 88.6 % less, 56 % to check, 6 hours of upkeep: 98.32."""
    assert town.create_targets([INPUT], values={"owner": "山田"}) == [1]
    found = target(town)
    assert (found.status, found.created_on, found.owner) == (
        "selected", date(2027, 6, 20), "山田",
    )  # fmt: skip
    assert (found.name, found.division, found.lever) == ("賦課／申告書の入力", "税務課", "ai_ocr")
    assert (found.edition_id, found.task_ids) == (1, (INPUT,))
    assert (found.hours, found.taken_hours) == pytest.approx((400.0, 320.0))
    assert (found.rate_low, found.rate, found.rate_high) == (0.86, 0.886, 0.934)
    expected = (found.expected_hours_low, found.expected_hours, found.expected_hours_high)
    assert expected == pytest.approx((240 * 0.18 - 16, 320 * 0.326 - 6, 400 * 0.474 - 2))
    assert (found.expected_evidence, found.weight_set) == ("measured", "標準")
    assert (found.rank, found.settings_digest) == (1, town.report().settings.digest)


def test_what_was_expected_stays_whatever_the_survey_says_later(town: Workspace) -> None:
    town.create_targets([INPUT])
    before = target(town)
    resend(town, 100)
    town.correct_classes([INPUT], "core", "審査だから")
    assert town.report().tasks.filter(task_id=INPUT)["annual_hours"].item() == 100.0
    assert target(town) == before


def test_what_was_expected_stays_whatever_the_weights_are_later(town: Workspace) -> None:
    first = town.save_weights("量", {"volume": 2.0})
    opinion = Opinion(first.multipliers, first.name, first.version)
    town.create_targets([SENDING, INPUT], opinion=opinion)
    found = target(town, 2)
    assert (found.weight_set, found.rank) == (
        "量（第 1 版）",
        town.ranked(opinion).tasks.filter(task_id=INPUT)["rank"].item(),
    )
    town.save_weights("量", {"volume": 0.5})
    assert target(town, 2) == found


def test_a_lever_may_be_chosen_and_a_task_may_have_none(town: Workspace) -> None:
    town.create_targets([INPUT], lever="outsourcing")
    town.create_targets([ADVICE])
    assert target(town, 1).lever == "outsourcing"
    assert (target(town, 2).lever, target(town, 2).expected_hours) == (None, None)
    assert "手段「robot」はありません" in refusal(
        lambda: town.create_targets([SENDING], lever="robot")
    )


def test_a_task_is_a_target_once(town: Workspace) -> None:
    town.create_targets([INPUT])
    told = refusal(lambda: town.create_targets([SENDING, INPUT]))
    assert told == (
        "業務「賦課／申告書の入力」は、もう対象 1「賦課／申告書の入力」です。そちらを開いてください。"
    )
    assert "2 度選ばれて" in refusal(lambda: town.create_targets([SENDING, SENDING]))
    assert town.list_targets().height == 1
    move(town, "withdrawn", reason="やめる")
    assert town.create_targets([SENDING, INPUT]) == [2, 3]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"task_ids": []}, "業務が選ばれていません"),
        ({"task_ids": ["ない-1"]}, "業務ID「ない-1」は今の調査票にありません"),
        ({"status": "done"}, "候補、選定 のどちらか"),
        ({"happened_on": date(2027, 6, 21)}, "今日 2027-06-20 より後です"),
        ({"values": {"done_by": 27}}, "実施済にする年度「27」は使えません"),
    ],
)
def test_what_cannot_be_a_target(town: Workspace, arguments: dict[str, Any], told: str) -> None:
    assert told in refusal(lambda: town.create_targets(**{"task_ids": [INPUT], **arguments}))
    assert town.list_targets().is_empty()


# --- two editors --------------------------------------------------------------------------------

CHANGES: Final[dict[str, Callable[[Workspace, int], None]]] = {
    "edit": lambda w, seen: w.edit_target(1, seen, {"owner": "佐藤"}),
    "move": lambda w, seen: w.move_target(1, seen, "reviewing"),
    "merge": lambda w, seen: w.merge_targets(1, seen, 2),
    "split": lambda w, seen: w.split_target(1, seen, {"入力": 0.6, "確認": 0.4}),
    "refreeze": lambda w, seen: w.refreeze_target(1, seen, "調査が変わった"),
    "unmeasure": lambda w, seen: w.withdraw_measurement(1, seen, 1, "間違い"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_slower_of_two_editors_learns_what_the_quicker_did(
    town: Workspace, change: str
) -> None:
    town.create_targets([INPUT, SENDING])
    town.measure_target(MEASURED)
    seen = target(town).version
    with acting(YAMADA):
        town.move_target(1, seen, "running", date(2027, 6, 20), "急ぐ")
    before, log = target(town), len(audit(town))
    with pytest.raises(ChangedMeanwhileError) as refused:
        CHANGES[change](town, seen)
    assert "状態：選定 → 実施中、理由：急ぐ（yamada、6月20日 12:00）" in str(refused.value)
    assert (target(town), len(audit(town))) == (before, log)
    resend(town, 300)
    if change != "move":  # nobody reviews what is running
        CHANGES[change](town, before.version)
        assert target(town).version > before.version


# --- moving -------------------------------------------------------------------------------------


def test_all_the_way_and_back(town: Workspace) -> None:
    town.create_targets([INPUT], status="candidate", happened_on=date(2026, 4, 1))
    move(town, "selected", "reviewing", "running", "done", happened_on=date(2026, 5, 1))
    assert "先に効果を実績として入れてください" in refusal(lambda: move(town, "confirmed"))
    town.measure_target(MEASURED)
    move(town, "confirmed")
    assert (target(town).status, target(town).status_since) == ("confirmed", date(2027, 6, 20))
    assert town.read_target(1).moves == {"done": True, "withdrawn": True}
    move(town, "done", "running", "selected", "candidate", "shelved", "candidate", reason="見直す")
    assert target(town).status_reason == "見直す"
    move(town, "withdrawn", reason="やめる")
    assert town.read_target(1).moves == {}
    assert town.read_target(1).history[:3] == [
        "登録（local、6月20日 12:00）",
        "状態：候補 → 選定（local、6月20日 12:00）",
        "状態：選定 → 検討中（local、6月20日 12:00）",
    ]
    assert len(town.read_target(1).history) == 13
    assert "新しい対象を作ってください" in refusal(lambda: move(town, "candidate", reason="また"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"status": "confirmed"}, "次にできるのは 検討中、実施中、候補、見送り、取下げ です"),
        ({"status": "shelved"}, "する理由がありません"),
        ({"status": "shelved", "reason": " "}, "する理由がありません"),
        ({"status": "running", "happened_on": date(2027, 6, 21)}, "今日 2027-06-20 までの日"),
        ({"status": "running", "happened_on": date(2027, 3, 31)}, "「選定」になった 2027-04-01 から"),
        ({"status": "nowhere"}, "「nowhere」にできません"),
    ],
)  # fmt: skip
def test_moves_that_are_refused(town: Workspace, arguments: dict[str, Any], told: str) -> None:
    town.create_targets([INPUT], happened_on=date(2027, 4, 1))
    before = target(town)
    assert told in refusal(lambda: town.move_target(1, 1, **arguments))
    assert target(town) == before


# --- editing ------------------------------------------------------------------------------------


def test_fields_are_changed_and_told(town: Workspace) -> None:
    town.create_targets([INPUT])
    plan = {"2026": "試行", "2027": "本格実施"}
    given = {"schedule": plan, "links": ["https://example.jp/a", r"\\server\共有"], "notes": "秘"}
    town.edit_target(1, 1, given)
    found = target(town)
    assert found.schedule == {2026: "試行", 2027: "本格実施"}
    assert found.links == ("https://example.jp/a", r"\\server\共有")
    assert (
        "取組スケジュール：（なし） → 2026年度 試行、2027年度 本格実施（local、6月20日 12:00）"
        in (town.read_target(1).history)
    )
    action, before, after = audit(town)[0]
    assert (action, before["links"], after["schedule"]) == ("target.edit", [], plan)
    assert "秘" not in str(town.store.read_audit().rows())


def test_an_edit_that_changes_nothing_is_not_kept(town: Workspace) -> None:
    town.create_targets([INPUT], values={"owner": "山田"})
    log = len(audit(town))
    town.edit_target(1, 1, {"owner": "山田", "means": []})
    assert (target(town).version, len(audit(town))) == (1, log)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"links": ["javascript:alert(1)"]}, "http://、https://、file://"),
        ({"schedule": {"27": "試行"}}, "年度（西暦 4 桁）ごとの文"),
        ({"expected_hours": 1.0}, "「見込みの取り直し」をしてください"),
        ({"nonsense": "x"}, "項目「nonsense」はありません"),
        ({"name": ""}, "取組名を空にすることはできません"),
    ],
)
def test_edits_that_are_refused(town: Workspace, values: dict[str, Any], told: str) -> None:
    town.create_targets([INPUT])
    assert told in refusal(lambda: town.edit_target(1, 1, values))
    assert target(town).version == 1


def test_an_expectation_is_taken_anew_with_a_reason(town: Workspace) -> None:
    """300 hours instead of 400: 240 taken over, 240 x 0.326 - 6 = 72.24."""
    town.create_targets([INPUT])
    resend(town, 300)
    assert "理由がありません" in refusal(lambda: town.refreeze_target(1, 1, " "))
    town.refreeze_target(1, 1, "調査票が差し替わった")
    found = target(town)
    assert (found.hours, found.expected_hours) == pytest.approx((300.0, 72.24))
    action, before, after = audit(town)[0]
    assert (action, before["hours"], after["hours"]) == ("target.refreeze", 400.0, 300.0)
    [line] = [line for line in town.read_target(1).history if "年間作業時間" in line]
    assert "400 時間/年 → 300 時間/年、理由：調査票が差し替わった" in line


# --- merging and splitting ----------------------------------------------------------------------


def test_parts_share_the_work(town: Workspace) -> None:
    town.create_targets([INPUT], values={"owner": "山田", "done_by": 2027})
    town.split_target(1, 1, {"入力": 0.6, "確認": 0.4})
    first, second = target(town, 1), target(town, 2)
    assert (first.part, second.part, second.split_from) == ("入力", "確認", 1)
    assert (first.hours, second.hours) == pytest.approx((240.0, 160.0))
    assert (first.expected_hours, second.expected_hours) == pytest.approx((58.992, 39.328))
    assert (second.taken_hours, second.rate) == pytest.approx((128.0, 0.886))
    same = ("name", "task_ids", "lever", "owner", "done_by", "status", "weight_set", "edition_id")
    assert [getattr(first, name) for name in same] == [getattr(second, name) for name in same]
    assert "1 つの業務そのものではない" in refusal(lambda: town.refreeze_target(1, 2, "理由"))


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"入力": 0.6, "確認": 0.3}, "割合の合計が 0.9 です"),
        ({"入力": 1.5, "確認": -0.5}, "0 より大きい数"),
        ({"入力": math.nan, "確認": 0.5}, "0 より大きい数"),
        ({"入力": 1.0}, "2 つ以上書いてください"),
        ({"入力": 0.5, " ": 0.5}, "2 つ以上書いてください"),
        ({}, "2 つ以上書いてください"),
    ],
)
def test_parts_that_are_refused(town: Workspace, parts: dict[str, float], told: str) -> None:
    town.create_targets([INPUT])
    assert told in refusal(lambda: town.split_target(1, 1, parts))
    assert town.list_targets().height == 1


def test_one_target_ends_in_another(town: Workspace) -> None:
    town.create_targets([INPUT, SENDING])
    town.merge_targets(2, 2, 1, "同じ道具")
    assert (target(town, 2).merged_into, target(town, 1).task_ids) == (1, (INPUT, SENDING))
    assert town.read_target(2).moves == {}
    assert "対象 1 に統合されています" in refusal(lambda: move(town, "running", number=2))
    assert "それ自身に統合" in refusal(lambda: town.merge_targets(1, 3, 1))
    assert town.read_target(1).history[-1].startswith("統合：対象 2 を取り込んだ、理由：同じ道具")
    assert "もう対象 1" in refusal(lambda: town.create_targets([SENDING]))


# --- who may ------------------------------------------------------------------------------------


def test_a_division_sees_and_measures_its_own_targets_only(town: Workspace) -> None:
    town.create_targets([INPUT, ADVICE])
    with acting(WELFARE):
        assert town.list_targets()["target_id"].to_list() == [2]
        assert town.read_target(2).target.division == "福祉課"
        with pytest.raises(RefusedError, match="ほかの課のもの"):
            town.read_target(1)
        with pytest.raises(RefusedError, match="ほかの課のもの"):
            town.measure_target(MEASURED)
        with pytest.raises(RefusedError, match="この操作は"):
            town.move_target(2, 2, "running")
    assert "対象の番号 9 がありません" in refusal(lambda: town.read_target(9))
