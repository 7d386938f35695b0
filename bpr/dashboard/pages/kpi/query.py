"""KPI: what the address of the page says - the KPI looked at, and the year opened."""

from dataclasses import dataclass
from typing import Final

from bpr.decide.years import fiscal_year
from bpr.errors import InputError
from bpr.tabulate.address import Address
from bpr.workspace import Workspace
from bpr.workspace.kpi_view import KpiView

PATH: Final = "/kpi"


@dataclass(frozen=True)
class KpiQuery(Address):
    """What is looked at; its text form is the query string of the page."""

    kpi: str = ""
    year: str = ""

    def href(self, anchor: str = "") -> str:
        """Address of the page for this query, at a section of it."""
        return f"{PATH}{self.to_query()}{f'#{anchor}' if anchor else ''}"


@dataclass(frozen=True)
class Look:
    """Every KPI, which of them and which year a person looks at.

    `problem` says why it is not what the address names.
    """

    views: tuple[KpiView, ...]
    view: KpiView
    year: int
    problem: str = ""


def read_look(workspace: Workspace, search: str | None) -> Look:
    """What the address asks for; the first KPI and the running year where it is not there.

    Raises InputError where kpi.toml has no KPI at all.
    """
    query = KpiQuery.parse(search or "")
    views = tuple(workspace.read_kpi(kpi) for kpi in workspace.list_kpi())
    if not views:
        raise InputError("kpi.toml に KPI がありません。[kpi.名前] の形で 1 つ以上書いてください。")
    chosen = [view for view in views if view.name == query.kpi]
    view = chosen[0] if chosen else views[0]
    years = [y for y in view.progress["fiscal_year"].to_list() if y <= fiscal_year(view.today)]
    asked = [year for year in years if str(year) == query.year]
    wrong = []
    if query.kpi and not chosen:
        wrong.append(f"KPI「{query.kpi}」はありません。{view.definition.label}を示します。")
    if query.year and not asked:
        wrong.append(f"年度「{query.year}」の実績はありません。{years[-1]}年度を示します。")
    return Look(views, view, asked[0] if asked else years[-1], "".join(wrong))
