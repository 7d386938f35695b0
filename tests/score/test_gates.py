"""Gates cap a score whatever the criteria say."""

from typing import Any

import polars as pl
import pytest

from tests.builder import ROUTINE, assert_rows, score, task, tasks_frame

RICH: dict[str, Any] = {
    "annual_count": 50000.0,
    "annual_hours": 5000.0,
    "staff_type": "nonregular",
    "systems": "文書管理",
    "peak_months": "3月",
}


MAIN = ["ai_ocr", "rpa", "outsourcing"]
CORE = dict.fromkeys(MAIN, "core_work")


@pytest.mark.parametrize(
    ("activity", "known", "gates"),
    [
        ("申告書の入力", {**ROUTINE, "medium": "paper_huge"}, {}),
        ("申告書の入力", {"must_be_staff": True, "medium": "paper_huge"}, CORE),
        ("申告書の入力", {**ROUTINE, "medium": "electronic"}, {"ai_ocr": "no_paper"}),
        ("申告書の入力", {**ROUTINE, "medium": "none"}, {"ai_ocr": "no_paper"}),
        ("申告書の入力", {"must_be_staff": True, "medium": "electronic"}, {**CORE, "ai_ocr": "no_paper"}),
        ("申告書の審査", {**ROUTINE, "medium": "paper"}, {"outsourcing": "judgement_act"}),
        ("受付・許可の決定", {**ROUTINE, "medium": "paper"}, {"outsourcing": "judgement_act"}),
        ("差押", {"must_be_staff": True, "medium": "paper"}, CORE),
        ("審査結果の入力", {**ROUTINE, "medium": "paper"}, {}),
        ("住民からの苦情への対応、関係課との協議", {"must_be_staff": False, "needs_expertise": False, "is_routine": False}, {"outsourcing": "needs_instructions"}),
        ("個人番号の入力", {**ROUTINE, "medium": "paper_huge"}, {"ai_ocr": "number_act", "outsourcing": "number_act"}),
        ("申告書の入力", {**ROUTINE, "medium": "paper", "systems": "介護保険システム"}, {"rpa": "standardized_system"}),
        ("申告書の入力", {**ROUTINE, "medium": "paper", "annual_hours": 30.0}, dict.fromkeys(MAIN, "few_hours")),
    ],
)  # fmt: skip
def test_gates(activity: str, known: dict[str, Any], gates: dict[str, str]) -> None:
    found = score(tasks_frame(task("賦課", activity, **{**RICH, **known}))).scores
    main = found.filter(pl.col("lever").is_in(MAIN))
    assert {r["lever"]: r["gate"] for r in main.to_dicts() if r["gate"]} == gates
    for row in found.to_dicts():
        assert row["score"] == pytest.approx(min(row["uncapped_score"], row["cap"]))
        assert (row["gate"] is not None) == (row["uncapped_score"] > row["cap"])
        if row["gate"]:
            assert row["score_low"] <= row["score"] == row["score_high"] == row["cap"]


@pytest.mark.parametrize(
    "system",
    [
        "住民基本台帳システム", "戸籍情報システム", "戸籍の附票", "固定資産税システム", "個人住民税システム", "法人市町村民税",
        "軽自動車税システム", "国民健康保険システム", "国民年金", "障がい福祉システム", "後期高齢者医療システム", "介護保険システム",
        "児童手当システム", "生活保護システム", "健康管理システム", "就学システム", "児童扶養手当システム", "子ども子育て支援システム",
        "選挙人名簿管理", "印鑑登録システム",
    ],
)  # fmt: skip
def test_the_twenty_standardized_systems_cap_rpa(system: str) -> None:
    known = {**RICH, **ROUTINE, "medium": "electronic"}
    capped = score(tasks_frame(task("賦課", "転記", **{**known, "systems": system})))
    assert capped.score("賦課", "rpa") == 55.0
    free = score(tasks_frame(task("賦課", "転記", **{**known, "systems": "財務会計システム"})))
    assert free.score("賦課", "rpa") > 80


def test_a_gate_that_may_apply_lowers_only_the_low_end() -> None:
    known = {**RICH, **ROUTINE, "medium": "electronic"}
    unknown = score(tasks_frame(task("賦課", "固定資産データの転記", **{**known, "systems": None})))
    assert unknown.score("賦課", "rpa") > 60
    assert unknown.score("賦課", "rpa", "score_low") == 55.0
    assert unknown.score("賦課", "rpa", "score_high") > 80


def test_unknown_hours_may_be_few() -> None:
    known = {**RICH, **ROUTINE, "medium": "electronic", "annual_hours": None}
    found = score(tasks_frame(task("賦課", "転記", **known)))
    assert found.score("賦課", "rpa", "score_low") == 20.0
    assert found.score("賦課", "rpa") > 60


AUTHORITY = [
    "審査",
    "支給の決定",
    "要介護認定",
    "道路占用の許可",
    "行政処分",
    "預金の差押え",
    "婚姻届の受理",
    "立入検査",
]


@pytest.mark.parametrize("act", AUTHORITY)
@pytest.mark.parametrize("before", ["", "申請の受付、", "書類の整理・"])
def test_no_act_of_authority_is_recommended_for_outsourcing_ungated(before: str, act: str) -> None:
    """Whatever the survey says of its class."""
    for answers in (ROUTINE, {}, {"must_be_staff": False, "needs_expertise": True}):
        found = score(tasks_frame(task("賦課", before + act, **{**RICH, **answers})))
        assert found.score("賦課", "outsourcing") <= 45
        gate = found.scores.filter(pl.col("lever") == "outsourcing")["gate"].item()
        assert gate in {"core_work", "judgement_act", None}
        assert gate is not None or found.score("賦課", "outsourcing", "uncapped_score") <= 45


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
    known = {**RICH, "medium": "paper_huge", "must_be_staff": True, "approval_seal": False}
    ranks = score(tasks_frame(task("賦課", "財産の差押え", **known))).ranks
    assert_rows(
        ranks.with_columns(pl.col("best_lever").cast(pl.String)),
        "best_lever gate saving_hours_low saving_hours saving_hours_high",
        [[None, "core_work", None, None, None]],
    )
