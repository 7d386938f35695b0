"""Means of rebuilding fit by their conditions; pitfalls come the most specific first."""

from typing import Any

import polars as pl
import pytest

from bpr.score.means import find_means, list_pitfalls
from bpr.settings.load import load_settings
from bpr.settings.means import Mean, MeansSettings, Pitfall
from bpr.settings.when import When
from tests.builder import ROUTINE, assert_rows, score, task, tasks_frame

PRODUCT = load_settings(MeansSettings, "means.toml", None)
CORE: dict[str, Any] = {"must_be_staff": True}


def mean(*when: When) -> Mean:
    return Mean(label="手立て", what="替えます。", first="誰ですか。", source="目安", grade="C", when=when)  # fmt: skip


def pitfall(**belongs: Any) -> Pitfall:
    return Pitfall(label="落とし穴", check="決めましたか。", why="困ります。", source="目安", grade="C", **belongs)  # fmt: skip


def fit(name: str, activity: str | None = None, **known: Any) -> list[str]:
    facts = score(tasks_frame(task(name, activity, **known))).facts
    return find_means(facts, PRODUCT)["mean"].to_list()


@pytest.mark.parametrize(
    ("name", "activity", "known", "means"),
    [
        ("太陽光補助金", "申請書の受付、添付書類の確認", ROUTINE, ["omit_attachments", "unify_forms"]),
        ("児童扶養手当", "現況届の受付、形式審査", {**ROUTINE, "resident_seal": True}, ["omit_attachments", "abolish_seals"]),
        ("予算要求", "要求書の受付、添付書類の確認", ROUTINE, ["unify_forms"]),
        ("要介護認定", "申請書の受付", {**ROUTINE, "resident_seal": False}, ["omit_attachments"]),
        ("統計書", "数値の転記、検算", ROUTINE, ["drop_steps"]),
        ("収納", "納付済通知書の消込", ROUTINE, []),
        ("町民税", "納税通知書の封入・発送", {**ROUTINE, "medium": "paper_huge"}, ["go_paperless"]),
        ("町民税", "納税通知書の封入・発送", {**ROUTINE, "medium": "electronic"}, []),
        ("総合計画", "各課の調書の回収、集計", ROUTINE, ["unify_forms"]),
        ("経済センサス", "調査票の回収、集計", ROUTINE, []),
        ("公園の管理", "遊具の目視確認", {}, ["review_analog_rules"]),
        ("公園の管理", "掲示物の整理", {}, []),
        ("固定資産税", "縦覧帳簿の閲覧", {}, ["review_analog_rules"]),
        ("レセプト点検", "内容点検、縦覧点検", {}, []),
        ("住民異動届", "届出の受付、本人確認", ROUTINE, ["book_ahead"]),
        ("総合窓口", "窓口での苦情の対応", {}, []),
        ("貸館", "利用申込の受付", {**ROUTINE, "annual_count": 1000.0}, ["book_ahead"]),
        ("貸館", "利用申込の受付", {**ROUTINE, "annual_count": 999.0}, []),
        ("浄水場", "運転日誌の記入、集計", ROUTINE, ["fewer_rounds"]),
        ("会議", "定例会の開催方針の決定", CORE, []),
        ("漏水減免", "減免の審査、決定", {**CORE, "approval_seal": True, "annual_count": 350.0}, ["fewer_approvals"]),
        ("漏水減免", "減免の審査、決定", {**CORE, "approval_seal": True, "annual_count": 5.0}, []),
        ("漏水減免", "減免の審査、決定", {**CORE, "approval_seal": False, "annual_count": 350.0}, []),
        ("伝票起票", "請求の起票", {**ROUTINE, "approval_seal": True}, ["abolish_seals", "share_common_work"]),
        ("文書の収受", "収受登録、供覧", ROUTINE, ["share_common_work"]),
        ("旅費の審査", "旅費の審査", CORE, []),
        ("総合計画の策定", "基本構想の立案", CORE, []),
    ],
)  # fmt: skip
def test_the_products_means(
    name: str, activity: str, known: dict[str, Any], means: list[str]
) -> None:
    assert fit(name, activity, **known) == means


def test_the_same_work_in_three_divisions_may_be_shared() -> None:
    tasks = tasks_frame(
        *(
            task("名札の作成", task_id=number, division=number, **ROUTINE)
            for number in ("1", "2", "3")
        ),
        task("腕章の作成", task_id="4", division="1", **ROUTINE),
    )
    found = find_means(score(tasks).facts, PRODUCT).filter(mean="share_common_work")
    assert found["task_id"].to_list() == ["1", "2", "3"]


def test_one_condition_is_enough_and_a_mean_is_told_once() -> None:
    settings = MeansSettings(
        means={
            "b": mean(When(medium=("paper",)), When(yes=("resident_seal",))),
            "a": mean(When(medium=("paper",))),
        },
        pitfalls={},
    )
    tasks = tasks_frame(
        task("2", medium="paper", resident_seal=True),
        task("3", medium="electronic"),
        task("1", resident_seal=True),
        task("4"),
    )
    found = find_means(score(tasks).facts, settings)
    assert_rows(found, "task_id mean", [["2", "b"], ["2", "a"], ["1", "b"]])


@pytest.mark.parametrize("settings", [PRODUCT, MeansSettings(means={}, pitfalls={})])
def test_nothing_gives_an_empty_frame(settings: MeansSettings) -> None:
    facts = score(tasks_frame(task("総合計画の策定"))).facts
    found = find_means(facts.clear(), settings)
    assert found.is_empty()
    assert found.schema == {"task_id": pl.String, "mean": pl.String}


PITFALLS = MeansSettings(
    means={"seals": mean(When(missing=("medium",))), "forms": mean(When(missing=("medium",)))},
    pitfalls={
        "all": pitfall(),
        "rpa": pitfall(levers=("rpa",)),
        "seals": pitfall(means=("seals",)),
        "both": pitfall(levers=("rpa",), means=("seals",)),
        "forms": pitfall(means=("forms",)),
        "all too": pitfall(),
    },
)


@pytest.mark.parametrize(
    ("lever", "means", "names"),
    [
        (None, [], ["all", "all too"]),
        ("ai_ocr", [], ["all", "all too"]),
        ("rpa", [], ["rpa", "both", "all", "all too"]),
        (None, ["forms", "seals"], ["seals", "both", "forms", "all"]),
        ("rpa", ["seals"], ["rpa", "seals", "both", "all"]),
        ("rpa", ["seals", "forms"], ["rpa", "seals", "both", "forms"]),
    ],
)
def test_pitfalls(lever: str | None, means: list[str], names: list[str]) -> None:
    listed = list_pitfalls(lever, means, PITFALLS)
    assert [id(p) for p in listed] == [id(PITFALLS.pitfalls[name]) for name in names]


def test_paper_beside_an_online_application_is_asked_about() -> None:
    listed = list_pitfalls("online_application", [], PRODUCT)
    assert "紙の受付をやめる日" in listed[0].check
    assert [p.is_general for p in listed] == [False, False, True, True]
