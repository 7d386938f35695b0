"""Words of a frequency -> how often a year: 毎日, 週2回, 月1回, 隔月, 年3回; 随時 says nothing."""

import re
from functools import lru_cache
from typing import Final

from bpr.read.numbers import WEEKS
from bpr.settings import KpiSettings
from bpr.text import squeeze

_TIMES = r"(\d+(?:\.\d+)?)(?:[~〜-](\d+(?:\.\d+)?))?"
_PER = r"(?:に|当たり|あたり|間|平均|/|、|,|・)*約?"
_UNIT = r"(?:回|度|件|日)?(?:程度|くらい|ぐらい|位)?"
_PATTERNS: Final = (
    (re.compile(rf"^(?:1?日|毎日){_PER}{_TIMES}回"), "日"),
    (re.compile(rf"^(?:1?週|毎週){_PER}{_TIMES}{_UNIT}"), "週"),
    (re.compile(rf"^(?:1?か?月|毎月){_PER}{_TIMES}{_UNIT}"), "月"),
    (re.compile(rf"^(?:1?年|毎年|年間){_PER}{_TIMES}{_UNIT}"), "年"),
    (re.compile(rf"^{_TIMES}回?/日$"), "日"),
    (re.compile(rf"^{_TIMES}回?/週$"), "週"),
    (re.compile(rf"^{_TIMES}回?/(?:か?月)$"), "月"),
    (re.compile(rf"^{_TIMES}回?/年$"), "年"),
)
_MONTHS = re.compile(r"(?:1[0-2]|[1-9])月")
_WORDS: Final = (
    (("隔週",), WEEKS / 2),
    (("毎週", "週次", "週間"), float(WEEKS)),
    (("隔月",), 6.0),
    (("毎月", "月次", "月末", "月初"), 12.0),
    (("四半期", "3か月", "3ヶ月", "3カ月"), 4.0),
    (("半期", "半年", "6か月", "6ヶ月", "上期・下期"), 2.0),
    (("隔年", "2年に1回", "2年に1度"), 0.5),
    (("毎年", "年次", "年度末", "年度当初", "年度初め", "年1", "年末", "年始"), 1.0),
)


def times_a_year(text: str, kpi: KpiSettings) -> float | None:
    """Times a year of a text; None where it does not tell (随時, 都度).

    A working year has hours_per_fte / hours_per_day days.
    """
    return _times_a_year(text, kpi.hours_per_fte / kpi.hours_per_day)


@lru_cache(maxsize=4_096)
def _times_a_year(text: str, days: float) -> float | None:
    key = squeeze(text).replace("ヶ", "か").replace("カ", "か").replace("ケ", "か")
    factor = {"日": days, "週": float(WEEKS), "月": 12.0, "年": 1.0}
    if key in factor:
        return factor[key]
    for pattern, period in _PATTERNS:
        if match := pattern.search(key):
            low = float(match[1])
            return (low + float(match[2] or low)) / 2 * factor[period]
    if key.startswith(("毎日", "日次", "日々", "毎営業日", "開庁日")):
        return days
    for words, times in _WORDS:
        if any(word in key for word in words):
            return times
    months = set(_MONTHS.findall(key))
    if months and not re.search(r"[~〜-]|から", key):
        return float(len(months))
    return None
