"""Text of a number cell -> value, unit and the rule used; never a guess, never 0 for nothing."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bpr.settings import KpiSettings
from bpr.settings.survey import SurveySettings
from bpr.text import is_blank, squeeze

_NUMBER = r"\d+(?:\.\d+)?|\.\d+"
_AMOUNT = re.compile(rf"({_NUMBER})([^\d.]*)")
_ABOUT = re.compile(r"^(?:約|およそ|概ね|おおむね|ほぼ)|(?:程度|前後|くらい|ぐらい|位|弱|強)$")
_RANGE_MARKS = re.compile(r"[~〜]|から|-")
_NEGATIVE = re.compile(r"^[-▲△]\d")
_HOURS_MINUTES = re.compile(rf"^({_NUMBER})(?:時間|h)(半|({_NUMBER})(?:分|min)?)$")
_IRREGULAR: Final = frozenset(
    {"随時", "不定期", "都度", "その都度", "適宜", "なし", "無し", "無", "不明", "未定", "必要時"}
)


@dataclass(frozen=True)
class Number:
    """A value in `measure`; `rule` says how it was read; `code` a finding it deserves."""

    value: float | None
    measure: str | None
    rule: str
    code: str | None = None


def read_number(text: str, measure: str | None, survey: SurveySettings) -> Number:
    """Read one cell: 「約30分」「1時間30分」「30分～1時間」「2,400件」「随時」.

    `measure` is the unit of the column; a unit in the cell wins. What cannot be read has no value
    and the code `text-in-number`.
    """
    if is_blank(text):
        return Number(None, measure, "空欄")
    key = squeeze(text)
    if key in _IRREGULAR:
        return Number(None, measure, "数値なし", "irregular-number")
    if _NEGATIVE.match(key):
        return Number(None, measure, "負の数", "negative-number")
    bare = _ABOUT.sub("", _ABOUT.sub("", key)).replace(",", "").replace("、", "")
    about = "概数" if bare != key.replace(",", "").replace("、", "") else "そのまま"
    if number := _read_amount(bare, measure, survey, about):
        return number
    ends = [part for part in _RANGE_MARKS.split(bare) if part]
    if len(ends) == 2:  # noqa: PLR2004 - a range has two ends
        return _read_range(ends, measure, survey) or _unreadable(measure)
    return _unreadable(measure)


def _unreadable(measure: str | None) -> Number:
    return Number(None, measure, "読めない", "text-in-number")


def _read_amount(
    text: str, measure: str | None, survey: SurveySettings, rule: str
) -> Number | None:
    if match := _HOURS_MINUTES.match(text):
        minutes = 30.0 if match[2] == "半" else float(match[3])
        hours = float(match[1]) + minutes / 60
        return Number(hours, _compatible("時間", measure), "時間と分を合わせた")
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return None
    unit = match[2].rstrip("/")
    if not unit:
        return Number(float(match[1]), measure, rule)
    unit = re.sub(r"/(?:件|回|通|枚|人)$", "", unit)
    if unit not in survey.unit_index:
        return None
    if unit.endswith("/年"):
        return Number(float(match[1]), survey.unit_index[unit], rule)
    return Number(float(match[1]), _compatible(survey.unit_index[unit], measure), rule)


def _compatible(written: str, measure: str | None) -> str:
    """Keep the column's period for a bare unit: 5時間 in a monthly column is 時間/月."""
    if measure and measure.endswith("/月") and written in {"時間", "分", "件"}:
        return f"{written}/月"
    return written


def _read_range(ends: list[str], measure: str | None, survey: SurveySettings) -> Number | None:
    first, second = (_read_amount(end, None, survey, "") for end in ends)
    if first is None or second is None or first.value is None or second.value is None:
        return None
    unit = second.measure or first.measure or measure
    low = to_base(first.value, first.measure or unit)
    high = to_base(second.value, unit)
    if low is None or high is None or low > high:
        return None
    middle = (low + high) / 2 / (to_base(1.0, unit) or 1.0)
    period = unit if unit is None else _compatible(unit, measure)
    return Number(middle, period, "範囲の中央", "range-midpoint")


_HOURS: Final = {
    "時間": 1.0,
    "分": 1 / 60,
    "秒": 1 / 3600,
    "分/年": 1 / 60,
    "時間/月": 12.0,
    "分/月": 12 / 60,
}
_COUNTS: Final = {"件": 1.0, "件/月": 12.0}


def to_base(value: float, measure: str | None) -> float | None:
    """Convert within one dimension (hours a year, cases a year); None for a foreign unit."""
    if measure is None:
        return value
    factor = {**_HOURS, **_COUNTS, "人役": 1.0, "人日": 1.0, "%": 1.0}.get(measure)
    return None if factor is None else value * factor


def convert(number: Number, field: str, kpi: KpiSettings) -> tuple[float | None, str]:
    """Value in the field's unit, and the rule in words; None for a unit that does not fit.

    `annual_count` in cases a year, `minutes_per_case` in minutes, `annual_hours` in hours a year,
    `fte` in full-time staff.
    """
    if number.value is None:
        return None, number.rule
    factor, words = _factors(kpi)[field].get(number.measure, (None, ""))
    if factor is None:
        return None, "単位が合わない"
    rule = number.rule if factor == 1.0 else f"{number.rule}、{words}"
    return number.value * factor, rule


@lru_cache(maxsize=8)
def _factors(kpi: KpiSettings) -> dict[str, dict[str | None, tuple[float, str]]]:
    """Field -> unit -> factor to the field's unit, and the factor in words."""
    day, year = kpi.hours_per_day, kpi.hours_per_fte
    return {
        "annual_count": {"件": (1.0, ""), None: (1.0, ""), "件/月": (12.0, "月間×12か月")},
        "minutes_per_case": {
            "分": (1.0, ""),
            None: (1.0, ""),
            "秒": (1 / 60, "秒÷60"),
            "時間": (60.0, "時間×60"),
        },
        "annual_hours": {
            "時間": (1.0, ""),
            None: (1.0, ""),
            "分": (1 / 60, "分÷60"),
            "分/年": (1 / 60, "分÷60"),
            "秒": (1 / 3600, "秒÷3600"),
            "時間/月": (12.0, "月間×12か月"),
            "分/月": (0.2, "月間×12か月、分÷60"),
            "人日": (day, f"人日×{day:g}時間"),
            "人役": (year, f"人役×{year:,.0f}時間"),
        },
        "fte": {
            "人役": (1.0, ""),
            None: (1.0, ""),
            "人日": (day / year, f"人日×{day:g}÷{year:,.0f}時間"),
            "%": (0.01, "割合÷100"),
        },
    }
