"""The workspace: one office's surveys, from files that come in to files that go out."""

from bpr.classify.accuracy import Accuracy
from bpr.classify.learning import Lesson
from bpr.decide.years import fiscal_year
from bpr.store import PastCorrection
from bpr.workspace.choosing import Selection
from bpr.workspace.collecting import TemplateChoices
from bpr.workspace.files import find_files, find_workbooks
from bpr.workspace.grouping import FOUND, GroupDetail, GroupedWork
from bpr.workspace.importing import refused_names
from bpr.workspace.intake import Intake, Outcome, Received
from bpr.workspace.opinion import Opinion, parse_multipliers, write_multipliers
from bpr.workspace.returns import name_returns
from bpr.workspace.reviewing import ReviewSummary, summarize_reviews
from bpr.workspace.weighing import STANDARD
from bpr.workspace.words import read_order, title
from bpr.workspace.workspace import DEFAULT_URL, Workspace

__all__ = [
    "DEFAULT_URL",
    "FOUND",
    "STANDARD",
    "Accuracy",
    "GroupDetail",
    "GroupedWork",
    "Intake",
    "Lesson",
    "Opinion",
    "Outcome",
    "PastCorrection",
    "Received",
    "ReviewSummary",
    "Selection",
    "TemplateChoices",
    "Workspace",
    "find_files",
    "find_workbooks",
    "fiscal_year",
    "name_returns",
    "parse_multipliers",
    "read_order",
    "refused_names",
    "summarize_reviews",
    "title",
    "write_multipliers",
]
