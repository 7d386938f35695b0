"""Words of a frequency -> times a year, or nothing where they do not tell."""

import pytest

from bpr.read.frequency import times_a_year
from tests.builder import SETTINGS

DAYS = 240
"""Working days of a year: 1,860 hours of 7.75 hours a day."""


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("毎日", DAYS),
        ("日次", DAYS),
        ("開庁日", DAYS),
        ("毎日2回", 2 * DAYS),
        ("1日3回", 3 * DAYS),
        ("2回/日", 2 * DAYS),
        ("毎週", 52),
        ("週次", 52),
        ("隔週", 26),
        ("週2回", 104),
        ("週に１回程度", 52),
        ("週２～３回", 130),
        ("1回/週", 52),
        ("毎月", 12),
        ("月次", 12),
        ("月１回", 12),
        ("月に約2回", 24),
        ("毎月2回", 24),
        ("2回／月", 24),
        ("1か月に1回", 12),
        ("隔月", 6),
        ("四半期ごと", 4),
        ("３ヶ月に１回", 4),
        ("半期", 2),
        ("６カ月ごと", 2),
        ("年1回", 1),
        ("年間4回", 4),
        ("年2～3回", 2.5),
        ("3回/年", 3),
        ("年次", 1),
        ("年度末", 1),
        ("隔年", 0.5),
        ("2年に1回", 0.5),
        ("5月、10月", 2),
        ("4月・7月・10月・1月", 4),
    ],
)
def test_times_a_year(text: str, times: float) -> None:
    assert times_a_year(text, SETTINGS.kpi) == times


@pytest.mark.parametrize(
    "text", ["随時", "都度", "不定期", "必要に応じて", "4月～6月", "4月から", ""]
)
def test_words_that_do_not_tell(text: str) -> None:
    assert times_a_year(text, SETTINGS.kpi) is None
