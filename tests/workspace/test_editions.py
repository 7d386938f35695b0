"""Surveys of several years side by side: opened, closed, never mixed, compared."""

import io
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest

from bpr.errors import InputError
from bpr.read.offices import ListedOffice
from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, acting
from tests.builder import assert_rows, workbook
from tests.tabulate.town import IDS
from tests.workspace.common_town import DOGS, common_town
from tests.workspace.two_years import LATER, open_two_years, open_year

INPUT, SENDING, GONE = "税務課-1", "税務課-3", "福祉課-3"


@pytest.fixture
def years(workspace: Workspace) -> Workspace:
    """Editions 2 (2025) and 3 (2026)."""
    assert open_two_years(workspace) == (2, 3)
    return workspace


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(InputError) as refused:
        work()
    return str(refused.value)


# --- opening and closing ------------------------------------------------------------------------


def test_a_new_edition_is_empty_and_is_the_one_of_now(workspace: Workspace) -> None:
    workspace.import_workbooks([common_town()])
    number = workspace.open_edition(" みどり野町 ", 2026)
    assert (number, workspace.edition().id, workspace.report().tasks.height) == (2, 2, 0)
    assert [one.name for one in workspace.list_editions()] == ["", "みどり野町　令和8年度調査"]
    with acting(LOCAL, "", 1):
        assert workspace.report().tasks.height == 8
    assert workspace.edition_label(workspace.list_editions()[0]) == "業務量調査"


@pytest.mark.parametrize(
    ("town", "year", "name", "told"),
    [
        (" ", 2026, None, "団体名がありません"),
        ("みどり野町", 26, None, "年度「26」は使えません"),
        ("みどり野町", 2026, None, "「みどり野町　令和8年度調査」はもうあります（番号 2）"),
        ("架空市", 2026, "みどり野町 令和8年度調査", "はもうあります（番号 2）"),
    ],
)
def test_editions_that_are_refused(
    workspace: Workspace, town: str, year: int, name: str | None, told: str
) -> None:
    workspace.open_edition("みどり野町", 2026, "みどり野町 令和8年度調査" if name else None)
    assert told in refusal(lambda: workspace.open_edition(town, year, name))


def test_closed_means_that_nothing_of_the_survey_changes(years: Workspace) -> None:
    years.create_targets([INPUT])
    years.close_edition(3, "議会に報告した")
    assert years.edition().id == 2
    with acting(LOCAL, "", 3):
        before = years.report()
        for change in (
            lambda: years.import_workbooks([common_town()]),
            lambda: years.withdraw("調査票.xlsx"),
            lambda: years.correct_classes([INPUT], "core", None),
            lambda: years.set_offices([ListedOffice("税務課")]),
        ):
            assert refusal(change) == (
                "この調査は締め切ってあるので、変えられません。直すときは、先に締め切りを解いてください。"
            )
        assert years.report() is before
        years.move_target(1, 1, "running")
        years.create_targets([SENDING])
    assert years.list_targets()["status"].to_list() == ["running", "selected"]
    years.reopen_edition(3, "数え直し")
    with acting(LOCAL, "", 3):
        years.correct_classes([INPUT], "core", None)
        assert years.report() is not before


def test_closing_and_reopening_say_what_is_wrong(years: Workspace) -> None:
    assert "は締め切ってありません" in refusal(lambda: years.reopen_edition(3, "理由"))
    years.close_edition(3)
    assert "もう締め切ってあります" in refusal(lambda: years.close_edition(3))
    assert "理由を入れてください" in refusal(lambda: years.reopen_edition(3, " "))
    assert "調査の番号 9 がありません" in refusal(lambda: years.close_edition(9))
    actions = years.store.read_audit(most=2)["action"].to_list()
    assert actions == ["edition.close", "upload.add"]


# --- never mixed --------------------------------------------------------------------------------


def test_the_same_ids_in_two_editions_are_two_tasks(years: Workspace) -> None:
    with acting(LOCAL, "", 2):
        years.correct_classes([INPUT], "core", "審査だから")
        assert years.report().tasks["task_id"].to_list() == IDS
    with acting(LOCAL, "", 3):
        row = years.report().tasks.filter(task_id=INPUT).row(0, named=True)
        assert (row["annual_hours"], row["work_class"]) == (270.0, "routine")
        assert years.read_history(INPUT) == []
        assert "元に戻せる記録がありません" in refusal(years.undo_correction)
        years.correct_classes([INPUT], "expert", None)
    with acting(LOCAL, "", 2):
        row = years.report().tasks.filter(task_id=INPUT).row(0, named=True)
        assert (row["annual_hours"], row["work_class"]) == (400.0, "core")
        assert years.undo_correction() == [INPUT]


def test_words_on_groups_stay_in_their_edition(workspace: Workspace) -> None:
    first, second = (open_year(workspace, year, common_town()) for year in (2025, 2026))
    with acting(LOCAL, "", first):
        workspace.rename_group(DOGS, "犬")
    for number, name in ((first, "犬"), (second, "=犬の登録")):
        with acting(LOCAL, "", number):
            assert workspace.list_groups().filter(group_key=DOGS)["name"].item() == name
    workspace.close_edition(first)
    with acting(LOCAL, "", first):
        assert "締め切ってある" in refusal(lambda: workspace.confirm_group(DOGS))


def test_targets_keep_to_the_edition_they_come_from(years: Workspace) -> None:
    """400 hours of 2025 give 98.32, 270 of 2026 give 216 x 0.326 - 6 = 64.416."""
    with acting(LOCAL, "", 2):
        years.create_targets([INPUT])
    with acting(LOCAL, "", 3):
        years.create_targets([INPUT])
        years.refreeze_target(1, 1, "確かめた")
    found = years.list_targets().select("edition_id", "hours", "expected_hours").rows()
    assert found == [(2, 400.0, pytest.approx(98.32)), (3, 270.0, pytest.approx(64.416))]


# --- compared -----------------------------------------------------------------------------------


def test_what_became_of_the_hours(years: Workspace) -> None:
    """申告書 -130, 納付書 -50, 給付 +30, 備品 (50) gone: 1,000 hours became 800."""
    changes, summary = years.compare_editions(2, 3)
    assert_rows(
        summary,
        "division before_hours after_hours grew_hours shrank_hours vanished_hours unconfirmed_tasks",
        [
            [None, 1000.0, 800.0, 30.0, -180.0, -50.0, 1],
            ["福祉課", 300.0, 280.0, 30.0, 0.0, -50.0, 0],
            ["税務課", 700.0, 520.0, 0.0, -180.0, 0.0, 1],
        ],
    )
    assert changes.filter(change="vanished")["before_id"].to_list() == [GONE]
    told = years.tell_editions(2, 3)
    assert "1,000.0 時間が、みどり野町　令和8年度調査は 800.0 時間" in told[0]
    book = openpyxl.load_workbook(io.BytesIO(years.export_years(2, 3)))
    assert book.sheetnames[0] == "前年度との比較"


def test_a_link_is_confirmed_denied_and_taken_back(years: Workspace) -> None:
    def link(before_id: str) -> tuple[str | None, str | None, bool]:
        row = years.link_years(2, 3).filter(before_id=before_id).row(0, named=True)
        return row["after_id"], row["how"], row["confirmed"]

    assert link(SENDING) == (SENDING, "number", False)
    years.say_of_link(2, 3, SENDING, SENDING, "confirm")
    assert link(SENDING) == (SENDING, "person", True)
    years.say_of_link(2, 3, SENDING, SENDING, "deny")
    assert link(SENDING)[0] is None
    years.say_of_link(2, 3, SENDING, None, "forget")
    assert link(SENDING) == (SENDING, "number", False)
    years.say_of_link(2, 3, INPUT, None, "confirm")
    assert link(INPUT) == (None, None, True)
    assert "「ない-1」は、調査 2 にありません" in refusal(
        lambda: years.say_of_link(2, 3, "ない-1", INPUT, "confirm")
    )
    assert "調査 3 にありません" in refusal(lambda: years.say_of_link(2, 3, INPUT, GONE, "deny"))
    assert "「guess」はできません" in refusal(lambda: years.say_of_link(2, 3, INPUT, None, "guess"))


@pytest.mark.parametrize("scene", [1, 2, 3])
def test_links_follow_what_comes_in_later(years: Workspace, scene: int) -> None:
    """From whichever edition they are looked at."""
    with acting(LOCAL, "", scene):
        assert years.link_years(2, 3).filter(before_id=GONE)["after_id"].item() is None
    more = [*LATER, [3, "福祉課", "庶務", "備品の片付け", None, 10, 40, "電子", "有", "無", "いいえ", "いいえ", "いいえ"]]  # fmt: skip
    with acting(LOCAL, "", 3):
        years.import_workbooks([workbook(more, name="調査票.xlsx")])
    with acting(LOCAL, "", scene):
        assert years.link_years(2, 3).filter(before_id=GONE)["after_id"].item() == GONE


def test_an_edition_that_is_not_there(years: Workspace) -> None:
    assert "調査の番号 9 がありません" in refusal(lambda: years.compare_editions(2, 9))
    with acting(LOCAL, "", 9):
        assert "調査の番号 9 がありません" in refusal(years.report)
    assert replace(years.edition(), id=3) == years.edition()
