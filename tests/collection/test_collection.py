"""Every form of the collection is read: each task found, none made up, no hours lost."""

import importlib
import re
from collections import Counter
from pathlib import Path
from typing import Final

import polars as pl
import pytest

from bpr.text import normalize, squeeze
from tests.builder import Outcome, read
from tests.collection.form import Form, Task

HERE: Final = Path(__file__).parent
FORMS: Final[list[Form]] = [
    form
    for file in sorted(HERE.glob("forms_*.py"))
    for form in importlib.import_module(f"tests.collection.{file.stem}").FORMS
]
TABLES: Final = [form for form in FORMS if form.tasks]
OTHERS: Final = [form for form in FORMS if not form.tasks]
TOLERANCE: Final = 0.001


def outcome(form: Form) -> Outcome:
    return read(*form.workbooks)


def name_of(form: Form) -> str:
    return form.name


def found_rows(found: Outcome) -> Counter[tuple[str, str, int]]:
    return Counter(found.tasks.select("workbook", "sheet", "row").iter_rows())


def true_rows(form: Form) -> Counter[tuple[str, str, int]]:
    return Counter(
        (task.workbook or form.workbooks[0].name, sheet_of(form, task), task.row) for task in form
    )


ENUMERATION = re.compile(
    r"^(?:[0-9]+[-.][(]?[0-9]*[)]?|[(][0-9]+[)]|[0-9]+[.、 ]|[アイウエオカキク](?=\s)|[①-⑳])[\s.]*"
)
"""What a name is numbered with; it stays in the product's text and is not compared here."""


def plain(name: str) -> str:
    """A name without its number and its spaces."""
    return squeeze(ENUMERATION.sub("", normalize(name)))


def sheet_of(form: Form, task: Task) -> str:
    is_text = form.workbooks[0].name.endswith((".csv", ".tsv"))
    return "CSV" if is_text else task.sheet


@pytest.mark.parametrize("form", TABLES, ids=name_of)
def test_every_task_is_found_and_no_other(form: Form) -> None:
    found = outcome(form)
    assert sorted(found_rows(found).elements()) == sorted(true_rows(form).elements())


@pytest.mark.parametrize("form", TABLES, ids=name_of)
def test_tasks_bear_their_names(form: Form) -> None:
    tasks = outcome(form).tasks
    wrong = []
    for task in form:
        rows = tasks.filter(sheet=sheet_of(form, task), row=task.row)
        names = {plain(n) for n in rows["task_name"].to_list() if n}
        if plain(task.name) not in names:
            wrong.append((task.row, task.name, names))
    assert wrong == []


@pytest.mark.parametrize("form", TABLES, ids=name_of)
def test_hours_and_counts_are_true(form: Form) -> None:
    tasks = outcome(form).tasks
    for field, expected in (
        ("annual_hours", [t.annual_hours for t in form]),
        ("annual_count", [t.count for t in form]),
    ):
        total = sum(value or 0.0 for value in expected)
        if field == "annual_hours" or total:
            assert tasks[field].sum() == pytest.approx(total, rel=TOLERANCE, abs=1e-6), field
    hours = [t.annual_hours for t in form]
    assert tasks["annual_hours"].null_count() == sum(value is None for value in hours)


@pytest.mark.parametrize("form", TABLES, ids=name_of)
def test_what_else_the_form_says_is_true(form: Form) -> None:
    tasks = outcome(form).tasks
    wrong = []
    for task in form:
        rows = tasks.filter(sheet=sheet_of(form, task), row=task.row)
        if task.workbook:
            rows = rows.filter(workbook=task.workbook)
        for field, value in (
            ("division", task.division),
            ("unit", task.unit),
            ("staff_type", task.staff),
            ("medium", task.medium),
            ("fiscal_year", task.year),
            ("activity_name", task.activity),
        ):
            values = rows[field].cast(pl.String).to_list()
            if value is not None and squeeze(str(value)) not in [squeeze(str(v)) for v in values]:
                wrong.append((task.row, field, value, values))
    assert wrong[:12] == []


@pytest.mark.parametrize("form", [f for f in FORMS if f.codes], ids=name_of)
def test_doubtful_cells_are_named(form: Form) -> None:
    named = set(outcome(form).diagnostics["cell"].to_list())
    assert {cell for cell, _ in form.codes} - named == set()


@pytest.mark.parametrize("form", OTHERS, ids=name_of)
def test_what_is_no_task_table_is_refused_with_the_reason(form: Form) -> None:
    found = outcome(form)
    assert found.tasks.height == 0
    assert set(found.survey.workbooks["status"]) == {"refused"}
    assert found.survey.workbooks["reason"].null_count() == 0
