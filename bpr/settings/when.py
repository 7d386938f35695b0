"""A condition on a task, as settings write it: every part that is given must hold."""

from collections.abc import Iterable
from dataclasses import field
from typing import Self

from pydantic import model_validator
from pydantic.dataclasses import dataclass

from bpr import terms
from bpr.settings.load import STRICT, check_patterns, suggest
from bpr.terms import FACTS, FIELDS, MEDIA, STAFF_TYPES, WORK_CLASSES

YES_NO_FIELDS = (*terms.YES_NO_FIELDS, "has_peak")
NUMBER_FIELDS = (
    "annual_count",
    "minutes_per_case",
    "annual_hours",
    "fte",
    "system_count",
    "division_count",
)
SCORED_FIELDS = (*FIELDS, *FACTS)
"""What a criterion may look at: what the survey tells, and what is worked out from it."""


@dataclass(config=STRICT, frozen=True)
class When:
    """All given parts must hold; an unanswered field holds nothing. Empty: every task.

    Lists mean "one of"; `words` and `systems` are regular expressions, sought in the task's names
    and in 使用システム (`no_words`, `no_acts`: none is found); `at_least` and `below` map a number field to its bound; `missing` fields are
    not answered.
    """

    work_class: tuple[str, ...] = ()
    medium: tuple[str, ...] = ()
    staff_type: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    no_acts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    no_words: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    at_least: dict[str, float] = field(default_factory=dict)
    below: dict[str, float] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _knows_its_words(self) -> Self:
        for words, known in (
            (self.work_class, WORK_CLASSES),
            (self.medium, MEDIA),
            (self.staff_type, STAFF_TYPES),
            ((*self.yes, *self.no), YES_NO_FIELDS),
            ((*self.at_least, *self.below), NUMBER_FIELDS),
            (self.missing, FIELDS),
        ):
            require_known(words, known)
        check_patterns((*self.words, *self.no_words, *self.systems))
        return self


def require_known(words: Iterable[str], known: Iterable[str]) -> None:
    """See that every word is one of the known; `ValueError` names the first that is not."""
    names = list(known)
    for word in words:
        if word not in names:
            msg = f"{word} は選べません{suggest(word, names)}"
            raise ValueError(msg)
