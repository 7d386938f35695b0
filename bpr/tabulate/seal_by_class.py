"""Cases that need a seal, by class (図表11)."""

import polars as pl

from bpr.frames import DataFrame, SealByClass, TaskTable
from bpr.settings.published import FIVE, Published
from bpr.tabulate.scopes import CLASS_KEYS, by_scope_and_class, ratio


def seal_by_class(tasks: DataFrame[TaskTable], published: Published) -> DataFrame[SealByClass]:
    """Cases a year with each seal and their share of all cases of the class (0-1)."""
    count = pl.col("annual_count")
    scoped = by_scope_and_class(tasks)
    wide = scoped.group_by(CLASS_KEYS).agg(
        approval_seal=count.filter(pl.col("approval_seal")).sum(),
        resident_seal=count.filter(pl.col("resident_seal")).sum(),
        all=count.sum(),
    )
    long = wide.with_columns(base_cases=pl.col("all")).unpivot(
        on=["approval_seal", "resident_seal", "all"],
        index=[*CLASS_KEYS, "base_cases"],
        variable_name="seal",
        value_name="cases",
    )
    totals = published.seal_by_class["all"]
    figures = pl.DataFrame(
        [
            (seal, name, float(row[i]), row[i] / totals[i])
            for seal, row in published.seal_by_class.items()
            for i, name in enumerate(FIVE)
        ],
        schema=["seal", "work_class", "ami_cases", "ami_ratio"],
        orient="row",
    )
    table = (
        scoped.select("scope")
        .unique()
        .join(figures.lazy(), how="cross")
        .join(long, on=[*CLASS_KEYS, "seal"], how="left")
        .with_columns(pl.col("cases", "base_cases").fill_null(0.0))
        .with_columns(ratio=ratio("cases", "base_cases"))
        .select(SealByClass.column_names())
        .collect()
    )
    return SealByClass.validate(SealByClass.cast(table).sort("scope", "seal", "work_class"))
