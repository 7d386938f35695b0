"""重み: the places of a slider - readable multipliers from 1/spread to spread, and their words."""

from collections.abc import Mapping, Sequence
from math import log
from typing import Final

_READABLE: Final = (1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.0)
"""Each about a fifth to a third more than the one before: nearly even on a logarithmic scale."""
_MOST: Final = 10.0
_MARKED: Final = (0.5, 1.0, 2.0)
"""Multipliers that are written below the slider, beside its two ends."""


def list_steps(spread: float) -> list[float]:
    """Multipliers of a slider, the lightest first; 1 is in the middle."""
    most = min(spread, _MOST)
    heavier = [*(step for step in _READABLE if step < most), most]
    return [*(round(1 / step, 2) for step in reversed(heavier)), 1.0, *heavier]


def middle_of(steps: Sequence[object]) -> int:
    """How many places there are on either side of the middle."""
    return len(steps) // 2


def position_of(multiplier: float, steps: Sequence[float]) -> int:
    """The nearest place of a slider, 0 being the middle."""
    nearest = min(range(len(steps)), key=lambda n: abs(log(steps[n] / multiplier)))
    return nearest - middle_of(steps)


def list_marks(steps: Sequence[float]) -> list[tuple[int, str]]:
    """Places that are marked, with their label where they have one."""
    told = {steps[0], steps[-1], *_MARKED}
    return [
        (n - middle_of(steps), f"×{step:.3g}" if step in told else "")
        for n, step in enumerate(steps)
    ]


def say_multiplier(multiplier: float) -> str:
    """×2 重く見る, ×1 標準, ×0.5 軽く見る."""
    if multiplier == 1:
        return "×1 標準"
    return f"×{multiplier:.3g} {'重く' if multiplier > 1 else '軽く'}見る"


def list_words(multiplier: float, steps: Sequence[float]) -> list[str]:
    """Words at each place; a multiplier that is no step stands at the place nearest to it."""
    words = [say_multiplier(step) for step in steps]
    words[position_of(multiplier, steps) + middle_of(steps)] = say_multiplier(multiplier)
    return words


def say_multipliers(multipliers: Mapping[str, float], themes: Mapping[str, str]) -> str:
    """Return 「量（件数・時間）×2、定型の度合い ×0.5」; a theme not known any more keeps its key."""
    told = [f"{themes.get(k, k)} ×{v:.3g}" for k, v in multipliers.items() if v != 1]
    return "、".join(told) if told else "どの観点も ×1（標準のまま）"


def move_weights(
    multipliers: Mapping[str, float], positions: Mapping[str, int | None], steps: Sequence[float]
) -> dict[str, float]:
    """Multipliers after sliders were moved; one that stands where it did keeps its number."""
    moved = {}
    for theme, position in positions.items():
        before = multipliers.get(theme, 1.0)
        stays = position is None or position == position_of(before, steps)
        value = before if stays else steps[(position or 0) + middle_of(steps)]
        if value != 1:
            moved[theme] = value
    return moved
