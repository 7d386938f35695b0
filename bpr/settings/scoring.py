"""How tasks are scored: levers, criteria as value functions, gates (scoring.toml)."""

from collections.abc import Mapping
from dataclasses import field, replace
from itertools import pairwise
from math import ceil, floor, log
from typing import Annotated, Final, Literal, Self, TypeAlias

from pydantic import Field, model_validator
from pydantic.dataclasses import dataclass

from bpr.settings.load import STRICT, check_patterns, suggest
from bpr.settings.when import NUMBER_FIELDS, SCORED_FIELDS, YES_NO_FIELDS, When, require_known
from bpr.terms import LEVERS, MEDIA, STAFF_TYPES, WORK_CLASSES

Grade: TypeAlias = Literal["A", "B", "C"]
Unit: TypeAlias = Annotated[float, Field(ge=0, le=1)]
Weight: TypeAlias = Annotated[float, Field(gt=0)]
Points: TypeAlias = Annotated[float, Field(ge=0, le=100)]
Text: TypeAlias = Annotated[str, Field(min_length=1)]

STEEPEST: Final = 0.01
"""The most by which one case a year may move a value: a score never moves by more than 1 point."""

CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "work_class": tuple(WORK_CLASSES),
    "medium": tuple(MEDIA),
    "staff_type": tuple(STAFF_TYPES),
    **dict.fromkeys(YES_NO_FIELDS, ("yes", "no")),
}
"""Fields with a closed list of answers."""


@dataclass(config=STRICT, frozen=True)
class Criterion:
    """What every criterion has: a weight, what an unknown answer may be worth, its evidence."""

    label: Text
    theme: str
    field: str
    weight: Weight
    unknown: tuple[Unit, Unit]
    grade: Grade
    source: Text

    @model_validator(mode="after")
    def _is_usable(self) -> Self:
        if self.unknown[0] > self.unknown[1]:
            msg = f"「{self.label}」の unknown は［下限, 上限］の順に書いてください"
            raise ValueError(msg)
        if self.field not in SCORED_FIELDS:
            msg = f"項目 {self.field} は用語集（terms.py）にありません{suggest(self.field, SCORED_FIELDS)}"
            raise ValueError(msg)
        return self


@dataclass(config=STRICT, frozen=True)
class Ramp(Criterion):
    """A number mapped to 0-1 by straight lines between points, on a linear or log axis.

    The values only rise or only fall.
    """

    kind: Literal["ramp"]
    points: tuple[tuple[float, Unit], ...]
    scale: Literal["linear", "log"] = "linear"

    @model_validator(mode="after")
    def _rises(self) -> Self:
        require_known((self.field,), NUMBER_FIELDS)
        check_points(self.label, self.points, falling=True)
        if self.scale == "log" and self.points[0][0] <= 0:
            msg = f"「{self.label}」は scale = log なので、points の左側は 0 より大きくしてください"
            raise ValueError(msg)
        if self.field == "annual_count" and (step := self._steepest()) > STEEPEST:
            msg = f"「{self.label}」の points は急すぎます。1 件の差で {100 * step:.1f} 点動くので、幅を広げてください"
            raise ValueError(msg)
        return self

    def _steepest(self) -> float:
        """Return the most that one more case changes: on each line that is at its beginning."""
        starts = {end(x) for x, _ in self.points for end in (floor, ceil)}
        return max(abs(self.value(n + 1) - self.value(n)) for n in starts)

    def value(self, number: float) -> float:
        """Value of one number."""
        axis = log if self.scale == "log" else float
        if number <= self.points[0][0]:
            return self.points[0][1]
        for (x1, y1), (x2, y2) in pairwise(self.points):
            if number <= x2:
                return y1 + (y2 - y1) * (axis(number) - axis(x1)) / (axis(x2) - axis(x1))
        return self.points[-1][1]


@dataclass(config=STRICT, frozen=True)
class Choice(Criterion):
    """An answer mapped to 0-1 by a list."""

    kind: Literal["choice"]
    values: dict[str, Unit]

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        require_known((self.field,), CHOICES)
        known = CHOICES[self.field]
        require_known(self.values, known)
        if missing := [name for name in known if name not in self.values]:
            msg = f"「{self.label}」の values に {'、'.join(missing)} がありません"
            raise ValueError(msg)
        return self


@dataclass(config=STRICT, frozen=True)
class ActValues(Criterion):
    """The mean value of the acts found in the task's name; unknown where none is found."""

    kind: Literal["acts"]
    values: dict[str, Unit]


@dataclass(config=STRICT, frozen=True)
class WordValue:
    """A wording (regular expression) and what it is worth."""

    pattern: str
    value: Unit

    @model_validator(mode="after")
    def _compiles(self) -> Self:
        check_patterns((self.pattern,))
        return self


@dataclass(config=STRICT, frozen=True)
class WordValues(Criterion):
    """The value of the first wording found in a text; unknown where none is found."""

    kind: Literal["words"]
    words: tuple[WordValue, ...]


AnyCriterion: TypeAlias = Annotated[
    Ramp | Choice | ActValues | WordValues, Field(discriminator="kind")
]


@dataclass(config=STRICT, frozen=True)
class Kind:
    """One way to hand work over; the first whose condition holds is proposed."""

    label: Text
    reason: Text
    grade: Grade
    source: Text
    when: When = field(default_factory=When)


@dataclass(config=STRICT, frozen=True)
class Lever:
    """One way to relieve staff: its criteria, what it changes, and its kinds if it has any."""

    change: Text
    criteria: dict[str, AnyCriterion]
    kinds: tuple[Kind, ...] = ()

    @model_validator(mode="after")
    def _has_criteria(self) -> Self:
        if not self.criteria:
            raise ValueError("基準（criteria）を 1 つ以上書いてください")
        if self.kinds and self.kinds[-1].when != When():
            raise ValueError(
                "最後の kinds には when を書かないでください（どれにも当たらない業務の行き先）"
            )
        return self


@dataclass(config=STRICT, frozen=True)
class Gate:
    """A rule that caps the score of some levers, with its reason.

    `cap`: a number, or points [hours a year, cap] joined by straight lines (no jump). `may`: where
    this holds the rule may apply, and only the lower end of the score is capped.
    """

    label: Text
    levers: tuple[str, ...]
    reason: Text
    grade: Grade
    source: Text
    cap: Points | tuple[tuple[float, Points], ...]
    when: When = field(default_factory=When)
    may: When | None = None
    split: bool = False
    """Whether the task is to be split: part of it may go, the rest stays (切り分け)."""

    @model_validator(mode="after")
    def _is_usable(self) -> Self:
        require_known(self.levers, LEVERS)
        if not isinstance(self.cap, float):
            check_points(self.label, self.cap)
        return self

    @property
    def lowest_cap(self) -> float:
        """The cap where hours are unknown and may be none."""
        return self.cap if isinstance(self.cap, float) else self.cap[0][1]


@dataclass(config=STRICT, frozen=True)
class ScoringSettings:
    """All levers and gates, and the score from which a lever is recommended."""

    recommended_score: Points
    top: Annotated[int, Field(gt=0)]
    """How many tasks count as the top: the KPI of the plan."""
    weight_spread: Annotated[float, Field(gt=1)]
    """Weights are varied between 1/spread and spread times their value."""
    themes: dict[str, Text]
    questions: dict[str, Text]
    levers: dict[str, Lever]
    gates: dict[str, Gate] = field(default_factory=dict)

    @model_validator(mode="after")
    def _knows_its_words(self) -> Self:
        if unknown := set(self.levers) - set(LEVERS):
            msg = f"手段 {'、'.join(sorted(unknown))} は用語集（terms.py）にありません{suggest(min(unknown), LEVERS)}"
            raise ValueError(msg)
        require_known(self.questions, SCORED_FIELDS)
        for lever in self.levers.values():
            require_known((c.theme for c in lever.criteria.values()), self.themes)
        return self

    def reweighed(self, multipliers: Mapping[str, float]) -> "ScoringSettings":
        """Return the settings with the weights of each theme multiplied (a theme not named: by 1)."""
        levers = {
            name: replace(
                lever,
                criteria={
                    key: replace(c, weight=c.weight * multipliers.get(c.theme, 1.0))
                    for key, c in lever.criteria.items()
                },
            )
            for name, lever in self.levers.items()
        }
        return replace(self, levers=levers)


def check_points(
    label: str, points: tuple[tuple[float, float], ...], *, falling: bool = False
) -> None:
    """See that the left sides rise and the right sides only rise (or only fall)."""
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(points)]
    rises = all(y >= 0 for _, y in steps) or (falling and all(y <= 0 for _, y in steps))
    if not steps or any(x <= 0 for x, _ in steps) or not rises:
        ways = "増えるだけか減るだけ" if falling else "増えるだけ"
        msg = f"「{label}」の points は 2 点以上で、左側は小さい順に、右側は{ways}になるように書いてください"
        raise ValueError(msg)
