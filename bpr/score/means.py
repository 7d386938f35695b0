"""Means of rebuilding that fit each task, and the pitfalls to ask about."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from bpr.frames import DataFrame
from bpr.frames.means import FittingMeans
from bpr.score.conditions import holds
from bpr.settings.means import MeansSettings, Pitfall

MOST_PITFALLS: Final = 4


def find_means(facts: pl.DataFrame, settings: MeansSettings) -> DataFrame[FittingMeans]:
    """Means of every task, in the order of `facts` (see `gather_facts`) and of the settings."""
    names = list(settings.means)
    fits = np.zeros((facts.height, len(names)), dtype=bool)
    for number, mean in enumerate(settings.means.values()):
        for when in mean.when:
            fits[:, number] |= holds(when, facts)
    rows, numbers = np.nonzero(fits)
    found = pl.DataFrame(
        {
            "task_id": facts["task_id"].gather(rows),
            "mean": pl.Series(names, dtype=pl.String).gather(numbers),
        }
    )
    return FittingMeans.validate(found)


def list_pitfalls(
    lever: str | None, means: Sequence[str], settings: MeansSettings
) -> list[Pitfall]:
    """Return at most four pitfalls in the order of the settings, those of the lever or a mean first."""
    pitfalls = settings.pitfalls.values()
    own = [p for p in pitfalls if lever in p.levers or not set(means).isdisjoint(p.means)]
    general = [p for p in pitfalls if p.is_general]
    return [*own, *general][:MOST_PITFALLS]
