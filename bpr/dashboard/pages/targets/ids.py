"""BPR対象: ids of the page; fields and buttons of its forms are named by pattern."""

from enum import StrEnum
from typing import Any


class Ids(StrEnum):
    """Ids of the page."""

    ANSWER = "targets-answer"
    STEPS = "targets-steps"
    STATUS = "targets-status"
    DIVISION = "targets-division"
    LEVER = "targets-lever"
    TEXT = "targets-text"
    LIST = "targets-list"
    DETAIL = "targets-detail"
    TARGET = "target"
    SEEN = "targets-seen"
    SAVE = "targets-save"
    DOWNLOAD = "targets-download"
    VISITED = "targets-visited"
    KEPT = "targets-kept"


def field_id(form: Any, name: Any) -> dict[str, Any]:  # noqa: ANN401 - texts, or Dash's wildcards
    """Id of a field of a form."""
    return {"type": "targets-field", "form": form, "of": name}


def do_id(action: Any) -> dict[str, Any]:  # noqa: ANN401 - a text, or Dash's wildcard
    """Id of the button that does something: `edit`, `move:running` and the like."""
    return {"type": "targets-do", "of": action}


def next_id(action: Any) -> dict[str, Any]:  # noqa: ANN401 - a text, or Dash's wildcard
    """Id of the button of a card that moves its target onward: `12:5:running`."""
    return {"type": "targets-next", "of": action}
