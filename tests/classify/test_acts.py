"""Acts of office work in names: what shows them, and what only looks like it."""

import polars as pl
import pytest

from bpr.classify.acts import act_matrix, find_acts
from bpr.classify.reasons import CLASS_OF_NATURE
from tests.builder import SETTINGS, task, tasks_frame

EXAMPLES = [(name, text) for name, act in SETTINGS.acts.items() for text in act.examples]
COUNTER_EXAMPLES = [
    (name, text) for name, act in SETTINGS.acts.items() for text in act.counter_examples
]


def shown(text: str) -> list[str]:
    row = act_matrix(pl.Series([text]), SETTINGS.acts).row(0, named=True)
    return [name for name, is_shown in row.items() if is_shown]


@pytest.mark.parametrize(("act", "text"), EXAMPLES)
def test_what_the_settings_call_an_example_shows_the_act(act: str, text: str) -> None:
    assert act in shown(text)


@pytest.mark.parametrize(("act", "text"), COUNTER_EXAMPLES)
def test_what_the_settings_call_a_counter_example_does_not(act: str, text: str) -> None:
    assert act not in shown(text)


@pytest.mark.parametrize("name", sorted(SETTINGS.acts))
def test_each_act_says_what_it_is_and_on_what_ground(name: str) -> None:
    act = SETTINGS.acts[name]
    assert all((act.label, act.ground, act.source, act.patterns))
    assert all((act.examples, act.counter_examples))
    assert act.nature in CLASS_OF_NATURE


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("申請書の入力", ["input"]),
        ("審査結果の入力", ["input"]),
        ("申請書の審査", ["examine"]),
        ("申請の受付・記載確認", ["receive", "check_form"]),
        ("婚姻届の受理", ["accept"]),
        ("受理通知の発送", ["mail"]),
        ("許可証の交付", ["hand_over"]),
        ("道路占用の許可", ["dispose"]),
        ("許可通知の発送", ["mail"]),
        ("許可台帳の整理", ["file"]),
        ("補助金の交付決定", ["adjudicate", "decide"]),
        ("決定通知書の印刷", ["print"]),
        ("認定証の印刷", ["print"]),
        ("認定こども園の認可", ["dispose"]),
        ("財産の差押", ["enforce"]),
        ("差押予告書の発送", ["mail"]),
        ("滞納処分", ["dispose", "enforce"]),
        ("処分場の草刈り", ["labor"]),
        ("ごみ処分場", []),
        ("廃棄物の処分", []),
        ("台帳との突合", ["collate"]),
        ("エクセルへの転記", ["transcribe"]),
        ("月別の集計", ["aggregate"]),
        ("通知書の作成", ["draft"]),
        ("総合計画の策定", ["plan"]),
        ("計画書の印刷・発送", ["mail", "print"]),
        ("他部署との協議", ["negotiate"]),
        ("審査会の開催", ["operate_event"]),
        ("年末調整", ["pay"]),
        ("会議の日程調整", ["arrange"]),
        ("現地確認", ["visit"]),
        ("書類の整理・保管", ["file"]),
        ("育児相談", ["consult"]),
        ("工事の設計・積算", ["engineer"]),
        ("本人確認", ["identify", "check_form"]),
        ("ﾃﾞｰﾀの入 力", []),
        ("😀", []),
        ("data input", []),
        ("", []),
    ],
)
def test_acts(text: str, acts: list[str]) -> None:
    assert shown(text) == acts


@pytest.mark.parametrize(
    ("name", "activity", "acts"),
    [
        ("許可申請の審査", "申請書の入力", ["input"]),
        ("許可申請の審査", None, ["examine", "dispose"]),
        ("許可申請の審査", "その他", ["examine", "dispose"]),
        ("庶務", "事務", ["operate_event"]),
        ("賦課", "ﾌﾟﾘﾝﾄ", ["print"]),
    ],
)
def test_the_activity_speaks_before_the_task(
    name: str, activity: str | None, acts: list[str]
) -> None:
    found = find_acts(tasks_frame(task(name, activity)), SETTINGS.acts)
    assert sorted(found["act"]) == sorted(acts)


def test_no_tasks_no_acts() -> None:
    assert find_acts(tasks_frame(task("賦課")).clear(), SETTINGS.acts).height == 0
