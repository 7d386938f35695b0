"""A built-in view: tasks sorted into published kinds, beside what its town counted in each."""

import polars as pl

from bpr.frames import DataFrame, KindCounts
from bpr.match.summary import known_sum
from bpr.match.wordings import find_wordings
from bpr.settings.common_work import View

NO_KIND = "区分なし"


def count_kinds(tasks: pl.DataFrame, view: View) -> DataFrame[KindCounts]:
    """Tasks and hours of every kind, the most published first; then those of none (区分なし)."""
    found = (
        tasks.select("annual_hours", kind=find_wordings(tasks, view.kinds))
        .group_by("kind")
        .agg(
            tasks=pl.len(),
            unknown_hours=pl.col("annual_hours").null_count(),
            hours=known_sum("annual_hours"),
        )
    )
    ranked = sorted(view.kinds.items(), key=lambda item: -item[1].published_count)
    rows = [(name, kind.label, kind.published_count) for name, kind in ranked]
    kinds = pl.DataFrame(
        [*rows, (None, NO_KIND, None)],
        schema={"kind": pl.String, "label": pl.String, "published_count": pl.Int64},
        orient="row",
    )
    return (
        kinds.join(found, on="kind", how="left", maintain_order="left", nulls_equal=True)
        .with_columns(pl.col("tasks", "unknown_hours").fill_null(0))
        .select(KindCounts.column_names())
        .pipe(KindCounts.validate, cast=True)
    )
