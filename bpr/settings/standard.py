"""Standard tasks: what a kind of division usually does, as a start for its first survey.

One row of standard_tasks.csv is one activity. `words` are parts of names of divisions of that kind;
the kind without words is for all divisions.
"""

import csv
import io
from importlib import resources
from pathlib import Path
from typing import Final

import polars as pl

from bpr.errors import SettingsError
from bpr.text import squeeze

FILE: Final = "standard_tasks.csv"
TASK_COLUMNS: Final = (
    "process_category",
    "task_name",
    "activity_name",
    "staff_category",
    "frequency",
    "legal_basis",
)
_COLUMNS: Final = ("kind", "words", *TASK_COLUMNS)
_ENCODINGS: Final = ("utf-8-sig", "cp932")
"""What Excel saves a CSV as."""


def load_standard_tasks(folder: Path | None = None) -> pl.DataFrame:
    """All standard tasks (kind, words, TASK_COLUMNS): the office's own file, else the product's.

    Raises `SettingsError` with file and line.
    """
    reader = csv.DictReader(io.StringIO(_read(folder), newline=""))
    try:
        lines = list(enumerate(reader, start=2))
    except csv.Error as error:
        msg = f"設定 {FILE} が CSV として読めません（{error}）。Excel で保存し直してください。"
        raise SettingsError(msg) from error
    missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        msg = f"設定 {FILE} に列「{'、'.join(missing)}」がありません。1 行目に列の名前を書いてください。"
        raise SettingsError(msg)
    rows = []
    for line, row in lines:
        texts = {name: (row[name] or "").strip() or None for name in _COLUMNS}
        if texts["kind"] and texts["task_name"]:
            rows.append(texts)
        elif any(texts.values()):
            msg = f"設定 {FILE}（{line} 行目）に種類（kind）か業務名（task_name）がありません。書き足すか、行を消してください。"
            raise SettingsError(msg)
    return pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String))


def find_standard_tasks(division: str, folder: Path | None = None) -> pl.DataFrame:
    """Tasks (TASK_COLUMNS) of the kind that fits a division's name best, then those of all.

    The longest word decides, then the one that stands first in the name. No rows where none fits.

    >>> find_standard_tasks("税務課")["task_name"][0]
    '課税資料の受付・入力'
    >>> find_standard_tasks("病院").height
    0
    """
    tasks = load_standard_tasks(folder)
    name = squeeze(division)
    best: tuple[int, int] | None = None
    chosen: str | None = None
    for kind, words in tasks.select("kind", "words").unique(maintain_order=True).iter_rows():
        for word in map(squeeze, (words or "").split()):
            if word in name and (best is None or (len(word), -name.index(word)) > best):
                best, chosen = (len(word), -name.index(word)), kind
    if chosen is None:
        return tasks.clear().select(TASK_COLUMNS)
    own, common = pl.col("kind") == chosen, pl.col("words").is_null()
    return pl.concat([tasks.filter(own), tasks.filter(common & ~own)]).select(TASK_COLUMNS)


def _read(folder: Path | None) -> str:
    own = folder / FILE if folder else None
    if own is None or not own.is_file():
        return resources.files("bpr.settings").joinpath(FILE).read_text(encoding="utf-8")
    data = own.read_bytes()
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    msg = f"設定 {FILE} の文字が読めません。Excel で「CSV UTF-8」として保存し直してください。"
    raise SettingsError(msg)
