"""The task list: what a query finds, in which order, and how it stands in an address."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpr.pipeline import Report, run
from bpr.tabulate.listing import Order, TaskQuery, filter_tasks, sort_tasks
from tests.builder import SETTINGS, Rows, workbook

VALUES = st.text(max_size=200)
QUERIES = st.builds(
    TaskQuery,
    text=VALUES,
    division=VALUES,
    work_class=VALUES,
    source=VALUES,
    confidence=VALUES,
    lever=VALUES,
    medium=VALUES,
    cause=VALUES,
    task=VALUES,
)


def found(report: Report, **wanted: str) -> list[str]:
    return filter_tasks(report.tasks, TaskQuery(**wanted))["task_id"].to_list()


@given(QUERIES)
def test_a_query_survives_its_address(query: TaskQuery) -> None:
    assert TaskQuery.parse(query.to_query()) == query


def test_an_empty_query_has_no_address() -> None:
    assert TaskQuery().to_query() == ""
    assert TaskQuery.parse("") == TaskQuery.parse("?") == TaskQuery()


def test_the_address_names_what_is_set() -> None:
    query = TaskQuery(division="税務課", lever="rpa")
    assert query.to_query() == f"?division={quote('税務課')}&lever=rpa"


def test_unknown_keys_are_passed_over_and_long_values_cut() -> None:
    assert TaskQuery.parse("?evil=1&lever=rpa&with_=x") == TaskQuery(lever="rpa")
    assert TaskQuery.parse(f"?text={'a' * 1500}") == TaskQuery(text="a" * 1000)


def test_some_values_are_replaced() -> None:
    query = TaskQuery(division="税務課", lever="rpa")
    assert query.with_(lever=None, text="入力") == TaskQuery(text="入力", division="税務課")


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({"division": "税務課"}, {"税務課-1", "税務課-2", "税務課-3"}),
        ({"work_class": "core"}, {"税務課-2", "福祉課-4"}),
        ({"source": "person"}, {"福祉課-4"}),
        ({"medium": "electronic"}, {"税務課-2", "福祉課-3"}),
        ({"work_class": "core", "medium": "paper"}, {"福祉課-4"}),
        ({"division": "税務課", "work_class": "expert"}, set()),
        ({"division": "税務"}, set()),
        ({"task": "税務課-1", "work_class": "expert"}, {"福祉課-1"}),
    ],
)
def test_what_filters_find(report: Report, wanted: dict[str, str], ids: set[str]) -> None:
    assert set(found(report, **wanted)) == ids


def test_filters_by_lever_and_confidence_agree_with_the_table(report: Report) -> None:
    levers = {lever for lever in report.tasks["best_lever"] if lever}
    assert "ai_ocr" in levers
    for lever in levers:
        chosen = filter_tasks(report.tasks, TaskQuery(lever=lever))
        assert chosen["best_lever"].unique().to_list() == [lever]
        assert chosen.height == report.tasks["best_lever"].to_list().count(lever)
    assert len(found(report, confidence="A")) == 7
    assert found(report, confidence="C") == []


def test_the_list_is_by_rank(report: Report) -> None:
    ranks = filter_tasks(report.tasks, TaskQuery())["rank"].to_list()
    assert ranks == [1, 2, 3, 4, 5, 6, 7]


SEARCHED: Rows = [
    ["整理番号", "課", "係", "業務名", "作業名", "根拠法令", "使用システム"],
    [1, "税務課", "資産税係", "ＡＢＣシステム入力", "データ登録", "地方税法", "TaxPro"],
    [2, "税務課", "資産税係", "ﾃﾞｰﾀ照合", "照合", None, None],
    [3, "福祉課", "給付係", "abcの片付け", None, "児童 手当法", None],
]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("abc", {"税務課-1", "福祉課-3"}),
        ("ＡＢＣ", {"税務課-1", "福祉課-3"}),
        ("データ", {"税務課-1", "税務課-2"}),
        ("ﾃﾞｰﾀ", {"税務課-1", "税務課-2"}),
        ("taxpro", {"税務課-1"}),
        ("児童手当法", {"福祉課-3"}),
        ("資産税係　照合", {"税務課-2"}),
        ("  abc   福祉課 ", {"福祉課-3"}),
        ("abc 給与", set()),
        ("   ", {"税務課-1", "税務課-2", "福祉課-3"}),
        (".*", set()),
        ("(", set()),
    ],
)
def test_words_are_found_whatever_their_width_and_case(text: str, ids: set[str]) -> None:
    report = run([workbook(SEARCHED)], SETTINGS)
    assert set(found(report, text=text)) == ids


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        (Order("annual_count"), ["福祉課-3", "福祉課-1", "税務課-2", "福祉課-4", "税務課-1", "税務課-3", "福祉課-2"]),
        (Order("annual_count", descending=True), ["税務課-3", "税務課-1", "福祉課-4", "税務課-2", "福祉課-1", "福祉課-3", "福祉課-2"]),
    ],
)  # fmt: skip
def test_what_is_unknown_comes_last(report: Report, order: Order, ids: list[str]) -> None:
    assert sort_tasks(report.tasks, order)["task_id"].to_list() == ids


@pytest.mark.parametrize("descending", [False, True])
def test_ties_keep_the_rank(report: Report, *, descending: bool) -> None:
    ranked = filter_tasks(report.tasks, TaskQuery())
    ordered = sort_tasks(ranked, Order("division", descending=descending))
    for division in ("税務課", "福祉課"):
        ranks = ordered.filter(division=division)["rank"].to_list()
        assert ranks == sorted(ranks)


def test_an_unknown_column_keeps_the_rank(report: Report) -> None:
    ranked = filter_tasks(report.tasks, TaskQuery())
    assert sort_tasks(ranked, Order("__proto__"))["rank"].to_list() == ranked["rank"].to_list()
