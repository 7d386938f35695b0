"""Charts as inline SVG: stacked bars and pairs of bars, readable in grey, told in words too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bpr.export.report_page import Html, escape

SHADES: Final = ("#0017C1", "#3460FB", "#7096F8", "#C5D7FB")
"""One hue from dark to light, so that the order is clear without color."""
_INKS: Final = ("#FFFFFF", "#FFFFFF", "#000000", "#000000")
_WIDTH: Final = 720
_LABELS: Final = 190
_ENDS: Final = 86
_BAR: Final = 26
_STEP: Final = 38
_FONT: Final = 13
_ROOM: Final = 44
"""Shortest piece of a bar that its number fits into."""


@dataclass(frozen=True)
class Bar:
    """One bar: its label, the values of its pieces, and what stands at its end."""

    label: str
    values: Sequence[float]
    end: str
    pieces: Sequence[str]
    """What stands in the pieces, where there is room."""


def draw_stacks(name: str, title: str, told: str, series: Sequence[str], bars: Sequence[Bar]) -> Html:  # fmt: skip
    """Stacked bars of up to four series; `told` says for those who do not see them what they show.

    `name` is the id that tells the charts of a page apart; lengths are to scale from 0.
    """
    longest = max((sum(bar.values) for bar in bars), default=0.0) or 1.0
    room = _WIDTH - _LABELS - _ENDS
    top = 30
    parts = [_legend(series)]
    for number, bar in enumerate(bars):
        y = top + number * _STEP
        parts.append(_text(_LABELS - 8, y + _BAR / 2, bar.label, anchor="end"))
        x = float(_LABELS)
        for value, shown, shade, ink in zip(bar.values, bar.pieces, SHADES, _INKS, strict=False):
            width = room * max(value, 0.0) / longest
            parts.append(
                f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{_BAR}" fill="{shade}" stroke="#FFFFFF"/>'
            )
            if width >= _ROOM:
                parts.append(_text(x + width / 2, y + _BAR / 2, shown, anchor="middle", ink=ink))
            x += width
        parts.append(_text(x + 6, y + _BAR / 2, bar.end))
    return _figure(name, title, told, top + len(bars) * _STEP, parts)


def draw_pairs(name: str, title: str, told: str, series: Sequence[str], bars: Sequence[Bar]) -> Html:  # fmt: skip
    """For each bar its two values one below the other: ours, and what to compare them with."""
    longest = max((value for bar in bars for value in bar.values), default=0.0) or 1.0
    room = _WIDTH - _LABELS - _ENDS
    top, half = 30, 17
    parts = [_legend(series, (SHADES[0], SHADES[3]))]
    for number, bar in enumerate(bars):
        y = top + number * (2 * half + 12)
        parts.append(_text(_LABELS - 8, y + half, bar.label, anchor="end"))
        for line, (value, shown) in enumerate(zip(bar.values, bar.pieces, strict=True)):
            width = room * max(value, 0.0) / longest
            shade = SHADES[0] if line == 0 else SHADES[3]
            at = y + line * half
            parts.append(
                f'<rect x="{_LABELS}" y="{at}" width="{width:.1f}" height="{half - 2}" fill="{shade}" stroke="#1A1A1C" stroke-width="0.5"/>'
            )
            parts.append(_text(_LABELS + width + 6, at + half / 2, shown))
    return _figure(name, title, told, top + len(bars) * (2 * half + 12), parts)


def _legend(series: Sequence[str], shades: Sequence[str] = SHADES) -> str:
    parts, x = [], 4.0
    for label, shade in zip(series, shades, strict=False):
        parts.append(
            f'<rect x="{x:.0f}" y="3" width="14" height="14" fill="{shade}" stroke="#1A1A1C" stroke-width="0.5"/>'
        )
        parts.append(_text(x + 19, 10, label))
        x += 36 + sum(_FONT * (0.56 if sign.isascii() else 1) for sign in label)
    return "".join(parts)


def _text(x: float, y: float, text: str, *, anchor: str = "start", ink: str = "#1A1A1C") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{_FONT}" fill="{ink}" text-anchor="{anchor}" '
        f'dominant-baseline="central">{escape(text)}</text>'
    )


def _figure(name: str, title: str, told: str, height: float, parts: Sequence[str]) -> Html:
    return Html(
        f'<figure><figcaption>{escape(title)}</figcaption><svg viewBox="0 0 {_WIDTH} {height:.0f}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(told)}</desc>{"".join(parts)}</svg></figure>'
    )
