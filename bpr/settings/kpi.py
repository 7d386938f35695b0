"""Working time, and the KPI: what they count, how they are graded and forecast (kpi.toml)."""

from dataclasses import field
from typing import Annotated, Final, Literal, Self, TypeAlias

from pydantic import Field, model_validator
from pydantic.dataclasses import dataclass

from bpr.errors import InputError
from bpr.settings.load import STRICT, load_settings, suggest
from bpr.settings.savings import Evidence
from bpr.settings.scoring import Text
from bpr.settings.when import require_known
from bpr.terms import LEVERS

EvidenceKey: TypeAlias = Literal["measured", "expected", "opinion"]
Standing: TypeAlias = Literal["selected", "reviewing", "running", "done", "confirmed"]
Pseudo: TypeAlias = Annotated[float, Field(gt=0)]

PLANNED: Final = ("selected", "reviewing", "running")
"""Statuses of targets that are decided on but not done."""


@dataclass(config=STRICT, frozen=True)
class KpiDefinition:
    """What one KPI counts.

    `measure`: `count` counts units, `sum_hours` adds up their realized hours a year, `entered`
    takes what people type in. A unit counts from `from_status` on, of one of the `levers` (empty:
    any), once there is a measurement of one of the kinds of `evidence` (empty: none is needed).
    `split`: parts of one task count `once` or `each`; `merge`: several tasks rebuilt as one.
    `cumulative` false: what came in the year alone.
    """

    label: Text
    unit: Text
    measure: Literal["count", "sum_hours", "entered"]
    source: Text
    baseline: float
    baseline_year: int
    target: float | None = None
    target_year: int | None = None
    better: Literal["up", "down"] = "up"
    from_status: Standing = "done"
    levers: tuple[str, ...] = ()
    split: Literal["once", "each"] = "once"
    merge: Literal["once", "each"] = "once"
    evidence: tuple[EvidenceKey, ...] = ()
    cumulative: bool = True

    @model_validator(mode="after")
    def _can_be_counted(self) -> Self:
        require_known(self.levers, LEVERS)
        if self.measure == "sum_hours" and (not self.evidence or self.merge == "each"):
            raise ValueError(
                '時間の合計（sum_hours）には evidence を 1 つ以上、merge は "once" と書いてください'
            )
        if self.target is None:
            return self
        if self.target_year is None or self.target_year <= self.baseline_year:
            raise ValueError("target には、baseline_year より後の target_year を書いてください")
        if (self.target > self.baseline) != (self.better == "up"):
            raise ValueError("target が better（up：多いほどよい、down：少ないほどよい）と逆です")
        return self


@dataclass(config=STRICT, frozen=True)
class GradeStep:
    """A grade in words from a ratio of actual to expected progress on; None: whatever remains."""

    grade: Text
    label: Text
    at_least: float | None = None


@dataclass(config=STRICT, frozen=True)
class GradeScheme:
    """Grades from the best to the worst, and the one where nothing can be said."""

    source: Text
    unknown: GradeStep
    steps: tuple[GradeStep, ...]

    @model_validator(mode="after")
    def _falls(self) -> Self:
        bounds = [step.at_least for step in self.steps]
        told = [bound for bound in bounds if bound is not None]
        if not bounds or bounds[-1] is not None or len(told) != len(bounds) - 1:
            raise ValueError("steps は、最後の 1 つだけを at_least なしで書いてください")
        if told != sorted(set(told), reverse=True):
            raise ValueError("steps は at_least の大きい順に書いてください")
        return self

    def judge(self, ratio: float | None) -> GradeStep:
        """Grade of a ratio of actual to expected progress; None: it cannot be said."""
        if ratio is None:
            return self.unknown
        return next(s for s in self.steps if s.at_least is None or ratio >= s.at_least)


@dataclass(config=STRICT, frozen=True)
class Grades:
    """The schemes of grades, and the one in use."""

    scheme: str
    schemes: dict[str, GradeScheme]

    @model_validator(mode="after")
    def _has_its_scheme(self) -> Self:
        require_known((self.scheme,), self.schemes)
        return self

    @property
    def used(self) -> GradeScheme:
        """The scheme in use."""
        return self.schemes[self.scheme]


@dataclass(config=STRICT, frozen=True)
class Odds:
    """How targets of one status come through, as if so many had `came` and so many `failed`."""

    came: Pseudo
    failed: Pseudo
    kind: Evidence
    source: Text


@dataclass(config=STRICT, frozen=True)
class ForecastSettings:
    """What a forecast assumes before the office has outcomes of its own.

    `interval`: probability with which the outcome should lie between low and high.
    """

    interval: Annotated[float, Field(gt=0, lt=1)]
    least_actuals: Annotated[int, Field(ge=2)]
    odds: dict[str, Odds]

    @model_validator(mode="after")
    def _has_its_odds(self) -> Self:
        require_known(self.odds, PLANNED)
        require_known(PLANNED, self.odds)
        return self


def _product() -> "KpiSettings":
    return load_settings(KpiSettings, "kpi.toml", None)


@dataclass(config=STRICT, frozen=True)
class KpiSettings:
    """Conversions of working time in hours, and the definitions of the KPI by name.

    An office's file that holds the conversions only keeps the product's KPI. `valid_from`: fiscal
    year from which these definitions hold. `confirm_evidence`: kinds of measurement of which 効果確認済
    needs one; `feedback_least`: measured targets from which the office's own reduction is used.
    """

    hours_per_fte: Annotated[float, Field(gt=0)]
    hours_per_day: Annotated[float, Field(gt=0)]
    version: int = field(default_factory=lambda: _product().version)
    valid_from: int = field(default_factory=lambda: _product().valid_from)
    confirm_evidence: Annotated[tuple[EvidenceKey, ...], Field(min_length=1)] = field(
        default_factory=lambda: _product().confirm_evidence
    )
    feedback_least: Annotated[int, Field(ge=2)] = field(
        default_factory=lambda: _product().feedback_least
    )
    grades: Grades = field(default_factory=lambda: _product().grades)
    forecast: ForecastSettings = field(default_factory=lambda: _product().forecast)
    kpi: dict[str, KpiDefinition] = field(default_factory=lambda: _product().kpi)

    def definition(self, kpi: str) -> KpiDefinition:
        """Look up a KPI; raises InputError where kpi.toml has none of that name."""
        if kpi not in self.kpi:
            msg = f"KPI「{kpi}」は kpi.toml にありません{suggest(kpi, self.kpi)}。{'、'.join(self.kpi)} のどれかを入れてください。"
            raise InputError(msg)
        return self.kpi[kpi]
