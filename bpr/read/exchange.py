"""An exchange file of another town -> its cells. The file is foreign: nothing in it is believed.

Only codes that we know, and numbers in their range, get through; no text of the file does.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import polars as pl

from bpr import terms
from bpr.errors import InputError
from bpr.frames import types_of
from bpr.frames.exchange import (
    MINIMUM_TASKS,
    VERSION,
    ExchangeCells,
    ExchangeFile,
)
from bpr.messages import MESSAGES
from bpr.read.cells import Cell, Refusal, Sheet, column_letter, read_sheets, to_text
from bpr.read.limits import find_excess
from bpr.settings.survey import Limits

DATA_SHEET: Final = "集計"
DEFINITION_SHEET: Final = "定義"
SUPPRESSED: Final = "×"
"""What stands in `tasks` of a suppressed cell."""
HEADER: Final = {
    "table": "表（コード）",
    "row_key": "行（コード）",
    "column_key": "列（コード）",
    "label": "見出し",
    "tasks": "業務数",
    "hours": "時間/年",
    "hours_per_10000": "人口1万人あたり時間/年",
    "lower_minutes": "1件あたり分（下位25%）",
    "median_minutes": "1件あたり分（中央値）",
    "upper_minutes": "1件あたり分（上位25%）",
    "divisions": "課の数",
}
"""Columns of the table; the label is for people only and never read back."""
FACTS: Final = {
    "version": "版",
    "definitions": "共通業務の定義（照合コード）",
    "fiscal_year": "年度（4月の属する西暦年）",
    "population_class": "人口区分（コード）",
}
"""What the second sheet tells in its first rows: label and value."""
_LIMITS: Final = Limits(file_megabytes=1, unpacked_megabytes=20, cells=20_000)
_KEYS: Final = tuple(HEADER)[:3]
_COUNTS: Final = ("tasks", "divisions")
_MEASURES: Final = tuple(HEADER)[4:]
_QUARTILES: Final = ("lower_minutes", "median_minutes", "upper_minutes")
_LARGEST: Final = 1e9
_DIGEST_LENGTH: Final = 64
_SHOWN: Final = 40
_AGAIN: Final = "相手の団体に、書き出したままのファイルを送り直してもらってください。"


def read_exchange(data: bytes, expected: pl.DataFrame, families_digest: str) -> ExchangeFile:
    """Read a file that `bpr export exchange` wrote; `InputError` names the cell and the next step.

    `expected`: keys of every cell (table, row_key, column_key). Cells of families that are not
    ours are refused, unless the file says that its families are others: then all are left out.
    """
    sheets = _open(data)
    facts = _read_facts(_find(sheets, DEFINITION_SHEET))
    own = facts["definitions"] == families_digest
    known = {tuple(key) for key in expected.iter_rows()}
    cells = _read_cells(_find(sheets, DATA_SHEET), known, strict_families=own)
    _require_all(cells, known, own=own)
    return ExchangeFile(
        fiscal_year=int(facts["fiscal_year"]),
        population_class=str(facts["population_class"]),
        definitions=str(facts["definitions"]),
        cells=ExchangeCells.validate(
            pl.DataFrame(list(cells.values()), schema=types_of(ExchangeCells), orient="row"),
            cast=True,
        ),
    )


def _open(data: bytes) -> Mapping[str, Sheet]:
    code = find_excess(data, _LIMITS)
    sheets = Refusal(code) if code else read_sheets(data)
    if isinstance(sheets, Refusal):
        msg = f"交換ファイルを読めません。{MESSAGES[sheets.code].text}{_AGAIN}"
        raise InputError(msg)
    if sum(len(row) for sheet in sheets for row in sheet.rows) > _LIMITS.cells:
        msg = f"交換ファイルを読めません。表が大きすぎます。{_AGAIN}"
        raise InputError(msg)
    return {sheet.name: sheet for sheet in sheets}


def _find(sheets: Mapping[str, Sheet], name: str) -> Sheet:
    if name not in sheets:
        msg = f"交換ファイルに「{name}」シートがありません。bpr の「交換ファイルをつくる」で書き出したものか確かめてください。"
        raise InputError(msg)
    return sheets[name]


def _refuse(sheet: str, place: str, cell: Cell, why: str) -> InputError:
    text = to_text(cell) or "（空欄）"
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return InputError(f"交換ファイルの「{sheet}」{place} の「{shown}」は{why}。{_AGAIN}")


def _read_facts(sheet: Sheet) -> dict[str, int | str]:
    """Values of the first rows, by the names of `FACTS`."""
    facts: dict[str, int | str] = {}
    for number, (name, label) in enumerate(FACTS.items(), start=2):
        row = [*(sheet.rows[number - 1] if len(sheet.rows) >= number else ()), "", ""]
        if row[0] != label:
            raise _refuse(sheet.name, f"A{number}", row[0], f"「{label}」ではありません")
        facts[name] = _read_fact(sheet.name, name, number, row[1])
    return facts


def _read_fact(sheet: str, name: str, number: int, cell: Cell) -> int | str:
    place = f"B{number}"
    if name == "version":
        if cell != VERSION or isinstance(cell, bool):
            msg = f"交換ファイルの「{sheet}」{place} の版「{to_text(cell)}」は、この bpr では読めません（読めるのは {VERSION} 版）。両方の団体で同じ版の bpr を使ってください。"
            raise InputError(msg)
        return VERSION
    if name == "fiscal_year":
        if (
            isinstance(cell, bool)
            or not isinstance(cell, int | float)
            or cell not in terms.FISCAL_YEARS
        ):
            raise _refuse(sheet, place, cell, "西暦の年度ではありません")
        return int(cell)
    if name == "population_class":
        if cell not in terms.POPULATION_CLASSES:
            raise _refuse(sheet, place, cell, "人口区分ではありません")
        return str(cell)
    text = cell if isinstance(cell, str) else ""
    if len(text) != _DIGEST_LENGTH or not {*text} <= {*"0123456789abcdef"}:
        raise _refuse(sheet, place, cell, "定義の照合コードではありません")
    return text


Key = tuple[str, ...]


def _read_cells(
    sheet: Sheet, known: Collection[Key], *, strict_families: bool
) -> dict[Key, dict[str, object]]:
    labels = list(HEADER.values())
    for column, label in enumerate(labels):
        found = sheet.rows[0][column] if sheet.rows and column < len(sheet.rows[0]) else ""
        if found != label:
            place = f"{column_letter(column)}1"
            raise _refuse(sheet.name, place, found, f"見出し「{label}」ではありません")
    cells: dict[Key, dict[str, object]] = {}
    for number, row in enumerate(sheet.rows[1:], start=2):
        if not any(to_text(cell) for cell in row):
            continue
        key = tuple(cell if isinstance(cell, str) else "" for cell in row[:3])
        if key[0] == "family" and not strict_families:
            continue
        if key not in known:
            raise _refuse(sheet.name, f"A{number}:C{number}", "・".join(key), "知らない区分です")
        if key in cells:
            raise _refuse(sheet.name, f"A{number}:C{number}", "・".join(key), "2 回出てきます")
        measures = _read_measures(sheet.name, number, row)
        cells[key] = {**dict(zip(_KEYS, key, strict=True)), **measures}
    return cells


def _read_measures(sheet: str, number: int, row: Sequence[Cell]) -> dict[str, float | None]:
    cells = dict(zip(HEADER, row, strict=False))
    places = {name: f"{column_letter(i)}{number}" for i, name in enumerate(HEADER)}
    if cells["tasks"] == SUPPRESSED:
        for name in _MEASURES[1:]:
            if to_text(cells[name]) is not None:
                raise _refuse(sheet, places[name], cells[name], "伏せた行なのに書かれています")
        return dict.fromkeys(_MEASURES)
    told = {name: _read_number(sheet, places[name], name, cells[name]) for name in _MEASURES}
    tasks, divisions = told["tasks"] or 0, told["divisions"] or 0
    if 0 < tasks < MINIMUM_TASKS:
        raise _refuse(sheet, places["tasks"], cells["tasks"], f"{MINIMUM_TASKS} 未満です")
    if divisions > tasks or (divisions == 0) != (tasks == 0):
        raise _refuse(sheet, places["divisions"], cells["divisions"], "業務数と合いません")
    if not tasks and told["hours"]:
        raise _refuse(sheet, places["hours"], cells["hours"], "業務がないのに書かれています")
    quartiles = [told[name] for name in _QUARTILES]
    known = [value for value in quartiles if value is not None]
    if known and (len(known) < len(quartiles) or known != sorted(known) or not tasks):
        place = places["median_minutes"]
        raise _refuse(sheet, place, cells["median_minutes"], "四分位になっていません")
    return told


def _read_number(sheet: str, place: str, name: str, cell: Cell) -> float | None:
    if cell == "" and name not in {*_COUNTS, "hours"}:
        return None
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not 0 <= cell <= _LARGEST:
        raise _refuse(sheet, place, cell, "0 以上、10 億以下の数ではありません")
    if name in _COUNTS and cell != int(cell):
        raise _refuse(sheet, place, cell, "整数ではありません")
    return float(cell)


def _require_all(cells: Collection[Key], known: Collection[Key], *, own: bool) -> None:
    wanted = {key for key in known if own or key[0] != "family"}
    missing = sorted(wanted - {*cells})
    if missing:
        msg = f"交換ファイルの「{DATA_SHEET}」に、区分「{'・'.join(missing[0])}」の行がありません（ほかを含め {len(missing)} 行）。{_AGAIN}"
        raise InputError(msg)
