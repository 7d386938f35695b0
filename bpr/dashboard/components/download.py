"""A file as what `dcc.Download` takes, and the button that brings it."""

from base64 import b64encode
from collections.abc import Callable
from typing import Any, Final

from dash import Dash, Input, Output, State, no_update

from bpr.dashboard.components.sight import pressed
from bpr.dashboard.shell import URL

_TYPES: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "html": "text/html",
    "zip": "application/zip",
}


def excel_file(data: bytes, name: str) -> dict[str, str | bool]:
    """Bytes of an .xlsx under a file name."""
    return typed_file(data, name, "xlsx")


def typed_file(data: bytes, name: str, ending: str) -> dict[str, str | bool]:
    """Bytes of a .xlsx, .csv, .html or .zip under a file name."""
    return named_file(data, name, _TYPES[ending])


def named_file(data: bytes, name: str, kind: str) -> dict[str, str | bool]:
    """Bytes under a file name, of any media type."""
    content = b64encode(data).decode("ascii")
    return {"content": content, "filename": name, "type": kind, "base64": True}


def register_book(
    app: Dash, button_id: str, download_id: str, make: Callable[[str], bytes | None], name: str
) -> None:
    """Let a button bring the workbook that is made for the address; None: there is none."""

    @app.callback(
        Output(download_id, "data"),
        Input(button_id, "n_clicks"),
        State(URL, "search"),
        prevent_initial_call=True,
    )
    def save(_clicks: int | None, search: str | None) -> Any:  # noqa: ANN401 - what Download takes
        data = make(search or "") if pressed() else None
        return excel_file(data, name) if data else no_update
