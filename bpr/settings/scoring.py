"""How tasks are scored: levers, criteria as value functions, gates (scoring.toml)."""

from dataclasses import field
from itertools import pairwise
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator
from pydantic.dataclasses import dataclass

from bpr.settings.load import STRICT
from bpr.terms import LEVERS

Grade: TypeAlias = Literal["A", "B", "C"]
Interval: TypeAlias = tuple[float, float]


@dataclass(config=STRICT, frozen=True)
class Criterion:
    """What every criterion has: a weight, what an unknown answer may be worth, its evidence."""

    label: str
    field: str
    weight: float
    unknown: Interval
    grade: Grade
    source: str


@dataclass(config=STRICT, frozen=True)
class Ramp(Criterion):
    """A number mapped to 0-1 by straight lines between points, on a linear or log axis."""

    kind: Literal["ramp"]
    points: tuple[tuple[float, float], ...]
    scale: Literal["linear", "log"] = "linear"

    @model_validator(mode="after")
    def _rises(self) -> Self:
        steps = list(pairwise(self.points))
        if not steps or any(x1 >= x2 or y1 > y2 for (x1, y1), (x2, y2) in steps):
            msg = f"「{self.label}」の points は、左右とも小さい順に 2 点以上で書いてください"
            raise ValueError(msg)
        if self.scale == "log" and self.points[0][0] <= 0:
            msg = f"「{self.label}」は scale = log なので、points の左側は 0 より大きくしてください"
            raise ValueError(msg)
        return self


@dataclass(config=STRICT, frozen=True)
class Choice(Criterion):
    """An answer mapped to 0-1 by a list."""

    kind: Literal["choice"]
    values: dict[str, float]


@dataclass(config=STRICT, frozen=True)
class Present(Criterion):
    """1 where the form says something; unknown where it does not."""

    kind: Literal["present"]


@dataclass(config=STRICT, frozen=True)
class ActValues(Criterion):
    """The mean value of the acts found in the task's name; unknown where none is found."""

    kind: Literal["acts"]
    values: dict[str, float]


AnyCriterion: TypeAlias = Annotated[
    Ramp | Choice | Present | ActValues, Field(discriminator="kind")
]


@dataclass(config=STRICT, frozen=True)
class Lever:
    """One way to relieve staff, with its criteria."""

    criteria: dict[str, AnyCriterion]


@dataclass(config=STRICT, frozen=True)
class Gate:
    """A rule that caps the score of some levers; all its conditions must hold."""

    label: str
    levers: tuple[str, ...]
    cap: float
    reason: str
    grade: Grade
    source: str
    work_class: tuple[str, ...] = ()
    medium: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()


@dataclass(config=STRICT, frozen=True)
class ScoringSettings:
    """All levers and gates, and the score from which a lever is recommended."""

    recommended_score: float
    levers: dict[str, Lever]
    gates: dict[str, Gate] = field(default_factory=dict)

    @model_validator(mode="after")
    def _knows_its_words(self) -> Self:
        named = set(self.levers) | {lever for gate in self.gates.values() for lever in gate.levers}
        if unknown := named - set(LEVERS):
            msg = f"手段 {'、'.join(sorted(unknown))} は用語集（terms.py）にありません"
            raise ValueError(msg)
        for name, gate in self.gates.items():
            if not gate.reason:
                msg = f"制約 {name} に理由（reason）を書いてください"
                raise ValueError(msg)
        return self


@dataclass(config=STRICT, frozen=True)
class Rate:
    """Share of a task's hours that a lever saves: low, middle, high; with its evidence."""

    rate: tuple[float, float, float]
    kind: Literal["実績", "見込み", "アンケート"]
    source: str


@dataclass(config=STRICT, frozen=True)
class SavingsSettings:
    """The reduction rate of each lever (savings.toml)."""

    levers: dict[str, Rate]
