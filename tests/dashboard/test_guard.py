"""What the server refuses, and what it tells browsers to refuse."""

import re

import pytest
from werkzeug.test import TestResponse

from bpr.dashboard.guard import HEADER, TOKEN
from tests.dashboard.browser import Browser

WRITE = "/_dash-update-component"


@pytest.fixture
def index(browser: Browser) -> TestResponse:
    """What somebody who was never here gets first."""
    first: TestResponse = browser.client.application.test_client().get("/")
    return first


def test_the_first_page_is_japanese_and_sets_the_token(index: TestResponse) -> None:
    assert index.status_code == 200
    assert '<html lang="ja">' in index.text
    assert "<title>概況 ― 業務量調査・BPR候補</title>" in index.text
    cookie = index.headers["Set-Cookie"]
    assert cookie.startswith(f"{TOKEN}=")
    assert "SameSite=Strict" in cookie
    assert len(cookie.removeprefix(f"{TOKEN}=").split(";")[0]) >= 32


def test_each_visitor_has_a_token_of_its_own_and_keeps_it(browser: Browser) -> None:
    assert "Set-Cookie" not in browser.client.get("/").headers
    stranger = browser.client.application.test_client()
    stranger.get("/")
    cookie = stranger.get_cookie(TOKEN)
    assert cookie is not None
    assert cookie.value != browser.token


def test_only_our_own_code_may_run(index: TestResponse) -> None:
    policy = index.headers["Content-Security-Policy"]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert "unsafe-eval" not in policy
    scripts = rules["script-src"].split()
    assert scripts[0] == "'self'"
    assert all(re.fullmatch(r"'sha256-[A-Za-z0-9+/=]{44}'", source) for source in scripts[1:])
    assert rules["default-src"] == rules["connect-src"] == "'self'"
    assert rules["object-src"] == rules["frame-ancestors"] == "'none'"
    assert "http" not in policy
    assert index.headers["X-Content-Type-Options"] == "nosniff"
    assert index.headers["Referrer-Policy"] == "same-origin"


def test_everything_is_loaded_from_here(browser: Browser, index: TestResponse) -> None:
    sources = re.findall(r'(?:src|href)="([^"]*)"', index.text)
    assert len(sources) > 5
    assert all(re.match(r"/(?!/)", source) for source in sources)
    for source in sources:
        with browser.client.get(source) as response:
            assert response.status_code == 200


def test_a_callback_with_the_token_is_answered(browser: Browser) -> None:
    done = browser.post(browser.request("page.children", url__pathname="/"))
    assert done.status_code == 200
    assert done.content_type == "application/json"


@pytest.mark.parametrize("header", [None, "", "wrong", "あ", "\xe9", "token"])
def test_a_write_without_the_token_is_refused(browser: Browser, header: str | None) -> None:
    headers = {} if header is None else {HEADER: header.encode().decode("latin-1")}
    body = browser.request("tasks-changed.data", tasks_save__n_clicks=1)
    refused = browser.client.post(WRITE, json=body, headers=headers)
    assert refused.status_code == 403
    assert refused.text == "この操作は受け付けられません。画面を開き直してください。"


def test_a_write_without_the_cookie_is_refused(browser: Browser) -> None:
    stranger = browser.client.application.test_client()
    body = browser.request("page.children", url__pathname="/")
    for headers in ({}, {HEADER: ""}, {HEADER: browser.token}):
        assert stranger.post(WRITE, json=body, headers=headers).status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_every_way_to_write_needs_the_token(browser: Browser, method: str) -> None:
    assert browser.client.open("/", method=method).status_code == 403


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8050", "127.0.0.1.evil.example", "localhost.evil.example:80", "192.168.0.10:8050", "[::2]:8050", "[::2]"],
)  # fmt: skip
def test_another_host_name_is_refused(browser: Browser, host: str) -> None:
    """A page of evil.example that points its name at this machine gets nothing."""
    for path in ("/", "/_dash-layout", "/_dash-dependencies", "/assets/app.css"):
        with browser.client.get(path, headers={"Host": host}) as response:
            assert response.status_code == 403
    body = browser.request("page.children", url__pathname="/")
    headers = {"Host": host, HEADER: browser.token, "Cookie": f"{TOKEN}={browser.token}"}
    assert browser.client.post(WRITE, json=body, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8050", "localhost", "localhost:8050", "[::1]", "[::1]:8050"]
)
def test_this_machine_is_served(browser: Browser, host: str) -> None:
    assert browser.client.get("/", headers={"Host": host}).status_code == 200
