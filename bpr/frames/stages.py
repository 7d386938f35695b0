"""The schema of every frame that passes from one stage to the next.

A row of a survey is keyed by (`workbook`, `sheet`, `row`, `block`): `block` tells apart the tasks
that one row holds where a form has one group of columns per kind of staff.
"""

from functools import cache
from typing import Final, TypeVar

import dataframely as dy
import polars as pl
from dataframely import DataFrame

from bpr import terms

S = TypeVar("S", bound=dy.Schema)

ROW_KEY: Final = ["workbook", "sheet", "row", "block"]

ANSWER_FIELDS: Final = [
    "task_number",
    "municipality",
    "fiscal_year",
    "department",
    "division",
    "unit",
    "process_category",
    "process_group",
    "process",
    "task_name",
    "activity_name",
    "staff_category",
    "annual_count",
    "minutes_per_case",
    "annual_hours",
    "fte",
    "medium",
    "approval_seal",
    "resident_seal",
    "must_be_staff",
    "needs_expertise",
    "is_routine",
    "work_class_answer",
    "legal_basis",
    "systems",
    "peak_months",
    "frequency",
    "issues",
]
"""The fields that a form can answer, each kept as text exactly as written."""

NAME_FIELDS: Final = ("task_name", "process", "process_group", "activity_name", "process_category")
"""Those of them that can name a task; the first that is filled is its name."""

NUMBER_FIELDS: Final = ("annual_count", "minutes_per_case", "annual_hours", "fte")
"""Those of them that are numbers."""


class _Row(dy.Schema):
    workbook = dy.String()
    sheet = dy.String()
    row = dy.Int64(min=1)
    block = dy.Int64(min=0)


class Answers(_Row):
    """Rows of survey tables, text as written; ditto marks and merged cells already filled."""

    task_number = dy.String(nullable=True)
    municipality = dy.String(nullable=True)
    fiscal_year = dy.String(nullable=True)
    department = dy.String(nullable=True)
    division = dy.String(nullable=True)
    unit = dy.String(nullable=True)
    process_category = dy.String(nullable=True)
    process_group = dy.String(nullable=True)
    process = dy.String(nullable=True)
    task_name = dy.String(nullable=True)
    activity_name = dy.String(nullable=True)
    staff_category = dy.String(nullable=True)
    annual_count = dy.String(nullable=True)
    minutes_per_case = dy.String(nullable=True)
    annual_hours = dy.String(nullable=True)
    fte = dy.String(nullable=True)
    medium = dy.String(nullable=True)
    approval_seal = dy.String(nullable=True)
    resident_seal = dy.String(nullable=True)
    must_be_staff = dy.String(nullable=True)
    needs_expertise = dy.String(nullable=True)
    is_routine = dy.String(nullable=True)
    work_class_answer = dy.String(nullable=True)
    legal_basis = dy.String(nullable=True)
    systems = dy.String(nullable=True)
    peak_months = dy.String(nullable=True)
    frequency = dy.String(nullable=True)
    issues = dy.String(nullable=True)


class Diagnostics(dy.Schema):
    """Findings: what is doubtful, where, and what to do."""

    workbook = dy.String()
    sheet = dy.String(nullable=True)
    cell = dy.String(nullable=True)
    row = dy.Int64(nullable=True)
    code = dy.String()
    severity = dy.Enum(list(terms.SEVERITIES))
    value = dy.String(nullable=True)
    message = dy.String()
    remedy = dy.String()
    rule = dy.String(nullable=True)


class Conversions(_Row):
    """Every number that was read: its text as written, its unit (`measure`), the rule used."""

    field = dy.String()
    raw = dy.String()
    measure = dy.String(nullable=True)
    value = dy.Float64(nullable=True)
    rule = dy.String()


class _Told(dy.Schema):
    """What the survey tells of a task, in the contract's order."""

    task_id = dy.String(primary_key=True)
    workbook = dy.String()
    sheet = dy.String()
    row = dy.Int64(min=1)
    municipality = dy.String(nullable=True)
    fiscal_year = dy.Int64(nullable=True)
    department = dy.String(nullable=True)
    division = dy.String(nullable=True)
    unit = dy.String(nullable=True)
    process_category = dy.String(nullable=True)
    process_group = dy.String(nullable=True)
    process = dy.String(nullable=True)
    task_name = dy.String()
    activity_name = dy.String(nullable=True)
    staff_type = dy.Enum(list(terms.STAFF_TYPES), nullable=True)
    staff_category = dy.String(nullable=True)
    annual_count = dy.Float64(nullable=True, min=0)
    minutes_per_case = dy.Float64(nullable=True, min=0)
    annual_hours = dy.Float64(nullable=True, min=0)
    fte = dy.Float64(nullable=True, min=0)
    medium = dy.Enum(list(terms.MEDIA), nullable=True)
    approval_seal = dy.Bool(nullable=True)
    resident_seal = dy.Bool(nullable=True)
    must_be_staff = dy.Bool(nullable=True)
    needs_expertise = dy.Bool(nullable=True)
    is_routine = dy.Bool(nullable=True)
    legal_basis = dy.String(nullable=True)
    systems = dy.String(nullable=True)
    peak_months = dy.String(nullable=True)
    frequency = dy.String(nullable=True)
    issues = dy.String(nullable=True)


class SurveyTasks(_Told):
    """Tasks as the survey tells them (the contract's fields up to `issues`)."""

    block = dy.Int64(min=0)


class FoundActs(dy.Schema):
    """The acts of office work found in the names of a task (long: one row per task and act)."""

    task_id = dy.String()
    act = dy.String()


class Corrections(dy.Schema):
    """The class that a person gave to a task, the latest word only.

    `automatic_class`: what survey or model said at that time; `sequence`: order of the decisions.
    """

    task_id = dy.String(primary_key=True)
    work_class = dy.Enum(list(terms.WORK_CLASSES))
    reason = dy.String(nullable=True)
    automatic_class = dy.Enum(list(terms.WORK_CLASSES), nullable=True)
    sequence = dy.Int64()


class Classes(dy.Schema):
    """The class of each task, where it comes from, how sure it is, and why.

    `core_basis`: core by law or by judgement; `splittable`: shows acts that only staff may do
    beside acts that others may (切り分け候補); `survey_class`, `model_*`: what survey and model say,
    whoever decided.
    """

    task_id = dy.String(primary_key=True)
    work_class = dy.Enum(list(terms.WORK_CLASSES), nullable=True)
    work_class_source = dy.Enum(list(terms.CLASS_SOURCES))
    work_class_probability = dy.Float64(nullable=True, min=0, max=1)
    confidence = dy.Enum(list(terms.CONFIDENCES), nullable=True)
    core_basis = dy.Enum(list(terms.CORE_BASES), nullable=True)
    splittable = dy.Bool()
    survey_class = dy.Enum(list(terms.WORK_CLASSES), nullable=True)
    model_class = dy.Enum(list(terms.WORK_CLASSES), nullable=True)
    model_probability = dy.Float64(nullable=True, min=0, max=1)
    model_confidence = dy.Enum(list(terms.CONFIDENCES), nullable=True)
    model_reasons = dy.List(dy.String())
    reason = dy.String()


class MediumEstimates(dy.Schema):
    """The medium in four groups, as answered (survey) or estimated from the wording (model)."""

    task_id = dy.String(primary_key=True)
    medium_group = dy.Enum(list(terms.MEDIUM_GROUPS), nullable=True)
    medium_source = dy.Enum(["survey", "model"], nullable=True)
    medium_probability = dy.Float64(nullable=True, min=0, max=1)
    medium_confidence = dy.Enum(list(terms.CONFIDENCES), nullable=True)
    medium_reasons = dy.List(dy.String())


class ReviewQueue(dy.Schema):
    """Tasks whose class is worth a human look, the most hours at stake first.

    `doubt`: probability that the class is wrong; `hours_at_stake = hours x doubt` (hours a year).
    """

    task_id = dy.String(primary_key=True)
    cause = dy.Enum(list(terms.REVIEW_CAUSES))
    doubt = dy.Float64(min=0, max=1)
    hours_at_stake = dy.Float64(min=0)


class TaskTable(_Told):
    """One row per task with everything the contract names, in its order."""

    work_class = dy.Enum(list(terms.WORK_CLASSES), nullable=True)
    work_class_source = dy.Enum(list(terms.CLASS_SOURCES))
    work_class_probability = dy.Float64(nullable=True)
    confidence = dy.Enum(list(terms.CONFIDENCES), nullable=True)
    ai_ocr_score = dy.Float64(min=0, max=100)
    ai_ocr_score_low = dy.Float64(min=0, max=100)
    ai_ocr_score_high = dy.Float64(min=0, max=100)
    rpa_score = dy.Float64(min=0, max=100)
    rpa_score_low = dy.Float64(min=0, max=100)
    rpa_score_high = dy.Float64(min=0, max=100)
    outsourcing_score = dy.Float64(min=0, max=100)
    outsourcing_score_low = dy.Float64(min=0, max=100)
    outsourcing_score_high = dy.Float64(min=0, max=100)
    best_lever = dy.Enum(list(terms.LEVERS), nullable=True)
    gate = dy.String(nullable=True)
    saving_hours = dy.Float64(nullable=True)
    saving_hours_low = dy.Float64(nullable=True)
    saving_hours_high = dy.Float64(nullable=True)
    rank = dy.Int64(min=1)
    rank_low = dy.Int64(min=1)
    rank_high = dy.Int64(min=1)


def empty(schema: type[S]) -> DataFrame[S]:
    """Return a frame of the schema without rows."""
    return schema.create_empty()


@cache
def types_of(schema: type[dy.Schema]) -> pl.Schema:
    """Types of the schema's columns; made once, not to be changed."""
    return schema.create_empty().schema
