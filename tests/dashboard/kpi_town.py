"""The town with four BPR targets: two done, one under way, one that was done and went back."""

from datetime import UTC, date, datetime

from bpr.decide.measurements import Measurement
from bpr.workspace import Workspace

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def decide(workspace: Workspace) -> Workspace:
    """Decide and measure; 税務課-1 is target 1, 税務課-3 is 2, 福祉課-3 is 3, 福祉課-1 is 4."""
    workspace.clock = lambda: NOW
    for task, by in (
        ("税務課-1", None),
        ("税務課-3", None),
        ("福祉課-3", 2027),
        ("福祉課-1", None),
    ):
        values = {"done_by": by}
        workspace.create_targets([task], lever="rpa", happened_on=date(2023, 5, 1), values=values)
    for number, done in ((1, date(2025, 6, 1)), (2, date(2024, 5, 1)), (4, date(2025, 2, 1))):
        move(workspace, number, "running", date(2023, 6, 1))
        move(workspace, number, "done", done)
    move(workspace, 3, "running", date(2026, 5, 1))
    move(workspace, 4, "running", date(2026, 5, 1), "帳票が変わった")
    measure(workspace, 1, 400, 100, "measured", "counter")
    measure(workspace, 2, 200, 150, "expected", None)
    return workspace


def decided_town(workspace: Workspace) -> None:
    """Decide and measure where a person has corrected a class before."""
    workspace.correct_classes(["福祉課-4"], "core", None)
    decide(workspace)


def move(
    workspace: Workspace, number: int, status: str, day: date, reason: str | None = None
) -> None:
    """Give a target its next status."""
    seen = workspace.read_target(number).target.version
    workspace.move_target(number, seen, status, day, reason)


def measure(
    workspace: Workspace, number: int, before: float, after: float, evidence: str, use: str | None
) -> None:
    """Measure the hours of 令和6年度 and of a later year that is over."""
    first = (date(2024, 4, 1), date(2025, 3, 31), date(2025, 10, 1), date(2026, 9, 30))
    workspace.measure_target(
        Measurement(number, "hours", before, after, *first, evidence, freed_use=use)
    )


def enter_shares(workspace: Workspace, *shares: tuple[int, float]) -> None:
    """Enter actuals of 電子化率 over 8,400 decisions."""
    for year, share in shares:
        workspace.enter_kpi(
            "e_approval", year, "actual", share, base=8400.0, evidence="measured", note="集計"
        )
