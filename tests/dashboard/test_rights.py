"""Every page and every callback is held to the role; a division sees nothing of another's tasks.

Callbacks are found in the app itself, so that a new one is tested without a word here.
"""

import io
import json
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
from dash import Dash

from bpr.dashboard.app import create_app
from bpr.dashboard.pages import PAGES
from bpr.dashboard.pages.imports.ids import token
from bpr.dashboard.pages.weights.actions import freeze_current
from bpr.terms import ROLES
from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, acting
from bpr.workspace.rights import RIGHTS, Right
from tests.builder import Rows, workbook
from tests.dashboard.browser import texts
from tests.dashboard.people import Member, add_person

OWN, FOREIGN = "TAXMARK", "CAREMARK"
HEADER = [
    "整理番号", "団体名", "年度", "部", "課", "係", "業務名", "作業名", "職員区分", "年間件数", "年間作業時間",
    "処理媒体", "根拠法令", "使用システム", "課題",
]  # fmt: skip
REFUSED = "アカウントではできません"
PLACES: Final[Mapping[str, Right]] = {
    "/": Right.READ,
    "/imports": Right.COLLECT,
    "/review": Right.READ,
    "/tasks": Right.READ,
    "/common": Right.WHOLE,
    "/candidates": Right.READ,
    "/weights": Right.WHOLE,
    "/portfolio": Right.WHOLE,
    "/targets": Right.READ,
    "/kpi": Right.WHOLE,
    "/compare": Right.WHOLE,
    "/papers": Right.WHOLE,
    "/guide": Right.READ,
    "/settings": Right.WHOLE,
}
"""What each page needs, stated once more by hand; a new page must be written here."""


def rows_of(division: str, mark: str) -> Rows:
    """Tasks whose every text bears a mark; the same kinds of work in each division."""
    kinds = [
        ("申請書の入力", "正規職員", 900, 450, "紙（量多い）"),
        ("納付書の発送", "会計年度任用職員", 2000, 200, "電子+紙（量少ない）"),
        ("苦情への対応", "正規職員", 50, 120, "該当なし"),
        ("庶務", None, None, None, None),
    ]
    tasks: list[list[Any]] = [
        [n, "みどり野町", 2024, f"{mark}部", division, f"{mark}係", f"{mark}業務{n}", f"{mark}{kind}", staff, count, hours, medium, f"{mark}法", f"{mark}システム", f"{mark}課題"]
        for n, (kind, staff, count, hours, medium) in enumerate(kinds, 1)
    ]  # fmt: skip
    broken = [9, "みどり野町", 2024, f"{mark}部", division, f"{mark}係", f"{mark}誤り", f"{mark}入力", "正規職員", "たくさん", "不明", "紙", None, None, None]  # fmt: skip
    return [HEADER, *tasks, broken]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Two divisions, one workbook each, another with both; somebody in every role."""
    folder = tmp_path_factory.mktemp("rights")
    workspace = Workspace.open(f"sqlite:///{folder}/bpr.sqlite3")
    own, foreign = rows_of("税務課", OWN), rows_of("福祉課", FOREIGN)
    both = [HEADER, ["90", *own[1][1:]], ["90", *foreign[1][1:]], ["91", *foreign[-1][1:]]]
    workspace.import_workbooks(
        [
            workbook(own, name=f"{OWN}.xlsx"),
            workbook(foreign, name=f"{FOREIGN}.xlsx"),
            workbook(both, name="両課.xlsx"),
        ]
    )
    for role in ROLES:
        add_person(workspace, role, role, "税務課" if role == "division" else None)
    workspace.correct_classes(foreign_tasks(workspace)[:1], "core", f"{FOREIGN}の理由")
    freeze_current(workspace, "", f"{FOREIGN}の評価")
    yield workspace
    workspace.store.engine.dispose()


def foreign_tasks(workspace: Workspace) -> list[str]:
    """Ids of the other division's tasks."""
    with acting(LOCAL):
        tasks = workspace.report().tasks
    return [str(one) for one in tasks.filter(tasks["division"] == "福祉課")["task_id"]]


@pytest.fixture(scope="module")
def app(town: Workspace) -> Dash:
    return create_app(town)


@pytest.fixture(scope="module")
def members(town: Workspace, app: Dash) -> dict[str, Member]:
    return {role: Member(app, town, role) for role in ROLES}


# --- pages ---------------------------------------------------------------------------------------


def test_what_each_page_needs() -> None:
    assert {page.path: page.right for page in PAGES} == PLACES


@pytest.mark.parametrize("role", ROLES)
def test_the_navigation_leads_only_where_one_may_go(members: dict[str, Member], role: str) -> None:
    done = members[role].call("page.children", url__pathname="/", url__search="")
    shown = [link["props"]["href"] for link in done["response"]["navigation"]["children"]]
    assert shown == [path for path, right in PLACES.items() if right in RIGHTS[role]]
    assert "/" in shown


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("role", ROLES)
def test_pages_are_shown_to_those_who_may_see_them(
    members: dict[str, Member], role: str, path: str
) -> None:
    done = members[role].call("page.children", url__pathname=path, url__search="")
    assert "notice" not in done.get("sideUpdate", {})
    told = texts(done["response"]["page"]["children"])
    allowed = PLACES[path] in RIGHTS[role]
    assert ("このページは見られません。" in told) is not allowed
    if not allowed:
        assert told[1] == (
            f"「{next(page.label for page in PAGES if page.path == path)}」は「{ROLES[role].label}」の"
            "アカウントでは見られません。必要なときは、管理者（総務課）に頼んでください。"
        )
        assert not {OWN, FOREIGN} & {mark for mark in (OWN, FOREIGN) if mark in json.dumps(told)}


def test_the_document_holds_no_word_of_another_division(members: dict[str, Member]) -> None:
    held = [members["division"].client.get(path).text for path in PLACES]
    assert any(OWN in text for text in held)
    assert not any(FOREIGN in text for text in held)
    assert any(FOREIGN in members["admin"].client.get(path).text for path in PLACES)


# --- callbacks -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rights(town: Workspace) -> dict[str, Right]:
    """Output of every callback of a page -> what the page needs."""
    found: dict[str, Right] = {}
    for page in PAGES:
        bare = Dash("bare", add_log_handler=False)
        page.register(bare, town)
        found |= dict.fromkeys(bare.callback_map, page.right)
    return found


def fill(name: str, kind: str, foreign: list[str]) -> Any:
    """A plausible value of a property, that asks for what is another division's."""
    known: dict[str, Any] = {
        "url.pathname": "/tasks",
        "url.search": f"?task={foreign[0]}&division=福祉課&workbook={FOREIGN}.xlsx&evaluation=1",
        "imports-place.data": [f"{FOREIGN}.xlsx", "Sheet", 0],
        "imports-withdrawing.data": "none.xlsx",
        "imports-job.data": 1,
        "review-choice.value": "core",
        "tasks-choice.value": "core",
    }
    upload = f"data:;base64,{b64encode(b'x').decode()}"
    by_kind: dict[str, Any] = {
        "getRowsRequest": {"startRow": 0, "endRow": 100, "sortModel": []},
        "eventData": {"data": {"task_id": foreign[0]}},
        "selectedRows": [{"task_id": one} for one in foreign],
        "n_clicks": 1,
        "submit_n_clicks": 1,
        "n_intervals": 1,
        "contents": [upload] if "offices" not in name else upload,
        "filename": ["x.xlsx"] if "offices" not in name else "x.csv",
        "data": foreign[0],
        "hash": "",
        "checked": True,
    }
    return known.get(f"{name}.{kind}", by_kind.get(kind))


def part(place: dict[str, str], foreign: list[str]) -> Any:
    """One input or state as the renderer sends it; one of a kind where there are many."""
    if not place["id"].startswith("{"):
        return {**place, "value": fill(place["id"], place["property"], foreign)}
    pattern = json.loads(place["id"])
    if ["MATCH"] in pattern.values():
        return {**place, "id": matched(place["id"]), "value": fill("", place["property"], foreign)}
    own = {
        key: token(f"{FOREIGN}.xlsx") if value == ["ALL"] else value
        for key, value in pattern.items()
    }
    value = own if place["property"] == "id" else fill("", place["property"], foreign)
    return [{"id": own, "property": place["property"], "value": value}]


def matched(name: str) -> Any:
    """Id of one part where a callback is for any of a kind (`report` is a paper); others as they are."""
    if '["MATCH"]' not in name:
        return name
    return {
        key: "report" if value == ["MATCH"] else value for key, value in json.loads(name).items()
    }


def payload(callback: dict[str, Any], moved: int, foreign: list[str]) -> dict[str, Any]:
    """What the renderer would send when the input of this number has moved."""
    inputs = [part(place, foreign) for place in callback["inputs"]]
    changed = inputs[moved][0] if isinstance(inputs[moved], list) else inputs[moved]
    name = changed["id"]
    if isinstance(name, dict):
        name = json.dumps(name, sort_keys=True, separators=(",", ":"))
    names = callback["output"].strip(".").split("...")
    split = [one.rsplit(".", 1) for one in names]
    places = [{"id": matched(element), "property": prop} for element, prop in split]
    return {
        "output": callback["output"],
        "outputs": places if callback["output"].startswith("..") else places[0],
        "inputs": inputs,
        "changedPropIds": [f"{name}.{changed['property']}"],
        "state": [part(place, foreign) for place in callback["state"]],
    }


def server_callbacks(member: Member) -> list[dict[str, Any]]:
    """Callbacks that the server answers."""
    return [one for one in member.dependencies if not one["clientside_function"]]


def contents(data: bytes) -> bytes:
    """An answer with all files in it unpacked, however deep."""
    found = [data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found += [contents(archive.read(name)) for name in archive.namelist()]
    elif data.startswith((b"{", b"[")):
        found += [contents(one) for one in files_in(json.loads(data))]
    return b"\n".join(found)


def files_in(tree: Any) -> Iterator[bytes]:
    """Files that an answer carries for download."""
    if isinstance(tree, dict):
        if tree.get("base64") is True:
            yield b64decode(tree["content"])
        for one in tree.values():
            yield from files_in(one)
    elif isinstance(tree, list):
        for one in tree:
            yield from files_in(one)


def test_files_are_looked_into() -> None:
    book = b64encode(workbook([[FOREIGN]]).data).decode()
    answer = json.dumps({"response": [{"data": {"base64": True, "content": book}}]}).encode()
    assert FOREIGN.encode() not in answer
    assert FOREIGN.encode() in contents(answer)


@pytest.mark.parametrize("role", ["division", "viewer", "decider"])
def test_callbacks_of_a_page_are_for_those_who_may_see_it(
    town: Workspace, members: dict[str, Member], rights: dict[str, Right], role: str
) -> None:
    """Whatever moved: others get a refusal, and no data at all."""
    foreign = foreign_tasks(town)
    refused = 0
    for callback in server_callbacks(members[role]):
        right = rights.get(callback["output"], Right.READ)
        if right in RIGHTS[role]:
            continue
        for moved in range(len(callback["inputs"])):
            answer = members[role].post(payload(callback, moved, foreign))
            assert answer.status_code == 200, callback["output"]
            done = answer.json
            assert REFUSED in "".join(texts(done["sideUpdate"]["notice"]["children"]))
            assert set(done["sideUpdate"]) == {"notice"}
            assert not any(place for place in done.get("response", {}).values())
            assert not {OWN.encode(), FOREIGN.encode()} & set(answer.data.split(b'"'))
            refused += 1
    assert refused > 10


def answers(member: Member, foreign: list[str]) -> Iterator[tuple[str, bytes]]:
    """Every answer that somebody can get with foreign ids, by whatever was asked."""
    for path in PLACES:
        for search in ("", f"?task={foreign[0]}", "?division=福祉課", f"?text={FOREIGN[:5]}"):
            asked = {"url__pathname": path, "url__search": search}
            body = member.request("page.children", **asked)
            yield f"{path}{search}", member.post(body).data
            told = {"Referer": f"http://localhost{path}{search}"}
            layout = member.client.get("/_dash-layout", headers=told)
            yield f"layout of {path}{search}", layout.data
    for path in ("/_dash-layout", "/", f"/tasks?task={foreign[0]}"):
        yield f"GET {path}", member.client.get(path).data
    for callback in server_callbacks(member):
        for moved in range(len(callback["inputs"])):
            answer = member.post(payload(callback, moved, foreign))
            yield f"{callback['output']} {callback['inputs'][moved]}", answer.data


def test_a_division_gets_no_word_of_another(town: Workspace, members: dict[str, Member]) -> None:
    foreign = foreign_tasks(town)
    asked = {task.encode() for task in foreign}
    seen = {name: contents(data) for name, data in answers(members["division"], foreign)}
    assert [name for name, data in seen.items() if FOREIGN.encode() in strip(data, asked)] == []
    assert sum(OWN.encode() in data for data in seen.values()) > 5


def strip(data: bytes, asked: set[bytes]) -> bytes:
    """An answer without what was in the question: the ids, and the words of the address."""
    for word in (*asked, f"workbook={FOREIGN}".encode()):
        data = data.replace(word, b"")
    return data


def test_a_division_changes_nothing_of_another(town: Workspace) -> None:
    """After all that the other division's rows and records are as they were."""
    with acting(LOCAL):
        log = town.read_audit(who="division")
        history = [town.read_history(task) for task in foreign_tasks(town)]
    assert [one.reason for past in history for one in past] == [f"{FOREIGN}の理由"]
    assert FOREIGN not in "".join(log["object"])


def test_the_same_questions_tell_an_administrator_everything(
    town: Workspace, members: dict[str, Member]
) -> None:
    """Else the tests above would find nothing because they asked for nothing."""
    foreign = foreign_tasks(town)
    asked = {task.encode() for task in foreign}
    seen = {name: contents(data) for name, data in answers(members["admin"], foreign)}
    told = {name for name, data in seen.items() if FOREIGN.encode() in strip(data, asked)}
    for wanted in (
        "tasks-grid.getRowsResponse",
        "candidates-grid.getRowsResponse",
        "tasks-detail.children",
        "candidates-detail.children",
        "candidates-download.data",
        "review-body.children",
        "/tasks?task=",
        "/candidates",
        "/review",
        "/imports",
    ):
        assert any(wanted in name for name in told), wanted
    refusals = [name for name, data in seen.items() if REFUSED.encode() in data]
    assert refusals == []
