"""取込: the workspace -> the situation that the page shows; a job -> how far it is."""

from dataclasses import dataclass

from bpr.dashboard.pages.imports.readings import unsure_workbooks
from bpr.dashboard.pages.imports.todo import Todo, answer_of, first_steps, todo_of
from bpr.dashboard.pages.imports.view import CollectionRow, list_rows
from bpr.errors import BprError
from bpr.workspace import Workspace


@dataclass(frozen=True)
class Situation:
    """What the top of the page says, and the rows of the table."""

    answer: list[str]
    todo: list[Todo]
    rows: list[CollectionRow]


@dataclass(frozen=True)
class Progress:
    """How far a job is, in numbers and in words."""

    done: int
    total: int
    text: str
    running: bool
    failed: bool = False


def view_situation(workspace: Workspace) -> Situation:
    """Who has returned what, and what to do next."""
    report, collection = workspace.report(), workspace.collection()
    rows = list_rows(collection, report, workspace.list_withdrawn())
    come = report.workbooks.height > 0
    steps = todo_of(rows, unsure_workbooks(report)) if come else first_steps()
    return Situation(answer_of(collection, rows), steps, rows)


def follow_job(workspace: Workspace, job_id: int) -> Progress:
    """Say how far a job is; one that is not known any more has ended."""
    try:
        job = workspace.job(job_id)
    except BprError as error:
        return Progress(0, 0, str(error), running=False, failed=True)
    running = job.status in {"queued", "running"}
    text = f"{job.done}／{job.total} 冊　{job.message}" if running else job.message
    return Progress(job.done, job.total, text, running, failed=job.status == "failed")
