"""候補: address and ids of the page."""

from enum import StrEnum
from typing import Final

PATH: Final = "/candidates"


class Ids(StrEnum):
    """Ids of the page."""

    ANSWER = "candidates-answer"
    NOTICE = "candidates-notice"
    TEXT = "candidates-text"
    LEVER = "candidates-lever"
    DIVISION = "candidates-division"
    WORK_CLASS = "candidates-work-class"
    CERTAINTY = "candidates-certainty"
    WEIGHTS = "candidates-weights"
    WAYS = "candidates-ways"
    GRID = "candidates-grid"
    DETAIL = "candidates-detail"
    OPENED = "candidates-opened"
    SHOWN = "candidates-shown"
    SAVE = "candidates-save"
    CALCULATE = "candidates-calculate"
    DOWNLOAD = "candidates-download"
    PURGED = "candidates-purged"
    DECIDE = "candidates-decide"
    DECIDED = "candidates-decided"
    DONE_BY = "candidates-done-by"
    OWNER = "candidates-owner"
    VIEWS = "candidates-views"
    LISTED = "candidates-listed"
    MATRIX = "candidates-matrix"
    MATRIX_CHART = "candidates-matrix-chart"
    VISITED = "candidates-visited"
    KEPT = "candidates-kept"
