"""What the server asks of every request before any page sees it: from where, by whom, with what proof.

Refused are foreign host names (DNS rebinding), writes without the proof that only our page can read,
and, once there are accounts, everybody who is not known. Without accounts the server answers only
this machine, as the one person at it.
"""

from typing import Final

import flask
from dash import Dash

from bpr.dashboard.after_paint import LOADER_HASH
from bpr.dashboard.login import FORMS, go_to_login
from bpr.dashboard.peers import Peers
from bpr.dashboard.proofs import (
    HEADER,
    TOKEN,
    current_login,
    forget_login,
    is_proven,
    keep_cookies,
    read_login,
)
from bpr.errors import BprError, StoreError
from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, Person, Scene, enter_scene, leave_scene

__all__ = ["EDITION_HEADER", "HEADER", "TOKEN", "protect"]

EDITION_HEADER: Final = "X-BPR-Edition"
_EDITION: Final = "bpr_edition"
_STATIC: Final = ("/assets/", "/_dash-component-suites/", "/_favicon.ico")
"""Nothing of a survey: styles, scripts, a picture."""
_REFUSED: Final = "この操作は受け付けられません。画面を開き直してください。"
_UNKNOWN: Final = "ログインしてください。"
_HOP: Final = '<!DOCTYPE html><html lang="ja"><meta http-equiv="refresh" content="0"><title>業務量調査・BPR候補</title>'
"""Asks once more from here: a link on another site brings no cookie of ours (SameSite=Strict)."""


def protect(app: Dash, workspace: Workspace, peers: Peers) -> None:
    """Install the checks and the headers on the app's server."""
    server = app.server
    policy = _policy(app)

    def finish(response: flask.Response) -> flask.Response:
        if not _is_static():
            if not _is_foreign_link():
                keep_cookies(response, https=peers.is_https())
            response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    def leave(_error: BaseException | None) -> None:
        token = flask.g.pop("scene", None)
        if token is not None:
            leave_scene(token)

    server.before_request(lambda: _check(workspace, peers))
    server.after_request(finish)
    server.teardown_request(leave)
    server.register_error_handler(BprError, _explain)


def _check(workspace: Workspace, peers: Peers) -> flask.Response | None:
    """Return what a refused request is told; None where it may go on."""
    read_login()
    if not workspace.needs_login:
        workspace.needs_login = workspace.has_accounts()
    known = workspace.needs_login
    if not peers.serves(beyond=known) or not (known or peers.is_local()):
        return _say(_REFUSED, 403)
    if _is_static():
        return None
    if flask.request.method not in {"GET", "HEAD", "OPTIONS"}:
        by_form = flask.request.path in FORMS
        if not peers.is_own_origin() or not is_proven(by_form=by_form):
            return _say(_REFUSED, 403)
    return _let_in(workspace, peers)


def _policy(app: Dash) -> str:
    hashes = " ".join([*app.csp_hashes(), LOADER_HASH])
    return (
        "default-src 'self'; "
        f"script-src 'self' {hashes}; "
        "style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )


def _let_in(workspace: Workspace, peers: Peers) -> flask.Response | None:
    """Begin the scene of the one who asks; show others the way to the login."""
    had_login = current_login() is not None
    person = _find_person(workspace, peers)
    if person is not None:
        scene = Scene(person, peers.place(), _find_edition(workspace, peers), {})
        flask.g.scene = enter_scene(scene)
        return None
    path = flask.request.path
    if path in FORMS:
        return None
    if flask.request.method not in {"GET", "HEAD"} or path.startswith("/_"):
        return _say(_UNKNOWN, 401)
    if _is_foreign_link():
        return flask.Response(_HOP)
    why = "idle" if had_login else "unknown" if peers.vouched() else None
    return go_to_login(flask.request.full_path.removesuffix("?"), why)


def _find_person(workspace: Workspace, peers: Peers) -> Person | None:
    if not workspace.needs_login:
        return LOCAL
    login = current_login()
    person = workspace.find_person(login, peers.place()) if login else None
    if login and person is None:
        forget_login()
    return person or workspace.find_vouched(*peers.vouched())


def _find_edition(workspace: Workspace, peers: Peers) -> int | None:
    """Return the edition that the page was loaded for, or is to be loaded for; None: the usual one."""
    chosen = flask.request.args.get("edition") if flask.request.method == "GET" else None
    told = flask.request.headers.get(EDITION_HEADER) or chosen
    known = told or flask.request.cookies.get(_EDITION)
    if not known:
        return None
    found = {str(edition.id): edition.id for edition in workspace.store.list_editions()}.get(known)
    if chosen and found:
        https = peers.is_https()

        @flask.after_this_request
        def keep(response: flask.Response) -> flask.Response:
            response.set_cookie(_EDITION, chosen, httponly=True, samesite="Strict", secure=https)
            return response

    return found


def _explain(error: BprError) -> flask.Response:
    """Say what a person can mend, where no page is there yet to say it."""
    return _say(str(error), 503 if isinstance(error, StoreError) else 400)


def _say(text: str, status: int) -> flask.Response:
    return flask.Response(text, status, mimetype="text/plain")


def _is_static() -> bool:
    return flask.request.path.startswith(_STATIC)


def _is_foreign_link() -> bool:
    """Tell whether somebody with no cookie of ours follows a link on another site."""
    return flask.request.headers.get("Sec-Fetch-Site") == "cross-site"
