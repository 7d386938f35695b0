"""A run that remembers earlier ones reads only what is new or has changed."""

from collections.abc import Callable

import pytest
from polars.testing import assert_frame_equal

from bpr.read.answers import Earlier, read_answers
from bpr.read.cells import Refusal, Sheet, read_sheets
from bpr.read.request import Request
from tests.builder import SETTINGS, Rows, workbook


def test_only_what_is_new_or_has_changed_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: Rows = [["課", "業務名", "件数"], ["税務課", "賦課", 1]]
    books = [workbook(rows, name="a.xlsx"), workbook([*rows, rows[1]], name="b.xlsx")]
    earlier: Earlier = {}
    first = read_answers(books, SETTINGS.survey, earlier=earlier)
    opened: list[bytes] = []

    def open_sheets(data: bytes, skip: Callable[[str, bool], bool]) -> list[Sheet] | Refusal:
        opened.append(data)
        return read_sheets(data, skip)

    monkeypatch.setattr("bpr.read.opening.read_sheets", open_sheets)
    again = read_answers(books, SETTINGS.survey, earlier=earlier)
    assert opened == []
    for name in ("workbooks", "sheets", "forms", "columns", "answers", "marks"):
        assert_frame_equal(getattr(first, name), getattr(again, name))
    changed = workbook([*rows, ["税務課", "徴収", 2]], name="b.xlsx")
    third = read_answers([books[0], changed], SETTINGS.survey, earlier=earlier)
    assert opened == [changed.data]
    assert third.answers["task_name"].to_list() == ["賦課", "賦課", "徴収"]
    assert {name for name, _, _ in earlier} == {"a.xlsx", "b.xlsx"}
    assert len(earlier) == 2


def test_another_request_reads_again() -> None:
    book = workbook([["甲", "業務名", "件数"], ["税務課", "賦課", 1]])
    earlier: Earlier = {}
    read_answers([book], SETTINGS.survey, earlier=earlier)
    asked = Request(columns={"division": 0})
    found = read_answers([book], SETTINGS.survey, asked, earlier=earlier)
    assert found.answers["division"].to_list() == ["税務課"]
