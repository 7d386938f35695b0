"""概況: what the address of the page says - which part of the work is looked at."""

from typing import Final

from bpr import terms
from bpr.dashboard.pages.overview.view import Part
from bpr.dashboard.words import joined
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Workspace

PATH: Final = "/"


def read_query(search: str | None) -> TaskQuery:
    """Return the filters of this page that an address sets; those of other pages are passed over."""
    asked = TaskQuery.parse(search or "")
    return TaskQuery(
        department=asked.department,
        division=asked.division,
        staff_type=asked.staff_type,
        work_class=asked.work_class,
    )


def find_part(workspace: Workspace, query: TaskQuery) -> Part | None:
    """Return the part of the work that is asked for; None: all of it."""
    if query == TaskQuery():
        return None
    staff = terms.STAFF_TYPES.get(query.staff_type)
    name = joined(
        query.department,
        query.division,
        staff.label if staff else query.staff_type,
        terms.SHORT_WORK_CLASSES.get(query.work_class, query.work_class),
    )
    return Part(query, name, workspace.read_work(query))
