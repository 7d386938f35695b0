"""What may be written into a target, field by field."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bpr.decide.entries import (
    _CHECKS,
    changed_values,
    check_create,
    check_edit,
    check_merge,
    check_refreeze,
    check_split,
    merge_values,
)
from bpr.decide.targets import TARGET_FIELDS, Target
from bpr.deciding_terms import FROZEN_FIELDS
from bpr.deciding_terms import TARGET_FIELDS as LABELS
from bpr.errors import InputError
from tests.decide.records import TODAY

SINCE = date(2025, 5, 1)
TARGET = Target(3, "running", SINCE, date(2025, 4, 1), 1, name="住民票", task_ids=("t1",))
OTHER = Target(4, "done", date(2025, 6, 1), SINCE, 2, name="戸籍", task_ids=("t2",))
GONE = Target(5, "withdrawn", SINCE, SINCE, 2, name="印鑑")


def test_every_field_has_a_label_and_a_check() -> None:
    assert set(TARGET_FIELDS) == set(LABELS) == set(_CHECKS)
    assert set(FROZEN_FIELDS) < set(LABELS)


GOOD: list[dict[str, Any]] = [
    {"links": ["http://a", "https://a/b", "file:///c:/x", r"\\server\share\計画.xlsx"]},
    {"schedule": {"2025": "試行", "2026": "本番"}},
    {"done_by": 2027, "lever": "rpa", "division": None, "means": ["押印の廃止"]},
    {"lever": None, "task_ids": ["t1", "t2"], "notes": "=1+1"},
]


@pytest.mark.parametrize("values", GOOD)
def test_good_values_pass(values: dict[str, Any]) -> None:
    check_edit(TARGET, values, TODAY, TODAY)
    check_create({"name": "新規"} | values, TODAY, TODAY)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"links": ["javascript:alert(1)"]}, "資料のリンク"),
        ({"links": ["C:\\x.xlsx"]}, "資料のリンク"),
        ({"lever": "robot"}, "手段「robot」"),
        ({"done_by": 27}, "実施済にする年度「27」"),
        ({"done_by": True}, "実施済にする年度"),
        ({"schedule": {"令和7": "試行"}}, "取組スケジュール"),
        ({"schedule": {"2025": 3}}, "取組スケジュール"),
        ({"task_ids": "t1"}, "業務ID"),
        ({"means": [""]}, "進め方"),
        ({"policy": 3}, "今後の方針「3」"),
        ({"name": ""}, "取組名を空"),
        ({"status": "done"}, "項目「status」はありません"),
        ({"merged_into": 4}, "項目「merged_into」はありません"),
    ],
)
def test_a_bad_value_is_named(values: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match="対象 3「住民票」") as caught:
        check_edit(TARGET, values, TODAY, TODAY)
    assert said in str(caught.value)
    assert str(caught.value).endswith("ください。")


@pytest.mark.parametrize("name", FROZEN_FIELDS)
def test_an_edit_leaves_the_expectation_alone(name: str) -> None:
    with pytest.raises(InputError, match="見込みの取り直し"):
        check_edit(TARGET, {name: None}, TODAY, TODAY)


def test_an_expectation_is_frozen_anew_with_a_reason() -> None:
    new = {"expected_hours": -3.0, "expected_evidence": "assumed", "rank": 2}
    check_refreeze(TARGET, new, "件数が増えた", TODAY, TODAY)
    for values, reason in ((new, " "), ({"name": "別"}, "理由"), ({"rank": 0}, "理由")):
        with pytest.raises(InputError):
            check_refreeze(TARGET, values, reason, TODAY, TODAY)
    with pytest.raises(InputError, match="年間作業時間"):
        check_refreeze(TARGET, {"hours": float("nan")}, "理由", TODAY, TODAY)


@pytest.mark.parametrize("day", [date(2025, 3, 31), date(2025, 11, 22)])
def test_an_edit_holds_from_a_day_of_the_target_on(day: date) -> None:
    check_edit(TARGET, {"notes": "x"}, date(2025, 4, 1), TODAY)
    with pytest.raises(InputError, match="2025-04-01 から今日"):
        check_edit(TARGET, {"notes": "x"}, day, TODAY)


def test_what_is_final_stays() -> None:
    checks: list[Callable[[], None]] = [
        lambda: check_edit(GONE, {"notes": "x"}, TODAY, TODAY),
        lambda: check_refreeze(GONE, {"rank": 1}, "理由", TODAY, TODAY),
        lambda: check_merge(TARGET, GONE, TODAY, TODAY),
        lambda: check_merge(GONE, TARGET, TODAY, TODAY),
        lambda: check_split(GONE, ["a", "b"], TODAY, TODAY),
    ]
    for check in checks:
        with pytest.raises(InputError, match="対象 5「印鑑」は「取下げ」なので"):
            check()


def test_a_new_target_needs_a_name_and_a_past_day() -> None:
    check_create({"name": "住民票"}, TODAY, TODAY)
    for values, day in (({}, TODAY), ({"name": "x"}, date(2025, 11, 22)), ({"name": None}, TODAY)):
        with pytest.raises(InputError, match="新しい対象"):
            check_create(values, day, TODAY)


def test_merging_needs_two_and_a_day_that_fits_both() -> None:
    check_merge(TARGET, OTHER, date(2025, 6, 1), TODAY)
    with pytest.raises(InputError, match="それ自身"):
        check_merge(TARGET, TARGET, TODAY, TODAY)
    with pytest.raises(InputError, match="対象 4「戸籍」の日付 2025-05-31"):
        check_merge(TARGET, OTHER, date(2025, 5, 31), TODAY)
    assert merge_values(TARGET, OTHER) == {"merged_into": 4, "task_ids": ["t1"]}


@pytest.mark.parametrize("parts", [[], ["受付"], ["受付", "受付"], ["受付", " "]])
def test_a_split_names_different_parts(parts: list[str]) -> None:
    check_split(TARGET, ["受付", "入力"], TODAY, TODAY)
    with pytest.raises(InputError, match="切り分け"):
        check_split(TARGET, parts, TODAY, TODAY)


def test_only_what_is_new_is_written() -> None:
    same: dict[str, object] = {"name": "住民票", "task_ids": ["t1"], "schedule": {}, "notes": None}
    assert changed_values(TARGET, {**same, "owner": "佐藤"}) == {"owner": "佐藤"}
