"""Give every task its class: the person's word, else the survey's answers, else the model."""

from typing import Final

import polars as pl

from bpr import terms
from bpr.classify.features import gather_texts
from bpr.classify.model import Model
from bpr.classify.predict import predict_once
from bpr.frames import Classes, Corrections, DataFrame, FoundActs, SurveyTasks
from bpr.settings import Acts

NOTHING_TO_GO_BY: Final = "判定できる言葉がありません。人が確認してください。"


def classify_tasks(
    tasks: DataFrame[SurveyTasks],
    found: DataFrame[FoundActs],
    model: Model,
    corrections: DataFrame[Corrections],
    acts: Acts,
) -> DataFrame[Classes]:
    """Class, source, probability, confidence and reasons of every task.

    The model's opinion stays in `model_*` beside what a person or the survey says.
    """
    predicted = predict_once(model, gather_texts(tasks)).rename(
        {"predicted": "model_class", "probability": "model_probability", "reasons": "model_reasons"}
    )
    return (
        pl.concat([tasks.select("task_id"), predicted], how="horizontal")
        .lazy()
        .with_columns(survey_class=tasks.select(class_of_answers()).to_series())
        .join(
            corrections.lazy().select("task_id", person="work_class", why="reason"),
            on="task_id",
            how="left",
            maintain_order="left",
        )
        .join(_natures(found, acts), on="task_id", how="left", maintain_order="left")
        .with_columns(
            pl.col("person").cast(pl.String),
            pl.col("model_reasons").fill_null(pl.lit([], pl.List(pl.String))),
            pl.col("natures").fill_null(pl.lit([], pl.List(pl.String))),
        )
        .with_columns(work_class=pl.coalesce("person", "survey_class", "model_class"))
        .with_columns(model_confidence=_guarded(pl.col("confidence")))
        .with_columns(
            work_class_source=_source(),
            work_class_probability=pl.when(_decided()).then(1.0).otherwise("model_probability"),
            confidence=pl.when(_decided()).then(pl.lit("A")).otherwise("model_confidence"),
            core_basis=_core_basis(),
            splittable=_holds("staff_only", "judgement") & _holds("assisting", "routine"),
            model_reasons=_with_guard(),
        )
        .with_columns(reason=_reason())
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


def _natures(found: DataFrame[FoundActs], acts: Acts) -> pl.LazyFrame:
    """(task_id, natures): the natures of the acts that each task shows."""
    natures = {name: act.nature for name, act in acts.items()}
    return (
        found.lazy()
        .with_columns(nature=pl.col("act").replace_strict(natures, return_dtype=pl.String))
        .group_by("task_id", maintain_order=True)
        .agg(natures=pl.col("nature").unique(maintain_order=True))
    )


def _holds(*natures: str) -> pl.Expr:
    return pl.any_horizontal(pl.col("natures").list.contains(nature) for nature in natures)


def _guarded(confidence: pl.Expr) -> pl.Expr:
    """No act of public authority (審査、許可 …) comes out as routine with confidence A."""
    return pl.when(_is_guarded() & (confidence == "A")).then(pl.lit("B")).otherwise(confidence)


def _is_guarded() -> pl.Expr:
    return (pl.col("model_class") == "routine") & _holds("staff_only")


def _with_guard() -> pl.Expr:
    said = pl.lit(["公権力の行使に当たる作業を含むため、確信度は B までにしています"])
    return (
        pl.when(_is_guarded())
        .then(pl.concat_list(said, pl.col("model_reasons").list.head(2)))
        .otherwise("model_reasons")
    )


def _core_basis() -> pl.Expr:
    """By law where an act of public authority is shown, else by judgement or mission."""
    basis = pl.when(_holds("staff_only")).then(pl.lit("law")).otherwise(pl.lit("judgement"))
    return pl.when(pl.col("work_class") == "core").then(basis)


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


_ANSWERS: Final = {
    "core": "調査票に「職員でなければできない」と答えています。",
    "expert": "調査票に、職員でなくてもよいが専門性が必要と答えています。",
    "routine": "調査票に、専門性は不要で定型と答えています。",
    "nonroutine": "調査票に、専門性は不要で非定型と答えています。",
}


def _reason() -> pl.Expr:
    """Say in one or a few Japanese sentences what decided."""
    told = pl.col("model_reasons").list.join("。")
    name = pl.col("model_class").replace_strict(terms.SHORT_WORK_CLASSES, default=None)
    return (
        pl.when(pl.col("person").is_not_null())
        .then(pl.format("人が確認しました：{}", pl.col("why").fill_null("理由の記入なし")))
        .otherwise(
            pl.coalesce(
                pl.col("survey_class").replace_strict(_ANSWERS, default=None),
                pl.when(told != "").then(pl.format("{}。", told)),
                pl.format("決め手になる言葉がなく、似た名前の例から {} と判定しました。", name),
                pl.lit(NOTHING_TO_GO_BY),
            )
        )
    )
