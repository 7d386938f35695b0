"""The object behind every face: what it keeps, recomputes, refuses and hands out."""

import io
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

import bpr
from bpr.errors import BprError, InputError
from bpr.pipeline import Workbook
from bpr.tabulate.listing import Order, TaskQuery
from bpr.workspace import Workspace, find_workbooks, read_order, title
from tests.builder import Rows, workbook
from tests.tabulate.town import IDS, town_workbook

Opener = Callable[[], Workspace]


@pytest.fixture
def reopen(tmp_path: Path) -> Iterator[Opener]:
    """Opens the same workspace again, as another run of the program would."""
    opened: list[Workspace] = []

    def open_again() -> Workspace:
        opened.append(Workspace.open(f"sqlite:///{tmp_path}/bpr.sqlite3"))
        opened[-1].clock = lambda: datetime(2025, 4, 1, 3, 0, tzinfo=UTC)
        return opened[-1]

    yield open_again
    for workspace in opened:
        workspace.store.engine.dispose()


@pytest.fixture
def town(reopen: Opener) -> Workspace:
    workspace = reopen()
    assert workspace.import_workbooks([town_workbook()]) == ["調査票.xlsx"]
    return workspace


def word(workspace: Workspace, task_id: str) -> tuple[object, ...]:
    tasks = workspace.report().tasks.filter(task_id=task_id)
    return tasks.select("work_class", "work_class_source").row(0)


# --- the report ---------------------------------------------------------------------------------


def test_a_new_workspace_is_empty_but_whole(reopen: Opener) -> None:
    workspace = reopen()
    assert workspace.report().tasks.height == 0
    assert workspace.list_divisions() == []
    assert workspace.list_tasks(TaskQuery(text="入力"), Order("annual_hours")).height == 0
    assert title(workspace.report()) == "業務量調査"


def test_the_report_is_computed_once_until_something_changes(town: Workspace) -> None:
    first = town.report()
    assert first.tasks["task_id"].to_list() == IDS
    assert town.report() is first
    assert town.import_workbooks([town_workbook()]) == []
    assert town.report() is first

    town.correct_classes(["税務課-1"], "expert", None)
    second = town.report()
    assert second is not first
    assert town.report() is second

    town.import_workbooks([workbook([["課", "業務名"], ["農政課", "調査"]], name="農政課.xlsx")])
    assert town.report() is not second
    assert town.report().tasks.height == 8


def test_another_run_changes_the_report_of_this_one(town: Workspace, reopen: Opener) -> None:
    before = town.report()
    reopen().correct_classes(["税務課-1"], "core", None)
    assert town.report() is not before
    assert word(town, "税務課-1") == ("core", "person")


def test_a_changed_workbook_replaces_the_earlier_one(town: Workspace) -> None:
    newer = workbook([["整理番号", "課", "業務名"], [1, "税務課", "賦課"]], name="調査票.xlsx")
    assert town.import_workbooks([newer]) == ["調査票.xlsx"]
    assert town.report().tasks["task_id"].to_list() == ["税務課-1"]


def test_progress_is_told_only_when_there_is_work(town: Workspace) -> None:
    seen: list[str] = []
    town.report(seen.append)
    town.report(seen.append)
    assert seen == ["調査票.xlsx"]


# --- corrections --------------------------------------------------------------------------------


def test_a_correction_decides_and_survives_reopening(town: Workspace, reopen: Opener) -> None:
    assert word(town, "税務課-1") == ("routine", "survey")
    town.correct_classes(["税務課-1"], "expert", "  専門の知識がいる ")
    assert word(town, "税務課-1") == ("expert", "person")
    again = reopen()
    assert word(again, "税務課-1") == ("expert", "person")
    reason = again.report().classes.filter(task_id="税務課-1")["reason"].item()
    assert reason == "人が確認しました：専門の知識がいる"


def test_a_correction_survives_a_new_upload_of_the_file(town: Workspace) -> None:
    town.correct_classes(["税務課-1"], "expert", None)
    rows: Rows = [["整理番号", "課", "業務名", "年間作業時間"], [1, "税務課", "賦課（改）", 5]]
    town.import_workbooks([workbook(rows, name="調査票.xlsx")])
    assert word(town, "税務課-1") == ("expert", "person")


def test_a_correction_can_be_taken_back(town: Workspace) -> None:
    town.correct_classes(["税務課-1"], "expert", None)
    town.correct_classes(["税務課-1"], None, None)
    assert word(town, "税務課-1") == ("routine", "survey")


def hours(workspace: Workspace, work_class: str) -> float:
    table = workspace.report().tables.class_by_staff.filter(scope="all", work_class=work_class)
    return float(table.filter(staff_type="total")["hours"].sum())


def test_a_correction_moves_the_hours_in_the_tables(town: Workspace) -> None:
    before = {name: hours(town, name) for name in ("core", "routine", "total")}
    town.correct_classes(["税務課-1"], "core", None)
    assert hours(town, "core") == before["core"] + 400
    assert hours(town, "routine") == before["routine"] - 400 == 200
    assert hours(town, "total") == before["total"] == 1000


def test_a_very_long_reason_is_cut(town: Workspace) -> None:
    town.correct_classes(["税務課-1"], "core", "理" * 5000)
    assert town.store.read_corrections()["reason"].item() == "理" * 1000


def test_an_unknown_class_is_refused(town: Workspace) -> None:
    with pytest.raises(InputError, match="「CORE」は選べません。I～IV から選んでください。"):
        town.correct_classes(["税務課-1"], "CORE", None)
    with pytest.raises(InputError):
        town.correct_classes(["税務課-1"], "", None)
    assert town.store.read_corrections().height == 0


def test_an_unknown_task_is_refused(town: Workspace) -> None:
    with pytest.raises(InputError, match="業務ID「税務課-99」がありません。"):
        town.correct_classes(["税務課-99"], "core", None)
    assert town.store.read_corrections().height == 0


# --- lists and exports --------------------------------------------------------------------------


def test_divisions_in_the_order_of_the_files(town: Workspace) -> None:
    assert town.list_divisions() == ["税務課", "福祉課"]


def test_tasks_filtered_and_sorted(town: Workspace) -> None:
    query = TaskQuery(division="税務課")
    assert town.list_tasks(query)["rank"].is_sorted()
    by_count = town.list_tasks(query, Order("annual_count", descending=True))
    assert by_count["task_id"].to_list() == ["税務課-3", "税務課-1", "税務課-2"]


def test_the_order_that_a_grid_asks_for() -> None:
    assert read_order([]) is None
    assert read_order([{"colId": "annual_hours", "sort": "desc"}]) == Order("annual_hours", descending=True)  # fmt: skip
    assert read_order([{"colId": "rank", "sort": "asc"}]) == Order("rank")


def test_the_target_list_tells_its_day_and_its_survey(town: Workspace) -> None:
    data = town.export_target_list(["税務課-3", "税務課-1"])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet["A2"].value == "業務量調査　作成日 2025-04-01　対象 2 業務"
    assert [sheet["U6"].value, sheet["U7"].value] == ["税務課-3", "税務課-1"]


def test_a_target_list_of_nothing_is_refused(town: Workspace) -> None:
    with pytest.raises(InputError, match="業務が選ばれていません。"):
        town.export_target_list([])


def test_the_tables_as_a_workbook(town: Workspace) -> None:
    book = openpyxl.load_workbook(io.BytesIO(town.export_tables()))
    assert [name.split()[0] for name in book.sheetnames] == ["図表9", "図表10", "図表11"]


@pytest.mark.parametrize(
    ("town_name", "year", "expected"),
    [
        ("みどり野町", 2024, "みどり野町　令和6年度調査"),
        ("みどり野町", 2019, "みどり野町　令和1年度調査"),
        ("みどり野町", 2018, "みどり野町　2018年度調査"),
        (None, 2024, "令和6年度調査"),
        ("みどり野町", None, "みどり野町"),
    ],
)
def test_the_title(reopen: Opener, town_name: str | None, year: int | None, expected: str) -> None:
    workspace = reopen()
    rows: Rows = [["団体名", "年度", "業務名"], [town_name, year, "入力"]]
    workspace.import_workbooks([workbook(rows)])
    assert title(workspace.report()) == expected


# --- where a workspace lies ---------------------------------------------------------------------


def test_the_environment_names_store_and_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own").mkdir()
    own = "hours_per_fte = 1920.0\nhours_per_day = 8.0\n"
    (tmp_path / "own" / "kpi.toml").write_text(own, encoding="utf-8")
    monkeypatch.setenv("BPR_DATABASE_URL", f"sqlite:///{tmp_path}/other/x.sqlite3")
    monkeypatch.setenv("BPR_SETTINGS", str(tmp_path / "own"))
    workspace = Workspace.from_env()
    assert (tmp_path / "other" / "x.sqlite3").is_file()
    assert workspace.settings.kpi.hours_per_fte == 1920
    workspace.store.engine.dispose()


def test_without_a_name_the_store_lies_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BPR_DATABASE_URL", raising=False)
    monkeypatch.delenv("BPR_SETTINGS", raising=False)
    monkeypatch.chdir(tmp_path)
    Workspace.from_env().store.engine.dispose()
    assert (tmp_path / "bpr-data" / "bpr.sqlite3").is_file()


# --- finding workbooks --------------------------------------------------------------------------


def put(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode())


def names(*paths: Path) -> list[str]:
    return [book.name for book in find_workbooks(paths)]


def test_a_folder_is_searched_through(tmp_path: Path) -> None:
    put(tmp_path, "b.xlsx", "a/c.CSV", "a/d/e.xls", "f.txt", "g.pdf", "h.tsv", "i.xlsm", "j.ods")
    assert sorted(names(tmp_path)) == ["a/c.CSV", "a/d/e.xls", "b.xlsx", "h.tsv", "i.xlsm", "j.ods"]


def test_the_bytes_come_with_the_name(tmp_path: Path) -> None:
    put(tmp_path, "a/b.xlsx")
    assert list(find_workbooks([tmp_path])) == [Workbook("a/b.xlsx", b"a/b.xlsx")]


def test_lock_files_of_excel_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "税務課.xlsx", "~$税務課.xlsx", ".税務課.xlsx", "a/~$b.xlsx")
    assert names(tmp_path) == ["税務課.xlsx"]


def test_a_file_that_is_named_is_taken_whatever_its_ending(tmp_path: Path) -> None:
    put(tmp_path, "調査票", "b.xlsx")
    assert names(tmp_path / "調査票", tmp_path / "b.xlsx") == ["調査票", "b.xlsx"]


def test_a_folder_that_only_looks_like_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "税務課.xlsx").mkdir()
    put(tmp_path, "税務課.xlsx/本物.xlsx")
    assert names(tmp_path) == ["税務課.xlsx/本物.xlsx"]


def test_two_folders_with_a_file_of_one_name_give_two_names(tmp_path: Path) -> None:
    """Else the second would replace the first in the store, and a division would be lost."""
    put(tmp_path, "総務部/調査票.xlsx", "福祉部/調査票.xlsx")
    found = names(tmp_path / "総務部", tmp_path / "福祉部")
    assert len(set(found)) == 2


def test_a_path_given_twice_is_read_once(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx")
    assert names(tmp_path, tmp_path / "a.xlsx") == ["a.xlsx"]


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx")
    with pytest.raises(InputError) as refused:
        names(tmp_path / "a.xlsx", tmp_path / "ない.xlsx")
    assert (
        str(refused.value)
        == f"「{tmp_path}/ない.xlsx」がありません。場所と名前を確かめてください。"
    )


def test_an_empty_folder_is_named_with_what_was_looked_for(tmp_path: Path) -> None:
    put(tmp_path, "読んでください.txt")
    with pytest.raises(InputError) as refused:
        names(tmp_path)
    assert str(refused.value).startswith(f"「{tmp_path}」に調査票（.xlsx、")
    assert "フォルダを確かめてください。" in str(refused.value)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_file_that_cannot_be_opened_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a.xlsx")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match=r"a\.xlsx」を開けません。ほかで開いていないか"):
        names(tmp_path)


# --- import bpr ---------------------------------------------------------------------------------


def test_analyze_needs_only_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "in" / "調査票.xlsx"
    file.parent.mkdir()
    file.write_bytes(town_workbook().data)
    by_text, by_path = bpr.analyze([str(file)]), bpr.analyze([file.parent])
    assert by_text.tasks["task_id"].to_list() == by_path.tasks["task_id"].to_list() == IDS
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


def test_analyze_refuses_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BprError):
        bpr.analyze([tmp_path / "ない"])


def test_public_names() -> None:
    for name in ("BprError", "Report", "Settings", "Workspace", "__version__", "analyze"):
        assert name in bpr.__all__
        assert hasattr(bpr, name)
