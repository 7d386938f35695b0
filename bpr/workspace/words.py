"""Small words between faces and report: the survey's title, the order that a grid asks for."""

from collections.abc import Mapping, Sequence

from bpr.report import Report
from bpr.tabulate.listing import Order


def read_order(sort_model: Sequence[Mapping[str, str]]) -> Order | None:
    """Turn a grid's sort model into an order; None for the ranking itself."""
    if not sort_model:
        return None
    first = sort_model[0]
    return Order(first["colId"], descending=first["sort"] == "desc")


def title(report: Report) -> str:
    """Return 「みどり野町　令和6年度調査」 from what the workbooks say most often."""
    town = report.tasks["municipality"].drop_nulls().mode().sort()
    year = report.tasks["fiscal_year"].drop_nulls().mode().sort()
    parts = [str(town[0])] if len(town) else []
    if len(year):
        parts.append(f"令和{year[-1] - 2018}年度調査" if year[-1] > 2018 else f"{year[-1]}年度調査")  # noqa: PLR2004 - 令和元年度 is 2019
    return "　".join(parts) or "業務量調査"
