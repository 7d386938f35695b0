"""The schema of every frame that passes from one stage to the next, or out as a table."""

from dataframely import DataFrame

from bpr.frames.collecting import Collection, Offices
from bpr.frames.reading import Columns, Forms, Marks, Sheets, StaffCounts, Workbooks
from bpr.frames.stages import (
    ANSWER_FIELDS,
    NAME_FIELDS,
    NUMBER_FIELDS,
    ROW_KEY,
    Answers,
    Classes,
    Contributions,
    Conversions,
    Corrections,
    Diagnostics,
    FoundActs,
    S,
    Scores,
    SurveyTasks,
    TaskTable,
    empty,
)
from bpr.frames.tables import ClassByStaff, MediaRatios, MediumByClass, SealByClass

__all__ = [
    "ANSWER_FIELDS",
    "NAME_FIELDS",
    "NUMBER_FIELDS",
    "ROW_KEY",
    "Answers",
    "ClassByStaff",
    "Classes",
    "Collection",
    "Columns",
    "Contributions",
    "Conversions",
    "Corrections",
    "DataFrame",
    "Diagnostics",
    "Forms",
    "FoundActs",
    "Marks",
    "MediaRatios",
    "MediumByClass",
    "Offices",
    "S",
    "Scores",
    "SealByClass",
    "Sheets",
    "StaffCounts",
    "SurveyTasks",
    "TaskTable",
    "Workbooks",
    "empty",
]
