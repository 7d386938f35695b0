"""Who may come in, how, for how long - and what the plain forms say."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from bpr.dashboard.app import create_app
from bpr.dashboard.proofs import FIELD, HEADER, SESSION, TOKEN
from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, acting
from tests.dashboard.browser import texts
from tests.dashboard.conftest import MakeWorkspace
from tests.dashboard.people import (
    FIRST,
    SECRET,
    Clock,
    Member,
    add_person,
    cookie,
    log_in,
    submit,
)

CALLBACK = "/_dash-update-component"
WRONG = "アカウントの名前かパスワードが違います。"
IDLE = "時間が経ったのでログアウトしました。"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(make_workspace: MakeWorkspace, clock: Clock) -> Workspace:
    """An office without surveys: an administrator, and somebody of 税務課."""
    workspace = make_workspace()
    workspace.clock = clock
    add_person(workspace, "soumu", "admin")
    add_person(workspace, "zeimu", "division", "税務課")
    return workspace


@pytest.fixture
def client(office: Workspace) -> FlaskClient:
    visitor: FlaskClient = create_app(office).server.test_client()
    return visitor


def with_proxy(workspace: Workspace, header: str, *trusted: str) -> Workspace:
    """Let a proxy vouch."""
    security = workspace.settings.security
    rules = replace(security.proxy, header=header, trusted=trusted)
    workspace.settings = replace(workspace.settings, security=replace(security, proxy=rules))
    return workspace


# --- before a login ------------------------------------------------------------------------------


def test_pages_lead_to_the_login_and_back(client: FlaskClient) -> None:
    sent = client.get("/tasks?task=a&division=%E7%A8%8E%E5%8B%99%E8%AA%B2")
    assert sent.status_code == 303
    place = sent.headers["Location"]
    assert place.startswith("/login?next=%2Ftasks%3Ftask%3Da%26division%3D%25E7")
    assert "why" not in place
    form = client.get(place)
    [wanted] = re.findall(r'name="next" value="([^"]*)"', form.text)
    assert wanted == "/tasks?task=a&amp;division=%E7%A8%8E%E5%8B%99%E8%AA%B2"
    done = submit(
        client, "/login", name="zeimu", password=SECRET, next=wanted.replace("&amp;", "&")
    )
    assert done.status_code == 303
    assert done.headers["Location"] == "/tasks?task=a&division=%E7%A8%8E%E5%8B%99%E8%AA%B2"


@pytest.mark.parametrize("path", ["/_dash-layout", "/_dash-dependencies", "/_reload-hash"])
def test_data_is_for_those_who_are_known(client: FlaskClient, path: str) -> None:
    refused = client.get(path)
    assert (refused.status_code, refused.text) == (401, "ログインしてください。")


def test_a_callback_is_for_those_who_are_known(client: FlaskClient) -> None:
    client.get("/login")
    refused = client.post(CALLBACK, json={}, headers={HEADER: cookie(client, TOKEN)})
    assert (refused.status_code, refused.text) == (401, "ログインしてください。")


@pytest.mark.parametrize("path", ["/assets/app.css", "/assets/login.css", "/_favicon.ico"])
def test_styles_are_for_everybody(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers


def test_the_login_page_stands_alone(client: FlaskClient) -> None:
    page = client.get("/login")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "<script" not in page.text
    assert '<html lang="ja">' in page.text
    assert 'autocomplete="username"' in page.text
    assert 'autocomplete="current-password"' in page.text
    labels = re.findall(r'<label for="(\w+)">', page.text)
    assert labels == re.findall(r'<input id="(\w+)"', page.text) == ["name", "password"]


def test_accounts_that_come_while_the_server_runs_close_the_door(
    make_workspace: MakeWorkspace, tmp_path: Path
) -> None:
    workspace = make_workspace()
    client = create_app(workspace).server.test_client()
    assert client.get("/").status_code == 200
    assert client.get("/login").headers["Location"] == "/"
    other = Workspace.open(f"sqlite:///{tmp_path}/0.sqlite3")
    other.add_account("soumu", "総務", "admin", None, FIRST)
    other.store.engine.dispose()
    assert client.get("/").headers["Location"].startswith("/login")
    assert client.get("/_dash-layout").status_code == 401


# --- log in --------------------------------------------------------------------------------------


def test_a_login_opens_the_pages(client: FlaskClient) -> None:
    done = log_in(client, "soumu")
    assert (done.status_code, done.headers["Location"]) == (303, "/")
    page = client.get("/")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    layout = client.get("/_dash-layout")
    assert layout.headers["Cache-Control"] == "no-store"
    assert "soumuさん（管理者）" in texts(layout.json)
    assert client.get("/login?next=/tasks").headers["Location"] == "/tasks"


def flags(answer: Any, name: str) -> set[str]:
    """What a cookie is set with."""
    [line] = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith(f"{name}=")]
    return {part.strip() for part in line.split(";")[1:]}


def test_the_cookies_are_kept_from_others(client: FlaskClient) -> None:
    done = log_in(client, "soumu")
    assert flags(done, SESSION) == {"HttpOnly", "Path=/", "SameSite=Strict"}
    assert flags(done, TOKEN) == {"Path=/", "SameSite=Strict"}


@pytest.mark.parametrize(
    ("peer", "secure"), [("127.0.0.1", True), ("::1", True), ("192.0.2.7", False)]
)
def test_by_https_the_cookies_are_secure(office: Workspace, peer: str, *, secure: bool) -> None:
    client = create_app(office).server.test_client()
    client.environ_base["REMOTE_ADDR"] = peer
    client.environ_base["HTTP_X_FORWARDED_PROTO"] = "https"
    done = log_in(client, "soumu")
    assert ("Secure" in flags(done, SESSION)) is secure
    direct = client.application.test_client().get("/login", base_url="https://localhost")
    assert "Secure" in flags(direct, TOKEN)


@pytest.mark.parametrize(
    ("name", "password"), [("soumu", "chigau"), ("inai", SECRET), ("", ""), ("soumu", "あ" * 999)]
)
def test_a_wrong_login_is_told_and_nothing_else(
    client: FlaskClient, name: str, password: str
) -> None:
    done = log_in(client, name, password)
    assert done.status_code == 401
    assert f'role="alert" class="notice" id="error"><p class="error">{WRONG}</p>' in done.text
    assert "<title>エラー：ログイン" in done.text
    assert f'value="{name}"' in done.text
    assert not password or password not in done.text
    assert cookie(client, SESSION) == ""
    assert client.get("/").status_code == 303


def test_what_was_typed_is_no_markup(client: FlaskClient) -> None:
    done = log_in(client, '"><script>alert(1)</script>', "x", next='/"><script>')
    assert "<script>" not in done.text
    assert "&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in done.text


def test_guessing_is_slowed_down_for_a_name(client: FlaskClient, clock: Clock) -> None:
    for _ in range(5):
        assert WRONG in log_in(client, "soumu", "chigau").text
    stopped = log_in(client, "soumu")
    assert stopped.status_code == 401
    assert "15 分ほど待ってから" in stopped.text
    assert log_in(client, "zeimu").status_code == 303
    submit(client, "/logout")
    clock.pass_(minutes=16)
    assert log_in(client, "soumu").status_code == 303


def test_a_disabled_account_stays_outside(office: Workspace, client: FlaskClient) -> None:
    log_in(client, "zeimu")
    assert client.get("/").status_code == 200
    with acting(LOCAL):
        office.disable_account("zeimu")
    assert client.get("/").status_code == 303
    assert WRONG in log_in(client, "zeimu").text


def test_a_login_is_never_the_one_from_before(client: FlaskClient) -> None:
    """Somebody who put a cookie into the browser before does not share the login."""
    client.set_cookie(SESSION, "planted")
    assert log_in(client, "soumu").status_code == 303
    first = cookie(client, SESSION)
    assert first not in {"", "planted"}
    assert log_in(client, "soumu").status_code == 303
    assert cookie(client, SESSION) not in {first, "planted"}
    client.set_cookie(SESSION, first)
    assert client.get("/").status_code == 303


# --- how long it lasts ---------------------------------------------------------------------------


def test_a_login_ends_by_itself(office: Workspace, client: FlaskClient, clock: Clock) -> None:
    log_in(client, "zeimu")
    clock.pass_(minutes=29)
    assert client.get("/").status_code == 200
    clock.pass_(minutes=29)
    assert client.get("/").status_code == 200
    clock.pass_(minutes=31)
    headers = {HEADER: cookie(client, TOKEN)}
    assert client.post(CALLBACK, json={}, headers=headers).status_code == 401
    client.get("/login")
    log_in(client, "zeimu")
    clock.pass_(minutes=31)
    place = client.get("/tasks").headers["Location"]
    assert place == "/login?next=%2Ftasks&why=idle"
    assert cookie(client, SESSION) == ""
    assert IDLE in client.get(place).text
    assert log_in(client, "zeimu").status_code == 303
    with acting(LOCAL):
        assert office.read_audit(action="login.expire").height == 2


def test_nobody_works_for_ever(client: FlaskClient, clock: Clock) -> None:
    log_in(client, "zeimu")
    for _ in range(12 * 3):
        clock.pass_(minutes=20)
        assert client.get("/").status_code == 200
    clock.pass_(minutes=20)
    assert client.get("/").status_code == 303


def test_log_out(client: FlaskClient) -> None:
    log_in(client, "soumu")
    login, proof = cookie(client, SESSION), cookie(client, TOKEN)
    assert client.get("/logout").status_code == 200  # no page of this name, and nothing is done
    assert client.get("/").status_code == 200
    assert submit(client, "/logout", csrf="wrong").status_code == 403
    done = submit(client, "/logout")
    assert (done.status_code, done.headers["Location"]) == (303, "/login?why=out")
    assert cookie(client, SESSION) == ""
    assert cookie(client, TOKEN) not in {"", proof}
    assert "ログアウトしました。" in client.get("/login?why=out").text
    client.set_cookie(SESSION, login)
    assert client.get("/").status_code == 303


# --- proofs --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/login", "/password", "/logout"])
def test_forms_need_their_proof(client: FlaskClient, path: str) -> None:
    fields = {"name": "soumu", "password": SECRET}
    assert client.post(path, data=fields).status_code == 403
    client.get("/login")
    for wrong in ("", "x", "あ"):
        assert client.post(path, data={**fields, FIELD: wrong}).status_code == 403
    assert cookie(client, SESSION) == ""


def test_the_proof_belongs_to_the_login(office: Workspace) -> None:
    app = create_app(office)
    one, two = Member(app, office, "soumu"), Member(app, office, "zeimu")
    stranger = app.server.test_client()
    stranger.get("/login")
    body = one.request("page.children", url__pathname="/")
    old = one.token
    assert one.post(body).status_code == 200
    for foreign in (two.token, cookie(stranger, TOKEN), "", old[:-1]):
        assert one.client.post(CALLBACK, json=body, headers={HEADER: foreign}).status_code == 403
    one.client.set_cookie(TOKEN, two.token)  # set by another site of the same host
    assert one.client.post(CALLBACK, json=body, headers={HEADER: two.token}).status_code == 403
    one.client.set_cookie(TOKEN, old)
    submit(one.client, "/logout")
    log_in(one.client, "soumu")
    assert one.client.post(CALLBACK, json=body, headers={HEADER: old}).status_code == 403
    new = cookie(one.client, TOKEN)
    assert one.client.post(CALLBACK, json=body, headers={HEADER: new}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_writes_from_other_sites_are_refused(office: Workspace, headers: dict[str, str]) -> None:
    member = Member(create_app(office), office, "soumu")
    body = member.request("page.children", url__pathname="/")
    given = {HEADER: member.token, **headers}
    assert member.client.post(CALLBACK, json=body, headers=given).status_code == 403
    own = {HEADER: member.token, "Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert member.client.post(CALLBACK, json=body, headers=own).status_code == 200


def test_a_link_on_another_site_takes_a_second_step(office: Workspace) -> None:
    """It brings no cookie (SameSite=Strict); asked again from our own page, the login is there."""
    client = create_app(office).server.test_client()
    hop = client.get("/tasks", headers={"Sec-Fetch-Site": "cross-site"})
    assert hop.status_code == 200
    assert 'http-equiv="refresh" content="0"' in hop.text
    assert "Set-Cookie" not in hop.headers
    assert client.get("/tasks", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303


# --- where to go then ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/ /evil",
        "",
        "/login",
        "/logout?x",
        "/login?next=/login",
    ],
)
def test_the_way_leads_only_to_our_own_pages(client: FlaskClient, wanted: str) -> None:
    done = log_in(client, "soumu", next=wanted)
    assert (done.status_code, done.headers["Location"]) == (303, "/")


@pytest.mark.parametrize("wanted", ["/tasks", "/tasks?task=a%20b", "/weights?x=//y", "/"])
def test_the_way_leads_to_the_page_that_was_wanted(client: FlaskClient, wanted: str) -> None:
    assert log_in(client, "soumu", next=wanted).headers["Location"] == wanted


# --- passwords -----------------------------------------------------------------------------------


@pytest.fixture
def newcomer(office: Workspace) -> str:
    with acting(LOCAL):
        office.add_account("shinjin", "新人", "viewer", None, FIRST)
    return "shinjin"


def test_the_first_password_must_be_changed(client: FlaskClient, newcomer: str) -> None:
    form = log_in(client, newcomer, FIRST, next="/tasks")
    assert form.status_code == 200
    assert "自分だけが知るものに変えてください。" in form.text
    assert '<form method="post" action="/password">' in form.text
    assert f'value="{newcomer}"' in form.text
    assert form.text.count('autocomplete="new-password"') == 2
    assert (
        "10 文字以上、英大文字・英小文字・数字・その他（記号、かな、漢字）のうち 2 種類以上。"
        in form.text
    )
    assert cookie(client, SESSION) == ""
    fields = {"name": newcomer, "old": FIRST, "new": SECRET, "again": SECRET, "next": "/tasks"}
    for change, status, told in (
        ({"again": "x"}, 400, "2 回とも同じではありません"),
        ({"new": "short", "again": "short"}, 400, "10 文字以上にしてください"),
        ({"new": FIRST, "again": FIRST}, 400, "前と同じパスワードです"),
        ({"old": "chigau"}, 401, WRONG),
    ):
        refused = submit(client, "/password", **{**fields, **change})
        assert refused.status_code == status
        assert told in refused.text
        assert SECRET not in refused.text
        assert cookie(client, SESSION) == ""
    done = submit(client, "/password", **fields)
    assert (done.status_code, done.headers["Location"]) == (303, "/tasks")
    assert client.get("/tasks").status_code == 200
    submit(client, "/logout")
    assert WRONG in log_in(client, newcomer, FIRST).text
    assert log_in(client, newcomer).status_code == 303


def test_a_new_password_ends_all_other_logins(office: Workspace) -> None:
    app = create_app(office)
    here, there = Member(app, office, "soumu"), Member(app, office, "soumu")
    form = here.client.get("/password")
    assert 'value="soumu"' in form.text
    fields = {"name": "soumu", "old": SECRET, "new": SECRET + "x", "again": SECRET + "x"}
    assert submit(here.client, "/password", **fields).status_code == 303
    assert here.client.get("/").status_code == 200
    assert there.client.get("/").status_code == 303


# --- a proxy that vouches ------------------------------------------------------------------------


@pytest.fixture
def vouched(office: Workspace) -> FlaskClient:
    with_proxy(office, "X-Remote-User", "127.0.0.1", "10.1.0.0/16")
    visitor: FlaskClient = create_app(office).server.test_client()
    return visitor


@pytest.mark.parametrize("name", ["zeimu", "TOWN\\zeimu"])
@pytest.mark.parametrize("peer", ["127.0.0.1", "10.1.2.3", "::ffff:10.1.2.3"])
def test_a_trusted_proxy_vouches(vouched: FlaskClient, name: str, peer: str) -> None:
    vouched.environ_base["REMOTE_ADDR"] = peer
    headers = {"X-Remote-User": name}
    assert vouched.get("/", headers=headers).status_code == 200
    shown = texts(vouched.get("/_dash-layout", headers=headers).json)
    assert "zeimuさん（税務課・所管課）" in shown
    assert "ログアウト" not in shown
    assert vouched.get("/").status_code == 303


@pytest.mark.parametrize("peer", ["192.0.2.7", "10.2.0.1", "", "unknown"])
def test_nobody_else_vouches(vouched: FlaskClient, peer: str) -> None:
    vouched.environ_base["REMOTE_ADDR"] = peer
    headers = {"X-Remote-User": "soumu", "X-Forwarded-For": "127.0.0.1"}
    assert vouched.get("/", headers=headers).status_code == 303
    assert vouched.get("/_dash-layout", headers=headers).status_code == 401


def test_an_account_may_bear_its_domain(office: Workspace, vouched: FlaskClient) -> None:
    """Else two domains could not have people of the same name."""
    with acting(LOCAL):
        office.add_account("OTHER\\zeimu", "別の税務", "viewer")
    for name, shown in (
        ("OTHER\\zeimu", "別の税務（閲覧）"),
        ("TOWN\\zeimu", "zeimuさん（税務課・所管課）"),
    ):
        layout = vouched.get("/_dash-layout", headers={"X-Remote-User": name})
        assert shown in texts(layout.json)


def test_without_the_setting_no_header_counts(client: FlaskClient) -> None:
    headers = {"X-Remote-User": "soumu", "Remote-User": "soumu", "": "soumu"}
    assert client.get("/", headers=headers).status_code == 303


def test_a_vouched_name_needs_an_account(office: Workspace, vouched: FlaskClient) -> None:
    place = vouched.get("/", headers={"X-Remote-User": "inai"}).headers["Location"]
    assert place == "/login?next=%2F&why=unknown"
    assert "アカウントがありません" in vouched.get(place).text
    with acting(LOCAL):
        office.disable_account("zeimu")
    assert vouched.get("/", headers={"X-Remote-User": "zeimu"}).status_code == 303


@pytest.mark.parametrize(
    ("peer", "told", "place"),
    [
        ("127.0.0.1", "192.0.2.9", "192.0.2.9"),
        ("127.0.0.1", "6.6.6.6, 192.0.2.9, 10.1.0.5", "192.0.2.9"),
        ("127.0.0.1", "10.1.0.4, 10.1.0.5", "10.1.0.4"),
        ("127.0.0.1", "192.0.2.9:51234", "192.0.2.9"),
        ("127.0.0.1", "[2001:db8::9]:51234", "2001:db8::9"),
        ("127.0.0.1", "2001:db8::9", "2001:db8::9"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("192.0.2.7", "127.0.0.1", "192.0.2.7"),
    ],
)
def test_the_log_tells_the_address_of_the_person(
    office: Workspace, vouched: FlaskClient, peer: str, told: str, place: str
) -> None:
    vouched.environ_base["REMOTE_ADDR"] = peer
    vouched.environ_base["HTTP_X_FORWARDED_FOR"] = told
    log_in(vouched, "soumu", "chigau")
    with acting(LOCAL):
        assert office.read_audit(action="login.refuse")["place"].to_list() == [place]
