"""The zip of a workbook: parts by name, what refers to what, and what kind each part is.

Parts that nobody edits leave with the very bytes that they came with.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from bpr.read.parts import ZIP_DAMAGES

__all__ = ["Element", "Package", "Relation", "UnpatchableError"]

_TYPES: Final = "[Content_Types].xml"
_TYPES_NS: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELS_NS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_RELS_TYPE: Final = "application/vnd.openxmlformats-package.relationships+xml"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT_OFFICE: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_STRICT_MAIN: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_NEW: Final = (1980, 1, 1, 0, 0, 0)
_DIGITS: Final = 10
_MOST_UNPACKED: Final = 1_073_741_824
_MOST_PARSED: Final = 209_715_200
"""A tree takes some twenty times as much memory as its text."""


class UnpatchableError(Exception):
    """The bytes are no workbook that can be patched part by part."""


@dataclass(frozen=True)
class Relation:
    """One reference from a part: its id, the last word of its type, and the part meant."""

    id: str
    kind: str
    target: str


def parse(data: bytes) -> Element:
    """Root of a part; nothing is resolved, nothing is fetched, and no part may declare a DTD."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        strip_cdata=False,
    )
    if len(data) > _MOST_PARSED:
        raise UnpatchableError
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnpatchableError from error
    tree: etree._ElementTree = root.getroottree()
    if tree.docinfo.internalDTD is not None:
        raise UnpatchableError
    return root


def new_root(name: str, namespace: str) -> Element:
    """Root of a new part whose elements have no prefix."""
    return parse(f'<{name} xmlns="{namespace}"/>'.encode())


def number(text: str | None) -> int | None:
    """Whole number that an attribute tells; None where it tells none.

    >>> number("12"), number("-1"), number(None)
    (12, None, None)
    """
    return int(text) if text and len(text) < _DIGITS and text.isascii() and text.isdigit() else None


def drop_attribute(element: Element, name: str) -> None:
    """Remove an attribute if it is there."""
    if name in element.attrib:
        del element.attrib[name]


def local(element: Element) -> str:
    """Name of an element without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class Package:
    """The parts of a workbook. `edit` gives a root to be changed, `peek` one to look at."""

    def __init__(self, data: bytes) -> None:
        self._roots: dict[str, Element] = {}
        self._edited: set[str] = set()
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos = [i for name, i in archive.NameToInfo.items() if name and name[-1] != "/"]
                if sum(info.file_size for info in infos) > _MOST_UNPACKED:
                    raise UnpatchableError
                self._infos = {info.filename: info for info in infos}
                self._parts = {name: archive.read(info) for name, info in self._infos.items()}
        except ZIP_DAMAGES as error:
            raise UnpatchableError from error
        self._names = {name.lower(): name for name in self._parts}
        if _TYPES not in self._parts:
            raise UnpatchableError
        self.workbook = self._find_workbook()
        namespace = str(self.peek(self.workbook).tag).rpartition("}")[0][1:]
        if namespace not in (_MAIN, _STRICT_MAIN):
            raise UnpatchableError
        self.main: Final = namespace
        """Namespace of sheets, styles and comments."""
        self.office: Final = _STRICT_OFFICE if namespace == _STRICT_MAIN else _OFFICE
        """Namespace of r:id, and of the types of references."""

    def _find_workbook(self) -> str:
        for relation in self.relations(""):
            if relation.kind == "officeDocument":
                return relation.target
        raise UnpatchableError

    # --- parts ----------------------------------------------------------------------------------

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def data(self, name: str) -> bytes:
        """Bytes of a part as it came, or as it was last set."""
        return self._parts[self._known(name)]

    def _known(self, name: str) -> str:
        """Name of a part as the zip spells it; large and small letters are the same."""
        known = self._names.get(name.lower())
        if known is None:
            raise UnpatchableError
        return known

    def peek(self, name: str) -> Element:
        """Root of a part that is only looked at."""
        known = self._known(name)
        if known not in self._roots:
            self._roots[known] = parse(self._parts[known])
        return self._roots[known]

    def edit(self, name: str) -> Element:
        """Root of a part that leaves as it is after editing."""
        root = self.peek(name)
        self._edited.add(self._known(name))
        return root

    def is_edited(self, name: str) -> bool:
        """Tell whether a part will not leave as it came."""
        return self._known(name) in self._edited

    def set(self, name: str, data: bytes | Element) -> None:
        """Add a part or replace its content."""
        known = self._names.setdefault(name.lower(), name)
        self._roots.pop(known, None)
        self._edited.discard(known)
        self._parts[known] = data if isinstance(data, bytes) else b""
        if not isinstance(data, bytes):
            self._roots[known] = data
            self._edited.add(known)

    def drop(self, name: str) -> None:
        """Remove a part with its references and its entry in the list of kinds."""
        for part in (name, _rels_of(name)):
            known = self._names.pop(part.lower(), None)
            if known is not None:
                del self._parts[known]
                self._roots.pop(known, None)
                self._edited.discard(known)
        for entry in list(self.peek(_TYPES)):
            if (entry.get("PartName") or "").lstrip("/").lower() == name.lower():
                self.edit(_TYPES).remove(entry)

    def free_name(self, pattern: str) -> str:
        """First name of the pattern that is not taken (xl/comments{}.xml)."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def names(self, suffix: str) -> list[str]:
        """Return the names of the parts that end so."""
        return [name for name in self._parts if name.lower().endswith(suffix)]

    # --- kinds of parts -------------------------------------------------------------------------

    def set_kind(self, name: str, kind: str) -> None:
        """List a part, or all parts of an ending, under a content type."""
        types = self.edit(_TYPES)
        key, value = ("PartName", f"/{name}") if "/" in name else ("Extension", name)
        for entry in types:
            if (entry.get(key) or "").lower() == value.lower():
                entry.set("ContentType", kind)
                return
        if key == "PartName":
            etree.SubElement(types, f"{_TYPES_NS}Override", PartName=value, ContentType=kind)
        else:
            entry = etree.Element(f"{_TYPES_NS}Default", Extension=value, ContentType=kind)
            types.insert(0, entry)

    # --- references -----------------------------------------------------------------------------

    def relations(self, part: str) -> Iterator[Relation]:
        """References of a part to other parts of the package."""
        rels = _rels_of(part)
        for entry in list(self.peek(rels)) if rels in self else []:
            if entry.get("TargetMode") != "External" and entry.get("Id"):
                kind = posixpath.basename(entry.get("Type") or "")
                target = _resolve(part, entry.get("Target") or "")
                yield Relation(entry.get("Id") or "", kind, target)

    def target(self, part: str, kind: str) -> str | None:
        """Part that another refers to as this kind, if it is there."""
        found = (r.target for r in self.relations(part) if r.kind == kind)
        return next((target for target in found if target in self), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a reference from a part to another; return its id."""
        rels = _rels_of(part)
        if rels not in self:
            self.set(rels, new_root("Relationships", _RELS_NS[1:-1]))
            self.set_kind("rels", _RELS_TYPE)
        root = self.edit(rels)
        taken = {entry.get("Id") for entry in root}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        etree.SubElement(
            root,
            f"{_RELS_NS}Relationship",
            Id=f"rId{number}",
            Type=f"{self.office}/{kind}",
            Target=f"/{target}",
        )
        return f"rId{number}"

    def unrelate(self, part: str, target: str) -> None:
        """Remove the references from a part to another."""
        ids = {r.id for r in self.relations(part) if r.target.lower() == target.lower()}
        if ids:
            root = self.edit(_rels_of(part))
            for entry in [entry for entry in root if entry.get("Id") in ids]:
                root.remove(entry)

    # --- out ------------------------------------------------------------------------------------

    def save(self) -> bytes:
        """Bytes of the workbook; new parts stand last."""
        for name in self._edited:
            tree = self._roots[name].getroottree()
            data = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            self._parts[name] = data
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self._parts.items():
                archive.writestr(self._entry(name), data)
        return buffer.getvalue()

    def _entry(self, name: str) -> zipfile.ZipInfo:
        known = self._infos.get(name)
        entry = zipfile.ZipInfo(name, known.date_time if known else _NEW)
        entry.external_attr = known.external_attr if known else 0o600 << 16
        stored = known is not None and known.compress_type == zipfile.ZIP_STORED
        entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        return entry


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolve(part: str, target: str) -> str:
    path = re.sub(r"[?#].*", "", target).replace("\\", "/")
    joined = path if path.startswith("/") else posixpath.join(posixpath.dirname(part), path)
    return posixpath.normpath(joined).lstrip("/")
