"""Hours by medium and class, and how much of the work uses paper (図表10)."""

import polars as pl

from bpr import terms
from bpr.frames import DataFrame, MediaRatios, MediumByClass, TaskTable
from bpr.frames.tables import CLASSES_AND_TOTAL
from bpr.settings.published import FIVE, Published
from bpr.tabulate.scopes import CLASS_KEYS, by_scope_and_class, ratio


def medium_by_class(tasks: DataFrame[TaskTable], published: Published) -> DataFrame[MediumByClass]:
    """Hours a year by medium and class; every cell is present, also those without tasks.

    `unknown`: tasks whose form does not say the medium.
    """
    typed = by_scope_and_class(tasks).with_columns(
        pl.col("medium").cast(pl.String).fill_null("unknown")
    )
    doubled = pl.concat([typed, typed.with_columns(medium=pl.lit("total"))])
    sums = doubled.group_by(*CLASS_KEYS, "medium").agg(
        hours=pl.col("annual_hours").sum(), task_count=pl.len().cast(pl.Int64)
    )
    figures = pl.LazyFrame(
        [
            (medium, name, float(row[i]))
            for medium, row in published.medium_by_class.items()
            for i, name in enumerate(FIVE)
        ],
        schema=["medium", "work_class", "ami_hours"],
        orient="row",
    )
    media = pl.concat([figures.select("medium"), sums.select("medium")]).unique()
    classes = pl.LazyFrame({"work_class": CLASSES_AND_TOTAL})
    table = (
        typed.select("scope")
        .unique()
        .join(media, how="cross")
        .join(classes, how="cross")
        .join(figures, on=["medium", "work_class"], how="left")
        .join(sums, on=[*CLASS_KEYS, "medium"], how="left")
        .with_columns(pl.col("hours").fill_null(0.0), pl.col("task_count").fill_null(0))
        .select(MediumByClass.column_names())
        .collect()
    )
    return MediumByClass.validate(MediumByClass.cast(table).sort("scope", "medium", "work_class"))


def media_ratios(tasks: DataFrame[TaskTable], published: Published) -> DataFrame[MediaRatios]:
    """紙利用率 and 電子利用率 as the Ami plan defines them: 該当なし stays in the base."""
    medium = pl.col("medium").cast(pl.String)
    hours = pl.col("annual_hours")
    figures = pl.DataFrame(
        {
            "work_class": FIVE,
            "ami_paper_use_ratio": [v / 100 for v in published.media_ratios.paper_use],
            "ami_electronic_use_ratio": [v / 100 for v in published.media_ratios.electronic_use],
        }
    )
    scoped = by_scope_and_class(tasks)
    sums = scoped.group_by(CLASS_KEYS).agg(
        base_hours=hours.sum(),
        paper_hours=hours.filter(medium.is_in(terms.PAPER_MEDIA)).sum(),
        electronic_hours=hours.filter(medium == "electronic").sum(),
    )
    table = (
        scoped.select("scope")
        .unique()
        .join(figures.lazy(), how="cross")
        .join(sums, on=CLASS_KEYS, how="left")
        .with_columns(pl.col("base_hours", "paper_hours", "electronic_hours").fill_null(0.0))
        .with_columns(
            paper_use_ratio=ratio("paper_hours", "base_hours"),
            electronic_use_ratio=ratio("electronic_hours", "base_hours"),
        )
        .select(MediaRatios.column_names())
        .collect()
    )
    return MediaRatios.validate(MediaRatios.cast(table).sort("scope", "work_class"))
