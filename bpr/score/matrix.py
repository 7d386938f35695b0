"""The values of all tasks under one lever, as arrays: what weights are applied to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from bpr.score.gates import AppliedGate, Caps, apply_gates, cap_lever
from bpr.score.value import Numbers, Values, value_criteria
from bpr.settings.scoring import ScoringSettings

End = Literal["low", "point", "high"]


@dataclass(frozen=True)
class LeverMatrix:
    """Values (tasks x criteria) in 0-1, the weights of the criteria, and the caps of the gates."""

    lever: str
    criteria: tuple[str, ...]
    fields: tuple[str, ...]
    themes: tuple[str, ...]
    weights: Numbers
    low: Numbers
    point: Numbers
    high: Numbers
    missing: npt.NDArray[np.bool_]
    caps: Caps

    @property
    def shares(self) -> Numbers:
        """Points that a value of 1 is worth, per criterion; they add up to 100."""
        return np.asarray(100 * self.weights / self.weights.sum())

    def sums(self, end: End = "point") -> Numbers:
        """Scores before gates at one end of the values."""
        values: Numbers = getattr(self, end)
        return np.clip(values @ self.shares, 0.0, 100.0)

    def scores(self, end: End = "point") -> Numbers:
        """Scores after gates at one end of the values."""
        cap: Numbers = getattr(self.caps, end)
        return np.minimum(self.sums(end), cap)


def value_levers(facts: pl.DataFrame, scoring: ScoringSettings) -> list[LeverMatrix]:
    """Value all tasks under all levers, in the order of the settings."""
    criteria = [c for lever in scoring.levers.values() for c in lever.criteria.values()]
    valued = iter(value_criteria(criteria, facts))
    gates = apply_gates(facts, scoring.gates)
    return [
        _value_lever(name, scoring, [next(valued) for _ in lever.criteria], gates)
        for name, lever in scoring.levers.items()
    ]


def reweigh(matrices: Sequence[LeverMatrix], scoring: ScoringSettings) -> list[LeverMatrix]:
    """Return the same values under the weights of other settings."""
    return [
        replace(
            matrix,
            weights=np.array([c.weight for c in scoring.levers[matrix.lever].criteria.values()]),
        )
        for matrix in matrices
    ]


def _value_lever(
    name: str, scoring: ScoringSettings, valued: Sequence[Values], gates: Sequence[AppliedGate]
) -> LeverMatrix:
    criteria = scoring.levers[name].criteria
    return LeverMatrix(
        lever=name,
        criteria=tuple(criteria),
        fields=tuple(c.field for c in criteria.values()),
        themes=tuple(c.theme for c in criteria.values()),
        weights=np.array([c.weight for c in criteria.values()]),
        low=np.column_stack([v.low for v in valued]),
        point=np.column_stack([v.point for v in valued]),
        high=np.column_stack([v.high for v in valued]),
        missing=np.column_stack([v.missing for v in valued]),
        caps=cap_lever(name, gates, len(valued[0].point)),
    )
