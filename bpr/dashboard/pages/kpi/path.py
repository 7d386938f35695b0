"""KPI: the chosen KPI's years as points of the chart."""

from bpr.dashboard.figures.kpi import Band, KpiPath, Point
from bpr.dashboard.pages.kpi.wording import span, with_unit
from bpr.decide.years import elapsed_share, fiscal_year
from bpr.export.values import write_fiscal_year
from bpr.workspace.kpi_view import KpiView


def view_path(view: KpiView) -> KpiPath:
    """Everything that the chart shows; the running year's actual stands at today, not at its end."""
    unit, rows, forecast = view.definition.unit, view.progress.to_dicts(), view.forecast
    now = fiscal_year(view.today)
    planned = [(row["fiscal_year"], row["expected"]) for row in rows]
    reached = [
        (year - 1 + elapsed_share(year, view.today) if year == now else year, row["actual"], year)
        for row in rows
        if row["actual"] is not None and (year := row["fiscal_year"]) <= now
    ]
    target, band = rows[-1]["target"], None
    if forecast.fiscal_year and forecast.low is not None and forecast.high is not None:
        text = span(forecast.low, forecast.high, unit)
        point = forecast.high if forecast.point is None else forecast.point
        band = Band(forecast.fiscal_year, forecast.low, point, forecast.high, text)
    return KpiPath(
        ticks={
            row["fiscal_year"]: write_fiscal_year(row["fiscal_year"]).replace("令和", "令和<br>")
            for row in rows
        },
        planned=[
            Point(year, value, f"{write_fiscal_year(year)} {with_unit(value, unit)}")
            for year, value in planned
            if value is not None
        ],
        reached=[Point(at, value, f"実績 {with_unit(value, unit)}") for at, value, _ in reached],
        target=None
        if target is None
        else Point(rows[-1]["fiscal_year"], target, f"目標 {with_unit(target, unit)}"),
        band=band,
    )
