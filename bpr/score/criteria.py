"""What each criterion of each lever contributes to the score of each task."""

import polars as pl

from bpr import terms
from bpr.frames import Classes, Contributions, DataFrame, FoundActs, SurveyTasks
from bpr.score.value import VALUES, value_criterion
from bpr.settings import Acts
from bpr.settings.scoring import ActValues, Criterion, ScoringSettings

_LABELS = {
    "work_class": terms.SHORT_WORK_CLASSES,
    "medium": {name: term.label for name, term in terms.MEDIA.items()},
    "staff_type": {name: term.label for name, term in terms.STAFF_TYPES.items()},
}


def gather_facts(
    tasks: DataFrame[SurveyTasks], classes: DataFrame[Classes], found: DataFrame[FoundActs]
) -> pl.DataFrame:
    """One row per task: its answers, its class, and `acts` as a list (null where none)."""
    lists = found.lazy().group_by("task_id", maintain_order=True).agg(acts="act")
    wanted = pl.col("task_id", "work_class", "work_class_source", "work_class_probability")
    return (
        tasks.lazy()
        .join(classes.lazy().select(wanted), on="task_id", how="left", maintain_order="left")
        .join(lists, on="task_id", how="left", maintain_order="left")
        .collect()
    )


def score_criteria(
    facts: pl.DataFrame, scoring: ScoringSettings, acts: Acts
) -> DataFrame[Contributions]:
    """Contributions of all levers: `points = 100 x weight x value / sum of weights`."""
    frames = []
    for lever, settings in scoring.levers.items():
        total = sum(criterion.weight for criterion in settings.criteria.values())
        for name, criterion in settings.criteria.items():
            share = 100 * criterion.weight / total
            frames.append(
                value_criterion(criterion, facts)
                .with_columns(facts["task_id"], raw_text(criterion, facts, acts))
                .with_columns(
                    *(pl.col(v).mul(share).alias(v.replace("value", "points")) for v in VALUES),
                    lever=pl.lit(lever, pl.Enum(list(terms.LEVERS))),
                    criterion=pl.lit(name),
                    weight=pl.lit(criterion.weight),
                )
                .select(Contributions.column_names())
            )
    return Contributions.validate(pl.concat(frames))


def raw_text(criterion: Criterion, facts: pl.DataFrame, acts: Acts) -> pl.Series:
    """Return the answer as people read it (1,200 件/年; 紙（量多い）; 入力、照合)."""
    name = criterion.field
    if isinstance(criterion, ActValues):
        labels = {key: act.label for key, act in acts.items()}
        joined = pl.col("acts").list.eval(pl.element().replace_strict(labels)).list.join("、")
        return facts.select(raw=joined).to_series()
    column = facts[name]
    if name in _LABELS:
        return column.cast(pl.String).replace_strict(_LABELS[name], default=None).alias("raw")
    if column.dtype.is_numeric():
        unit = terms.FIELDS[name].unit
        distinct = {n: f"{n:,.6g} {unit}" for n in column.unique().drop_nulls().to_list()}
        return column.replace_strict(distinct, default=None, return_dtype=pl.String).alias("raw")
    return column.cast(pl.String).alias("raw")
