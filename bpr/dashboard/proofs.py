"""Two cookies: who is logged in, and the proof that a write comes from a page of ours.

The proof is made from the login, so that one of another login, or of none, is worth nothing.
"""

import hmac
import secrets
from typing import Final

import flask

SESSION: Final = "bpr_session"
TOKEN: Final = "_csrf_token"  # noqa: S105 - the name of the cookie that Dash reads
HEADER: Final = "X-CSRFToken"
FIELD: Final = "csrf"
"""Name under which our forms carry the proof."""


def read_login() -> None:
    """Begin a request: remember the login that its cookie names, good or not."""
    flask.g.login = flask.request.cookies.get(SESSION) or None
    flask.g.token = flask.request.cookies.get(TOKEN) or None


def current_login() -> str | None:
    """Return the token of the login of this request."""
    login: str | None = flask.g.get("login")
    return login


def begin_login(token: str) -> None:
    """Let the answer carry a new login."""
    flask.g.login = token


def forget_login() -> None:
    """Let the answer take the login away, and the proof that was made from it."""
    flask.g.login = flask.g.token = None


def make_proof() -> str:
    """Return the proof that the next write must carry."""
    login = current_login()
    if login:
        return hmac.digest(login.encode(), b"csrf", "sha256").hex()
    if not flask.g.get("token"):
        flask.g.token = secrets.token_urlsafe(24)
    return str(flask.g.token)


def is_proven(*, by_form: bool) -> bool:
    """Tell whether a write carries the proof: in the header, or in a field of a form of ours."""
    if not current_login() and not flask.g.token:
        return False
    given = flask.request.headers.get(HEADER) or ""
    if by_form and not given:
        given = flask.request.form.get(FIELD, "")
    return hmac.compare_digest(make_proof().encode(), given.encode())


def keep_cookies(response: flask.Response, *, https: bool) -> None:
    """Let the browser hold what has changed; the proof must be readable, the login must not."""
    login, proof = current_login(), make_proof()
    own = {"samesite": "Strict", "secure": https, "path": "/"}
    if login and login != flask.request.cookies.get(SESSION):
        response.set_cookie(SESSION, login, httponly=True, **own)  # type: ignore[arg-type] # options of one dict
    if not login and SESSION in flask.request.cookies:
        response.delete_cookie(SESSION, httponly=True, **own)  # type: ignore[arg-type]
    if proof != flask.request.cookies.get(TOKEN):
        response.set_cookie(TOKEN, proof, **own)  # type: ignore[arg-type]
