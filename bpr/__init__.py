"""bpr: what a town hall's work consists of, and which of it to rebuild, automate or hand over.

`Workspace` and what it needs (the database above all) are loaded when first asked for.
"""

from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bpr.errors import BprError
from bpr.pipeline import run
from bpr.report import Report
from bpr.settings import Settings

if TYPE_CHECKING:
    from bpr.workspace import Workspace

__all__ = ["BprError", "Report", "Settings", "Workspace", "__version__", "analyze"]

try:
    __version__ = version("bpr")
except PackageNotFoundError:  # run from a plain checkout
    __version__ = "0.1.0"


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a class or a function
    if name == "Workspace":
        globals()[name] = found = getattr(import_module("bpr.workspace"), name)
        return found
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


def analyze(paths: Sequence[str | Path], settings: Settings | None = None) -> Report:
    """Read files and folders of workload surveys and return tasks, classes, scores, findings.

    Needs no database and writes nothing. Raises `BprError` when there is nothing to read.
    """
    find = import_module("bpr.workspace").find_workbooks
    return run(find([Path(path) for path in paths]), settings or Settings.load())
