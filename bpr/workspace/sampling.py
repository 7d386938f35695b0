"""Samples of the ranking as a job keeps them, so that no process need draw them again."""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from bpr.frames import Judgements, RankCertainty, types_of
from bpr.score.sensitivity import Sensitivity

SAMPLE: Final = "sample"
"""Kind of the job."""


def write_sample(sample: Sensitivity) -> dict[str, Any]:
    """Return what JSON can hold of a sample."""
    return {
        "certainty": sample.certainty.to_dict(as_series=False),
        "judgements": sample.judgements.to_dict(as_series=False),
        "samples": sample.samples,
        "top": sample.top,
        "spread": sample.spread,
    }


def read_sample(kept: Mapping[str, Any]) -> Sensitivity:
    """Return the sample that was kept."""
    certainty, judgements = (
        pl.DataFrame(kept[name], schema=types_of(schema))
        for name, schema in (("certainty", RankCertainty), ("judgements", Judgements))
    )
    return Sensitivity(
        RankCertainty.validate(certainty),
        Judgements.validate(judgements),
        kept["samples"],
        kept["top"],
        kept["spread"],
    )
