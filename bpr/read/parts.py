"""The zip that an .xlsx is: opened once, its parts as bytes, its sheets by their names.

Whatever is no zip, or damaged, or not there, reads as empty: the decoder says so in its own words.
"""

import io
import zipfile
import zlib
from functools import cached_property
from typing import Final
from xml.etree import ElementTree as ET

ZIP_DAMAGES: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)
"""What Python raises for damaged, encrypted or unknown contents."""

_MOST_ENTRIES: Final = 20_000
_DIRECTORY_ENTRY: Final = b"PK\x01\x02"
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRUCTURE_LIMIT: Final = 16 * 1_048_576


class Parts:
    """The parts of a file that may be a zip."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def archive(self) -> zipfile.ZipFile | None:
        """The open zip; None for anything else and for a directory without measure."""
        if not self.data.startswith(b"PK") or self.data.count(_DIRECTORY_ENTRY) > _MOST_ENTRIES:
            return None
        try:
            return zipfile.ZipFile(io.BytesIO(self.data))
        except ZIP_DAMAGES:
            return None

    def read(self, path: str) -> bytes:
        """Unpack a part, no further than its directory promises."""
        try:
            return self.archive.read(path) if self.archive else b""
        except (*ZIP_DAMAGES, KeyError):
            return b""

    def sheet(self, name: str) -> bytes:
        """Unpack the XML of a sheet of an .xlsx."""
        path = self._sheets.get(name)
        return self.read(path) if path else b""

    @cached_property
    def _sheets(self) -> dict[str, str]:
        """Name of a sheet -> its file within the workbook."""
        try:
            # expat itself limits how far entities may grow, and the size is limited.
            relations = ET.fromstring(self._structure("xl/_rels/workbook.xml.rels"))  # noqa: S314
            book = ET.fromstring(self._structure("xl/workbook.xml"))  # noqa: S314
        except ET.ParseError:
            return {}
        targets = {r.get("Id"): r.get("Target", "") for r in relations}
        found = {}
        for sheet in book.iter(f"{_MAIN}sheet"):
            target = targets.get(sheet.get(_REL), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found[sheet.get("name", "")] = path
        return found

    def _structure(self, path: str) -> bytes:
        entry = self.archive.NameToInfo.get(path) if self.archive else None
        return self.read(path) if entry and entry.file_size <= _STRUCTURE_LIMIT else b""
