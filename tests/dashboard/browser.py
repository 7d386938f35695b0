"""Talks to the app as the page in a browser does: cookie, token, callbacks as JSON."""

import json
import re
from collections.abc import Iterator
from typing import Any

from dash import Dash

from bpr.dashboard.guard import HEADER, TOKEN

TEXT_KEYS = ("children", "label", "value", "title", "placeholder", "aria-label")


class Browser:
    """One visitor of one app."""

    def __init__(self, app: Dash) -> None:
        self.client = app.server.test_client()
        self._look_around()

    def _look_around(self) -> None:
        """Take the token and the list of callbacks; no page is laid out for that."""
        self.dependencies = self.client.get("/_dash-dependencies").json
        cookie = self.client.get_cookie(TOKEN)
        assert cookie is not None
        self.token = cookie.value

    def call(self, output: str, changed: str = "", **values: Any) -> dict[str, Any]:
        """Run the callback that writes `output`; values by `id__property`.

        `changed` is the `id.property` that moved (else the first input).
        """
        return dict(self.post(self.request(output, changed, **values)).json)

    def request(self, output: str, changed: str = "", **values: Any) -> dict[str, Any]:
        """The body that the renderer would send."""
        known = {name.replace("__", ".").replace("_", "-"): v for name, v in values.items()}
        [found] = [
            one
            for one in self.dependencies
            if not one["clientside_function"]
            and output in _names(one["output"])
            and (not changed or changed in {f"{i['id']}.{i['property']}" for i in one["inputs"]})
        ]
        places = [_place(name) for name in found["output"].strip(".").split("...")]

        def fill(part: dict[str, str]) -> dict[str, Any]:
            name = f"{part['id']}.{part['property']}"
            return {**part, "value": known.get(name.replace("_", "-"))}

        inputs = [fill(part) for part in found["inputs"]]
        return {
            "output": found["output"],
            "outputs": places if found["output"].startswith("..") else places[0],
            "inputs": inputs,
            "changedPropIds": [changed or f"{inputs[0]['id']}.{inputs[0]['property']}"],
            "state": [fill(part) for part in found["state"]],
        }

    def press(self, output: str, kind: str, of: str, **values: Any) -> dict[str, Any]:
        """Press the button of one row or column: its id is (kind, of)."""
        every = json.dumps({"of": ["ALL"], "type": kind}, separators=(",", ":"))
        body = self.request(output, f"{every}.n_clicks", **values)
        body["changedPropIds"] = [
            json.dumps({"of": of, "type": kind}, separators=(",", ":")) + ".n_clicks"
        ]
        body["inputs"] = [[{"id": {"of": of, "type": kind}, "property": "n_clicks", "value": 1}]]
        return dict(self.post(body).json)

    def post(self, body: dict[str, Any]) -> Any:
        """Send a callback with the token."""
        return self.client.post("/_dash-update-component", json=body, headers={HEADER: self.token})

    def page(self, path: str, search: str = "") -> dict[str, Any]:
        """The component tree of a page."""
        done = self.call("page.children", url__pathname=path, url__search=search)
        tree: dict[str, Any] = done["response"]["page"]["children"]
        return tree


def _names(output: str) -> list[str]:
    return [re.sub("@.*", "", name) for name in output.strip(".").split("...")]


def _place(name: str) -> dict[str, str]:
    element, _, attribute = name.rpartition(".")
    return {"id": element, "property": attribute}


def components(tree: Any) -> Iterator[dict[str, Any]]:
    """Every component of a tree as the browser gets it."""
    if isinstance(tree, list):
        for part in tree:
            yield from components(part)
    elif isinstance(tree, dict):
        if {"props", "type", "namespace"} <= set(tree):
            yield tree
        for part in tree.values():
            yield from components(part)


def texts(tree: Any) -> list[str]:
    """Every text that stands in a tree, in its order."""
    if isinstance(tree, str):
        return [tree]
    if isinstance(tree, list):
        return [text for part in tree for text in texts(part)]
    if isinstance(tree, dict) and "props" in tree:
        shown = (tree["props"].get(key) for key in TEXT_KEYS)
        return [text for part in shown if part is not None for text in texts(part)]
    return []


def by_id(tree: Any, element: str) -> dict[str, Any]:
    """Props of the component with this id."""
    [found] = [one["props"] for one in components(tree) if one["props"].get("id") == element]
    return dict(found)
