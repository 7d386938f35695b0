"""Choices: answers that are not in the vocabulary of their question."""

import polars as pl

from bpr.check.rule import Reading, places
from bpr.settings import Settings


def check_choices(reading: Reading, settings: Settings) -> pl.DataFrame:
    """Report every answer that no vocabulary knows; it counts as unanswered."""
    del settings
    return places(reading.unknown_choices, code="unknown-choice")
