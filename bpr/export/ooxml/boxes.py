"""The boxes of comments: shapes in a VML drawing, which forms share with their buttons."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from bpr.export.ooxml.grid import LAST_COLUMN, Grid, Place
from bpr.export.ooxml.package import Element, Package, local, number
from bpr.export.styles import lines_of

_V: Final = "urn:schemas-microsoft-com:vml"
_O: Final = "urn:schemas-microsoft-com:office:office"
_X: Final = "urn:schemas-microsoft-com:office:excel"
_NS: Final = {"v": _V, "o": _O, "x": _X}
_KIND: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_TYPE_ID: Final = "_x0000_t202"
_BREAK = re.compile(rb"<br\s*>", re.IGNORECASE)
_BLOCK: Final = 1_024
"""Shapes are numbered by blocks of this size; a drawing says which blocks are its own."""
_BLOCKS = re.compile(rb'idmap[^>]*\sdata="([\d,]+)"')

_NARROW: Final = 330.0
_WIDE: Final = 520.0
_MANY_LINES: Final = 14
_PIXELS_PER_UNIT: Final = 6.6
_PIXELS_PER_LINE: Final = 17.0
_MARGIN: Final = 18.0
_ANCHOR: Final = ("column", "right of it", "row", "below it") * 2
"""What the numbers of an anchor are: the upper left corner, then the lower right one."""
_GAP: Final = 15
"""Pixels between a cell and its box."""


class Boxes:
    """The drawing of a sheet's comments; UnpatchableError if it is no XML at all."""

    def __init__(self, package: Package, sheet: str) -> None:
        self._package = package
        self._sheet = sheet
        path = self._linked()
        self._is_new = path is None
        if path is None:
            path = package.free_name("xl/drawings/vmlDrawing{}.vml")
            package.set(path, _new_drawing())
            package.set_kind("vml", _KIND)
        elif b"<br" in package.data(path).lower():  # Excel writes HTML there that is no XML
            package.set(path, _BREAK.sub(b"<br/>", package.data(path)))
        self._path: Final = path
        self._root: Final = package.edit(path)
        self._ids = self._free_ids()
        types = self._root.iter(f"{{{_V}}}shapetype")
        self._has_type = any(shape_type.get("id") == _TYPE_ID for shape_type in types)
        self._shapes = {
            place: shape
            for shape in self._root.iter(f"{{{_V}}}shape")
            if (place := _noted_cell(shape)) is not None
        }

    def _linked(self) -> str | None:
        """Return the drawing that the sheet names; another may belong to its header."""
        for child in self._package.peek(self._sheet):
            if local(child) == "legacyDrawing":
                told = child.get(f"{{{self._package.office}}}id")
                for relation in self._package.relations(self._sheet):
                    if relation.id == told and relation.target in self._package:
                        return relation.target
        return None

    def put(self, grid: Grid, place: Place, text: str) -> None:
        """Make a box for a cell's comment, or make its box large enough for the text."""
        width = _NARROW if lines_of(text, _units(_NARROW)) <= _MANY_LINES else _WIDE
        height = lines_of(text, _units(width)) * _PIXELS_PER_LINE + _MARGIN
        shape = self._shapes.get(place)
        if shape is None:
            shape = self._add(place, width, height)
        data = next(shape.iter(f"{{{_X}}}ClientData"))
        anchor = next(iter(data.iter(f"{{{_X}}}Anchor")), None)
        if anchor is None:
            anchor = etree.Element(f"{{{_X}}}Anchor")
            flags = (
                i for i, c in enumerate(data) if local(c) not in {"MoveWithCells", "SizeWithCells"}
            )
            data.insert(next(flags, len(data)), anchor)
        numbers = [int(n) for n in re.findall(r"-?\d{1,9}", anchor.text or "")]
        if len(numbers) == len(_ANCHOR):
            left, top = (numbers[0], max(0, numbers[1])), (numbers[2], max(0, numbers[3]))
            right, bottom = (numbers[4], numbers[5]), (numbers[6], numbers[7])
        else:
            left, top, right, bottom = *_start(grid, place, width), (0, 0), (0, 0)
        right = max(right, grid.column_at(left[0], left[1] + width))
        bottom = max(bottom, grid.row_at(top[0], top[1] + height))
        anchor.text = ", ".join(map(str, (*left, *top, *right, *bottom)))

    def remove(self, place: Place | None) -> None:
        """Remove the box of a cell."""
        shape = self._shapes.pop(place, None) if place is not None else None
        parent = shape.getparent() if shape is not None else None
        if shape is not None and parent is not None:
            parent.remove(shape)

    def close(self, grid: Callable[[], Grid]) -> None:
        """Let the sheet name a new drawing; drop one in which nothing is left."""
        if any(local(child) not in {"shapelayout", "shapetype", ""} for child in self._root):
            if self._is_new:
                relation = self._package.relate(self._sheet, "vmlDrawing", self._path)
                grid().link_vml(relation)
            return
        if not self._is_new:
            grid().link_vml(None)
            self._package.unrelate(self._sheet, self._path)
        self._package.drop(self._path)

    def _add(self, place: Place, width: float, height: float) -> Element:
        if not self._has_type:
            self._root.append(_shape_type())
            self._has_type = True
        shape = etree.SubElement(self._root, f"{{{_V}}}shape", nsmap=_NS)
        shape.set("id", f"_x0000_s{next(self._ids)}")
        shape.set("type", f"#{_TYPE_ID}")
        size = f"width:{width * 0.75:g}pt;height:{height * 0.75:g}pt"
        shape.set(
            "style", f"position:absolute;margin-left:60pt;margin-top:2pt;{size};visibility:hidden"
        )
        shape.set("fillcolor", "#ffffe1")
        shape.set(f"{{{_O}}}insetmode", "auto")
        etree.SubElement(shape, f"{{{_V}}}fill", color2="#ffffe1")
        etree.SubElement(shape, f"{{{_V}}}shadow", color="black", obscured="t")
        etree.SubElement(shape, f"{{{_V}}}path").set(f"{{{_O}}}connecttype", "none")
        box = etree.SubElement(shape, f"{{{_V}}}textbox", style="mso-direction-alt:auto")
        etree.SubElement(box, "div", style="text-align:left")
        data = etree.SubElement(shape, f"{{{_X}}}ClientData", ObjectType="Note")
        for name, told in (
            ("MoveWithCells", None),
            ("SizeWithCells", None),
            ("AutoFill", "False"),
            ("Row", str(place[0])),
            ("Column", str(place[1])),
        ):
            etree.SubElement(data, f"{{{_X}}}{name}").text = told
        self._shapes[place] = shape
        return shape

    def _free_ids(self) -> Iterator[int]:
        """Numbers of shapes that no drawing of the workbook uses; their blocks are noted."""
        told = [0]
        for name in self._package.names(".vml"):
            if self._package.is_edited(name):
                maps = [
                    e.get("data") or "" for e in self._package.peek(name).iter(f"{{{_O}}}idmap")
                ]
            else:
                maps = [found.decode() for found in _BLOCKS.findall(self._package.data(name))]
            told.extend(int(n) for blocks in maps for n in re.findall(r"\d{1,9}", blocks))
        block = max(told)
        while True:
            block += 1
            idmap = next(self._root.iter(f"{{{_O}}}idmap"), None)
            if idmap is None:
                layout = etree.Element(f"{{{_O}}}shapelayout", nsmap=_NS)
                layout.set(f"{{{_V}}}ext", "edit")
                idmap = etree.SubElement(layout, f"{{{_O}}}idmap")
                idmap.set(f"{{{_V}}}ext", "edit")
                self._root.insert(0, layout)
            known = idmap.get("data")
            idmap.set("data", f"{known},{block}" if known else str(block))
            yield from range(block * _BLOCK + 1, (block + 1) * _BLOCK)


def _new_drawing() -> Element:
    root = etree.Element("xml", nsmap=_NS)
    root.append(_shape_type())
    return root


def _shape_type() -> Element:
    kind = etree.Element(f"{{{_V}}}shapetype", nsmap=_NS)
    kind.set("id", _TYPE_ID)
    kind.set("coordsize", "21600,21600")
    kind.set(f"{{{_O}}}spt", "202")
    kind.set("path", "m,l,21600r21600,l21600,xe")
    etree.SubElement(kind, f"{{{_V}}}stroke", joinstyle="miter")
    path = etree.SubElement(kind, f"{{{_V}}}path", gradientshapeok="t")
    path.set(f"{{{_O}}}connecttype", "rect")
    return kind


def _noted_cell(shape: Element) -> Place | None:
    """Return the cell whose comment a shape is the box of."""
    for data in shape.iter(f"{{{_X}}}ClientData"):
        told = {local(child): (child.text or "").strip() for child in data}
        row, column = number(told.get("Row")), number(told.get("Column"))
        if data.get("ObjectType") == "Note" and row is not None and column is not None:
            return row, column
    return None


def _start(grid: Grid, place: Place, width: float) -> tuple[Place, Place]:
    """Upper left corner of a box: right of the cell, or left of it where there is no room."""
    row, column = place
    left = (min(column + 1, LAST_COLUMN), _GAP)
    if grid.column_at(left[0], left[1] + width)[0] == LAST_COLUMN:
        left = (grid.column_before(max(0, column - 1), width), 0)
    return left, (max(0, row - 1), _GAP if row else 2)


def _units(width: float) -> float:
    return (width - _MARGIN) / _PIXELS_PER_UNIT
