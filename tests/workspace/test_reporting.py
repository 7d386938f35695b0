"""Papers from the workspace: the numbers of its report, its decisions and its KPI in each of them."""

import io
import zipfile

import openpyxl
import polars as pl
import pytest

from bpr.dashboard.pages.overview.view import view_overview
from bpr.errors import InputError, RefusedError
from bpr.workspace import Workspace
from bpr.workspace.acting import Person, acting
from tests.tabulate.town import town_workbook


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    workspace.import_workbooks([town_workbook()])
    return workspace


def test_report_book_and_page_tell_the_same(town: Workspace) -> None:
    page = view_overview(town.report())
    assert page is not None
    ratios = {figure.id: f"{figure.value}%" for figure in page.figures}
    text = town.export_report().decode()
    assert f"（コア）は {ratios['core-ratio']} で" in text
    assert f"紙を使う仕事は {ratios['paper-ratio']}（" in text
    assert f"決裁などの印を使う件数は {ratios['seal-ratio']}（" in text
    book = openpyxl.load_workbook(io.BytesIO(town.export_book()))
    told = [row[0] for row in book["目次"].iter_rows(values_only=True) if row[0]]
    assert any(f"（コア）は {ratios['core-ratio']} で" in str(line) for line in told)


def test_decisions_and_kpi_stand_in_the_papers(town: Workspace) -> None:
    task = town.report().tasks.sort("rank")["task_id"][0]
    [number] = town.create_targets([task], values={"policy": "添付書類をやめる"})
    why = town.explain(task).why
    text = town.export_report().decode()
    assert "BPR対象は 1 件（選定 1）。" in text
    assert "なぜ：" in text
    for name in town.list_kpi():
        view = town.read_kpi(name)
        assert view.definition.label in text
        assert view.forecast.sentence in text
    book = openpyxl.load_workbook(io.BytesIO(town.export_book()))
    targets = list(book["BPR対象業務一覧"].iter_rows(values_only=True))
    assert [row[8] for row in targets if row[0] == number] == ["添付書類をやめる"]
    assert why in {row[15] for row in book["候補"].iter_rows(values_only=True)}
    kpi = {row[0]: row for row in book["KPI進捗管理表"].iter_rows(values_only=True)}
    for view in map(town.read_kpi, town.list_kpi()):
        assert kpi[view.definition.label][-2] == view.forecast.sentence


def test_open_data_counts_what_the_report_counts(town: Workspace) -> None:
    with zipfile.ZipFile(io.BytesIO(town.export_open_data())) as archive:
        data = pl.read_csv(io.BytesIO(archive.read("業務量集計.csv")))
    whole = data.filter(集計段階コード="all_0")
    assert whole["年間作業時間_時間"].to_list() == [town.report().tasks["annual_hours"].sum()]


@pytest.mark.parametrize("name", ["export_report", "export_book", "export_open_data"])
def test_papers_need_the_whole_and_something_to_tell(workspace: Workspace, name: str) -> None:
    with pytest.raises(InputError, match="まだ調査票が取り込まれていません"):
        getattr(workspace, name)()
    with acting(Person("x", "x", "division", "税務課")), pytest.raises(RefusedError):
        getattr(workspace, name)()
