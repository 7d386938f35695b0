"""Whom to ask: divisions named on the command line, in a list (.xlsx, .csv), or in returns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

import polars as pl

from bpr.errors import InputError
from bpr.export.template import Office
from bpr.messages import MESSAGES
from bpr.read.cells import Cell, Refusal, Sheet, column_letter, read_sheets, to_text
from bpr.settings.survey import SurveySettings
from bpr.text import header_key, is_blank, normalize, squeeze

_REIWA: Final = 2018
_SCANNED: Final = 20
_EXTRA: Final = {
    "regular_staff": ("正規職員数", "正規職員", "正規", "正職員数", "正職員"),
    "nonregular_staff": (
        "非正規職員数", "非正規職員", "非正規", "会計年度任用職員数", "会計年度任用職員",
    ),
    "due": ("提出期限", "期限", "提出期日", "締切", "締切日"),
}  # fmt: skip
_DATE = re.compile(r"^(?:(20\d\d)|(?:令和|R)(\d{1,2}|元))[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
_STAFF = re.compile(r"^(\d+(?:\.\d+)?)人?$")


def read_date(text: str) -> date | None:
    """Date in a text: 2027-06-30, 2027/6/30, 令和9年6月30日, R9.6.30; None for anything else.

    >>> read_date("令和9年6月30日"), read_date("2027-02-30")
    (datetime.date(2027, 6, 30), None)
    """
    match = _DATE.match(normalize(text).replace(" ", ""))
    if match is None:
        return None
    western, era, month, day = match.groups()
    year = int(western) if western else _REIWA + (1 if era == "元" else int(era))
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None


def read_office_list(path: Path, survey: SurveySettings, plain: Office) -> list[Office]:
    """Read the divisions of a list; what it does not say is as in `plain`.

    Raises `InputError` with the cell that cannot be read.
    """
    try:
        sheets = read_sheets(path.read_bytes())
    except OSError as error:
        msg = f"一覧「{path}」を開けません。場所と名前を確かめてください。"
        raise InputError(msg) from error
    if isinstance(sheets, Refusal):
        message = MESSAGES[sheets.code]
        msg = f"一覧「{path}」：{message.text}{message.remedy}"
        raise InputError(msg)
    for sheet in sheets:
        for row, cells in enumerate(sheet.rows[:_SCANNED]):
            columns = _find_columns(cells, survey)
            if sheet.visible and "division" in columns:
                return _read_rows(path, sheet, row + 1, columns, survey, plain)
    msg = f"一覧「{path}」に「課」の列がありません。見出しに「課」（あれば「部」「正規職員数」「非正規職員数」「提出期限」）を書いてください。"
    raise InputError(msg)


def offices_of(tasks: pl.DataFrame, plain: Office) -> list[Office]:
    """Return the divisions that last year's tasks name, in their order, with their departments."""
    found = tasks.filter(pl.col("division").is_not_null()).group_by("division", maintain_order=True)
    return [
        replace(plain, division=str(name), department=_first(group["department"]))
        for (name,), group in found
    ]


def _first(texts: pl.Series) -> str | None:
    known = texts.drop_nulls()
    return str(known[0]) if len(known) else None


def _find_columns(cells: Sequence[Cell], survey: SurveySettings) -> dict[str, int]:
    """Field -> column, for the labels of a row."""
    known = {header_key(word): name for name, words in _EXTRA.items() for word in words}
    known |= {
        key: name
        for key, (name, _) in survey.header_index.items()
        if name in {"division", "department"}
    }
    columns: dict[str, int] = {}
    for index, cell in enumerate(cells):
        name = known.get(header_key(cell)) if isinstance(cell, str) else None
        if name:
            columns.setdefault(name, index)
    return columns


def _read_rows(
    path: Path,
    sheet: Sheet,
    first: int,
    columns: dict[str, int],
    survey: SurveySettings,
    plain: Office,
) -> list[Office]:
    offices: list[Office] = []
    department = plain.department
    for number, row in enumerate(sheet.rows[first:], start=first + 1):
        cells = {name: row[index] for name, index in columns.items()}
        department = _text(cells.get("department", "")) or department
        division = _text(cells["division"])
        if division is None or squeeze(division) in survey.total_words:
            continue
        place = {name: f"{path}」の {column_letter(i)}{number}" for name, i in columns.items()}
        office = replace(
            plain,
            division=division,
            department=department,
            regular_staff=_staff(cells, "regular_staff", place),
            nonregular_staff=_staff(cells, "nonregular_staff", place),
            due=_due(cells, place) or plain.due,
        )
        offices.append(office)
    if not offices:
        msg = f"一覧「{path}」に課が 1 つもありません。「課」の列に課の名前を書いてください。"
        raise InputError(msg)
    return offices


def _text(cell: Cell) -> str | None:
    text = normalize(to_text(cell) or "")
    return None if is_blank(text) else text


def _staff(cells: Mapping[str, Cell], name: str, place: Mapping[str, str]) -> float | None:
    text = _text(cells.get(name, ""))
    if text is None:
        return None
    if match := _STAFF.match(squeeze(text)):
        return float(match[1])
    msg = f"一覧「{place[name]} の「{text}」は人数として読めません。数字だけを書いてください。"
    raise InputError(msg)


def _due(cells: Mapping[str, Cell], place: Mapping[str, str]) -> date | None:
    cell = cells.get("due", "")
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    found = read_date(text) if text else None
    if text and found is None:
        msg = f"一覧「{place['due']} の「{text}」は日付として読めません。2027-06-30 のように書いてください。"
        raise InputError(msg)
    return found
