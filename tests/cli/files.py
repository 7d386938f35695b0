"""Files as they come back from the divisions: good ones, and those that nobody can read."""

from pathlib import Path
from typing import Final

from tests.builder import Rows, workbook

GOOD: Final[Rows] = [
    ["課", "業務名", "作業名", "年間件数", "年間作業時間", "処理媒体"],
    ["税務課", "賦課", "申告書の入力", 1000, 400, "紙"],
    ["税務課", "徴収", "納付書の発送", 2000, 200, "電子"],
]
NAMELESS: Final[Rows] = [GOOD[0], ["税務課", None, None, 5, 5, None], *GOOD[1:]]
"""One row has no name: an error that leaves it out."""

BAD: Final[dict[str, tuple[bytes, str]]] = {
    "空.xlsx": (b"", "もう一度保存して送ってもらってください。"),
    "写真.xlsx": (
        bytes.fromhex("89504E470D0A1A0A0000000D49484452") + bytes(range(256)),
        ".xlsx で保存し直してください。",
    ),
    "途中.xlsx": (workbook(GOOD).data[:2000], "送り直してもらってください。"),
    "鍵.xlsx": (
        bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "パスワードを外して保存し直してください。",
    ),
    "目次.xlsx": (
        workbook([["目次"], ["はじめに"]]).data,
        "--header-row と --map で列を指定してください。",
    ),
}
"""Name -> bytes and the end of the advice."""


def put_good(path: Path, rows: Rows = GOOD) -> Path:
    """Write a workbook of these rows."""
    path.write_bytes(workbook(rows).data)
    return path


def put_all(folder: Path) -> Path:
    """Two good files among all the bad ones."""
    folder.mkdir()
    put_good(folder / "01_税務課.xlsx")
    put_good(folder / "99_収納課.xlsx")
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    return folder
