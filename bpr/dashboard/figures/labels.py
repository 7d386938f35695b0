"""Survey text in a figure: shown as it is, never as the markup that Plotly makes of tags."""

from html import escape
from typing import Final

_LONGEST: Final = 24


def plain_label(text: str) -> str:
    """Return a label with its tags made harmless, cut where it would crowd out the chart."""
    shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return escape(shown, quote=False)
