"""Gates cap a score whatever the criteria say, and leave no savings beside them."""

from typing import Any

import polars as pl
import pytest

from tests.builder import ROUTINE, SETTINGS, assert_rows, score, task, tasks_frame

RICH: dict[str, Any] = {
    "annual_count": 50000.0,
    "annual_hours": 5000.0,
    "staff_type": "nonregular",
    "systems": "税総合",
    "peak_months": "3月",
}


@pytest.mark.parametrize(
    ("activity", "known", "gates"),
    [
        ("申告書の入力", {**ROUTINE, "medium": "paper_huge"}, {}),
        ("申告書の入力", {"must_be_staff": True, "medium": "paper_huge"}, {"ai_ocr": "core_work", "rpa": "core_work", "outsourcing": "core_work"}),
        ("申告書の入力", {**ROUTINE, "medium": "electronic"}, {"ai_ocr": "no_paper"}),
        ("申告書の入力", {**ROUTINE, "medium": "none"}, {"ai_ocr": "no_paper"}),
        ("申告書の入力", {"must_be_staff": True, "medium": "electronic"}, {"ai_ocr": "no_paper", "rpa": "core_work", "outsourcing": "core_work"}),
        ("申告書の審査", {**ROUTINE, "medium": "paper"}, {"outsourcing": "judgement_act"}),
        ("受付・許可の決定", {**ROUTINE, "medium": "paper"}, {"outsourcing": "judgement_act"}),
        ("差押", {"must_be_staff": True, "medium": "paper"}, {"ai_ocr": "core_work", "rpa": "core_work", "outsourcing": "core_work"}),
        ("審査結果の入力", {**ROUTINE, "medium": "paper"}, {}),
    ],
)  # fmt: skip
def test_gates(activity: str, known: dict[str, Any], gates: dict[str, str]) -> None:
    found = score(tasks_frame(task("賦課", activity, **RICH, **known))).scores
    assert {r["lever"]: r["gate"] for r in found.to_dicts() if r["gate"]} == gates
    for row in found.to_dicts():
        if row["gate"]:
            cap = SETTINGS.scoring.gates[row["gate"]].cap
            assert row["score_low"] <= row["score"] <= row["score_high"] <= cap
            assert row["score"] == pytest.approx(min(row["uncapped_score"], cap))
            assert [
                row[name] for name in ("saving_hours_low", "saving_hours", "saving_hours_high")
            ] == [None] * 3
        else:
            assert row["score"] == pytest.approx(row["uncapped_score"])
            assert row["saving_hours_low"] < row["saving_hours"] < row["saving_hours_high"]


def test_a_cap_binds() -> None:
    known = {**RICH, **ROUTINE, "medium": "paper_huge"}
    free = score(tasks_frame(task("賦課", "申告書の受付・入力", **known)))
    core = score(
        tasks_frame(task("賦課", "申告書の受付・入力", **{**known, "must_be_staff": True}))
    )
    assert free.score("賦課", "outsourcing") > 90
    assert core.score("賦課", "outsourcing", "uncapped_score") > 60
    assert core.score("賦課", "outsourcing") == 35.0


def test_a_capped_task_is_not_recommended_and_names_its_gate() -> None:
    known = {**RICH, "medium": "paper_huge", "must_be_staff": True}
    ranks = score(tasks_frame(task("賦課", "申告書の受付・入力", **known))).ranks
    assert_rows(
        ranks.with_columns(pl.col("best_lever").cast(pl.String)),
        "best_lever gate saving_hours_low saving_hours saving_hours_high",
        [[None, "core_work", None, None, None]],
    )
