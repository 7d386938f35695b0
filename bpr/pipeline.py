"""The pure sentences: workbooks + settings -> Report. No clock, no disk, no network."""

from collections.abc import Callable, Iterable, Mapping

import polars as pl

from bpr.check.answers import check_answers
from bpr.check.rule import Reading
from bpr.classify.acts import find_acts
from bpr.classify.classifier import load_classifier
from bpr.classify.tasks import classify_tasks
from bpr.frames import (
    Classes,
    Corrections,
    DataFrame,
    TaskTable,
    empty,
)
from bpr.read.answers import Earlier, Workbook, read_answers
from bpr.read.choices import find_unknown_choices
from bpr.read.request import Request
from bpr.read.tasks import read_numbers, read_tasks
from bpr.report import Report
from bpr.score.criteria import gather_facts, score_criteria
from bpr.score.tasks import rank_tasks, score_tasks
from bpr.settings import Settings
from bpr.tabulate.tables import tabulate

__all__ = ["Earlier", "Report", "Request", "Workbook", "run"]


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
    classifier = load_classifier(settings.acts)
    classes = classify_tasks(tasks, found, classifier, corrections, settings.acts)
    facts = gather_facts(tasks, classes, found)
    contributions = score_criteria(facts, settings.scoring, settings.acts)
    scores = score_tasks(contributions, facts, settings.scoring, settings.savings)
    table = _assemble(facts, classes, rank_tasks(scores, settings.scoring))
    return Report(
        workbooks=survey.workbooks,
        sheets=survey.sheets,
        forms=survey.forms,
        columns=survey.columns,
        diagnostics=diagnostics,
        conversions=conversions,
        classes=classes,
        contributions=contributions,
        scores=scores,
        tasks=table,
        tables=tabulate(table, settings.published),
        settings=settings,
    )


def _assemble(
    facts: pl.DataFrame, classes: DataFrame[Classes], ranks: pl.DataFrame
) -> DataFrame[TaskTable]:
    return (
        facts.join(classes.select("task_id", "confidence"), on="task_id", maintain_order="left")
        .join(ranks, on="task_id", maintain_order="left")
        .select(TaskTable.column_names())
        .pipe(TaskTable.validate)
    )
