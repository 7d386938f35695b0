"""A word with its meaning: shown on hover, focus and tap; Escape puts it away (explain.js)."""

from collections.abc import Sequence

from dash import html

from bpr.dashboard.components.aria import aria
from bpr.dashboard.explanations import EXPLANATIONS


def explain(name: str, place: str, shown: str = "", *, tab: bool = True) -> html.Span:
    """The word of `EXPLANATIONS` (or `shown` in its stead); `place` is one of a kind on its page.

    `tab`: whether Tab comes to it, as it should wherever no arrow key does.
    """
    term, told = EXPLANATIONS[name], f"explain-{place}-{name}"
    button = html.Button(
        shown or term.label,
        type="button",
        className="term",
        tabIndex="0" if tab else "-1",
        **aria(describedby=told),
    )
    note = html.Span(term.note, id=told, role="tooltip", className="explanation")
    return html.Span([button, note], className="explained")


def explain_row(place: str, names: Sequence[str]) -> html.Div:
    """The hard words of a page in a row, for lists and fields that can hold no button.

    It is one stop for Tab; the arrow keys move within it.
    """
    words = [explain(name, place, tab=not number) for number, name in enumerate(names)]
    return html.Div(
        ["言葉の説明：", *words],
        className="explained-row",
        role="toolbar",
        **aria(label="この画面の言葉の説明。矢印キーで移ります。"),
    )
