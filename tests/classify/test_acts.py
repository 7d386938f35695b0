"""Acts of office work in names: what shows them, and what only looks like it."""

import polars as pl
import pytest

from bpr.classify.acts import act_matrix, find_acts
from tests.builder import SETTINGS, task, tasks_frame


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("申請書の入力", ["input"]),
        ("審査結果の入力", ["input"]),
        ("申請書の審査", ["examine"]),
        ("申請の受付・記載確認", ["receive", "check_form"]),
        ("許可証の交付", ["hand_over"]),
        ("道路占用の許可", ["dispose"]),
        ("許可通知の発送", ["mail"]),
        ("交付決定", ["decide"]),
        ("決定通知書の印刷", ["print"]),
        ("財産の差押", ["enforce"]),
        ("差押予告書の発送", ["mail"]),
        ("台帳との突合", ["collate"]),
        ("エクセルへの転記", ["transcribe"]),
        ("月別の集計", ["aggregate"]),
        ("通知書の作成", ["draft"]),
        ("総合計画の策定", ["plan"]),
        ("計画書の印刷・発送", ["print", "mail"]),
        ("他部署との協議", ["negotiate"]),
        ("年末調整", []),
        ("会議の日程調整", ["arrange"]),
        ("現地確認", ["visit"]),
        ("書類の整理・保管", ["file"]),
        ("滞納整理", []),
        ("ごみ処分場", []),
        ("育児相談", ["consult"]),
        ("工事の設計・積算", ["specialize"]),
        ("本人確認", ["identify", "check_form"]),
        ("ﾃﾞｰﾀの入 力", []),
        ("😀", []),
        ("data input", []),
        ("", []),
    ],
)
def test_acts(text: str, acts: list[str]) -> None:
    shown = act_matrix(pl.Series([text]), SETTINGS.acts).row(0, named=True)
    assert [name for name, is_shown in shown.items() if is_shown] == acts


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


@pytest.mark.parametrize("name", sorted(SETTINGS.acts))
def test_each_act_has_a_label_and_patterns(name: str) -> None:
    act = SETTINGS.acts[name]
    assert act.label
    assert act.patterns
