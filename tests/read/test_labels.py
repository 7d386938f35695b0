"""Label rows as a grid: merged labels, groups, and where the header ends."""

import pytest

from bpr.frames import NAME_FIELDS
from bpr.read.cells import Cell, Range
from bpr.read.labels import is_group_row, label_rows, last_label_row, spread_groups
from tests.builder import SETTINGS, grid

SURVEY = SETTINGS.survey


def test_a_merged_label_stands_over_every_cell_it_covers() -> None:
    sheet = grid(
        ["業務名", "業務量", ""], ["", "件数", "時間"], merged=((0, 0, 1, 0), (0, 1, 0, 2))
    )
    assert label_rows(sheet, range(2), SURVEY) == [
        ["業務名", "業務量", "業務量"],
        ["業務名", "件数", "時間"],
    ]


def test_a_label_merged_from_above_the_rows_is_seen() -> None:
    sheet = grid(["業務名", "件数"], ["", "(件)"], merged=((0, 0, 1, 0),))
    assert label_rows(sheet, range(1, 2), SURVEY) == [["業務名", "(件)"]]


def test_a_unit_alone_below_its_label_is_bracketed() -> None:
    sheet = grid(["業務名", "件数", "所要"], ["", "件", "時間"])
    assert label_rows(sheet, range(2), SURVEY)[1] == ["", "(件)", "時間"]


def test_numbers_are_no_labels() -> None:
    assert label_rows(grid(["業務名", 2024, 1.5]), range(1), SURVEY) == [["業務名", "", ""]]


def test_circled_numbers_and_line_breaks_are_taken_off() -> None:
    assert label_rows(grid(["③業務名", "年間\n件数"]), range(1), SURVEY) == [
        ["業務名", "年間 件数"]
    ]


@pytest.mark.parametrize(
    ("rows", "spread"),
    [
        (
            [["業務名", "正規", "", "会計年度"], ["", "件数", "時間", "件数"]],
            ["業務名", "正規", "正規", "会計年度"],
        ),
        ([["正規", "", ""], ["", "業務名", "件数"]], ["正規", "", ""]),
        ([["正規", "", ""], ["件数", "時間", ""]], ["正規", "正規", ""]),
    ],
)
def test_groups_are_carried_to_the_right(rows: list[list[str]], spread: list[str]) -> None:
    assert spread_groups(rows)[0] == spread


@pytest.mark.parametrize(
    ("rows", "merged", "last"),
    [
        ([["業務名", "件数"], ["賦課", 1.0]], (), 0),
        ([["業務名", "件数"], ["", "（件）"], ["賦課", 1.0]], (), 1),
        ([["業務名", "件数", ""], ["", "4月", "5月"], ["賦課", 1.0, 2.0]], ((0, 1, 0, 2),), 1),
        (
            [["業務名", "年間", "年間"], ["", "件数", "時間"], ["賦課", 1.0, 2.0]],
            ((0, 0, 1, 0),),
            1,
        ),
        ([["業務名", "時間", ""], ["", "正規", "会計年度"], ["", "時間", "時間"]], (), 2),
        ([["業務名", "処理媒体"], ["賦課", "紙"]], (), 0),
        ([["業務名", "処理媒体"], ["", "※ 選択してください"], ["賦課", "紙"]], (), 0),
    ],
)
def test_where_the_header_ends(
    rows: list[list[Cell]], merged: tuple[Range, ...], last: int
) -> None:
    assert last_label_row(grid(*rows, merged=merged), 0, SURVEY, NAME_FIELDS) == last


@pytest.mark.parametrize(
    ("above", "merged", "group"),
    [
        (["業務の概要", "", "業務量", ""], (), True),
        (["正規", "", "", ""], (), True),
        (["業務の時間", "", "", ""], (), False),
        (["", "業務量", "", ""], (), True),
        (["業務量調査票", "", "", ""], (), False),
        (["令和6年度", "", "", ""], (), False),
        (["業務量", "", "", ""], ((0, 0, 0, 3),), False),
        (["業務量", "", "", ""], ((0, 0, 0, 1),), True),
        (["所属：税務課", "", "記入者：山田", ""], (), False),
        (["所属：", "税務課", "", ""], (), False),
        (
            ["1 行に 1 つの作業を書いてください。分からない所は空欄で構いません。", "x", "", ""],
            (),
            False,
        ),
        (["", "", "", ""], (), False),
        (["業務", 3.0, "", ""], (), False),
    ],
)
def test_rows_of_groups_above_the_labels(
    above: list[Cell],
    merged: tuple[Range, ...],
    group: bool,  # noqa: FBT001
) -> None:
    below = ["業務名", "作業名", "件数", "時間"]
    assert is_group_row(grid(above, below, merged=merged), 0, below, SURVEY) == group
