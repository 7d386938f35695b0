"""Means of rebuilding a task (BPR) and the pitfalls to ask about before deciding (means.toml)."""

from typing import Self

from pydantic import model_validator
from pydantic.dataclasses import dataclass

from bpr.settings.load import STRICT
from bpr.settings.scoring import Grade, Text
from bpr.settings.when import When, require_known
from bpr.terms import LEVERS


@dataclass(config=STRICT, frozen=True)
class Mean:
    """One way to rebuild a task: it fits where at least one of its conditions holds.

    `what` is what to do, `first` the question to settle first or whom to ask.
    """

    label: Text
    what: Text
    first: Text
    source: Text
    grade: Grade
    when: tuple[When, ...]

    @model_validator(mode="after")
    def _has_conditions(self) -> Self:
        if not self.when or When() in self.when:
            msg = f"「{self.label}」の when に、中身のある条件を 1 つ以上書いてください"
            raise ValueError(msg)
        return self


@dataclass(config=STRICT, frozen=True)
class Pitfall:
    """A check before deciding: a question that should be answered with yes, and why.

    It belongs to its levers and means; without any, to all.
    """

    label: Text
    check: Text
    why: Text
    source: Text
    grade: Grade
    levers: tuple[str, ...] = ()
    means: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _asks_about_levers(self) -> Self:
        if not self.check.endswith("か。"):
            msg = f"「{self.label}」の check は、はい・いいえで答えられる問い（～か。）で書いてください"
            raise ValueError(msg)
        require_known(self.levers, LEVERS)
        return self

    @property
    def is_general(self) -> bool:
        """Whether it belongs to every lever and mean."""
        return not self.levers and not self.means


@dataclass(config=STRICT, frozen=True)
class MeansSettings:
    """All means and pitfalls, in the order in which they are shown."""

    means: dict[str, Mean]
    pitfalls: dict[str, Pitfall]

    @model_validator(mode="after")
    def _knows_its_means(self) -> Self:
        for pitfall in self.pitfalls.values():
            require_known(pitfall.means, self.means)
        return self

    @property
    def named_acts(self) -> tuple[str, ...]:
        """Every act that a condition names."""
        conditions = [when for mean in self.means.values() for when in mean.when]
        return tuple(act for when in conditions for act in (*when.acts, *when.no_acts))
