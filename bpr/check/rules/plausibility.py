"""Plausibility: more hours than people have, and times per case far from those of like work."""

import polars as pl

from bpr.check.rule import Reading, places
from bpr.settings import Settings
from bpr.text import squeeze


def check_staff_hours(reading: Reading, settings: Settings) -> pl.DataFrame:
    """Find workbooks whose hours are more than their division's people can work.

    The number of people is what the workbook itself says (職員数：8人), else what the list of
    offices says of all the divisions in it.
    """
    a_year = settings.kpi.hours_per_fte * settings.survey.plausibility.staff_hours_ratio
    hours = reading.tasks.group_by("workbook", maintain_order=True).agg(
        hours=pl.col("annual_hours").sum(), sheet=pl.col("sheet").first()
    )
    staff = reading.staff.group_by("workbook").agg(staff=pl.col("staff").max())
    found = (
        hours.join(staff, on="workbook", how="left", maintain_order="left")
        .join(_listed_staff(reading), on="workbook", how="left", maintain_order="left")
        .with_columns(staff=pl.coalesce("staff", "listed"))
        .filter(pl.col("hours") > pl.col("staff") * a_year)
    )
    told = pl.format(
        "{} 時間、職員 {} 人", pl.col("hours").round(0).cast(pl.Int64), pl.col("staff")
    )
    return places(
        found.with_columns(value=told, row=pl.lit(None, pl.Int64), block=pl.lit(None, pl.Int64)),
        field=None,
        code="hours-beyond-staff",
    )


def _listed_staff(reading: Reading) -> pl.DataFrame:
    """People of each workbook's divisions by the list; null where one of them is not listed."""
    known = {squeeze(name): people for name, people in reading.listed_staff.items()}
    divisions = reading.tasks.select("workbook", "division").unique()
    people = [known.get(squeeze(name or "")) for name in divisions["division"].to_list()]
    listed = divisions.with_columns(people=pl.Series(people, dtype=pl.Float64))
    told = pl.when(pl.col("people").null_count() == 0).then(pl.col("people").sum())
    return listed.group_by("workbook").agg(listed=told)


def check_task_hours(reading: Reading, settings: Settings) -> pl.DataFrame:
    """Find single rows that would keep more people busy than a row of a survey can mean."""
    limit = settings.survey.plausibility.task_fte
    people = pl.col("annual_hours") / settings.kpi.hours_per_fte
    found = reading.tasks.filter(people > limit).with_columns(
        value=pl.format(
            "{} 時間＝{} 人分", pl.col("annual_hours").round(0).cast(pl.Int64), people.round(1)
        )
    )
    return places(found, field="annual_hours", code="task-beyond-staff")


def check_minutes(reading: Reading, settings: Settings) -> pl.DataFrame:
    """Find times per case far outside what the published surveys show for the row's class.

    The middle of a class is its hours (図表10) over its cases (図表11), as `published.toml` has
    them; a row without the survey's own class is compared with all.
    """
    limits = settings.survey.plausibility
    middles = settings.published.minutes_per_case
    minutes = pl.col("annual_hours") * 60 / pl.col("annual_count")
    middle = _class().replace_strict(middles, default=middles["total"], return_dtype=pl.Float64)
    ratio = minutes / middle
    found = reading.tasks.filter(
        pl.col("annual_count") >= limits.minutes_min_cases,
        (ratio > limits.minutes_factor) | (ratio < 1 / limits.minutes_factor),
        pl.col("annual_hours") > 0,
    ).with_columns(
        value=pl.format("1 件 {} 分、目安は {} 分前後", minutes.round(2), middle.round(1))
    )
    return places(found, field="annual_hours", code="minutes-beyond-band")


def _class() -> pl.Expr:
    """Class by the survey's own answers."""
    return (
        pl.when("must_be_staff")
        .then(pl.lit("core"))
        .when("needs_expertise")
        .then(pl.lit("expert"))
        .when(pl.col("is_routine"))
        .then(pl.lit("routine"))
        .when(~pl.col("is_routine"))
        .then(pl.lit("nonroutine"))
        .otherwise(pl.lit("total"))
    )
