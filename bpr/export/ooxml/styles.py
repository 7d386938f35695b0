"""The styles part: marks as clones of a cell's own format with nothing changed but the fill.

The fill of a mark remembers the fill that it hides: in a solid fill only `fgColor` is seen, so
`bgColor` holds the color from before. That survives Excel, moved rows and a deleted list.
"""

from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree

from bpr.export.ooxml.colors import FILLS, mark_fill, text_color, theme_colors
from bpr.export.ooxml.package import Element, Package, local, number

FONT: Final = "BIZ UDPゴシック"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_PLAIN: Final = (
    '<styleSheet xmlns="{}"><fonts><font><sz val="11"/><name val="Calibri"/></font></fonts><fills>'
    '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    "</fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/></cellXfs>"
    '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_ORDER: Final = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles", "colors", "extLst",
)  # fmt: skip
_XF: Final = {"numFmtId": "0", "fontId": "0", "fillId": "0", "borderId": "0"}
_OURS: Final = {f"FF{rgb}" for fills in FILLS.values() for rgb in fills}
_NO_FILL: Final = "FFFFFFFE"
"""What `bgColor` says where there was no fill; nobody chooses this white."""
_LINE: Final = "FFD9D9E3"
_AUTOMATIC: Final = "64"
_COLOR: Final = ("rgb", "theme", "indexed", "tint")


@dataclass(frozen=True)
class Look:
    """How a cell of our own sheet looks."""

    size: int = 10
    bold: bool = False
    color: str | None = None
    underline: bool = False
    fill: str | None = None
    box: bool = True
    center: bool = False
    literal: bool = False
    """Text that Excel would take for a formula once it is edited (quotePrefix)."""


class Styles:
    """The formats of a workbook's cells, by the numbers that cells carry."""

    def __init__(self, package: Package) -> None:
        self._ns = f"{{{package.main}}}"
        path = package.target(package.workbook, "styles")
        if path is None:
            path = "xl/styles.xml"
            if path not in package:
                package.set(path, _PLAIN.format(package.main).encode())
                package.set_kind(path, _KIND)
            package.relate(package.workbook, "styles", path)
        self._root = package.edit(path)
        theme = package.target(package.workbook, "theme")
        self._theme = theme_colors(package.peek(theme) if theme else None)
        self._marked: dict[tuple[int, str], int] = {}
        self._looks: dict[Look, int] = {}
        self._known: dict[str, dict[tuple[object, ...], int]] = {}
        self._sizes: dict[str, int] = {}
        self._fonts = self._section("fonts", "font")
        self._fills = self._section("fills", "fill", "fill")
        self._borders = self._section("borders", "border")
        self._xfs = self._section("cellXfs", "xf")

    def _section(self, name: str, *entries: str) -> Element:
        """Return the list of this name; where there is none, a new one with its first entries."""
        for child in self._root:
            if local(child) == name:
                return child
        section = etree.Element(f"{self._ns}{name}")
        for place, entry in enumerate(entries):
            child = etree.SubElement(section, f"{self._ns}{entry}", _XF if entry == "xf" else {})
            if entry == "fill":
                pattern = ("none", "gray125")[place]
                etree.SubElement(child, f"{self._ns}patternFill", patternType=pattern)
        later = _ORDER[_ORDER.index(name) + 1 :]
        behind = next((i for i, c in enumerate(self._root) if local(c) in later), len(self._root))
        self._root.insert(behind, section)
        return section

    # --- marks ----------------------------------------------------------------------------------

    def marked(self, style: int, severity: str) -> int:
        """Return the style that is like this one but for the fill of a mark."""
        key = (style, severity)
        if key not in self._marked:
            xf = self._xf(style)
            fonts = _entries(self._fonts, "font")
            font = fonts[_index(xf, "fontId", len(fonts))] if fonts else None
            color = (
                next((c for c in font if local(c) == "color"), None) if font is not None else None
            )
            rgb = mark_fill(severity, text_color(color, self._theme))
            xf.set("fillId", str(self._add(self._fills, self._mark(rgb, xf))))
            xf.set("applyFill", "1")
            self._marked[key] = self._add(self._xfs, xf)
        return self._marked[key]

    def _xf(self, style: int) -> Element:
        """Clone of a format; that of the first style where the number leads nowhere."""
        xfs = _entries(self._xfs, "xf")
        if not xfs:
            return etree.Element(f"{self._ns}xf", _XF)
        xf = xfs[style if style < len(xfs) else 0]
        clone = deepcopy(xf)
        clone.tail = None
        return clone

    def _mark(self, rgb: str, xf: Element) -> Element:
        """Return the fill of a mark on a cell of this format."""
        fills = _entries(self._fills, "fill")
        hidden = {"rgb": _NO_FILL}
        pattern = next(iter(fills[_index(xf, "fillId", len(fills))]), None) if fills else None
        if pattern is not None and local(pattern) == "patternFill":
            seen = "fgColor" if pattern.get("patternType") == "solid" else "bgColor"
            for color in pattern:
                if local(color) == seen and pattern.get("patternType") not in (None, "none"):
                    told = {str(k): str(v) for k, v in color.attrib.items() if k in _COLOR}
                    hidden = told if told.get("rgb") not in _OURS and told else hidden
        return self._solid({"rgb": f"FF{rgb}"}, hidden)

    def _solid(self, front: dict[str, str], back: dict[str, str]) -> Element:
        fill = etree.Element(f"{self._ns}fill")
        pattern = etree.SubElement(fill, f"{self._ns}patternFill", patternType="solid")
        etree.SubElement(pattern, f"{self._ns}fgColor", front)
        etree.SubElement(pattern, f"{self._ns}bgColor", back)
        return fill

    def has_marks(self) -> bool:
        """Tell whether a fill is a mark without doubt."""
        return any(
            back is not None and back.get("rgb") == _NO_FILL
            for back in self._hidden_fills().values()
        )

    def unmark(self, *, trusted: bool) -> None:
        """Give back the fills that the marks hide; the numbers of the styles stay.

        Not `trusted`: another program wrote `bgColor` anew, so it tells nothing.
        """
        hidden = self._hidden_fills()
        for xf in _entries(self._xfs, "xf"):
            told_fill = number(xf.get("fillId"))
            if told_fill is None or told_fill not in hidden:
                continue
            back = hidden[told_fill]
            told = {str(k): str(v) for k, v in back.attrib.items()} if back is not None else {}
            nothing = not told or told.get("indexed") == _AUTOMATIC
            if not trusted or nothing or told.get("rgb") in {_NO_FILL, *_OURS}:
                xf.set("fillId", "0")
            else:
                xf.set(
                    "fillId",
                    str(self._add(self._fills, self._solid(told, {"indexed": _AUTOMATIC}))),
                )
        self._known.clear()

    def _hidden_fills(self) -> dict[int, Element | None]:
        """Number of each fill of a mark -> the color that it hides."""
        found: dict[int, Element | None] = {}
        for place, fill in enumerate(_entries(self._fills, "fill")):
            for pattern in fill:
                colors = {local(color): color for color in pattern}
                front = colors.get("fgColor")
                rgb = (front.get("rgb") or "").upper() if front is not None else ""
                if pattern.get("patternType") == "solid" and rgb in _OURS:
                    found[place] = colors.get("bgColor")
        return found

    # --- our own sheet --------------------------------------------------------------------------

    def own(self, look: Look) -> int:
        """Return the style of a cell of our own sheet."""
        if look not in self._looks:
            xf = etree.Element(f"{self._ns}xf", _XF, xfId="0")
            xf.set("fontId", str(self._add(self._fonts, self._font(look))))
            if look.fill:
                fill = self._solid({"rgb": f"FF{look.fill}"}, {"indexed": _AUTOMATIC})
                xf.set("fillId", str(self._add(self._fills, fill)))
            if look.box:
                xf.set("borderId", str(self._add(self._borders, self._box())))
            if look.literal:
                xf.set("quotePrefix", "1")
            for name in ("Font", "Fill", "Border", "Alignment"):
                xf.set(f"apply{name}", "1")
            align = {"vertical": "center"} | ({"wrapText": "1"} if look.box else {})
            if look.center:
                align["horizontal"] = "center"
            etree.SubElement(xf, f"{self._ns}alignment", align)
            self._looks[look] = self._add(self._xfs, xf)
        return self._looks[look]

    def _font(self, look: Look) -> Element:
        font = etree.Element(f"{self._ns}font")
        if look.bold:
            etree.SubElement(font, f"{self._ns}b")
        if look.underline:
            etree.SubElement(font, f"{self._ns}u")
        etree.SubElement(font, f"{self._ns}sz", val=str(look.size))
        etree.SubElement(font, f"{self._ns}color", rgb=f"FF{look.color or '1A1A1C'}")
        etree.SubElement(font, f"{self._ns}name", val=FONT)
        etree.SubElement(font, f"{self._ns}family", val="3")
        etree.SubElement(font, f"{self._ns}charset", val="128")
        return font

    def _box(self) -> Element:
        border = etree.Element(f"{self._ns}border")
        for name in ("left", "right", "top", "bottom"):
            side = etree.SubElement(border, f"{self._ns}{name}", style="thin")
            etree.SubElement(side, f"{self._ns}color", rgb=_LINE)
        etree.SubElement(border, f"{self._ns}diagonal")
        return border

    def _add(self, section: Element, entry: Element) -> int:
        """Number of an entry: that of an equal one, else of the new last one."""
        name, shape = local(section), _shape(entry)
        if name not in self._known:
            entries = _entries(section, local(entry))
            self._known[name] = {_shape(e): i for i, e in reversed(list(enumerate(entries)))}
            self._sizes[name] = len(entries)
        known = self._known[name]
        if shape not in known:
            section.append(entry)
            known[shape] = self._sizes[name]
            self._sizes[name] += 1
            section.set("count", str(self._sizes[name]))
        return known[shape]


def _entries(section: Element, name: str) -> list[Element]:
    return [child for child in section if local(child) == name]


def _shape(element: Element) -> tuple[object, ...]:
    """What two equal elements have in common, however they are written."""
    attributes = tuple(sorted((str(k), str(v)) for k, v in element.attrib.items()))
    return (local(element), attributes, *map(_shape, element))


def _index(xf: Element, name: str, size: int) -> int:
    told = number(xf.get(name)) or 0
    return told if told < size else 0
