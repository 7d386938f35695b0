"""Numbers as people write them into a cell: sums, products, clock times, 万, periods, remarks."""

import pytest

from bpr.read.numbers import Number, read_number
from tests.builder import SETTINGS, read, workbook


def number(text: str, measure: str | None = None) -> Number:
    return read_number(text, measure, SETTINGS.survey)


@pytest.mark.parametrize(
    ("text", "measure", "value", "found"),
    [
        ("12+10+8", "件", 30, "件"),
        ("1,200＋約300", "件", 1500, "件"),
        ("2時間+3時間", None, 5, "時間"),
        ("30分+15分", "時間", 45, "分"),
        ("10+", "件", 10, "件"),
        ("2時間×3人", None, 6, "時間"),
        ("3人×30分", "分", 90, "分"),
        ("約20分×2回", None, 40, "分"),
        ("2人*4h", "時間", 8, "時間"),
        ("1:30", "時間", 1.5, "時間"),
        ("0:45:00", None, 0.75, "時間"),
        ("1：15", "分", 1.25, "時間"),
        ("1万2千", "件", 12_000, "件"),
        ("3.5万件", None, 35_000, "件"),
        ("2千件", None, 2000, "件"),
        ("1万5000", "件", 15_000, "件"),
        ("約1万件", None, 10_000, "件"),
        ("100件以上", None, 100, "件"),
        ("合計30時間", None, 30, "時間"),
        ("1,200件（概算）", None, 1200, "件"),
        ("30分（移動を除く）", "時間", 30, "分"),
    ],
)
def test_numbers_in_other_dress(
    text: str, measure: str | None, value: float, found: str | None
) -> None:
    read = number(text, measure)
    assert read.value == pytest.approx(value)
    assert (read.measure, read.code) == (found, None)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("12+10+8", "3 つの値の合計"),
        ("2時間×3人", "掛け算"),
        ("1:30", "時:分"),
        ("月20時間", "期間つき"),
        ("年間1,200件、繁忙期200件", "年間の値だけ"),
    ],
)
def test_the_rule_names_what_was_done(text: str, rule: str) -> None:
    assert number(text).rule == rule


@pytest.mark.parametrize(
    "text",
    ["10件+20分", "3+多数", "2×3", "2時間×3時間", "2人×3人×4時間", "1:5", "+", "万", "(概算)"],
)
def test_sums_and_products_that_do_not_hold_together(text: str) -> None:
    assert number(text, "分").code == "text-in-number"


@pytest.mark.parametrize(
    ("text", "measure", "value", "found", "code"),
    [
        ("月20時間", "時間", 20, "時間/月", "other-period"),
        ("月20時間", "時間/月", 20, "時間/月", None),
        ("月に約20時間", "時間", 20, "時間/月", "other-period"),
        ("1日5件", "件", 5, "件/日", "other-period"),
        ("毎週2時間", "時間", 2, "時間/週", "other-period"),
        ("週10", "件", 10, "件/週", "other-period"),
        ("年100件", "件", 100, "件", None),
        ("年間100時間", "時間", 100, "時間", None),
        ("年間60時間", "時間/月", 60, "時間", None),
    ],
)
def test_amounts_that_tell_their_period(
    text: str, measure: str, value: float, found: str, code: str | None
) -> None:
    read = number(text, measure)
    assert (read.value, read.measure, read.code) == (value, found, code)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("年間1,200件、繁忙期200件/月", 1200),
        ("通常期 5件、年間計 100件", 100),
        ("平常20・繁忙期80 合計:約300件", 300),
    ],
)
def test_of_several_values_the_one_of_the_year_is_used(text: str, value: float) -> None:
    read = number(text, "件")
    assert (read.value, read.code) == (value, "several-values")


@pytest.mark.parametrize("text", ["繁忙期200件", "通常期5件、繁忙期20件"])
def test_several_values_without_one_of_the_year_are_not_read(text: str) -> None:
    assert number(text, "件").code == "text-in-number"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1,200件（うち窓口300件を含む）", "several-values"),
        ("1,200件（窓口を含む）", None),
        ("多数（300件くらいと思う）", "text-in-number"),
    ],
)
def test_numbers_in_remarks_are_told(text: str, code: str | None) -> None:
    assert number(text, "件").code == code


@pytest.mark.parametrize(
    ("cells", "fte"), [([0.3, 0.5, 1], [0.3, 0.5, 1.0]), ([30, 50, 100], [0.3, 0.5, 1.0])]
)
def test_shares_up_to_one_are_parts_of_one(cells: list[float], fte: list[float]) -> None:
    rows = [[f"業務{n}", cell] for n, cell in enumerate(cells)]
    found = read(workbook([["業務名", "従事割合"], *rows]))
    assert found.tasks["fte"].to_list() == pytest.approx(fte)
