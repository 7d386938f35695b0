"""Text of a number cell -> value, unit, rule, finding; never 0 for nothing."""

import pytest

from bpr.read.numbers import Number, convert, read_number, to_base
from tests.builder import SETTINGS, read, workbook

KPI = SETTINGS.kpi


def number(text: str, measure: str | None = None) -> Number:
    return read_number(text, measure, SETTINGS.survey)


@pytest.mark.parametrize(
    ("text", "value", "measure"),
    [
        ("30", 30, None),
        ("1,200", 1200, None),
        ("１，２００", 1200, None),
        ("１．５ｈ", 1.5, "時間"),
        (".5", 0.5, None),
        ("0", 0, None),
        ("2,400件", 2400, "件"),
        ("12 回", 12, "件"),
        ("30分", 30, "分"),
        ("約30分", 30, "分"),
        ("おおむね 30 分程度", 30, "分"),
        ("100件くらい", 100, "件"),
        ("30分/件", 30, "分"),
        ("30分／件", 30, "分"),
        ("30分/回", 30, "分"),
        ("5件/月", 5, "件/月"),
        ("90秒", 90, "秒"),
        ("2h", 2, "時間"),
        ("2時間/年", 2, "時間"),
        ("1時間30分", 1.5, "時間"),
        ("１時間３０分", 1.5, "時間"),
        ("1時間半", 1.5, "時間"),
        ("2h15min", 2.25, "時間"),
        ("0.05人", 0.05, "人役"),
        ("3人日", 3, "人日"),
        ("20％", 20, "%"),
        ("約1時間30分", 1.5, "時間"),
    ],
)
def test_amounts(text: str, value: float, measure: str | None) -> None:
    read = number(text)
    assert read.value == pytest.approx(value)
    assert (read.measure, read.code) == (measure, None)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("30分", "そのまま"),
        ("約30分", "概数"),
        ("30分程度", "概数"),
        ("1時間30分", "時間と分を合わせた"),
    ],
)
def test_the_rule_says_how_it_was_read(text: str, rule: str) -> None:
    assert number(text).rule == rule


def test_the_unit_of_the_column_holds_where_the_cell_has_none() -> None:
    assert number("30", "分").measure == "分"


def test_the_unit_in_the_cell_wins() -> None:
    assert number("30分", "時間").measure == "分"


@pytest.mark.parametrize(
    ("text", "measure", "value", "found"),
    [
        ("30分～1時間", None, 0.75, "時間"),
        ("30分～1時間", "分", 0.75, "時間"),
        ("30～60分", None, 45, "分"),
        ("30〜60", "分", 45, "分"),
        ("30-60", "分", 45, "分"),
        ("30から60分", None, 45, "分"),
        ("30分－1時間", None, 0.75, "時間"),
        ("100～200件", None, 150, "件"),
        ("1,000～2,000件", None, 1500, "件"),
        ("10～20", "件/月", 15, "件/月"),
        ("5～5", "分", 5, "分"),
    ],
)
def test_ranges_become_their_middle_with_a_warning(
    text: str, measure: str | None, value: float, found: str
) -> None:
    read = number(text, measure)
    assert read.value == pytest.approx(value)
    assert (read.measure, read.rule, read.code) == (found, "範囲の中央", "range-midpoint")


@pytest.mark.parametrize("text", ["随時", "不定期", "都度", " その都度 ", "なし", "不明"])
def test_words_for_no_number(text: str) -> None:
    assert number(text, "分") == Number(None, "分", "数値なし", "irregular-number")


@pytest.mark.parametrize("text", ["－", "-", "―", "ー", "…", " ", "／", "未記入"])
def test_blank_marks_are_no_finding(text: str) -> None:
    assert number(text, "分") == Number(None, "分", "空欄", None)


@pytest.mark.parametrize(
    "text",
    [
        "たくさん",
        "3個",
        "5km",
        "60～30分",
        "1～2～3",
        "1.2.3",
        "10件20分",
        "～",
        "30分～",
        "四十",
        "4/1",
        "😀",
    ],
)
def test_nonsense_has_no_value(text: str) -> None:
    assert number(text, "分") == Number(None, "分", "読めない", "text-in-number")


@pytest.mark.parametrize(
    ("text", "value"),
    [("5時間", 5), ("1時間30分", 1.5), ("1時間半", 1.5), ("5～6時間", 5.5), ("5～6", 5.5)],
)
def test_a_monthly_column_stays_monthly_whatever_the_cell_says(text: str, value: float) -> None:
    read = number(text, "時間/月")
    assert read.value == pytest.approx(value)
    assert read.measure == "時間/月"


def test_a_yearly_unit_in_a_monthly_column_is_a_year() -> None:
    assert convert(number("60時間/年", "時間/月"), "annual_hours", KPI)[0] == pytest.approx(60)


@pytest.mark.parametrize(
    ("field", "value", "measure", "converted", "rule"),
    [
        ("annual_count", 5, "件", 5, "そのまま"),
        ("annual_count", 5, None, 5, "そのまま"),
        ("annual_count", 5, "件/月", 60, "そのまま、月間×12か月"),
        ("minutes_per_case", 30, "分", 30, "そのまま"),
        ("minutes_per_case", 90, "秒", 1.5, "そのまま、秒÷60"),
        ("minutes_per_case", 1.5, "時間", 90, "そのまま、時間×60"),
        ("annual_hours", 90, "分", 1.5, "そのまま、分÷60"),
        ("annual_hours", 7200, "秒", 2, "そのまま、秒÷3600"),
        ("annual_hours", 5, "時間/月", 60, "そのまま、月間×12か月"),
        ("annual_hours", 30, "分/月", 6, "そのまま、月間×12か月、分÷60"),
        ("annual_hours", 2, "人日", 15.5, "そのまま、人日×7.75時間"),
        ("annual_hours", 0.5, "人役", 930, "そのまま、人役×1,860時間"),
        ("fte", 0.5, "人役", 0.5, "そのまま"),
        ("fte", 240, "人日", 1, "そのまま、人日×7.75÷1,860時間"),
        ("fte", 20, "%", 0.2, "そのまま、割合÷100"),
    ],
)
def test_conversions(
    field: str, value: float, measure: str | None, converted: float, rule: str
) -> None:
    found, words = convert(Number(value, measure, "そのまま"), field, KPI)
    assert found == pytest.approx(converted)
    assert words == rule


@pytest.mark.parametrize(
    ("field", "measure"),
    [
        ("annual_count", "分"),
        ("minutes_per_case", "件"),
        ("minutes_per_case", "時間/月"),
        ("annual_hours", "件"),
        ("annual_hours", "%"),
        ("fte", "時間"),
    ],
)
def test_foreign_units_have_no_value(field: str, measure: str) -> None:
    assert convert(Number(5, measure, "そのまま"), field, KPI) == (None, "単位が合わない")


@pytest.mark.parametrize(
    ("value", "measure", "base"),
    [(30, "分", 0.5), (2, "時間/月", 24), (3, "件/月", 36), (2, None, 2), (2, "km", None)],
)
def test_base_units(value: float, measure: str | None, base: float | None) -> None:
    assert to_base(value, measure) == base


@pytest.mark.parametrize(
    ("header", "text", "value", "code"),
    [
        ("年間時間", "約30分", 0.5, None),
        ("年間時間", "30分～1時間", 0.75, "range-midpoint"),
        ("年間時間", "随時", None, "irregular-number"),
        ("年間時間", "－", None, None),
        ("年間時間", "2,400件", None, "foreign-unit"),
        ("年間時間", "たくさん", None, "text-in-number"),
        ("年間時間", -5, None, "negative-number"),
        ("年間時間", "-5", None, "negative-number"),
        ("年間時間", "－５", None, "negative-number"),
        ("年間時間", "-5時間", None, "negative-number"),
        ("年間時間", "NaN", None, "text-in-number"),
        ("年間時間", "inf", None, "text-in-number"),
        ("年間時間", 0, 0.0, None),
        ("月間時間", "1時間30分", 18.0, None),
        ("月間時間", "5～6時間", 66.0, "range-midpoint"),
        ("件数", "30分", None, "foreign-unit"),
        ("月間件数", "5件", 60.0, None),
        ("月間件数", 5, 60.0, None),
        ("1件あたり時間（分）", "1時間30分", 90.0, None),
        ("人役", "0.05人", 0.05, None),
        ("従事割合", "20%", 0.2, None),
        ("従事人日", 24, 0.1, None),
    ],
)
def test_cells_of_number_columns(
    header: str, text: str | float, value: float | None, code: str | None
) -> None:
    found = read(workbook([["課", "業務名", header], ["税務課", "賦課", text]]))
    (row,) = found.conversions.select("raw", "value").rows()
    assert row == (str(text), pytest.approx(value) if value is not None else None)
    told = [c for c in found.diagnostics["code"] if c != "missing-hours"]
    assert told == ([code] if code else [])


def test_raw_text_unit_and_rule_are_kept_beside_every_number() -> None:
    found = read(workbook([["業務名", "月間時間"], ["賦課", "約5時間"], ["徴収", "随時"]]))
    assert found.conversions.sort("row").select(
        "row", "field", "raw", "measure", "value", "rule"
    ).rows() == [
        (2, "annual_hours", "約5時間", "時間/月", 60.0, "概数、月間×12か月"),
        (3, "annual_hours", "随時", "時間/月", None, "数値なし"),
    ]
