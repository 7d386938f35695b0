"""From where one may come, under which name, and for which survey a page was loaded."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from bpr.dashboard.app import create_app
from bpr.dashboard.guard import EDITION_HEADER, HEADER
from bpr.dashboard.peers import Peers, split_hosts
from bpr.errors import SettingsError
from bpr.settings.security import ProxyRules
from bpr.store import Act
from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, acting, current_scene
from tests.builder import workbook
from tests.dashboard.browser import Browser, by_id, components, texts
from tests.dashboard.conftest import MakeWorkspace
from tests.dashboard.people import Member, add_person, cookie
from tests.tabulate.town import HEADER as COLUMNS
from tests.tabulate.town import TOWN, town_workbook

ACT = Act("local", datetime(2027, 6, 20, 3, 0, tzinfo=UTC))
FOREIGN_PEERS = ("192.0.2.7", "10.0.0.1", "2001:db8::1", "", "unknown")


@pytest.fixture
def office(make_workspace: MakeWorkspace) -> Workspace:
    """An office with one account."""
    workspace = make_workspace()
    add_person(workspace, "soumu", "admin")
    return workspace


# --- hosts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("peer", FOREIGN_PEERS)
def test_without_accounts_other_machines_get_nothing(browser: Browser, peer: str) -> None:
    """Not even under this machine's name, which anybody may write into a request."""
    for path in ("/", "/_dash-layout", "/login", "/assets/app.css"):
        environ = {"REMOTE_ADDR": peer}
        with browser.client.get(path, environ_overrides=environ) as refused:
            assert refused.status_code == 403
    told = {"X-Forwarded-For": peer or "x"}
    assert browser.client.get("/", headers=told).status_code == 403


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("bpr.town.example", 303),
        ("BPR.town.example:8443", 303),
        ("10.1.2.3:8050", 303),
        ("[fd00::5]:8050", 303),
        ("localhost:8050", 303),
        ("evil.example", 403),
        ("bpr.town.example.evil.example", 403),
        ("0.0.0.0:8050", 403),
        ("[fd00::6]", 403),
    ],
)
def test_with_accounts_the_named_hosts_are_served(
    office: Workspace, monkeypatch: pytest.MonkeyPatch, host: str, status: int
) -> None:
    monkeypatch.setenv("BPR_HOSTS", "bpr.town.example, 10.1.2.3")
    client = create_app(office, hosts=["fd00::5"]).server.test_client()
    environ = {"REMOTE_ADDR": "192.0.2.7"}
    answer = client.get("/", headers={"Host": host}, environ_overrides=environ)
    assert answer.status_code == status


def test_names_alone_open_nothing_without_accounts(
    make_workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BPR_HOSTS", "bpr.town.example")
    client = create_app(make_workspace(), hosts=["10.1.2.3"]).server.test_client()
    for host in ("bpr.town.example", "10.1.2.3"):
        assert client.get("/", headers={"Host": host}).status_code == 403


def test_hosts_are_split_at_commas() -> None:
    assert split_hosts(" a.example ,b.example,,") == ["a.example", "b.example"]
    assert split_hosts(None) == []


def test_a_trusted_address_must_be_one() -> None:
    rules = ProxyRules(header="", trusted=("10.0.0.0/8", "mae no server"))
    with pytest.raises(SettingsError, match="mae no server"):
        Peers.known(rules, [])


def test_behind_a_proxy_the_origin_is_the_named_host(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy may hand the request on under another port than the browser sees."""
    monkeypatch.setenv("BPR_HOSTS", "bpr.town.example")
    member = Member(create_app(office), office, "soumu")
    body = member.request("page.children", url__pathname="/")
    for origin, status in (("https://bpr.town.example:8443", 200), ("https://evil.example", 403)):
        headers = {HEADER: member.token, "Origin": origin}
        answer = member.client.post("/_dash-update-component", json=body, headers=headers)
        assert answer.status_code == status


# --- scenes --------------------------------------------------------------------------------------


def test_a_scene_ends_with_its_request(office: Workspace) -> None:
    member = Member(create_app(office), office, "soumu")
    assert member.client.get("/").status_code == 200
    assert current_scene() is None


# --- editions ------------------------------------------------------------------------------------


@pytest.fixture
def years(make_workspace: MakeWorkspace) -> Workspace:
    """Two surveys: the town of seven tasks, and a later one with one task of its own."""
    workspace = make_workspace(town_workbook())
    later = workspace.store.add_edition("翌年の調査", "みどり野町", 2025, ACT)
    with acting(LOCAL, edition=later):
        rows = [COLUMNS, [7, "税務課", "翌年の業務", *TOWN[1][3:]]]
        workspace.import_workbooks([workbook(rows, name="翌年.xlsx")])
    return workspace


@pytest.fixture
def client(years: Workspace) -> FlaskClient:
    visitor: FlaskClient = create_app(years).server.test_client()
    return visitor


def loaded_for(answer: Any) -> str:
    """The edition that a document was loaded for."""
    [number] = re.findall(r'<meta name="bpr-edition" content="(\d+)">', answer.text)
    return str(number)


Ask = Callable[..., list[str]]


@pytest.fixture
def ask(years: Workspace) -> Ask:
    """Task names that a callback answers with, for headers or cookies."""
    browser = Browser(create_app(years))
    request = {"startRow": 0, "endRow": 100, "sortModel": []}
    body = browser.request(
        "tasks-grid.getRowsResponse", tasks_grid__getRowsRequest=request, url__search=""
    )

    def names(edition: str | None, kept: str = "") -> list[str]:
        headers = {HEADER: browser.token} | ({EDITION_HEADER: edition} if edition else {})
        if kept:
            browser.client.set_cookie("bpr_edition", kept)
        done = browser.client.post("/_dash-update-component", json=body, headers=headers).json
        rows = done["response"]["tasks-grid"]["getRowsResponse"]["rowData"]
        return sorted({row["task_name"].split("／")[0] for row in rows})

    return names


OLD, NEW = ["庶務", "徴収", "相談", "福祉", "賦課"], ["翌年の業務"]


@pytest.mark.parametrize(
    ("header", "kept", "names"),
    [
        (None, "", NEW),
        ("1", "", OLD),
        ("2", "", NEW),
        ("1", "2", OLD),
        (None, "1", OLD),
        (None, "9", NEW),
        ("9", "1", NEW),
        ("1; DROP", "1", NEW),
        ("9" * 5000, "", NEW),
        ("１", "", NEW),
    ],
)
def test_a_callback_speaks_of_the_edition_of_its_document(
    ask: Ask, header: str | None, kept: str, names: list[str]
) -> None:
    told = header.encode().decode("latin-1") if header else None
    assert ask(told, kept) == names


def test_two_tabs_never_mix(ask: Ask) -> None:
    assert [ask(number) for number in "1212"] == [OLD, NEW, OLD, NEW]


def test_a_document_tells_its_edition_and_the_choice_is_kept(client: FlaskClient) -> None:
    assert loaded_for(client.get("/")) == "2"
    assert cookie(client, "bpr_edition") == ""
    assert loaded_for(client.get("/tasks?edition=1")) == "1"
    assert cookie(client, "bpr_edition") == "1"
    assert loaded_for(client.get("/tasks")) == "1"
    assert loaded_for(client.get("/tasks?edition=2")) == "2"
    for wrong in ("9", "x", "<script>", "-1"):
        assert loaded_for(client.get("/", query_string={"edition": wrong})) == "2"
        assert cookie(client, "bpr_edition") == "2"


def test_the_header_lets_one_choose(client: FlaskClient, years: Workspace) -> None:
    layout = client.get("/_dash-layout", headers={EDITION_HEADER: "1"}).json
    choice = by_id(layout, "edition")
    assert choice["label"] == "調査"
    assert [one["value"] for one in choice["data"]] == ["1", "2"]
    assert choice["data"][1]["label"] == "翌年の調査"
    assert choice["value"] == "1"
    assert "締め切り済み（変えられません）" not in texts(layout)
    with acting(LOCAL, edition=1):
        years.close_edition(1)
    closed = client.get("/_dash-layout", headers={EDITION_HEADER: "1"}).json
    assert "締め切り済み（変えられません）" in texts(closed)
    other = client.get("/_dash-layout", headers={EDITION_HEADER: "2"}).json
    assert "締め切り済み（変えられません）" not in texts(other)


def test_one_survey_leaves_nothing_to_choose(browser: Browser) -> None:
    layout = browser.client.get("/_dash-layout").json
    ids = {one["props"].get("id") for one in components(layout)}
    assert "header-title" in ids
    assert "edition" not in ids
    assert "ログアウト" not in texts(layout)
