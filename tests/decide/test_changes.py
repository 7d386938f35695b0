"""The second of two editors reads what the first did."""

from bpr.decide.changes import describe_changes
from tests.decide.records import History

HISTORY = (
    History()
    .create(1, "2024-04-10", "t1", division="税務課")
    .create(2, "2024-04-10", "t2")
    .move(1, "2024-05-01", "selected")
    .move(2, "2024-05-01", "selected")
    .move(1, "2024-06-01", "shelved", reason="人手が足りない")
    .add(
        1, "edit", "2024-06-02", division="情報課", lever="rpa", done_by=2026, means=["押印の廃止"]
    )
    .add(1, "refreeze", "2024-06-02", reason="件数が増えた", expected_hours=1200.0)
    .merge(2, 1, "2024-06-03", "t2")
)


def test_lines_tell_before_and_after_who_and_when() -> None:
    assert describe_changes(HISTORY.events, 1, 1)[:2] == [
        "状態：候補 → 選定（情報課 山田、11月21日 10:34）",
        "状態：選定 → 見送り、理由：人手が足りない（情報課 山田、11月21日 10:36）",
    ]


def test_fields_are_told_by_their_names() -> None:
    lines = [line.split("（情報課 山田")[0] for line in describe_changes(HISTORY.events, 1, 5)]
    assert lines == [
        "主管課：税務課 → 情報課",
        "実施済にする年度：（なし） → 2026年度",
        "手段：（なし） → RPA",
        "進め方：（なし） → 押印の廃止",
        "見込みの取り直し：削減見込：（なし） → 1,200 時間/年、理由：件数が増えた",
        "統合：対象 2 を取り込んだ",
    ]


def test_the_other_side_of_a_merge() -> None:
    [line] = describe_changes(HISTORY.events, 2, 4)
    assert line.startswith("統合：対象 1 に統合（")


def test_nothing_new_nothing_told() -> None:
    assert describe_changes(HISTORY.events, 1, 8) == []
    assert describe_changes(HISTORY.events, 1, 0)[0].startswith("登録（")
