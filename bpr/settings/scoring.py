"""How tasks are scored: levers, criteria as value functions, gates (scoring.toml)."""

from dataclasses import field
from itertools import pairwise
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator
from pydantic.dataclasses import dataclass

from bpr.settings.load import STRICT, suggest
from bpr.terms import FIELDS, LEVERS, MEDIA, WORK_CLASSES

SCORED_FIELDS = (*FIELDS, "acts")
"""What a criterion may look at."""

Grade: TypeAlias = Literal["A", "B", "C"]
Unit: TypeAlias = Annotated[float, Field(ge=0, le=1)]
Weight: TypeAlias = Annotated[float, Field(gt=0)]
Points: TypeAlias = Annotated[float, Field(ge=0, le=100)]


@dataclass(config=STRICT, frozen=True)
class Criterion:
    """What every criterion has: a weight, what an unknown answer may be worth, its evidence."""

    label: str
    field: str
    weight: Weight
    unknown: tuple[Unit, Unit]
    grade: Grade
    source: str

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
    """A number mapped to 0-1 by straight lines between points, on a linear or log axis."""

    kind: Literal["ramp"]
    points: tuple[tuple[float, Unit], ...]
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
    values: dict[str, Unit]


@dataclass(config=STRICT, frozen=True)
class Present(Criterion):
    """1 where the form says something; unknown where it does not."""

    kind: Literal["present"]


@dataclass(config=STRICT, frozen=True)
class ActValues(Criterion):
    """The mean value of the acts found in the task's name; unknown where none is found."""

    kind: Literal["acts"]
    values: dict[str, Unit]


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
    cap: Points
    reason: str
    grade: Grade
    source: str
    work_class: tuple[str, ...] = ()
    medium: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()


@dataclass(config=STRICT, frozen=True)
class ScoringSettings:
    """All levers and gates, and the score from which a lever is recommended."""

    recommended_score: Points
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
            for words, known in ((gate.work_class, WORK_CLASSES), (gate.medium, MEDIA)):
                if strange := [word for word in words if word not in known]:
                    msg = f"制約 {name} の {strange[0]} は選べません{suggest(strange[0], known)}"
                    raise ValueError(msg)
        return self


@dataclass(config=STRICT, frozen=True)
class Rate:
    """Share of a task's hours that a lever saves: low, middle, high; with its evidence."""

    rate: tuple[Unit, Unit, Unit]
    kind: Literal["実績", "見込み", "アンケート"]
    source: str

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if list(self.rate) != sorted(self.rate):
            raise ValueError("rate は［下限, 中央, 上限］の順に、0〜1 で書いてください")
        return self


@dataclass(config=STRICT, frozen=True)
class SavingsSettings:
    """The reduction rate of each lever (savings.toml)."""

    levers: dict[str, Rate]
