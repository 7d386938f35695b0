"""Give every task its class: the person's word, else the survey's answers, else the model."""

from typing import Final

import polars as pl

from bpr import terms
from bpr.classify.classifier import Classifier
from bpr.classify.features import join_names
from bpr.frames import Classes, Corrections, DataFrame, FoundActs, SurveyTasks
from bpr.settings import Acts

A_FROM: Final = 0.85
B_FROM: Final = 0.60
"""Least probability for confidence A and B: ours, adjustable."""


def classify_tasks(
    tasks: DataFrame[SurveyTasks],
    found: DataFrame[FoundActs],
    classifier: Classifier,
    corrections: DataFrame[Corrections],
    acts: Acts,
) -> DataFrame[Classes]:
    """Class, source, probability, confidence and reason of every task.

    The model's opinion stays in `model_class` beside what a person or the survey says.
    """
    texts = join_names(tasks["task_name"], tasks["activity_name"])
    predicted = pl.concat([tasks.select("task_id"), classifier.predict(texts)], how="horizontal")
    return (
        tasks.lazy()
        .select("task_id", survey_class=class_of_answers())
        .join(predicted.lazy(), on="task_id", how="left", maintain_order="left")
        .join(
            corrections.lazy().select("task_id", person="work_class", why="reason"),
            on="task_id",
            how="left",
            maintain_order="left",
        )
        .join(_act_labels(found, acts), on="task_id", how="left", maintain_order="left")
        .with_columns(person=pl.col("person").cast(pl.String))
        .with_columns(
            work_class=pl.coalesce("person", "survey_class", "model_class"),
            work_class_source=_source(),
            work_class_probability=pl.when(_decided()).then(1.0).otherwise("probability"),
            confidence=_confidence(),
            reason=_reason(),
        )
        .select(Classes.column_names())
        .collect()
        .pipe(Classes.validate, cast=True)
    )


def class_of_answers() -> pl.Expr:
    """Class that the three class questions of the survey amount to; null where they are open."""
    return (
        pl.when(pl.col("must_be_staff"))
        .then(pl.lit("core"))
        .when(~pl.col("must_be_staff") & pl.col("needs_expertise"))
        .then(pl.lit("expert"))
        .when(~pl.col("must_be_staff") & ~pl.col("needs_expertise") & pl.col("is_routine"))
        .then(pl.lit("routine"))
        .when(~pl.col("must_be_staff") & ~pl.col("needs_expertise") & ~pl.col("is_routine"))
        .then(pl.lit("nonroutine"))
    )


def _decided() -> pl.Expr:
    return pl.col("person").is_not_null() | pl.col("survey_class").is_not_null()


def _source() -> pl.Expr:
    return (
        pl.when(pl.col("person").is_not_null())
        .then(pl.lit("person"))
        .when(pl.col("survey_class").is_not_null())
        .then(pl.lit("survey"))
        .otherwise(pl.lit("model"))
    )


def _confidence() -> pl.Expr:
    """Return A, B or C; null where nothing can be said."""
    return (
        pl.when(_decided())
        .then(pl.lit("A"))
        .when(pl.col("probability") >= A_FROM)
        .then(pl.lit("A"))
        .when(pl.col("probability") >= B_FROM)
        .then(pl.lit("B"))
        .when(pl.col("probability").is_not_null())
        .then(pl.lit("C"))
    )


def _reason() -> pl.Expr:
    """Say in one Japanese sentence what decided."""
    answers = pl.col("survey_class").replace_strict(
        {
            "core": "調査票に「職員でなければできない」と答えています。",
            "expert": "調査票に、職員でなくてもよいが専門性が必要と答えています。",
            "routine": "調査票に、専門性は不要で定型と答えています。",
            "nonroutine": "調査票に、専門性は不要で非定型と答えています。",
        },
        default=None,
    )
    model = pl.format(
        "「{}」という言葉から、{} と判定しました。",
        pl.col("act_labels"),
        pl.col("model_class").replace_strict(terms.SHORT_WORK_CLASSES, default=None),
    )
    similar = pl.format(
        "似た名前の業務の例から、{} と判定しました。",
        pl.col("model_class").replace_strict(terms.SHORT_WORK_CLASSES, default=None),
    )
    return (
        pl.when(pl.col("person").is_not_null())
        .then(pl.format("人が確認しました：{}", pl.col("why").fill_null("理由の記入なし")))
        .otherwise(
            pl.coalesce(
                answers,
                model,
                similar,
                pl.lit("判定できる言葉がありません。人が確認してください。"),
            )
        )
    )


def _act_labels(found: DataFrame[FoundActs], acts: Acts) -> pl.LazyFrame:
    labels = {name: act.label for name, act in acts.items()}
    return (
        found.lazy()
        .with_columns(label=pl.col("act").replace_strict(labels))
        .group_by("task_id", maintain_order=True)
        .agg(act_labels=pl.col("label").head(3).str.join("」「"))
    )
