"""Builds zips as Windows, macOS and evil hands make them."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

from bpr.settings.survey import Limits

LIMITS: Final = Limits(file_megabytes=2, unpacked_megabytes=4, cells=1_000_000)
"""Small ones, so that bombs in tests may be small."""


def zip_of(files: Mapping[str, bytes], *, compress: bool = True) -> bytes:
    """A zip as Python makes it: names in UTF-8, and said so."""
    data = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo("x")
            info.filename = name
            archive.writestr(info, content, method)
    return data.getvalue()


def raw_zip(files: Mapping[bytes, bytes]) -> bytes:
    """A zip whose names are these bytes, in no encoding that it tells."""
    data = zip_of({_placeholder(n, name): c for n, (name, c) in enumerate(files.items())})
    for number, name in enumerate(files):
        data = data.replace(_placeholder(number, name).encode(), name)
    return data


def encrypted_zip(name: str) -> bytes:
    """A zip whose one entry says that it is encrypted."""
    data = bytearray(zip_of({name: b"secret,secret"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 0x1
    return bytes(data)


def _placeholder(number: int, name: bytes) -> str:
    """An ASCII name of the same length."""
    return f"{number}{'#' * (len(name) - 1)}"
