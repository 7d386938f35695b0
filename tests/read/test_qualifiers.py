"""Labels that say which of several like columns this is, and those that name a column."""

import pytest

from bpr.read.qualifiers import EARLIER, LATER, MONTH, PER_CASE, is_remark, is_sub_label, year_of


@pytest.mark.parametrize(
    "label",
    [
        "4月", "12月分", "上半期", "下期", "第１四半期", "課長", "主事", "２級", "年間計", "合計",
        "通常期", "繁忙月", "導入前", "改善後", "前年度実績", "令和６年度", "R6", "2024年度",
        "1件当たり", "（選択）",
    ],
)  # fmt: skip
def test_sub_labels(label: str) -> None:
    assert is_sub_label(label)


@pytest.mark.parametrize("label", ["業務名", "件数", "処理媒体", "月間件数", "備考", "13月", "係"])
def test_labels_in_their_own_right(label: str) -> None:
    assert not is_sub_label(label)


@pytest.mark.parametrize(
    ("label", "month"),
    [("4月", "4"), ("12月分", "12"), ("１月", "1"), ("4月件数", "4"), ("R6.4月", "4")],
)
def test_months(label: str, month: str) -> None:
    match = MONTH.search(label.replace("１", "1"))
    assert match is not None
    assert match[1] == month


@pytest.mark.parametrize(
    "label", ["月間", "1月間", "1月平均", "1月当たり", "1月あたり", "4月末", "0月"]
)
def test_no_months(label: str) -> None:
    assert MONTH.search(label) is None


@pytest.mark.parametrize(
    ("label", "year"),
    [
        ("令和6年度", 2024),
        ("令和元年度", 2019),
        ("R5実績", 2023),
        ("Ｒ６", 2024),
        ("平成31年度", 2019),
        ("H30", 2018),
        ("2024年度", 2024),
        ("件数", 0),
        ("r", 0),
    ],
)
def test_years(label: str, year: int) -> None:
    assert year_of(label) == year


@pytest.mark.parametrize(
    ("label", "earlier", "later"),
    [
        ("導入前", True, False),
        ("見直し前", True, False),
        ("現状", True, False),
        ("導入後", False, True),
        ("削減時間", False, True),
        ("目標値", False, True),
        ("前年度", False, True),
        ("前々年度", False, True),
        ("件数", False, False),
    ],
)
def test_states_before_and_after(label: str, earlier: bool, later: bool) -> None:  # noqa: FBT001
    assert (bool(EARLIER.search(label)), bool(LATER.search(label))) == (earlier, later)


@pytest.mark.parametrize(
    ("label", "per_case"),
    [
        ("1件当たり", True),
        ("1回あたりの時間", True),
        ("1件", True),
        ("1件数", False),
        ("件数", False),
    ],
)
def test_labels_per_case(label: str, per_case: bool) -> None:  # noqa: FBT001
    assert bool(PER_CASE.search(label)) == per_case


@pytest.mark.parametrize(
    ("text", "remark"),
    [("（選択）", True), ("[単位]", True), ("【】", True), ("件（年）", False), ("", False)],
)
def test_remarks(text: str, remark: bool) -> None:  # noqa: FBT001
    assert is_remark(text) == remark
