"""Text of a number cell -> value, unit and the rule used; never a guess, never 0 for nothing."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from math import fsum, isfinite
from typing import Final

from bpr.settings import KpiSettings
from bpr.settings.survey import SurveySettings
from bpr.text import is_blank, normalize, squeeze

_NUMBER = r"\d+(?:\.\d+)?|\.\d+"
_AMOUNT = re.compile(rf"({_NUMBER})([^\d.]*)")
_ABOUT = re.compile(
    r"^(?:約|およそ|おおよそ|概ね|おおむね|ほぼ|計|合計)|(?:程度|前後|くらい|ぐらい|ほど|位|弱|強|以上|余り|余)$"
)
_RANGE_MARKS = re.compile(r"[~〜]|から|-")
_NEGATIVE = re.compile(r"^[-▲△]\d")
_HOURS_MINUTES = re.compile(rf"^({_NUMBER})(?:時間|h|hr)(半|({_NUMBER})(?:分|min|m)?)$")
_CLOCK = re.compile(r"^(\d+):(\d{2})(?::\d{2}(?:\.\d+)?)?$")
_TEN_THOUSANDS = re.compile(rf"({_NUMBER})万(?:({_NUMBER})千?)?|({_NUMBER})千")
_PERIOD = re.compile(
    r"^(年間?|年あたり|月間?|毎月|月あたり|1?か月|週間?|毎週|1?週|1?日|毎日)(?:平均|あたり|当たり|に)?(?=約?[\d.])"
)
_PERIOD_SUFFIXES: Final = (("年", ""), ("週", "/週"), ("月", "/月"), ("日", "/日"))
_REMARK = re.compile(r"^(.*\d.*?)\s*\(([^)]*[^\d)a-z/%件分時間人日役回][^)]*)\)$")
_YEAR_TOTAL = re.compile(
    rf"(?:年間総?計?|年計|総計|合計|計|年間)[:;]?約?((?:{_NUMBER})[^\d\s、。(]*)"
)
_PARTS = re.compile(r"通常期|通常月|平常|繁忙期|繁忙月|閑散期|閑散月")
_IRREGULAR: Final = frozenset(
    {"随時", "不定期", "都度", "その都度", "適宜", "なし", "無し", "無", "不明", "未定", "必要時"}
)
WEEKS: Final = 52
"""Weeks of a year, for what is told per week."""


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
    if match := _REMARK.match(normalize(text)):
        read = read_number(match[1], measure, survey)
        doubtful = re.search(r"\d", match[2]) and read.value is not None
        return replace(read, code="several-values") if doubtful else read
    key = squeeze(text)
    if key in _IRREGULAR:
        return Number(None, measure, "数値なし", "irregular-number")
    if _NEGATIVE.match(key):
        return Number(None, measure, "負の数", "negative-number")
    readers = (_read_sum, _read_year_total, _read_told_period, _read_plain, _read_product)
    found = (reader(key, measure, survey) for reader in (*readers, _read_range))
    return next(filter(None, found), None) or _unreadable(measure)


def _bare(key: str) -> str:
    """Text without the parts of thousands and the words for "about"."""
    plain = key.replace(",", "").replace("、", "")
    return _ABOUT.sub("", _ABOUT.sub("", _TEN_THOUSANDS.sub(_in_digits, plain)))


def _read_year_total(key: str, measure: str | None, survey: SurveySettings) -> Number | None:
    """年間1,200件、繁忙期200件/月: the value of the year."""
    if not _PARTS.search(key):
        return None
    match = _YEAR_TOTAL.search(key.replace(",", ""))
    number = _read_amount(match[1], measure, survey, "年間の値だけ") if match else None
    return replace(number, code="several-values") if number else None


def _read_plain(key: str, measure: str | None, survey: SurveySettings) -> Number | None:
    bare = _bare(key)
    about = "そのまま" if bare == key.replace(",", "").replace("、", "") else "概数"
    return _read_amount(bare, measure, survey, about)


def _unreadable(measure: str | None) -> Number:
    return Number(None, measure, "読めない", "text-in-number")


def _read_amount(
    text: str, measure: str | None, survey: SurveySettings, rule: str
) -> Number | None:
    if number := _read_hours_and_minutes(text, measure):
        return number
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return None
    value, unit = float(match[1]), match[2].rstrip("/")
    if not unit:
        return Number(value, measure, rule)
    unit = re.sub(r"^/", "", re.sub(r"(?:/|／)(?:件|回|通|枚|人)$", "", unit).strip("()"))
    known = survey.unit_index.get(unit)
    if known is None:
        return None
    return Number(value, known if unit.endswith("/年") else _compatible(known, measure), rule)


def _read_hours_and_minutes(text: str, measure: str | None) -> Number | None:
    """Read 1:30 and 1時間30分."""
    if match := _CLOCK.match(text):
        hours = int(match[1]) + int(match[2]) / 60
        return Number(hours, _compatible("時間", measure), "時:分")
    if match := _HOURS_MINUTES.match(text):
        minutes = 30.0 if match[2] == "半" else float(match[3])
        hours = float(match[1]) + minutes / 60
        return Number(hours, _compatible("時間", measure), "時間と分を合わせた")
    return None


def _compatible(written: str, measure: str | None) -> str:
    """Keep the column's period for a bare unit: 5時間 in a monthly column is 時間/月."""
    if measure and written in {"時間", "分", "件"} and measure[-2:] in {"/月", "/週", "/日", "/回"}:
        return f"{written}{measure[-2:]}"
    return written


def plain_number(text: str | None) -> float | None:
    """Value of a text that is nothing but a number; thousands may be parted."""
    try:
        value = float((text or "").replace(",", ""))
    except ValueError:
        return None
    return value if isfinite(value) else None


def _in_digits(match: re.Match[str]) -> str:
    """1万2千 -> 12000, 3.5万 -> 35000."""
    if match[3]:
        return f"{float(match[3]) * 1000:g}"
    rest = float(match[2] or 0)
    return f"{float(match[1]) * 10_000 + (rest * 1000 if '千' in match[0] else rest):g}"


def _read_sum(text: str, measure: str | None, survey: SurveySettings) -> Number | None:
    """Add up parts in one unit: 12+10+8, as 12 months are joined."""
    if "+" not in text:
        return None
    parts = [part for part in text.split("+") if not is_blank(part)]
    read = [_read_amount(_ABOUT.sub("", p).replace(",", ""), measure, survey, "") for p in parts]
    values = [number.value for number in read if number and number.value is not None]
    units = {number.measure for number in read if number and number.measure}
    if not parts or len(values) < len(parts) or len(units) > 1:
        return None
    told = units.pop() if units else measure
    return Number(fsum(values), told, f"{len(parts)} つの値の合計")


def _read_product(text: str, measure: str | None, survey: SurveySettings) -> Number | None:
    """Multiply people by time: 2時間×3人, 3人×30分."""
    ends = re.split(r"[×x*✕]", _bare(text))
    if len(ends) != 2:  # noqa: PLR2004 - two factors
        return None
    people = [re.fullmatch(rf"({_NUMBER})(?:人|名|回|日)", end) for end in ends]
    for found, other in zip(people, reversed(ends), strict=True):
        amount = _read_amount(other, measure, survey, "") if found else None
        if found and amount and amount.value is not None:
            return replace(amount, value=amount.value * float(found[1]), rule="掛け算")
    return None


def _read_told_period(key: str, measure: str | None, survey: SurveySettings) -> Number | None:
    """Read an amount that names its period first: 月20時間, 1日5件."""
    bare = _bare(key)
    period = _PERIOD.match(bare)
    if period is None:
        return None
    suffix = next(s for p, s in _PERIOD_SUFFIXES if p in period[1])
    base = measure.split("/")[0] if measure else None
    number = _read_amount(_ABOUT.sub("", bare[period.end() :]), base, survey, "期間つき")
    if number is None or number.measure is None:
        return number
    told = f"{number.measure.split('/')[0]}{suffix}"
    same = told in {measure, base} or (measure is None and not suffix)
    return replace(number, measure=told, code=None if same else "other-period")


def _read_range(key: str, measure: str | None, survey: SurveySettings) -> Number | None:
    """Read 30分~1時間 as its middle."""
    ends = [part for part in _RANGE_MARKS.split(_bare(key)) if part]
    if len(ends) != 2:  # noqa: PLR2004 - a range has two ends
        return None
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
    "時間/週": WEEKS,
    "分/週": WEEKS / 60,
}
_COUNTS: Final = {"件": 1.0, "件/月": 12.0, "件/週": WEEKS}


def to_base(value: float, measure: str | None) -> float | None:
    """Convert within one dimension (hours a year, cases a year); None for a foreign unit."""
    if measure is None:
        return value
    factor = {**_HOURS, **_COUNTS, "人役": 1.0, "人日": 1.0, "%": 1.0, "割合": 100.0}.get(measure)
    return None if factor is None else value * factor


def convert(number: Number, field: str, kpi: KpiSettings) -> tuple[float | None, str]:
    """Value in the field's unit, and the rule in words; None for a unit that does not fit.

    `annual_count` in cases a year, `minutes_per_case` in minutes, `annual_hours` in hours a year,
    `fte` in full-time staff.
    """
    if number.value is None:
        return None, number.rule
    factor, words = _factors(kpi.hours_per_day, kpi.hours_per_fte)[field].get(
        number.measure, (None, "")
    )
    if factor is None:
        return None, "単位が合わない"
    rule = number.rule if factor == 1.0 else f"{number.rule}、{words}"
    return number.value * factor, rule


@lru_cache(maxsize=8)
def _factors(day: float, year: float) -> dict[str, dict[str | None, tuple[float, str]]]:
    """Field -> unit -> factor to the field's unit, and the factor in words; hours a day and year."""
    days = year / day
    weekly, daily = f"週×{WEEKS}週", f"日×{days:g}日"
    return {
        "annual_count": {
            "件": (1.0, ""),
            None: (1.0, ""),
            "件/月": (12.0, "月間×12か月"),
            "件/週": (float(WEEKS), weekly),
            "件/日": (days, daily),
            "件/回": (1.0, "1 回あたり"),
            "人役": (1.0, "人数を件数とみなした"),
            "人日": (1.0, "日数を件数とみなした"),
        },
        "minutes_per_case": {
            "分": (1.0, ""),
            None: (1.0, ""),
            "秒": (1 / 60, "秒÷60"),
            "時間": (60.0, "時間×60"),
            "人日": (60 * day, f"人日×{day:g}時間×60"),
        },
        "annual_hours": {
            "時間": (1.0, ""),
            None: (1.0, ""),
            "分": (1 / 60, "分÷60"),
            "分/年": (1 / 60, "分÷60"),
            "秒": (1 / 3600, "秒÷3600"),
            "時間/月": (12.0, "月間×12か月"),
            "分/月": (0.2, "月間×12か月、分÷60"),
            "時間/週": (float(WEEKS), weekly),
            "分/週": (WEEKS / 60, f"{weekly}、分÷60"),
            "時間/日": (days, daily),
            "分/日": (days / 60, f"{daily}、分÷60"),
            "人日": (day, f"人日×{day:g}時間"),
            "人役": (year, f"人役×{year:,.0f}時間"),
        },
        "fte": {
            "人役": (1.0, ""),
            None: (1.0, ""),
            "人日": (day / year, f"人日×{day:g}÷{year:,.0f}時間"),
            "%": (0.01, "割合÷100"),
            "割合": (1.0, "割合"),
        },
    }
