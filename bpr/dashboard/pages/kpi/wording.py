"""KPI: values with their units, fiscal years of the era, how likely a target is."""

import re
from datetime import date
from typing import Final

from bpr.dashboard.words import whole
from bpr.decide.forecast import Forecast
from bpr.export.values import write_fiscal_year
from bpr.settings.kpi import KpiDefinition

_YEAR: Final = re.compile(r"(20\d\d)(?:年度|(?=〜20\d\d年度))")
_MANY: Final = 1000


def amount(value: float | None) -> str:
    """1234.5 -> 1,235; 18.24 -> 18.2; 25.0 -> 25; a dash where nothing is known."""
    if value is None:
        return "–"
    if abs(value) >= _MANY:
        return whole(value)
    return f"{value:,.1f}".removesuffix(".0").replace("-", "−")


def with_unit(value: float | None, unit: str) -> str:
    """25 業務, 62.5%."""
    return f"{amount(value)}{unit if unit == '%' else f' {unit}'}" if value is not None else "–"


def span(low: float | None, high: float | None, unit: str) -> str:
    """3〜6 業務; one number where both ends print alike."""
    if amount(low) == amount(high):
        return with_unit(high, unit)
    return f"{amount(low)}〜{with_unit(high, unit)}"


def in_era(text: str) -> str:
    """Write the western fiscal years of a sentence in the era (2027年度 -> 令和9年度)."""
    return _YEAR.sub(lambda found: write_fiscal_year(int(found[1])), text)


def write_day(day: date) -> str:
    """2026-11-21 -> 令和8年11月21日."""
    return f"令和{day.year - 2018}年{day.month}月{day.day}日"


def tell_chance(definition: KpiDefinition, forecast: Forecast, goal: float, interval: float) -> str:
    """How likely a goal is, and no more than the forecast bears.

    `interval`: probability that the outcome lies within the forecast's ends. Of a trend there is
    no probability, only what the worst and the best year so far would lead to.
    """
    place = _place(definition, forecast, goal)
    wanted = f"目標 {with_unit(goal, definition.unit)}"
    if forecast.method == "trend":
        return (
            f"毎年の変わり方が、これまでで最も悪い年と同じでも、{wanted}に届きます。",
            f"最後の 1 年の変わり方が続けば{wanted}に届きますが、最も悪い年と同じなら届きません。",
            f"最後の 1 年の変わり方では{wanted}に届かず、最も良い年と同じなら届きます。",
            f"毎年の変わり方が、これまでで最も良い年と同じでも、{wanted}に届きません。",
        )[place]
    tail = (1 - interval) / 2
    chance = (f"{1 - tail:.0%} 以上", "半分以上", f"{tail:.0%}〜半分", f"{tail:.0%} 以下")[place]
    return f"{wanted}に届く見込みは {chance}です。"


def _place(definition: KpiDefinition, forecast: Forecast, goal: float) -> int:
    """0: even the worst end reaches the goal; 1: the middle; 2: only the best; 3: none."""
    known = [end for end in (forecast.low, forecast.point, forecast.high) if end is not None]
    ends = sorted(known, reverse=definition.better == "down")
    reached = [end >= goal if definition.better == "up" else end <= goal for end in ends]
    return reached.index(True) if any(reached) else len(ends)
