"""Tables of another kind are not read, and the reason is told."""

import pytest

from bpr.read.request import Request
from tests.builder import Outcome, Rows, Value, codes, read, workbook


def lists(*labels: str, rows: int = 3) -> Rows:
    """A table of texts below the labels."""
    return [list(labels), *[[f"{label}{n}の内容" for label in labels] for n in range(rows)]]


def reason(found: Outcome) -> list[str | None]:
    return found.survey.sheets["reason"].to_list()


@pytest.mark.parametrize(
    ("labels", "code"),
    [
        (["事務事業名", "対象", "意図", "手段", "成果指標"], "sheet-evaluation"),
        (["事業名", "施策", "総合評価", "事業費", "所管課"], "sheet-evaluation"),
        (["事業名", "要求額", "査定額", "担当課"], "sheet-budget"),
        (["業務名", "ライセンス費用", "月額", "担当課"], "sheet-budget"),
        (["事務事業名", "分科会名", "協議区分", "調整方針"], "sheet-merger"),
        (["業務名", "受託者", "町職員", "実施手順"], "sheet-contract"),
        (["業務名", "日程", "会場", "担当"], "sheet-schedule"),
        (["業務内容", "日付", "勤務時間", "曜日"], "sheet-timesheet"),
        (["業務名", "タイムスタンプ", "年齢", "満足度"], "sheet-answers"),
    ],
)
def test_tables_of_another_kind(labels: list[str], code: str) -> None:
    found = read(workbook(lists(*labels)))
    assert reason(found) == [code]
    assert code in codes(found)
    assert found.tasks.height == 0


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["行ラベル", "業務名", "件数"], ["税務課", "賦課", 10]], "sheet-pivot"),
        ([["業務名", "時間数", "研修名"], ["税務", 10, "初任者"]], "sheet-schedule"),
        ([["業務内容", "時間外勤務時間", "件数"], ["賦課", 10, 3]], "sheet-timesheet"),
    ],
)
def test_tables_of_another_kind_even_with_numbers(rows: Rows, code: str) -> None:
    assert reason(read(workbook(rows))) == [code]


@pytest.mark.parametrize(
    "labels",
    [
        ["事務事業名", "対象", "意図", "手段", "成果指標", "年間時間"],
        ["業務名", "年間時間", "予算額", "担当課"],
        ["業務名", "年間時間", "場所", "担当課"],
    ],
)
def test_a_column_filled_with_times_makes_it_a_survey(labels: list[str]) -> None:
    rows: list[list[Value]] = [[10 if label == "年間時間" else "あり" for label in labels]] * 2
    assert read(workbook([labels, *rows])).tasks.height == 2


def test_a_column_of_times_with_texts_does_not() -> None:
    labels = ["業務名", "年間時間", "予算額", "担当課"]
    found = read(workbook([labels, ["賦課", "午前9時から", "百万円", "税務課"]]))
    assert reason(found) == ["sheet-budget"]


def test_a_label_is_not_counted_twice() -> None:
    found = read(workbook(lists("事務事業名", "評価", "評価", "評価", "担当課")))
    assert found.tasks.height == 3


@pytest.mark.parametrize("title", ["業務量調査票（記入例）", "記入例", "【見本】"])
def test_a_table_that_calls_itself_an_example(title: str) -> None:
    rows: Rows = [[title], ["業務名", "年間時間"], ["賦課", 10]]
    assert reason(read(workbook(rows))) == ["sheet-example"]


@pytest.mark.parametrize("title", ["記入例を見て書いてください", "※記入例", "見本市の調査票"])
def test_a_table_that_only_speaks_of_an_example(title: str) -> None:
    rows: Rows = [[title], ["業務名", "年間時間"], ["賦課", 10]]
    assert reason(read(workbook(rows))) == [None]


@pytest.mark.parametrize(("rows", "read_with_finding"), [(100, True), (50, False)])
def test_a_long_list_of_evaluations_is_read_with_a_finding(
    rows: int,
    read_with_finding: bool,  # noqa: FBT001
) -> None:
    found = read(workbook(lists("事務事業名", "対象", "意図", "手段", "成果指標", rows=rows)))
    assert found.tasks.height == (rows if read_with_finding else 0)
    assert ("evaluation-list" in codes(found)) == read_with_finding
    assert ("sheet-evaluation" in codes(found)) != read_with_finding


@pytest.mark.parametrize(
    "request_", [Request(sheet="調査票"), Request(header_row=1), Request(columns={"task_name": 0})]
)
def test_what_the_caller_asks_for_is_read(request_: Request) -> None:
    found = read(workbook(lists("事業名", "要求額", "査定額", "担当課")), request=request_)
    assert found.tasks.height == 3


def test_a_list_of_names_beside_the_survey_is_left_out() -> None:
    book = workbook(
        [["業務名", "年間時間"], ["賦課", 10]], others={"業務一覧": lists("課", "業務名", "係")}
    )
    found = read(book)
    assert found.tasks["task_name"].to_list() == ["賦課"]
    assert reason(found) == [None, "sheet-list"]


def test_a_list_of_names_alone_is_read() -> None:
    assert read(workbook(lists("課", "業務名", "係"))).tasks.height == 3


def test_lists_that_no_table_is_made_of_have_a_reason_too() -> None:
    found = read(workbook(lists("タイムスタンプ", "ご意見")))
    assert reason(found) == ["sheet-answers"]
    assert codes(found) == ["sheet-answers", "workbook-without-table"]
