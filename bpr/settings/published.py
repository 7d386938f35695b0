"""Published figures to compare with (published.toml): the Ami plan and its mean of 96 towns."""

from functools import cached_property
from typing import Final, TypeAlias

from pydantic.dataclasses import dataclass

from bpr.settings.load import STRICT

Five: TypeAlias = tuple[float, float, float, float, float]
Three: TypeAlias = tuple[float, float, float]

FIVE: Final = ("total", "core", "expert", "routine", "nonroutine")
"""What the five numbers of a row stand for."""
THREE: Final = ("regular", "nonregular", "total")
"""What the three numbers of a row stand for."""


@dataclass(config=STRICT, frozen=True)
class ClassByStaffFigures:
    """Percent of all hours by class, for regular, nonregular and all staff."""

    ami: dict[str, Three]
    average96: dict[str, Three]


@dataclass(config=STRICT, frozen=True)
class MediaRatioFigures:
    """Percent of hours that use paper, and that are electronic only."""

    paper_use: Five
    electronic_use: Five


@dataclass(config=STRICT, frozen=True)
class Published:
    """The published figures and where they stand."""

    source: str
    class_by_staff: ClassByStaffFigures
    medium_by_class: dict[str, Five]
    media_ratios: MediaRatioFigures
    seal_by_class: dict[str, Five]

    @cached_property
    def minutes_per_case(self) -> dict[str, float]:
        """Mean minutes per case by class and in `total`: hours (図表10) over cases (図表11)."""
        hours, cases = self.medium_by_class["total"], self.seal_by_class["all"]
        return {name: 60 * hour / case for name, hour, case in zip(FIVE, hours, cases, strict=True)}
