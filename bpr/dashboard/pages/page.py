"""What a page is: a path, a name, a layout made from the workspace, and its callbacks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import Dash

from bpr.workspace import Workspace


@dataclass(frozen=True)
class Page:
    """One page; `render` takes the workspace and the query string of the address."""

    path: str
    label: str
    render: Callable[[Workspace, str], Any]
    register: Callable[[Dash, Workspace], None]
