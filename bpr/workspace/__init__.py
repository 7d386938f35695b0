"""The workspace: one office's surveys, from files that come in to files that go out."""

from bpr.workspace.collecting import TemplateChoices, fiscal_year
from bpr.workspace.files import find_files, find_workbooks
from bpr.workspace.importing import refused_names
from bpr.workspace.intake import Intake, Outcome, Received
from bpr.workspace.returns import name_returns
from bpr.workspace.words import read_order, title
from bpr.workspace.workspace import DEFAULT_URL, Workspace

__all__ = [
    "DEFAULT_URL",
    "Intake",
    "Outcome",
    "Received",
    "TemplateChoices",
    "Workspace",
    "find_files",
    "find_workbooks",
    "fiscal_year",
    "name_returns",
    "read_order",
    "refused_names",
    "title",
]
