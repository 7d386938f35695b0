"""What a workbook says outside its tables: town, year, office and people, and what it does not."""

from typing import Any

import pytest

from bpr.read.context import find_year, read_year
from tests.builder import Outcome, Rows, codes, read, workbook

TABLE: Rows = [["業務名", "年間時間"], ["賦課", 10]]


def below(*lines: list[Any], name: str = "回答.xlsx", sheet: str = "Sheet1") -> Outcome:
    """The table below some lines."""
    return read(workbook([*lines, [], *TABLE], name=name, sheet=sheet))


def value(found: Outcome, field: str) -> Any:
    return found.tasks[field].item()


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("令和6年度", 2024),
        ("令和 6 年度 業務量調査", 2024),
        ("令和元年度", 2019),
        ("R6年度", 2024),
        ("R.6年度", 2024),
        ("R6 年 度", 2024),
        ("平成31年度", 2019),
        ("H30年度", 2018),
        ("昭和63年度", 1988),
        ("令和6年分", 2024),
        ("令和5年実績", 2023),
        ("R5決算", 2023),
        ("2024年度", 2024),
        ("2024年分", 2024),
        ("令和6年10月1日現在", None),
        ("6年度", None),
        ("第2024号", None),
    ],
)
def test_years_in_texts(text: str, year: int | None) -> None:
    assert find_year(text) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024", 2024),
        ("令和6年度", 2024),
        ("令和６", 2024),
        ("R6", 2024),
        ("r6", 2024),
        ("令6", 2024),
        ("H30", 2018),
        ("令和元", 2019),
        ("R6.4～R7.3", 2024),
        ("R7.1", 2024),
        ("令和7年3月", 2024),
        ("2024/4/1", 2024),
        ("2025-03-31", 2024),
        ("2025年2月", 2024),
        ("六年度", None),
        ("毎年", None),
        ("", None),
    ],
)
def test_years_in_cells_of_a_year_column(text: str, year: int | None) -> None:
    assert read_year(text) == year


@pytest.mark.parametrize(
    ("line", "field", "expected"),
    [
        (["所属：税務課"], "division", "税務課"),
        (["所属", "税務課"], "division", "税務課"),
        (["【所属】", "税務課"], "division", "税務課"),
        (["課　名", "税務課"], "division", "税務課"),
        (["部局：総務部", "課名：税務課"], "department", "総務部"),
        (["係名", "市民税係"], "unit", "市民税係"),
        (["団体名：みどり野町"], "municipality", "みどり野町"),
        (["対象年度：令和6年度"], "fiscal_year", 2024),
        (["税務課"], "division", "税務課"),
        (["税務課　市民税係"], "unit", "市民税係"),
        (["業務量調査票（税務課）"], "division", "税務課"),
        (["税務課市民税係の業務量"], "unit", "市民税係"),
        (["みどり野町 税務課"], "municipality", "みどり野町"),
        (["みどり野町税務課"], "division", "税務課"),
        (["令和6年度 業務量調査票"], "fiscal_year", 2024),
        (["税", "務", "課", "調", "査", "票"], "division", None),
        (["【", "税", "務", "課", "】"], "division", "税務課"),
    ],
)
def test_titles_and_label_cells(line: list[Any], field: str, expected: Any) -> None:
    assert value(below(line), field) == expected


@pytest.mark.parametrize(
    "line",
    [
        ["提出先：総務課"],
        ["提出先", "総務課"],
        ["※ 総務課に出してください"],
        ["問い合わせ先　総務課　内線123"],
        ["総務課まで提出"],
        ["総務課長　宛"],
        ["固定資産税の賦課"],
        ["賦課 徴収 公課"],
        ["所属", "氏名"],
        ["所属："],
        ["この調査は総務課が行うもので、回答は課ごとに取りまとめて提出していただきます。"],
    ],
)
def test_offices_that_are_not_the_ones_that_answer(line: list[Any]) -> None:
    assert value(below(line), "division") is None


@pytest.mark.parametrize(
    ("name", "sheet", "division"),
    [
        ("調査票_税務課.xlsx", "Sheet1", "税務課"),
        ("税務課（業務量調査）.xlsx", "Sheet1", "税務課"),
        ("01_みどり野町税務課.xlsx", "Sheet1", "税務課"),
        ("回答.xlsx", "税務課", "税務課"),
        ("市民課.xlsx", "税務課", "税務課"),
        ("中央図書館.xlsx", "Sheet1", "中央図書館"),
        ("固定資産税の賦課.xlsx", "Sheet1", None),
        ("業務量調査票.xlsx", "Sheet1", None),
    ],
)
def test_names_of_sheets_and_files(name: str, sheet: str, division: str | None) -> None:
    found = below(name=name, sheet=sheet)
    assert value(found, "division") == division
    assert ("division-from-name" in codes(found)) == (division is not None)


def test_what_the_sheet_says_wins_over_the_name_of_the_file() -> None:
    found = below(["所属：収納課"], name="税務課.xlsx")
    assert value(found, "division") == "収納課"
    assert "division-from-name" not in codes(found)


def test_the_name_of_a_sheet_tells_the_unit() -> None:
    assert value(below(name="税務課.xlsx", sheet="市民税係"), "unit") == "市民税係"


@pytest.mark.parametrize(
    ("name", "field", "expected"),
    [
        ("令和6年度_税務課.xlsx", "fiscal_year", 2024),
        ("R6年度業務量調査.xlsx", "fiscal_year", 2024),
        ("みどり野町_税務課.xlsx", "municipality", "みどり野町"),
        ("業務量調査.xlsx", "municipality", None),
    ],
)
def test_names_of_files_tell_year_and_town(name: str, field: str, expected: Any) -> None:
    assert value(below(name=name), field) == expected


def test_the_year_in_the_labels_of_the_numbers_wins() -> None:
    rows: Rows = [["令和7年度調査"], ["業務名", "令和6年度 件数", "年間時間"], ["賦課", 1, 2]]
    assert value(read(workbook(rows)), "fiscal_year") == 2024


def test_a_cover_sheet_speaks_for_the_whole_workbook() -> None:
    cover: Rows = [
        ["業務量調査票"],
        ["団体名", "みどり野町"],
        ["所属", "税務課"],
        ["対象年度", "令和6年度"],
    ]
    found = read(workbook(TABLE, sheet="Sheet1", name="a.xlsx", others={"表紙": cover}))
    assert found.tasks.select("municipality", "division", "fiscal_year").rows() == [
        ("みどり野町", "税務課", 2024)
    ]


def test_a_title_of_the_sheet_wins_over_the_cover() -> None:
    found = read(
        workbook([["所属：収納課"], [], *TABLE], others={"表紙": [["所属", "税務課"], ["x", "y"]]})
    )
    assert value(found, "division") == "収納課"


def test_a_column_of_the_table_wins_over_the_title() -> None:
    rows: Rows = [["所属：税務課"], ["課", "業務名", "年間時間"], ["収納課", "徴収", 1]]
    assert value(read(workbook(rows)), "division") == "収納課"


def test_blanks_above_the_first_office_of_a_column_take_the_title() -> None:
    rows: Rows = [
        ["所属：税務課"],
        ["課", "業務名", "年間時間"],
        [None, "賦課", 1],
        ["収納課", "徴収", 1],
        [None, "督促", 1],
    ]
    assert read(workbook(rows)).tasks["division"].to_list() == ["税務課", "収納課", "収納課"]


@pytest.mark.parametrize(
    ("lines", "staff"),
    [
        ([["職員数：8人"]], 8.0),
        ([["職員数", "8"]], 8.0),
        ([["課員数", "12名"]], 12.0),
        ([["正規職員数", 5, "会計年度任用職員数", 3]], 8.0),
        ([["正規職員数(人)", 5]], 5.0),
        ([["職員数", 9], ["正規職員数", 5]], 9.0),
        ([["職員数", "別紙のとおり"]], None),
        ([["税務課"]], None),
    ],
)
def test_numbers_of_people(lines: list[list[Any]], staff: float | None) -> None:
    found = below(*lines).survey.staff
    assert found["staff"].to_list() == ([] if staff is None else [staff])
