"""Small words between faces and report: the survey's title, a grid's order, a decision's reason."""

from collections.abc import Mapping, Sequence
from typing import Final

from bpr.export.values import write_fiscal_year
from bpr.report import Report
from bpr.tabulate.listing import Order

_LONGEST_REASON: Final = 1000


def read_order(sort_model: Sequence[Mapping[str, str]]) -> Order | None:
    """Turn a grid's sort model into an order; None for the ranking itself."""
    if not sort_model:
        return None
    first = sort_model[0]
    return Order(first["colId"], descending=first["sort"] == "desc")


def kept_reason(reason: str | None) -> str | None:
    """Return the reason as it is kept with a decision; None where nothing is said."""
    return (reason or "").replace("\0", "").strip()[:_LONGEST_REASON] or None


def title(report: Report) -> str:
    """Return 「みどり野町　令和6年度調査」 from what the workbooks say most often."""
    parts = [report.municipality] if report.municipality else []
    if report.fiscal_year is not None:
        parts.append(f"{write_fiscal_year(report.fiscal_year)}調査")
    return "　".join(parts) or "業務量調査"
