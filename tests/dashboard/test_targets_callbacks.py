"""BPR対象 as the browser uses it: buttons and their one answer, two editors, rights, the way there."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bpr.dashboard.app import create_app
from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, acting
from tests.dashboard.browser import Browser, by_id, components, texts
from tests.dashboard.conftest import CopyTown, MakeWorkspace
from tests.dashboard.people import Member, add_person
from tests.dashboard.test_hostile import HOSTILE
from tests.tabulate.town import town_workbook

NOW = datetime(2027, 6, 20, 3, 0, tzinfo=UTC)
EFFECT: dict[str, Any] = {
    "figure": "hours", "evidence": "measured", "before": "400", "after": "100",
    "before_from": "2024-04-01", "before_to": "2025-03-31",
    "after_from": "2026-04-01", "after_to": "2027-03-31",
}  # fmt: skip


@pytest.fixture
def town(copy_town: CopyTown) -> Workspace:
    return copy_town(with_targets)


def with_targets(workspace: Workspace) -> None:
    """Two targets: 1 of 税務課, 2 of 福祉課."""
    workspace.clock = lambda: NOW
    workspace.create_targets(["税務課-1", "福祉課-3"], happened_on=date(2027, 5, 1))


@pytest.fixture
def page(town: Workspace) -> Browser:
    return Browser(create_app(town))


def fields(tree: Any) -> dict[tuple[str, str], str]:
    """What stands in the forms of a page: (form, field) -> value."""
    return {
        (one["props"]["id"]["form"], one["props"]["id"]["of"]): one["props"].get("value") or ""
        for one in components(tree)
        if isinstance(one["props"].get("id"), dict) and "form" in one["props"]["id"]
    }


def buttons(tree: Any) -> list[str]:
    """Actions of the buttons of a page."""
    return [
        one["props"]["id"]["of"]
        for one in components(tree)
        if one["type"] == "Button" and isinstance(one["props"].get("id"), dict)
    ]


def press(
    browser: Browser, tree: Any, action: str, target: int = 1, **typed: str
) -> dict[str, Any]:
    """Press a button of an opened page, with what was typed into its form."""
    entered = fields(tree)
    form = action.partition(":")[0]
    entered |= {(form, name.replace("schedule_", "schedule-")): v for name, v in typed.items()}
    seen = by_id(tree, "targets-seen")["data"]
    body = browser.request(
        "targets-detail.children",
        '{"of":["ALL"],"type":"targets-do"}.n_clicks',
        url__search=f"?target={target}",
    )
    body["changedPropIds"] = [f'{{"of":"{action}","type":"targets-do"}}.n_clicks']
    button = {"of": action, "type": "targets-do"}
    body["inputs"] = [[{"id": button, "property": "n_clicks", "value": 1}]]
    ids = [{"form": form, "of": name, "type": "targets-field"} for form, name in entered]
    values = list(entered.values())
    body["state"] = [
        [{"id": i, "property": "value", "value": v} for i, v in zip(ids, values, strict=True)],
        [{"id": i, "property": "id", "value": i} for i in ids],
        {"id": "targets-seen", "property": "data", "value": json.loads(json.dumps(seen))},
        {"id": "url", "property": "search", "value": f"?target={target}"},
    ]
    return dict(browser.post(body).json)


def notice(done: dict[str, Any]) -> str:
    return "".join(texts(done["sideUpdate"]["notice"]["children"]))


def shown(done: dict[str, Any], part: str) -> Any:
    [found] = [value for key, value in done["response"].items() if key.startswith(part)]
    [children] = found.values()
    return children


def answer_of(done: dict[str, Any]) -> str:
    return "".join(texts(shown(done, "targets-answer")))


# --- one person ---------------------------------------------------------------------------------


def test_a_move_answers_with_everything_at_once(page: Browser, town: Workspace) -> None:
    tree = page.page("/targets", "?target=1")
    assert fields(tree)["move", "day"] == "2027-06-20"
    done = press(page, tree, "move:running", day="2027-06-01")
    assert notice(done) == "対象 1 を「実施中」にしました。"
    target = town.read_target(1).target
    assert (target.status, target.status_since) == ("running", date(2027, 6, 1))
    assert "move:done" in buttons(shown(done, "targets-detail"))
    assert "実施中" in texts(shown(done, "targets-list"))


def test_a_step_back_needs_a_reason(page: Browser, town: Workspace) -> None:
    tree = page.page("/targets", "?target=1")
    refused = press(page, tree, "move:shelved")
    assert "理由を書いてください" in notice(refused)
    assert "response" not in refused or not refused["response"]
    done = press(page, tree, "move:shelved", reason="予算がない")
    assert notice(done) == "対象 1 を「見送り」にしました。"
    assert town.read_target(1).target.status_reason == "予算がない"


def test_an_effect_is_recorded_and_proves(page: Browser, town: Workspace) -> None:
    for status in ("running", "done"):
        press(page, page.page("/targets", "?target=1"), f"move:{status}")
    tree = page.page("/targets", "?target=1")
    assert "先に効果を実績として入れてください" in notice(press(page, tree, "move:confirmed"))
    assert "導入後の値「百」は数ではありません" in notice(
        press(page, tree, "effect", **EFFECT | {"after": "百"})
    )
    done = press(page, tree, "effect", **EFFECT)
    assert notice(done) == "対象 1 の効果を記録しました。"
    assert "実績で確かめた削減は年 300 時間" in answer_of(done)
    tree = page.page("/targets", "?target=1")
    assert fields(tree)["effect", "before"] == ""
    assert notice(press(page, tree, "move:confirmed")) == "対象 1 を「効果確認済」にしました。"
    assert town.read_target(1).target.status == "confirmed"


def test_an_edit_takes_what_was_typed(page: Browser, town: Workspace) -> None:
    tree = page.page("/targets", "?target=1")
    assert notice(press(page, tree, "edit")) == "変わったところはありません。"
    done = press(
        page, tree, "edit", owner="佐藤", schedule_2027="試行", done_by="2028", links="https://a.example"
    )  # fmt: skip
    assert "保存しました" in notice(done)
    target = town.read_target(1).target
    assert (target.owner, target.schedule, target.done_by) == ("佐藤", {2027: "試行"}, 2028)
    assert target.links == ("https://a.example",)
    assert "取組名を入れてください" in notice(
        press(page, page.page("/targets", "?target=1"), "edit", name=" ")
    )


def test_what_stands_unsaved_in_another_form_stays(page: Browser) -> None:
    tree = page.page("/targets", "?target=1")
    [store] = [one for one in components(tree) if one["props"].get("id") == "targets-seen"]
    typed = fields(tree) | {("edit", "owner"): "佐藤"}
    for one in components(tree):
        known = one["props"].get("id")
        if isinstance(known, dict) and (known.get("form"), known["of"]) in typed:
            one["props"]["value"] = typed[known["form"], known["of"]]
    assert store
    done = press(page, tree, "move:running")
    assert fields(shown(done, "targets-detail"))["edit", "owner"] == "佐藤"


def test_cut_in_parts_and_merged_again(page: Browser, town: Workspace) -> None:
    tree = page.page("/targets", "?target=1")
    wrong = press(page, tree, "split", part1="受付", share1="50", part2="審査", share2="40")
    assert "合わせて 1 にしてください" in notice(wrong)
    parts: dict[str, Any] = {"part1": "受付", "share1": "60", "part2": "審査", "share2": "40"}
    assert notice(press(page, tree, "split", **parts)) == "対象 1 を 2 つに切り分けました。"
    assert town.read_target(1).target.hours == pytest.approx(240)
    assert town.read_target(3).target.part == "審査"
    tree = page.page("/targets", "?target=3")
    assert "残す対象が選ばれていません" in notice(press(page, tree, "merge", 3))
    done = press(page, tree, "merge", 3, into="1", reason="一緒に進める")
    assert notice(done) == "対象 3 を対象 1 に統合しました。"
    assert buttons(shown(done, "targets-detail")) == []


# --- two editors --------------------------------------------------------------------------------


def test_two_editors_are_told_and_keep_what_they_typed(page: Browser, town: Workspace) -> None:
    mine = page.page("/targets", "?target=1")
    theirs = page.page("/targets", "?target=1")
    press(page, theirs, "edit", owner="佐藤")
    refused = press(page, mine, "edit", policy="様式を見直す")
    assert "担当者：（なし） → 佐藤" in notice(refused)
    assert town.read_target(1).target.policy is None
    again = shown(refused, "targets-detail")
    assert fields(again)["edit", "policy"] == "様式を見直す"
    assert fields(again)["edit", "owner"] == "佐藤"
    assert "佐藤" in texts(again)
    assert notice(press(page, again, "edit")) == "対象 1 の今後の方針を保存しました。"
    target = town.read_target(1).target
    assert (target.owner, target.policy) == ("佐藤", "様式を見直す")


# --- who may do what ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "division", "may"),
    [
        ("decider", None, {"move", "edit", "refreeze", "effect", "split", "merge"}),
        ("division", "税務課", {"effect"}),
        ("viewer", None, set()),
    ],
)
def test_only_what_one_may_use_is_there(
    town: Workspace, role: str, division: str | None, may: set[str]
) -> None:
    with acting(LOCAL):
        add_person(town, "soumu", "admin")
        add_person(town, "taro", role, division)
    member = Member(create_app(town), town, "taro")
    tree = member.page("/targets", "?target=1")
    assert {action.partition(":")[0] for action in buttons(tree)} == may
    assert {form for form, _ in fields(tree)} == may
    candidates = member.page("/candidates")
    bar = [one for one in components(candidates) if one["props"].get("id") == "candidates-decide"]
    assert len(bar) == (role == "decider")


def test_a_division_sees_its_own_and_the_server_refuses_the_rest(town: Workspace) -> None:
    with acting(LOCAL):
        add_person(town, "soumu", "admin")
        add_person(town, "taro", "division", "税務課")
        add_person(town, "hana", "decider")
    app = create_app(town)
    member, decider = Member(app, town, "taro"), Member(app, town, "hana")
    tree = member.page("/targets", "?target=2")
    assert "対象 2 は、ほかの課のものです。" in texts(tree)
    assert "1 件を選び" in "".join(texts(by_id(tree, "targets-answer")["children"]))
    tree = decider.page("/targets", "?target=1")
    assert "アカウントではできません" in notice(press(member, tree, "move:running"))
    assert notice(press(member, tree, "effect", **EFFECT)) == "対象 1 の効果を記録しました。"
    tree = decider.page("/targets", "?target=2")
    assert "ほかの課のものです" in notice(press(member, tree, "effect", 2, **EFFECT))


# --- addresses, and what is hostile -------------------------------------------------------------


@pytest.mark.parametrize("target", ["99", "x", "9" * 30, "-1"])
def test_an_address_of_nothing_is_told(page: Browser, target: str) -> None:
    tree = page.page("/targets", f"?target={target}")
    assert "がありません。一覧を開き直してください。" in "".join(
        texts(by_id(tree, "target")["children"])
    )


def test_filters_go_into_the_address_and_close_the_target(page: Browser) -> None:
    done = page.call(
        "url.search", "targets-status.value", targets_status__value="selected",
        url__search="?target=1",
    )  # fmt: skip
    [search] = [value for key, value in done["response"]["url"].items() if "search" in key]
    assert search == "?status=selected"


def test_the_first_visit_leads_to_the_candidates(make_workspace: MakeWorkspace) -> None:
    tree = Browser(create_app(make_workspace(town_workbook()))).page("/targets")
    assert "「候補」を開く" in texts(tree)
    assert "まだ何も決まっていません。" in texts(tree)
    empty = Browser(create_app(make_workspace())).page("/targets")
    assert "「取込」を開く" in texts(empty)


@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_is_text(page: Browser, town: Workspace, text: str) -> None:
    town.edit_target(1, town.read_target(1).target.version, {"policy": text, "name": text})
    tree = page.page("/targets", "?target=1")
    assert text in texts(tree)
    assert not {one["type"] for one in components(tree)} & {"Markdown", "DangerouslySetInnerHTML"}


# --- from the candidates ------------------------------------------------------------------------


def decide(browser: Browser, ids: list[str], **more: Any) -> dict[str, Any]:
    rows = [{"task_id": one} for one in ids]
    return browser.call(
        "candidates-decided.data", candidates_decide__n_clicks=1,
        candidates_grid__selectedRows=rows, candidates_shown__data="福祉課-1", **more,
    )  # fmt: skip


def test_ticked_candidates_become_targets_under_the_weights_of_the_page(
    page: Browser, town: Workspace
) -> None:
    done = decide(
        page, ["税務課-2", "税務課-3"], url__search="?weights=volume%3A2",
        candidates_done_by__value="2028", candidates_owner__value=" 山田 ",
    )  # fmt: skip
    assert notice(done) == (
        "2 業務をBPR対象に選定しました（重み：試している重み）。「BPR対象」を開く"
    )
    assert done["response"]["candidates-grid"]["selectedRows"] == []
    target = town.read_target(4).target
    assert (target.task_ids, target.done_by, target.owner) == (("税務課-3",), 2028, "山田")
    assert target.weight_set == "試している重み"


def test_without_ticks_the_explained_task_becomes_one(page: Browser, town: Workspace) -> None:
    decide(page, [])
    assert town.read_target(3).target.task_ids == ("福祉課-1",)


def test_a_task_becomes_a_target_only_once(page: Browser, town: Workspace) -> None:
    assert "は、もう対象 1" in notice(decide(page, ["税務課-1"]))
    assert town.list_targets().height == 2


def test_the_candidates_say_which_are_targets(page: Browser, town: Workspace) -> None:
    request = {"startRow": 0, "endRow": 100, "sortModel": []}
    done = page.call("candidates-grid.getRowsResponse", candidates_grid__getRowsRequest=request)
    rows = done["response"]["candidates-grid"]["getRowsResponse"]["rowData"]
    marked = {row["task_id"] for row in rows if "BPR対象（選定）" in row["place"]}
    assert marked == {"税務課-1", "福祉課-3"}
    assert "BPR対象（選定）" in texts(page.page("/candidates", "?task=税務課-1"))
    town.move_target(1, town.read_target(1).target.version, "withdrawn", None, "やめる")
    assert "BPR対象（選定）" not in texts(page.page("/candidates", "?task=税務課-1"))
