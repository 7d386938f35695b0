"""Several files as one .zip, names and bytes only."""

import io
import zipfile
from collections.abc import Mapping


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """Zip of files by their names."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()
