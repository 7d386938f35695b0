"""Our own sheet: a title, what to do, and one line for every finding, made for print."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from bpr.export.cells import is_risky, safe_text
from bpr.export.ooxml.book import Book
from bpr.export.ooxml.colors import FILLS
from bpr.export.ooxml.grid import address
from bpr.export.ooxml.package import Element, Package, local, new_root, number
from bpr.export.ooxml.styles import Look, Styles
from bpr.export.ooxml.text import xml_text
from bpr.export.styles import lines_of

NAME: Final = "指摘一覧"
TITLE: Final = "業務量調査の点検：指摘一覧"

_COLUMNS: Final = {
    "No": 5.0,
    "重さ": 9.0,
    "シート": 14.0,
    "セル": 9.0,
    "書かれている値": 24.0,
    "何が問題か": 46.0,
    "直し方": 46.0,
    "規則": 18.0,
    "済": 5.0,
}
_CENTERED: Final = {"No", "重さ", "セル", "済"}
_LINK_COLOR: Final = "0017C1"
_NOTE_COLOR: Final = "1A1A1C"
_HEADER_FILL: Final = "E8F1FE"
_LINE_HEIGHT: Final = 14
_HIGHEST: Final = 409
_LAST_LETTER: Final = "I"


@dataclass(frozen=True)
class Line:
    """One finding as the list shows it; `link` is the place that the cell's name leads to."""

    severity: str
    label: str
    sheet: str
    cell: str
    value: str
    message: str
    remedy: str
    rule: str
    link: str | None


def is_list(package: Package, path: str) -> bool:
    """Tell whether a sheet is a list that was made here, by its first cell."""
    cell = _first_cell(package, path)
    if cell is None or cell.get("t") != "s":
        return cell is not None and _text(cell) == TITLE
    strings = package.target(package.workbook, "sharedStrings")
    index = number(next((v.text for v in cell if local(v) == "v"), None))
    entries = [e for e in package.peek(strings) if local(e) == "si"] if strings else []
    return index is not None and index < len(entries) and _text(entries[index]) == TITLE


def is_fresh_list(package: Package, path: str) -> bool:
    """Tell whether no other program has saved a list: they all put its texts elsewhere."""
    cell = _first_cell(package, path)
    return cell is not None and cell.get("t") == "inlineStr"


def _first_cell(package: Package, path: str) -> Element | None:
    cell = next(package.peek(path).iter(f"{{{package.main}}}c"), None)
    return cell if cell is not None and cell.get("r") in (None, "A1") else None


def _text(parent: Element) -> str:
    return "".join(part.text or "" for part in parent.iter("{*}t"))


def add_list(
    package: Package, book: Book, styles: Styles, notes: Sequence[str], lines: Sequence[Line]
) -> None:
    """Put the list in front; behind the other sheets where macros may count them."""
    place = len(book.sheets) if book.has_macros else 0
    name = book.free_name(NAME)
    header = len(notes) + 2
    last = header + len(lines)
    book.add(name, _Sheet(package, styles).build(notes, lines), place)
    quoted = quote_sheet(name)
    if lines:
        area = f"{quoted}!$A${header}:${_LAST_LETTER}${last}"
        book.define("_xlnm._FilterDatabase", place, area)
    book.define("_xlnm.Print_Titles", place, f"{quoted}!${header}:${header}")


def quote_sheet(name: str) -> str:
    """Name of a sheet as formulas and links write it.

    >>> quote_sheet("課's 表")
    "'課''s 表'"
    """
    return "'" + name.replace("'", "''") + "'"


class _Sheet:
    def __init__(self, package: Package, styles: Styles) -> None:
        self._ns = f"{{{package.main}}}"
        self._main = package.main
        self._styles = styles

    def build(self, notes: Sequence[str], lines: Sequence[Line]) -> Element:
        """Build the part of the sheet."""
        header = len(notes) + 2
        last = header + len(lines)
        root = new_root("worksheet", self._main)
        self._add(self._add(root, "sheetPr"), "pageSetUpPr", fitToPage="1")
        self._add(root, "dimension", ref=f"A1:{_LAST_LETTER}{last}")
        self._add_view(root, header)
        self._add(root, "sheetFormatPr", defaultRowHeight="18")
        columns = self._add(root, "cols")
        for column, width in enumerate(_COLUMNS.values(), start=1):
            told = {"min": str(column), "max": str(column), "width": f"{width:g}"}
            self._add(columns, "col", **told, customWidth="1")
        data = self._add(root, "sheetData")
        self._add_row(data, 1, 24, [(TITLE, Look(size=14, bold=True, box=False))])
        for row, note in enumerate(notes, start=2):
            self._add_row(data, row, 18, [(note, Look(color=_NOTE_COLOR, box=False))])
        look = Look(bold=True, fill=_HEADER_FILL, center=True)
        self._add_row(data, header, 22, [(label, look) for label in _COLUMNS])
        for count, line in enumerate(lines, start=1):
            cells = list(_cells(count, line))
            texts = zip(cells, _COLUMNS.values(), strict=True)
            most = max(lines_of(str(text), width) for (text, _), width in texts)
            self._add_row(data, header + count, min(_HIGHEST, 8 + _LINE_HEIGHT * most), cells)
        if lines:
            self._add(root, "autoFilter", ref=f"A{header}:{_LAST_LETTER}{last}")
            self._add_ticks(root, header + 1, last)
        links = [(header + n, line.link) for n, line in enumerate(lines, start=1) if line.link]
        parent = self._add(root, "hyperlinks") if links else root
        for row, link in links:
            self._add(parent, "hyperlink", ref=f"D{row}", location=xml_text(link))
        self._add_page(root)
        return root

    def _add(self, parent: Element, name: str, **told: str) -> Element:
        return etree.SubElement(parent, f"{self._ns}{name}", told)

    def _add_view(self, root: Element, header: int) -> None:
        views = self._add(root, "sheetViews")
        view = self._add(views, "sheetView", showGridLines="0", tabSelected="1", workbookViewId="0")
        top = f"A{header + 1}"
        pane = {"ySplit": str(header), "topLeftCell": top, "activePane": "bottomLeft"}
        self._add(view, "pane", **pane, state="frozen")
        self._add(view, "selection", pane="bottomLeft", activeCell=top, sqref=top)

    def _add_row(
        self, data: Element, at: int, height: int, cells: Sequence[tuple[str | int, Look]]
    ) -> None:
        row = self._add(data, "row", r=str(at), ht=str(height), customHeight="1")
        for column, (content, look) in enumerate(cells):
            style = str(self._styles.own(look))
            cell = self._add(row, "c", r=address((at - 1, column)), s=style)
            if isinstance(content, int):
                self._add(cell, "v").text = str(content)
            elif content:
                cell.set("t", "inlineStr")
                text = self._add(self._add(cell, "is"), "t")
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                text.text = xml_text(content)

    def _add_ticks(self, root: Element, first: int, last: int) -> None:
        """Offer ✓ in the last column."""
        rules = self._add(root, "dataValidations", count="1")
        told = {
            "type": "list",
            "allowBlank": "1",
            "sqref": f"{_LAST_LETTER}{first}:{_LAST_LETTER}{last}",
        }
        self._add(self._add(rules, "dataValidation", **told), "formula1").text = '"✓"'

    def _add_page(self, root: Element) -> None:
        margins = {"left": "0.3", "right": "0.3", "top": "0.4", "bottom": "0.5"}
        self._add(root, "pageMargins", **margins, header="0.2", footer="0.2")
        told = {"paperSize": "9", "orientation": "landscape", "fitToWidth": "1"}
        self._add(root, "pageSetup", **told, fitToHeight="0")
        self._add(self._add(root, "headerFooter"), "oddFooter").text = "&C&P / &N"


def _cells(count: int, line: Line) -> Iterator[tuple[str | int, Look]]:
    """Texts and looks of a finding, column by column."""
    contents: dict[str, str | int] = {
        "No": count,
        "重さ": line.label,
        "シート": line.sheet,
        "セル": line.cell,
        "書かれている値": line.value,
        "何が問題か": line.message,
        "直し方": line.remedy,
        "規則": line.rule,
        "済": "",
    }
    for name, content in contents.items():
        is_link = name == "セル" and line.link is not None
        yield (
            content,
            Look(
                bold=name == "重さ" and line.severity in FILLS,
                color=_LINK_COLOR if is_link else None,
                underline=is_link,
                fill=FILLS[line.severity][0] if name == "重さ" and line.severity in FILLS else None,
                center=name in _CENTERED,
                literal=isinstance(content, str) and is_risky(safe_text(content)),
            ),
        )
