"""組合せ: ids of the page."""

from enum import StrEnum


class Ids(StrEnum):
    """Ids of the page."""

    HEAD = "portfolio-head"
    ANSWER = "portfolio-answer"
    STATUS = "portfolio-status"
    RESULT = "portfolio-result"
    BEYOND_STATUS = "portfolio-beyond-status"
    BEYOND = "portfolio-beyond"
    TASKS = "portfolio-tasks"
    BUDGET = "portfolio-budget"
    DAYS = "portfolio-days"
    PER_DIVISION = "portfolio-per-division"
    CHOOSE = "portfolio-choose"
    CHART = "portfolio-chart"
    SAVE = "portfolio-save"
    SAVE_TARGETS = "portfolio-save-targets"
    DOWNLOAD = "portfolio-download"
    DOWNLOAD_TARGETS = "portfolio-download-targets"


def licence_id(lever: str) -> str:
    """Id of the field that limits the licences of a lever."""
    return f"portfolio-licence-{lever}"
