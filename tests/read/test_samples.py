"""The first values of each column, for a person who confirms a form."""

from bpr.read.samples import read_samples
from tests.builder import text_file, workbook

BOOK = workbook(
    [
        ["税務課"],
        ["業務名", "件数", "備考"],
        ["賦課", 1000, None],
        [None, None, None],
        ["徴収", 0.5, " "],
        ["証明", "約30", None],
        ["合計", 9, None],
    ],
    start="B1",
    others={"別": [["業務名"], ["別の業務"]]},
)


def test_values_below_the_header_by_column() -> None:
    found = read_samples(BOOK.data, "調査票", 2, 6, 2)
    assert found == {"B": ["賦課", "徴収"], "C": ["1000", "0.5"]}
    assert read_samples(BOOK.data, "調査票", 2, 6, 9)["C"] == ["1000", "0.5", "約30"]


def test_only_the_sheet_that_is_asked() -> None:
    assert read_samples(BOOK.data, "別", 1, 9, 3) == {"A": ["別の業務"]}
    assert read_samples(BOOK.data, "ない", 1, 9, 3) == {}


def test_columns_stand_in_the_order_of_the_sheet() -> None:
    book = text_file([["x"] * 30, [str(n) for n in range(30)]])
    letters = list(read_samples(book.data, "CSV", 1, 2, 1))
    assert letters[:3] == ["A", "B", "C"]
    assert letters[24:] == ["Y", "Z", "AA", "AB", "AC", "AD"]


def test_what_cannot_be_read_has_no_samples() -> None:
    assert read_samples(b"", "調査票", 1, 9, 3) == {}


def test_a_value_that_repeats_is_shown_once() -> None:
    rows = [["課"], ["税務課"], ["税務課"], ["収納課"]]
    assert read_samples(workbook(rows).data, "調査票", 1, 9, 3) == {"A": ["税務課", "収納課"]}
