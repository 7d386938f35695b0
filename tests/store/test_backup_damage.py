"""A damaged or made-up backup is refused with its name and the next step; nothing is written."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import insert

from bpr.errors import InputError
from bpr.store import archive
from bpr.store.backup import restore_backup, verify_backup, write_backup
from bpr.store.database import open_database
from bpr.store.tables import UPLOADS
from tests.zips import encrypted_zip

NOW = datetime(2025, 4, 1, 9, 30, tzinfo=UTC)
UPLOAD = "tables/uploads.jsonl"
Entries = dict[str, bytes]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup with one upload."""
    folder = tmp_path_factory.mktemp("whole")
    database = open_database(f"sqlite:///{folder}/a.sqlite3")
    row = {"name": "調査票.xlsx", "given_name": "", "sha256": "", "data": bytes(range(256))}
    with database.begin(writes=True) as connection:
        connection.execute(insert(UPLOADS).values(**row, imported_at=NOW, imported_by="local"))
    write_backup(database, folder / "whole.zip", NOW)
    database.engine.dispose()
    return folder / "whole.zip"


def refusal(file: Path) -> str:
    """What is said of a file that must be refused; no database comes into being."""
    database = file.parent / "new" / "bpr.sqlite3"
    with pytest.raises(InputError) as refused:
        restore_backup(f"sqlite:///{database}", file)
    with pytest.raises(InputError):
        verify_backup(file)
    assert not database.parent.exists()
    assert f"控え「{file}」" in str(refused.value)
    return str(refused.value)


def test_no_flipped_bit_changes_what_is_read(whole: Path, tmp_path: Path) -> None:
    """Every 37th byte; some, as the times of entries, hold nothing of ours."""
    data, summary = whole.read_bytes(), verify_backup(whole)
    file, refused = tmp_path / "flipped.zip", 0
    for place in range(0, len(data), 37):
        for bit in (0x01, 0x80):
            flipped = bytearray(data)
            flipped[place] ^= bit
            file.write_bytes(flipped)
            try:
                assert verify_backup(file) == summary
            except InputError:
                refused += 1
    assert refused > len(data) // 37


def test_no_truncated_file_is_taken(whole: Path, tmp_path: Path) -> None:
    data = whole.read_bytes()
    for length in (0, 1, 100, len(data) // 2, len(data) - 1):
        file = tmp_path / f"{length}.zip"
        file.write_bytes(data[:length])
        text = refusal(file)
        assert "壊れているか、bpr の控えではありません（zip として読めません）。" in text
        assert "何も書き込んでいません。別の控えを指定してください。" in text


def change_line(entries: Entries, change: Callable[[list[object]], None]) -> None:
    """Change the upload, and vouch for that."""
    row = json.loads(entries[UPLOAD])
    change(row)
    replace_upload(
        entries, json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    )


def replace_upload(entries: Entries, line: bytes, rows: int = 1) -> None:
    entries[UPLOAD] = line
    found = {"sha256": sha256(line).hexdigest(), "rows": rows}
    change_manifest(entries, lambda m: table_of(m, "uploads").update(found))


def change_manifest(entries: Entries, change: Callable[[dict[str, object]], object]) -> None:
    """Change the manifest, and seal it again."""
    manifest = json.loads(entries["manifest.json"])
    change(manifest)
    entries["manifest.json"] = json.dumps(manifest).encode()
    entries["manifest.sha256"] = sha256(entries["manifest.json"]).hexdigest().encode()


def table_of(manifest: dict[str, object], name: str) -> dict[str, object]:
    tables = manifest["tables"]
    assert isinstance(tables, list)
    return next(table for table in tables if table["name"] == name)


def set_value(place: int, value: object) -> Callable[[Entries], None]:
    return lambda entries: change_line(entries, lambda row: row.__setitem__(place, value))


def set_manifest(key: str, value: object) -> Callable[[Entries], None]:
    return lambda entries: change_manifest(entries, lambda m: m.update({key: value}))


def set_table(key: str, value: object) -> Callable[[Entries], None]:
    return lambda entries: change_manifest(
        entries, lambda m: table_of(m, "uploads").update({key: value})
    )


def drop_table(entries: Entries) -> None:
    del entries["tables/forms.jsonl"]
    change_manifest(entries, lambda m: m["tables"].remove(table_of(m, "forms")))  # type: ignore[attr-defined]


UNREADABLE = "表 uploads の 1 行目の値が読めません"
DAMAGES: dict[str, tuple[Callable[[Entries], object], str]] = {
    "no manifest": (lambda e: e.pop("manifest.json"), "manifest.json がありません"),
    "no seal": (lambda e: e.pop("manifest.sha256"), "manifest.sha256 がありません"),
    "manifest changed": (
        lambda e: e.update({"manifest.json": e["manifest.json"].replace(b"2025", b"2026")}),
        "manifest.json が書き換えられています",
    ),
    "manifest too large": (
        lambda e: e.update({"manifest.json": e["manifest.json"] + b" " * (1 << 20)}),
        "manifest.json が大きすぎます",
    ),
    "manifest of another kind": (set_manifest("tables", 5), "manifest.json の書き方が違います"),
    "no time zone": (
        set_manifest("made_at", "2025-04-01T00:00:00"),
        "manifest.json の書き方が違います",
    ),
    "later format": (set_manifest("format", 2), "新しい版の bpr で戻してください。"),
    "later revision": (set_manifest("revision", "9999"), "新しい版の bpr で戻してください。"),
    "earlier revision": (set_manifest("revision", "0001"), "版 0001 の表と合いません"),
    "table missing": (drop_table, "の表と合いません：forms"),
    "entry missing": (lambda e: e.pop(UPLOAD), f"中のファイルが manifest.json と合いません：{UPLOAD}"),
    "path out of the zip": (
        lambda e: e.update({"../../etc/passwd": b"x"}),
        "中のファイルが manifest.json と合いません：../../etc/passwd",
    ),
    "name out of the zip": (set_table("name", "../uploads"), "中のファイルが manifest.json と合いません"),
    "unknown column": (set_table("columns", ["id", "evil"]), "表 uploads の列が版"),
    "column twice": (set_table("columns", ["id"] * 10), "表 uploads の列が版"),
    "rows changed": (
        lambda e: e.update({UPLOAD: e[UPLOAD].replace(b"local", b"other")}),
        "表 uploads の中身が書いたときと違います",
    ),
    "other count": (set_table("rows", 2), "表 uploads は 2 行のはずが 1 行あります"),
    "no row": (lambda e: replace_upload(e, b"{}\n"), UNREADABLE),
    "no JSON": (lambda e: replace_upload(e, b"[1,\n"), UNREADABLE),
    "no UTF-8": (lambda e: replace_upload(e, b'["\xff"]\n'), UNREADABLE),
    "nested": (lambda e: replace_upload(e, b"[" * 100_000 + b"\n"), UNREADABLE),
    "no values": (lambda e: change_line(e, list.clear), UNREADABLE),
    "null": (set_value(2, None), UNREADABLE),
    "number for text": (set_value(2, 5), UNREADABLE),
    "text for number": (set_value(0, "1"), UNREADABLE),
    "truth for number": (set_value(0, value=True), UNREADABLE),
    "huge number": (set_value(0, 2**63), UNREADABLE),
    "no base64": (set_value(5, "AAA"), UNREADABLE),
    "no time": (set_value(6, "4月1日"), UNREADABLE),
    "local time": (set_value(6, "2025-04-01T09:30:00"), UNREADABLE),
    "lone surrogate": (
        lambda e: replace_upload(e, e[UPLOAD].replace("調".encode(), b"\\ud800")),
        UNREADABLE,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_a_made_up_backup_is_refused(name: str, whole: Path, tmp_path: Path) -> None:
    """All are whole zips; seals and hashes fit unless they are what is wrong."""
    damage, reason = DAMAGES[name]
    with ZipFile(whole) as file:
        entries = {entry: file.read(entry) for entry in file.namelist()}
    damage(entries)
    made = tmp_path / "made.zip"
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for entry, data in entries.items():
            file.writestr(entry, data)
    assert reason in refusal(made)


def test_the_way_of_making_them_up_is_no_reason_to_refuse(whole: Path, tmp_path: Path) -> None:
    with ZipFile(whole) as file:
        entries = {entry: file.read(entry) for entry in file.namelist()}
    set_value(2, "別の名前.xlsx")(entries)
    made = tmp_path / "made.zip"
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for entry, data in entries.items():
            file.writestr(entry, data)
    assert verify_backup(made).tables["uploads"] == 1


def test_an_entry_that_is_there_twice(whole: Path, tmp_path: Path) -> None:
    made = tmp_path / "twice.zip"
    made.write_bytes(whole.read_bytes())
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        ZipFile(made, "a") as file,
    ):
        file.writestr(UPLOAD, b"")
    assert "manifest.json と合いません" in refusal(made)


def test_a_line_too_long_for_the_memory(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_LONGEST_LINE", 200)
    file = tmp_path / "bomb.zip"
    file.write_bytes(whole.read_bytes())
    assert "表 uploads の行が長すぎます" in refusal(file)


def test_an_encrypted_zip_and_one_packed_in_another_way(tmp_path: Path) -> None:
    file = tmp_path / "locked.zip"
    file.write_bytes(encrypted_zip("manifest.json"))
    assert "「manifest.json」の圧縮の方式が違います" in refusal(file)
    with ZipFile(file, "w", ZIP_BZIP2) as packed:
        packed.writestr("manifest.json", b"{}")
    assert "「manifest.json」の圧縮の方式が違います" in refusal(file)


def test_a_zip_of_workbooks_is_no_backup(tmp_path: Path) -> None:
    file = tmp_path / "調査票.zip"
    with ZipFile(file, "w") as packed:
        packed.writestr("総務課.xlsx", b"PK")
    assert "bpr の控えではありません（manifest.json がありません）。" in refusal(file)


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    assert "がありません。場所と名前を確かめてください。" in refusal(tmp_path / "none.zip")
    folder = tmp_path / "folder"
    folder.mkdir()
    assert "を開けません。場所と読む権限を確かめてください。" in refusal(folder)
