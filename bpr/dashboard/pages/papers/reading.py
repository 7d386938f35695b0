"""資料: what the workspace knows of the papers before they are made."""

from dataclasses import dataclass

from bpr.decide.targets import find_standing
from bpr.export.report_matter import TOP
from bpr.workspace import Workspace


@dataclass(frozen=True)
class Pair:
    """Two surveys that are compared, and what they are called."""

    before: int
    after: int
    told: str


@dataclass(frozen=True)
class Stock:
    """How much there is for the papers."""

    workbooks: int
    tasks: int
    timed: int
    """Tasks whose hours are known."""
    hours: float
    cases: float
    candidates: int
    top: int
    """Candidates of the short list."""
    targets: int
    kpi: int
    findings: int
    pair: Pair | None


def read_stock(workspace: Workspace) -> Stock:
    """Count what the papers would hold now."""
    report, targets = workspace.report(), workspace.list_targets()
    candidates = len(report.tasks["best_lever"].drop_nulls())
    return Stock(
        workbooks=int((report.workbooks["status"] == "read").sum()),
        tasks=report.tasks.height,
        timed=len(report.tasks["annual_hours"].drop_nulls()),
        hours=float(report.tasks["annual_hours"].sum()),
        cases=float(report.tasks["annual_count"].sum()),
        candidates=candidates,
        top=min(TOP, candidates),
        targets=find_standing(targets).height,
        kpi=len(workspace.list_kpi()),
        findings=report.diagnostics.height,
        pair=find_pair(workspace),
    )


def find_pair(workspace: Workspace) -> Pair | None:
    """Return the survey that is looked at beside the one before it; None: there are no two."""
    editions = sorted(workspace.list_surveyed(), key=lambda one: (one.fiscal_year or 0, one.id))
    if len(editions) < 2:  # noqa: PLR2004 - a pair
        return None
    numbers = [one.id for one in editions]
    shown = workspace.edition().id
    place = max(1, numbers.index(shown) if shown in numbers else len(numbers) - 1)
    before, after = editions[place - 1], editions[place]
    told = f"{workspace.edition_label(before)} と {workspace.edition_label(after)}"
    return Pair(before.id, after.id, told)
