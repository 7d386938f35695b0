"""Comparing: exchange files out and in, towns taken out again, and a division's pairs confirmed at once."""

import pytest

from bpr.errors import InputError, RefusedError
from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, Person, acting
from bpr.workspace.comparing import classify_population
from tests.builder import workbook
from tests.tabulate.town import HEADER, TOWN, town_workbook
from tests.workspace.two_years import open_two_years

YEARLY = [[*row] for row in TOWN[1:]] * 5
BOOK = workbook(
    [["年度", *HEADER], *([2025, n, *row[1:]] for n, row in enumerate(YEARLY, 1))],
    name="調査票.xlsx",
)
"""The town five times over, with its year."""


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    workspace.import_workbooks([BOOK])
    return workspace


def test_a_file_goes_out_and_comes_back(town: Workspace) -> None:
    file = town.add_town("湖 町", town.export_exchange(48_000))
    assert (file.fiscal_year, file.population_class) == (2025, "30000_50000")
    [listed] = town.list_towns()
    assert (listed.name, listed.same_families) == ("湖 町", True)
    whole = listed.file.cells.filter(table="total").row(0, named=True)
    assert (whole["tasks"], whole["hours"]) == (30, 5000)
    assert whole["hours_per_10000"] == pytest.approx(5000 / 4.8, abs=0.05)


def test_our_own_cells_are_not_suppressed(workspace: Workspace) -> None:
    workspace.import_workbooks([town_workbook()])
    assert workspace.own_cells()["tasks"].null_count() == 0
    assert workspace.own_cells().filter(table="total")["hours"].to_list() == [1000]


@pytest.mark.parametrize("population", [0, -1, 99, 20_000_001])
def test_inhabitants_out_of_range_are_refused(town: Workspace, population: int) -> None:
    with pytest.raises(InputError, match=f"人口「{population}」は使えません"):
        town.export_exchange(population)


def test_nothing_to_tell_is_refused(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="調査票を取り込んで"):
        workspace.export_exchange(48_000)


def test_a_town_needs_a_name_and_the_same_file_is_told(town: Workspace) -> None:
    data = town.export_exchange(48_000)
    for name in ("", "　", "町" * 41):
        with pytest.raises(InputError, match="団体の呼び名"):
            town.add_town(name, data)
    town.add_town("湖町", data)
    with pytest.raises(InputError, match="もう登録してあります"):
        town.add_town("湖町", data)
    town.withdraw_town("湖町")
    assert town.list_towns() == []
    with pytest.raises(InputError, match="登録されていません"):
        town.withdraw_town("湖町")


def test_who_may_only_look_adds_no_town(town: Workspace) -> None:
    data = town.export_exchange(48_000)
    with acting(Person("v", "v", "viewer")):
        assert town.list_towns() == []
        with pytest.raises(RefusedError):
            town.add_town("湖町", data)


def test_sizes_of_towns() -> None:
    edges = [9_999, 10_000, 29_999, 30_000, 49_999, 50_000, 99_999, 100_000, 299_999, 300_000]
    assert [classify_population(number) for number in edges] == [
        "under_10000",
        *["10000_30000"] * 2,
        *["30000_50000"] * 2,
        *["50000_100000"] * 2,
        *["100000_300000"] * 2,
        "over_300000",
    ]


def test_only_editions_with_workbooks_can_be_compared(workspace: Workspace) -> None:
    before, after = open_two_years(workspace)
    assert [one.id for one in workspace.list_surveyed()] == [before, after]
    with acting(LOCAL, "", before):
        workspace.withdraw("調査票.xlsx")
    assert [one.id for one in workspace.list_surveyed()] == [after]


def test_a_division_confirms_its_pairs_at_once(workspace: Workspace) -> None:
    before, after = open_two_years(workspace)
    links = workspace.link_years(before, after)
    unsure = links.filter(~links["confirmed"]).drop_nulls("before_id").drop_nulls("after_id")
    own = [row["after_id"] for row in unsure.iter_rows(named=True)]
    assert own == ["税務課-3"]
    assert workspace.confirm_division_links(before, after, "福祉課") == 0
    assert workspace.confirm_division_links(before, after, "税務課") == 1
    assert workspace.confirm_division_links(before, after, "税務課") == 0
    found = workspace.link_years(before, after)
    assert found.filter(found["how"] == "person")["after_id"].to_list() == ["税務課-3"]
