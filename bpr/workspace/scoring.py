"""Scoring under opinions: the ranking with other weights, how sure it is, why, and what to ask."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

import numpy as np
import polars as pl

from bpr.errors import InputError
from bpr.export.calculation import write_calculation
from bpr.export.target_list import write_target_list
from bpr.frames import DataFrame, PublishedCases, RankQuestions, RealismChecks, Schema
from bpr.match.cases import find_near_cases, load_cases
from bpr.pipeline import rank_again
from bpr.report import Report
from bpr.score.explain import Explanation, explain_task
from bpr.score.matrix import LeverMatrix, reweigh, value_levers
from bpr.score.means import find_means, list_pitfalls
from bpr.score.questions import find_questions
from bpr.score.realism import check_realism
from bpr.score.sensitivity import LeverValues, Sensitivity, rank_samples
from bpr.settings.means import Mean, Pitfall
from bpr.tabulate.listing import TaskQuery
from bpr.workspace.opinion import Opinion, parse_multipliers
from bpr.workspace.rights import Right, needs
from bpr.workspace.sampling import SAMPLE, read_sample
from bpr.workspace.weighing import WeightCases
from bpr.workspace.words import title

T = TypeVar("T")
S = TypeVar("S", bound=Schema)

_CASES_SHOWN: Final = 3


class ScoreCases(WeightCases):
    """The workspace's use cases about scores; `Workspace` inherits them."""

    @needs(Right.READ)
    def read_opinion(self, query: TaskQuery) -> Opinion:
        """Return the weights that an address names: a kept set, or multipliers written out."""
        if query.weight_set:
            name, _, version = query.weight_set.rpartition("@")
            known = name and re.fullmatch("[0-9]{1,6}", version)
            found = self.read_weights(
                name if known else query.weight_set, int(version) if known else None
            )
            return Opinion(found.multipliers, found.name, found.version)
        return Opinion(parse_multipliers(query.weights, self.list_themes()))

    @needs(Right.READ)
    def ranked(self, opinion: Opinion | None = None) -> Report:
        """Return the report with scores and ranks under an opinion (None: standard weights)."""
        return self._narrow(self._ranked(opinion or Opinion()))

    @needs(Right.READ)
    def sensitivity(self, opinion: Opinion | None = None) -> Sensitivity:
        """Tell how ranks hang on the weights around an opinion."""
        chosen = opinion or Opinion()
        found = self._remember(("sensitivity", *chosen.key), lambda: self._find_sample(chosen))
        return replace(
            found,
            certainty=self._own_rows(found.certainty),
            judgements=self._own_rows(found.judgements),
        )

    @needs(Right.READ)
    def questions(self, opinion: Opinion | None = None) -> DataFrame[RankQuestions]:
        """For each task the one question whose answer would move its rank most."""
        chosen = opinion or Opinion()
        return self._own_rows(self._remember(("questions", *chosen.key), lambda: self._ask(chosen)))

    @needs(Right.READ)
    def explain(self, task_id: str, opinion: Opinion | None = None) -> Explanation:
        """Scores and savings of one task, line by line; `InputError` for an unknown id."""
        report = self.ranked(opinion)
        facts = report.facts.filter(pl.col("task_id") == task_id)
        if not facts.height:
            msg = f"業務ID「{task_id}」は今の調査票にありません。画面を開き直してください。"
            raise InputError(msg)
        return self._remember_task(
            ("explanation", task_id, *(opinion or Opinion()).key),
            lambda: explain_task(
                facts, report.settings.scoring, report.settings.savings, report.settings.acts
            ),
        )

    @needs(Right.READ)
    def near_cases(self, task_id: str, lever: str | None = None) -> DataFrame[PublishedCases]:
        """Published cases like a task (of one lever, if given), the most alike first."""
        wanted = self.report().tasks.filter(pl.col("task_id") == task_id)
        return self._remember_task(
            ("cases", task_id, lever, wanted.height), lambda: _list_near_cases(wanted, lever)
        )

    @needs(Right.READ)
    def list_means(self, task_id: str) -> list[Mean]:
        """Means of rebuilding that fit a task."""
        means = self.report().settings.means.means
        return [means[name] for name in self._find_means(task_id)]

    @needs(Right.READ)
    def list_pitfalls(self, task_id: str, lever: str | None) -> list[Pitfall]:
        """What to ask before deciding on a task and a lever."""
        return list_pitfalls(lever, self._find_means(task_id), self.report().settings.means)

    def _find_means(self, task_id: str) -> list[str]:
        if task_id not in self.report().tasks["task_id"]:
            return []
        return self._remember(("means",), lambda: _means_by_task(self._whole())).get(task_id, [])

    @needs(Right.READ)
    def export_calculation(self, task_ids: Sequence[str], opinion: Opinion | None = None) -> bytes:
        """Workbook that explains the tasks' scores and savings with live formulas."""
        if not task_ids:
            raise InputError("業務が選ばれていません。一覧の左のチェックで選んでください。")
        report = self.ranked(opinion)
        named = f"{title(report)}　重み：{(opinion or Opinion()).label}"
        day = self._today().isoformat()
        return write_calculation(report, task_ids, named, day, self.questions(opinion))

    @needs(Right.READ)
    def export_target_list(
        self,
        task_ids: Sequence[str],
        opinion: Opinion | None = None,
        levers: Mapping[str, str] | None = None,
    ) -> bytes:
        """Workbook of the BPR target list with the given tasks, in their order.

        `levers`: what was chosen for a task instead of the recommended lever.
        """
        report = self.ranked(opinion)
        if not report.tasks.height:
            raise InputError(
                "まだ調査票が取り込まれていません。bpr import フォルダ で取り込んでください。"
            )
        if not task_ids:
            raise InputError("業務が選ばれていません。一覧の左のチェックで選んでください。")
        day = self._today().isoformat()
        return write_target_list(report, list(task_ids), title(report), day, levers)

    @needs(Right.READ)
    def list_certain(self, tasks: pl.DataFrame, certainty: str, opinion: Opinion) -> pl.DataFrame:
        """Return the tasks of one certainty (certain, depends, out)."""
        known = self.sensitivity(opinion).certainty
        wanted = known.filter(pl.col("certainty").cast(pl.String) == certainty)
        return tasks.join(wanted.select("task_id"), on="task_id", how="semi", maintain_order="left")

    @needs(Right.READ)
    def realism(self, opinion: Opinion | None = None) -> DataFrame[RealismChecks]:
        """Hold our savings against published results."""
        report = self.ranked(opinion)
        return check_realism(report.tasks, report.settings.savings, report.settings.scoring.top)

    def _ranked(self, opinion: Opinion) -> Report:
        """Return the whole town's report under an opinion."""
        if not opinion.multipliers:
            return self._whole()
        return self._remember(("ranked", *opinion.key), lambda: self._rank(opinion))

    def _own_rows(self, frame: DataFrame[S]) -> DataFrame[S]:
        """Rows of tasks that the person may see."""
        if self.person().role != "division":
            return frame
        return frame.join(self.report().tasks.select("task_id"), on="task_id", how="semi")  # type: ignore[return-value] # fewer rows, the same schema

    def _rank(self, opinion: Opinion) -> Report:
        report = self._whole()
        scoring = report.settings.scoring.reweighed(opinion.multipliers)
        return rank_again(report, reweigh(self._matrices(), scoring), scoring)

    def _find_sample(self, opinion: Opinion) -> Sensitivity:
        """Return the sample that a job kept of the state of now, else draw it."""
        job = self._here.find_job(SAMPLE, self._sample_request(opinion), self.clock())
        if job is not None and job.status == "done" and job.result:
            return read_sample(job.result)
        return self._sample(opinion)

    def _sample_request(self, opinion: Opinion) -> dict[str, Any]:
        """Say what a sample hangs on."""
        return {
            "revision": list(self._here.report_revision()),
            "settings": self._settings_now().digest,
            "weights": dict(opinion.key),
        }

    def _sample(self, opinion: Opinion) -> Sensitivity:
        scoring = self._ranked(opinion).settings.scoring
        themes = list(scoring.themes)
        levers = [
            LeverValues(
                one.lever,
                one.point,
                one.weights,
                np.array([themes.index(theme) for theme in one.themes]),
                one.caps.point,
            )
            for one in reweigh(self._matrices(), scoring)
        ]
        ids = self._whole().facts["task_id"].to_list()
        return rank_samples(ids, levers, themes, top=scoring.top, spread=scoring.weight_spread)

    def _ask(self, opinion: Opinion) -> DataFrame[RankQuestions]:
        scoring = self._ranked(opinion).settings.scoring
        matrices = reweigh(self._matrices(), scoring)
        return find_questions(self._whole().facts["task_id"], matrices, scoring.questions)

    def _matrices(self) -> list[LeverMatrix]:
        report = self._whole()
        return self._remember(
            ("matrices",), lambda: value_levers(report.facts, report.settings.scoring)
        )


def _list_near_cases(tasks: pl.DataFrame, lever: str | None) -> DataFrame[PublishedCases]:
    asked = tasks.select("task_id", "task_name", "activity_name")
    if lever is not None:
        asked = asked.with_columns(lever=pl.lit(lever))
    near = find_near_cases(asked, load_cases(), most=_CASES_SHOWN)
    found = near.select("case_id").join(load_cases(), on="case_id", maintain_order="left")
    return PublishedCases.validate(found.select(PublishedCases.column_names()))


def _means_by_task(report: Report) -> dict[str, list[str]]:
    """All tasks at once cost as much as one."""
    found = find_means(report.facts, report.settings.means).group_by("task_id", maintain_order=True)
    return dict(found.agg("mean").iter_rows())
