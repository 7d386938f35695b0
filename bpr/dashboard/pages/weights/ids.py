"""重み: ids of the page."""

from enum import StrEnum


class Ids(StrEnum):
    """Ids of the page."""

    ANSWER = "weights-answer"
    PROBLEM = "weights-problem"
    WRITTEN = "weights-written"
    EFFECT = "weights-effect"
    RANKING = "ranking"
    ASKED = "weights-asked"
    SURE = "weights-sure"
    SWAPS = "weights-swaps"
    SWAPS_ASKED = "weights-swaps-asked"
    CHART = "weights-chart"
    NAME = "weights-name"
    NOTE = "weights-note"
    SAVE = "weights-save"
    SETS = "weights-sets"
    TITLE = "weights-title"
    FREEZE = "weights-freeze"
    FREEZE_NOTE = "weights-freeze-note"
    EVALUATIONS = "weights-evaluations"
    DETAIL = "weights-detail"
    EVALUATION = "evaluation"
    FILE = "weights-file"
    DOWNLOAD = "weights-download"
    VISITED = "weights-visited"
    KEPT = "weights-kept"


def slider_id(theme: str) -> str:
    """Id of the slider of a theme."""
    return f"weights-of-{theme}"


def words_id(theme: str) -> str:
    """Id of the words beside the slider."""
    return f"weights-words-{theme}"


def scale_id(theme: str) -> str:
    """Id of what the words are at each place of the slider."""
    return f"weights-scale-{theme}"
