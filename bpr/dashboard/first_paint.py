"""The page as plain HTML in the document itself: there to be read while the scripts still load.

It lies over the app and cannot be used; `assets/first_paint.js` takes it away as soon as the app has
drawn the same page beneath. Identifiers are left out, so that each belongs to one element. Only as
much is written as a screen shows without scrolling: each element more makes the first one later.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from dash.development.base_component import Component

MOST: Final = 320
"""Elements that fill the screen of a desk on every page (tests/e2e/test_first_paint.py)."""
_VOID: Final = frozenset({"br", "hr", "img", "input", "col", "wbr"})
_KEPT: Final = {
    "className": "class",
    "style": "style",
    "title": "title",
    "colSpan": "colspan",
    "rowSpan": "rowspan",
    "scope": "scope",
    "dir": "dir",
    "lang": "lang",
    "type": "type",
    "max": "max",
    "value": "value",
}
"""Attributes that change how an element looks, as Dash and as HTML name them."""
_SWITCHES: Final = ("hidden", "open", "disabled", "reversed")
_UNSEEN: Final = frozenset({"Store", "Location", "Interval", "Download", "ConfirmDialog"})
_HTML: Final = "dash_html_components"
_PLAIN: Final = frozenset(
    {"MantineProvider", "Stack", "CheckboxGroup", "RadioGroup", "Upload", "Loading"}
)
"""Components of other kinds that show their children."""


def paint_over(page: Any, most: int = MOST) -> str:  # noqa: ANN401 - a Dash component
    """Return what is laid over the app until it has drawn the page itself: its first elements."""
    return f'<div id="first-paint" inert aria-hidden="true">{_Brush(most).write(page)}</div>'


@dataclass
class _Brush:
    """Writes components as HTML until the elements are used up; what is open is still closed."""

    left: int

    def write(self, part: Any) -> str:  # noqa: ANN401 - whatever children may be
        if part is None or isinstance(part, bool):
            return ""
        if isinstance(part, Component):
            return self._component(part)
        if isinstance(part, str):
            return escape(part)
        if isinstance(part, Iterable):
            return "".join(map(self.write, part))
        return escape(str(part))

    def _component(self, part: Component) -> str:
        if self.left <= 0:
            return ""
        props, kind = vars(part), str(part._type)  # noqa: SLF001 - to_plotly_json() copies all
        if part._namespace == _HTML:  # noqa: SLF001
            return self._element(kind.lower(), props)
        if kind == "Link":
            return self._element("a", props)
        if kind in _UNSEEN:
            return ""
        if kind in _PLAIN or "children" in props:
            return self.write(props.get("children"))
        return self._hold_place(props)

    def _element(self, tag: str, props: Mapping[str, Any]) -> str:
        self.left -= 1
        attributes = [
            f' {name}="{escape(_style(value) if name == "style" else str(value))}"'
            for key, name in _KEPT.items()
            if (value := props.get(key)) is not None
        ]
        switches = [f" {name}" for name in _SWITCHES if props.get(name)]
        opened = f"<{tag}{''.join(attributes)}{''.join(switches)}>"
        return opened if tag in _VOID else f"{opened}{self.write(props.get('children'))}</{tag}>"

    def _hold_place(self, props: Mapping[str, Any]) -> str:
        """Leave the room of what only a script can draw: a field with its label, a chart, a grid."""
        self.left -= 1
        if "label" in props:
            return f'<div class="first-field">{self.write(props["label"])}<div></div></div>'
        style = {"height": f"{_height(props)}px"} if _height(props) else props.get("style") or {}
        return f'<div style="{escape(_style(style))}"></div>'


def _height(props: Mapping[str, Any]) -> float | None:
    """Height of a chart in pixels, where there is one."""
    figure = props.get("figure")
    layout = getattr(figure, "layout", None)
    return getattr(layout, "height", None)


def _style(style: Mapping[str, Any]) -> str:
    """{"textAlign": "right"} -> text-align:right."""
    kebab = {
        "".join(f"-{c.lower()}" if c.isupper() else c for c in name): v for name, v in style.items()
    }
    return ";".join(f"{name}:{value}" for name, value in kebab.items())
