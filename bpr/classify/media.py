"""The medium of every task: the survey's answer, else an estimate that says how sure it is."""

import polars as pl

from bpr.classify.features import gather_texts
from bpr.classify.labels import UNKNOWN_MEDIUM
from bpr.classify.model import Model
from bpr.classify.predict import predict_once
from bpr.frames import DataFrame, MediumEstimates, SurveyTasks
from bpr.terms import MEDIUM_GROUPS


def estimate_media(tasks: DataFrame[SurveyTasks], model: Model) -> DataFrame[MediumEstimates]:
    """Medium in four groups; null where neither the survey nor the wording tells.

    An estimate never enters `Tasks.medium`, nor the tables of paper use.
    """
    answered = pl.Series("answered", tasks["medium"].cast(pl.String)).str.extract(
        f"^({'|'.join(MEDIUM_GROUPS)})"
    )
    guessed = predict_once(model, gather_texts(tasks))
    told = pl.col("predicted").is_not_null() & (pl.col("predicted") != UNKNOWN_MEDIUM)
    return (
        pl.concat([tasks.select("task_id"), guessed], how="horizontal")
        .with_columns(answered=answered)
        .with_columns(
            pl.when(told).then(pl.col(name)).alias(name)
            for name in ("predicted", "probability", "confidence", "reasons")
        )
        .select(
            "task_id",
            medium_group=pl.coalesce("answered", "predicted"),
            medium_source=pl.when(pl.col("answered").is_not_null())
            .then(pl.lit("survey"))
            .when(pl.col("predicted").is_not_null())
            .then(pl.lit("model")),
            medium_probability=pl.when(pl.col("answered").is_not_null())
            .then(1.0)
            .otherwise("probability"),
            medium_confidence=pl.when(pl.col("answered").is_not_null())
            .then(pl.lit("A"))
            .otherwise("confidence"),
            medium_reasons=pl.col("reasons").fill_null(pl.lit([], pl.List(pl.String))),
        )
        .pipe(MediumEstimates.validate, cast=True)
    )
