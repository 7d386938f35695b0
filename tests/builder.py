"""Builds workbooks in memory and states what is expected of frames as small tables."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any, Final

import openpyxl
import polars as pl
from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.worksheet import Worksheet

from bpr.check.answers import check_answers
from bpr.check.rule import Reading
from bpr.classify.acts import find_acts
from bpr.classify.classifier import load_classifier
from bpr.classify.tasks import classify_tasks
from bpr.frames import (
    Classes,
    Contributions,
    Conversions,
    Corrections,
    DataFrame,
    Diagnostics,
    GroupWords,
    Savings,
    Scores,
    SurveyTasks,
    empty,
)
from bpr.match.groups import group_tasks
from bpr.read.answers import Survey, read_answers
from bpr.read.cells import Cell, Range, Sheet
from bpr.read.choices import find_unknown_choices
from bpr.read.layout import Layout, find_tables
from bpr.read.opening import Workbook
from bpr.read.request import Request
from bpr.read.tasks import read_numbers, read_tasks
from bpr.score.criteria import explain_criteria
from bpr.score.facts import gather_facts
from bpr.score.matrix import value_levers
from bpr.score.savings import estimate_savings
from bpr.score.tasks import rank_tasks, score_tasks
from bpr.settings import Settings
from bpr.settings.survey import SurveySettings

Value = str | int | float | bool | date | datetime | time | None
Rows = Sequence[Sequence[Any]]

SETTINGS: Final = Settings.load()
"""The product's own settings."""


def workbook(
    rows: Rows,
    *,
    name: str = "税務課.xlsx",
    sheet: str = "調査票",
    start: str = "A1",
    merged: Iterable[str] = (),
    others: Mapping[str, Rows] | None = None,
    hidden_sheets: Iterable[str] = (),
) -> Workbook:
    """An .xlsx whose `sheet` holds `rows` from `start`; text beginning with = stays text.

    `merged` are A1 ranges of that sheet; `others` are more sheets, from A1.
    """
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = sheet
    _write(first, rows, start)
    for area in merged:
        first.merge_cells(area)
    for title, more in (others or {}).items():
        _write(book.create_sheet(title), more, "A1")
    for title in hidden_sheets:
        book[title].sheet_state = "hidden"
    return Workbook(name, save(book))


def grid(*rows: Sequence[Cell], name: str = "調査票", merged: tuple[Range, ...] = ()) -> Sheet:
    """A decoded sheet, as the reader's inner parts get it: "" for a blank, rows of equal length."""
    width = max(map(len, rows))
    padded: list[list[Cell]] = [[*row, *[""] * (width - len(row))] for row in rows]
    return Sheet(name, padded, merged, visible=True)


def save(book: openpyxl.Workbook) -> bytes:
    """Bytes of an openpyxl workbook."""
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _write(sheet: Worksheet, rows: Rows, start: str) -> None:
    letters, top = coordinate_from_string(start)
    left = column_index_from_string(letters)
    for number, row in enumerate(rows, start=top):
        for column, value in enumerate(row, start=left):
            if value is None:
                continue
            cell = sheet.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"


def text_file(
    rows: Rows, *, name: str = "税務課.csv", encoding: str = "utf-8-sig", delimiter: str = ","
) -> Workbook:
    """A delimited text file, quoted as Excel does."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return Workbook(name, text.getvalue().encode(encoding))


@dataclass(frozen=True)
class Outcome:
    """What reading and checking make of workbooks, before any class or score."""

    survey: Survey
    conversions: DataFrame[Conversions]
    tasks: DataFrame[SurveyTasks]
    diagnostics: DataFrame[Diagnostics]


def read(
    *books: Workbook, request: Request | None = None, settings: Settings = SETTINGS
) -> Outcome:
    """Read and check workbooks."""
    survey = read_answers(books, settings.survey, request)
    conversions, doubtful = read_numbers(survey.answers, survey.columns, settings)
    tasks = read_tasks(survey.answers, conversions, settings)
    unknown = find_unknown_choices(survey.answers, settings.survey)
    reading = Reading(
        survey.answers, survey.columns, conversions, doubtful, tasks, unknown, survey.staff
    )
    return Outcome(survey, conversions, tasks, check_answers(reading, survey.marks, settings))


@dataclass(frozen=True)
class Scored:
    """What classifying and scoring make of tasks."""

    classes: DataFrame[Classes]
    facts: pl.DataFrame
    settings: Settings
    scores: DataFrame[Scores]
    savings: DataFrame[Savings]
    ranks: pl.DataFrame

    @cached_property
    def contributions(self) -> DataFrame[Contributions]:
        """What each criterion adds."""
        matrices = value_levers(self.facts, self.settings.scoring)
        return explain_criteria(self.facts, matrices, self.settings.scoring, self.settings.acts)

    def score(self, task_id: str, lever: str, part: str = "score") -> float:
        """One number of `scores`."""
        row = self.scores.filter(task_id=task_id).filter(pl.col("lever") == lever)
        return float(row[part].item())


def score(
    tasks: DataFrame[SurveyTasks],
    settings: Settings = SETTINGS,
    corrections: DataFrame[Corrections] | None = None,
) -> Scored:
    """Classify and score tasks."""
    corrections = empty(Corrections) if corrections is None else corrections
    found = find_acts(tasks, settings.acts)
    classifier = load_classifier(settings.acts)
    classes = classify_tasks(tasks, found, classifier.work_class, corrections, settings.acts)
    groups = group_tasks(tasks, settings.common_work.families, empty(GroupWords)).memberships
    facts = gather_facts(tasks, classes, found, groups)
    scores = score_tasks(facts["task_id"], value_levers(facts, settings.scoring))
    savings = estimate_savings(facts, settings.savings)
    ranks = rank_tasks(scores, savings, settings.scoring)
    return Scored(classes, facts, settings, scores, savings, ranks)


def task(name: str, activity: str | None = None, **known: Any) -> dict[str, Any]:
    """One task for `tasks_frame`; `task_id` is the name unless given."""
    return {"task_id": name, "task_name": name, "activity_name": activity, **known}


ROUTINE: Final[dict[str, Any]] = {
    "must_be_staff": False,
    "needs_expertise": False,
    "is_routine": True,
}
"""Answers that make a task routine by the survey's own word."""


def tasks_frame(*tasks: Mapping[str, Any]) -> DataFrame[SurveyTasks]:
    """Tasks as the survey would tell them; what is not given is null."""
    place = {"workbook": "税務課.xlsx", "sheet": "調査票", "block": 0}
    rows = [{**place, "row": number, **task} for number, task in enumerate(tasks, start=2)]
    return SurveyTasks.validate(pl.DataFrame(rows, schema=empty(SurveyTasks).schema))


def assert_rows(frame: pl.DataFrame, columns: str, expected: Rows) -> None:
    """Compare the named columns (parted by spaces), in the frame's order, with a table."""
    found = frame.select(columns.split()).rows()
    assert [_rounded(row) for row in found] == [_rounded(row) for row in expected]


def _rounded(row: Sequence[object]) -> list[object]:
    return [round(value, 9) if isinstance(value, float) else value for value in row]


def findings(outcome: Outcome, columns: str = "cell code value") -> list[list[Any]]:
    """Findings that name a row or a cell, in order."""
    placed = outcome.diagnostics.filter(pl.col("row").is_not_null())
    return [list(row) for row in placed.select(columns.split()).rows()]


def codes(outcome: Outcome) -> list[str]:
    """Codes of all findings, in order."""
    return outcome.diagnostics["code"].to_list()


def find_layout(sheet: Sheet, survey: SurveySettings, request: Request) -> Layout | None:
    """Return the first task table of a sheet, or None."""
    return next(iter(find_tables(sheet, survey, request)), None)
