"""What a form of the collection is: workbooks as people fill them in, and what is true of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bpr.read.opening import Workbook

_HOURS_PER_FTE = 1860.0


@dataclass(frozen=True)
class Task:
    """A task that a reader must find; None: the form does not say, or it is not compared."""

    row: int
    """1-based Excel row; of a card, the row where its name stands."""
    name: str
    """業務名 as a person would say it (spaces and widths are not compared)."""
    activity: str | None = None
    division: str | None = None
    unit: str | None = None
    hours: float | None = None
    """The hours a year that the form states itself, in hours."""
    count: float | None = None
    """Cases a year."""
    minutes: float | None = None
    """Minutes per case."""
    fte: float | None = None
    staff: str | None = None
    """`regular` or `nonregular`."""
    medium: str | None = None
    """Identifier of the glossary: paper_many, mixed, electronic …"""
    year: int | None = None
    """Fiscal year, as the western year of its April."""
    sheet: str = "調査票"
    workbook: str | None = None
    """Only where a form has several workbooks."""

    @property
    def annual_hours(self) -> float | None:
        """Hours a year by the contract: stated, else count x minutes, else FTE x 1,860."""
        if self.hours is not None:
            return self.hours
        if self.count is not None and self.minutes is not None:
            return self.count * self.minutes / 60
        return None if self.fte is None else self.fte * _HOURS_PER_FTE


@dataclass(frozen=True)
class Form:
    """One return, or several that belong together."""

    name: str
    idea: str
    """One sentence: what is hard about it."""
    workbooks: tuple[Workbook, ...]
    tasks: tuple[Task, ...]
    """Empty for what is not a task table: then every workbook must be refused with a reason."""
    codes: tuple[tuple[str, str], ...] = field(default=())
    """(cell, what is doubtful there in a few words): a finding must name each of these cells."""

    def __iter__(self) -> Iterator[Task]:
        return iter(self.tasks)
