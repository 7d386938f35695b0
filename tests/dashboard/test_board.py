"""BPR対象: the board and the schedule - what stands where, what a card can do, year by year."""

import io
from base64 import b64decode
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest

from bpr.dashboard.app import create_app
from bpr.dashboard.pages.targets.board import Board, view_board
from bpr.dashboard.pages.targets.query import TargetsQuery
from bpr.dashboard.pages.targets.schedule import Schedule, view_schedule
from bpr.dashboard.pages.targets.view import view_targets
from bpr.decide.measurements import Measurement
from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, acting
from tests.dashboard.browser import Browser, by_id, components, texts
from tests.dashboard.conftest import CopyTown
from tests.dashboard.people import Member, add_person
from tests.dashboard.test_hostile import HOSTILE
from tests.dashboard.test_targets_callbacks import notice, shown

NOW = datetime(2027, 6, 20, 3, 0, tzinfo=UTC)
YEARS = (date(2024, 4, 1), date(2025, 3, 31), date(2026, 4, 1), date(2027, 3, 31))


@pytest.fixture
def town(copy_town: CopyTown) -> Workspace:
    return copy_town(with_targets)


def with_targets(workspace: Workspace) -> None:
    """1 done and measured (400 -> 100), 2 running and late, 3 shelved, 4 planned until 2029."""
    workspace.clock = lambda: NOW
    for task, done_by in (("税務課-1", 2026), ("税務課-3", 2026), ("福祉課-3", None)):
        workspace.create_targets(
            [task], happened_on=date(2026, 4, 1), values={"done_by": done_by} if done_by else None
        )
    plan = {"2028": "様式の見直し", "2040": "次の更新"}
    workspace.create_targets(
        ["福祉課-2"], happened_on=date(2027, 4, 1), values={"done_by": 2029, "schedule": plan}
    )
    for target, status in ((1, "running"), (1, "done"), (2, "running")):
        move(workspace, target, status)
    move(workspace, 3, "shelved", "人が足りない")
    workspace.measure_target(Measurement(1, "hours", 400, 100, *YEARS, "measured", base=1000))


def move(workspace: Workspace, target: int, status: str, reason: str | None = None) -> None:
    seen = workspace.read_target(target).target.version
    workspace.move_target(target, seen, status, date(2027, 5, 1), reason)


def board(workspace: Workspace, **asked: str) -> Board:
    targets = workspace.list_targets()
    view = view_targets(targets, workspace.list_effects(), TargetsQuery(**asked), 2027)
    return view_board(view, targets)


def schedule(workspace: Workspace, **asked: str) -> Schedule:
    targets = workspace.list_targets()
    view = view_targets(targets, workspace.list_effects(), TargetsQuery(**asked), 2027)
    return view_schedule(view, targets, 2027)


def cells(workspace: Workspace, target: int) -> list[tuple[str, str, str]]:
    [bar] = [bar for bar in schedule(workspace).bars if bar.line.target_id == target]
    return [(cell.kind, cell.mark, cell.text) for cell in bar.cells]


def next_buttons(tree: Any) -> list[str]:
    """Actions of the buttons on the cards."""
    return [
        one["props"]["id"]["of"]
        for one in components(tree)
        if isinstance(one["props"].get("id"), dict)
        and one["props"]["id"].get("type") == "targets-next"
    ]


# --- the board ----------------------------------------------------------------------------------


def test_every_target_stands_in_the_column_of_its_status(town: Workspace) -> None:
    found = {
        column.label: [card.line.target_id for card in column.cards]
        for column in board(town).columns
    }
    assert list(found.items()) == [
        ("候補", []), ("選定", [4]), ("検討中", []), ("実施中", [2]), ("実施済", [1]),
        ("効果確認済", []),
    ]  # fmt: skip
    [ended] = board(town).ended
    assert (ended.label, [card.line.target_id for card in ended.cards]) == ("見送り", [3])


def test_a_column_tells_its_hours_with_their_base(town: Workspace) -> None:
    """外部委託 saves 200 × 0.8 × (0.9 − 0.2) − 20 = 92; 福祉課-2 has no recommended lever."""
    columns = {column.label: column for column in board(town).columns}
    assert columns["実施中"].base == "削減見込 年 92 時間（母数 1 件）"
    assert (columns["選定"].count, columns["選定"].base) == ("1 件", "")


def test_a_card_offers_the_next_step_where_there_is_one(town: Workspace) -> None:
    def offers(**asked: str) -> dict[int, str]:
        return {
            card.line.target_id: card.next_label
            for column in (*board(town, **asked).columns, *board(town, **asked).ended)
            for card in column.cards
        }

    assert offers() == {1: "効果確認済", 2: "実施済", 3: "", 4: "検討中"}
    assert offers(target="2")[2] == ""
    move(town, 2, "done")
    assert offers()[2] == ""


def test_filters_narrow_the_board(town: Workspace) -> None:
    found = board(town, division="税務課")
    assert [card.line.target_id for column in found.columns for card in column.cards] == [2, 1]
    assert found.ended == []


# --- the schedule -------------------------------------------------------------------------------


def test_years_far_off_share_the_last_column(town: Workspace) -> None:
    years = schedule(town).years
    assert [year.label for year in years] == [
        "令和8年度", "令和9年度", "令和10年度", "令和11年度", "令和12年度", "令和13年度",
        "令和14年度以後",
    ]  # fmt: skip
    assert [year.now for year in years].index(True) == 1
    assert years[-1].years == range(2032, 2041)


def test_years_long_gone_share_the_first_column(town: Workspace) -> None:
    town.create_targets(["福祉課-1"], happened_on=date(2021, 5, 1))
    years = schedule(town).years
    assert (years[0].label, years[0].years) == ("令和7年度以前", range(2021, 2026))
    assert cells(town, 5)[:3] == [("busy", "準備中", "")] * 3


def test_what_is_late_done_and_planned_is_told_year_by_year(town: Workspace) -> None:
    nothing = ("", "", "")
    assert cells(town, 1)[:3] == [("busy", "取組中", ""), ("done", "実施済", ""), nothing]
    assert cells(town, 2)[:3] == [("due", "完了予定", ""), ("over", "予定を超過", ""), nothing]
    assert cells(town, 4) == [
        nothing,
        ("busy", "準備中", ""),
        ("busy", "予定", "様式の見直し"),
        ("due", "完了予定", ""),
        nothing,
        nothing,
        ("", "", "令和22年度 次の更新"),
    ]


def test_hours_before_and_after_stand_beside_the_years(town: Workspace) -> None:
    """400 − 98.32 = 301.68; of 福祉課-2 nobody knows an expectation."""
    bars = {bar.line.target_id: bar for bar in schedule(town).bars}
    assert (bars[1].before, bars[1].after, bars[1].line.realized) == ("400", "302", "300")
    assert (bars[2].before, bars[2].after, bars[2].line.realized) == ("200", "108", "–")
    assert bars[4].after == "–"


def test_each_year_sums_what_is_to_end_in_it(town: Workspace) -> None:
    """98.32 + 92 = 190.32 hours in 2026."""
    found = schedule(town)
    assert found.sums[:4] == ["2 件（削減見込 年 190 時間）", "–", "–", "1 件"]
    assert found.sentence == (
        "3 件のうち、完了予定の年度があるのは 3 件。今年度（令和9年度）に終える予定は 0 件です。"
        "予定年度を過ぎたものが 1 件あります。見送り・取下げ・統合の 1 件は除きました。"
    )


# --- the page -----------------------------------------------------------------------------------


@pytest.fixture
def page(town: Workspace) -> Browser:
    return Browser(create_app(town))


def test_the_ways_keep_the_filters_and_close_the_target(page: Browser) -> None:
    tree = by_id(page.page("/targets", "?division=税務課&view=board&target=1"), "targets-list")
    [nav] = [one["props"] for one in components(tree["children"]) if one["type"] == "Nav"]
    links = [one["props"]["href"] for one in components(nav) if one["type"] == "Link"]
    division = "?division=%E7%A8%8E%E5%8B%99%E8%AA%B2"
    assert links == [
        f"/targets{division}", f"/targets{division}&view=board",
        f"/targets{division}&view=schedule",
    ]  # fmt: skip
    assert "看板（表示中）" in "".join(texts(nav["children"]))


@pytest.mark.parametrize("view", ["board", "schedule"])
def test_late_ones_are_marked_in_words_and_lead_to_the_target(page: Browser, view: str) -> None:
    tree = by_id(page.page("/targets", f"?view={view}"), "targets-list")["children"]
    assert {"board": "予定年度を超過", "schedule": "予定を超過"}[view] in texts(tree)
    links = [one["props"]["href"] for one in components(tree) if one["type"] == "Link"]
    assert f"/targets?view={view}&target=2#target" in links


def test_a_card_moves_its_target_onward(page: Browser, town: Workspace) -> None:
    tree = page.page("/targets", "?view=board")
    [action] = [action for action in next_buttons(tree) if action.startswith("2:")]
    done = page.press("targets-list.children", "targets-next", action, url__search="?view=board")
    assert notice(done) == "対象 2 を「実施済」にしました。"
    target = town.read_target(2).target
    assert (target.status, target.status_since) == ("done", date(2027, 6, 20))
    assert "2 件を実施しました" in "".join(texts(shown(done, "targets-answer")))
    assert "board" in str(shown(done, "targets-list"))
    assert not any("targets-detail" in key for key in done["response"])


def test_who_is_slower_is_told_and_sees_the_board_of_now(page: Browser, town: Workspace) -> None:
    tree = page.page("/targets", "?view=board")
    [action] = [action for action in next_buttons(tree) if action.startswith("4:")]
    town.edit_target(4, town.read_target(4).target.version, {"owner": "佐藤"})
    done = page.press("targets-list.children", "targets-next", action, url__search="?view=board")
    assert "開いてから変わりました" in notice(done)
    assert town.read_target(4).target.status == "selected"
    [fresh] = [one for one in next_buttons(shown(done, "targets-list")) if one.startswith("4:")]
    assert fresh != action


def test_who_may_not_decide_has_no_buttons_and_is_refused(town: Workspace) -> None:
    with acting(LOCAL):
        version = town.read_target(2).target.version
        add_person(town, "soumu", "admin")
        add_person(town, "taro", "viewer")
    member = Member(create_app(town), town, "taro")
    assert next_buttons(member.page("/targets", "?view=board")) == []
    action = f"2:{version}:done"
    done = member.press("targets-list.children", "targets-next", action, url__search="")
    assert "アカウントではできません" in notice(done)


def test_a_division_sees_its_own_cards(town: Workspace) -> None:
    with acting(LOCAL):
        add_person(town, "soumu", "admin")
        add_person(town, "taro", "division", "税務課")
    member = Member(create_app(town), town, "taro")
    for view in ("board", "schedule"):
        tree = by_id(member.page("/targets", f"?view={view}"), "targets-list")
        told = "".join(texts(tree["children"]))
        assert "申告書の入力" in told
        assert "苦情" not in told


@pytest.mark.parametrize("view", ["board", "schedule"])
def test_without_anything_to_show_it_says_what_to_do(page: Browser, view: str) -> None:
    tree = page.page("/targets", f"?view={view}&text=ない取組")
    assert "絞り込みをゆるめてください。" in "".join(texts(by_id(tree, "targets-list")["children"]))


@pytest.mark.parametrize("view", ["board", "schedule"])
@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_is_text(page: Browser, town: Workspace, text: str, view: str) -> None:
    values = {"name": text, "schedule": {"2027": text}}
    town.edit_target(4, town.read_target(4).target.version, values)
    told = texts(page.page("/targets", f"?view={view}"))
    assert told.count(text) >= (2 if view == "schedule" else 1)


def test_the_workbook_holds_what_is_filtered_whatever_the_view(page: Browser) -> None:
    done = page.call(
        "targets-download.data", targets_save__n_clicks=1, url__search="?view=board&status=running"
    )
    data = done["response"]["targets-download"]["data"]
    assert data["filename"] == "BPR対象業務一覧.xlsx"
    sheet = openpyxl.load_workbook(io.BytesIO(b64decode(data["content"]))).worksheets[0]
    told = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert any("納付書の発送" in str(cell) for cell in told)
    assert not any("申告書の入力" in str(cell) for cell in told)
