"""Rows that may be headers, how far up a header reaches, and tables side by side."""

import pytest

from bpr.read.candidates import (
    find_header_rows,
    find_more_header_rows,
    find_wordy_rows,
    first_rows,
    split_tables,
)
from bpr.read.cells import Cell, Range
from bpr.read.forms import KnownForm
from bpr.read.request import Request
from tests.builder import SETTINGS, grid

SURVEY = SETTINGS.survey
LABELS: list[Cell] = ["課", "業務名", "年間件数", "年間時間"]
TASK: list[Cell] = ["税務課", "賦課", 10.0, 20.0]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([LABELS, TASK], [0]),
        ([["業務量調査票"], [""], LABELS, TASK], [2]),
        ([["業務名"], TASK], []),
        ([["業務名", "業務名"], TASK], []),
        ([["業務名", "件数"], TASK, LABELS, TASK], [0, 2]),
        ([[""], TASK], []),
    ],
)
def test_rows_with_two_known_labels(rows: list[list[Cell]], found: list[int]) -> None:
    assert find_header_rows(grid(*rows), SURVEY, Request()) == found


def test_the_search_ends_a_little_below_a_certain_header() -> None:
    rows = [LABELS, *[TASK] * 10, LABELS]
    assert find_header_rows(grid(*rows), SURVEY, Request()) == [0]


def test_a_long_text_is_no_label() -> None:
    long = "業務名" + "　" * 40
    assert find_header_rows(grid([long, "件数"], TASK), SURVEY, Request()) == []


def test_the_lower_row_of_merged_labels_is_a_candidate() -> None:
    sheet = grid(LABELS, ["", "", "（件）", ""], TASK, merged=((0, 1, 1, 1),))
    assert find_header_rows(sheet, SURVEY, Request()) == [0, 1]


@pytest.mark.parametrize(("asked", "found"), [(2, [1]), (1, [0]), (0, []), (3, [])])
def test_the_asked_row_is_the_only_one(asked: int, found: list[int]) -> None:
    assert find_header_rows(grid(LABELS, TASK), SURVEY, Request(header_row=asked)) == found


def test_labels_of_known_forms_count() -> None:
    sheet = grid(["仕事のなまえ", "いくつ"], ["賦課", 10.0])
    known = KnownForm({"仕事のなまえ": "task_name", "いくつ": "annual_count"})
    assert find_header_rows(sheet, SURVEY, Request()) == []
    assert find_header_rows(sheet, SURVEY, Request(forms=[known])) == [0]


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (["仕事の名前", "1年に何件ありますか", "1回に何分かかりますか"], [0]),
        (["業務名", "甲", "乙"], [0]),
        (["業務名", "甲"], []),
        (["甲", "乙", "丙"], []),
    ],
)
def test_rows_that_are_labels_by_their_words(labels: list[Cell], found: list[int]) -> None:
    assert find_wordy_rows(grid(labels, TASK), SURVEY) == found


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (["", "業務名", "件数"], [0, 3]),
        (["", "業　務　名", "件数"], [0, 3]),
        (["", "課", "件数"], [0]),
        (["", "賦課", "件数"], [0]),
    ],
)
def test_headers_of_more_tables_name_tasks_plainly(row: list[Cell], found: list[int]) -> None:
    assert find_more_header_rows(grid(LABELS, TASK, TASK, row, TASK), SURVEY) == found


@pytest.mark.parametrize(
    ("rows", "merged", "row", "firsts"),
    [
        ([["業務の概要", "", "業務量", ""], LABELS], (), 1, [1, 0]),
        ([["業務量調査票"], LABELS], (), 1, [1]),
        ([["業務", "", "業務量", ""], ["", "", "年間", ""], LABELS], (), 2, [2, 1, 0]),
        ([LABELS, ["", "", "（件）", ""]], ((0, 0, 1, 0),), 1, [0]),
    ],
)
def test_how_far_up_a_header_reaches(
    rows: list[list[Cell]], merged: tuple[Range, ...], row: int, firsts: list[int]
) -> None:
    assert list(first_rows(grid(*rows, merged=merged), row, SURVEY)) == firsts


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        (["業務名", "件数", "時間"], [(0, 3)]),
        (["業務名", "件数", "業務名", "件数"], [(0, 2), (2, 4)]),
        (["業務名", "件数", "", "業務名", "件数"], [(0, 3), (3, 5)]),
        (["係", "業務名", "件数", "係", "業務名", "件数"], [(0, 3), (3, 6)]),
        (["業務名", "件数"] * 3, [(0, 2), (2, 4), (4, 6)]),
        (["業務名", "件数", "時間", "業務名", "課題", "備考"], [(0, 6)]),
        (["業務名", "業務名", "件数"], [(0, 3)]),
    ],
)
def test_labels_that_begin_anew_part_tables(
    labels: list[str], spans: list[tuple[int, int]]
) -> None:
    assert list(split_tables([labels], SURVEY)) == spans
