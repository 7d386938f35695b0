"""Opinions: by what the weights of each theme are multiplied, and how an address writes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bpr.workspace.weighing import HIGHEST_MULTIPLIER, LOWEST_MULTIPLIER, STANDARD


@dataclass(frozen=True)
class Opinion:
    """The weights that somebody looks through: multipliers by theme, and the set they come from."""

    multipliers: Mapping[str, float] = field(default_factory=dict)
    name: str | None = None
    version: int | None = None

    @property
    def label(self) -> str:
        """What it is called: 標準, a set's name and version, or that it was changed by hand."""
        if self.name is not None:
            return f"{self.name}（第 {self.version} 版）"
        return "試している重み" if self.multipliers else STANDARD

    @property
    def key(self) -> tuple[tuple[str, float], ...]:
        """The multipliers in a fixed order."""
        return tuple(sorted(self.multipliers.items()))


def parse_multipliers(text: str, themes: list[str]) -> dict[str, float]:
    """Read 「volume:2,routine:0.5」; what is no theme or no usable number is passed over."""
    found = {}
    for part in text.split(","):
        theme, _, number = part.partition(":")
        try:
            value = float(number)
        except ValueError:
            continue
        if theme in themes and LOWEST_MULTIPLIER <= value <= HIGHEST_MULTIPLIER and value != 1:
            found[theme] = value
    return found


def write_multipliers(multipliers: Mapping[str, float]) -> str:
    """Return what `parse_multipliers` reads."""
    return ",".join(f"{k}:{v:g}" for k, v in multipliers.items() if v != 1)
