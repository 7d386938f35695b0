"""Comments of one sheet: ours beside or below those of people, each in a box that shows it whole.

A comment stands in two parts: its text in the comments part, its box in a drawing (VML).
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

from lxml import etree

from bpr.export.ooxml.boxes import Boxes
from bpr.export.ooxml.grid import Grid, Place, address, place_of
from bpr.export.ooxml.package import Element, Package, UnpatchableError, local, new_root, number
from bpr.export.ooxml.text import xml_text

AUTHOR: Final = "業務量調査の点検"
HEADING: Final = f"【{AUTHOR}】"
_LINE: Final = "――――――――――"
_OURS = re.compile(rf"(?:\s*{_LINE}\s*)?{re.escape(HEADING)}")
_CONVERSATION: Final = "tc="
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_FONT: Final = (
    ("sz", {"val": "9"}),
    ("color", {"indexed": "81"}),
    ("rFont", {"val": "BIZ UDPゴシック"}),
    ("family", {"val": "3"}),
    ("charset", {"val": "128"}),
)


class Comments:
    """The comments of a sheet. `put` and `erase`, then `close` once."""

    def __init__(self, package: Package, sheet: str) -> None:
        self._package = package
        self._sheet = sheet
        self._ns = f"{{{package.main}}}"
        self._path = package.target(sheet, "comments")
        self._boxes: Boxes | None = None
        self._is_usable = True
        self._by_place: dict[Place | None, Element] | None = None

    def has_ours(self) -> bool:
        """Tell whether a comment is ours, or has a part of ours."""
        return bool(self._path) and any(
            self._is_ours(c) or _OURS.search(_text(c)) for c in self._list(edit=False)
        )

    def erase(self) -> None:
        """Take our comments away, and our part from those of people."""
        boxes = self._box_part()
        for comment in list(self._list()) if boxes else []:
            text = _text(comment)
            found = _OURS.search(text)
            if self._is_ours(comment) or (found and not text[: found.start()].strip()):
                self._list().remove(comment)
                if boxes:
                    boxes.remove(place_of(comment.get("ref")))
            elif found:
                _cut(comment, found.start())

    def put(self, grid: Grid, place: Place, lines: Sequence[str]) -> None:
        """Comment on a cell; below what a person wrote there.

        A cell in a conversation (threaded comments) is left alone: it can hold nothing else.
        """
        boxes = self._box_part()
        if boxes is None:
            return
        if self._by_place is None:
            self._by_place = {place_of(c.get("ref")): c for c in self._list()}
        known = self._by_place.get(place)
        if known is None:
            comment = self._new(place)
            self._write(comment, [HEADING, *lines])
        elif self._author(known).startswith(_CONVERSATION):
            return
        else:
            comment = known
            self._write(comment, ["", _LINE, HEADING, *lines])
        boxes.put(grid, place, _text(comment))

    def close(self, grid: Callable[[], Grid]) -> None:
        """Drop the parts if nothing is left in them."""
        if self._boxes is not None:
            self._boxes.close(grid)
        if self._path and self._package.is_edited(self._path) and not len(self._list()):
            self._package.unrelate(self._sheet, self._path)
            self._package.drop(self._path)

    # --- the part -------------------------------------------------------------------------------

    def _box_part(self) -> Boxes | None:
        """Return the drawing; None if it cannot be understood, so that no comment may change."""
        if self._boxes is None and self._is_usable:
            try:
                self._boxes = Boxes(self._package, self._sheet)
            except UnpatchableError:
                self._is_usable = False
        return self._boxes

    def _root(self, *, edit: bool = True) -> Element:
        if self._path is None:
            self._path = self._package.free_name("xl/comments{}.xml")
            root = new_root("comments", self._package.main)
            etree.SubElement(root, f"{self._ns}authors")
            etree.SubElement(root, f"{self._ns}commentList")
            self._package.set(self._path, root)
            self._package.set_kind(self._path, _KIND)
            self._package.relate(self._sheet, "comments", self._path)
        return self._package.edit(self._path) if edit else self._package.peek(self._path)

    def _list(self, *, edit: bool = True) -> Element:
        root = self._root(edit=edit)
        for child in root:
            if local(child) == "commentList":
                return child
        raise UnpatchableError

    def _authors(self) -> list[Element]:
        root = self._root(edit=False)
        return next((list(child) for child in root if local(child) == "authors"), [])

    def _author(self, comment: Element) -> str:
        told, authors = number(comment.get("authorId")), self._authors()
        return (authors[told].text or "") if told is not None and told < len(authors) else ""

    def _is_ours(self, comment: Element) -> bool:
        """Tell whether a comment is ours alone; LibreOffice forgets its author."""
        return self._author(comment) == AUTHOR or _text(comment).lstrip().startswith(HEADING)

    def _new(self, place: Place) -> Element:
        names = [author.text for author in self._authors()]
        if AUTHOR not in names:
            authors = next(c for c in self._root() if local(c) == "authors")
            etree.SubElement(authors, f"{self._ns}author").text = AUTHOR
            names.append(AUTHOR)
        comment = etree.Element(f"{self._ns}comment", ref=address(place))
        comment.set("authorId", str(names.index(AUTHOR)))
        comment.set("shapeId", "0")
        etree.SubElement(comment, f"{self._ns}text")
        self._list().append(comment)
        return comment

    def _write(self, comment: Element, lines: Sequence[str]) -> None:
        """Append lines to a comment; our heading in bold."""
        text = next((c for c in comment if local(c) == "text"), None)
        if text is None:
            text = etree.SubElement(comment, f"{self._ns}text")
        for child in [child for child in text if local(child) == "t"]:
            run = etree.Element(f"{self._ns}r")
            text.replace(child, run)
            run.append(child)
        at = lines.index(HEADING)
        before, after = "".join(f"{line}\n" for line in lines[:at]), "\n".join(lines[at + 1 :])
        for part, bold in ((before, False), (HEADING, True), (f"\n{after}", False)):
            if part:
                text.append(self._run(part, bold=bold))

    def _run(self, text: str, *, bold: bool) -> Element:
        run = etree.Element(f"{self._ns}r")
        look = etree.SubElement(run, f"{self._ns}rPr")
        if bold:
            etree.SubElement(look, f"{self._ns}b")
        for name, told in _FONT:
            etree.SubElement(look, f"{self._ns}{name}", told)
        written = etree.SubElement(run, f"{self._ns}t")
        written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        written.text = xml_text(text)
        return run


def _cut(comment: Element, length: int) -> None:
    """Keep only the first letters of a comment."""
    for part in _parts(comment):
        text = part.text or ""
        part.text = text[:length]
        length = max(0, length - len(text))
        run = part.getparent()
        above = run.getparent() if run is not None and local(run) == "r" else None
        if not part.text and run is not None and above is not None:
            above.remove(run)


def _text(comment: Element) -> str:
    return "".join(part.text or "" for part in _parts(comment))


def _parts(comment: Element) -> list[Element]:
    """Where the letters of a comment stand; its furigana are none of them."""
    return [
        part
        for part in comment.iter("{*}t")
        if (parent := part.getparent()) is not None and local(parent) in {"text", "r"}
    ]
