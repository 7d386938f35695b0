"""資料: ids of the page."""

from enum import StrEnum


class Ids(StrEnum):
    """Ids of the page."""

    ANSWER = "papers-answer"


class Parts(StrEnum):
    """Kinds of elements that every paper has."""

    MAKE = "paper-make"
    FILE = "paper-file"
    WAIT = "paper-wait"
    TOLD = "paper-told"


def part_id(kind: Parts, paper: str) -> dict[str, str]:
    """Id of a paper's element; Dash finds it by its kind."""
    return {"type": kind.value, "of": paper}
