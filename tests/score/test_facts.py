"""What scoring works out from the answers."""

from typing import Any

import pytest

from tests.builder import score, task, tasks_frame


def fact(name: str, **known: Any) -> Any:
    return score(tasks_frame(task("賦課", "入力", **known))).facts[name].item()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (None, None), ("", None), ("－", None), ("なし", 0), ("無", 0), ("使用しない", 0), ("税総合", 1),
        ("税総合、GIS", 2), ("税総合／GIS・文書管理", 3), ("税総合\n財務会計", 2), ("住基システム及び戸籍", 2),
        ("eLTAX、償却資産システム", 2),
    ],
)  # fmt: skip
def test_systems_are_counted(text: str | None, count: float | None) -> None:
    assert fact("system_count", systems=text) == count


@pytest.mark.parametrize(
    ("text", "peak"),
    [(None, None), ("", None), ("3月～4月", True), ("年度末", True), ("通年", False), ("特になし", False), ("年間を通して", False)],
)  # fmt: skip
def test_a_busy_season_is_told_from_none(text: str | None, peak: object) -> None:
    assert fact("has_peak", peak_months=text) is peak


def test_divisions_of_the_same_work_are_counted() -> None:
    rows = [
        task("支出伝票の作成", "入力", task_id="a", division="税務課"),
        task("支出伝票の作成", "入力", task_id="b", division="福祉課"),
        task("支出伝票の作成", "入力", task_id="c", division="福祉課"),
        task("支出伝票の作成", "照合", task_id="d", division="税務課"),
        task("ﾎﾞﾗﾝﾃｨｱ　の受付", None, task_id="e", division="税務課"),
        task("ボランティア の受付", None, task_id="f", division="総務課"),
        task("会計伝票の照合", "突合", task_id="d2", division="総務課"),
        task("他", None, task_id="g"),
    ]
    facts = score(tasks_frame(*rows)).facts
    assert dict(facts.select("task_id", "division_count").iter_rows()) == {
        "a": 2, "b": 2, "c": 2, "d": 2, "d2": 1, "e": 2, "f": 2, "g": None,
    }  # fmt: skip


def test_names_hold_every_name_normalised() -> None:
    known = {"process_category": "税", "process_group": "町県民税", "process": "ＡＢＣ"}
    assert fact("names", **known) == "税 町県民税 ABC 賦課 入力"
