"""Scripts of the document: all of them wait, in their order, for the one that may run at once."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from werkzeug.test import TestResponse

from bpr.dashboard.after_paint import LOADER, hold
from tests.dashboard.browser import Browser


@pytest.fixture
def document(browser: Browser) -> TestResponse:
    answer: TestResponse = browser.client.get("/kpi")
    return answer


def test_only_the_loader_runs_at_once(document: TestResponse) -> None:
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", document.text, re.DOTALL)
    at_once = [code for told, code in scripts if "type=" not in told]
    assert at_once == [LOADER]
    kinds = {kind for told, _ in scripts for kind in re.findall(r'type="([^"]*)"', told)}
    assert kinds == {"application/json", "text/held"}
    assert scripts[-1][1] == LOADER


def test_the_policy_lets_it_run_and_what_it_revives(document: TestResponse) -> None:
    policy = document.headers["Content-Security-Policy"]
    inline = re.findall(
        r"<script(?![^>]*(?:src|json))[^>]*>(.*?)</script>", document.text, re.DOTALL
    )
    assert len(inline) >= 3
    for code in inline:
        assert f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'" in policy


def test_a_held_script_keeps_what_it_is() -> None:
    scripts = '<script src="/a.js"></script><script id="x" type="application/javascript">1</script>'
    assert hold(scripts) == (
        '<script type="text/held" src="/a.js"></script><script type="text/held" id="x">1</script>'
    )
