"""The workbook part: which sheets there are, in which order, and which one is in front."""

import re
from collections.abc import Callable
from dataclasses import dataclass
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

_SHEET_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_AFTER_SHEETS: Final = {"functionGroups", "externalReferences"}
_LONGEST_NAME: Final = 31
_SELECTED = re.compile(rb'(<(?:\w+:)?sheetView\b[^>]*?)\s+tabSelected\s*=\s*["\'](?:1|true)["\']')
_ROWS = re.compile(rb"<(?:\w+:)?sheetData\b")


@dataclass(frozen=True)
class SheetPart:
    """A sheet: its name, its part, whether it has cells and is shown."""

    name: str
    path: str
    has_cells: bool
    visible: bool


class Book:
    """The sheets of a workbook."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._ns = f"{{{package.main}}}"
        self._rid = f"{{{package.office}}}id"
        self._root = package.edit(package.workbook)
        sheets = self._child("sheets")
        if sheets is None:
            raise UnpatchableError
        self._sheets = sheets

    @property
    def sheets(self) -> list[SheetPart]:
        """All sheets in order."""
        relations = {r.id: r for r in self._package.relations(self._package.workbook)}
        found = []
        for entry in self._sheets:
            relation = relations.get(entry.get(self._rid) or "")
            if relation is None or relation.target not in self._package:
                raise UnpatchableError
            shown = entry.get("state", "visible") == "visible"
            cells = relation.kind == "worksheet"
            found.append(SheetPart(entry.get("name") or "", relation.target, cells, shown))
        return found

    def free_name(self, name: str) -> str:
        """Return the name, with a number behind it if a sheet has that name already."""
        taken = {sheet.name.lower() for sheet in self.sheets}
        count, free = 1, name
        while free.lower() in taken:
            count += 1
            tail = f" ({count})"
            free = name[: _LONGEST_NAME - len(tail)] + tail
        return free

    def add(self, name: str, xml: Element, place: int) -> None:
        """Insert a sheet and put it in front of the reader."""
        path = self._package.free_name("xl/worksheets/sheet{}.xml")
        self._package.set(path, xml)
        self._package.set_kind(path, _SHEET_KIND)
        relation = self._package.relate(self._package.workbook, "worksheet", path)
        ids = [number(entry.get("sheetId")) or 0 for entry in self._sheets]
        entry = etree.Element(f"{self._ns}sheet", nsmap={"r": self._package.office})
        entry.set("name", name)
        entry.set("sheetId", str(max(ids, default=0) + 1))
        entry.set(self._rid, relation)
        self._renumber(lambda i: i + (i >= place))
        self._sheets.insert(place, entry)
        self._activate(place)

    def remove(self, sheet: SheetPart) -> None:
        """Take a sheet out, with what is known of it in the workbook."""
        place = self.sheets.index(sheet)
        self._sheets.remove(self._sheets[place])
        self._renumber(lambda i: None if i == place else i - (i > place))
        self._package.unrelate(self._package.workbook, sheet.path)
        self._package.drop(sheet.path)
        chain = self._package.target(self._package.workbook, "calcChain")
        if chain:  # may name cells of the sheet; Excel makes it anew
            self._package.unrelate(self._package.workbook, chain)
            self._package.drop(chain)

    def define(self, name: str, place: int, text: str) -> None:
        """Add a name that belongs to one sheet (print titles, filters)."""
        names = self._child("definedNames")
        if names is None:
            names = etree.Element(f"{self._ns}definedNames")
            before = max(
                i
                for i, c in enumerate(self._root)
                if c is self._sheets or local(c) in _AFTER_SHEETS
            )
            self._root.insert(before + 1, names)
        entry = etree.SubElement(names, f"{self._ns}definedName", name=name)
        entry.set("localSheetId", str(place))
        if name.endswith("_FilterDatabase"):
            entry.set("hidden", "1")
        entry.text = text

    @property
    def has_macros(self) -> bool:
        """Tell whether the workbook holds VBA, which may count on the places of sheets."""
        return self._package.target(self._package.workbook, "vbaProject") is not None

    def stop_sharing(self) -> None:
        """Drop the log of a workbook in shared use, which knows nothing of a new sheet."""
        for relation in list(self._package.relations(self._package.workbook)):
            if relation.kind in {"revisionHeaders", "usernames"}:
                self._package.unrelate(self._package.workbook, relation.target)
                self._package.drop(relation.target)

    def _renumber(self, moved: Callable[[int], int | None]) -> None:
        """Move the names of single sheets to the sheets' new places; None drops them."""
        names = self._child("definedNames")
        if names is None:
            return
        for entry in list(names):
            told = number(entry.get("localSheetId"))
            if told is not None:
                place = moved(told)
                if place is None:
                    names.remove(entry)
                else:
                    entry.set("localSheetId", str(place))
        if not len(names):
            self._root.remove(names)

    def _activate(self, place: int) -> None:
        views = self._child("bookViews")
        if views is None:
            views = etree.Element(f"{self._ns}bookViews")
            etree.SubElement(views, f"{self._ns}workbookView")
            self._root.insert(self._root.index(self._sheets), views)
        for view in views:
            view.set("activeTab", str(place))
            drop_attribute(view, "firstSheet")
        for other, sheet in enumerate(self.sheets):
            if other != place:
                self._deselect(sheet.path)

    def _deselect(self, path: str) -> None:
        """Take a sheet out of the selected group, or edits would go to all of its sheets."""
        if self._package.is_edited(path):
            for view in self._package.edit(path).iter(f"{self._ns}sheetView"):
                drop_attribute(view, "tabSelected")
            return
        data = self._package.data(path)
        rows = _ROWS.search(data)
        head = data[: rows.start()] if rows else data
        if b"tabSelected" in head:
            self._package.set(path, _SELECTED.sub(rb"\1", head) + data[len(head) :])

    def _child(self, name: str) -> Element | None:
        return next((child for child in self._root if local(child) == name), None)
