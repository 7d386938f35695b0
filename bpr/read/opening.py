"""A file -> its sheets, or why it cannot be read; nothing too large is ever unpacked."""

from collections.abc import Callable
from dataclasses import dataclass

from bpr.read.archives import explain_archive
from bpr.read.cells import Refusal, Sheet, read_sheets
from bpr.read.limits import find_excess
from bpr.read.parts import Parts
from bpr.settings.survey import Limits


@dataclass(frozen=True)
class Workbook:
    """A file as it was given: its name (no path) and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Opened:
    """The sheets of a file, or the reason why there are none, and the zip that it may be."""

    sheets: list[Sheet] | Refusal
    parts: Parts


def open_workbook(data: bytes, skip: Callable[[str, bool], bool], limits: Limits) -> Opened:
    """Decode a file; `skip` as in `read_sheets`."""
    parts = Parts(data)
    excess = explain_archive(parts, limits) or find_excess(data, limits)
    return Opened(Refusal(excess) if excess else read_sheets(data, skip), parts)
