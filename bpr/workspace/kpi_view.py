"""One KPI as of a day: counted anew from the record, with every year and where it is heading."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from bpr.decide.forecast import Forecast, forecast_kpi
from bpr.decide.progress import measure_progress
from bpr.decide.units import count_units
from bpr.decide.years import fiscal_year
from bpr.frames import DataFrame, KpiProgress, KpiUnits, KpiValues
from bpr.settings.kpi import KpiDefinition, KpiSettings
from bpr.store import Record


@dataclass(frozen=True)
class KpiView:
    """One KPI as of `today`: its definition, every year, the units behind it, where it is heading.

    `values`: what people entered for it, the first first.
    """

    name: str
    definition: KpiDefinition
    progress: DataFrame[KpiProgress]
    units: DataFrame[KpiUnits]
    forecast: Forecast
    values: DataFrame[KpiValues]
    today: date


def view_kpi(
    name: str, record: Record, values: DataFrame[KpiValues], settings: KpiSettings, today: date
) -> KpiView:
    """Count one KPI from its first year to the target's, or to now."""
    definition = settings.definition(name)
    units = count_units(name, record.events, record.measurements, settings)
    last = max(fiscal_year(today), definition.target_year or 0)
    years = range(definition.baseline_year, last + 1)
    progress = measure_progress(name, units, values, settings, years, today)
    told = (record.events, record.measurements, values)
    forecast = forecast_kpi(name, *told, settings, today)
    own = KpiValues.validate(values.filter(pl.col("kpi") == name).sort("sequence"))
    return KpiView(name, definition, progress, units, forecast, own, today)
