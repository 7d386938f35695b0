"""The schema of every frame that passes from one stage to the next, or out as a table."""

from dataframely import DataFrame

from bpr.frames.stages import (
    ANSWER_FIELDS,
    NUMBER_FIELDS,
    ROW_KEY,
    Answers,
    Classes,
    Columns,
    Contributions,
    Conversions,
    Corrections,
    Diagnostics,
    FoundActs,
    Marks,
    S,
    Scores,
    Sheets,
    SurveyTasks,
    TaskTable,
    Workbooks,
    empty,
)
from bpr.frames.tables import ClassByStaff, MediaRatios, MediumByClass, SealByClass

__all__ = [
    "ANSWER_FIELDS",
    "NUMBER_FIELDS",
    "ROW_KEY",
    "Answers",
    "ClassByStaff",
    "Classes",
    "Columns",
    "Contributions",
    "Conversions",
    "Corrections",
    "DataFrame",
    "Diagnostics",
    "FoundActs",
    "Marks",
    "MediaRatios",
    "MediumByClass",
    "S",
    "Scores",
    "SealByClass",
    "Sheets",
    "SurveyTasks",
    "TaskTable",
    "Workbooks",
    "empty",
]
