"""A workbook as LibreOffice has it after opening, computing and saving it."""

import io
import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Final

import openpyxl
import pytest

needs_office: Final = pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice がこの PC にない"
)

_PATIENCE: Final = 240
"""Seconds that a busy machine may take for a large workbook."""


def recalculate(folder: Path, *books: bytes) -> list[openpyxl.Workbook]:
    """Values of the workbooks, computed anew; one start of LibreOffice for all of them."""
    sources = [folder / f"{number}.xlsx" for number in range(len(books))]
    for source, data in zip(sources, books, strict=True):
        source.write_bytes(data)
    _run_office(
        f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
        "--convert-to", "xlsx", "--outdir", str(folder / "out"), *map(str, sources),
    )  # fmt: skip
    made = [(folder / "out" / source.name).read_bytes() for source in sources]
    return [openpyxl.load_workbook(io.BytesIO(data), data_only=True) for data in made]


def _run_office(*arguments: str) -> None:
    """Let LibreOffice work, but not for ever: `soffice` starts others, which end with it."""
    with subprocess.Popen(
        ["soffice", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as office:  # fmt: skip
        try:
            assert office.wait(_PATIENCE) == 0
        except subprocess.TimeoutExpired:
            os.killpg(office.pid, signal.SIGKILL)
            raise


def find_errors(book: openpyxl.Workbook) -> list[str]:
    """Cells of a computed workbook that hold an error (#N/A, Err:502), as sheet!cell."""
    return [
        f"{sheet.title}!{cell.coordinate}={cell.value}"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "e" or str(cell.value).startswith("Err:")
    ]
