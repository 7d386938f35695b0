"""Who is asked, who has returned, and what goes back to them."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime

import openpyxl
import pytest

from bpr.errors import InputError
from bpr.pipeline import Workbook
from bpr.read.offices import ListedOffice
from bpr.workspace import TemplateChoices, Workspace
from tests.builder import Rows, assert_rows, text_file, workbook

Opener = Callable[[], Workspace]
HEADER = [
    "団体名",
    "年度",
    "部",
    "課",
    "業務名",
    "年間作業時間",
    "職員でなければできない",
    "専門性",
    "定型",
]
NO = ["いいえ", "いいえ", "はい"]


def book(name: str, division: str, *tasks: str | None, hours: float = 10) -> Workbook:
    rows: Rows = [
        HEADER, *(["みどり野町", 2026, "総務部", division, task, hours, *NO] for task in tasks)
    ]  # fmt: skip
    return workbook(rows, name=name)


DUE = date(2027, 6, 30)
OFFICES = [
    ListedOffice("税務課", "総務部", DUE, 2.0, 0.5),
    ListedOffice("福祉課", "福祉部", DUE),
    ListedOffice("農政課", None, None),
]


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    workspace.set_offices(OFFICES)
    workspace.import_workbooks(
        [book("税務課.xlsx", "税務課", "賦課"), book("福祉課.xlsx", "福祉課", "給付", None), Workbook("空.xlsx", b"")]
    )  # fmt: skip
    return workspace


def entries(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return archive.namelist()


# --- the list -----------------------------------------------------------------------------------


def test_a_list_is_read_and_kept(workspace: Workspace, reopen: Opener) -> None:
    rows: Rows = [
        ["部", "課", "正規職員数", "提出期限"], ["総務部", "税務課", "8人", "令和9年6月30日"], ["", "総務課", "", ""],
    ]  # fmt: skip
    listed = workspace.read_office_list("課一覧.csv", text_file(rows).data)
    assert listed == [ListedOffice("税務課", "総務部", DUE, 8.0), ListedOffice("総務課", "総務部")]
    assert workspace.list_offices().height == 0
    workspace.set_offices(listed)
    assert reopen().list_offices()["division"].to_list() == ["税務課", "総務課"]


def test_a_list_that_cannot_be_read_names_the_file_and_the_cell(workspace: Workspace) -> None:
    with pytest.raises(InputError, match=r"一覧「a\.xlsx」：ファイルが空です"):
        workspace.read_office_list("a.xlsx", b"")
    rows: Rows = [["課", "正規職員数"], ["税務課", "多い"]]
    with pytest.raises(InputError, match=r"一覧「a\.xlsx」の B2 の「多い」は人数として読めません"):
        workspace.read_office_list("a.xlsx", workbook(rows).data)


def test_a_new_list_replaces_the_earlier_one_as_a_whole(town: Workspace) -> None:
    town.set_offices([ListedOffice("農政課")])
    assert town.list_offices()["division"].to_list() == ["農政課"]
    assert town.collection().filter("is_listed")["division"].to_list() == ["農政課"]


def test_the_same_list_again_changes_nothing(town: Workspace) -> None:
    before = town.report()
    town.set_offices(OFFICES)
    assert town.report() is before


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "課が 1 つもありません。"),
        ([ListedOffice(" ")], "名前のない課があります。"),
        ([ListedOffice("総務課"), ListedOffice("総 務 課", "消防本部")], "が一覧に 2 回あります。"),
    ],
)
def test_a_list_that_cannot_be_used(
    workspace: Workspace, rows: list[ListedOffice], reason: str
) -> None:
    with pytest.raises(InputError, match=reason):
        workspace.set_offices(rows)
    assert workspace.list_offices().height == 0


# --- who has returned ---------------------------------------------------------------------------


def test_the_collection(town: Workspace) -> None:
    assert_rows(
        town.collection(),
        "division status workbooks tasks errors days_left reason",
        [
            ["税務課", "returned", "税務課.xlsx", 1, 0, 10, None],
            ["福祉課", "errors", "福祉課.xlsx", 1, 1, 10, None],
            ["農政課", "missing", None, 0, 0, None, None],
            [None, "refused", "空.xlsx", 0, 1, None, "ファイルが空です（0 バイト）。"],
        ],
    )
    summary = town.collection_summary()
    assert (summary.listed, summary.returned, summary.missing, summary.refused) == (3, 2, 1, 1)


def test_days_go_by(town: Workspace) -> None:
    town.clock = lambda: datetime(2027, 7, 2, 3, 0, tzinfo=UTC)
    assert town.collection()["days_left"].to_list() == [-2, -2, None, None]


def test_a_withdrawn_workbook_is_missing_again(town: Workspace) -> None:
    town.withdraw("税務課.xlsx")
    town.withdraw("空.xlsx")
    assert town.collection()["status"].to_list() == ["missing", "errors", "missing"]


# --- staff of the list --------------------------------------------------------------------------


def beyond_staff(workspace: Workspace) -> list[tuple[object, ...]]:
    found = workspace.report().diagnostics.filter(code="hours-beyond-staff")
    return found.select("workbook", "value").rows()


def test_more_hours_than_the_listed_people_can_work(town: Workspace) -> None:
    town.import_workbooks([book("税務課.xlsx", "税務課", "賦課", hours=9000)])
    assert beyond_staff(town) == [("税務課.xlsx", "9000 時間、職員 2.5 人")]
    town.set_offices([ListedOffice("税務課", None, None, 20.0)])
    assert beyond_staff(town) == []


def test_what_the_workbook_itself_says_comes_first(town: Workspace) -> None:
    rows: Rows = [["職員数", "8人"], ["課", "業務名", "年間作業時間"], ["税務課", "賦課", 9000]]
    town.import_workbooks([workbook(rows, name="税務課.xlsx")])
    assert beyond_staff(town) == []


def test_a_workbook_with_a_division_that_is_not_listed_is_not_judged(town: Workspace) -> None:
    rows: Rows = [
        ["課", "業務名", "年間作業時間"],
        ["税務課", "賦課", 9000],
        ["他の課", "調査", 9000],
    ]
    town.import_workbooks([workbook(rows, name="全部.xlsx")])
    assert beyond_staff(town) == []


# --- what goes back -----------------------------------------------------------------------------


def test_a_workbook_goes_back_with_its_findings(town: Workspace) -> None:
    name, data = town.export_returned("福祉課.xlsx")
    assert name == "福祉課_指摘あり.xlsx"
    opened = openpyxl.load_workbook(io.BytesIO(data))
    assert opened.sheetnames == ["指摘一覧", "調査票"]
    assert any(cell.comment for row in opened["調査票"].iter_rows() for cell in row)


def test_a_workbook_that_cannot_be_read_goes_back_as_a_list(town: Workspace) -> None:
    name, data = town.export_returned("空.xlsx")
    assert name == "空_指摘あり.xlsx"
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == ["指摘一覧"]


def test_only_what_counts_goes_back(town: Workspace) -> None:
    with pytest.raises(InputError, match=r"「ない\.xlsx」は取り込まれていません"):
        town.export_returned("ない.xlsx")
    town.withdraw("福祉課.xlsx")
    with pytest.raises(InputError):
        town.export_returned("福祉課.xlsx")


def test_all_that_have_something_to_mend_go_back(town: Workspace) -> None:
    assert sorted(entries(town.export_all_returned())) == [
        "福祉課_指摘あり.xlsx",
        "空_指摘あり.xlsx",
    ]


def test_names_that_would_be_alike_are_told_apart(workspace: Workspace) -> None:
    wrong = [("甲部/調査票.xlsx", "甲課"), ("乙部/調査票.xlsx", "乙課"), ("調査票.xls", "丙課")]
    workspace.import_workbooks([book(name, division, None, "x") for name, division in wrong])
    assert sorted(entries(workspace.export_all_returned())) == [
        "乙部_調査票_指摘あり.xlsx",
        "甲部_調査票_指摘あり.xlsx",
        "調査票_指摘あり.xlsx",
    ]


def test_nothing_to_send_back(workspace: Workspace) -> None:
    workspace.import_workbooks([book("税務課.xlsx", "税務課", "賦課")])
    with pytest.raises(InputError, match="返すものはありません。"):
        workspace.export_all_returned()


# --- blank forms --------------------------------------------------------------------------------


def test_blank_forms_for_the_listed_offices(town: Workspace) -> None:
    data = town.export_templates()
    assert entries(data) == [
        f"調査票_{name}_令和9年度.xlsx" for name in ("税務課", "福祉課", "農政課")
    ]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = openpyxl.load_workbook(io.BytesIO(archive.read("調査票_税務課_令和9年度.xlsx")))
    cover = {row[0]: row[1] for row in first["提出票"].iter_rows(values_only=True)}
    assert (cover["団体名"], cover["部名"], cover["正規職員数（人）"]) == (
        "みどり野町",
        "総務部",
        2,
    )
    assert any("賦課" in row for row in first["調査票"].iter_rows(values_only=True))


def test_blank_forms_as_chosen(town: Workspace) -> None:
    plain = TemplateChoices(fiscal_year=2030, standard=False)
    assert entries(town.export_templates(plain))[0] == "調査票_税務課_令和12年度.xlsx"
    assert len(town.export_templates(plain)) < len(town.export_templates())


def test_blank_forms_without_a_list_are_for_those_that_have_returned(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="課の一覧がありません。"):
        workspace.export_templates()
    workspace.import_workbooks([book("a.xlsx", "税務課", "賦課")])
    assert entries(workspace.export_templates()) == ["調査票_税務課_令和9年度.xlsx"]
