"""The pure sentences: workbooks + settings -> Report. No clock, no disk, no network."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from bpr.check.answers import check_answers
from bpr.check.rule import Reading
from bpr.classify.acts import find_acts
from bpr.classify.classifier import load_classifier
from bpr.classify.learning import teach
from bpr.classify.media import estimate_media
from bpr.classify.review import queue_reviews
from bpr.classify.tasks import classify_tasks
from bpr.frames import (
    Classes,
    Corrections,
    DataFrame,
    GroupWords,
    Memberships,
    Scores,
    SurveyTasks,
    TaskTable,
    empty,
)
from bpr.match.groups import group_tasks
from bpr.read.answers import Earlier, read_answers
from bpr.read.choices import find_unknown_choices
from bpr.read.opening import Workbook
from bpr.read.request import Request
from bpr.read.tasks import read_numbers, read_tasks
from bpr.report import Report
from bpr.score.facts import gather_facts
from bpr.score.matrix import LeverMatrix, value_levers
from bpr.score.savings import estimate_savings
from bpr.score.tasks import rank_tasks, score_tasks
from bpr.settings import ScoringSettings, Settings
from bpr.tabulate.tables import tabulate

__all__ = ["Earlier", "Report", "Request", "Workbook", "rank_again", "run", "score_names"]


def run(  # noqa: PLR0913 - each has a default; a caller names what it has
    workbooks: Iterable[Workbook],
    settings: Settings,
    request: Request | None = None,
    corrections: DataFrame[Corrections] | None = None,
    progress: Callable[[str], None] = lambda _: None,
    *,
    listed_staff: Mapping[str, float] | None = None,
    earlier: Earlier | None = None,
) -> Report:
    """Turn survey workbooks into findings, tasks, classes, scores and a ranking.

    `listed_staff`: division -> people, for workbooks that do not tell it themselves.
    `earlier`: memory of earlier runs with the same settings, see `read_answers`.
    """
    survey = read_answers(workbooks, settings.survey, request, progress, earlier)
    conversions, doubtful = read_numbers(survey.answers, survey.columns, settings)
    tasks = read_tasks(survey.answers, conversions, settings)
    unknown = find_unknown_choices(survey.answers, settings.survey)
    reading = Reading(
        survey.answers,
        survey.columns,
        conversions,
        doubtful,
        tasks,
        unknown,
        survey.staff,
        listed_staff or {},
    )
    diagnostics = check_answers(reading, survey.marks, settings)
    found = find_acts(tasks, settings.acts)
    if corrections is None:
        corrections = empty(Corrections)
    taught = teach(tasks, corrections, settings.acts)
    classes = classify_tasks(tasks, found, taught.model, corrections, settings.acts)
    media = estimate_media(tasks, load_classifier(settings.acts).medium)
    groups = group_tasks(tasks, settings.common_work.families, empty(GroupWords)).memberships
    facts = gather_facts(tasks, classes, found, groups)
    scores = score_tasks(facts["task_id"], value_levers(facts, settings.scoring))
    savings = estimate_savings(facts, settings.savings)
    table = _assemble(facts, classes, rank_tasks(scores, savings, settings.scoring))
    return Report(
        workbooks=survey.workbooks,
        sheets=survey.sheets,
        forms=survey.forms,
        columns=survey.columns,
        diagnostics=diagnostics,
        conversions=conversions,
        acts=found,
        classes=classes,
        media=media,
        reviews=queue_reviews(tasks, classes),
        taught=taught,
        facts=facts,
        scores=scores,
        savings=savings,
        tasks=table,
        tables=tabulate(table, settings.published),
        settings=settings,
    )


def rank_again(report: Report, matrices: Sequence[LeverMatrix], scoring: ScoringSettings) -> Report:
    """Return the report with the scores and ranks of other weights; all else stays."""
    scores = score_tasks(report.facts["task_id"], matrices)
    ranks = rank_tasks(scores, report.savings, scoring)
    return replace(
        report,
        scores=scores,
        tasks=_assemble(report.facts, report.classes, ranks),
        settings=replace(report.settings, scoring=scoring),
    )


def score_names(names: pl.DataFrame, settings: Settings) -> DataFrame[Scores]:
    """Score names alone (task_id, division, task_name): all else, other divisions too, is unknown."""
    told = names.with_row_index("row", offset=1).with_columns(
        pl.lit("一覧").alias("workbook"), pl.lit("一覧").alias("sheet"), pl.lit(0).alias("block")
    )
    whole = pl.concat([empty(SurveyTasks), told], how="diagonal_relaxed")
    tasks = SurveyTasks.validate(whole.select(SurveyTasks.column_names()), cast=True)
    found = find_acts(tasks, settings.acts)
    model = load_classifier(settings.acts).work_class
    classes = classify_tasks(tasks, found, model, empty(Corrections), settings.acts)
    alone = empty(Memberships)
    facts = gather_facts(tasks, classes, found, alone).with_columns(
        pl.lit(None, pl.Float64).alias("division_count")
    )
    return score_tasks(facts["task_id"], value_levers(facts, settings.scoring))


def _assemble(
    facts: pl.DataFrame, classes: DataFrame[Classes], ranks: pl.DataFrame
) -> DataFrame[TaskTable]:
    return (
        facts.join(classes.select("task_id", "confidence"), on="task_id", maintain_order="left")
        .join(ranks, on="task_id", maintain_order="left")
        .select(TaskTable.column_names())
        .pipe(TaskTable.validate)
    )
