"""People with accounts, and their browsers."""

from datetime import UTC, datetime, timedelta
from typing import Any

from dash import Dash
from flask.testing import FlaskClient

from bpr.dashboard.proofs import FIELD, SESSION, TOKEN
from bpr.workspace import Workspace
from tests.dashboard.browser import Browser

START = datetime(2027, 6, 20, 3, 0, tzinfo=UTC)
FIRST = "Hajimete-0001"
SECRET = "Ashita-no-Tenki-7"  # noqa: S105 - of nobody
PLACE = "127.0.0.1"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        """Move it on."""
        self.now += timedelta(**time)


def add_person(workspace: Workspace, name: str, role: str, division: str | None = None) -> None:
    """Add an account whose owner has chosen the password `SECRET`."""
    workspace.add_account(name, f"{name}さん", role, division, FIRST)
    workspace.change_password(name, FIRST, SECRET, PLACE)


class Member(Browser):
    """The browser of somebody who is logged in."""

    def __init__(self, app: Dash, workspace: Workspace, name: str) -> None:
        self.client = app.server.test_client()
        self.client.set_cookie(SESSION, workspace.log_in(name, SECRET, PLACE))
        self._look_around()


def cookie(client: FlaskClient, name: str) -> str:
    """Value of a cookie; empty where there is none."""
    found = client.get_cookie(name)
    return found.value if found else ""


def submit(client: FlaskClient, path: str, **fields: Any) -> Any:
    """Send a form as the page that was got before; it carries the proof unless told otherwise."""
    return client.post(path, data={FIELD: cookie(client, TOKEN), **fields})


def log_in(client: FlaskClient, name: str, password: str = SECRET, **fields: Any) -> Any:
    """Open the login page and send its form."""
    client.get("/login")
    return submit(client, "/login", name=name, password=password, **fields)
