"""Person > survey > model; each class with its source, sureness and reason."""

from typing import Any

import polars as pl
import pytest

from bpr.frames import Corrections
from tests.builder import ROUTINE, assert_rows, score, task, tasks_frame

COLUMNS = "work_class work_class_source work_class_probability confidence"


def corrections(*rows: tuple[str, str, str | None]) -> Any:
    schema = Corrections.create_empty().schema
    return Corrections.validate(pl.DataFrame(list(rows), schema=schema, orient="row"))


@pytest.mark.parametrize(
    ("answers", "work_class"),
    [
        ({"must_be_staff": True}, "core"),
        ({"must_be_staff": True, "needs_expertise": False, "is_routine": True}, "core"),
        ({"must_be_staff": False, "needs_expertise": True}, "expert"),
        ({"must_be_staff": False, "needs_expertise": True, "is_routine": True}, "expert"),
        (ROUTINE, "routine"),
        ({**ROUTINE, "is_routine": False}, "nonroutine"),
    ],
)
def test_the_surveys_answers_decide(answers: dict[str, Any], work_class: str) -> None:
    classes = score(tasks_frame(task("例規の改正方針の決定", **answers))).classes
    assert_rows(classes, COLUMNS, [[work_class, "survey", 1.0, "A"]])


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"must_be_staff": False},
        {"needs_expertise": True},
        {"must_be_staff": False, "needs_expertise": False},
        {"is_routine": True},
    ],
)
def test_open_answers_leave_it_to_the_model(answers: dict[str, Any]) -> None:
    classes = score(tasks_frame(task("申請書のデータ入力", **answers))).classes
    assert_rows(classes, "work_class work_class_source", [["routine", "model"]])


def test_a_person_wins_over_survey_and_model() -> None:
    tasks = tasks_frame(task("データ入力", **ROUTINE), task("書類の発送"), task("受付", **ROUTINE))
    said = corrections(
        ("データ入力", "expert", "専用機"),
        ("書類の発送", "core", None),
        ("消えた業務", "core", None),
    )
    classes = score(tasks, corrections=said).classes.sort("task_id", descending=True)
    assert_rows(
        classes,
        "task_id work_class work_class_source work_class_probability confidence reason",
        [
            ["書類の発送", "core", "person", 1.0, "A", "人が確認しました：理由の記入なし"],
            ["受付", "routine", "survey", 1.0, "A", "調査票に、専門性は不要で定型と答えています。"],
            ["データ入力", "expert", "person", 1.0, "A", "人が確認しました：専用機"],
        ],
    )


def test_the_models_opinion_stays_beside_what_people_say() -> None:
    classes = score(tasks_frame(task("申請書のデータ入力", must_be_staff=True))).classes
    assert_rows(classes, "work_class model_class", [["core", "routine"]])


def test_the_reason_names_the_acts_that_were_found() -> None:
    classes = score(tasks_frame(task("賦課", "申告書の入力・照合"))).classes
    assert classes["reason"].to_list() == [
        "「入力」「照合」という言葉から、III 定型 と判定しました。"
    ]


@pytest.mark.parametrize("name", ["asdfgh", "😀😀", "data input", "？？？", "12345", "…。"])
def test_nonsense_has_no_class_and_says_so(name: str) -> None:
    classes = score(tasks_frame(task(name), task("データ入力"))).classes.filter(task_id=name)
    assert_rows(
        classes,
        f"{COLUMNS} reason",
        [[None, "model", None, None, "判定できる言葉がありません。人が確認してください。"]],
    )


def test_nonsense_answered_by_the_survey_has_the_surveys_class() -> None:
    assert_rows(
        score(tasks_frame(task("😀😀", **ROUTINE))).classes,
        COLUMNS,
        [["routine", "survey", 1.0, "A"]],
    )


@pytest.mark.parametrize(
    "name",
    [
        "婚姻届の受理決定", "受理決定", "道路占用の許可", "道路占用許可", "建築許可", "開発行為の許可", "農地転用の許可", "営業許可",
        "滞納者の財産の差押", "不動産の差押え", "給与の差押", "預金差押", "生活保護の決定", "保育料の減免決定", "介護認定", "違反建築物への命令", "補助金の交付決定",
    ],
)  # fmt: skip
@pytest.mark.parametrize("task_name", [None, "窓口業務", "証明書の発行", "データ入力"])
def test_acts_of_authority_are_never_routine_for_sure(name: str, task_name: str | None) -> None:
    one = task(task_name, name) if task_name else task(name)
    row = score(tasks_frame(one)).classes.row(0, named=True)
    assert (row["work_class"], row["confidence"]) != ("routine", "A")


@pytest.mark.parametrize(
    ("name", "activity", "work_class"),
    [
        ("国民健康保険", "申請書のデータ入力", "routine"),
        ("住民票", "証明書の郵送", "routine"),
        ("総合計画", "計画の策定方針の検討", "core"),
        ("税務", "滞納処分の決定、差押えの執行", "core"),
        ("健康相談", "保健師による保健指導", "expert"),
    ],
)
def test_plain_cases(name: str, activity: str, work_class: str) -> None:
    assert score(tasks_frame(task(name, activity))).classes["work_class"].to_list() == [work_class]


def test_confidence_follows_the_probability() -> None:
    names = [
        "データ入力",
        "申請書の入力",
        "窓口",
        "施設の管理",
        "相談",
        "建築許可",
        "審査",
        "会議",
        "調査",
        "台帳整備",
    ]
    classes = score(tasks_frame(*map(task, names))).classes
    for probability, confidence in classes.select("work_class_probability", "confidence").rows():
        assert confidence == ("A" if probability >= 0.85 else "B" if probability >= 0.6 else "C")
    assert classes["confidence"].n_unique() > 1


def test_classes_do_not_depend_on_the_company_they_keep() -> None:
    names = ["データ入力", "差押", "相談", "会場の設営", "施設の管理"]
    together = score(tasks_frame(*map(task, names))).classes
    for name in names:
        alone = score(tasks_frame(task(name))).classes
        beside = together.filter(task_id=name)
        assert alone["work_class"].to_list() == beside["work_class"].to_list()
        assert alone["work_class_probability"].item() == pytest.approx(
            beside["work_class_probability"].item()
        )
