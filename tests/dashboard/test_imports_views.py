"""取込: collection, findings and columns -> exactly what the page says."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from bpr.dashboard.pages.imports.findings import (
    SHOWN,
    chosen_findings,
    findings_csv,
    findings_xlsx,
    view_findings,
)
from bpr.dashboard.pages.imports.query import ImportsQuery, with_severity
from bpr.dashboard.pages.imports.readings import (
    UNUSED,
    decided_fields,
    find_table,
    list_tables,
    settled_text,
    unsure_workbooks,
    view_readings,
)
from bpr.dashboard.pages.imports.situation import view_situation
from bpr.dashboard.pages.imports.todo import answer_of, todo_of
from bpr.dashboard.pages.imports.view import CollectionRow, next_sort, sort_rows
from bpr.errors import InputError
from bpr.frames import Collection, empty
from bpr.workspace import Workspace
from tests.builder import workbook
from tests.dashboard.conftest import MakeWorkspace
from tests.dashboard.surveys import CLEAN, HEADS, REFUSED, WRONG, odd, office_list


def collection(*offices: dict[str, Any]) -> pl.DataFrame:
    """Offices as the workspace tells of them."""
    plain = {
        "status": "returned", "rows": 1, "tasks": 1, "errors": 0, "warnings": 0, "is_listed": True,
        "workbooks": "a.xlsx", "division": "税務課",
    }  # fmt: skip
    schema = empty(Collection).schema
    return pl.DataFrame([plain | office for office in offices], schema=schema)


MISSING = {"division": "水道課", "status": "missing", "workbooks": None, "days_left": 12}
ERRORS = {"division": "福祉課", "status": "errors", "errors": 2, "workbooks": "b.xlsx"}

ROW = CollectionRow(
    division="税務課", department="", reason="", status="returned", workbook="a.xlsx",
    readable=True, tasks=2, hours=30.0, errors=0, warnings=0, days_left=None,
)  # fmt: skip


# --- the sentence and the next steps ------------------------------------------------------------


@pytest.mark.parametrize(
    ("offices", "rows", "answer"),
    [
        ([{}, MISSING, ERRORS], [ROW], "3 課のうち 2 課が提出。1 課が未提出、1 課にエラーがあります（締切まで 12 日）。"),
        ([{}, MISSING], [ROW], "2 課のうち 1 課が提出。1 課が未提出です（締切まで 12 日）。"),
        ([{}, MISSING | {"days_left": 0}], [ROW], "2 課のうち 1 課が提出。1 課が未提出です（締切は今日）。"),
        ([{}, MISSING | {"days_left": -3}], [ROW], "2 課のうち 1 課が提出。1 課が未提出です（締切を 3 日過ぎています）。"),
        ([{}, MISSING | {"days_left": None}], [ROW], "2 課のうち 1 課が提出。1 課が未提出です。"),
        ([{}, ERRORS | {"days_left": 5}], [ROW], "2 課すべてが提出。1 課にエラーがあります（締切まで 5 日）。"),
        ([{}], [ROW], "1 課すべてが提出。エラーはありません。"),
        ([{}], [ROW, replace(ROW, status="refused")], "1 課すべてが提出。読めないファイルが 1 冊あります。"),
        ([MISSING], [], "1 課のうち、まだ 1 課も提出していません（締切まで 12 日）。"),
    ],
)  # fmt: skip
def test_the_sentence_where_there_is_a_list(
    offices: list[dict[str, Any]], rows: list[CollectionRow], answer: str
) -> None:
    assert answer_of(collection(*offices), rows) == [answer]


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        (["returned", "returned"], "2 冊を取り込みました。エラーはありません。"),
        (["returned", "errors"], "2 冊を取り込みました。1 冊にエラーがあります。"),
        (["refused"], "1 冊を取り込みました。1 冊は読めません。"),
        (["errors", "refused"], "2 冊を取り込みました。1 冊にエラーがあり、1 冊は読めません。"),
        (["returned", "withdrawn"], "1 冊を取り込みました。エラーはありません。"),
    ],
)
def test_the_sentence_where_there_is_no_list(statuses: list[str], told: str) -> None:
    rows = [replace(ROW, status=status, workbook=f"{n}.xlsx") for n, status in enumerate(statuses)]
    answer = answer_of(collection({"is_listed": False}), rows)
    assert answer == [told, "課の一覧を登録すると、未提出の課が分かります。"]


def test_the_next_steps_are_in_the_order_of_urgency() -> None:
    rows = [
        replace(ROW, status="missing", workbook="", division="水道課"),
        replace(ROW, status="errors", workbook="b.xlsx", errors=1, warnings=1),
        replace(ROW, status="refused", workbook="c.xlsx", division="–"),
    ]
    steps = todo_of(rows, [("d.xlsx", 3), ("e.xlsx", 1)])
    assert [(step.text, step.kind, step.href) for step in steps] == [
        ("読めない 1 冊を送り直してもらう（c.xlsx）", "link", "/imports?workbook=c.xlsx#findings"),
        ("エラーのある 1 冊を返す（税務課）", "return", ""),
        ("列の読み方が不確かな 4 冊を確かめる（様式 2 種類）", "link", "/imports?workbook=d.xlsx#readings"),
        ("未提出の 1 課に連絡する（水道課）", "link", ""),
    ]  # fmt: skip
    assert [step.text for step in todo_of([replace(ROW, warnings=2)], [])] == [
        "要確認のある 1 冊を返す（集計には入っています）"
    ]
    assert todo_of([ROW], []) == []


def test_many_names_are_cut() -> None:
    rows = [replace(ROW, status="missing", workbook="", division=f"{n}課") for n in range(8)]
    assert todo_of(rows, [])[0].text == "未提出の 8 課に連絡する（0課、1課、2課、3課、4課 ほか 3）"


# --- rows ---------------------------------------------------------------------------------------


def test_the_rows_of_a_collection(make_workspace: MakeWorkspace) -> None:
    second = workbook([HEADS, ["税務課", "調査", "受付", 60, 10, "紙"]], name="税務課（追加）.xlsx")
    town = make_workspace(CLEAN, second, WRONG, REFUSED, odd("管財課"))
    town.set_offices(town.read_office_list("課.csv", office_list("税務課", "水道課", "出納室")))
    town.withdraw("管財課.xlsx")
    rows = view_situation(town).rows
    assert [(r.division, r.status, r.workbook, r.tasks, r.hours, r.errors) for r in rows] == [
        ("税務課", "returned", "税務課.xlsx", 2, 300.0, 0),
        ("税務課", "returned", "税務課（追加）.xlsx", 1, 10.0, 0),
        ("水道課", "errors", "水道課.xlsx", 1, 100.0, 1),
        ("出納室", "missing", "", None, None, 0),
        ("–", "refused", "墓地.xlsx", None, None, 1),
        ("–", "withdrawn", "管財課.xlsx", None, None, 0),
    ]
    assert [row.readable for row in rows] == [True, True, True, False, False, False]
    assert "中身ではありません" in rows[4].reason


def test_days_are_told_only_while_something_is_to_be_done() -> None:
    words = {12: "あと 12 日", 0: "今日まで", -2: "2 日過ぎた", None: "–"}
    for days, word in words.items():
        assert replace(ROW, status="missing", days_left=days).due == word
    assert replace(ROW, days_left=12).due == "–"


def test_rows_are_sorted_by_any_column() -> None:
    rows = [
        replace(ROW, division="う課", hours=5.0),
        replace(ROW, division="あ課", hours=None, status="missing", workbook=""),
        replace(ROW, division="い課", hours=50.0, status="errors", errors=1),
    ]

    def order(sort: str) -> str:
        return "".join(row.division[0] for row in sort_rows(rows, sort))

    assert order("") == order("unknown") == "いあう"
    assert order("division") == "あいう"
    assert order("hours") == "ういあ"
    assert order("hours-desc") == "いうあ"
    assert order("status-desc") == "うあい"
    assert [next_sort(s, "hours") for s in ("", "hours", "hours-desc", "tasks")] == [
        "hours", "hours-desc", "", "hours",
    ]  # fmt: skip


# --- findings -----------------------------------------------------------------------------------


@pytest.fixture
def town(make_workspace: MakeWorkspace) -> Workspace:
    return make_workspace(CLEAN, WRONG)


def test_findings_by_kind_and_at_their_places(town: Workspace) -> None:
    view = view_findings(town.report(), ImportsQuery(workbook="水道課.xlsx"))
    assert view.heading == "水道課.xlsx の指摘"
    assert view.sentence.startswith("エラー 1 件。直さないと集計に入りません。")
    assert (view.counts["error"], view.counts["warning"]) == (1, 1)
    assert [kind.severity for kind in view.kinds][:2] == ["error", "warning"]
    assert [(line.cell, line.sheet) for line in view.lines] == [("B3", "調査票"), ("F2", "調査票")]
    assert "「…」は選択肢にありません" in view.kinds[1].text
    assert view.lines[1].value == "石板"


def test_the_address_chooses_findings(town: Workspace) -> None:
    report = town.report()
    query = ImportsQuery(workbook="水道課.xlsx")
    assert chosen_findings(report, query.with_(severity="warning"))["cell"].to_list() == ["F2"]
    code = view_findings(report, query).kinds[1].code
    view = view_findings(report, query.with_(code=code))
    assert [line.cell for line in view.lines] == ["F2"]
    assert [kind.chosen for kind in view.kinds][:2] == [False, True]
    assert not view_findings(report, query.with_(workbook="税務課.xlsx")).lines
    assert with_severity(query.with_(code="x"), "error") == query.with_(severity="error")
    assert with_severity(query.with_(code="x"), None) == query.with_(code="x")


def test_a_long_list_is_cut_on_the_page_but_not_in_the_file(make_workspace: MakeWorkspace) -> None:
    rows = [["税務課", "申告", "受付", 1, 10, "石板"] for _ in range(SHOWN + 5)]
    report = make_workspace(workbook([HEADS, *rows])).report()
    query = ImportsQuery(code="unknown-choice")
    view = view_findings(report, query)
    assert (len(view.lines), view.hidden) == (SHOWN, 5)
    assert len(findings_csv(report, query).decode("utf-8-sig").splitlines()) == SHOWN + 6


def test_findings_as_files_hold_no_formulas(make_workspace: MakeWorkspace) -> None:
    book = workbook([HEADS, ["税務課", "申告", "受付", 1, 10, "=cmd|' /C calc'!A0"]])
    report = make_workspace(book).report()
    text = findings_csv(report, ImportsQuery()).decode("utf-8-sig")
    assert '"=cmd' not in text
    assert ",=cmd" not in text
    assert findings_xlsx(report, ImportsQuery()).startswith(b"PK")


def test_queries_and_addresses() -> None:
    query = ImportsQuery(workbook="a&b 課.xlsx", severity="error")
    assert ImportsQuery.parse(query.to_query()) == query
    assert ImportsQuery.parse("?other=1&code=x") == ImportsQuery(code="x")
    assert query.href("findings").endswith("&severity=error#findings")
    assert ImportsQuery().href() == "/imports"


# --- columns ------------------------------------------------------------------------------------


def readings(town: Workspace, name: str) -> Any:
    query = ImportsQuery(workbook=name)
    chosen = find_table(town.report(), query)
    assert chosen is not None
    samples = town.sample_columns(name, chosen.sheet, chosen.table)
    return view_readings(town.report(), query, samples, chosen)


def test_columns_before_and_after_a_person_says_how_they_are_read(
    make_workspace: MakeWorkspace,
) -> None:
    town = make_workspace(odd("契約課"), odd("管財課"))
    view = readings(town, "契約課.xlsx")
    assert (view.status, view.others) == ("", 1)
    third = next(line for line in view.lines if line.column == "C")
    assert third.field == UNUSED
    assert third.samples == ["公告の作成", "契約書の作成"]
    assert view.rest[0] == third

    place = ("契約課.xlsx", "調査票", 0)
    decided = {line.column: line.field for line in view.lines} | {"C": "activity_name"}
    town.confirm_form(*place, decided_fields(town.report(), place, decided))
    assert settled_text(town.report(), place) == (
        "「契約課.xlsx」の列の読み方を確定しました。同じ様式のほかの 1 冊も、これで決まりました。"
    )
    assert "公告の作成" in town.report().tasks["activity_name"].to_list()
    view = readings(town, "管財課.xlsx")
    assert view.status == "confirmed"
    assert {line.certainty for line in view.lines} == {"確定済み"}
    assert view.first == []

    town.import_workbooks([odd("会計課", more=True)])
    view = readings(town, "会計課.xlsx")
    assert view.status == "similar"
    assert [(line.column, line.header) for line in view.first] == [("H", "うけつけ先")]
    assert view.sentence.startswith("確定した様式とよく似ています。違うのは 1 列です。")
    assert unsure_workbooks(town.report()) == [("会計課.xlsx", 1)]


def test_what_a_form_does_not_have_is_refused(town: Workspace) -> None:
    place = ("税務課.xlsx", "調査票", 0)
    columns = dict.fromkeys("ABCDEF", "task_name")
    assert len(decided_fields(town.report(), place, columns)) == 6
    for wrong in ({"A": "task_name"}, columns | {"Z": UNUSED}, columns | {"A": "evil"}, {}):
        with pytest.raises(InputError, match="画面を開き直してください"):
            decided_fields(town.report(), place, wrong)
    with pytest.raises(InputError):
        decided_fields(town.report(), ("無い.xlsx", "調査票", 0), columns)


def test_tables_of_a_workbook_are_told_apart(make_workspace: MakeWorkspace) -> None:
    book = workbook(
        [HEADS, ["税務課", "申告", "受付", 1, 10, "紙"]],
        others={"二枚目": [HEADS, ["税務課", "調査", "受付", 1, 10, "紙"]]},
    )
    town = make_workspace(book, REFUSED)
    report = town.report()
    assert [(t.key, t.label) for t in list_tables(report, "税務課.xlsx")] == [
        ("1", "調査票"),
        ("2", "二枚目"),
    ]
    second = find_table(report, ImportsQuery(workbook="税務課.xlsx", table="2"))
    assert second is not None
    assert second.sheet == "二枚目"
    assert find_table(report, ImportsQuery(workbook="墓地.xlsx")) is None


def test_unsure_forms_are_told_once(make_workspace: MakeWorkspace) -> None:
    heads = ["課", "仕事の名まえ", "作業名", "年間件数", "1件あたり時間（分）"]
    books = [
        workbook([heads, [name, "入札", "公告", 10, 30]], name=f"{name}.xlsx")
        for name in ("契約課", "管財課")
    ]
    town = make_workspace(*books, CLEAN)
    assert unsure_workbooks(town.report()) == [("契約課.xlsx", 2)]
    assert readings(town, "契約課.xlsx").first[0].header == "仕事の名まえ"


def test_the_due_day_of_a_list_counts_down(make_workspace: MakeWorkspace) -> None:
    town = make_workspace(CLEAN)
    today = town.clock().astimezone().date()
    days = (date(2099, 12, 3) - today).days
    town.set_offices(town.read_office_list("課.csv", office_list("税務課", "出納室")))
    assert view_situation(town).answer == [
        f"2 課のうち 1 課が提出。1 課が未提出です（締切まで {days} 日）。"
    ]
