"""The file of a backup: a zip of one entry for each table, and a manifest that vouches for them."""

import io
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Final, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipExtFile, ZipFile, ZipInfo

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from bpr.errors import InputError

FORMAT: Final = 1
_MANIFEST: Final = "manifest.json"
_SEAL: Final = "manifest.sha256"
_LARGEST_MANIFEST: Final = 1 << 20
_LONGEST_LINE: Final = 1 << 28
"""Room for a workbook of 190 MB; what is longer does not get into memory."""
_BUFFER: Final = 1 << 20
_UNREADABLE: Final = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
"""What Python's zipfile raises on files that are not as they should be."""


@checked(frozen=True)
class TableEntry:
    """A table of the backup: its columns in the order of its lines, and the hash of these."""

    name: str
    columns: tuple[str, ...]
    rows: Annotated[int, Field(ge=0)]
    sha256: str


@checked(frozen=True)
class Manifest:
    """What a backup holds, of which revision of the tables, and when it was made."""

    format: int
    product_version: str
    revision: str
    made_at: AwareDatetime
    tables: tuple[TableEntry, ...]


_SCHEMA: Final = TypeAdapter(Manifest)


@dataclass(frozen=True)
class Archive:
    """An open backup whose manifest is whole and names just the entries that are there."""

    source: Path
    file: ZipFile
    manifest: Manifest

    def read_lines(self, entry: TableEntry) -> Iterator[bytes]:
        """Lines of a table; `InputError` at the latest at the end where they are not as written."""
        digest, rows = sha256(), 0
        try:
            with (
                self.file.open(_entry_name(entry.name)) as packed,
                io.BufferedReader(cast("ZipExtFile", packed), _BUFFER) as unpacked,
            ):
                while line := unpacked.readline(_LONGEST_LINE):
                    if not line.endswith(b"\n"):
                        raise report_damage(self.source, f"表 {entry.name} の行が長すぎます")
                    digest.update(line)
                    rows += 1
                    yield line
        except _UNREADABLE as error:
            raise report_damage(self.source, f"表 {entry.name} を読めません") from error
        if digest.hexdigest() != entry.sha256:
            raise report_damage(self.source, f"表 {entry.name} の中身が書いたときと違います")
        if rows != entry.rows:
            what = f"表 {entry.name} は {entry.rows} 行のはずが {rows} 行あります"
            raise report_damage(self.source, what)


@contextmanager
def open_archive(source: Path) -> Iterator[Archive]:
    """Open a backup; `InputError` where it is none, is damaged or of a later release."""
    try:
        file = ZipFile(source)
    except FileNotFoundError as error:
        msg = f"控え「{source}」がありません。場所と名前を確かめてください。"
        raise InputError(msg) from error
    except (BadZipFile, NotImplementedError, ValueError) as error:
        raise report_damage(source, "zip として読めません") from error
    except OSError as error:
        msg = f"控え「{source}」を開けません。場所と読む権限を確かめてください。"
        raise InputError(msg) from error
    with file:
        yield Archive(source, file, _read_manifest(source, file))


def write_entry(
    file: ZipFile, name: str, columns: Sequence[str], lines: Iterable[bytes]
) -> TableEntry:
    """Add the lines of a table, as they come."""
    digest, rows = sha256(), 0
    with file.open(_entry_name(name), "w", force_zip64=True) as entry:
        for line in lines:
            digest.update(line)
            entry.write(line)
            rows += 1
    return TableEntry(name, tuple(columns), rows, digest.hexdigest())


def write_manifest(file: ZipFile, manifest: Manifest) -> None:
    """Add the manifest and its seal, after all tables."""
    text = _SCHEMA.dump_json(manifest, indent=1)
    file.writestr(_MANIFEST, text)
    file.writestr(_SEAL, sha256(text).hexdigest())


def report_damage(source: Path, what: str) -> InputError:
    """Return the error that names a backup and what is wrong with it."""
    return InputError(
        f"控え「{source}」は壊れているか、bpr の控えではありません（{what}）。"
        "何も書き込んでいません。別の控えを指定してください。"
    )


def _read_manifest(source: Path, file: ZipFile) -> Manifest:
    entries = file.infolist()
    for entry in entries:
        if entry.flag_bits & 1 or entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise report_damage(source, f"「{entry.filename}」の圧縮の方式が違います")
    text = _read_small(source, file, _MANIFEST)
    if sha256(text).hexdigest().encode() != _read_small(source, file, _SEAL):
        raise report_damage(source, f"{_MANIFEST} が書き換えられています")
    try:
        manifest = _SCHEMA.validate_json(text, strict=True)
    except ValidationError as error:
        raise report_damage(source, f"{_MANIFEST} の書き方が違います") from error
    if manifest.format != FORMAT:
        msg = f"控え「{source}」は、この版より新しい bpr（{manifest.product_version}）のものです。新しい版の bpr で戻してください。"
        raise InputError(msg)
    _require_entries(source, entries, manifest)
    return manifest


def _read_small(source: Path, file: ZipFile, name: str) -> bytes:
    try:
        with file.open(name) as entry:
            text = entry.read(_LARGEST_MANIFEST + 1)
    except KeyError as error:
        raise report_damage(source, f"{name} がありません") from error
    except _UNREADABLE as error:
        raise report_damage(source, f"{name} を読めません") from error
    if len(text) > _LARGEST_MANIFEST:
        raise report_damage(source, f"{name} が大きすぎます")
    return text


def _require_entries(source: Path, entries: Sequence[ZipInfo], manifest: Manifest) -> None:
    """Let neither an entry be missing nor one be there that nobody vouches for."""
    there = sorted(entry.filename for entry in entries)
    listed = sorted([_MANIFEST, _SEAL, *(_entry_name(table.name) for table in manifest.tables)])
    if there != listed:
        strange = sorted({*there} ^ {*listed}) or there
        raise report_damage(source, f"中のファイルが {_MANIFEST} と合いません：{strange[0]}")


def _entry_name(table: str) -> str:
    return f"tables/{table}.jsonl"
