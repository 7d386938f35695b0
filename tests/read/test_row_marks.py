"""Blank rows, merged cells and ditto marks are told once a table and column."""

from tests.builder import Outcome, Rows, read, workbook

HEADER = ["大分類", "業務名", "年間時間"]


def told(found: Outcome, code: str) -> list[tuple[int, str]]:
    """Row and value of the findings of one code."""
    return found.diagnostics.filter(code=code).select("row", "value").rows()


def test_blank_rows_between_tasks_are_counted_from_the_first() -> None:
    rows: Rows = [HEADER, ["税", "賦課", 1], [], [], ["税", "徴収", 2], [], ["税", "督促", 3]]
    assert told(read(workbook(rows)), "blank-rows") == [(3, "3")]


def test_blank_rows_below_the_last_task_are_none_of_our_business() -> None:
    rows: Rows = [HEADER, ["税", "賦課", 1], [], [], ["※ 概算"]]
    assert told(read(workbook(rows)), "blank-rows") == []


def test_merged_cells_are_counted_by_column() -> None:
    rows: Rows = [
        HEADER,
        ["税", "賦課", 1],
        [None, "徴収", 2],
        [None, "督促", 3],
        ["窓", "証明", 4],
    ]
    found = read(workbook(rows, merged=["A2:A4"]))
    assert told(found, "merged-cells") == [(3, "大分類 2")]
    assert found.tasks["process_category"].to_list() == ["税", "税", "税", "窓"]


def test_blanks_of_a_grouping_column_are_filled_without_a_word() -> None:
    rows: Rows = [HEADER, ["税", "賦課", 1], [None, "徴収", 2]]
    found = read(workbook(rows))
    assert found.tasks["process_category"].to_list() == ["税", "税"]
    assert told(found, "merged-cells") == []


def test_ditto_marks_are_counted_by_column() -> None:
    rows: Rows = [
        [*HEADER, "処理媒体"],
        ["税", "賦課", 1, "紙"],
        ["〃", "徴収", 2, "同上"],
        ["〃", "督促", 3, "電子"],
    ]
    found = read(workbook(rows))
    assert sorted(told(found, "ditto-marks")) == [(3, "処理媒体 1"), (3, "大分類 2")]
    assert found.tasks["medium"].to_list() == ["paper", "paper", "electronic"]


def test_tables_on_one_sheet_are_told_apart() -> None:
    rows: Rows = [
        HEADER,
        ["税", "賦課", 1],
        ["〃", "徴収", 2],
        ["■ 窓口"],
        ["大分類", "業務名", "作業名", "年間時間"],
        ["窓", "証明", "発行", 3],
        ["〃", "異動", "入力", 4],
    ]
    assert told(read(workbook(rows)), "ditto-marks") == [(3, "大分類 1"), (7, "大分類 1")]


def test_rows_that_are_no_tasks_are_not_counted() -> None:
    rows: Rows = [HEADER, ["税", "賦課", 1], [None, "小計", 1], [None, "徴収", 2]]
    assert told(read(workbook(rows, merged=["A2:A4"])), "merged-cells") == [(4, "大分類 1")]
