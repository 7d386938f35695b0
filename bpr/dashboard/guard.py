"""What the server refuses before any page sees it: foreign hosts, forged writes, foreign code.

While there are no accounts the server answers only this machine: a request under another host name
(DNS rebinding) is refused, and a write must carry the token of a cookie that only our page can read.
"""

import hmac
import secrets
from typing import Final

import flask
from dash import Dash

TOKEN: Final = "_csrf_token"  # noqa: S105 - the name of the cookie that Dash reads
HEADER: Final = "X-CSRFToken"
_HOSTS: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
_REFUSED = "この操作は受け付けられません。画面を開き直してください。"


def protect(app: Dash) -> None:
    """Install the checks and the headers on the app's server."""
    server = app.server
    hashes = " ".join(app.csp_hashes())
    policy = (
        "default-src 'self'; "
        f"script-src 'self' {hashes}; "
        "style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )

    def refuse() -> flask.Response | None:
        host = flask.request.host.rsplit(":", 1)[0] if not _bare_v6() else flask.request.host
        if host not in _HOSTS:
            return flask.Response(_REFUSED, 403)
        if flask.request.method in {"GET", "HEAD", "OPTIONS"}:
            return None
        cookie = flask.request.cookies.get(TOKEN, "")
        header = flask.request.headers.get(HEADER, "")
        if not cookie or not hmac.compare_digest(cookie.encode(), header.encode()):
            return flask.Response(_REFUSED, 403)
        return None

    def add_headers(response: flask.Response) -> flask.Response:
        if TOKEN not in flask.request.cookies:
            response.set_cookie(TOKEN, secrets.token_urlsafe(24), samesite="Strict")
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    server.before_request(refuse)
    server.after_request(add_headers)


def _bare_v6() -> bool:
    return flask.request.host.endswith("]")
