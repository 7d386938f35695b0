"""What a lever saves and costs: every factor with its interval, unit and evidence (savings.toml)."""

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator
from pydantic.dataclasses import dataclass

from bpr.settings.load import STRICT
from bpr.settings.when import require_known
from bpr.terms import LEVERS, STAFF_TYPES

Amount: TypeAlias = Annotated[float, Field(ge=0)]
Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
Evidence: TypeAlias = Literal["実績", "見込み", "アンケート", "目安"]
"""実績: measured; 見込み: a plan's figure; アンケート: opinions; 目安: this product's own assumption."""
_RATIO = "割合"


@dataclass(config=STRICT, frozen=True)
class Factor:
    """One number with its interval [low, middle, high], its unit and where it comes from."""

    range: tuple[Amount, Amount, Amount]
    unit: Annotated[str, Field(min_length=1)]
    kind: Evidence
    source: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if list(self.range) != sorted(self.range):
            raise ValueError("range は［下限, 中央, 上限］の順に書いてください")
        if self.unit == _RATIO and self.range[2] > 1:
            raise ValueError("割合の range は 0〜1 で書いてください")
        return self


@dataclass(config=STRICT, frozen=True)
class LeverSavings:
    """What one lever takes over, how much of that it saves, and what it costs.

    `acts`: act -> how far the lever takes it over (0-1); a task without any known act takes
    `unknown_share`. `checking`: hours of checking per hour taken over. `upkeep`: hours a year
    whatever the volume. Yen: `setup_yen` once, `yearly_yen` per task and year, `paid_hour_yen` per
    hour taken over, `licence_yen` per licence and year, which serves `licence_tasks` tasks.
    """

    acts: dict[str, Share]
    unknown_share: Factor
    rate: Factor
    checking: Factor
    upkeep: Factor
    setup_yen: Factor
    yearly_yen: Factor
    staff_days: Factor
    paid_hour_yen: Factor | None = None
    licence_yen: Factor | None = None
    licence_tasks: Annotated[int, Field(gt=0)] = 1


@dataclass(config=STRICT, frozen=True)
class Realism:
    """Published results against which our totals are held."""

    task_hours: dict[str, Factor]
    """Lever -> hours saved per task and year."""
    office_ratio: Factor
    """Hours identified by a whole office's BPR, as a share of all its hours."""

    @model_validator(mode="after")
    def _knows_its_levers(self) -> Self:
        require_known(self.task_hours, LEVERS)
        return self


@dataclass(config=STRICT, frozen=True)
class SavingsSettings:
    """All levers' savings, the yen of an hour, and what is realistic (savings.toml)."""

    named_share: Factor
    act_spread: Annotated[float, Field(ge=1)]
    """How far the share of one act may differ from that of another, either way."""
    hourly_yen: dict[str, Factor]
    realism: Realism
    levers: dict[str, LeverSavings]

    @model_validator(mode="after")
    def _knows_its_words(self) -> Self:
        require_known((*STAFF_TYPES, "unknown"), self.hourly_yen)
        require_known(self.hourly_yen, (*STAFF_TYPES, "unknown"))
        require_known(self.levers, LEVERS)
        return self
