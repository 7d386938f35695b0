"""The rows and cells of a sheet part: find or make a cell, and measure where things stand."""

import re
from typing import Final

from lxml import etree

from bpr.export.ooxml.package import (
    Element,
    Package,
    UnpatchableError,
    drop_attribute,
    local,
    number,
)
from bpr.read.cells import column_index, column_letter

LAST_COLUMN: Final = 16_383
LAST_ROW: Final = 1_048_575
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_BEFORE_VML: Final = {
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing",
}  # fmt: skip
_PIXELS_PER_LETTER: Final = 7
_PIXELS_PER_POINT: Final = 96 / 72
_WIDTH: Final = 64.0
_HEIGHT: Final = 20.0

Place = tuple[int, int]
"""Row and column, both 0-based."""


def place_of(cell: str | None) -> Place | None:
    """Row and column of an A1 address; None where it is none that a sheet can have.

    >>> place_of("C5"), place_of("XFE1"), place_of("A1:B2")
    ((4, 2), None, None)
    """
    match = _ADDRESS.fullmatch(cell or "")
    if match is None:
        return None
    row, column = int(match[2]) - 1, column_index(match[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def address(place: Place) -> str:
    """A1 address.

    >>> address((4, 2))
    'C5'
    """
    return f"{column_letter(place[1])}{place[0] + 1}"


class Grid:
    """The cells of one sheet."""

    def __init__(self, package: Package, path: str) -> None:
        self._ns = f"{{{package.main}}}"
        self._office = package.office
        self._root = package.edit(path)
        data = next((child for child in self._root if local(child) == "sheetData"), None)
        if data is None:
            raise UnpatchableError
        self._data = data
        self._rows: dict[int, Element] = {}
        index = -1
        for row in data:
            if local(row) == "row":
                index = _told(row.get("r"), index + 2) - 1
                self._rows[index] = row
        self._cells: dict[int, dict[int, Element]] = {}
        self._merged = [
            _area(entry.get("ref")) for entry in self._root.iter(f"{self._ns}mergeCell")
        ]
        self._columns = [
            (_told(c.get("min"), 1) - 1, _told(c.get("max"), 1) - 1, c)
            for c in self._root.iter(f"{self._ns}col")
        ]
        form = next(iter(self._root.iter(f"{self._ns}sheetFormatPr")), None)
        told = {str(k): str(v) for k, v in form.attrib.items()} if form is not None else {}
        self._width = _size(told.get("defaultColWidth"), _PIXELS_PER_LETTER, _WIDTH) or _WIDTH
        self._height = _size(told.get("defaultRowHeight"), _PIXELS_PER_POINT, _HEIGHT) or _HEIGHT

    # --- cells ----------------------------------------------------------------------------------

    def shown_at(self, place: Place) -> Place:
        """Return the cell that shows this one: of a merged range the first."""
        row, column = place
        for area in self._merged:
            if area and area[0] <= row <= area[2] and area[1] <= column <= area[3]:
                return area[0], area[1]
        return place

    def style(self, place: Place) -> int:
        """Style of a cell; one that does not exist yet looks like its row or column."""
        row, column = place
        cell = self._cells_of(row).get(column)
        if cell is not None:
            return _told(cell.get("s"), 0)
        line = self._rows.get(row)
        if line is not None and line.get("customFormat") in ("1", "true"):
            return _told(line.get("s"), 0)
        styles = (
            _told(c.get("style"), 0) for low, high, c in self._columns if low <= column <= high
        )
        return next(styles, 0)

    def set_style(self, place: Place, style: int) -> None:
        """Give a cell a style; a cell that does not exist yet is made in its right place."""
        row, column = place
        cells = self._cells_of(row)
        if column not in cells:
            line = self._row(row)
            cell = etree.Element(f"{self._ns}c", r=address(place))
            following = [other for index, other in cells.items() if index > column]
            if following:
                line.insert(line.index(following[0]), cell)
            elif cells:
                line.insert(line.index(cells[max(cells)]) + 1, cell)
            else:
                line.insert(0, cell)
            drop_attribute(line, "spans")
            self._cells[row] = dict(sorted({**cells, column: cell}.items()))
        self._cells[row][column].set("s", str(style))

    def _cells_of(self, row: int) -> dict[int, Element]:
        """Cells of a row by column, from left to right."""
        if row not in self._cells:
            found: dict[int, Element] = {}
            column = -1
            for cell in self._rows.get(row, ()):
                if local(cell) == "c":
                    place = place_of(cell.get("r"))
                    column = place[1] if place else column + 1
                    found[column] = cell
            self._cells[row] = found
        return self._cells[row]

    def _row(self, row: int) -> Element:
        if row not in self._rows:
            line = etree.Element(f"{self._ns}row", r=str(row + 1))
            later = min((index for index in self._rows if index > row), default=None)
            if later is None:
                self._data.append(line)
            else:
                self._data.insert(self._data.index(self._rows[later]), line)
            self._rows[row] = line
        return self._rows[row]

    # --- drawings of comments -------------------------------------------------------------------

    def link_vml(self, relation: str | None) -> None:
        """Refer to the drawing that holds the boxes of comments; None takes the reference away."""
        for child in [child for child in self._root if local(child) == "legacyDrawing"]:
            self._root.remove(child)
        if relation is None:
            return
        link = etree.Element(f"{self._ns}legacyDrawing", nsmap={"r": self._office})
        link.set(f"{{{self._office}}}id", relation)
        before = [i for i, child in enumerate(self._root) if local(child) in _BEFORE_VML]
        self._root.insert(max(before) + 1, link)

    # --- measures -------------------------------------------------------------------------------

    def column_at(self, column: int, pixels: float) -> tuple[int, int]:
        """Column, and pixels within it, at a distance from the left edge of a column."""
        while column < LAST_COLUMN:
            width, last = self._column(column)
            if pixels < width:
                return column, int(pixels)
            pixels -= width
            column = last + 1
        return LAST_COLUMN, 0

    def row_at(self, row: int, pixels: float) -> tuple[int, int]:
        """Row, and pixels within it, at a distance from the upper edge of a row."""
        while row < LAST_ROW and pixels >= self._row_height(row):
            pixels -= self._row_height(row)
            row += 1
        return row, int(pixels)

    def column_before(self, column: int, pixels: float) -> int:
        """Return the column that begins at least so far left of the right edge of this one."""
        while column > 0 and pixels > self._column(column)[0]:
            pixels -= self._column(column)[0]
            column -= 1
        return column

    def _column(self, column: int) -> tuple[float, int]:
        """Width of a column in pixels, and the last column that is hidden together with it."""
        for low, high, told in self._columns:
            if low <= column <= high:
                if told.get("hidden") in ("1", "true"):
                    return 0, max(column, high)
                return _size(told.get("width"), _PIXELS_PER_LETTER, self._width), column
        return self._width, column

    def _row_height(self, row: int) -> float:
        line = self._rows.get(row)
        if line is None:
            return self._height
        if line.get("hidden") in ("1", "true"):
            return 0
        return _size(line.get("ht"), _PIXELS_PER_POINT, self._height)


def _area(ref: str | None) -> tuple[int, int, int, int] | None:
    first, _, last = (ref or "").partition(":")
    start, end = place_of(first), place_of(last or first)
    return (*start, *end) if start and end else None


def _told(text: str | None, default: int) -> int:
    told = number(text)
    return default if told is None else told


def _size(text: str | None, factor: float, default: float) -> float:
    try:
        return max(0.0, float(text)) * factor if text else default
    except ValueError:
        return default
