"""The review queue: why a task is worth a look, and how much is at stake."""

from typing import Any

import polars as pl
import pytest

from bpr.classify.review import find_same_names, list_contrary_divisions, queue_reviews
from bpr.frames import Classes, DataFrame, ReviewQueue, empty
from bpr.pipeline import run
from tests.builder import SETTINGS, Rows, assert_rows, task, tasks_frame, workbook
from tests.tabulate.town import corrected

MODEL_A: dict[str, Any] = {
    "model_class": "routine",
    "model_probability": 0.95,
    "model_confidence": "A",
}
MODEL_B: dict[str, Any] = {
    "model_class": "routine",
    "model_probability": 0.8,
    "model_confidence": "B",
}
MODEL_C: dict[str, Any] = {
    "model_class": "routine",
    "model_probability": 0.5,
    "model_confidence": "C",
}
SILENT: dict[str, Any] = {"model_class": None, "model_probability": None, "model_confidence": None}


def judged(source: str, opinion: dict[str, Any], word: str | None = None) -> dict[str, Any]:
    """One task's class: by the model itself, or the `word` of survey or person beside it."""
    by_model = source == "model"
    return {
        "work_class": opinion["model_class"] if by_model else word,
        "work_class_source": source,
        "work_class_probability": opinion["model_probability"] if by_model else 1.0,
        "confidence": opinion["model_confidence"] if by_model else "A",
        "survey_class": word if source == "survey" else None,
        **opinion,
    }


def classes_frame(rows: dict[str, dict[str, Any]]) -> DataFrame[Classes]:
    fixed = {"splittable": False, "model_reasons": [], "reason": ""}
    full = [{"task_id": name, **fixed, **row} for name, row in rows.items()]
    return Classes.validate(pl.DataFrame(full, schema=empty(Classes).schema))


def queue(*rows: tuple[dict[str, Any], float | None]) -> DataFrame[ReviewQueue]:
    """Queue of (class, hours); the tasks are called 0, 1, …"""
    tasks = tasks_frame(*(task(str(n), annual_hours=hours) for n, (_, hours) in enumerate(rows)))
    return queue_reviews(tasks, classes_frame({str(n): row for n, (row, _) in enumerate(rows)}))


# --- why ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "cause", "doubt"),
    [
        (judged("model", MODEL_A), None, None),
        (judged("model", MODEL_B), "low_confidence", 0.2),
        (judged("model", MODEL_C), "low_confidence", 0.5),
        (judged("model", SILENT), "cannot_say", 0.75),
        (judged("survey", MODEL_A, "routine"), None, None),
        (judged("survey", MODEL_A, "core"), "disagreement", 0.475),
        (judged("survey", MODEL_B, "core"), None, None),
        (judged("survey", SILENT, "core"), None, None),
        (judged("person", MODEL_A, "core"), None, None),
        (judged("person", MODEL_C, "core"), None, None),
        (judged("person", SILENT, "core"), None, None),
    ],
)
def test_why_a_task_is_worth_a_look(
    row: dict[str, Any], cause: str | None, doubt: float | None
) -> None:
    expected = [] if cause is None else [[cause, doubt, 100 * (doubt or 0)]]
    assert_rows(queue((row, 100.0)), "cause doubt hours_at_stake", expected)


# --- in which order -----------------------------------------------------------------------------


def test_the_most_hours_at_stake_come_first() -> None:
    found = queue(
        (judged("model", MODEL_B), 100.0),
        (judged("model", MODEL_C), 100.0),
        (judged("survey", MODEL_A, "core"), 1000.0),
        (judged("model", MODEL_B), 250.0),
        (judged("model", MODEL_A), 9000.0),
    )
    assert_rows(
        found,
        "task_id hours_at_stake",
        [["2", 475.0], ["1", 50.0], ["3", 50.0], ["0", 20.0]],
    )


def test_unknown_hours_count_as_the_median_of_the_known() -> None:
    found = queue(
        (judged("model", MODEL_C), None),
        (judged("model", MODEL_A), 10.0),
        (judged("model", MODEL_C), 30.0),
        (judged("model", MODEL_C), 500.0),
    )
    assert_rows(found, "task_id hours_at_stake", [["3", 250.0], ["0", 15.0], ["2", 15.0]])


def test_without_any_hours_every_doubt_is_still_listed() -> None:
    found = queue((judged("model", MODEL_C), None), (judged("model", SILENT), None))
    assert_rows(found, "task_id cause hours_at_stake", [
        ["0", "low_confidence", 0.0], ["1", "cannot_say", 0.0],
    ])  # fmt: skip


def test_nothing_to_review() -> None:
    assert queue((judged("model", MODEL_A), 1.0)).height == 0
    assert queue_reviews(tasks_frame(task("賦課")).clear(), empty(Classes)).height == 0


def test_what_a_person_decided_is_no_longer_in_the_queue() -> None:
    rows: Rows = [
        ["整理番号", "課", "業務名"],
        *([n, "税務課", name] for n, name in enumerate(["ＸＹＺ", "Qqq"])),
    ]
    before = run([workbook(rows)], SETTINGS)
    assert before.reviews["task_id"].to_list() == ["税務課-0", "税務課-1"]
    after = run([workbook(rows)], SETTINGS, corrections=corrected("税務課-0", "core"))
    assert after.reviews["task_id"].to_list() == ["税務課-1"]


# --- divisions that run against the others ------------------------------------------------------


def answers(division: str | None, agree: int, differ: int, confidence: str = "B") -> pl.DataFrame:
    """Rows that a division answered; the model is fairly sure of routine."""
    words = ["routine"] * agree + ["core"] * differ
    return pl.DataFrame(
        {
            "division": [division] * len(words),
            "work_class": words,
            "work_class_source": ["survey"] * len(words),
            "model_class": ["routine"] * len(words),
            "model_confidence": [confidence] * len(words),
        },
        schema_overrides={"division": pl.String},
    )


@pytest.mark.parametrize(
    ("rows", "contrary"),
    [
        ([answers("逆課", 2, 18), answers("税務課", 18, 2), answers("福祉課", 18, 2)], ["逆課"]),
        ([answers("税務課", 10, 10), answers("福祉課", 10, 10)], []),
        ([answers("税務課", 2, 18), answers("福祉課", 2, 18)], []),
        ([answers("税務課", 20, 0), answers("福祉課", 20, 0)], []),
        ([answers("逆課", 0, 9), answers("税務課", 40, 0)], []),
        ([answers("逆課", 0, 10), answers("税務課", 40, 0)], ["逆課"]),
        ([answers("逆課", 0, 20)], []),
        ([answers("逆課", 6, 6), answers("税務課", 42, 18)], []),
        ([answers("逆課", 2, 18, "C"), answers("税務課", 40, 0)], []),
        ([answers("逆課", 2, 18, "A"), answers("税務課", 40, 0)], ["逆課"]),
        ([answers(None, 2, 18), answers("税務課", 40, 0)], []),
        ([answers("甲課", 1, 19), answers("乙課", 1, 19), answers("丙課", 200, 5)], ["甲課", "乙課"]),
    ],
)  # fmt: skip
def test_divisions_that_answer_against_the_others(
    rows: list[pl.DataFrame], contrary: list[str]
) -> None:
    assert list_contrary_divisions(pl.concat(rows)) == contrary


def test_what_people_or_the_model_said_makes_no_division_contrary() -> None:
    rows = pl.concat([answers("逆課", 2, 18), answers("税務課", 40, 0)])
    for source in ("person", "model"):
        assert list_contrary_divisions(rows.with_columns(work_class_source=pl.lit(source))) == []
    assert list_contrary_divisions(rows.clear()) == []


def test_a_contrary_division_is_asked_about_every_answer_that_differs() -> None:
    rows = {
        **{f"逆課-{n}": judged("survey", MODEL_B, "core") for n in range(12)},
        **{f"税務課-{n}": judged("survey", MODEL_B, "routine") for n in range(40)},
        "税務課-40": judged("survey", MODEL_B, "core"),
        "税務課-41": judged("survey", MODEL_A, "core"),
    }
    tasks = [task(name, division=name.split("-")[0], annual_hours=1.0) for name in rows]
    found = queue_reviews(tasks_frame(*tasks), classes_frame(rows))
    causes = dict(found.select("task_id", "cause").iter_rows())
    assert causes == {
        **{f"逆課-{n}": "against_others" for n in range(12)},
        "税務課-41": "disagreement",
    }


# --- look-alikes --------------------------------------------------------------------------------

ALIKE = tasks_frame(
    task("窓口", "受付", task_id="a"),
    task("窓 口", "受付①", task_id="b"),
    task("窓口（2）", "３受付", task_id="c"),
    task("窓口", "審査", task_id="d"),
    task("窓口（夜間）", "受付", task_id="e"),
    task("窓口受付", task_id="f"),
    task("窓口", task_id="g"),
    task("窓口(10)", task_id="h"),
)


@pytest.mark.parametrize(
    ("task_id", "same"),
    [("a", ["b", "c"]), ("b", ["a", "c"]), ("c", ["a", "b"]), ("d", []), ("e", []), ("f", []), ("g", ["h"]), ("ない", [])],
)  # fmt: skip
def test_tasks_of_the_same_name_whatever_the_numbering(task_id: str, same: list[str]) -> None:
    assert find_same_names(ALIKE, task_id) == same
