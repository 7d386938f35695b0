"""Refuse what would fill the memory, before anything is unpacked into it.

A workbook is a zip of XML. Its directory tells the unpacked sizes, but may lie, so a large one is
measured by unpacking without keeping. A sheet becomes a dense table from A1 to its last cell, so
two cells at opposite corners are as dangerous as a million full ones.
"""

import io
import re
import zipfile
import zlib
from typing import Final

from bpr.read.cells import column_index
from bpr.read.parts import ZIP_DAMAGES
from bpr.settings.survey import Limits

_MEGABYTE: Final = 1_048_576
_GREATEST_RATIO: Final = 1_032
"""Deflate cannot shrink by more than this."""
_CHUNK: Final = 1_048_576
_HEAD: Final = 4_096
_SHEETS: Final = b"xl/worksheets/"
_LOCAL_HEADER: Final = b"PK\x03\x04"
_DIMENSION = re.compile(rb'<dimension ref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"')
_FILLED_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>]*>\s*<(?:v|is|f)\b')


def find_excess(data: bytes, limits: Limits) -> str | None:
    """Return the code of a finding for a file that is too large to read, else None."""
    if len(data) > limits.file_megabytes * _MEGABYTE:
        return "file-too-large"
    if not data.startswith(b"PK") or _is_harmless(data, limits):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _find_in_archive(archive, data, limits)
    except ZIP_DAMAGES:
        return None  # damaged or encrypted: the decoder says so in its own words


def _is_harmless(data: bytes, limits: Limits) -> bool:
    """Tell quickly that a file is too small to be a bomb and its sheets say that they are small."""
    if len(data) * _GREATEST_RATIO > limits.unpacked_megabytes * _MEGABYTE:
        return False
    position = data.find(_SHEETS)
    while position >= 0:
        if data[position - 30 : position - 26] == _LOCAL_HEADER:
            told = _told_cells(data, position - 30)
            if told is None or told > limits.cells:
                return False
        position = data.find(_SHEETS, position + 1)
    return True


def _told_cells(data: bytes, header: int) -> int | None:
    """Cells that the sheet at this local header says it has; None where it does not say."""
    name, extra = (int.from_bytes(data[header + i : header + i + 2], "little") for i in (26, 28))
    start = header + 30 + name + extra
    head = data[start : start + _HEAD]
    if int.from_bytes(data[header + 8 : header + 10], "little") == zipfile.ZIP_DEFLATED:
        try:
            head = zlib.decompressobj(-15).decompress(head, _HEAD)
        except zlib.error:
            return None
    match = _DIMENSION.search(head)
    return (column_index(match[1].decode()) + 1) * int(match[2]) if match else None


def _find_in_archive(archive: zipfile.ZipFile, data: bytes, limits: Limits) -> str | None:
    room = limits.unpacked_megabytes * _MEGABYTE
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > room:
        return "file-too-large"
    if sum(entry.compress_size for entry in entries) * _GREATEST_RATIO > room:
        for entry in entries:
            room -= _unpacked_size(archive, entry, room)
            if room < 0:
                return "file-too-large"
    for entry in entries:
        name = entry.filename.encode("utf-8", "replace")
        if name.startswith(_SHEETS) and name.endswith(b".xml"):
            told = _told_cells(data, entry.header_offset)
            if told is None or told > limits.cells:
                told = _dense_cells(archive, entry)
            if told > limits.cells:
                return "sheet-too-large"
    return None


def _unpacked_size(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> int:
    """Bytes of an entry, counted while unpacking; stops once there is no more room."""
    size = 0
    with archive.open(entry) as stream:
        while size <= room and (chunk := stream.read(_CHUNK)):
            size += len(chunk)
    return size


def _dense_cells(archive: zipfile.ZipFile, sheet: zipfile.ZipInfo) -> int:
    """Cells from A1 to the last filled one; formatted but empty cells do not count."""
    last_row = last_column = 0
    tail = b""
    with archive.open(sheet) as stream:
        while chunk := stream.read(_CHUNK):
            if found := _FILLED_CELL.findall(tail + chunk):
                columns, rows = {column for column, _ in found}, {row for _, row in found}
                last_row = max(last_row, *map(int, rows))
                last_column = max(last_column, *(column_index(c.decode()) + 1 for c in columns))
            tail = chunk[-200:]  # a cell may be cut by the end of a chunk
    return last_row * last_column
