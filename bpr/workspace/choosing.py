"""Choosing a portfolio: what to take up within limits, what is left out, what more would bring."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from bpr.frames import DataFrame, LeftOut, MarginalValues, Options
from bpr.frames.portfolio import Limits, Portfolio
from bpr.report import Report
from bpr.score.portfolio import choose_portfolio
from bpr.score.portfolio_reasons import explain_left_out, value_of_more
from bpr.score.savings import list_licences
from bpr.workspace.opinion import Opinion
from bpr.workspace.rights import Right, needs
from bpr.workspace.scoring import ScoreCases

_LEFT_OUT_SHOWN: Final = 12
"""Each takes a solution of its own."""


@dataclass(frozen=True)
class Selection:
    """A portfolio with what was left out and what more room would bring."""

    portfolio: Portfolio
    left_out: DataFrame[LeftOut]
    margins: DataFrame[MarginalValues]


class PortfolioCases(ScoreCases):
    """The workspace's use cases about portfolios; `Workspace` inherits them."""

    @needs(Right.WHOLE)
    def choose_portfolio(self, limits: Limits, opinion: Opinion | None = None) -> Portfolio:
        """Choose the tasks that save most within limits."""
        key = (repr(limits), *(opinion or Opinion()).key)
        return self._remember(("portfolio", *key), lambda: self._choose(limits, opinion))

    @needs(Right.WHOLE)
    def select_portfolio(self, limits: Limits, opinion: Opinion | None = None) -> Selection:
        """Choose the tasks that save most within limits, and say what was left out and why."""
        key = (repr(limits), *(opinion or Opinion()).key)
        return self._remember(("selection", *key), lambda: self._select(limits, opinion))

    def _select(self, limits: Limits, opinion: Opinion | None) -> Selection:
        report = self.ranked(opinion)
        options = list_options(report)
        licences = list_licences(report.settings.savings)
        chosen = self.choose_portfolio(limits, opinion)
        return Selection(
            chosen,
            explain_left_out(options, licences, chosen, most=_LEFT_OUT_SHOWN),
            value_of_more(options, licences, chosen),
        )

    def _choose(self, limits: Limits, opinion: Opinion | None) -> Portfolio:
        report = self.ranked(opinion)
        return choose_portfolio(
            list_options(report), list_licences(report.settings.savings), limits
        )


def list_options(report: Report) -> DataFrame[Options]:
    """What a portfolio may choose from: every lever at or above the recommended score."""
    good = report.scores.filter(pl.col("score") >= report.settings.scoring.recommended_score)
    divisions = report.tasks.select("task_id", "division")
    found = (
        good.select("task_id", "lever")
        .join(report.savings, on=["task_id", "lever"], maintain_order="left")
        .join(divisions, on="task_id", maintain_order="left")
        .drop_nulls("saving_hours")
    )
    return Options.validate(found.select(Options.column_names()))
