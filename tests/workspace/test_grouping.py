"""Groups of the same work in a workspace: found, confirmed, renamed, changed, kept, exported."""

import io
from collections.abc import Callable

import openpyxl
import pytest

from bpr.errors import InputError
from bpr.workspace import Workspace
from tests.builder import assert_rows, workbook
from tests.workspace.common_town import DOGS, HEADER, INQUIRIES, PAYMENTS, ROWS, common_town

Opener = Callable[[], Workspace]


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    workspace.import_workbooks([common_town()])
    return workspace


def members(workspace: Workspace, group_key: str) -> list[str]:
    return [str(name) for name in workspace.read_group(group_key).members["task_id"]]


def test_groups_stand_by_hours(town: Workspace) -> None:
    assert_rows(
        town.list_groups(),
        "group_key name confirmed tasks divisions hours measured_divisions lowest_minutes median_minutes highest_minutes above_median_hours",
        [
            [PAYMENTS, "支出伝票の処理", False, 3, 3, 140.0, 3, 10.0, 20.0, 60.0, 40.0],
            [INQUIRIES, "照会・調査への回答", False, 2, 2, 18.0, 1, None, None, None, None],
            [DOGS, "=犬の登録", False, 2, 2, 10.0, 2, 10.0, 20.0, 30.0, 1.666667],
        ],
    )


def test_one_group_in_full(town: Workspace) -> None:
    found = town.read_group(PAYMENTS)
    assert found.members["task_id"].to_list() == ["税務課-1", "福祉課-1", "住宅課-1"]
    assert_rows(
        found.divisions, "division minutes", [["税務課", 10.0], ["住宅課", 20.0], ["福祉課", 60.0]]
    )
    assert found.taken_out.height == 0


def test_a_word_is_kept_after_a_restart(town: Workspace, reopen: Opener) -> None:
    town.confirm_group(PAYMENTS)
    assert town.rename_group(PAYMENTS, " 伝票 ") == "伝票"
    town.take_out_of_group(PAYMENTS, ["住宅課-1"], "審査だから")
    again = reopen()
    group = again.list_groups().filter(group_key=PAYMENTS).row(0, named=True)
    assert (group["name"], group["confirmed"], group["tasks"]) == ("伝票", True, 2)
    assert_rows(
        again.read_group(PAYMENTS).taken_out, "task_id reason", [["住宅課-1", "審査だから"]]
    )


def test_every_word_can_be_taken_back(town: Workspace) -> None:
    before = town.list_groups()
    town.confirm_group(PAYMENTS)
    town.confirm_group(PAYMENTS, confirmed=False)
    town.rename_group(PAYMENTS, "伝票")
    assert town.rename_group(PAYMENTS, None) == "支出伝票の処理"
    town.take_out_of_group(PAYMENTS, ["住宅課-1"])
    town.put_back_into_group(PAYMENTS, ["住宅課-1"])
    town.put_into_group(PAYMENTS, ["税務課-2"])
    assert members(town, PAYMENTS) == ["税務課-1", "税務課-2", "福祉課-1", "住宅課-1"]
    town.take_out_of_group(PAYMENTS, ["税務課-2"])
    assert town.list_groups().equals(before)


def test_words_do_not_make_the_report_anew(town: Workspace) -> None:
    report, groups = town.report(), town.list_groups()
    assert town.list_groups() is groups
    town.confirm_group(PAYMENTS)
    assert town.report() is report
    assert town.list_groups() is not groups


def test_words_of_another_run_are_heard(town: Workspace, reopen: Opener) -> None:
    assert not town.list_groups()["confirmed"].any()
    reopen().confirm_group(PAYMENTS)
    assert town.list_groups()["confirmed"].to_list() == [True, False, False]


def test_words_stay_when_the_survey_comes_again(town: Workspace) -> None:
    town.confirm_group(DOGS)
    town.take_out_of_group(PAYMENTS, ["住宅課-1"])
    turned = [HEADER, *reversed(ROWS[1:])]
    town.import_workbooks([workbook(turned, name="調査票.xlsx")])
    assert town.read_group(DOGS).group["confirmed"].to_list() == [True]
    assert set(members(town, PAYMENTS)) == {"税務課-1", "福祉課-1"}
    town.withdraw("調査票.xlsx")
    assert_rows(town.list_groups(), "group_key tasks hours confirmed", [[DOGS, 0, None, True]])


def test_other_tasks_are_found_with_their_group(town: Workspace) -> None:
    found = town.find_for_group(PAYMENTS, "回答")
    assert_rows(
        found.sort("task_id"), "task_id group",
        [["住宅課-2", "照会・調査への回答"], ["福祉課-2", "照会・調査への回答"]],
    )  # fmt: skip
    assert town.find_for_group(PAYMENTS, "差押え")["group"].to_list() == [None]
    assert town.find_for_group(PAYMENTS, "伝票").height == 0


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda w: w.read_group("like:ない"), "このまとまりはもうありません。"),
        (lambda w: w.confirm_group("family:ない"), "このまとまりはもうありません。"),
        (lambda w: w.rename_group("", "x"), "このまとまりはもうありません。"),
        (lambda w: w.find_for_group("", "x"), "このまとまりはもうありません。"),
        (lambda w: w.rename_group(PAYMENTS, "照会・調査への回答"), "「照会・調査への回答」という名前のまとまりはもうあります。"),
        (lambda w: w.rename_group(PAYMENTS, "あ" * 101), "100 文字まで"),
        (lambda w: w.take_out_of_group(PAYMENTS, []), "業務が選ばれていません。"),
        (lambda w: w.take_out_of_group(PAYMENTS, ["税務課-2"]), "業務ID「税務課-2」は「支出伝票の処理」に入っていません。"),
        (lambda w: w.put_back_into_group(PAYMENTS, ["税務課-1"]), "「支出伝票の処理」から外してありません。"),
        (lambda w: w.put_into_group(PAYMENTS, ["税務課-1", "x"]), "業務ID「x」はありません。"),
        (lambda w: w.find_for_group(PAYMENTS, " "), "探す言葉を入れてください。"),
        (lambda w: w.list_kinds("x"), "分け方「x」はありません。mamurogawa から選んでください。"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_nothing_is_kept(
    town: Workspace, act: Callable[[Workspace], object], said: str
) -> None:
    before = town.store.revision()
    with pytest.raises(InputError) as refused:
        act(town)
    assert said in str(refused.value)
    assert town.store.revision() == before


def test_kinds_count_every_task(town: Workspace) -> None:
    counts = town.list_kinds("mamurogawa")
    assert counts["tasks"].sum() == 8
    assert counts["published_count"].sum() == 96
    assert counts.height == 15


# --- out ----------------------------------------------------------------------------------------


def test_the_workbook_holds_groups_divisions_tasks_and_kinds(town: Workspace) -> None:
    town.confirm_group(PAYMENTS)
    book = openpyxl.load_workbook(io.BytesIO(town.export_common_work()))
    assert book.sheetnames == ["共通業務", "課ごとの比較", "業務の一覧", "真室川町の14区分"]
    groups = [[cell.value for cell in row[:5]] for row in book["共通業務"].iter_rows(min_row=5)]
    assert groups == [
        ["支出伝票の処理", "確認済み", 3, 3, 140],
        ["照会・調査への回答", "未確認", 2, 2, 18],
        ["=犬の登録", "未確認", 2, 2, 10],
    ]
    assert book["共通業務"]["A7"].data_type == "s"
    divisions = [[cell.value for cell in row] for row in book["課ごとの比較"].iter_rows(min_row=2)]
    assert divisions[0] == ["支出伝票の処理", "税務課", 1, 40, 0, 1, 240, 10, 0]
    tasks = [[cell.value for cell in row[:3]] for row in book["業務の一覧"].iter_rows(min_row=2)]
    assert len(tasks) == 8
    assert tasks[0] == ["支出伝票の処理", "業務の言葉", "税務課"]
    assert tasks[-1] == ["（どのまとまりにも入らない）", None, "税務課"]
    kinds = book["真室川町の14区分"]
    assert "母数 96" in str(kinds["A2"].value)
    assert kinds["A5"].value == "文書・データ管理"
    assert kinds["E5"].value == 18


def test_nothing_to_save(workspace: Workspace) -> None:
    assert workspace.list_groups().height == 0
    with pytest.raises(InputError, match="課をまたぐ同じ業務は、まだありません。"):
        workspace.export_common_work()
