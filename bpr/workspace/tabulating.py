"""What the work is made of: the tables of the tasks that somebody asks for, this year and before."""

from dataclasses import dataclass

import polars as pl

from bpr.frames import TaskTable
from bpr.store import Edition
from bpr.tabulate.listing import TaskQuery, filter_tasks
from bpr.tabulate.tables import Tables, tabulate
from bpr.workspace.editions import EditionCases
from bpr.workspace.rights import Right, needs


@dataclass(frozen=True)
class Work:
    """The tasks of one survey that a query asks for, and their tables; the year where it is known."""

    tasks: pl.DataFrame
    tables: Tables
    fiscal_year: int | None


class TableCases(EditionCases):
    """The workspace's use cases about tables; `Workspace` inherits them."""

    @needs(Right.READ)
    def read_work(self, query: TaskQuery) -> Work:
        """Tabulate the tasks of the query as the report tabulates all."""
        report = self.report()
        year = self.edition().fiscal_year or report.fiscal_year
        found = filter_tasks(report.tasks, query)
        if found.height == report.tasks.height:
            return Work(report.tasks, report.tables, year)
        tables = tabulate(TaskTable.validate(found), report.settings.published)
        return Work(found, tables, year)

    @needs(Right.READ)
    def read_last_work(self, query: TaskQuery) -> Work | None:
        """As `read_work`, of the newest earlier survey of the town; None where there is none."""
        found = self._find_last()
        if found is None:
            return None
        with self._in(found):
            return self.read_work(query)

    def _find_last(self) -> Edition | None:
        shown = self.edition()
        others = [one for one in self.store.list_editions() if one.id != shown.id]
        surveyed = [one for one in others if self._has_workbooks(one)]
        town, year = self._town_and_year(shown) if surveyed else (None, None)
        if year is None:
            return None
        earlier = []
        for edition in surveyed:
            its_town, its_year = self._town_and_year(edition)
            same = town is None or its_town in {town, None}
            if same and its_year is not None and its_year < year:
                earlier.append((its_year, edition.id, edition))
        return max(earlier)[-1] if earlier else None

    def _town_and_year(self, edition: Edition) -> tuple[str | None, int | None]:
        """Town and fiscal year of a survey: as it was opened, else as its workbooks tell."""
        if edition.municipality and edition.fiscal_year:
            return edition.municipality, edition.fiscal_year
        report = self._report_of(edition.id)
        return (
            edition.municipality or report.municipality,
            edition.fiscal_year or report.fiscal_year,
        )

    def _has_workbooks(self, edition: Edition) -> bool:
        records = self.store.of_edition(edition.id).list_records()
        return any(not record.withdrawn for record in records)
