"""A frozen evaluation as a workbook: what it was made with, all tasks, and no formula."""

from collections.abc import Callable

import openpyxl
import polars as pl
import pytest

from bpr.export.evaluation import write_evaluation
from bpr.frames import DataFrame, empty
from bpr.frames.evaluations import EvaluationRows
from bpr.pipeline import Report
from bpr.tabulate.evaluation import freeze_ranking
from tests.export.hostile import FORMULAS

Opened = Callable[[bytes], openpyxl.Workbook]

NOTES = ["題名　令和8年度の選定", "重み　標準"]
LABELS = [
    "順位", "順位\n（上限）", "順位\n（下限）", "課", "業務", "手段", "適性\n（100点）", "適性\n（下限）",
    "適性\n（上限）", "削減見込\n（時間/年）", "削減見込\n（下限）", "削減見込\n（上限）", "制約", "業務ID",
]  # fmt: skip


def rows_of(*rows: tuple[object, ...]) -> DataFrame[EvaluationRows]:
    schema = empty(EvaluationRows).schema
    return EvaluationRows.validate(pl.DataFrame(list(rows), schema=schema, orient="row"))


ONE = rows_of(
    ("税務課-1", "税務課", "賦課", "rpa", 84.26, 80.0, 90.04, 1, 1, 3, 12.34, 10.0, 15.0, "core_work"),
    ("税務課-2", None, "徴収", None, 50.0, 40.0, 60.0, 2, 2, 2, None, None, None, "gone_gate"),
    ("税務課-3", None, "公売", "an_old_lever", 5.0, 4.0, 6.0, 3, 3, 3, None, None, None, None),
)  # fmt: skip


def table(data: bytes, opened: Opened) -> list[list[object]]:
    [sheet] = opened(data).worksheets
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_head_says_what_it_is(opened: Opened) -> None:
    rows = table(write_evaluation(NOTES, ONE, {}), opened)
    assert [row[0] for row in rows[:3]] == ["評価", *(f"・{note}" for note in NOTES)]
    assert rows[3] == LABELS


def test_rows_stand_in_words_and_numbers(opened: Opened) -> None:
    rows = table(write_evaluation(NOTES, ONE, {"core_work": "コア業務"}), opened)[4:]
    assert rows == [
        [1, 1, 3, "税務課", "賦課", "RPA", 84.3, 80, 90, 12.3, 10, 15, "コア業務", "税務課-1"],
        [2, 2, 2, None, "徴収", None, 50, 40, 60, None, None, None, "gone_gate", "税務課-2"],
        [3, 3, 3, None, "公売", "an_old_lever", 5, 4, 6, None, None, None, None, "税務課-3"],
    ]


def test_all_tasks_of_a_town_are_there(town: Report, opened: Opened) -> None:
    frozen = freeze_ranking(town.tasks, town.scores)
    book = opened(write_evaluation(NOTES, frozen, {}))
    sheet = book.worksheets[0]
    ids = [row[-1] for row in sheet.iter_rows(min_row=5, values_only=True)]
    assert ids == frozen["task_id"].to_list()
    assert sheet.auto_filter.ref == f"A4:N{4 + frozen.height}"
    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$4:$4"


def test_an_evaluation_of_nothing_is_a_table_without_rows(opened: Opened) -> None:
    assert table(write_evaluation([], rows_of(), {}), opened) == [
        ["評価", *[None] * 13],
        LABELS,
    ]


@pytest.mark.parametrize("text", [*FORMULAS.values(), "前\x02後"])
def test_no_text_becomes_a_formula(text: str, opened: Opened) -> None:
    frozen = rows_of(
        (text, text, text, text, 50.0, 40.0, 60.0, 1, 1, 1, None, None, None, text),
    )
    sheet = opened(write_evaluation([text], frozen, {})).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    last = [cell.value for cell in list(sheet.iter_rows())[-1]]
    assert [last[n] for n in (3, 4, 5, 12, 13)] == [text.replace("\x02", "")] * 5
