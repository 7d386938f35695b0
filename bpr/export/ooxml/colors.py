"""Colors of OOXML as luminance, and the fill of a mark on which a text stays readable."""

import colorsys
from collections.abc import Mapping, Sequence
from typing import Final

from openpyxl.styles.colors import COLOR_INDEX

from bpr.export.ooxml.package import Element, local, number

FILLS: Final[Mapping[str, tuple[str, ...]]] = {
    "error": ("FFBBBB", "FDEEEE", "CE0000", "620000"),
    "warning": ("FFE380", "FBF5E0", "806300", "604B00"),
}
"""Severity -> fill, a paler one for colored text, a dark and a darker one for light text.

Red and Yellow 200, 50, 900 or 1000, 1200 of the Digital Agency's palette.
"""
CONTRAST: Final = 4.5
"""What WCAG 2.2 AA asks of text."""

_THEME: Final = (
    "lt1", "dk1", "lt2", "dk2",
    "accent1", "accent2", "accent3", "accent4", "accent5", "accent6",
    "hlink", "folHlink",
)  # fmt: skip
_OFFICE_THEME: Final = (
    "FFFFFF", "000000", "EEECE1", "1F497D",
    "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646",
    "0000FF", "800080",
)  # fmt: skip
_BLACK: Final = "000000"
_LINEAR_BELOW: Final = 0.04045


def theme_colors(theme: Element | None) -> Sequence[str]:
    """RGB of a theme's colors in the order in which cells number them."""
    found = dict(zip(_THEME, _OFFICE_THEME, strict=True))
    for scheme in theme.iter("{*}clrScheme") if theme is not None else ():
        for entry in scheme:
            for color in entry:
                rgb = color.get("lastClr") or color.get("val") or ""
                if _is_rgb(rgb):
                    found[local(entry)] = rgb.upper()
    return [found[name] for name in _THEME]


def text_color(color: Element | None, theme: Sequence[str]) -> str:
    """RGB of the color of a font; what is not told is black."""
    if color is None:
        return _BLACK
    rgb = (color.get("rgb") or "")[-6:]
    theme_index, index = number(color.get("theme")), number(color.get("indexed"))
    if theme_index is not None and theme_index < len(theme):
        rgb = theme[theme_index]
    elif index is not None and index < len(COLOR_INDEX):
        rgb = COLOR_INDEX[index][-6:]
    if not _is_rgb(rgb):
        return _BLACK
    try:
        return _tinted(rgb, float(color.get("tint") or 0))
    except ValueError:
        return rgb


def mark_fill(severity: str, text: str) -> str:
    """RGB of the mark on which the text is readable: the first that is, else the best."""
    fills = FILLS[severity]
    readable = [fill for fill in fills if contrast(fill, text) >= CONTRAST]
    return readable[0] if readable else max(fills, key=lambda fill: contrast(fill, text))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colors after WCAG.

    >>> round(contrast("FFFFFF", "000000"), 1), round(contrast("FFBBBB", "000000"), 1)
    (21.0, 13.1)
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(rgb: str) -> float:
    parts = (
        part / 12.92 if part <= _LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4
        for part in _parts(rgb)
    )
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def _parts(rgb: str) -> tuple[float, float, float]:
    red, green, blue = (int(rgb[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def _tinted(rgb: str, tint: float) -> str:
    """Lighten (tint > 0) or darken a color as cells do."""
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(rgb))
    tint = max(-1.0, min(1.0, tint))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(p * 255):02X}" for p in colorsys.hls_to_rgb(hue, light, saturation))


def _is_rgb(text: str) -> bool:
    return len(text) == 6 and all(ch in "0123456789abcdefABCDEF" for ch in text)  # noqa: PLR2004
