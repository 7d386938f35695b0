"""The question to a division whose answer would move the rank most."""

from typing import Any

import polars as pl
import pytest

from bpr.score.matrix import value_levers
from bpr.score.questions import find_questions
from tests.builder import ROUTINE, SETTINGS, score, task, tasks_frame

QUESTIONS = SETTINGS.scoring.questions
KNOWN: dict[str, Any] = {
    **ROUTINE,
    "annual_count": 1000.0,
    "annual_hours": 400.0,
    "minutes_per_case": 12.0,
    "medium": "paper_many",
    "staff_type": "regular",
    "systems": "文書管理",
    "peak_months": "3月",
    "division": "税務課",
    "approval_seal": False,
    "resident_seal": False,
}


def ask(*rows: dict[str, Any]) -> list[tuple[Any, ...]]:
    facts = score(tasks_frame(*rows)).facts
    found = find_questions(facts["task_id"], value_levers(facts, SETTINGS.scoring), QUESTIONS)
    return found.select("task_id", "field", "rank_best", "rank_worst").rows()


OTHERS = [
    task(f"他{n}", "申告書の入力", **{**KNOWN, "annual_hours": 50.0 * 1.6**n}) for n in range(9)
]


def test_a_task_of_which_all_is_told_gets_no_question() -> None:
    assert ask(*OTHERS) == []


@pytest.mark.parametrize("field", ["medium", "annual_count", "annual_hours"])
def test_the_missing_answer_is_asked_for(field: str) -> None:
    [(task_id, asked, best, worst)] = ask(
        *OTHERS, task("問", "申告書の入力", **{**KNOWN, field: None})
    )
    assert (task_id, asked) == ("問", field)
    assert 1 <= best < worst <= 10


def test_of_two_the_one_that_moves_the_rank_more() -> None:
    """The medium weighs 3 of 16 for AI-OCR, a resident's seal 1 of 16."""
    row = task("問", "申告書の入力", **{**KNOWN, "medium": None, "resident_seal": None})
    assert [asked for _, asked, *_ in ask(*OTHERS, row)] == ["medium"]


def test_ranks_are_those_of_the_answers() -> None:
    """Both ends can be had by answering: the best and the worst answer give the ranks told."""
    unknown = {**KNOWN, "medium": None}
    [(_, field, best, worst)] = ask(*OTHERS, task("問", "申告書の入力", **unknown))
    assert field == "medium"
    facts = score(tasks_frame(*OTHERS, task("問", "申告書の入力", **unknown))).facts
    matrices = value_levers(facts, SETTINGS.scoring)
    own = pl.DataFrame({m.lever: m.scores() for m in matrices}).max_horizontal().to_list()
    ranks = []
    for end in ("low", "high"):
        moved = []
        for matrix in matrices:
            column = [n for n, name in enumerate(matrix.fields) if name == "medium"]
            values = matrix.point[-1].copy()
            values[column] = getattr(matrix, end)[-1][column]
            moved.append(min(float(values @ matrix.shares), float(matrix.caps.point[-1])))
        ranks.append(1 + sum(other > max(moved) for other in own[:-1]))
    assert (worst, best) == tuple(ranks)


def test_no_tasks_no_questions() -> None:
    facts = score(tasks_frame(*OTHERS)).facts.clear()
    assert (
        find_questions(facts["task_id"], value_levers(facts, SETTINGS.scoring), QUESTIONS).height
        == 0
    )
