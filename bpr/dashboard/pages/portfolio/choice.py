"""組合せ: the workspace's answer to an address, and the files made of it."""

from dataclasses import dataclass

from bpr.dashboard.pages.portfolio.limits import read_limits
from bpr.dashboard.pages.portfolio.query import PortfolioQuery
from bpr.export.portfolio import write_portfolio
from bpr.frames.portfolio import Limits, Portfolio
from bpr.report import Report
from bpr.score.savings import list_licences
from bpr.workspace import Opinion, Selection, Workspace, title


@dataclass(frozen=True)
class Asked:
    """What an address asks for: limits, weights, and the report under these weights."""

    limits: Limits
    opinion: Opinion
    report: Report


def read_asked(workspace: Workspace, query: PortfolioQuery) -> Asked:
    """Limits and weights of an address; raises InputError where they are wrong."""
    levers = list_licences(workspace.settings.savings)
    limits = read_limits(query, workspace.settings.scoring.top, levers)
    opinion = workspace.read_opinion(query.weighed)
    return Asked(limits, opinion, workspace.ranked(opinion))


def choose(workspace: Workspace, asked: Asked) -> Portfolio:
    """Choose the portfolio alone: a tenth of the time that its reasons take."""
    return workspace.choose_portfolio(asked.limits, asked.opinion)


def select(workspace: Workspace, asked: Asked) -> Selection:
    """Choose the portfolio, with what was left out and what more would bring."""
    return workspace.select_portfolio(asked.limits, asked.opinion)


def portfolio_book(workspace: Workspace, query: PortfolioQuery) -> bytes:
    """Workbook of the selection for an address."""
    asked = read_asked(workspace, query)
    selection = select(workspace, asked)
    return write_portfolio(
        asked.report,
        selection.portfolio,
        selection.left_out,
        selection.margins,
        [title(asked.report), f"重み：{asked.opinion.label}"],
    )


def target_book(workspace: Workspace, query: PortfolioQuery) -> bytes:
    """BPR target list of the chosen tasks, most hours first."""
    asked = read_asked(workspace, query)
    chosen = choose(workspace, asked).chosen
    levers = dict(chosen.select("task_id", "lever").iter_rows())
    return workspace.export_target_list(list(levers), asked.opinion, levers)
