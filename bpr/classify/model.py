"""One linear model of short Japanese names: fitted, calibrated on divisions left out, explained.

A ridge classifier gives one number per class; a logistic regression on the numbers of divisions that
were left out turns them into probabilities (Platt's sigmoid for several classes at once). Both are
linear, so each feature's part in a probability can be read off. Same input, same output.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression, RidgeClassifier
from sklearn.model_selection import GroupKFold, cross_val_predict

from bpr.classify.features import Features
from bpr.settings import Acts

Numbers = NDArray[np.float64]

_FOLDS: Final = 5
_CERTAIN: Final = 0.95
_CERTAIN_FROM: Final = 0.90
"""Confidence A: at least this share is right by the lower end of an interval, none below FROM."""
_LIKELY: Final = 0.80
_LIKELY_FROM: Final = 0.60
"""Confidence B: at least this share of the rest is right, none below FROM."""
_FEWEST: Final = 20
_QUANTILE: Final = 1.28
"""One-sided 90 % of the normal distribution."""
NEVER: Final = 1.01


@dataclass(frozen=True)
class Cutoffs:
    """Least probability for confidence A and B of one class (`NEVER` where none is good enough)."""

    certain: float
    likely: float


@dataclass(frozen=True, eq=False)
class Model:
    """A fitted model: `scores = X @ coefficients + intercepts`, probabilities by softmax."""

    features: Features
    classes: tuple[str, ...]
    coefficients: Numbers
    """(features, classes)"""
    intercepts: Numbers
    cutoffs: dict[str, Cutoffs]

    def scores(self, matrix: Any) -> Numbers:  # noqa: ANN401 - a scipy sparse array
        """Return (rows, classes): larger means more probable."""
        return np.asarray(matrix @ self.coefficients) + self.intercepts

    def probabilities(self, texts: pl.DataFrame) -> Numbers:
        """Return (rows, classes), each row sums to 1."""
        return softmax(self.scores(self.features.transform(texts)))

    def confidences(self, classes: pl.Expr, probabilities: pl.Expr) -> pl.Expr:
        """A, B or C by the cut-offs of each class; null where there is no class."""
        certain, likely = (
            classes.replace_strict(
                {name: getattr(c, level) for name, c in self.cutoffs.items()},
                default=NEVER,
                return_dtype=pl.Float64,
            )
            for level in ("certain", "likely")
        )
        return (
            pl.when(classes.is_null())
            .then(pl.lit(None, pl.String))
            .when(probabilities >= certain)
            .then(pl.lit("A"))
            .when(probabilities >= likely)
            .then(pl.lit("B"))
            .otherwise(pl.lit("C"))
        )


def fit_model(
    texts: pl.DataFrame, truth: Sequence[str], groups: Sequence[str], weights: Numbers, acts: Acts
) -> Model:
    """Fit on `gather_texts`; `groups` (divisions) are left out as a whole for the calibration."""
    features = Features.fit(texts, acts)
    matrix, target = features.transform(texts), np.asarray(truth)
    ridge = make_ridge()
    left_out = cross_val_predict(
        ridge,
        matrix,
        target,
        groups=np.asarray(groups),
        cv=GroupKFold(_FOLDS),
        method="decision_function",
        params={"sample_weight": weights},
    )
    ridge.fit(matrix, target, sample_weight=weights)
    sigmoid = LogisticRegression(C=100.0, max_iter=1000).fit(left_out, target, weights)
    probabilities = sigmoid.predict_proba(left_out)
    return Model(
        features=features,
        classes=tuple(str(name) for name in ridge.classes_),
        coefficients=ridge.coef_.T @ sigmoid.coef_.T,
        intercepts=ridge.intercept_ @ sigmoid.coef_.T + sigmoid.intercept_,
        cutoffs=choose_cutoffs(ridge.classes_, target, probabilities),
    )


def make_ridge() -> RidgeClassifier:
    """Return the linear classifier before it is fitted."""
    return RidgeClassifier(alpha=1.0, class_weight="balanced", solver="sparse_cg", tol=1e-4)


def choose_cutoffs(
    classes: Sequence[str], truth: NDArray[Any], probabilities: Numbers
) -> dict[str, Cutoffs]:
    """Cut-offs of each class, from predictions for what was left out."""
    best = probabilities.argmax(axis=1)
    chosen = {}
    for i, name in enumerate(classes):
        own = best == i
        order = np.argsort(-probabilities[own, i], kind="stable")
        levels = probabilities[own, i][order]
        right = (truth[own] == name)[order].astype(float)
        certain = max(_CERTAIN_FROM, _lowest(levels, right, _CERTAIN, _QUANTILE))
        rest = levels < certain
        likely = max(_LIKELY_FROM, _lowest(levels[rest], right[rest], _LIKELY, 0.0))
        likely = min(certain, likely)
        chosen[str(name)] = Cutoffs(certain, likely)
    return chosen


def _lowest(levels: Numbers, right: Numbers, share: float, quantile: float) -> float:
    """Return the lowest level down to which at least `share` is right, by Wilson's lower bound."""
    if len(levels) < _FEWEST:
        return NEVER
    n = np.arange(1, len(levels) + 1)
    lower, _ = _wilson(np.cumsum(right) / n, n, quantile)
    enough = np.flatnonzero((lower >= share) & (n >= _FEWEST))
    return float(levels[enough[-1]]) if len(enough) else NEVER


def softmax(scores: Numbers) -> Numbers:
    """Scores -> probabilities, row by row."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def wilson(right: int, total: int, quantile: float = 1.96) -> tuple[float, float]:
    """Interval of a share (Wilson 1927), by default of 95 %."""
    if not total:
        return 0.0, 1.0
    lower, upper = _wilson(np.float64(right / total), np.float64(total), quantile)
    return float(lower), float(upper)


def _wilson(rate: Any, total: Any, quantile: float) -> tuple[Any, Any]:  # noqa: ANN401 - numbers or arrays
    z = quantile
    middle, scale = rate + z * z / (2 * total), 1 + z * z / total
    spread = z * np.sqrt(rate * (1 - rate) / total + z * z / (4 * total * total))
    return (middle - spread) / scale, (middle + spread) / scale
