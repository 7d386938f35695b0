"""Person > survey > model; each class with its source, sureness, ground and reasons."""

from typing import Any

import polars as pl
import pytest

from bpr.frames import Corrections, DataFrame, empty
from tests.builder import ROUTINE, assert_rows, score, task, tasks_frame

COLUMNS = "work_class work_class_source work_class_probability confidence"
CORE: dict[str, Any] = {"must_be_staff": True}


def corrections(*rows: tuple[str, str, str | None]) -> DataFrame[Corrections]:
    """Words of a person: (task, class, reason)."""
    numbered = [(*row, None, number) for number, row in enumerate(rows, start=1)]
    schema = empty(Corrections).schema
    return Corrections.validate(pl.DataFrame(numbered, schema=schema, orient="row"))


@pytest.mark.parametrize(
    ("answers", "work_class"),
    [
        (CORE, "core"),
        ({"must_be_staff": True, "needs_expertise": False, "is_routine": True}, "core"),
        ({"must_be_staff": False, "needs_expertise": True}, "expert"),
        ({"must_be_staff": False, "needs_expertise": True, "is_routine": True}, "expert"),
        (ROUTINE, "routine"),
        ({**ROUTINE, "is_routine": False}, "nonroutine"),
    ],
)
def test_the_surveys_answers_decide(answers: dict[str, Any], work_class: str) -> None:
    classes = score(tasks_frame(task("例規の改正方針の決定", **answers))).classes
    assert_rows(classes, f"{COLUMNS} survey_class", [[work_class, "survey", 1.0, "A", work_class]])


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
    [row] = score(tasks_frame(task("申請書のデータ入力", **answers))).classes.to_dicts()
    assert (row["work_class"], row["work_class_source"]) == ("routine", "model")
    assert row["survey_class"] is None
    assert row["work_class_probability"] == row["model_probability"]
    assert row["confidence"] == row["model_confidence"] == "A"


def test_a_person_wins_over_survey_and_model() -> None:
    tasks = tasks_frame(task("データ入力", **ROUTINE), task("書類の発送"), task("受付", **ROUTINE))
    said = corrections(
        ("データ入力", "expert", "専用機"),
        ("書類の発送", "core", None),
        ("消えた業務", "core", None),
    )
    assert_rows(
        score(tasks, corrections=said).classes,
        f"task_id {COLUMNS} reason",
        [
            ["データ入力", "expert", "person", 1.0, "A", "人が確認しました：専用機"],
            ["書類の発送", "core", "person", 1.0, "A", "人が確認しました：理由の記入なし"],
            ["受付", "routine", "survey", 1.0, "A", "調査票に、専門性は不要で定型と答えています。"],
        ],
    )


def test_what_survey_and_model_say_stays_beside_what_people_say() -> None:
    tasks = tasks_frame(task("申請書のデータ入力", **CORE))
    columns = ["model_class", "model_probability", "model_confidence", "model_reasons"]
    alone = score(tasks_frame(task("申請書のデータ入力"))).classes.select(columns)
    surveyed = score(tasks).classes
    assert_rows(surveyed, "work_class survey_class model_class", [["core", "core", "routine"]])
    said = corrections(("申請書のデータ入力", "expert", None))
    decided = score(tasks, corrections=said).classes
    assert_rows(decided, "work_class survey_class model_class", [["expert", "core", "routine"]])
    assert surveyed.select(columns).equals(alone)
    assert decided.select(columns).equals(alone)


# --- the ground of a core task, and its parts ---------------------------------------------------


@pytest.mark.parametrize(
    ("name", "answers", "basis"),
    [
        ("申請書の審査", {}, "law"),
        ("滞納者の財産の差押", {}, "law"),
        ("総合計画の策定", {}, "judgement"),
        ("当初予算の編成", {}, "judgement"),
        ("書類の整理", CORE, "judgement"),
        ("申請書の審査", CORE, "law"),
        ("申請書の入力", {}, None),
        ("申請書の審査", ROUTINE, None),
    ],
)
def test_on_what_ground_a_task_is_core(
    name: str, answers: dict[str, Any], basis: str | None
) -> None:
    [row] = score(tasks_frame(task(name, **answers))).classes.to_dicts()
    assert (row["work_class"] == "core") == (basis is not None)
    assert row["core_basis"] == basis


@pytest.mark.parametrize(
    ("name", "activity", "splittable"),
    [
        ("申請", "受付・審査・決定", True),
        ("補助金", "要綱の改正、申請書の受付", True),
        ("申請", "審査", False),
        ("申請", "受付・入力", False),
        ("申請の審査", "申請書の受付", False),
        ("健康", "相談、受付", False),
        ("庶務", None, False),
    ],
)
def test_what_staff_must_do_can_be_split_from_what_others_may(
    name: str,
    activity: str | None,
    splittable: bool,  # noqa: FBT001 - what is expected
) -> None:
    assert score(tasks_frame(task(name, activity))).classes["splittable"].item() is splittable


# --- why ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (CORE, "調査票に「職員でなければできない」と答えています。"),
        (
            {"must_be_staff": False, "needs_expertise": True},
            "調査票に、職員でなくてもよいが専門性が必要と答えています。",
        ),
        (ROUTINE, "調査票に、専門性は不要で定型と答えています。"),
        ({**ROUTINE, "is_routine": False}, "調査票に、専門性は不要で非定型と答えています。"),
    ],
)
def test_what_the_survey_answered_is_the_reason(answers: dict[str, Any], reason: str) -> None:
    assert score(tasks_frame(task("賦課", **answers))).classes["reason"].to_list() == [reason]


def test_the_models_reasons_are_the_reason() -> None:
    [row] = score(tasks_frame(task("賦課", "申告書の入力"))).classes.to_dicts()
    first = "「入力」は入力・登録：書かれた内容をシステムに写す、決まった手順の作業です"
    assert row["model_reasons"][0] == first
    assert row["reason"] == "。".join(row["model_reasons"]) + "。"


def test_the_guard_comes_first_and_no_more_than_three_reasons_are_told() -> None:
    names = ["届出の受理及びデータの入力、台帳の整理", "伝票の審査及び入力、書類の整理"]
    rows = [task("窓口", name, task_id=name, division="市民課") for name in names]
    for row in score(tasks_frame(*rows)).classes.iter_rows(named=True):
        assert row["model_class"] == "routine"
        assert len(row["model_reasons"]) == len(set(row["model_reasons"])) == 3
        assert row["model_reasons"][0].startswith("公権力の行使に当たる作業を含むため")


@pytest.mark.parametrize("name", ["asdfgh", "😀😀", "data input", "？？？", "12345", "…。"])
def test_nonsense_has_no_class_and_says_so(name: str) -> None:
    classes = score(tasks_frame(task(name), task("データ入力"))).classes.filter(task_id=name)
    assert_rows(
        classes,
        f"{COLUMNS} core_basis splittable model_class model_reasons reason",
        [
            [
                None, "model", None, None, None, False, None, [],
                "判定できる言葉がありません。人が確認してください。",
            ]
        ],
    )  # fmt: skip


def test_nonsense_answered_by_the_survey_has_the_surveys_class() -> None:
    assert_rows(
        score(tasks_frame(task("😀😀", **ROUTINE))).classes,
        COLUMNS,
        [["routine", "survey", 1.0, "A"]],
    )


# --- the rows -----------------------------------------------------------------------------------


def test_there_is_a_row_for_every_task_in_their_order() -> None:
    names = ["データ入力", "差押", "asdf", "会場の設営"]
    said = corrections(("会場の設営", "core", None), ("差押", "routine", None))
    classes = score(tasks_frame(*map(task, names)), corrections=said).classes
    assert classes["task_id"].to_list() == names


def test_classes_do_not_depend_on_the_company_they_keep() -> None:
    names = ["データ入力", "差押", "相談", "会場の設営", "施設の管理", "asdf"]
    together = score(tasks_frame(*map(task, names))).classes
    for name in names:
        assert score(tasks_frame(task(name))).classes.equals(together.filter(task_id=name))


@pytest.mark.parametrize("name", ["届出受理事務", "受理業務"])
def test_the_work_of_accepting_is_never_routine_for_sure(name: str) -> None:
    for one in (task("台帳の更新", name), task(name)):
        row = score(tasks_frame(one)).classes.row(0, named=True)
        assert (row["work_class"], row["confidence"]) != ("routine", "A")
