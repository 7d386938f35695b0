"""What scoring looks at: a task's answers, its class, and what is worked out from them."""

from typing import Final

import polars as pl

from bpr import terms
from bpr.frames import Classes, DataFrame, FoundActs, Memberships, SurveyTasks
from bpr.text import BLANK_TEXTS, normalize_column

_NO_SYSTEM: Final = r"^(?:なし|無し?|無|使用(?:なし|しない)|該当なし|特になし|×)$"
_NO_PEAK: Final = r"通年|年間|平準|なし|無し|特にな|毎月|随時"
_SEPARATORS: Final = r"[、，,/／・\n;；]|及び|と(?:\s)"
_LABELS: Final = {
    "work_class": terms.SHORT_WORK_CLASSES,
    "medium": {name: term.label for name, term in terms.MEDIA.items()},
    "staff_type": {name: term.label for name, term in terms.STAFF_TYPES.items()},
}


def gather_facts(
    tasks: DataFrame[SurveyTasks],
    classes: DataFrame[Classes],
    found: DataFrame[FoundActs],
    groups: DataFrame[Memberships],
) -> pl.DataFrame:
    """One row per task: its answers, its class, and the fields of `terms.FACTS`.

    `acts`: list, null where none is found; `names`: all its names, normalised, for wordings;
    `division_count`: the divisions of its group of the same work.
    """
    lists = found.lazy().group_by("task_id", maintain_order=True).agg(acts="act")
    wanted = pl.col("task_id", "work_class", "work_class_source", "work_class_probability")
    facts = (
        tasks.lazy()
        .join(classes.lazy().select(wanted), on="task_id", how="left", maintain_order="left")
        .join(lists, on="task_id", how="left", maintain_order="left")
        .collect()
    )
    facts = facts.with_columns(
        _names(facts), _count_systems(pl.col("systems")), _find_peak(pl.col("peak_months"))
    )
    return facts.with_columns(_count_divisions(facts, groups))


def _names(facts: pl.DataFrame) -> pl.Series:
    parts = [
        normalize_column(facts[name])
        for name in ("process_category", "process_group", "process", "task_name", "activity_name")
    ]
    return pl.DataFrame(parts).select(
        names=pl.concat_str(pl.all(), separator=" ", ignore_nulls=True)
    )["names"]


def _count_systems(text: pl.Expr) -> pl.Expr:
    """Count the systems that an answer lists; 「なし」 is none, a blank is unknown."""
    bare = text.str.strip_chars()
    listed = bare.str.replace_all(_SEPARATORS, "\n").str.split("\n")
    return (
        pl.when(bare.is_null() | bare.is_in(BLANK_TEXTS))
        .then(None)
        .when(bare.str.contains(_NO_SYSTEM))
        .then(0.0)
        .otherwise(listed.list.filter(pl.element().str.strip_chars() != "").list.len())
        .cast(pl.Float64)
        .alias("system_count")
    )


def _find_peak(text: pl.Expr) -> pl.Expr:
    """Whether there is a busy season: 「通年」 and the like say no, a blank is unknown."""
    bare = text.str.strip_chars()
    return (
        pl.when(bare.is_not_null() & ~bare.is_in(BLANK_TEXTS))
        .then(~bare.str.contains(_NO_PEAK))
        .alias("has_peak")
    )


def _count_divisions(facts: pl.DataFrame, groups: DataFrame[Memberships]) -> pl.Series:
    """Count the divisions that do the same work; 1 for work of its own, null without a division."""
    grouped = facts.select("task_id", "division").join(
        groups.select("task_id", "group_key"), on="task_id", how="left", maintain_order="left"
    )
    counted = pl.col("division").drop_nulls().n_unique().over("group_key")
    return grouped.select(
        division_count=pl.when(pl.col("group_key").is_not_null())
        .then(counted)
        .when(pl.col("division").is_not_null())
        .then(1)
        .cast(pl.Float64)
    )["division_count"]


def write_fact(facts: pl.DataFrame, name: str, act_labels: dict[str, str]) -> pl.Series:
    """One fact as people read it (1,200 件/年; 紙（量多い）; 入力、照合); null where unknown."""
    column = facts[name]
    if name == "acts":
        joined = pl.col("acts").list.eval(pl.element().replace_strict(act_labels)).list.join("、")
        return facts.select(raw=joined).to_series()
    if name in _LABELS:
        return column.cast(pl.String).replace_strict(_LABELS[name], default=None).alias("raw")
    if column.dtype == pl.Boolean:
        return facts.select(
            raw=pl.when(pl.col(name)).then(pl.lit("あり")).when(~pl.col(name)).then(pl.lit("なし"))
        ).to_series()
    if column.dtype.is_numeric():
        unit = (terms.FIELDS.get(name) or terms.FACTS[name]).unit
        distinct = {n: f"{n:,.6g} {unit}" for n in column.unique().drop_nulls().to_list()}
        return column.replace_strict(distinct, default=None, return_dtype=pl.String).alias("raw")
    return column.cast(pl.String).alias("raw")
