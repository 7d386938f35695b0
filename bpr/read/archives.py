"""A .zip of returned workbooks -> its files, one by one; a bomb is never unpacked.

The names in it are only labels, never paths. Windows writes them in CP932 without saying so.
A zip in a zip comes out as the file it is, and `explain_archive` tells why it is not read.
"""

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bpr.read.cells import SUFFIXES
from bpr.read.parts import ZIP_DAMAGES, Parts
from bpr.settings.survey import Limits

SUFFIX: Final = ".zip"
_MEGABYTE: Final = 1_048_576
_UTF8: Final = 0x800
_ENCRYPTED: Final = 0x1
_SEPARATORS = re.compile(r"[/\\]+")
_DRIVE = re.compile(r"^[A-Za-z]:")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_DOCUMENT_PARTS: Final = frozenset({"[Content_Types].xml", "content.xml"})
"""Entries that make a zip a document and not a bag of files."""


@dataclass(frozen=True)
class ArchivedFile:
    """A file of an archive: a name that is no path; `data` is None where it cannot be taken out."""

    name: str
    data: bytes | None


def is_archive(data: bytes) -> bool:
    """Tell a zip of files from a workbook, which is a zip as well."""
    return _holds_files(Parts(data))


def list_files(data: bytes) -> list[str]:
    """Names of the workbooks (and zips) in an archive, all different, in its order."""
    return _distinct([_name_parts(entry) for entry in _wanted(data)])


def unpack(data: bytes, limits: Limits) -> Iterator[ArchivedFile]:
    """Take the files that `list_files` names out, as long as all of them together are not too large.

    Python's zipfile never hands out more than the directory promises, so its sizes may be trusted.
    """
    wanted = _wanted(data)
    fits = _fit(wanted, limits)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry, name in zip(wanted, list_files(data), strict=True):
            small = entry.file_size <= limits.file_megabytes * _MEGABYTE
            yield ArchivedFile(name, _read(archive, entry) if fits and small else None)


def explain_archive(parts: Parts, limits: Limits) -> str | None:
    """Return the code that tells why an archive is not read; None for what is none."""
    if not _holds_files(parts):
        return None
    data = parts.data
    wanted = _wanted(data)
    most = limits.file_megabytes * _MEGABYTE
    if not _fit(wanted, limits) or any(entry.file_size > most for entry in wanted):
        return "zip-too-large"
    if any(entry.flag_bits & _ENCRYPTED for entry in wanted):
        return "zip-encrypted"
    if any(file.data is None for file in unpack(data, limits)):
        return "zip-damaged"
    return "zip-unopened" if wanted else "zip-without-workbook"


def _holds_files(parts: Parts) -> bool:
    return parts.archive is not None and _DOCUMENT_PARTS.isdisjoint(parts.archive.NameToInfo)


def _wanted(data: bytes) -> list[zipfile.ZipInfo]:
    """Entries that may be workbooks; Excel's lock files and what macOS adds are none."""
    archive, found = Parts(data).archive, []
    for entry in archive.infolist() if archive else ():
        parts = _name_parts(entry)
        if entry.is_dir() or not parts or "__MACOSX" in parts:
            continue
        if parts[-1].lower().endswith((*SUFFIXES, SUFFIX)) and not parts[-1].startswith(
            ("~$", ".")
        ):
            found.append(entry)
    return found


def _fit(entries: Sequence[zipfile.ZipInfo], limits: Limits) -> bool:
    return sum(entry.file_size for entry in entries) <= limits.unpacked_megabytes * _MEGABYTE


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | None:
    try:
        return archive.read(entry)
    except ZIP_DAMAGES:
        return None


def _name_parts(entry: zipfile.ZipInfo) -> tuple[str, ...]:
    """Folders and name of an entry, without anything that would lead elsewhere."""
    name = unicodedata.normalize("NFC", _DRIVE.sub("", _CONTROLS.sub("", _decode(entry))))
    parts = (part.strip() for part in _SEPARATORS.split(name))
    return tuple(part for part in parts if part not in {"", ".", ".."})


def _decode(entry: zipfile.ZipInfo) -> str:
    """Read a name that Python took for CP437 as what it is: UTF-8 (macOS) or CP932 (Windows)."""
    name = entry.orig_filename
    if entry.flag_bits & _UTF8:
        return name
    raw = name.encode("cp437", "replace")
    for encoding in ("utf-8", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _distinct(names: Sequence[tuple[str, ...]]) -> list[str]:
    """Last parts of names, with their folder, or all folders, or a number where two are alike."""
    given: list[str] = [parts[-1] for parts in names]
    for depth in (2, max(map(len, names), default=0)):
        count = Counter(given)
        given = [
            "/".join(parts[-depth:]) if count[name] > 1 else name
            for parts, name in zip(names, given, strict=True)
        ]
    seen: Counter[str] = Counter()
    for position, name in enumerate(given):
        seen[name] += 1
        if seen[name] > 1:
            stem, dot, suffix = name.rpartition(".")
            given[position] = f"{stem} ({seen[name]}){dot}{suffix}"
    return given
