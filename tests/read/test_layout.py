"""Where the table is, and which column is which field."""

import pytest

from bpr.read.cells import Cell, Range, Sheet, column_letter
from bpr.read.layout import Layout
from bpr.read.request import Request
from tests.builder import SETTINGS, find_layout


def sheet(*rows: list[str | float], merged: tuple[Range, ...] = ()) -> Sheet:
    width = max(map(len, rows))
    padded: list[list[Cell]] = [[*row, *[""] * (width - len(row))] for row in rows]
    return Sheet("調査票", padded, merged, visible=True)


def find(
    *rows: list[str | float], merged: tuple[Range, ...] = (), request: Request | None = None
) -> Layout | None:
    return find_layout(sheet(*rows, merged=merged), SETTINGS.survey, request or Request())


def fields(layout: Layout | None) -> list[tuple[str, str, str | None]]:
    """Column letter, field, unit."""
    assert layout is not None
    return [(column_letter(c.index), c.field, c.measure) for c in layout.columns]


def test_one_header_row() -> None:
    layout = find(["課", "業務名", "年間作業時間(h)"], ["税務課", "賦課", 10])
    assert layout is not None
    assert layout.header_row == 0
    assert fields(layout) == [
        ("A", "division", None),
        ("B", "task_name", None),
        ("C", "annual_hours", "時間"),
    ]


def test_title_and_notes_above() -> None:
    layout = find(
        ["みどり野町　業務量調査票"],
        ["※ 業務名と年間件数を書いてください。"],
        [],
        ["業務名", "年間件数"],
        ["賦課", 10],
    )
    assert layout is not None
    assert layout.header_row == 3


def test_two_row_header_with_merged_groups() -> None:
    layout = find(
        ["業務の概要", "", "業務量", ""],
        ["業務名", "作業名", "年間件数（件）", "年間作業時間（時間）"],
        ["賦課", "入力", 1, 2],
        merged=((0, 0, 0, 1), (0, 2, 0, 3)),
    )
    assert layout is not None
    assert layout.header_row == 1
    assert fields(layout) == [
        ("A", "task_name", None),
        ("B", "activity_name", None),
        ("C", "annual_count", "件"),
        ("D", "annual_hours", "時間"),
    ]


def test_label_parted_over_two_rows() -> None:
    layout = find(
        ["業務名", "年間", "年間"], ["", "件数", "作業時間"], ["賦課", 1, 2], merged=((0, 0, 1, 0),)
    )
    assert [name for _, name, _ in fields(layout)] == ["task_name", "annual_count", "annual_hours"]


def test_kinds_of_staff_make_blocks() -> None:
    layout = find(
        ["業務名", "正規職員", "", "会計年度任用職員", ""],
        ["", "件数", "時間（h）", "件数", "時間（分）"],
        merged=((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)),
    )
    assert layout is not None
    assert layout.blocks == 2
    assert [(c.field, c.block, c.staff_category) for c in layout.columns] == [
        ("task_name", None, None),
        ("annual_count", 0, "正規職員"),
        ("annual_hours", 0, "正規職員"),
        ("annual_count", 1, "会計年度任用職員"),
        ("minutes_per_case", 1, "会計年度任用職員"),
    ]


@pytest.mark.parametrize(
    ("label", "field", "measure"),
    [
        ("年間作業時間", "annual_hours", "時間"),
        ("作業時間（分）", "annual_hours", "分"),
        ("時間（分/件）", "minutes_per_case", "分"),
        ("処理時間〔単位：時間〕", "annual_hours", "時間"),
        ("時間（時間単位）", "annual_hours", "時間"),
        ("月間時間", "annual_hours", "時間/月"),
        ("作業時間（月平均）", "annual_hours", "時間/月"),
        ("月間作業時間（分）", "annual_hours", "分/月"),
        ("月間件数", "annual_count", "件/月"),
        ("件数（月間）", "annual_count", "件/月"),
        ("件　数", "annual_count", None),
        ("1件当たりの\n処理時間（分）", "minutes_per_case", "分"),
        ("1件あたり時間", "minutes_per_case", "分"),
        ("1件あたり時間（h）", "minutes_per_case", "時間"),
        ("人工", "fte", "人役"),
        ("従事人日", "fte", "人日"),
        ("従事割合（％）", "fte", "%"),
        ("１．課　題", "issues", None),
    ],
)
def test_labels_and_their_units(label: str, field: str, measure: str | None) -> None:
    assert fields(find(["業務名", label], ["賦課", 1]))[1] == ("B", field, measure)


def test_minutes_beside_a_count_are_per_case() -> None:
    assert fields(find(["業務名", "件数", "時間（分）"], ["賦課", 1, 2]))[2] == (
        "C",
        "minutes_per_case",
        "分",
    )


def test_minutes_a_year_beside_a_count_stay_a_year() -> None:
    layout = find(["業務名", "件数", "年間作業時間（分）"], ["賦課", 100, 6000])
    assert fields(layout)[2] == ("C", "annual_hours", "分")


def test_hours_beside_a_count_stay_a_year() -> None:
    assert fields(find(["業務名", "件数", "時間（h）"], ["賦課", 1, 2]))[2] == (
        "C",
        "annual_hours",
        "時間",
    )


def test_unknown_and_repeated_columns_are_told() -> None:
    layout = find(["業務名", "件数", "謎", "処理件数", ""], ["賦課", 1, 2, 3, 4])
    assert layout is not None
    assert layout.ignored == ((2, "謎", "column-ignored"), (3, "処理件数", "column-duplicate"))


@pytest.mark.parametrize(
    "rows",
    [
        [["目次"], ["1. はじめに"]],
        [["業務名"], ["賦課"]],
        [["課", "係", "件数"], ["税務課", "資産税係", 1]],
        [["業務名と件数を書いてください", "記入例"], ["賦課", 1]],
    ],
)
def test_no_table(rows: list[list[str | float]]) -> None:
    assert find(*rows) is None


def test_a_data_row_is_no_header() -> None:
    layout = find(["業務名", "年間件数", "業務"], ["賦課", 5, "x"], ["業務", 7, "時間"])
    assert layout is not None
    assert layout.header_row == 0


def test_header_row_of_the_request() -> None:
    rows: list[list[str | float]] = [
        ["業務名", "件数"],
        ["業務名", "年間作業時間", "件数"],
        ["賦課", 1, 2],
    ]
    first = find(*rows, request=Request(header_row=1))
    second = find(*rows, request=Request(header_row=2))
    assert first is not None
    assert second is not None
    assert (first.header_row, second.header_row) == (0, 1)
    assert [c.field for c in first.columns] == ["task_name", "annual_count"]


@pytest.mark.parametrize("row", [0, -1, 9])
def test_header_row_outside_the_sheet(row: int) -> None:
    assert find(["業務名", "件数"], ["賦課", 1], request=Request(header_row=row)) is None


def test_columns_of_the_request_win() -> None:
    request = Request(columns={"annual_hours": 2, "task_name": 0}, header_row=1)
    layout = find(["甲", "時間", "乙（分）"], ["賦課", 1, 2], request=request)
    assert fields(layout) == [("A", "task_name", None), ("C", "annual_hours", "分")]
    assert layout is not None
    assert layout.ignored == ((1, "時間", "column-duplicate"),)
    assert [column.reason for column in layout.columns] == ["指定された列", "指定された列"]


def test_columns_of_the_request_without_any_known_label() -> None:
    request = Request(columns={"task_name": 0, "annual_hours": 1})
    assert fields(
        find(["甲", "乙"], ["賦課", 1], request=Request({**request.columns}, None, 1))
    ) == [
        ("A", "task_name", None),
        ("B", "annual_hours", "時間"),
    ]
