"""Units and periods that labels tell, and those that they do not."""

import pytest

from bpr.read.units import UNITS_OF, read_measure, unit_of
from tests.builder import SETTINGS

SURVEY = SETTINGS.survey


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("時間（分）", "分"),
        ("時間（ｈ）", "時間"),
        ("処理時間【単位：秒】", "秒"),
        ("処理時間〔時間〕", "時間"),
        ("所要時間（分単位）", "分"),
        ("時間（分/件）", "分"),
        ("時間（分・概算）", "分"),
        ("何分かかりますか", "分"),
        ("何時間かかりますか", "時間"),
        ("処理分数", "分"),
        ("処理時間", None),
        ("時間（円）", None),
        ("時間（件）", None),
    ],
)
def test_units_of_durations(label: str, measure: str | None) -> None:
    assert read_measure(label, "duration", SURVEY) == (measure, measure is not None)


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("月間作業時間", "時間/月"),
        ("作業時間（月平均）", "時間/月"),
        ("1か月あたりの時間", "時間/月"),
        ("１ヶ月当たりの時間", "時間/月"),
        ("毎月の時間（分）", "分/月"),
        ("時間（月）", "時間/月"),
        ("週間作業時間", "時間/週"),
        ("1週あたり（分）", "分/週"),
        ("1日当たり時間", "時間/日"),
        ("1日あたり（分）", "分/日"),
        ("年間作業時間", None),
        ("年間の時間（月間ではない）", None),
        ("月末の作業時間", None),
        ("同日の作業時間", None),
    ],
)
def test_periods_of_durations(label: str, measure: str | None) -> None:
    assert read_measure(label, "duration", SURVEY)[0] == measure


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("件数（件）", "件"),
        ("件数（月間）", "件/月"),
        ("1日あたり件数", "件/日"),
        ("週間件数", "件/週"),
        ("1回あたり件数", "件/回"),
        ("何件ありますか", "件"),
        ("枚数（枚/年）", "件"),
        ("件数", None),
        ("件数（分）", None),
    ],
)
def test_units_of_counts(label: str, measure: str | None) -> None:
    assert read_measure(label, "count", SURVEY)[0] == measure


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("従事割合", "%"),
        ("従事率", "%"),
        ("従事人日", "人日"),
        ("人工", "人役"),
        ("担当者（人）", "人役"),
        ("月間人役", "人役"),
        ("担当職員数", None),
    ],
)
def test_units_of_staff(label: str, measure: str | None) -> None:
    assert read_measure(label, "fte", SURVEY)[0] == measure


@pytest.mark.parametrize("kind", ["text", "medium", "yes_no", "work_class"])
def test_other_kinds_have_no_unit(kind: str) -> None:
    assert read_measure("時間（分）", kind, SURVEY) == (None, False)


@pytest.mark.parametrize(
    ("label", "fixed", "measure"),
    [
        ("月間時間", "時間/月", "時間/月"),
        ("月間時間（分）", "時間/月", "分/月"),
        ("1件あたり分数（秒）", "分", "分"),
    ],
)
def test_a_unit_fixed_by_the_alias(label: str, fixed: str, measure: str) -> None:
    assert read_measure(label, "duration", SURVEY, fixed) == (measure, True)


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("分", "分"),
        ("（件）", "件"),
        ("[単位：時間]", "時間"),
        ("単位は分", "分"),
        ("【ｈ】", "時間"),
        ("時間／月", "時間/月"),
        ("円", None),
        ("分かりません", None),
        ("", None),
    ],
)
def test_cells_that_consist_of_a_unit(cell: str, unit: str | None) -> None:
    assert unit_of(cell, SURVEY) == unit


def test_every_unit_of_the_settings_belongs_to_one_kind() -> None:
    owners = {unit: [k for k, units in UNITS_OF.items() if unit in units] for unit in SURVEY.units}
    assert {unit: kinds for unit, kinds in owners.items() if len(kinds) != 1} == {}
