"""KPI: what the buttons of the page ask of the workspace."""

from typing import Final

from bpr.dashboard.pages.kpi.form import read_entry
from bpr.dashboard.pages.kpi.query import read_look
from bpr.deciding_terms import KPI_VALUE_KINDS
from bpr.export.values import write_fiscal_year
from bpr.workspace import Workspace

BOOK: Final = "KPI進捗管理表.xlsx"


def enter_figure(workspace: Workspace, search: str | None, *typed: str | None) -> str:
    """Keep what the form holds for the KPI of the address; return what was done, in a sentence."""
    view = read_look(workspace, search).view
    entry = read_entry(*typed)
    workspace.enter_kpi(
        view.name,
        entry.year,
        entry.kind,
        entry.value,
        base=entry.base,
        evidence=entry.evidence,
        note=entry.note,
    )
    kind = KPI_VALUE_KINDS[entry.kind].label
    return f"「{view.definition.label}」の{write_fiscal_year(entry.year)}の{kind}を {entry.value:,g} {view.definition.unit}として記録しました。"
