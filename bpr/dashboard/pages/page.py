"""What a page is: a path, a name, a layout made from the workspace, its callbacks, who may see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import Dash

from bpr.workspace import Workspace
from bpr.workspace.rights import Right


@dataclass(frozen=True)
class Page:
    """One page; `render` takes the workspace and the query string of the address."""

    path: str
    label: str
    render: Callable[[Workspace, str], Any]
    register: Callable[[Dash, Workspace], None]
    right: Right = Right.READ
    """What a person needs to see the page and to call its callbacks."""
