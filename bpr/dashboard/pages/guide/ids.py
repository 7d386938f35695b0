"""使い方: ids of the page."""

from enum import StrEnum


class Ids(StrEnum):
    """Ids of the page."""

    ANSWER = "guide-answer"
    STEPS = "guide-steps"
    WORDS = "guide-words"
