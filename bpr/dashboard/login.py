"""The plain forms, which need no script: log in, change one's password, log out."""

import re
from dataclasses import dataclass
from functools import partial
from typing import Final
from urllib.parse import urlencode

import flask

from bpr.dashboard.peers import Peers
from bpr.dashboard.proofs import FIELD, begin_login, current_login, forget_login, make_proof
from bpr.errors import InputError, RefusedError
from bpr.settings.security import PasswordRules
from bpr.workspace import Workspace
from bpr.workspace.acting import current_scene
from bpr.workspace.people import PasswordExpiredError

Answer = flask.typing.ResponseReturnValue
FORMS: Final = frozenset({"/login", "/logout", "/password"})
"""Paths of the forms, open to everybody."""
_OWN_PATH: Final = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
"""What a browser surely takes for a place on this server."""
_WHY: Final = {
    "idle": "時間が経ったのでログアウトしました。もう一度ログインしてください。",
    "out": "ログアウトしました。",
    "unknown": "お使いの名前のアカウントがありません。管理者（総務課）に知らせてください。",
}
_FRAME: Final = """<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% if error %}エラー：{% endif %}{{ heading }} ― 業務量調査・BPR候補</title>
<link rel="stylesheet" href="/assets/app.css">
<link rel="stylesheet" href="/assets/login.css">
</head>
<body>
<header><b>業務量調査・BPR候補</b></header>
<main class="login card">
<h1>{{ heading }}</h1>
<div role="status" class="notice">{% if told %}<p class="done">{{ told }}</p>{% endif %}</div>
<div role="alert" class="notice" id="error">{% if error %}<p class="error">{{ error }}</p>{% endif %}</div>
<form method="post" action="{{ action }}">
<input type="hidden" name="{{ field }}" value="{{ proof }}">
<input type="hidden" name="next" value="{{ next }}">
{% for one in inputs %}
<div class="field">
<label for="{{ one.id }}">{{ one.label }}</label>
{% if one.note %}<p class="base" id="{{ one.id }}-note">{{ one.note }}</p>{% endif %}
<input id="{{ one.id }}" name="{{ one.id }}" type="{{ one.kind }}" value="{{ one.value }}"
 autocomplete="{{ one.autocomplete }}" autocapitalize="none" spellcheck="false" required maxlength="256"
 {% if one.note %}aria-describedby="{{ one.id }}-note"{% endif %}{% if one.id == focus %} autofocus{% endif %}>
</div>
{% endfor %}
<button class="button" type="submit">{{ button }}</button>
</form>
{% if help %}<p class="base">{{ help }}</p>{% endif %}
{% if back %}<p><a href="{{ back }}">変えずに戻る</a></p>{% endif %}
</main>
</body>
</html>"""


@dataclass(frozen=True)
class _Input:
    """One line of a form."""

    id: str
    label: str
    autocomplete: str
    kind: str = "password"
    value: str = ""
    note: str = ""


def register_forms(server: flask.Flask, workspace: Workspace, peers: Peers) -> None:
    """Put the forms on the server."""
    for name, answer in (
        ("login", _answer_login),
        ("password", _answer_password),
        ("logout", _answer_logout),
    ):
        methods = ["POST"] if name == "logout" else ["GET", "POST"]
        server.add_url_rule(f"/{name}", name, partial(answer, workspace, peers), methods=methods)


def _answer_login(workspace: Workspace, peers: Peers) -> Answer:
    if flask.request.method == "GET":
        if current_scene() is not None:
            return _go(_next())
        return _show_login(told=_WHY.get(flask.request.args.get("why", ""), ""))
    name, password = _given("name"), flask.request.form.get("password", "")
    try:
        return _begin(workspace, peers, name, password)
    except PasswordExpiredError as error:
        return _show_password(workspace, name, told=str(error))
    except RefusedError as error:
        return _show_login(name, error=str(error)), 401


def _answer_password(workspace: Workspace, peers: Peers) -> Answer:
    if not workspace.needs_login:
        return _go("/")
    if flask.request.method == "GET":
        scene = current_scene()
        name = scene.person.account if scene else ""
        return _show_password(workspace, name, back="/" if scene else "")
    return _change_password(workspace, peers)


def _answer_logout(workspace: Workspace, peers: Peers) -> Answer:
    token = current_login()
    if token:
        workspace.log_out(token, peers.place())
    forget_login()
    return _go("/login?why=out")


def go_to_login(wanted: str, why: str | None) -> flask.Response:
    """Ask for a login, then go on to the page that was wanted."""
    told = {"why": why} if why else {}
    return _go(f"/login?{urlencode({'next': wanted, **told})}")


def _begin(workspace: Workspace, peers: Peers, name: str, password: str) -> flask.Response:
    """Log in anew, whoever was logged in before."""
    token = workspace.log_in(name, password, peers.place())
    before = current_login()
    if before:
        workspace.log_out(before, peers.place())
    begin_login(token)
    return _go(_next())


def _change_password(workspace: Workspace, peers: Peers) -> Answer:
    name, form = _given("name"), flask.request.form
    old, new = form.get("old", ""), form.get("new", "")
    try:
        if new != form.get("again", ""):
            raise InputError("新しいパスワードが 2 回とも同じではありません。入れ直してください。")  # noqa: TRY301 - said as the others are
        workspace.change_password(name, old, new, peers.place())
        return _begin(workspace, peers, name, new)
    except InputError as error:
        status = 401 if isinstance(error, RefusedError) else 400
        return _show_password(workspace, name, error=str(error)), status


def _show_login(name: str = "", *, told: str = "", error: str = "") -> str:
    inputs = [
        _Input("name", "アカウントの名前", "username", "text", name),
        _Input("password", "パスワード", "current-password"),
    ]
    return flask.render_template_string(
        _FRAME,
        heading="ログイン",
        action="/login",
        inputs=inputs,
        focus="password" if name else "name",
        button="ログインする",
        help="パスワードを忘れたときは、管理者（総務課）に新しいものを付けてもらってください。",
        told=told,
        error=error,
        **_hidden(),
    )


def _show_password(
    workspace: Workspace, name: str, *, told: str = "", error: str = "", back: str = ""
) -> str:
    inputs = [
        _Input("name", "アカウントの名前", "username", "text", name),
        _Input("old", "今のパスワード", "current-password"),
        _Input("new", "新しいパスワード", "new-password", note=_rules(workspace)),
        _Input("again", "新しいパスワード（もう一度）", "new-password"),
    ]
    return flask.render_template_string(
        _FRAME,
        heading="パスワードの変更",
        action="/password",
        inputs=inputs,
        focus="old" if name else "name",
        button="変えてログインする",
        told=told,
        error=error,
        back=back,
        **_hidden(),
    )


def _rules(workspace: Workspace) -> str:
    rules: PasswordRules = workspace.settings.security.password
    mixed = (
        f"、英大文字・英小文字・数字・その他（記号、かな、漢字）のうち {rules.must_mix} 種類以上"
        if rules.must_mix > 1
        else ""
    )
    return f"{rules.min_length} 文字以上{mixed}。アカウントの名前は入れられません。"


def _hidden() -> dict[str, str]:
    return {"field": FIELD, "proof": make_proof(), "next": _next()}


def _given(name: str) -> str:
    return flask.request.form.get(name, "").strip()


def _next() -> str:
    """Return where to go after the login: a path of ours, whatever the address says."""
    wanted = flask.request.values.get("next", "/")
    path = wanted.partition("?")[0]
    return wanted if _OWN_PATH.fullmatch(wanted) and path not in FORMS else "/"


def _go(place: str) -> flask.Response:
    answer: flask.Response = flask.redirect(place, 303, Response=flask.Response)  # type: ignore[assignment]
    return answer
