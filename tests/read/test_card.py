"""Sheets that describe one task, or one a column: labels on the left, values on the right."""

import pytest

from bpr.read.card import find_cards, find_stacked_cards
from tests.builder import SETTINGS, Rows, Value, assert_rows, findings, grid, read, workbook

SURVEY = SETTINGS.survey

CARD: Rows = [
    ["業務説明表"],
    ["業務名", "住民票の発行"],
    ["年間件数", "12,000件"],
    ["1件当たりの時間", 5, "分"],
    ["処理媒体", "紙"],
    ["根拠法令", "住民基本台帳法"],
]


def test_a_card_is_one_task() -> None:
    found = read(workbook(CARD, name="市民課.xlsx"))
    assert_rows(
        found.tasks,
        "row division task_name annual_count minutes_per_case annual_hours medium legal_basis",
        [[2, "市民課", "住民票の発行", 12000.0, 5.0, 1000.0, "paper", "住民基本台帳法"]],
    )


def test_findings_point_at_the_cell_of_the_answer() -> None:
    rows: Rows = [*CARD[:2], ["年間件数", "多数"], *CARD[3:]]
    found = read(workbook(rows, name="市民課.xlsx"))
    assert ["B3", "text-in-number", "多数"] in findings(found)


@pytest.mark.parametrize(
    "rows",
    [
        [["業務名", "賦課"], ["年間件数", 10], ["処理媒体", "紙"]],
        [
            ["件名", "賦課"],
            ["年間件数", 10],
            ["処理媒体", "紙"],
            ["根拠法令", "法"],
            ["課", "税務課"],
        ],
        [["業務名", "賦課"], ["課", "税務課"], ["係", "管理係"], ["根拠法令", "法"]],
        [["業務名"], ["年間件数"], ["処理媒体"], ["根拠法令"]],
    ],
)
def test_too_few_or_untelling_answers_are_no_card(rows: Rows) -> None:
    assert find_cards(grid(*rows), SURVEY) == []


def test_a_value_below_its_label() -> None:
    rows: Rows = [["業務名", "", "年間件数", 10], ["賦課"], ["処理媒体", "紙"], ["根拠法令", "法"]]
    (card,) = find_cards(grid(*rows), SURVEY)
    assert [(v.field, v.text, v.row, v.column) for v in card.values] == [
        ("task_name", "賦課", 1, 0),
        ("annual_count", "10", 0, 3),
        ("medium", "紙", 2, 1),
        ("legal_basis", "法", 3, 1),
    ]


def test_two_labels_in_a_row_each_have_their_own_value() -> None:
    rows: Rows = [
        ["業務名", "賦課", "課", "税務課"],
        ["年間件数", 10, "処理媒体", "紙"],
        ["1件あたり時間（分）", 30, "頻度", "毎月"],
    ]
    (card,) = find_cards(grid(*rows), SURVEY)
    assert {v.field: v.text for v in card.values} == {
        "task_name": "賦課",
        "division": "税務課",
        "annual_count": "10",
        "medium": "紙",
        "minutes_per_case": "30",
        "frequency": "毎月",
    }


def test_a_unit_in_the_next_cell_belongs_to_the_number() -> None:
    (card,) = find_cards(grid(*[[v or "" for v in row] for row in CARD[1:]]), SURVEY)
    assert {v.field: v.text for v in card.values}["minutes_per_case"] == "5分"


def transposed(*tasks: list[Value]) -> Rows:
    labels = ["業務名", "年間件数", "1件あたり時間（分）", "処理媒体"]
    return [[label, *(task[i] for task in tasks)] for i, label in enumerate(labels)]


def test_a_transposed_table_has_one_task_a_column() -> None:
    rows = transposed(["賦課", 10, 30, "紙"], ["徴収", 20, 60, "電子"], ["窓口", 30, 6, None])
    found = read(workbook(rows))
    assert_rows(
        found.tasks,
        "row task_name annual_hours medium",
        [[1, "賦課", 5.0, "paper"], [1, "徴収", 20.0, "electronic"], [1, "窓口", 3.0, None]],
    )


def test_findings_of_a_transposed_table_point_at_their_columns() -> None:
    rows = transposed(["賦課", 10, 30, "紙"], ["徴収", "多数", 60, "石板"])
    told = [f[:2] for f in findings(read(workbook(rows, name="税務課.xlsx")))]
    assert [f for f in told if f[1] != "missing-hours"] == [
        ["C2", "text-in-number"],
        ["C4", "unknown-choice"],
    ]


def test_a_number_merged_over_its_parts_is_told_by_its_total() -> None:
    rows: Rows = [
        ["業務名", "", "賦課"],
        ["業務規模", "通常期", 10],
        ["", "繁忙期", 50],
        ["", "年間総計", 240],
        ["1件あたり時間（分）", "", 30],
        ["処理媒体", "", "紙"],
    ]
    (card,) = find_cards(grid(*rows, merged=((1, 0, 3, 0),)), SURVEY)
    value = next(v for v in card.values if v.field == "annual_count")
    assert (value.text, value.row, value.column) == ("240", 3, 2)


STACKED: Rows = [
    ["業務名", "賦課"],
    ["年間件数", 10],
    ["年間時間", 5],
    [],
    ["業務名", "徴収"],
    ["年間件数", 20],
    ["年間時間", 7],
]


def test_cards_below_each_other() -> None:
    found = read(workbook(STACKED))
    assert_rows(
        found.tasks,
        "row task_name annual_count annual_hours",
        [[1, "賦課", 10.0, 5.0], [5, "徴収", 20.0, 7.0]],
    )


def test_a_card_that_leaves_an_answer_out_does_not_take_the_next_ones() -> None:
    rows: Rows = [
        ["業務名", "賦課"],
        ["年間件数", 10],
        ["年間時間", 5],
        *STACKED[3:5],
        ["年間時間", 7],
        ["頻度", "毎月"],
    ]
    cards = find_stacked_cards(grid(*rows), SURVEY)
    assert [[v.field for v in card.values] for card in cards] == [
        ["task_name", "annual_count", "annual_hours"],
        ["task_name", "annual_hours", "frequency"],
    ]


def test_a_usual_table_is_no_stack_of_cards() -> None:
    rows: Rows = [
        ["業務名", "年間件数", "年間時間"],
        ["賦課", 10.0, 5.0],
        ["業務名", "年間件数", "年間時間"],
    ]
    assert find_stacked_cards(grid(*rows), SURVEY) == []
