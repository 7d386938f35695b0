"""bpr: what a town hall's work consists of, and which of it to rebuild, automate or hand over."""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bpr.errors import BprError
from bpr.pipeline import run
from bpr.report import Report
from bpr.settings import Settings
from bpr.workspace import Workspace, find_workbooks

__all__ = ["BprError", "Report", "Settings", "Workspace", "__version__", "analyze"]

try:
    __version__ = version("bpr")
except PackageNotFoundError:  # run from a plain checkout
    __version__ = "0.1.0"


def analyze(paths: Sequence[str | Path], settings: Settings | None = None) -> Report:
    """Read files and folders of workload surveys and return tasks, classes, scores, findings.

    Needs no database and writes nothing. Raises `BprError` when there is nothing to read.
    """
    return run(find_workbooks([Path(path) for path in paths]), settings or Settings.load())
