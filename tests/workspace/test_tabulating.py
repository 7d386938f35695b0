"""The tables of the tasks that somebody asks for: those of the report, this year and before."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from bpr.frames import TaskTable
from bpr.tabulate.listing import TaskQuery
from bpr.tabulate.tables import Tables, tabulate
from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, Person, acting
from tests.builder import workbook
from tests.tabulate.town import town_workbook
from tests.workspace.two_years import LATER, open_two_years, open_year


def assert_same(found: Tables, expected: Tables) -> None:
    for name, table in vars(expected).items():
        assert_frame_equal(getattr(found, name), table)


def test_everything_is_the_report(workspace: Workspace) -> None:
    workspace.import_workbooks([town_workbook()])
    work = workspace.read_work(TaskQuery())
    report = workspace.report()
    assert work.tables is report.tables
    assert work.tasks.height == 7
    assert work.fiscal_year is None


@pytest.mark.parametrize(
    ("wanted", "hours"),
    [
        ({"division": "税務課"}, 700),
        ({"staff_type": "nonregular"}, 350),
        ({"work_class": "routine", "staff_type": "regular"}, 400),
        ({"department": "総務部"}, 0),
    ],
)
def test_a_part_is_tabulated_as_the_whole(
    workspace: Workspace, wanted: dict[str, str], hours: float
) -> None:
    workspace.import_workbooks([town_workbook()])
    report = workspace.report()
    work = workspace.read_work(TaskQuery(**wanted))
    own = report.tasks.filter(*(pl.col(k).cast(pl.String) == v for k, v in wanted.items()))
    assert work.tasks["annual_hours"].sum() == hours == own["annual_hours"].sum()
    assert_same(work.tables, tabulate(TaskTable.validate(own), report.settings.published))


def test_last_year_is_the_survey_before(workspace: Workspace) -> None:
    before, after = open_two_years(workspace)
    query = TaskQuery(division="税務課")
    with acting(LOCAL, "", after):
        last = workspace.read_last_work(query)
        assert workspace.read_work(query).tasks["annual_hours"].sum() == 520
    assert last is not None
    assert (last.fiscal_year, last.tasks["annual_hours"].sum()) == (2025, 700)
    with acting(LOCAL, "", before):
        assert workspace.read_last_work(TaskQuery()) is None


def test_of_several_surveys_before_the_newest_counts(workspace: Workspace) -> None:
    open_year(workspace, 2023, workbook(LATER[:3], name="a.xlsx"))
    open_year(workspace, 2024, workbook(LATER[:2], name="b.xlsx"))
    shown = open_year(workspace, 2026, town_workbook())
    with acting(LOCAL, "", shown):
        last = workspace.read_last_work(TaskQuery())
    assert last is not None
    assert (last.fiscal_year, last.tasks.height) == (2024, 1)


def test_neither_another_town_nor_an_empty_survey_is_our_last_year(workspace: Workspace) -> None:
    other = workspace.open_edition("湖町", 2025)
    with acting(LOCAL, "", other):
        workspace.import_workbooks([town_workbook()])
    workspace.open_edition("みどり野町", 2025, "空の調査")
    shown = open_year(workspace, 2026, town_workbook())
    with acting(LOCAL, "", shown):
        assert workspace.read_last_work(TaskQuery()) is None


def test_a_division_sees_its_own_in_both_years(workspace: Workspace) -> None:
    _, after = open_two_years(workspace)
    with acting(Person("zei", "税", "division", "税務課"), "", after):
        last = workspace.read_last_work(TaskQuery())
        assert last is not None
        assert set(last.tasks["division"]) == {"税務課"}
        assert set(workspace.read_work(TaskQuery()).tasks["division"]) == {"税務課"}
        assert not workspace.read_work(TaskQuery(division="福祉課")).tasks.height
